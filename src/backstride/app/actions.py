"""What a person can do.  Each door (terminal, web, API) calls these and nothing deeper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError
from tzlocal import get_localzone

from backstride.app.case import Case, read_case
from backstride.app.case_rows import CheckInRow, ProfileRow, SymptomRow
from backstride.assess import assess, safety
from backstride.copies import each_once
from backstride.features.explain import explain as take_apart
from backstride.features.form import pictures
from backstride.features.ground.weeks import ground_weeks
from backstride.features.load.own import OwnUsual, own_usual
from backstride.features.lookback import Lookback
from backstride.features.measures.memory import Measured
from backstride.features.months import months
from backstride.features.onset import seen_from_onset
from backstride.features.season import season
from backstride.features.shoes.use import shoe_rack
from backstride.features.weekly import weekly
from backstride.formats.archive.unpack import members
from backstride.formats.readers import read
from backstride.instruments.entering import checked_sheets
from backstride.knowledge.answering import checked_answers
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity
from backstride.model.assessment import Assessment, Triage
from backstride.model.errors import BadInput
from backstride.model.explained import Explained
from backstride.model.faults import did_you_mean, fault
from backstride.model.findings import FormSeries
from backstride.model.gear import Gear, ShoeRack
from backstride.model.history import Answer, CheckIn, Profile, Shoe, Span, Symptom, TestResult
from backstride.model.said import Said, listed, said
from backstride.model.season import MonthTold, Season
from backstride.model.text import Missing, Quantity
from backstride.store.store import Store

KEEP_EVERY = 100
"""Runs measured between two writes: so much is lost by Ctrl-C."""
YEAR_DAYS = 371
"""53 weeks: the calendar holds a whole year whatever weekday it ends on."""
PROFILE_FIELDS = tuple(field.name for field in fields(Profile) if field.name != "made_up")


def zone_of(profile: Profile) -> tzinfo:
    """The runner's zone: as told, else this machine's."""
    if profile.zone is None:
        return get_localzone()
    return ZoneInfo(profile.zone)


def assess_store(store: Store, on: date, knowledge: Knowledge) -> Assessment:
    """The answer from everything in the store, as of a day; what is worked out of runs is kept there."""
    measured = Measured(knowledge, store.measured())
    answer = assess(store.history(), on, knowledge, measured)
    if measured.new:
        store.keep_measured(measured.new)
    return answer


def explain(
    store: Store, name: str, on: date, days: int | None, knowledge: Knowledge
) -> tuple[Explained, Triage]:
    """One measure with all it rests on, and what must be seen first whatever it says.

    Raises: KeyError for a name that is not in `MEASURES`.
    """
    return explained(store, name, on, days, knowledge), safety_of(store, on, knowledge)


def explained(store: Store, name: str, on: date, days: int | None, knowledge: Knowledge) -> Explained:
    """As `explain`, for a page on which what must be seen first stands already."""
    measured = Measured(knowledge, store.measured())
    look = Lookback(each_once(store.history()), on, None, knowledge, measured)
    told = take_apart(name, look, days)
    if measured.new:
        store.keep_measured(measured.new)
    return told


def usual_of(store: Store, on: date, knowledge: Knowledge) -> tuple[OwnUsual, float | None, Triage]:
    """How the runner usually runs, the mass told, and what must be seen first."""
    return (*own_of(store, on, knowledge), safety_of(store, on, knowledge))


def own_of(store: Store, on: date, knowledge: Knowledge) -> tuple[OwnUsual, float | None]:
    """As `usual_of`, for a page on which what must be seen first stands already."""
    measured = Measured(knowledge, store.measured())
    history = store.history()
    runs = [each for each in each_once(history).activities if each.sport == "run" and each.on <= on]
    return own_usual(runs, measured, knowledge), history.profile.mass_kg


@dataclass(frozen=True, slots=True)
class Record:
    """The record made ready for pictures."""

    year: Season
    season: Season
    form: tuple[FormSeries, ...]
    """Figures of stride that the record holds, each over half a year at most."""
    gear: Gear
    first_on: date | None
    last_on: date | None
    runs: int


def record(store: Store, on: date, spans: tuple[Span, Span], knowledge: Knowledge) -> Record:
    """The year and the season of two spans that end on a day, or before it."""
    measured = Measured(knowledge, store.measured())
    history = each_once(store.history())
    look = seen_from_onset(history, on, knowledge, measured)
    year, recent = (season(span, look) for span in spans)
    form = pictures(spans[1], replace(look, on=min(on, spans[1].last)))
    gear = Gear(shoe_rack(look), ground_weeks(look, spans[1]))
    days = [run.on for run in look.runs]
    first, last = min(days, default=None), max(days, default=None)
    if measured.new:
        store.keep_measured(measured.new)
    return Record(year, recent, form, gear, first, last, len(days))


def season_of(store: Store, on: date, span: Span, knowledge: Knowledge) -> Season:
    """The days, the pain and the weeks of a span that ends by a day."""
    measured = Measured(knowledge, store.measured())
    return season(span, seen_from_onset(each_once(store.history()), on, knowledge, measured))


def months_of(store: Store, on: date, knowledge: Knowledge) -> tuple[MonthTold, ...]:
    """Every month of the record up to a day."""
    measured = Measured(knowledge, store.measured())
    return months(Lookback(each_once(store.history()), on, None, knowledge, measured))


@dataclass(frozen=True, slots=True)
class WeeklyLoad:
    """Weeks of the record, and measures of each."""

    season: Season
    values: Mapping[str, tuple[Quantity | Missing, ...]]
    """By measure, one for each of the season's weeks."""

    def of(self, name: str) -> list[tuple[Span, Quantity | Missing]]:
        """One measure week by week."""
        weeks = (week.span for week in self.season.weeks)
        return list(zip(weeks, self.values[name], strict=True))

    @property
    def empty(self) -> bool:
        """True where nothing is known of any week."""
        return all(isinstance(each, Missing) for values in self.values.values() for each in values)


