"""What the API can be told, each as the terminal takes it; all of the diary can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path

from backstride.app import entering
from backstride.app.case_rows import CheckInRow, SymptomRow
from backstride.app.web.api_asked import (
    AnswersTold,
    Faults,
    IsAsked,
    Json,
    ProfileTold,
    ScoresTold,
    Stored,
    TakenBack,
)

router = APIRouter(responses={422: {"model": Faults}})
RowId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.post("/answers")
def answers(asked: IsAsked, told: AnswersTold) -> Stored:
    """Answers to questions; `unknown` is the same as no answer and stores nothing."""
    on = entering.checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored(entering.answer_rows(store, told.answers.items(), on, asked.here.knowledge))


@router.post("/symptoms")
def symptoms(asked: IsAsked, told: SymptomRow) -> Stored:
    """One note of pain, or of its absence: a score of 0 is a pain-free day."""
    entering.checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored((entering.log_pain_row(store, told.model_dump()),))


@router.post("/check-ins")
def check_ins(asked: IsAsked, told: CheckInRow) -> Stored:
    """One day: what was done, and how the back answered; more of the same day adds to it."""
    entering.checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored((entering.note_check_in(store, told.model_dump()),))


@router.post("/scores")
def scores(asked: IsAsked, told: ScoresTold) -> Stored:
    """A questionnaire: its whole score, or its items."""
    on = entering.checked_day(told.on, asked.here.on)
    with asked.here.store() as store:
        return _stored(entering.score_rows(store, told.scores.items(), on, asked.here.knowledge))


@router.post("/profile")
def profile(asked: IsAsked, told: ProfileTold) -> Json:
    """Who runs, as it stands now."""
    row = entering.checked_profile(told.model_dump(exclude_unset=True))
    with asked.here.store() as store:
        now = store.change_profile(lambda before: replace(before, **row))
    return {name: getattr(now, name) for name in entering.PROFILE_FIELDS}


@router.delete("/diary/{id}", responses={404: {"description": "There is no such row."}})
def take_back(asked: IsAsked, id: RowId) -> TakenBack:
    """One row of the diary is gone."""
    with asked.here.store() as store:
        if not store.forget(id):
            raise HTTPException(404)
    return TakenBack(id=id)


def _stored(rows: tuple[int, ...]) -> Stored:
    return Stored(rows=list(rows))
