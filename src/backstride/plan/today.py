"""What was run today, to be offered in the check-in before anything is told of it."""

from __future__ import annotations

from datetime import date

from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import CheckIn
from backstride.model.ladder import RunDay, RunMatch
from backstride.plan.climb import RECORDED, Standing, rungs_named
from backstride.plan.match import match
from backstride.plan.situation import Situation
from backstride.plan.within_cap import Fitted


def today(
    standing: Standing,
    fit: Fitted,
    runs: tuple[RunDay, ...],
    check_ins: tuple[CheckIn, ...],
    on: date,
    now: Situation,
    knowledge: Knowledge,
) -> RunMatch | None:
    """The run on record of today, held against the rung due; None where the session is told already.

    Where the plan asked for less than the whole rung, that is the session.
    """
    told = [each for each in check_ins if each.on == on]
    if any(rungs_named(each) or RECORDED in each.done for each in told):
        return None
    if standing.last_on == on:
        return None  # told as pain, and taken for the session already
    whole = match(runs, on, standing.rung, now.ladder, knowledge)
    if not fit.shorter or (whole is not None and whole.kind == "same"):
        return whole
    rung = now.ladder.rung[standing.rung]
    asked = rung.model_copy(update={"run_s": fit.run_s, "repeats": fit.repeats})
    return match(runs, on, standing.rung, now.ladder, knowledge, asked)
