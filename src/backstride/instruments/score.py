"""One filled-in questionnaire -> its score.  What was left out is never counted as nothing."""

from __future__ import annotations

from dataclasses import dataclass

from backstride.knowledge.instrument import SCORE, Band, Instrument
from backstride.model.findings import Facts, Interval
from backstride.model.history import InstrumentResult
from backstride.model.text import Missing, Text


@dataclass(frozen=True, slots=True)
class Score:
    """What a sheet comes to, and the range it lies in; no band where blanks leave that open."""

    value: Interval | Missing
    band: Band | None


def score(instrument: Instrument, result: InstrumentResult) -> Score:
    """The score of one sheet: a number, or both ends where blanks leave it open, or Missing."""
    value = _value(instrument, result)
    return Score(value, _band(instrument, value, result))


def _value(instrument: Instrument, result: InstrumentResult) -> Interval | Missing:
    if result.total is not None:
        return _known(result.total)
    match instrument.scoring:
        case "sum":
            return _sum(instrument, result)
        case "mean":
            return _mean(instrument, result)
        case "share_of_answered":
            return _share(instrument, result)
        case "lead" if (lead := result.items.get(instrument.lead or "")) is not None:
            return _known(lead)
    return _no_score(instrument)


def _known(value: float) -> Interval:
    return Interval(value, value)


def _no_score(instrument: Instrument) -> Missing:
    return Missing(Text("instruments.no_score"), Text("instruments.fill_more", {"id": f"{instrument.id}"}))


def _sum(instrument: Instrument, result: InstrumentResult) -> Interval | Missing:
    """Each blank may be anything from its lowest to its highest."""
    if len(result.items) < instrument.least_answered:
        return _no_score(instrument)
    low = sum(result.items.get(item.id, item.low) for item in instrument.item)
    high = sum(result.items.get(item.id, item.high) for item in instrument.item)
    return Interval(low, high)


def _mean(instrument: Instrument, result: InstrumentResult) -> Interval | Missing:
    own = instrument.own_items
    if own is None or len(result.items) < own.least:
        return _no_score(instrument)
    return _known(sum(result.items.values()) / len(result.items))


def _share(instrument: Instrument, result: InstrumentResult) -> Interval | Missing:
    answered = [item for item in instrument.item if item.id in result.items]
    if len(answered) < instrument.least_answered:
        return _no_score(instrument)
    given = sum(result.items[item.id] for item in answered)
    return _known(100 * given / sum(item.high for item in answered))


def _band(instrument: Instrument, value: Interval | Missing, result: InstrumentResult) -> Band | None:
    """The one band that both ends of the score lie in."""
    items: Facts = dict(result.items)
    if isinstance(value, Missing):
        return _first(instrument, items)
    low = _first(instrument, {**items, SCORE: value.low})
    high = _first(instrument, {**items, SCORE: value.high})
    return low if low is high else None


def _first(instrument: Instrument, facts: Facts) -> Band | None:
    """The first band that is a yes, unless one before it is not settled."""
    for band in instrument.band:
        match band.rule.value(facts):
            case True:
                return band
            case None:
                return None
    return None
