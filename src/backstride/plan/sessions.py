"""The plan's running and exercise steps as sessions: blocks with rounds, times, sides and rests."""

from __future__ import annotations

from collections.abc import Iterable

from backstride.knowledge.exercise import Amount, Exercise
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder, Rung
from backstride.model.assessment import Step
from backstride.model.session import Block, Part, Session, SessionKind, Side
from backstride.model.text import Quantity, Text
from backstride.plan.climb import STEP, Standing
from backstride.plan.exercise_steps import exercise_limit
from backstride.plan.run_steps import WALK_UNTIL_SEEN, why_shorter
from backstride.plan.situation import Situation
from backstride.plan.within_cap import Fitted, after_s, ends
from backstride.plan.words import stop_a_run

BEFORE_RUNNING = "before_running"
"""The step that asks for a walk in place of a run."""


def sessions(
    steps: Iterable[Step],
    standing: Standing,
    cap_m: float | None,
    fit: Fitted,
    now: Situation,
    knowledge: Knowledge,
) -> tuple[Session, ...]:
    """What the steps come to in one go: at most one of each kind.

    No run while somebody should look first; none goes beyond the cap in metres, as `fit` has it.
    """
    steps = tuple(steps)
    ladder, rung = now.ladder, standing.rung
    made: list[Session] = []
    for step in steps:
        if step.id == f"{STEP}{rung}" and rung > 0:
            made.append(_run(step, ladder, ladder.rung[rung], cap_m, fit, now, knowledge))
        elif step.id in (BEFORE_RUNNING, f"{STEP}0") or _walks_until_seen(step):
            made.append(_walk(step, ladder.rung[0], now, knowledge))
    doses = [
        (step, exercise, exercise.amount)
        for step in steps
        if (exercise := knowledge.exercises.get(step.id)) is not None and exercise.amount is not None
    ]
    made += _exercising("strength", [dose for dose in doses if not dose[2].times_a_day], now, knowledge)
    made += _exercising("mobility", [dose for dose in doses if dose[2].times_a_day], now, knowledge)
    return tuple(made)


def _walks_until_seen(step: Step) -> bool:
    """True for the walks until somebody has looked, where they have a length."""
    return step.id == WALK_UNTIL_SEEN and step.dose is not None and step.dose.id != "plan.walk_less"


def _run(
    step: Step,
    ladder: Ladder,
    rung: Rung,
    cap_m: float | None,
    fit: Fitted,
    now: Situation,
    knowledge: Knowledge,
) -> Session:
    run = Part("run", fit.run_s, metres=fit.run_m)
    parts = (run, Part("walk", fit.walk_s)) if fit.walk_s else (run,)
    main = Block(
        "main",
        Text("session.block_walk_run" if rung.walk_s else "session.block_run"),
        parts,
        fit.repeats,
        dose=step.dose,
        cues=(Text("session.cue_easy"),),
    )
    blocks: tuple[Block, ...] = (main,)
    if fit.strolls:
        after = (_stroll("cool_down", seconds),) if (seconds := after_s(rung, ladder)) else ()
        blocks = (_stroll("warm_up", ladder.warm_up_walk_s), main, *after)
    lasts_s = None if fit.run_s is None else _seconds(blocks, knowledge)
    name = Text("session.easy_run") if lasts_s is None else _name("walk_run", lasts_s)
    return Session(
        "walk_run",
        name,
        blocks,
        (step.id,),
        lasts_s,
        stop_a_run(now, knowledge),
        cap_m=cap_m,
        ends=ends(fit, cap_m),
        shorter=why_shorter(fit, rung, cap_m),
    )


def _walk(step: Step, rung: Rung, now: Situation, knowledge: Knowledge) -> Session:
    cue = (Text("session.cue_brisk"),)
    parts = (Part("walk", rung.walk_s),)
    block = Block("main", Text("session.block_walk"), parts, rung.repeats, dose=step.dose, cues=cue)
    seconds = _seconds((block,), knowledge)
    return Session("walk", _name("walk", seconds), (block,), (step.id,), seconds, stop_a_run(now, knowledge))


def _stroll(id: str, seconds: int) -> Block:
    dose = Text("session.walk_for", {"time": Quantity(seconds, "s")})
    return Block(id, Text("session.block_walk"), (Part("walk", seconds),), dose=dose)


def _exercising(
    kind: SessionKind,
    doses: list[tuple[Step, Exercise, Amount]],
    now: Situation,
    knowledge: Knowledge,
) -> tuple[Session, ...]:
    if not doses:
        return ()
    rest_s = int(knowledge.number("exercise_rest_s"))
    blocks = tuple(
        Block(
            id=step.id,
            name=step.what,
            parts=_parts(amount, rest_s),
            rounds=_rounds(amount),
            exercise=step.id,
            dose=step.dose,
            cues=tuple(exercise.text(f"how.{index}") for index in range(len(exercise.how))),
            drawing=step.drawing,
        )
        for step, exercise, amount in doses
    )
    seconds = _seconds(blocks, knowledge)
    limits = (exercise_limit(now, knowledge), Text("plan.pain_moves"))
    times = min(amount.times_a_day[0] if amount.times_a_day else 1 for _, _, amount in doses)
    return (
        Session(
            kind, _name(kind, seconds), blocks, tuple(step.id for step, _, _ in doses), seconds, limits, times
        ),
    )


def _rounds(amount: Amount) -> int:
    """Rounds that are all alike are gone through again; others are written out."""
    return len(amount.sets) if len(set(amount.sets)) == 1 else 1


def _parts(amount: Amount, rest_s: int) -> tuple[Part, ...]:
    """One round: each set on its sides, then a rest; of a span of repetitions or seconds the least."""
    sets = amount.sets[:1] if _rounds(amount) == len(amount.sets) else amount.sets
    hold = amount.hold_s[0] if amount.hold_s else None
    parts: list[Part] = []
    for count in sets:
        for side, share in _sides(amount):
            parts.append(Part("work", repetitions=count * share, hold_s=hold, side=side))
        parts.append(Part("rest", rest_s))
    return tuple(parts)


def _sides(amount: Amount) -> tuple[tuple[Side | None, int], ...]:
    if not amount.per_side:
        return ((None, 1),)
    return (("in turn", 2),) if amount.alternate else (("left", 1), ("right", 1))


def _seconds(blocks: Iterable[Block], knowledge: Knowledge) -> int:
    """About how long the blocks take together."""
    slow = int(knowledge.number("exercise_repetition_s"))
    return sum(
        block.rounds
        * sum(part.seconds or (part.repetitions or 0) * (part.hold_s or slow) for part in block.parts)
        for block in blocks
    )


def _name(kind: SessionKind, seconds: int) -> Text:
    return Text(f"session.{kind}", {"time": Quantity(max(60, seconds), "s")})
