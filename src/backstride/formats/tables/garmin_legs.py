"""Rows of a Garmin list that are the whole of several sports, whose legs stand as rows of their own.

A watch keeps a triathlon as a parent and its legs.  The list names no parent, as the account export does; it
is told by its kind and by the legs that begin within it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from backstride.formats.tables.sport_names import is_several
from backstride.formats.tables.summary import Summary, Told
from backstride.model.said import Said, said

LEGS_SHARE = 0.5
"""Legs that last less of the whole than this are not all there, as where a list ends in the middle of a race:
then the whole stays.  The rest may be changes between the legs."""

_TOLD_BY_LEGS = said("the whole of several sports; its legs stand in rows of their own")


def told_by_legs(told: Told) -> Mapping[int, Said]:
    """Wholes whose legs are in the same list, by their place, and why they are left out."""
    wholes = {row: each for row, each in told.items() if is_several(each.kind or "")}
    if not wholes:
        return {}
    others = sorted((_moment(each), _lasting_s(each)) for row, each in told.items() if row not in wholes)
    starts = [start for start, _ in others]
    until_s = [0.0, *accumulate(lasting_s for _, lasting_s in others)]

    def has_legs(whole: Summary) -> bool:
        lasting_s, begun = _lasting_s(whole), _moment(whole)
        first = bisect_left(starts, begun)
        beyond = bisect_right(starts, begun + timedelta(seconds=lasting_s))
        legs_s = until_s[beyond] - until_s[first]
        return beyond > first and legs_s > 0 and legs_s >= LEGS_SHARE * lasting_s

    return {row: _TOLD_BY_LEGS for row, whole in wholes.items() if has_legs(whole)}


def _moment(told: Summary) -> datetime:
    """As one clock tells it, also where the clocks changed on the way."""
    return told.start.astimezone(UTC)


def _lasting_s(told: Summary) -> float:
    """With its pauses; without them where the list does not tell."""
    return max(told.elapsed_s or 0.0, told.moving_s or 0.0)
