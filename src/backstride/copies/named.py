"""Copies that say so themselves: by the runner's word, by a service's name, by the name of the file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from backstride.copies.alike import sports_agree
from backstride.copies.clusters import Clusters
from backstride.copies.facts import Facts

FILE_DAYS_S = 86_400.0
"""A row and its recording start within a day: further apart, two archives use one file name."""
LOOKED_AT = 16
"""Recordings of one name and about one time looked at for each row."""
_PACKED = (".gz", ".zip")


def join_told(all_facts: Sequence[Facts], clusters: Clusters, together: Iterable[tuple[str, str]]) -> None:
    """What the runner called one run is one; where that contradicts what is kept apart, apart counts."""
    by_id = {id_: each for each in all_facts for id_ in each.ids}
    for one, other in sorted(together):
        if one in by_id and other in by_id:
            mine, theirs = by_id[one], by_id[other]
            if not clusters.told_apart(clusters.of[mine.place], clusters.of[theirs.place]):
                clusters.join(mine, theirs)


def join_same_ids(all_facts: Sequence[Facts], clusters: Clusters) -> None:
    """One activity read twice is one."""
    first: dict[str, Facts] = {}
    for each in all_facts:
        clusters.join(first.setdefault(each.activity.id, each), each)


def join_services(all_facts: Sequence[Facts], clusters: Clusters) -> None:
    """What a service calls by one name is one run."""
    by_name: dict[str, list[Facts]] = defaultdict(list)
    for each in all_facts:
        if each.activity.service_id is not None and not each.settled:
            by_name[each.activity.service_id].append(each)
    for named in by_name.values():
        for place, each in enumerate(named[1:], 1):
            _join_first_allowed(each, named[:place], clusters)


def _join_first_allowed(facts: Facts, earlier: Sequence[Facts], clusters: Clusters) -> None:
    for other in earlier[:1] if not clusters.any_apart else earlier:
        if not clusters.told_apart(clusters.of[other.place], clusters.of[facts.place]):
            clusters.join(other, facts)
            return


def join_files(all_facts: Sequence[Facts], clusters: Clusters) -> None:
    """A row that names its recording belongs to it: the nearest of that name, within a day."""
    recordings: dict[str, list[Facts]] = defaultdict(list)
    for each in all_facts:
        if each.recorded and not each.settled:
            recordings[bare_name(each.activity.origin.name)].append(each)
    for row in all_facts:
        if row.activity.file is None or row.settled or row.recorded:
            continue
        for recording in _nearest_first(row, recordings.get(bare_name(row.activity.file), [])):
            mine, theirs = clusters.of[row.place], clusters.of[recording.place]
            if mine is theirs or clusters.may_be_named(mine, theirs):
                clusters.join(row, recording)
                break


def _nearest_first(row: Facts, recordings: Sequence[Facts]) -> list[Facts]:
    """Those within a day, nearest first; of a file of several sports the row's own before the others."""
    first = bisect_left(recordings, row.start_s - FILE_DAYS_S, key=_start_s)
    last = bisect_right(recordings, row.start_s + FILE_DAYS_S, key=_start_s)
    middle = bisect_left(recordings, row.start_s, key=_start_s)
    near = recordings[max(first, middle - LOOKED_AT) : min(last, middle + LOOKED_AT)]
    return sorted(near, key=lambda each: _distance(row, each))


def _start_s(facts: Facts) -> float:
    return facts.start_s


def _distance(row: Facts, recording: Facts) -> tuple[bool, float, int]:
    same_sport = sports_agree({row.sport}, {recording.sport})
    return not same_sport, abs(recording.start_s - row.start_s), recording.place


def bare_name(path: str) -> str:
    """The file's own name in lower case, without folders and without the ending of its packing."""
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    for ending in _PACKED:
        name = name.removesuffix(ending)
    return name
