"""Which activities are copies of one run: every activity is in exactly one group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from backstride.copies.alike import CLOCK_S, same_time, trimmed
from backstride.copies.clusters import Clusters, by_place
from backstride.copies.facts import Facts, facts_of
from backstride.copies.named import join_files, join_same_ids, join_services, join_told
from backstride.copies.parts import join_parts
from backstride.copies.shifts import join_shifted
from backstride.model.activity import Activity

Pairs = Iterable[tuple[str, str]]
Badness = Callable[[Facts, Facts], float | None]

LOOKED_AT = 24
"""Records of one time compared with each: more at once is a table whose clock was never set."""


def groups(
    activities: Iterable[Activity], apart: Pairs = (), together: Pairs = ()
) -> tuple[tuple[Activity, ...], ...]:
    """Every activity in exactly one group, whose members are copies of one run; by start.

    `apart` and `together` are pairs of `Activity.id` that the runner chose; they win over everything, and
    where they contradict one another apart does.  The surest signs come first: a service's own name, the
    name of the file, the same time, parts of one run, a clock in another zone.  An activity that is merged
    already is joined with others only where `together` says so.
    """
    ordered = sorted(activities, key=_order)
    all_facts = [facts_of(each, place) for place, each in enumerate(ordered)]
    clusters = Clusters(all_facts, apart)
    join_same_ids(all_facts, clusters)
    join_told(all_facts, clusters, together)
    join_services(all_facts, clusters)
    join_files(all_facts, clusters)
    _join_by(same_time, clusters)
    join_parts(clusters)
    _join_by(trimmed, clusters)
    join_shifted(clusters)
    members = [sorted(each.members, key=by_place) for each in clusters.all()]
    members.sort(key=lambda each: each[0].place)
    return tuple(tuple(facts.activity for facts in each) for each in members)


def _order(activity: Activity) -> tuple[float, str, int]:
    return activity.start.timestamp(), activity.id, activity.origin.reader_version


def _join_by(badness: Badness, clusters: Clusters) -> None:
    """Joins the best matching pairs first, so that each record finds the best partner it may have."""
    found: list[tuple[float, int, int, Facts, Facts]] = []
    for one, other in _at_once(clusters):
        if clusters.of[one.place] is not clusters.of[other.place]:
            how_bad = badness(one, other)
            if how_bad is not None:
                found.append((how_bad, one.place, other.place, one, other))
    for *_, one, other in sorted(found, key=lambda each: each[:3]):
        mine, theirs = clusters.of[one.place], clusters.of[other.place]
        if mine is not theirs and clusters.may_join(mine, theirs):
            clusters.join(one, other)


def _at_once(clusters: Clusters) -> Iterator[tuple[Facts, Facts]]:
    """Pairs whose times touch, clocks being what they are."""
    running: list[Facts] = []
    speakers = (each for cluster in clusters.all() for each in cluster.speakers)
    for each in sorted(speakers, key=by_place):
        running = [other for other in running if other.end_s + CLOCK_S >= each.start_s][-LOOKED_AT:]
        for other in running:
            yield other, each
        running.append(each)
