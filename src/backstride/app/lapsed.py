"""Which answers have grown too old for the plan, so that the daily check-in asks again."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.knowledge.unsettled import unsettled
from backstride.model.history import History
from backstride.plan.climb import STEP
from backstride.plan.situation import LADDER


def lapsed(history: History, known: Known, knowledge: Knowledge) -> tuple[Question, ...]:
    """What was told once and must be told anew, although no red flag hangs on it.

    That is what keeps it open whether the pain may come from bone, and for a runner on the ladder what the
    next session waits for.  Nobody else asks for it, and the plan holds back while it is not known.
    Physical tests are left out: while sessions go on they need not be made again, and then the plan asks.
    """
    told = {answer.question for answer in history.answers}
    wanted = {*_of_bone(known, knowledge), *_of_ladder(history, known, knowledge)}
    questions = (knowledge.questions[id] for id in sorted(wanted & told & knowledge.questions.keys()))
    again = (each for each in questions if each.id not in known.answered and each.group != "test")
    return tuple(sorted(again, key=lambda each: (each.group, each.order)))


def _of_bone(known: Known, knowledge: Knowledge) -> Iterator[str]:
    for id in knowledge.ladders[LADDER].bone_causes:
        yield from unsettled(knowledge.causes[id], known.facts, knowledge)


def _of_ladder(history: History, known: Known, knowledge: Knowledge) -> Iterator[str]:
    if not any(step.startswith(STEP) for told in history.check_ins for step in told.done):
        return
    ladder = knowledge.ladders[LADDER]
    for rule in (
        *(each.when for each in ladder.not_if),
        *(each.when for each in ladder.entry if not each.once),
    ):
        yield from rule.open_names(known.facts)