def weekly_load(store: Store, on: date, weeks: int, knowledge: Knowledge) -> WeeklyLoad:
    """The last weeks, whole from Monday on, with what each weighs."""
    measured = Measured(knowledge, store.measured())
    look = seen_from_onset(each_once(store.history()), on, knowledge, measured)
    monday = on - timedelta(days=on.weekday())
    told = season(Span(monday - timedelta(weeks=weeks - 1), on), look)
    values = weekly([week.span for week in told.weeks], look)
    if measured.new:
        store.keep_measured(measured.new)
    return WeeklyLoad(told, values)


def shoes(store: Store, on: date, knowledge: Knowledge) -> tuple[ShoeRack, Triage]:
    """Every pair as of a day, and what must be seen first."""
    return rack_of(store, on, knowledge), safety_of(store, on, knowledge)


def rack_of(store: Store, on: date, knowledge: Knowledge) -> ShoeRack:
    """Every pair as of a day."""
    measured = Measured(knowledge, store.measured())
    rack = shoe_rack(seen_from_onset(each_once(store.history()), on, knowledge, measured))
    if measured.new:
        store.keep_measured(measured.new)
    return rack


def add_shoe(store: Store, told: Shoe) -> Shoe:
    """The pair as it stands now; one told by the name of a pair on record is that pair.

    Raises: BadInput where several pairs have that name.
    """
    pairs, wanted = each_once(store.history()).shoes, told.id.strip().lower()
    called = [pair.id for pair in pairs if pair.id.lower() == wanted]
    called = called or [pair.id for pair in pairs if pair.model.lower() == wanted]
    if len(called) > 1:
        names = listed(called)
        raise BadInput((said("{id}: several pairs have that name; give one of {n}", id=told.id, n=names),))
    id = called[0] if called else told.id
    store.add(replace(told, id=id))
    return next(pair for pair in store.history().shoes if pair.id == id)


def measure_all(store: Store, knowledge: Knowledge, tell: Callable[[int, int], None]) -> int:
    """How many runs were measured that were not yet; every run's measures are kept now.

    `tell` is called after each with how many are done, and of how many.
    """
    kept = store.measured()
    runs = [each for each in each_once(store.history()).activities if each.sport == "run"]
    measured, new = Measured(knowledge, kept), 0
    for done, run in enumerate(runs):
        measured(run)
        if len(measured.new) >= KEEP_EVERY:
            new += len(measured.new)
            store.keep_measured(measured.new)
            measured.new.clear()
        tell(done + 1, len(runs))
    if measured.new:
        store.keep_measured(measured.new)
    return new + len(measured.new)


def safety_of(store: Store, on: date, knowledge: Knowledge) -> Triage:
    """What must be seen first, for a page that is no answer itself."""
    return safety(store.history(), on, knowledge, Measured(knowledge, store.measured()))


def assess_case(path: Path, on: date | None, knowledge: Knowledge) -> Assessment:
    """The answer for a case file, without touching any store; `on` overrides the case's own day."""
    case = open_case(path, knowledge)
    return assess(case.history, on or case.on, knowledge)


def open_case(path: Path, knowledge: Knowledge) -> Case:
    """A case file with the activity files it names."""
    return read_case(path, knowledge, _read_activities)


def _read_activities(path: Path) -> tuple[Activity, ...]:
    """Every activity in one file.  Raises: BadFile for the first thing in it that cannot be read."""
    if not path.is_file():
        raise BadInput((said("{name}: no such file beside the case", name=path.name),))
    found: list[Activity] = []
    for member in members(BytesIO(path.read_bytes()), path.name):
        if member.fault is not None:
            raise member.fault
        if member.data is not None:
            found += read(member.data, member.name, get_localzone()).activities
    return tuple(found)


def answer(
    store: Store, given: Iterable[tuple[str, object]], on: date, knowledge: Knowledge
) -> tuple[str, ...]:
    """Ids of what is now answered.  Physical tests and facts of the profile are told the same way.

    Raises: BadInput naming every wrong id and value; then nothing was stored.
    """
    pairs = list(given)
    about = {key: value for key, value in pairs if key in PROFILE_FIELDS}
    answers = checked_answers([pair for pair in pairs if pair[0] not in PROFILE_FIELDS], on, knowledge)
    row = checked_profile(about)
    if about:
        store.change_profile(lambda told: replace(told, **row))
    store.add(*(_entry(each, knowledge) for each in answers))
    return (*about, *(each.question for each in answers))


