"""Every sheet that was filled in -> where somebody stands by each instrument."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from backstride.instruments.change import amount, change
from backstride.instruments.score import score
from backstride.knowledge.instrument import Instrument
from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Interval
from backstride.model.history import History, InstrumentResult
from backstride.model.scores import Standing
from backstride.model.text import Missing, Quantity


def standings(history: History, knowledge: Knowledge) -> tuple[Standing, ...]:
    """One for each instrument that was filled in, in the order of their names."""
    return tuple(
        _standing(instrument, series)
        for id, instrument in sorted(knowledge.instruments.items())
        if (series := _series(history.scores, id))
    )


def scores_over_time(
    history: History, knowledge: Knowledge
) -> dict[str, tuple[tuple[date, Quantity | Missing], ...]]:
    """Every score of each instrument that was filled in, oldest first; of one day the last one."""
    return {
        id: tuple((sheet.on, _amount(instrument, sheet)) for sheet in series)
        for id, instrument in sorted(knowledge.instruments.items())
        if (series := _series(history.scores, id))
    }


def _amount(instrument: Instrument, sheet: InstrumentResult) -> Quantity | Missing:
    value = score(instrument, sheet).value
    return value if isinstance(value, Missing) else amount(instrument, value)


def _series(results: Sequence[InstrumentResult], instrument: str) -> list[InstrumentResult]:
    """The sheets of one instrument by day; of one day the last one, as a correction."""
    by_day = {result.on: result for result in results if result.instrument == instrument}
    return [by_day[on] for on in sorted(by_day)]


def _standing(instrument: Instrument, series: Sequence[InstrumentResult]) -> Standing:
    first, latest = series[0], series[-1]
    found = score(instrument, latest)
    value = found.value
    since_first = change(instrument, first, latest) if len(series) > 1 else None
    gained = since_first is not None and since_first.state in ("better", "recovered")
    best, worst = instrument.low, instrument.high
    if instrument.better == "higher":
        best, worst = worst, best
    return Standing(
        instrument=instrument.id,
        name=instrument.text("name"),
        measures=instrument.text("measures"),
        on=latest.on,
        value=value if isinstance(value, Missing) else amount(instrument, value),
        best=amount(instrument, Interval(best, best)),
        worst=amount(instrument, Interval(worst, worst)),
        band=None if found.band is None else found.band.id,
        means=None
        if found.band is None
        else instrument.text(f"band.{instrument.band.index(found.band)}.says"),
        see_someone=found.band is not None and found.band.see_someone,
        since_first=since_first,
        since_last=change(instrument, series[-2], latest) if len(series) > 2 else None,
        floor=instrument.text("floor") if _at_floor(instrument, first) and not gained else None,
        due_on=due_on(instrument, first.on, latest.on),
        sources=instrument.sources,
        checked=instrument.checked,
    )


def _at_floor(instrument: Instrument, first: InstrumentResult) -> bool:
    """True where the first score was nearer to the best one than the smallest change that counts."""
    value = score(instrument, first).value
    if instrument.changed is None or isinstance(value, Missing):
        return False
    room = value.high - instrument.low if instrument.better == "lower" else instrument.high - value.low
    return room < instrument.changed.points


def due_on(instrument: Instrument, first: date, latest: date) -> date | None:
    """When it is worth filling in again."""
    if instrument.every_weeks is not None:
        return latest + timedelta(weeks=instrument.every_weeks)
    days = (first + timedelta(weeks=weeks) for weeks in instrument.at_weeks)
    return next((day for day in days if day > latest), None)
