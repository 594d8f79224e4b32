"""The one question or test that would tell most, safety first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backstride.causes.answers import Shares, bits, expected_shares, possible_answers
from backstride.causes.askable import askable
from backstride.causes.compete import probabilities
from backstride.causes.weigh import weigh
from backstride.knowledge.cause import Cause
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.assessment import NextQuestion, RankedCause, Triage
from backstride.model.findings import Facts
from backstride.model.text import Text


def next_question(
    known: Known,
    triage: Triage,
    ranked: tuple[RankedCause, ...],
    knowledge: Knowledge,
    left_out: frozenset[str] = frozenset(),
) -> NextQuestion | None:
    """An open safety question before all else; then what is expected to change the ranking most.

    None when nothing left would tell enough to be worth asking.  A test costs more than a question.
    `left_out` are ids not to be put now, such as those just skipped; a safety question cannot be left out.
    """
    if triage.open_questions:
        return NextQuestion(triage.open_questions[0], Text("causes.next_safety"))
    before = {cause.cause: cause.probability for cause in ranked}
    log_weights = {
        id: weigh(cause, known.facts, knowledge).log_weight for id, cause in knowledge.causes.items()
    }
    tried = [
        _try(question, before, log_weights, known.facts, knowledge)
        for question in knowledge.questions.values()
        if question.id not in left_out and askable(question, known, knowledge)
    ]
    best = max(tried, key=lambda each: (each.gain_bits, -each.question.order, each.question.id), default=None)
    if best is None or best.gain_bits < knowledge.number("least_gain"):
        return None
    names = {cause.cause: cause.name for cause in ranked}
    moved = tuple(names[cause] for cause in best.moves)
    return NextQuestion(best.question.id, Text("causes.next_tells_most", {"causes": moved}))


@dataclass(frozen=True, slots=True)
class _Tried:
    question: Question
    gain_bits: float
    """Expected, less what asking costs."""
    moves: tuple[str, ...]
    """The two causes whose probability hangs on it most."""


def _try(
    question: Question,
    before: Shares,
    log_weights: Mapping[str, float],
    facts: Facts,
    knowledge: Knowledge,
) -> _Tried:
    fact = question.stands_for or question.id
    touched = [cause for cause in knowledge.causes.values() if _uses(cause, fact)]
    answers = possible_answers(question, [row.when for cause in touched for row in cause.evidence])
    if not touched or not answers:
        return _Tried(question, 0.0, ())
    after = [_after({**facts, fact: answer}, touched, log_weights, knowledge) for answer in answers]
    expected = expected_shares(before, after, knowledge.number("rarest_answer"))
    learned = sum(share * bits(before, each) for share, each in zip(expected, after, strict=True))
    cost = knowledge.number("cost_of_test" if question.group == "test" else "cost_of_question")
    return _Tried(question, learned - cost, _most_moved(after))


def _uses(cause: Cause, name: str) -> bool:
    return any(name in row.when.names for row in cause.evidence)


def _after(
    facts: Facts, touched: Sequence[Cause], log_weights: Mapping[str, float], knowledge: Knowledge
) -> Shares:
    """What the causes would come to with one more answer; only those it touches are weighed anew."""
    anew = {cause.id: weigh(cause, facts, knowledge).log_weight for cause in touched}
    return probabilities({**log_weights, **anew})


def _most_moved(after: Sequence[Mapping[str, float]]) -> tuple[str, ...]:
    swing = {
        cause: max(each[cause] for each in after) - min(each[cause] for each in after) for cause in after[0]
    }
    return tuple(sorted(swing, key=lambda cause: (-swing[cause], cause))[:2])