def answer_rows(
    store: Store, given: Iterable[tuple[str, object]], on: date, knowledge: Knowledge
) -> tuple[int, ...]:
    """Ids of the diary rows that answers to questions made, by which each can be taken back.

    Raises: BadInput naming every wrong id and value; then nothing was stored.
    """
    answers = checked_answers(given, on, knowledge)
    return store.add(*(_entry(each, knowledge) for each in answers))


def note_scores(
    store: Store, given: Iterable[tuple[str, object]], on: date, knowledge: Knowledge
) -> tuple[str, ...]:
    """Ids of the questionnaires now in the diary, told as `odi` or `nprs.current`, each with its number.

    Raises: BadInput naming every wrong id and value; then nothing was stored.
    """
    sheets = checked_sheets(given, on, knowledge)
    store.add(*sheets)
    return tuple(sheet.instrument for sheet in sheets)


def score_rows(
    store: Store, given: Iterable[tuple[str, object]], on: date, knowledge: Knowledge
) -> tuple[int, ...]:
    """As `note_scores`, with the ids of the diary rows."""
    return store.add(*checked_sheets(given, on, knowledge))


def _entry(given: Answer, knowledge: Knowledge) -> Answer | TestResult:
    is_test = knowledge.questions[given.question].group == "test"
    return TestResult(given.question, given.value, given.on) if is_test else given


def checked_profile(about: Mapping[str, object]) -> dict[str, Any]:  # Any: each field its own type, checked
    """The fields of a profile with the values they may hold.

    Raises: BadInput naming every fault at once.
    """
    unknown = [key for key in about if key not in PROFILE_FIELDS]
    faults: list[Said] = [
        said(
            "{field}: no such field{meant}; fields are {fields}",
            field=key,
            meant=did_you_mean(key, PROFILE_FIELDS),
            fields=listed(PROFILE_FIELDS),
        )
        for key in unknown
    ]
    told = {key: value for key, value in about.items() if key not in unknown}
    if isinstance(told.get("medicines"), str):
        told["medicines"] = tuple(part.strip() for part in str(told["medicines"]).split(",") if part.strip())
    try:
        row = ProfileRow.model_validate(told)
    except ValidationError as error:
        faults += [fault(each) for each in error.errors()]
        raise BadInput(tuple(faults)) from None
    if row.birth_year is not None and row.birth_year > datetime.now(UTC).year:
        faults.append(said("birth_year: lies in the future"))
    if row.zone is not None and not _is_zone(row.zone):
        faults.append(
            said(
                "zone: {zone} is not a time zone; right would be a name like Europe/Berlin",
                zone=f"{row.zone!r}",
            )
        )
    if faults:
        raise BadInput(tuple(faults))
    return {key: getattr(row, key) for key in told}


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def checked_note(told: dict[str, object]) -> Symptom:
    """One note of pain with the values it may hold.

    Raises: BadInput naming every wrong field.
    """
    try:
        row = SymptomRow.model_validate(told)
    except ValidationError as error:
        raise BadInput(tuple(fault(each) for each in error.errors())) from None
    return Symptom(**row.model_dump())


def log_pain(store: Store, told: dict[str, object]) -> Symptom:
    """The note of pain that is now in the diary.

    Raises: BadInput naming every wrong field; then nothing was stored.
    """
    note = checked_note(told)
    store.add(note)
    return note


def log_pain_row(store: Store, told: dict[str, object]) -> int:
    """As `log_pain`, with the id of the diary row."""
    return store.add(checked_note(told))[0]


def note_check_in(store: Store, told: dict[str, object]) -> int:
    """Id of the diary row of one day's check-in, as it was told; what was not told is not known.

    Raises: BadInput naming every wrong field; then nothing was stored.
    """
    try:
        row = CheckInRow.model_validate(told)
    except ValidationError as error:
        raise BadInput(tuple(fault(each) for each in error.errors())) from None
    if (check_in := CheckIn(**row.model_dump())) == CheckIn(row.on):
        raise BadInput((said("a check-in without any score, deed or note says nothing"),))
    return store.add(check_in)[0]


FIRST_DAY = date(1990, 1, 1)
"""Nobody tells of a day before it: no watch recorded one."""


def checked_day(on: date | None, today: date) -> date:
    """The day that something is told of or asked about, today where none is named.

    Raises: BadInput for a day that has not come yet, or lies before anything that can be on record.
    """
    if on is None:
        return today
    if not FIRST_DAY <= on <= today:
        raise BadInput(
            (
                said(
                    "on {day}: right would be a day from {first} to {last}",
                    day=on.isoformat(),
                    first=FIRST_DAY.isoformat(),
                    last=today.isoformat(),
                ),
            )
        )
    return on
