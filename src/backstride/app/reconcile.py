"""What came in from each archive, beside what the archive's own tables claim, year by year.

A recording is an activity as its device wrote it; a row is one of a table, with totals alone.  A row that
is a copy of a recording claims what the recording should hold; where the two differ, it is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from backstride.copies import groups
from backstride.copies.record import told_pairs
from backstride.model.activity import Activity
from backstride.model.history import History
from backstride.model.ledger import GIVES, OUTCOMES, LedgerLine, Outcome

DIFFER_SHARE, DIFFER_M, DIFFER_S = 0.02, 100.0, 60.0
"""A row and its recording differ where their distances are further apart than both the share and the metres,
or their times than the share and the seconds: services smooth a track, and watches round."""

RECORDERS = ("fit", "gpx", "tcx")
"""Readers of files that a device wrote, one for each recording."""

Kind = Literal["run", "other"]
Found = Literal["both", "row_only", "recording_only"]


@dataclass(frozen=True, slots=True)
class Sums:
    """How many, how far and how long; what is not known of one is left out of the sum, and counted."""

    count: int = 0
    distance_m: float = 0.0
    moving_s: float = 0.0
    without_distance: int = 0
    without_time: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that does not say what its recording says, from whichever source that came."""

    row: Activity
    recording: Activity


@dataclass(frozen=True, slots=True)
class YearSums:
    """One year of one source: of runs, or of all else."""

    year: int
    kind: Kind
    recorded: Sums
    claimed: Sums
    """By the rows of the archive's own tables; none where it has no table."""
    found: Mapping[Found, int]
    """Activities that are recorded and have a row, that have only a row, and that have only a recording."""
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class SourceSums:
    """One archive, folder or file that was handed in, however often."""

    source: str
    files: Mapping[Outcome, int]
    """What became of its files when they last came."""
    skipped_rows: int
    years: tuple[YearSums, ...]


def reconciled(history: History, lines: Sequence[LedgerLine]) -> tuple[SourceSums, ...]:
    """Each source with its years, in the order the sources first came.

    An activity that was handed in from several sources is counted in each of them.
    """
    apart, together = told_pairs(history.sameness)
    group_of = {
        one.id: nth for nth, group in enumerate(groups(history.activities, apart, together)) for one in group
    }
    by_id = {one.id: one for one in history.activities}
    recorded = _first_of_each((one for one in history.activities if not is_row(one)), group_of)
    by_source: dict[str, dict[str, LedgerLine]] = defaultdict(dict)
    for line in lines:
        by_source[line.source][line.name] = _kept(by_source[line.source].get(line.name), line)
    return tuple(
        _source(name, tuple(files.values()), by_id, group_of, recorded) for name, files in by_source.items()
    )


def _kept(before: LedgerLine | None, line: LedgerLine) -> LedgerLine:
    """A file that came again unchanged stays what it was."""
    return before if before is not None and line.outcome == "duplicate" and before.outcome in GIVES else line


def _source(
    name: str,
    files: Sequence[LedgerLine],
    by_id: Mapping[str, Activity],
    group_of: Mapping[str, int],
    recorded: Mapping[int, Activity],
) -> SourceSums:
    ids = dict.fromkeys(id for line in files for id in line.activities if id in by_id)
    activities = sorted((by_id[id] for id in ids), key=_year_and_kind)
    return SourceSums(
        name,
        {outcome: sum(line.outcome == outcome for line in files) for outcome in OUTCOMES},
        sum(len(line.skipped) for line in files),
        tuple(
            _year(year, kind, tuple(of_one), group_of, recorded)
            for (year, kind), of_one in groupby(activities, key=_year_and_kind)
        ),
    )


def _year_and_kind(activity: Activity) -> tuple[int, Kind]:
    return activity.start.year, "run" if activity.sport == "run" else "other"


def _year(
    year: int,
    kind: Kind,
    of_one: Sequence[Activity],
    group_of: Mapping[str, int],
    recorded: Mapping[int, Activity],
) -> YearSums:
    recordings = _first_of_each((one for one in of_one if not is_row(one)), group_of)
    rows = _first_of_each((one for one in of_one if is_row(one)), group_of)
    return YearSums(
        year,
        kind,
        _sums(recordings.values()),
        _sums(rows.values()),
        {
            "both": len(recordings.keys() & rows.keys()),
            "row_only": len(rows.keys() - recordings.keys()),
            "recording_only": len(recordings.keys() - rows.keys()),
        },
        tuple(
            Difference(row, recording)
            for group, row in rows.items()
            if (recording := recordings.get(group, recorded.get(group))) is not None
            and differ(row, recording)
        ),
    )


def _first_of_each(activities: Iterable[Activity], group_of: Mapping[str, int]) -> dict[int, Activity]:
    """One of each group: a table that came twice claims once."""
    first: dict[int, Activity] = {}
    for one in activities:
        first.setdefault(group_of[one.id], one)
    return first


def _sums(activities: Iterable[Activity]) -> Sums:
    each = tuple(activities)
    distances = [one.distance_m for one in each if one.distance_m is not None]
    times = [time for one in each if (time := _time_s(one)) is not None]
    return Sums(len(each), sum(distances), sum(times), len(each) - len(distances), len(each) - len(times))


def is_row(one: Activity) -> bool:
    """True for totals alone out of a table; a swim's recording has no samples either, and is none."""
    return not one.stream and one.origin.reader not in RECORDERS


def _time_s(one: Activity) -> float | None:
    return one.elapsed_s if one.moving_s is None else one.moving_s


def differ(row: Activity, recording: Activity) -> bool:
    """True where one of the totals that both know is too far apart."""
    return _apart(row.distance_m, recording.distance_m, DIFFER_M) or (
        _apart(row.moving_s, recording.moving_s, DIFFER_S)
        and _apart(row.elapsed_s, recording.elapsed_s, DIFFER_S)
    )


def _apart(one: float | None, other: float | None, least: float) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) > max(least, DIFFER_SHARE * max(one, other))
