"""Running again after a break, shortly before the onset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from backstride.features.certain import any_of
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.recorded import days_of
from backstride.features.saying import missing, says
from backstride.model.findings import DayLoad, FactValue, Finding
from backstride.model.history import Span
from backstride.model.text import Quantity

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Return:
    """A day with a run, or one that may have had one, and the days without running before it."""

    on: date
    after_break: bool | None
    days_off: int
    """Recorded days without a run, straight before it."""


def return_after_break(look: Lookback) -> Finding:
    """How many runs in the `return_window_days` before the onset came after `break_days` without running.

    A break is known only where its days are recorded: days nobody recorded are not days off.
    """
    window = back_from(look.seen_until, int(look.number("return_window_days")))
    returns = [_return(day, look) for day in look.days(window) if day.state in ("run", "unrecorded")]
    answer = any_of(each.after_break for each in returns)
    facts: dict[str, FactValue] = {} if answer is None else {"return_after_break": answer}
    seen = look.seen_share(window)
    if answer:
        longest = max((each for each in returns if each.after_break), key=lambda each: each.days_off)
        off = Quantity(float(longest.days_off), "day")
        return Finding(
            "return_after_break",
            says("return_yes", day=longest.on, off=off),
            Quantity(float(sum(each.after_break is True for each in returns)), "count"),
            Span(longest.on - _DAY * longest.days_off, window.last),
            seen,
            ids(look.runs_in(Span(longest.on, longest.on))),
            facts,
            ("own_rule",),
            notable=True,
        )
    least = Quantity(look.number("break_days"), "day")
    key = "return_unknown" if answer is None else "return_no"
    statement = says(key, first=window.first, last=window.last, least=least)
    return Finding(
        "return_after_break",
        statement,
        missing(statement, "help_cover") if answer is None else Quantity(0.0, "count"),
        window,
        seen,
        ids(look.runs_in(window)),
        facts,
        ("own_rule",),
    )


def _return(day: DayLoad, look: Lookback) -> _Return:
    """What the days before one day say; a day that may have had no run at all is never a sure return."""
    before = look.days(back_from(day.on - _DAY, int(look.number("break_days"))))
    if any(each.state == "run" for each in before):
        return _Return(day.on, False, 0)
    if day.state == "unrecorded" or any(each.state == "unrecorded" for each in before):
        return _Return(day.on, None, 0)
    return _Return(day.on, True, _days_off(day.on, look))


def _days_off(on: date, look: Lookback) -> int:
    """Recorded days in a row without a run before a day, a year at most."""
    off = 0
    for day in reversed(days_of(back_from(on - _DAY, int(look.number("own_largest_day_days"))))):
        if look.book.load(day).state not in ("rest", "other"):
            break
        off += 1
    return off
