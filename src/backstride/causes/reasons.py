"""What speaks for and against a cause, in words, and what would if it were known."""

from __future__ import annotations

from math import log

from backstride.causes.weigh import Line, Weighed
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Reason
from backstride.model.findings import Facts
from backstride.model.text import Text


def reasons_for(weighed: Weighed) -> tuple[Reason, ...]:
    """What is known and speaks for the cause, strongest first."""
    lines = [line for line in weighed.lines if line.weight > 0]
    return tuple(_reason(line, weighed) for line in sorted(lines, key=lambda line: -line.weight))


def reasons_against(weighed: Weighed) -> tuple[Reason, ...]:
    """What is known and speaks against the cause, strongest first."""
    lines = [line for line in weighed.lines if line.weight < 0]
    return tuple(_reason(line, weighed) for line in sorted(lines, key=lambda line: line.weight))


def unknown(weighed: Weighed, share: float, facts: Facts, knowledge: Knowledge) -> tuple[Reason, ...]:
    """What is not known and would speak for or against the cause, most telling first.

    Its `weight` is the log ratio to be expected, without sign, at a probability of `share`.
    """
    found = [_unknown(line, weighed, share, facts, knowledge) for line in weighed.lines if line.truth is None]
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def _reason(line: Line, weighed: Weighed) -> Reason:
    """The line in words.  An opinion keeps its weight, but its ratio is not shown as if it were published."""
    says = "says_yes" if line.truth else "says_no"
    return Reason(
        text=weighed.cause.text(f"evidence.{line.index}.{says}"),
        ratio=None if line.evidence.opinion else line.ratio,
        weight=line.weight,
        source=line.evidence.sources[0],
        checked=line.evidence.checked,
        rests_on=tuple(sorted(line.evidence.when.names)),
    )


def _unknown(line: Line, weighed: Weighed, share: float, facts: Facts, knowledge: Knowledge) -> Reason:
    missing = sorted(line.evidence.when.open_names(facts))
    return Reason(
        text=Text("causes.would_tell", {"what": tuple(named(name, knowledge) for name in missing)}),
        ratio=None,
        weight=expected_log_ratio(
            line.evidence.if_yes, line.evidence.if_no, share, knowledge.number("rarest_answer")
        ),
        source=line.evidence.sources[0],
        checked=line.evidence.checked,
        rests_on=tuple(missing),
    )


def expected_log_ratio(if_yes: float, if_no: float, probability: float, rarest: float) -> float:
    """The mean size of the log ratio over both answers, by how often each is to be expected.

    The two ratios fix how often a yes comes with and without the cause: f = (1 - LR-) / (LR+ - LR-) without
    it, f LR+ with it.  No answer is taken as rarer than `rarest`.
    """
    without = (1 - if_no) / (if_yes - if_no)
    yes = probability * without * if_yes + (1 - probability) * without
    yes = min(max(yes, rarest), 1 - rarest)
    return yes * abs(log(if_yes)) + (1 - yes) * abs(log(if_no))


def named(name: str, knowledge: Knowledge) -> Text:
    """A question or a fact in a few words."""
    if name in knowledge.questions:
        return knowledge.questions[name].text("short")
    return Text(f"facts.{name}.meaning")
