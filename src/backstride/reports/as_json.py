"""The answer as JSON: every field of the model by its own name, and every sentence in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from backstride.model.assessment import Assessment, Plan
from backstride.model.text import Missing, Quantity, Text
from backstride.reports.wording import Wording

SCHEMA = "backstride/assessment/1"

Plainest = None | bool | int | float | str | list["Plainest"] | dict[str, "Plainest"]


def render(assessment: Assessment, wording: Wording) -> bytes:
    """The answer as UTF-8 JSON; see docs/json.md for each field."""
    return json.dumps(document(assessment, wording), ensure_ascii=False, indent=2).encode() + b"\n"


def document(assessment: Assessment, wording: Wording) -> dict[str, Plainest]:
    """The answer as plain dicts and lists, a raised flag first."""
    whole = plain(assessment, wording)
    if not isinstance(whole, dict):
        raise TypeError("an assessment is a dataclass")
    triage = whole.pop("triage")
    plan = {"made": isinstance(assessment.plan, Plan)} | _dict(whole.pop("plan"))
    return {"schema": SCHEMA, "triage": triage, **whole, "plan": plan}


def plain(value: object, wording: Wording) -> Plainest:
    """Any part of the model as JSON holds it: a Text in words, a Quantity with its unit, a day as ISO."""
    match value:
        case None | bool() | str():
            return value
        case Enum():
            return value.name
        case int() | float():
            return value
        case date():
            return value.isoformat()
        case Text():
            return wording.say(value)
        case Quantity():
            return _fields(value, wording) | {"words": wording.quantity(value)}
        case Missing():
            return {
                "missing": wording.say(value.reason),
                "what_would_help": wording.say(value.what_would_help),
            }
        case Mapping():
            return {str(key): plain(part, wording) for key, part in value.items()}
        case tuple() | list() | frozenset():
            return [plain(part, wording) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _fields(value, wording)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _fields(value: object, wording: Wording) -> dict[str, Plainest]:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} is not a dataclass")
    return {field.name: plain(getattr(value, field.name), wording) for field in fields(value)}


def _dict(value: Plainest) -> dict[str, Plainest]:
    if not isinstance(value, dict):
        raise TypeError("expected a dict")
    return value
