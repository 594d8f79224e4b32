"""The one question or test that would tell most, safety first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backstride.causes.answers import Shares, bits, expected_shares, possible_answers
from backstride.causes.askable import askable
from backstride.causes.compete import probabilities
from backstride.causes.consequence import at_odds, consequences
from backstride.causes.kind_of_pain import kind_of_pain
from backstride.causes.weigh import weigh
from backstride.knowledge.cause import Cause
from backstride.knowledge.facts import Known
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.activity import Column
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
    """An open safety question before all else; then what is worth most, less what asking costs.

    Worth: what it is expected to tell of the cause, and what it is expected to settle of the plan and of
    whom to see.  Then what is still needed to name the kind of pain.  None when nothing left is worth
    asking.  A test costs more than a question.
    `left_out` are ids not to be put now, such as those just skipped; a safety question cannot be left out.
    """
    if triage.open_questions:
        return NextQuestion(triage.open_questions[0], Text("causes.next_safety"))
    ranking = {cause.cause: cause.probability for cause in ranked}
    now = _Now({id: ranking[id] for id in knowledge.causes}, known.facts, consequences(knowledge), knowledge)
    log_weights = {
        id: weigh(cause, known.facts, knowledge).log_weight for id, cause in knowledge.causes.items()
    }
    tried = [
        _try(question, log_weights, now)
        for question in knowledge.questions.values()
        if question.id not in left_out and askable(question, known, knowledge)
    ]
    best = max(tried, key=lambda each: (each.gain_bits, -each.question.order, each.question.id), default=None)
    if best is None or best.gain_bits < knowledge.number("least_gain"):
        return _kind_question(known, knowledge, left_out)
    names = {cause.cause: cause.name for cause in ranked}
    moved = tuple(names[cause] for cause in best.moves)
    return NextQuestion(best.question.id, Text("causes.next_tells_most", {"causes": moved}))


@dataclass(frozen=True, slots=True)
class _Now:
    """Where things stand before the next answer."""

    shares: Shares
    """In the order of the causes in the knowledge."""
    facts: Facts
    apart: Column
    knowledge: Knowledge

    def worth(self, after: Sequence[Shares], expected: Sequence[float]) -> float:
        """Bits that an answer is expected to teach of the cause, and what it settles of the plan."""
        told = sum(share * bits(self.shares, each) for share, each in zip(expected, after, strict=True))
        middle = {
            id: sum(share * each[id] for share, each in zip(expected, after, strict=True))
            for id in self.shares
        }
        left = sum(share * at_odds(each, self.apart) for share, each in zip(expected, after, strict=True))
        settled = at_odds(middle, self.apart) - left
        return told + self.knowledge.number("bits_for_a_plan") * settled


@dataclass(frozen=True, slots=True)
class _Tried:
    question: Question
    gain_bits: float
    """Expected, less what asking costs."""
    moves: tuple[str, ...]
    """The two causes whose probability hangs on it most."""


def _try(question: Question, log_weights: Mapping[str, float], now: _Now) -> _Tried:
    knowledge = now.knowledge
    fact = question.stands_for or question.id
    touched = [cause for cause in knowledge.causes.values() if _uses(cause, fact)]
    answers = possible_answers(question, [row.when for cause in touched for row in cause.evidence])
    if not touched or not answers:
        return _Tried(question, 0.0, ())
    after = [_after({**now.facts, fact: answer}, touched, log_weights, knowledge) for answer in answers]
    expected = expected_shares(now.shares, after, knowledge.number("rarest_answer"))
    cost = knowledge.number("cost_of_test" if question.group == "test" else "cost_of_question")
    return _Tried(question, now.worth(after, expected) - cost, _most_moved(after))


def _kind_question(known: Known, knowledge: Knowledge, left_out: frozenset[str]) -> NextQuestion | None:
    """A sign of the kind of pain that is still open, while it is the kind that nobody can name yet."""
    if kind_of_pain(known.facts, knowledge) is not None:
        return None
    open_names = {
        name for sign in knowledge.pain_signs.values() for name in sign.when.open_names(known.facts)
    }
    still_open = [
        question
        for question in knowledge.questions.values()
        if question.id in open_names - left_out and askable(question, known, knowledge)
    ]
    if not still_open:
        return None
    first = min(still_open, key=lambda question: (question.order, question.id))
    return NextQuestion(first.id, Text("causes.next_kind"))


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
