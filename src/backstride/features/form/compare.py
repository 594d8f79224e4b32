"""Which runs can be set against which: the last weeks, and the runs before them that are their usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from backstride.features.form.devices import Offset, comparable, one_each, paired
from backstride.features.form.figures import FormRow
from backstride.features.form.series import Source, Stride, worn
from backstride.features.form.usual import Usual, usual
from backstride.features.lookback import Lookback, back_from
from backstride.model.history import Span


@dataclass(frozen=True, slots=True)
class Compared:
    """The runs that are set against each other."""

    late: list[Stride]
    early: list[Stride]
    main: Source
    offsets: Mapping[Source, Offset]


def spans(look: Lookback) -> tuple[Span, Span]:
    """The weeks that are judged, and those before them."""
    recent = back_from(look.until, int(look.number("form_recent_days")))
    return recent, back_from(recent.first - timedelta(days=1), int(look.number("form_usual_days")))


def compared(
    row: FormRow, late: Sequence[Stride], early: Sequence[Stride], main: Source, look: Lookback
) -> Compared:
    """The late runs that the early ones can be a usual for, each run once, and what the devices add."""
    least = int(look.number("form_least_runs"))
    offsets = paired([*early, *late], main, least)
    known = comparable(early, main, offsets, least)
    before = [each for each in one_each(early, main) if each.source in known]
    after = [each for each in one_each(late, main) if each.source in known]
    goings = Counter(each.going for each in before)
    after = [each for each in after if goings[each.going] >= least]
    return Compared(_within(after, before, row, look), before, main, offsets)


def has_usual(case: Compared) -> bool:
    """Whether anything that can be set beside the main source was worn before."""
    return any(each.source == case.main or each.source in case.offsets for each in case.early)


def _within(late: list[Stride], early: list[Stride], row: FormRow, look: Lookback) -> list[Stride]:
    """The recent runs at speeds that the earlier ones cover, but for a small margin."""
    if row.against == "nothing" or not early:
        return late
    margin = look.number("form_speed_margin_mps")
    low = min(each.speed_mps for each in early) - margin
    high = max(each.speed_mps for each in early) + margin
    return [each for each in late if low <= each.speed_mps <= high]


def came_new(row: FormRow, case: Compared, everything: Sequence[Stride], look: Lookback) -> bool:
    """Whether what measured most of the last runs is new, or anything that came in within the last weeks.

    New is what was first worn within the compared runs, after something else.
    """
    recent, _ = spans(look)
    first = {each.source.hardware: each for each in reversed(everything)}
    return any(
        _is_new(row, case, each.source, everything, look)
        for hardware, each in first.items()
        if hardware == case.main.hardware or each.run.on in recent
    )


def _is_new(
    row: FormRow, case: Compared, source: Source, everything: Sequence[Stride], look: Lookback
) -> bool:
    """It is not where runs that it measured beside something worn before tell what it adds."""
    recent, earlier = spans(look)
    runs = look.runs_in(Span(earlier.first, recent.last))
    first = next(run for run in runs if worn(row, run, source))
    before = {each.source for each in everything if each.run.start < first.start}
    others = {each for each in before if each.hardware != source.hardware}
    return bool(others) and not any(_beside(case, source, other) for other in others)


def _beside(case: Compared, one: Source, other: Source) -> bool:
    """Whether runs that both measured tell what one adds to the other."""
    return case.main in (one, other) and (one in case.offsets or other in case.offsets)


def usual_of(row: FormRow, case: Compared, look: Lookback) -> Usual:
    """The usual through the early runs, and how far the late ones lie off it."""
    together = [*case.early, *case.late]
    late = np.arange(len(together)) >= len(case.early)
    return usual(row, together, late, case.main, case.offsets, look)
