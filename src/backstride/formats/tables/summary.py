"""One row of a table -> an Activity without a stream, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo

from backstride.formats.contents import Contents, Source
from backstride.formats.tables.clock import LONGEST_S
from backstride.formats.tables.dates import Dates
from backstride.formats.tables.sheet import Sheet
from backstride.formats.tables.sport_names import kind_named
from backstride.model.activity import Activity, ZoneFrom
from backstride.model.channels import CHANNELS
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, listed, plainly, said

CUT_SHORT = said("the file is cut short; its last row is left out")
UNDECIDED = said(
    "nothing in the file tells whether day or month comes first in its dates; those that may be read in two "
    "ways are left out.  Export it again with a row that is dated after the 12th of a month"
)


LONGEST_KIND = 40
SHORTEST_M = 0.1
"""Less is the 0.0 that makers fill in."""
MOST_CLIMB_M = 50_000


@dataclass(frozen=True, slots=True)
class Summary:
    """What a row tells of an activity.  None is not told; what is not plausible is dropped."""

    start: datetime
    zone_from: ZoneFrom
    kind: str | None
    """The service's word for the kind of activity, as it stands."""
    distance_m: float | None = None
    moving_s: float | None = None
    elapsed_s: float | None = None
    climb_m: float | None = None
    descent_m: float | None = None
    rpe: float | None = None
    gear: str | None = None
    title: str | None = None
    note: str | None = None
    averages: Mapping[str, float | None] = field(default_factory=dict)
    service_id: str | None = None
    file: str | None = None
    repairs: tuple[str, ...] = ()


ReadRow = Callable[[int, datetime], Summary]
"""The row's place counted from 0, and the moment it began."""


Told = Mapping[int, Summary]
"""What each row tells, by its place counted from 0."""
LeaveOut = Callable[[Told], Mapping[int, Said]]
"""Places of rows that are no activities beside the others, and why."""


def contents_of(
    sheet: Sheet,
    dates: Dates,
    read_row: ReadRow,
    source: Source,
    kind: Said,
    doubts: tuple[Said, ...] = (),
    leave_out: LeaveOut = lambda told: {},
) -> Contents:
    """What the table holds: each of its rows is an activity, or is skipped with a reason.

    `Origin.index` is the row's place counted from 0.  `doubts` concern the table as a whole.
    """
    summaries: dict[int, Summary] = {}
    left_out: list[SkippedRow] = []
    for row, moment in enumerate(dates.moments):
        told = _told(sheet, dates, read_row, row, moment)
        if isinstance(told, Summary):
            summaries[row] = told
        else:
            left_out.append(SkippedRow(row + 1, told))
    for row, why in leave_out(summaries).items():
        del summaries[row]
        left_out.append(SkippedRow(row + 1, why))
    left_out.sort(key=lambda each: each.row)
    activities = [_activity(told, source, row, sheet.grid.repairs, doubts) for row, told in summaries.items()]
    activities.sort(key=lambda each: (each.start, each.origin.index))
    warnings = (*doubts, *_warnings(sheet, dates, summaries.values()))
    return Contents(tuple(activities), kind, warnings, skipped=tuple(left_out))


def _told(sheet: Sheet, dates: Dates, read_row: ReadRow, row: int, moment: datetime | None) -> Summary | Said:
    """What a row tells, or why that is nothing."""
    why = sheet.misfit(row)
    if why is not None:
        return why
    if row in dates.undecided:
        return said("its date may be read with the day or with the month first")
    if moment is None:
        return said("it names no date that can be read")
    told = read_row(row, moment)
    if told.distance_m is None and told.moving_s is None and told.elapsed_s is None:
        return said("it tells neither a distance nor a duration")
    return told


def local(moment: datetime, zone: tzinfo) -> datetime:
    """A moment of a local clock that names no zone, in the runner's; one that names its own, as it stands."""
    if moment.tzinfo is not None:
        return moment.astimezone(zone)
    return moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)  # through UTC: no hour that never was


def _warnings(sheet: Sheet, dates: Dates, summaries: Iterable[Summary]) -> Iterable[Said]:
    if dates.undecided:
        yield UNDECIDED
    if sheet.grid.cut_short:
        yield CUT_SHORT
    unknown = Counter(
        each.kind[:LONGEST_KIND] for each in summaries if each.kind and not kind_named(each.kind)
    )
    if unknown:
        words = listed([plainly(f"{word} ({count})") for word, count in unknown.most_common(12)])
        yield said("kinds of activity that are not known here, taken as other: {words}", words=words)


def _activity(
    told: Summary, source: Source, row: int, repairs: tuple[str, ...], doubts: tuple[Said, ...]
) -> Activity:
    """The activity, without what is not plausible."""
    sport, surface = kind_named(told.kind or "") or ("other", None)
    moving_s, elapsed_s = _bounded_s(told.moving_s), _bounded_s(told.elapsed_s)
    if moving_s is not None and elapsed_s is not None:
        elapsed_s = max(moving_s, elapsed_s)
    return Activity(
        start=told.start,
        zone_from=told.zone_from,
        sport=sport,
        origin=source.origin(row),
        distance_m=_bounded(told.distance_m, SHORTEST_M, CHANNELS["distance_m"].high),
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        climb_m=_bounded(told.climb_m, 0, MOST_CLIMB_M),
        descent_m=_bounded(told.descent_m, 0, MOST_CLIMB_M),
        surface=surface,
        rpe=_bounded(told.rpe, 1, 10),
        shoe=None if sport in ("ride", "swim") else told.gear,
        title=told.title,
        note=told.note,
        averages=_averages(told.averages),
        service_id=told.service_id,
        file=told.file,
        repairs=(*repairs, *told.repairs),
        warnings=doubts,
    )


def _averages(told: Mapping[str, float | None]) -> dict[str, float]:
    """Those that are plausible while moving; the bounds are the channels' own."""
    return {
        name: value
        for name, value in told.items()
        if value is not None and CHANNELS[name].low <= value <= CHANNELS[name].high
    }


def _bounded(value: float | None, low: float, high: float) -> float | None:
    return value if value is not None and low <= value <= high else None


def _bounded_s(value: float | None) -> float | None:
    return value if value is not None and 0 < value <= LONGEST_S else None
