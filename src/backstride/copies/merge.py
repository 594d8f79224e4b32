"""The one activity that copies of one run make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from backstride.copies.base import Member, base_first, in_typed_order, shift_s
from backstride.copies.grouping import Pairs, groups
from backstride.copies.named import bare_name
from backstride.copies.weave import Woven, woven
from backstride.model.activity import Activity, Copy, Lap

OF_THE_WHOLE = ("distance_m", "moving_s", "elapsed_s", "climb_m", "descent_m")
"""The base's own, else from another copy of the whole run, never from a part; never added up."""
TYPED = ("title", "note", "rpe", "shoe", "service_id", "file")
"""First known in the order of `in_typed_order`: what a person typed before what a file was named."""
OF_THE_BASE = ("surface", "device")
"""First known, the base first."""


def runs(activities: Iterable[Activity], apart: Pairs = (), together: Pairs = ()) -> tuple[Activity, ...]:
    """Each run once, however many copies tell of it; by start."""
    each = (merged(group) for group in groups(activities, apart, together))
    return tuple(sorted(each, key=lambda run: (run.start.timestamp(), run.id)))


def merged(group: Sequence[Activity]) -> Activity:
    """One activity of the copies of one run; an activity alone is returned unchanged.

    The base is the richest recording of the whole run.  It keeps its id, start and totals; the others
    give what it lacks: channels, resampled onto its clock when asked for, and fields.  `copies` says who
    gave what.
    """
    if len(group) == 1:
        return group[0]
    members = base_first(group)
    base = members[0].activity
    if len(members) == 1:
        return base
    taken = _Taken()
    covering = [each for each in members if each.covers]
    taken.first_known(OF_THE_WHOLE, covering)
    taken.first_known(TYPED, in_typed_order(members))
    taken.first_known(OF_THE_BASE, members)
    _take_start(taken, members)
    _take_sport(taken, members)
    _take_averages(taken, members)
    _take_laps(taken, covering or members)
    whole = woven(members)
    return replace(
        base,
        **taken.values,
        stream=whole.stream,
        repairs=_repairs(members, whole),
        copies=_copies(members, whole, taken),
    )


@dataclass(slots=True)
class _Taken:
    """What the merged run gets, and from whom."""

    values: dict[str, Any] = field(default_factory=dict)  # Any: fields of Activity of any type
    givers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def take(self, name: str, value: object, giver: Member) -> None:
        """The field is that copy's."""
        self.values[name] = value
        self.givers[giver.activity.id].append(name)

    def first_known(self, names: Iterable[str], members: Sequence[Member]) -> None:
        """Each field from the first of the copies that knows it."""
        for name in names:
            giver = next((each for each in members if getattr(each.activity, name) is not None), None)
            if giver is not None:
                self.take(name, getattr(giver.activity, name), giver)


def _take_start(taken: _Taken, members: Sequence[Member]) -> None:
    """The base's start; where its clock rests on the profile, in the zone of a copy that knows better."""
    base = members[0]
    knowing = next((each for each in members if each.facts.placed), base)
    start, zone_from = base.activity.start, knowing.activity.zone_from
    if knowing is not base:
        start = _in_zone_of(knowing, base)
        taken.givers[knowing.activity.id].append("zone_from")
    taken.values |= {"start": start, "zone_from": zone_from}
    taken.givers[base.activity.id].append("start")


def _in_zone_of(knowing: Member, base: Member) -> datetime:
    """The base's start in the other's zone, and at the other's hour where its own was of another zone."""
    moved = timedelta(seconds=shift_s(knowing.facts, base.facts))
    return (base.activity.start.astimezone(UTC) + moved).astimezone(knowing.activity.start.tzinfo)


def _take_sport(taken: _Taken, members: Sequence[Member]) -> None:
    """The base's sport, unless a service's own row of it was corrected, or the base names none."""
    base = members[0]
    named = [each for each in members if each.activity.sport != "other"]
    files = {bare_name(each.activity.origin.name) for each in members if each.facts.recorded}
    corrected = (
        each
        for each in named
        if not each.facts.recorded and each.activity.file and bare_name(each.activity.file) in files
    )
    giver = next(corrected, next(iter(named), base))
    taken.take("sport", giver.activity.sport, giver)


def _take_averages(taken: _Taken, members: Sequence[Member]) -> None:
    averages: dict[str, float] = {}
    for each in members:
        further = {name: mean for name, mean in each.activity.averages.items() if name not in averages}
        averages |= further
        if further:
            taken.givers[each.activity.id].append("averages")
    taken.values["averages"] = averages


def _take_laps(taken: _Taken, members: Sequence[Member]) -> None:
    giver = next((each for each in members if each.activity.laps), members[0])
    if giver.activity.laps:
        taken.take("laps", _moved(giver.activity.laps, giver.begins_s), giver)


def _moved(laps: Sequence[Lap], later_s: float) -> Sequence[Lap]:
    if later_s == 0:
        return laps
    return tuple(replace(lap, start_s=max(0.0, lap.start_s + later_s)) for lap in laps)


def _repairs(members: Sequence[Member], whole: Woven) -> tuple[str, ...]:
    """The base's own, and the repairs of those recordings that channels were taken from."""
    names = list(members[0].activity.repairs)
    for each in members[1:]:
        if each.activity.id in whole.gave:
            names += [name for name in each.activity.repairs if name.startswith("repair_")]
    return tuple(dict.fromkeys(names))


def _copies(members: Sequence[Member], whole: Woven, taken: _Taken) -> tuple[Copy, ...]:
    """Who gave what, the base first; copies that one of them was merged of stand behind it."""
    found: dict[str, Copy] = {}
    for each in members:
        one = each.activity
        gave = dict.fromkeys((*whole.gave.get(one.id, ()), *taken.givers.get(one.id, ())))
        found[one.id] = Copy(one.id, one.origin, one.service_id, tuple(gave))
    for each in members:
        for inner in each.activity.copies:
            found.setdefault(inner.id, replace(inner, gave=()))
    return tuple(found.values())
