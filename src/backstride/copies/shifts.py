"""Records of one run of which one took a local time for UTC, or the reverse."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from backstride.copies.alike import apart_share, durations_apart_share, sports_agree
from backstride.copies.clusters import Cluster, Clusters, by_place
from backstride.copies.facts import Facts

QUARTER_S = 900.0
"""Every offset from UTC is a multiple of it."""
LARGEST_SHIFT_S = 14 * 3600.0
SHIFT_SLACK_S = 150.0
LOOKED_AT = 32
"""Records of the hours around compared with each."""


@dataclass(frozen=True, slots=True)
class Tightness:
    """How well two records must agree where their clocks do not."""

    explained: bool
    """By the zone of one of the two, their difference, or summer time."""
    slack_s: float
    duration_share: float
    distance_share: float

    def holds(self, explained: bool, rest_s: float, duration: float, distance: float) -> bool:
        """True where they agree as well as that."""
        return (
            explained >= self.explained
            and abs(rest_s) <= self.slack_s
            and duration <= self.duration_share
            and distance <= self.distance_share
        )


EXPLAINED = (Tightness(True, SHIFT_SLACK_S, 0.02, 0.02), Tightness(True, SHIFT_SLACK_S / 2, 0.004, 0.05))
"""One of them; the second for an app that measures the distance its own way and shares the watch's time."""
UNEXPLAINED = (Tightness(False, 60.0, 0.005, 0.005),)
"""Where nobody knows the zone."""


def join_shifted(clusters: Clusters) -> None:
    """A group whose clock nobody vouches for joins the best matching one at another hour, and only one."""
    settled: set[int] = set()
    for tightness, both_unsure in ((EXPLAINED, False), (UNEXPLAINED, True)):
        found = []
        for one, other in _hours_apart(clusters, both_unsure):
            how_bad = _badness(one, other, tightness)
            if how_bad is not None:
                found.append((how_bad, one.place, other.place, one, other))
        for *_, one, other in sorted(found, key=lambda each: each[:3]):
            mine, theirs = clusters.of[one.place], clusters.of[other.place]
            loose = [each for each in (mine, theirs) if _unsure(each) and not settled & _places(each)]
            if mine is not theirs and loose and clusters.may_join(mine, theirs):
                settled |= _places(mine) | _places(theirs)
                clusters.join(one, other)


def _badness(one: Facts, other: Facts, tightness: tuple[Tightness, ...]) -> float | None:
    """How badly the two agree beside their hours, 0 is wholly; None: they are no copies.

    One of them must not know its zone, and something else must have written it.
    """
    if (one.placed and other.placed) or one.source == other.source:
        return None
    shift_s, rest_s = quarters(other.start_s - one.start_s)
    duration = durations_apart_share(one, other)
    distance = apart_share(one.distance_m, other.distance_m)
    if not 0 < abs(shift_s) <= LARGEST_SHIFT_S or duration is None or distance is None:
        return None
    explained = shift_s in _shifts_s(one, other)
    if not any(each.holds(explained, rest_s, duration, distance) for each in tightness):
        return None
    if not sports_agree({one.sport}, {other.sport}):
        return None
    return abs(rest_s) / SHIFT_SLACK_S + 100 * duration + 20 * distance


def quarters(seconds: float) -> tuple[float, float]:
    """The nearest whole quarters of an hour, and what is left over."""
    whole_s = round(seconds / QUARTER_S) * QUARTER_S
    return whole_s, seconds - whole_s


def _shifts_s(one: Facts, other: Facts) -> set[float]:
    """The errors that a record can make with the zones of the two: either, both, or summer time."""
    mine_s, theirs_s = _offset_s(one), _offset_s(other)
    sizes = {mine_s, theirs_s, mine_s - theirs_s, 3600.0}
    return {sign * size for size in sizes for sign in (1.0, -1.0)} - {0.0}


def _offset_s(facts: Facts) -> float:
    offset = facts.activity.start.utcoffset()
    return 0.0 if offset is None else offset.total_seconds()


def _hours_apart(clusters: Clusters, both_unsure: bool) -> Iterator[tuple[Facts, Facts]]:
    """Pairs of which one, or both, do not know their zone, and which may be off by as much as zones are."""
    heard = sorted((each for cluster in clusters.all() for each in cluster.heard), key=by_place)
    unsure = {id(cluster) for cluster in clusters.all() if _unsure(cluster)}
    if both_unsure:
        heard = [each for each in heard if id(clusters.of[each.place]) in unsure]
    starts = [each.start_s for each in heard]
    reach_s = LARGEST_SHIFT_S + SHIFT_SLACK_S
    for place, each in enumerate(heard):
        if id(clusters.of[each.place]) not in unsure:
            continue
        first = max(bisect_left(starts, each.start_s - reach_s), place - LOOKED_AT)
        last = min(bisect_right(starts, each.start_s + reach_s), place + LOOKED_AT)
        for other in heard[first:last]:
            if clusters.of[other.place] is not clusters.of[each.place]:
                yield (other, each) if other.place < each.place else (each, other)


def _unsure(cluster: Cluster) -> bool:
    """True where neither a file nor a place vouches for its hour."""
    return not any(each.placed for each in cluster.speakers)


def _places(cluster: Cluster) -> set[int]:
    return {each.place for each in cluster.members}
