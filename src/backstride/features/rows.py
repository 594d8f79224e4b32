"""Running days in a row: the longest row shortly before the onset, against the runner's usual one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median

from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.saying import says
from backstride.model.findings import DayLoad, DayState, FactValue, Finding, Interval
from backstride.model.history import Span
from backstride.model.text import Quantity


def days_in_a_row(look: Lookback) -> Finding:
    """The longest row of running days in the `row_window_days` before the onset, against the usual one.

    The usual is the median of the same over the stretches of that length that fit into the usual weeks.
    A yes needs at least `row_days`, and more than usual.  A day that is not recorded may or may not
    carry a row on, and so may those between the last recorded one and the onset.
    """
    window = back_from(look.seen_until, int(look.number("row_window_days")))
    stretches = _stretches_before(window, int(look.number("usual_days")) // window.days)
    row = _longest_row(look.days(Span(window.first, look.until)))
    usual = _median([_longest_row(look.days(stretch)) for stretch in stretches])
    answer = _more_than_usual(row, usual, look.number("row_days"))
    whole = Span(stretches[-1].first, window.last)
    facts: dict[str, FactValue] = {} if answer is None else {"hard_days_in_a_row": answer}
    return Finding(
        "days_in_a_row",
        says(
            f"days_in_a_row_{_WORDS[answer]}",
            first=window.first,
            last=window.last,
            row=_days(row),
            usual=_days(usual),
        ),
        _days(row),
        whole,
        look.seen_share(whole),
        ids(look.runs_in(window)),
        facts,
        ("own_rule",),
        "P",
        notable=answer is True,
    )


_WORDS = {True: "yes", False: "no", None: "unknown"}


def _stretches_before(window: Span, count: int) -> list[Span]:
    """So many stretches of the window's length before it, newest first."""
    step = timedelta(days=window.days)
    return [Span(window.first - step * back, window.last - step * back) for back in range(1, count + 1)]


def _longest_row(days: Sequence[DayLoad]) -> Interval:
    return Interval(_row(days, {"run"}), _row(days, {"run", "unrecorded"}))


def _row(days: Iterable[DayLoad], counted: set[DayState]) -> float:
    """The longest stretch of days whose state is one of those counted."""
    longest = row = 0
    for day in days:
        row = row + 1 if day.state in counted else 0
        longest = max(longest, row)
    return float(longest)


def _median(rows: Sequence[Interval]) -> Interval:
    return Interval(median(row.low for row in rows), median(row.high for row in rows))


def _more_than_usual(row: Interval, usual: Interval, least: float) -> bool | None:
    if row.low >= least and row.low > usual.high:
        return True
    return False if row.high < least or row.high <= usual.low else None


def _days(row: Interval) -> Quantity:
    if row.known:
        return Quantity(row.low, "day")
    return Quantity(row.low, "day", row.low, row.high)
