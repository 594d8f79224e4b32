"""How alike two activities are: whether they may be copies of one run, and how well they agree.

Nobody runs twice at once, so that two records of one time are nearly always copies; distance and duration
only have to allow it.  Where the clocks do not agree, distance and duration must say it alone, and tightly.
"""

from __future__ import annotations

from collections.abc import Set

from backstride.copies.facts import Facts

CLOCK_S = 180.0
"""Two clocks are not further apart, nor is a button pressed later."""
SHORT_S = 30.0
"""Durations this close are the same, however short the run."""
DURATION_SHARE = 0.05
DISTANCE_SHARE = 0.08
LOOSE_DISTANCE_SHARE = 0.3
"""Without satellites, as on a treadmill, two devices may measure this differently."""
TOGETHER_SHARE = 0.5
"""Copies of one length share at least this much of the longer one's time."""
WITHIN_SHARE = 0.45
"""A cropped copy, or what was recorded before a battery was empty, is at least this much of the whole."""
PACE_SHARE = 0.15
"""A part is run about as fast as the whole."""

_ON_FOOT = frozenset({"run", "walk"})


def sports_agree(one: Set[str], other: Set[str]) -> bool:
    """True unless they name different sports; "other" names none, and a walk may be called a run."""
    if one & other:
        return True
    mine, theirs = one - {"other"}, other - {"other"}
    return not mine or not theirs or mine | theirs <= _ON_FOOT


def apart_share(one: float | None, other: float | None) -> float | None:
    """How far two lengths are apart, as a share of the longer; None where one is not known."""
    if one is None or other is None:
        return None
    return abs(one - other) / max(one, other)


def durations_apart_share(one: Facts, other: Facts) -> float | None:
    """The same of the durations that agree best: a table may call the moving time elapsed."""
    shares = [
        0.0 if abs(mine - theirs) <= SHORT_S / 6 else abs(mine - theirs) / max(mine, theirs)
        for mine in one.durations_s
        for theirs in other.durations_s
    ]
    return min(shares, default=None)


def shared_s(one: Facts, other: Facts) -> float:
    """Time that both cover; negative is the gap between them."""
    return min(one.end_s, other.end_s) - max(one.start_s, other.start_s)


def same_time(one: Facts, other: Facts) -> float | None:
    """How badly two records of the same time and length agree, 0 is wholly; None: they are none."""
    clock_s = abs(one.start_s - other.start_s)
    if clock_s > CLOCK_S or not _sports_of_two(one, other):
        return None
    duration, distance = durations_apart_share(one, other), _distances_apart(one, other)
    if duration is None and distance is None:
        return 1 + clock_s / CLOCK_S if clock_s <= CLOCK_S / 3 else None
    if duration is not None and not _as_long(one, other, duration, clock_s):
        return None
    if distance is not None and distance > _distance_limit(one, other, duration):
        return None
    return clock_s / CLOCK_S + 4 * (duration or 0.0) + 2 * (distance or 0.0)


def _as_long(one: Facts, other: Facts, duration: float, clock_s: float) -> bool:
    longer_s = max(one.length_s, other.length_s)
    close = duration <= DURATION_SHARE or duration * longer_s <= SHORT_S
    # By the durations that agree: a pause that only one of the two counts says nothing.
    shared = max((min(a, b) - clock_s) / max(a, b) for a in one.durations_s for b in other.durations_s)
    return close and shared >= TOGETHER_SHARE


def _distance_limit(one: Facts, other: Facts, duration: float | None) -> float:
    if duration is None or duration > DURATION_SHARE:
        return DISTANCE_SHARE / 2
    outdoors = one.activity.zone_from == other.activity.zone_from == "place"
    return DISTANCE_SHARE if outdoors else LOOSE_DISTANCE_SHARE


def _distances_apart(one: Facts, other: Facts) -> float | None:
    return apart_share(one.distance_m, other.distance_m)


def _sports_of_two(one: Facts, other: Facts) -> bool:
    return one.sport == other.sport or sports_agree({one.sport}, {other.sport})


def within(part: Facts, whole: Facts, slack_s: float = CLOCK_S) -> bool:
    """True where the whole covers the part's time, as far as clocks tell, at about the same pace."""
    if not 0 < part.length_s < whole.length_s or not _sports_of_two(part, whole):
        return False
    early_s, late_s = whole.start_s - part.start_s, part.end_s - whole.end_s
    return early_s <= slack_s and late_s <= slack_s and shared_s(part, whole) >= 0.5 * part.length_s


def trimmed(one: Facts, other: Facts) -> float | None:
    """How badly a record agrees with one that was cut short at an end, or began late; None: it is none."""
    part, whole = sorted((one, other), key=lambda each: each.length_s)
    if not within(part, whole):
        return None
    left_out = 1 - part.length_s / whole.length_s
    distance = _distances_apart(part, whole)
    if left_out > 1 - WITHIN_SHARE and (distance is None or distance > DISTANCE_SHARE):
        return None
    if not (same_pace(part, whole) or (distance is not None and distance <= DISTANCE_SHARE)):
        return None
    return 3 + left_out


def same_pace(part: Facts, whole: Facts) -> bool:
    """True where some duration of each gives about the same pace, and where it is not known."""
    if part.distance_m is None or whole.distance_m is None:
        return True
    return any(
        abs(part.distance_m / mine - whole.distance_m / theirs)
        <= PACE_SHARE * max(part.distance_m / mine, whole.distance_m / theirs)
        for mine in part.durations_s
        for theirs in whole.durations_s
    )
