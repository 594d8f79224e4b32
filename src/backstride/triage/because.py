"""The answers that a raised flag rests on, in words."""

from __future__ import annotations

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.rules import Rule
from backstride.model.findings import Facts, FactValue
from backstride.model.text import Text


def rests_on(rule: Rule, facts: Facts) -> tuple[str, ...]:
    """Names of the facts that a yes of the rule rests on, by name.

    A fact belongs to them when some set of facts is just enough for the yes and holds it.  In
    `fever and (a or b)` with all three a yes, those are all three; an answered no never is.
    """
    known = {name: facts[name] for name in sorted(rule.names) if name in facts}
    return tuple(name for name in known if _needed(name, rule, known))


def _needed(name: str, rule: Rule, known: dict[str, FactValue]) -> bool:
    """True when, with every other fact dropped that can be, this one cannot."""
    kept = dict(known)
    for other in known:
        if other != name and rule.value(without := _without(other, kept)) is True:
            kept = without
    return rule.value(kept) is True and rule.value(_without(name, kept)) is not True


def _without(name: str, facts: dict[str, FactValue]) -> dict[str, FactValue]:
    return {each: value for each, value in facts.items() if each != name}


def in_words(name: str, value: FactValue, knowledge: Knowledge) -> Text:
    """One fact as part of a list: "fever, shivering or feeling ill"."""
    question = knowledge.questions.get(name)
    if question is not None:
        if question.kind == "choice":
            answer = question.text(f"options.{value}")
            return Text("triage.because_choice", {"about": question.text("short"), "answer": answer})
        return question.text("short")
    match name:
        case "sex":
            return Text(f"triage.because_sex_{value}")
        case "age_years" | "bmi":
            return Text(f"triage.because_{name}", {"value": int(float(value))})
        case _:
            return Text(f"facts.{name}.meaning")
