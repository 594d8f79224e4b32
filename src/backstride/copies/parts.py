"""A run saved in two files, and one longer record that covers both."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from backstride.copies.alike import CLOCK_S, apart_share, shared_s, sports_agree, within
from backstride.copies.clusters import Cluster, Clusters
from backstride.copies.facts import Facts

PAUSE_S = 1_800.0
"""Between two parts of one run."""
COVER_SHARE = 0.8
"""Parts make up at least this much of the whole's time."""
SUM_SHARE = 0.1
"""Their distances together are the whole's within this."""
MOST_PARTS = 12
LOOKED_AT = 48


def join_parts(clusters: Clusters) -> None:
    """Two or more records one after the other join the longer one that covers them.

    One source may then call them by several names: each part has its own.
    """
    longest = sorted(
        (max(speakers, key=_length) for each in clusters.all() if (speakers := each.speakers)),
        key=lambda each: (each.start_s, each.place),
    )
    starts = [each.start_s for each in longest]
    for whole in sorted(longest, key=lambda each: (each.length_s, each.place)):
        first = bisect_left(starts, whole.start_s - CLOCK_S)
        last = min(bisect_right(starts, whole.end_s), first + LOOKED_AT)
        inside = [each for each in longest[first:last] if each is not whole and within(each, whole)]
        for parts in _sets(inside):
            if _make_up(parts, whole) and _may_be_parts(parts, whole, clusters):
                for part in parts:
                    clusters.join(whole, part)
                break


def _length(facts: Facts) -> tuple[float, int]:
    return facts.length_s, -facts.place


def _sets(inside: Sequence[Facts]) -> Iterator[list[Facts]]:
    """All that lie inside, where none overlap; else those from one source at a time."""
    if len(inside) < 2:
        return
    yield list(inside)
    for source in dict.fromkeys(each.source for each in inside):
        yield [each for each in inside if each.source == source]


def _make_up(parts: Sequence[Facts], whole: Facts) -> bool:
    """True where the parts follow one another closely, and have the whole's time and distance."""
    if not 2 <= len(parts) <= MOST_PARTS:
        return False
    gaps = [-shared_s(one, other) for one, other in pairwise(parts)]
    if any(not -CLOCK_S <= gap <= PAUSE_S for gap in gaps):
        return False
    if any(_overlap(one, other) for one, other in pairwise(parts)):
        return False
    covered_s = parts[-1].end_s - parts[0].start_s
    if not COVER_SHARE <= covered_s / whole.length_s <= 1 / COVER_SHARE:
        return False
    distances = [each.distance_m for each in parts if each.distance_m is not None]
    if len(distances) < len(parts) or whole.distance_m is None:
        return sum(each.length_s for each in parts) >= COVER_SHARE * whole.length_s
    far = apart_share(sum(distances), whole.distance_m)
    return far is not None and far <= SUM_SHARE


def _overlap(one: Facts, other: Facts) -> bool:
    return shared_s(one, other) > 0.5 * min(one.length_s, other.length_s)


def _may_be_parts(parts: Sequence[Facts], whole: Facts, clusters: Clusters) -> bool:
    """True where the parts were recorded by one device and nothing certain says otherwise."""
    devices = {each.source[1:] for each in parts if any(each.source[1:])}
    if len(devices) > 1:
        return False
    longer, *groups = [clusters.of[each.place] for each in (whole, *parts)]
    if any(each is longer or _one_file(each, longer) for each in groups):
        return False
    return not any(
        clusters.told_apart(one, other) or not sports_agree(one.sports, other.sports)
        for one, other in combinations((longer, *groups), 2)
    )


def _one_file(one: Cluster, other: Cluster) -> bool:
    """True where one file tells of both: its legs are runs of their own."""
    recorded = [
        {each.activity.origin.sha256 for each in group.members if each.recorded} for group in (one, other)
    ]
    return not recorded[0].isdisjoint(recorded[1])
