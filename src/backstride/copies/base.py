"""The copies of one run in order: the one that the merged run is based on first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from backstride.copies.alike import CLOCK_S, durations_apart_share
from backstride.copies.facts import TYPED_READER, Facts, facts_of
from backstride.copies.parts import COVER_SHARE
from backstride.copies.shifts import LARGEST_SHIFT_S, SHIFT_SLACK_S, quarters
from backstride.model.activity import Activity

WHOLE_SHARE = 0.95
"""How much a copy must cover to be one of the whole run where others are parts of it."""
ALIKE_SHARE = 0.05
"""Durations of one run in two zones agree within this."""
READERS = ("fit", "tcx", "gpx")
"""Of equally rich recordings the one that says most beside its points."""


_Poorness = tuple[bool, int, int, int, float, float, bool, str]


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One copy of the run."""

    facts: Facts
    begins_s: float
    """Its start on the base's clock, zones put right."""
    covers: bool
    """It tells of the whole run, not of a part."""

    @property
    def activity(self) -> Activity:
        """As it was read."""
        return self.facts.activity


def base_first(group: Sequence[Activity]) -> tuple[Member, ...]:
    """Each copy once: those of the whole run before those of a part, the richest recording first.

    Rich is how many channels it has, then how many samples.  A copy of less than 0.8 of the longest one's
    time and of 0.9 of its distance is a part.
    """
    each = _once(group)
    whole = _covering(each)
    order = sorted(each, key=_poorness(each, whole))
    base = order[0]
    return tuple(
        Member(one, one.start_s - base.start_s - shift_s(one, base), one.place in whole) for one in order
    )


def shift_s(one: Facts, other: Facts) -> float:
    """Whole quarters of an hour that `one` starts later because of a zone taken wrongly; mostly 0.

    Two records of one run and of one length that do not touch differ by their zones.
    """
    apart_s = one.start_s - other.start_s
    if abs(apart_s) <= CLOCK_S or (one.placed and other.placed):
        return 0.0
    share = durations_apart_share(one, other)
    whole_s, rest_s = quarters(apart_s)
    fits = share is not None and share <= ALIKE_SHARE and abs(rest_s) <= SHIFT_SLACK_S
    return whole_s if fits and abs(whole_s) <= LARGEST_SHIFT_S else 0.0


def in_typed_order(members: Sequence[Member]) -> tuple[Member, ...]:
    """The copies by whose words count: typed by hand, a service's table, a service's file, then as they are.

    A person gives a run its name in a service; a recording carries what the watch called it.
    """

    def rank(member: Member) -> int:
        if member.activity.origin.reader == TYPED_READER:
            return 0
        if member.activity.service_id is not None:
            return 2 if member.facts.recorded else 1
        return 3

    return tuple(sorted(members, key=rank))


def _once(group: Iterable[Activity]) -> list[Facts]:
    """Each id once, as the newest reader read it."""
    newest: dict[str, Activity] = {}
    for each in sorted(group, key=lambda activity: activity.origin.reader_version):
        newest[each.id] = each
    return [facts_of(newest[id_], place) for place, id_ in enumerate(sorted(newest))]


def _covering(each: Sequence[Facts]) -> set[int]:
    """Places of those that tell of the whole run."""
    longest = max(each, key=lambda one: one.length_s)
    furthest_m = max((one.distance_m or 0.0 for one in each), default=0.0)
    share = WHOLE_SHARE if _has_parts(each, longest) else COVER_SHARE
    far_share = (1 + share) / 2
    return {
        one.place
        for one in each
        if one.length_s >= share * longest.length_s
        or (one.distance_m is not None and one.distance_m >= far_share * furthest_m)
    }


def _has_parts(each: Sequence[Facts], longest: Facts) -> bool:
    """True where one ends before another begins."""
    begins = {one.place: one.start_s - shift_s(one, longest) for one in each if one.length_s}
    ends = [begins[one.place] + one.length_s for one in each if one.length_s]
    return bool(ends) and max(begins.values()) > min(ends) - CLOCK_S / 2


def _poorness(each: Sequence[Facts], whole: set[int]) -> Callable[[Facts], _Poorness]:
    """The key that puts the base first.

    Samples are counted, which fetches a column, only where two devices or readers gave equally many channels.
    """
    sources: dict[int, set[object]] = {}
    for one in each:
        sources.setdefault(_channels(one), set()).add(one.source)

    def key(one: Facts) -> _Poorness:
        channels, reader = _channels(one), one.activity.origin.reader
        rows = one.activity.stream.rows if channels and len(sources[channels]) > 1 else 0
        known = READERS.index(reader) if reader in READERS else len(READERS)
        # The totals before the id, so that no further copy of the same changes them.
        size = (-one.length_s, -(one.distance_m or 0.0))
        return one.place not in whole, -channels, -rows, known, *size, not one.placed, one.activity.id

    return key


def _channels(facts: Facts) -> int:
    return len(facts.activity.stream)
