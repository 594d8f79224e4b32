"""Which answers have grown too old for the next running session, so that the daily check-in asks again."""

from __future__ import annotations

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.history import History
from backstride.plan.climb import STEP
from backstride.plan.situation import LADDER


def lapsed(history: History, known: Known, knowledge: Knowledge) -> tuple[Question, ...]:
    """What a runner on the ladder told once and must tell anew before the next session.

    Nobody else asks for it, and running waits while it is not known.  Physical tests are left out: while
    sessions go on they need not be made again, and after that the plan itself asks for them.
    """
    if not any(step.startswith(STEP) for told in history.check_ins for step in told.done):
        return ()
    ladder = knowledge.ladders[LADDER]
    rules = [reason.when for reason in ladder.not_if]
    rules += [entry.when for entry in ladder.entry if not entry.once]
    wanted = {name for rule in rules for name in rule.open_names(known.facts)}
    told = {answer.question for answer in history.answers}
    questions = (knowledge.questions[id] for id in sorted(wanted & told & knowledge.questions.keys()))
    again = (each for each in questions if each.id not in known.answered and each.group != "test")
    return tuple(sorted(again, key=lambda each: (each.group, each.order)))
