"""The words to one activity: what recorded it, and which record gave what."""

from __future__ import annotations

from collections.abc import Iterable

from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity
from backstride.model.text import Text, Value
from backstride.reports.wording import Wording


def device_name(activity: Activity) -> str | None:
    """What recorded it, as its maker calls it; None where that is not known."""
    if activity.device is None:
        return None
    parts = (activity.device.maker, activity.device.product)
    return " ".join(part for part in parts if part) or None


def channel_names(names: Iterable[str], words: Wording) -> str:
    """Channels and fields as they are called, each once."""
    return ", ".join(dict.fromkeys(runs_say(words, f"name_{name}") for name in names if name != "time_s"))


def repairs_told(names: Iterable[str], words: Wording) -> str:
    """What was done, in words; a store may hold repairs of a version that named them otherwise."""
    keys = (f"repair_{name.removeprefix('repair_')}" for name in names)
    known = (key if f"runs.{key}" in shipped().sentences else "repair_of_another_version" for key in keys)
    return ", ".join(runs_say(words, key) for key in dict.fromkeys(known))


def runs_say(words: Wording, key: str, **values: Value) -> str:
    """A sentence of sentences/runs.toml."""
    return words.say(Text(f"runs.{key}", values))
