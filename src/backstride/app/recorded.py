"""The record as it can be looked at: spans, months, weekly load, shoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backstride.app.actions import measuring, safety_of
from backstride.copies import each_once
from backstride.features.form import pictures
from backstride.features.ground.weeks import ground_weeks
from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.features.months import months
from backstride.features.onset import seen_from_onset
from backstride.features.season import season
from backstride.features.shoes.use import shoe_rack
from backstride.features.weekly import weekly
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Triage
from backstride.model.errors import BadInput
from backstride.model.findings import FormSeries
from backstride.model.gear import Gear, ShoeRack
from backstride.model.history import Shoe, Span
from backstride.model.said import listed, said
from backstride.model.season import MonthTold, Season
from backstride.model.text import Missing, Quantity
from backstride.store.store import Store

YEAR_DAYS = 371
"""53 weeks: the calendar holds a whole year whatever weekday it ends on."""


@dataclass(frozen=True, slots=True)
class Record:
    """The record made ready for pictures."""

    year: Season
    season: Season
    form: tuple[FormSeries, ...]
    """Figures of stride that the record holds, each over half a year at most."""
    gear: Gear
    first_on: date | None
    last_on: date | None
    runs: int


def record(store: Store, on: date, spans: tuple[Span, Span], knowledge: Knowledge) -> Record:
    """The year and the season of two spans that end on a day, or before it."""
    with measuring(store, knowledge) as measured:
        history = each_once(store.history())
        look = seen_from_onset(history, on, knowledge, measured)
        year, recent = (season(span, look) for span in spans)
        form = pictures(spans[1], replace(look, on=min(on, spans[1].last)))
        gear = Gear(shoe_rack(look), ground_weeks(look, spans[1]))
        days = [run.on for run in look.runs]
        first, last = min(days, default=None), max(days, default=None)
    return Record(year, recent, form, gear, first, last, len(days))


def season_of(store: Store, on: date, span: Span, knowledge: Knowledge) -> Season:
    """The days, the pain and the weeks of a span that ends by a day."""
    measured = Measured(knowledge, store.measured())
    return season(span, seen_from_onset(each_once(store.history()), on, knowledge, measured))


def months_of(store: Store, on: date, knowledge: Knowledge) -> tuple[MonthTold, ...]:
    """Every month of the record up to a day."""
    measured = Measured(knowledge, store.measured())
    return months(Lookback(each_once(store.history()), on, None, knowledge, measured))


@dataclass(frozen=True, slots=True)
class WeeklyLoad:
    """Weeks of the record, and measures of each."""

    season: Season
    values: Mapping[str, tuple[Quantity | Missing, ...]]
    """By measure, one for each of the season's weeks."""

    def of(self, name: str) -> list[tuple[Span, Quantity | Missing]]:
        """One measure week by week."""
        weeks = (week.span for week in self.season.weeks)
        return list(zip(weeks, self.values[name], strict=True))

    @property
    def empty(self) -> bool:
        """True where nothing is known of any week."""
        return all(isinstance(each, Missing) for values in self.values.values() for each in values)


def weekly_load(store: Store, on: date, weeks: int, knowledge: Knowledge) -> WeeklyLoad:
    """The last weeks, whole from Monday on, with what each weighs."""
    with measuring(store, knowledge) as measured:
        look = seen_from_onset(each_once(store.history()), on, knowledge, measured)
        monday = on - timedelta(days=on.weekday())
        told = season(Span(monday - timedelta(weeks=weeks - 1), on), look)
        values = weekly([week.span for week in told.weeks], look)
    return WeeklyLoad(told, values)


def shoes(store: Store, on: date, knowledge: Knowledge) -> tuple[ShoeRack, Triage]:
    """Every pair as of a day, and what must be seen first."""
    return rack_of(store, on, knowledge), safety_of(store, on, knowledge)


def rack_of(store: Store, on: date, knowledge: Knowledge) -> ShoeRack:
    """Every pair as of a day."""
    with measuring(store, knowledge) as measured:
        return shoe_rack(seen_from_onset(each_once(store.history()), on, knowledge, measured))


def add_shoe(store: Store, told: Shoe) -> Shoe:
    """The pair as it stands now; one told by the name of a pair on record is that pair.

    Raises: BadInput where several pairs have that name.
    """
    pairs, wanted = each_once(store.history()).shoes, told.id.strip().lower()
    called = [pair.id for pair in pairs if pair.id.lower() == wanted]
    called = called or [pair.id for pair in pairs if pair.model.lower() == wanted]
    if len(called) > 1:
        names = listed(called)
        raise BadInput((said("{id}: several pairs have that name; give one of {n}", id=told.id, n=names),))
    id = called[0] if called else told.id
    store.add(replace(told, id=id))
    return next(pair for pair in store.history().shoes if pair.id == id)
