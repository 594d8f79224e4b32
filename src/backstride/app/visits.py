"""Telling that somebody has looked: who, on which day, and what was said about running."""

from __future__ import annotations

from datetime import date
from typing import get_args

from backstride.knowledge.knowledge import Knowledge
from backstride.model.errors import BadInput
from backstride.model.faults import as_id, did_you_mean
from backstride.model.history import MayRun, Seen
from backstride.model.said import Said, listed, said
from backstride.plan.situation import LADDER
from backstride.store.store import Store

DOCTOR = "doctor"
"""What somebody may call a doctor whose kind is not told; taken for the family doctor."""


def who_may_say(knowledge: Knowledge) -> tuple[str, ...]:
    """Ids of those whose word on running counts."""
    return knowledge.ladders[LADDER].seen_by


def checked_visit(who: str, may_run: str, on: date, knowledge: Knowledge) -> Seen:
    """One visit with the values it may hold; who it was may be told with blanks, and as "doctor".

    Raises: BadInput naming every wrong value.
    """
    asked = as_id(who)
    found = "gp" if asked == DOCTOR else asked
    allowed: tuple[MayRun, ...] = get_args(MayRun)
    told = as_id(may_run)
    faults: list[Said] = []
    names = (*who_may_say(knowledge), DOCTOR)
    if found not in names:
        faults.append(
            said(
                "{who}: not somebody whose word lets you run again{meant}; right would be one of {n}",
                who=f"{who!r}",
                meant=did_you_mean(asked, names),
                n=listed(names),
            )
        )
    word = next((each for each in allowed if each == told), None)
    if word is None:
        faults.append(
            said("may run: {told} is not one of {n}", told=f"{may_run!r}", n=listed(allowed)),
        )
    if faults or word is None:
        raise BadInput(tuple(faults))
    return Seen(found, on, word)


def tell_seen(store: Store, who: str, may_run: str, on: date, knowledge: Knowledge) -> Seen:
    """The visit that is now in the diary.  It moves the ladder alone: no red flag is cleared by it.

    Raises: BadInput naming every wrong value; then nothing was stored.
    """
    visit = checked_visit(who, may_run, on, knowledge)
    store.add(visit)
    return visit
