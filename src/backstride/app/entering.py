"""What a runner tells, checked before it is stored: answers, pain, scores, a day, a profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from backstride.app.case_rows import CheckInRow, ProfileRow, SymptomRow
from backstride.instruments.entering import checked_sheets
from backstride.knowledge.answering import checked_answers
from backstride.knowledge.knowledge import Knowledge
from backstride.model.errors import BadInput
from backstride.model.faults import did_you_mean, fault
from backstride.model.history import Answer, CheckIn, Profile, Symptom, TestResult
from backstride.model.said import Said, listed, said
from backstride.store.store import Store

PROFILE_FIELDS = tuple(field.name for field in fields(Profile) if field.name != "made_up")


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
