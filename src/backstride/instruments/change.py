"""Two scores of one instrument -> recovered, better, worse, or not more than chance."""

from __future__ import annotations

from backstride.instruments.score import score
from backstride.knowledge.instrument import Instrument
from backstride.model.findings import Interval
from backstride.model.history import InstrumentResult
from backstride.model.scores import ChangeState, ScoreChange
from backstride.model.text import Missing, Quantity, Text, Unit


def change(instrument: Instrument, earlier: InstrumentResult, later: InstrumentResult) -> ScoreChange:
    """What changed between two sheets.  Where blanks leave that open, it says so and names no state."""
    if instrument.own_items is not None:
        earlier, later = _shared(earlier, later)
    before, now = score(instrument, earlier).value, score(instrument, later).value
    if isinstance(before, Missing) or isinstance(now, Missing):
        return ScoreChange(earlier.on, None, _cannot(instrument, earlier))
    state = _state(instrument, before, now)
    return ScoreChange(earlier.on, state, _says(instrument, earlier, before, now, state))


def _shared(earlier: InstrumentResult, later: InstrumentResult) -> tuple[InstrumentResult, InstrumentResult]:
    """Only the activities that were scored both times."""
    both = earlier.items.keys() & later.items.keys()
    return _only(earlier, both), _only(later, both)


def _only(result: InstrumentResult, names: set[str]) -> InstrumentResult:
    items = {name: value for name, value in result.items.items() if name in names}
    return InstrumentResult(result.instrument, result.on, items, result.total)


def _state(instrument: Instrument, before: Interval, now: Interval) -> ChangeState | None:
    """The state that the best and the worst reading of the blanks agree on."""
    if instrument.changed is None:
        return None
    if instrument.better == "lower":
        ends = ((before.high, now.low), (before.low, now.high))
    else:
        ends = ((before.low, now.high), (before.high, now.low))
    states = {_of_numbers(instrument, first, last) for first, last in ends}
    return states.pop() if len(states) == 1 else None


def _of_numbers(instrument: Instrument, before: float, now: float) -> ChangeState:
    changed = instrument.changed
    if changed is None:
        raise ValueError(f"{instrument.id} judges no change")
    sign = 1 if instrument.better == "lower" else -1
    gain = sign * (before - now)
    if instrument.recovered is not None and sign * (instrument.recovered.at - now) >= 0:
        return "recovered"
    if gain >= changed.points or _by_share(changed.share, gain, before):
        return "better"
    return "worse" if -gain >= changed.points else "not more than chance"


def _by_share(share: float | None, gain: float, before: float) -> bool:
    """Only for getting better: of a small number a small rise is a large share."""
    return share is not None and before > 0 and gain / before >= share


def _cannot(instrument: Instrument, earlier: InstrumentResult) -> Text:
    if instrument.own_items is None:
        return Text("instruments.change_open", {"day": earlier.on})
    return Text("instruments.change_other", {"day": earlier.on, "least": instrument.own_items.least})


def _says(
    instrument: Instrument,
    earlier: InstrumentResult,
    before: Interval,
    now: Interval,
    state: ChangeState | None,
) -> Text:
    values = {"before": amount(instrument, before), "now": amount(instrument, now)}
    if instrument.changed is None:
        return Text("instruments.change_not_judged", {"day": earlier.on, **values})
    if state is None:
        return Text("instruments.change_open", {"day": earlier.on})
    if state == "recovered":
        return Text("instruments.recovered", {"day": earlier.on})
    if before == now and before.known:
        return Text("instruments.same", {"day": earlier.on})
    steps = sorted(abs(a - b) for a, b in ((now.low, before.high), (now.high, before.low)))
    points = amount(instrument, Interval(steps[0], steps[1]))
    if state == "not more than chance":
        state_id = "chance_up" if now.low + now.high > before.low + before.high else "chance_down"
    else:
        state_id = state
    return Text(f"instruments.{state_id}", {"day": earlier.on, "points": points})


def amount(instrument: Instrument, value: Interval) -> Quantity:
    """A score, or a step of it, with its unit, and both ends where it is open."""
    per = 100 if instrument.unit == "percent" else 1
    unit: Unit = "share" if instrument.unit == "percent" else "point"
    low, high = value.low / per, value.high / per
    return Quantity(low, unit) if value.known else Quantity((low + high) / 2, unit, low, high)
