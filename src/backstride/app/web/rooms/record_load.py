"""Load week by week, and what a change of the stride would do to the load of the low back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from math import isfinite

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from backstride.app import actions, recorded
from backstride.app.web.here import Here, HereIs
from backstride.app.web.links import week_page
from backstride.app.what_if import against, asked, base_of, change_of
from backstride.features.load.what_if import WhatIf, what_if
from backstride.model.errors import BadInput
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Text
from backstride.reports.page import WIDTHS
from backstride.reports.record.axis import Axis
from backstride.reports.record.lanes import steps_lane
from backstride.reports.record.picture import stacked
from backstride.reports.record.table import PageTable
from backstride.store.store import Store

router = APIRouter()
WEEKS = 26
HELD = ("easy_per_week_m", "heart_load_per_week_au")


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in, in %, %, degrees, kg and %."""

    cadence: str = ""
    pace: str = ""
    lean: str = ""
    mass: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a change would do, in words."""

    question: str
    beside: list[str]
    found: WhatIf
    sources: list[str]


@router.get("/record/load")
def load(here: HereIs) -> HTMLResponse:
    """The weeks, and the form for a what-if with its answer."""
    told = here.request.query_params
    typed = Typed(**{each.name: told.get(each.name, "").strip() for each in fields(Typed)})
    with here.store() as store:
        weeks = here.home.keep(
            store,
            ("load", here.on),
            lambda: recorded.weekly_load(store, here.on, WEEKS, here.knowledge),
        )
        answered, faults, wrong = _answered(typed, store, here)
    return here.page(
        "record_load.html.j2",
        422 if faults or wrong else 200,
        weeks=weeks,
        names={name: here.say(f"features.name_{name}") for name in weeks.values},
        means={name: here.say(f"features.means_{name}") for name in weeks.values},
        drawings=_pictures(weeks, here),
        table=_table(weeks, here),
        typed=typed,
        names_of={each.name: here.say(f"web_record.if_{each.name}") for each in fields(Typed)},
        answered=answered,
        faults=faults,
        wrong=wrong,
    )


def _answered(
    typed: Typed, store: Store, here: Here
) -> tuple[Answered | None, dict[str, str], tuple[str, ...]]:
    """The answer; by field what is no number; and what is out of range."""
    faults: dict[str, str] = {}
    numbers = {
        each.name: _number(getattr(typed, each.name), each.name, faults, here) for each in fields(Typed)
    }
    if faults or not any(numbers.values()):
        return None, faults, ()
    own, mass = actions.own_of(store, here.on, here.knowledge)
    base = base_of(own, mass, here.knowledge)
    named = tuple(here.say(f"web_record.if_{each.name}") for each in fields(Typed))
    try:
        change = change_of(
            numbers["cadence"],
            numbers["pace"] or 0.0,
            numbers["lean"] or 0.0,
            numbers["mass"] or 0.0,
            numbers["grade"] or 0.0,
            base,
            here.knowledge,
            (named[0], named[1], named[2], named[3], named[4]),
        )
    except BadInput as error:
        return None, {}, here.told(error.faults)
    found, words = what_if(change, base, here.knowledge), here.wording
    beside = [words.say(each) for each in against(own, mass is not None, change, here.knowledge)]
    sources = [here.knowledge.sources[source].citation for source in found.sources]
    return Answered(asked(change, words), beside, found, sources), {}, ()


def _number(typed: str, name: str, faults: dict[str, str], here: Here) -> float | None:
    if not typed:
        return None
    try:
        value = float(typed.replace(",", ".").replace("−", "-"))
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        faults[name] = here.say("web_record.no_number")
        return None
    return value


def _pictures(weeks: recorded.WeeklyLoad, here: Here) -> list[Markup]:
    if not weeks.season.weeks or weeks.empty:
        return []
    span = Span(weeks.season.weeks[0].span.first, weeks.season.weeks[-1].span.last)
    pictures = []
    for width in WIDTHS:
        axis = Axis(span, width, here.wording, week_leads=week_page)
        lanes = [
            steps_lane(_upper(here.say(f"features.name_{name}")), weeks.of(name), axis)
            for name in weeks.values
            if any(not isinstance(value, Missing) for _, value in weeks.of(name))
        ]
        if lanes:
            pictures.append(Markup(stacked(weeks.season, lanes, axis, here.say("web_record.load_words"))))
    return pictures


def _table(weeks: recorded.WeeklyLoad, here: Here) -> PageTable:
    words = here.wording
    heads = (
        here.say("record.head_week"),
        *(_upper(here.say(f"features.name_{name}")) for name in weeks.values),
        here.say("record.head_seen"),
    )
    rows = []
    for nth, week in enumerate(weeks.season.weeks):
        seen = {"seen": str(week.seen_days), "days": str(week.span.days)}
        rows.append(
            (
                f"{week.span.first:%Y-%m-%d}",
                *(_cell(values[nth], here) for values in weeks.values.values()),
                words.say(Text("record.seen_of", seen)),
            )
        )
    return PageTable(here.say("record.table"), heads, tuple(reversed(rows)))


def _cell(value: Quantity | Missing, here: Here) -> str:
    return here.say("record.not_known") if isinstance(value, Missing) else here.wording.quantity(value)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
