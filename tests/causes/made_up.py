"""What the tests of the causes share: random runners, and the knowledge as shipped."""

from __future__ import annotations

from hypothesis import strategies as st

from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.loader import shipped
from backstride.knowledge.rules import uses
from backstride.model.assessment import Tier, Triage
from backstride.model.findings import Facts, FactValue
from backstride.model.text import Text

KNOWLEDGE = shipped()
NUMBERS = (0.0, 3.0, 4.0, 8.0, 15.0, 17.0, 18.5, 25.0, 45.0, 70.0)
"""On both sides of every cut-off in the rules of causes and contributors."""


def known(facts: Facts, not_sure: tuple[str, ...] = ()) -> Known:
    """A runner of whom these facts are known."""
    answered = frozenset(facts.keys() & KNOWLEDGE.questions.keys()) | frozenset(not_sure)
    return Known(facts, answered, frozenset(not_sure), frozenset())


def values_of(name: str, knowledge: Knowledge = KNOWLEDGE) -> tuple[FactValue, ...]:
    """Every value of a fact that the rules can tell apart."""
    asked = knowledge.questions.get(name) or knowledge.facts[name]
    if asked.kind == "yes_no":
        return (True, False)
    return tuple(asked.options) if asked.kind == "choice" else NUMBERS


USED = sorted(
    {use.name for cause in KNOWLEDGE.causes.values() for row in cause.evidence for use in uses(row.when)}
    | {use.name for record in KNOWLEDGE.contributors.values() for use in uses(record.when)}
    | {"age_years"}
)
"""Every fact that the causes or the contributors look at."""

facts = st.fixed_dictionaries({}, optional={name: st.sampled_from(values_of(name)) for name in USED})
"""Any runner: each fact known or not."""


def triage(*open_questions: str) -> Triage:
    """A triage in which nothing is raised."""
    return Triage(Tier.T0, (), Text("none"), Text("none"), False, False, open_questions, ())
