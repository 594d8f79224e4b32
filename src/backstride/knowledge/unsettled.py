"""What is still to be asked before a serious cause may be called unlikely."""

from __future__ import annotations

from backstride.knowledge.asking import complete
from backstride.knowledge.cause import Cause
from backstride.knowledge.knowledge import Knowledge
from backstride.model.findings import Facts


def unsettled(cause: Cause, facts: Facts, knowledge: Knowledge) -> frozenset[str]:
    """The safety questions that may apply, are open and could hold a serious cause open; none of others."""
    if not cause.serious:
        return frozenset()
    settled = complete(facts, knowledge.questions)
    enough = knowledge.number("serious_held_open_from")
    telling = [row for row in cause.evidence if max(row.if_yes, row.if_no) >= enough]
    names = {name for row in telling for name in row.when.open_names(settled)}
    asked = names & knowledge.questions.keys()
    return frozenset(name for name in asked if knowledge.questions[name].group == "safety")
