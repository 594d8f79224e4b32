"""Which of the unusual changes are told, each once, and in which words."""

from __future__ import annotations

from datetime import date

import numpy as np

from backstride.features.changed.since import Since, since
from backstride.features.changed.unusual import Judged, Year, score_without
from backstride.features.exposures.columns import Columns
from backstride.features.lookback import Lookback, back_from, ids
from backstride.features.saying import says
from backstride.features.spike import runs_before
from backstride.model.activity import Activity
from backstride.model.findings import Finding
from backstride.model.history import Span
from backstride.model.text import Quantity, Text


def told(year: Year, days: Columns, look: Lookback) -> tuple[Finding, ...]:
    """The unusual changes, most unusual first, `changed_most_told` at most.

    Of each group only the most unusual; nothing that grows with a group that changed too.  Where one day
    made a change, the others must be unusual without that day.  One long run that alone made its weeks long
    is told by the rule on single runs, and left to it.
    """
    groups = _groups(year, look)
    spiked = {spike.run.on for spike in runs_before(look).spikes if spike.at_least != "none"}
    found: list[Finding] = []
    single: list[date] = []
    for group, alike in groups.items():
        first = alike[0]
        if not _stands_without(single, first, year, days, look):
            continue
        when = since(alike, days, year.at, look.knowledge)
        if group == "amount" and when.one_day and when.on in spiked:
            if not _stands_without([when.on], first, year, days, look):
                single.append(when.on)
                continue
            when = since(alike, days, year.at, look.knowledge, of_level=True)
        if when.one_day:
            single.append(when.on)
        found.append(_finding(first, when, year, days, look))
    return tuple(found[: int(look.number("changed_most_told"))])


def _groups(year: Year, look: Lookback) -> dict[str, list[Judged]]:
    """What is rare enough, by group, most unusual first."""
    rare = [each for each in year.judged if year.stands_out(float(each.score[year.at]), look.knowledge)]
    rare.sort(key=lambda each: (-float(each.score[year.at]), each.row.id, each.days))
    changed = {each.row.group for each in rare}
    groups: dict[str, list[Judged]] = {}
    for each in rare:
        if each.row.grows_with not in changed:
            groups.setdefault(each.row.group, []).append(each)
    return groups


def _stands_without(gone: list[date], each: Judged, year: Year, days: Columns, look: Lookback) -> bool:
    if not gone:
        return True
    score = score_without(gone, each, year, days, look.knowledge)
    return year.stands_out(score, look.knowledge)


def _finding(each: Judged, when: Since, year: Year, days: Columns, look: Lookback) -> Finding:
    window = back_from(days.span.last, each.days)
    value = _value(each, year, days)
    runs = _behind(each, when, window, look)
    return Finding(
        f"changed_{each.row.id}",
        says(
            f"changed_{each.row.id}",
            when=says("changed_window", days=Quantity(float(each.days), "day")),
            value=value,
            usual=_usual(each, year, look),
            since=_since_words(each, when),
        ),
        value,
        window,
        float(each.windows.seen[year.at]),
        ids(runs),
        sources=("own_rule",),
        notable=True,
        since=when.on,
    )


def _since_words(each: Judged, when: Since) -> Text:
    if when.one_day:
        return says("changed_on_one_day", day=when.on)
    return says(f"changed_{each.way}_from", day=when.on)


def _value(each: Judged, year: Year, days: Columns) -> Quantity:
    """What it came to; where days do not say, between nothing and the largest day of the year on each.

    For a mean, between the year's lowest and highest day on each of them.
    """
    value, seen = float(each.windows.value[year.at]), float(each.windows.seen[year.at])
    unit = each.row.unit
    if seen > 1 - 1e-9:
        return Quantity(value, unit)
    amount, weight = days.amounts[each.row.id], days.weights[each.row.id]
    said = np.isfinite(amount) & (weight > 0)
    each_day = amount[said] / weight[said]
    low, high = 0.0 if each.row.kind == "a week" else float(each_day.min()), float(each_day.max())
    return Quantity(value, unit, *(seen * value + (1 - seen) * end for end in (low, high)))


def _usual(each: Judged, year: Year, look: Lookback) -> Quantity:
    """Where most windows of the year lie."""
    values = each.windows.value[year.others]
    low, high = look.knowledge.edges("changed_usual_ends")
    low, middle, high = np.quantile(values[np.isfinite(values)], (low, 0.5, high)).tolist()
    return Quantity(middle, each.row.unit, low, high)


def _behind(each: Judged, when: Since, window: Span, look: Lookback) -> tuple[Activity, ...]:
    """The runs of the window from the change on; of the one day, where it was one."""
    if when.one_day:
        return look.runs_in(Span(when.on, when.on))
    return look.runs_in(Span(max(window.first, when.on), window.last))
