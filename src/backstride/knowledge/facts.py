"""What is known of a runner on a day, as the names that rules use.  What is not known has no name here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.course import Course
from backstride.model.findings import Facts, FactValue, Finding
from backstride.model.history import Answer, AnswerValue, CheckIn, History, PainTiming, Profile, Symptom

NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class Known:
    """Facts for rules, and where the runner was not sure."""

    facts: Facts
    answered: frozenset[str]
    """Questions with any answer in force, "not sure" among them."""
    not_sure: frozenset[str]
    """Questions whose answer in force is "not sure"."""
    still_not_sure: frozenset[str]
    """Emergency questions answered "not sure" in both wordings."""


def known_on(
    history: History,
    findings: tuple[Finding, ...],
    on: date,
    knowledge: Knowledge,
    course: Course | None = None,
) -> Known:
    """Everything known on a day: profile, answers and tests in force, body map, diary, course, findings.

    Where the pain does not follow its course, a harmless answer to a safety question from before the
    review is no answer any more, where it is about something that changes.
    """
    answers = _in_force(history, on, knowledge, None if course is None else course.reopened_on)
    settled, not_sure, still = _settle(answers, knowledge)
    facts: dict[str, FactValue] = {
        **_told(settled, knowledge),
        **_from_findings(findings),
        **_from_course(course),
        **_from_diary((*history.symptoms, *_notes_of(history.check_ins)), on, knowledge),
        **_from_body_map(history.symptoms, on, knowledge),
        **_from_medicines(history.profile, knowledge),
        **settled,
        **_from_profile(history.profile, on),
    }
    return Known(facts, frozenset(answers) | settled.keys(), not_sure, still)


def _in_force(
    history: History, on: date, knowledge: Knowledge, reopened_on: date | None
) -> dict[str, AnswerValue]:
    """The latest answer to each question up to the day; a stale one is no answer any more."""
    tests = (Answer(test.test, test.value, test.on) for test in history.tests)
    latest: dict[str, Answer] = {}
    for answer in sorted((*history.answers, *tests), key=lambda answer: answer.on):
        if answer.on > on or answer.question not in knowledge.questions:
            continue
        if knowledge.questions[answer.question].reopens_emergencies and answer.value == "yes":
            latest = {id: each for id, each in latest.items() if not _reopened(each, knowledge)}
        latest[answer.question] = answer
    return {
        id: answer.value
        for id, answer in latest.items()
        if not (_stale(answer, on, knowledge) or _lapsed(answer, reopened_on, knowledge))
    }


def _lapsed(answer: Answer, reopened_on: date | None, knowledge: Knowledge) -> bool:
    """True for a harmless answer to a safety question from before safety was reopened.

    What is asked about seldom (an illness years ago) does not change with the pain and stays answered.
    """
    question = knowledge.questions[answer.question]
    if reopened_on is None or answer.on >= reopened_on or question.group != "safety":
        return False
    after = question.stale_after_days
    changes = after is not None and after <= knowledge.number("reopened_changing_days")
    return changes and answer.value in question.harmless


def _reopened(answer: Answer, knowledge: Knowledge) -> bool:
    """True for what lapses once something is new: a no to an emergency question, in either wording, and
    a harmless answer about the legs.
    """
    question = knowledge.questions[answer.question]
    if question.reopened_by_new:
        return answer.value in question.harmless
    first = knowledge.questions[question.follows] if question.follows is not None else question
    return first.emergency and answer.value == "no"


def _stale(answer: Answer, on: date, knowledge: Knowledge) -> bool:
    after = knowledge.questions[answer.question].stale_after_days
    return after is not None and (on - answer.on).days > after


def settled(answers: Mapping[str, AnswerValue], knowledge: Knowledge) -> Facts:
    """The facts of answers alone, each question in the worse of its two wordings; "not sure" is no fact."""
    return _settle(answers, knowledge)[0]


def _settle(
    answers: Mapping[str, AnswerValue], knowledge: Knowledge
) -> tuple[dict[str, FactValue], frozenset[str], frozenset[str]]:
    """Facts from answers; a plainer follow-up settles the question it stands in for.

    A clear yes in either wording is a yes, also beside a no in the other.
    """
    facts: dict[str, FactValue] = {}
    not_sure: set[str] = set()
    still: set[str] = set()
    for id in {knowledge.questions[given].follows or given for given in answers}:
        question = knowledge.questions[id]
        plainer = answers.get(question.follow_up) if question.follow_up is not None else None
        value = _of_both(answers.get(id), plainer, question)
        if answers.get(id) == plainer == NOT_SURE:
            still.add(id)
        if value == NOT_SURE:
            not_sure.add(id)
        elif value is not None and (fact := as_fact(question, value)) is not None:
            facts[id] = fact
    return facts, frozenset(not_sure), frozenset(still)


def _of_both(
    first: AnswerValue | None, plainer: AnswerValue | None, question: Question
) -> AnswerValue | None:
    """What the two wordings of one question come to: the worse of the two counts.

    A harmless answer to the plainer wording settles nothing where the first was never answered.
    """
    if plainer is None or plainer == NOT_SURE:
        return first
    if first == NOT_SURE:
        return plainer
    if first is None:
        return None if plainer in question.harmless else plainer
    return max(first, plainer, key=question.how_bad)


def as_fact(question: Question, value: AnswerValue) -> FactValue | None:
    """One answer as rules use it; None for "not sure" to a yes-or-no question."""
    match question.kind:
        case "yes_no":
            return {"yes": True, "no": False}.get(str(value))
        case "number":
            return float(value)
        case _:
            return str(value)


def _told(settled: Mapping[str, FactValue], knowledge: Knowledge) -> dict[str, FactValue]:
    """Answers under the name of the fact they stand for: what the record itself says comes before them."""
    stands = {question.id: question.stands_for for question in knowledge.questions.values()}
    return {fact: value for id, value in settled.items() if (fact := stands[id]) is not None}


def _from_course(course: Course | None) -> dict[str, FactValue]:
    return {} if course is None or course.review is None else {"course_review": course.review}


def _from_profile(profile: Profile, on: date) -> dict[str, FactValue]:
    facts: dict[str, FactValue] = {}
    if (age := profile.age_on(on)) is not None:
        facts["age_years"] = float(age)
    if profile.sex is not None:
        facts["sex"] = profile.sex
    if profile.height_m is not None and profile.mass_kg is not None:
        facts["bmi"] = profile.mass_kg / profile.height_m**2
    return facts


def _from_medicines(profile: Profile, knowledge: Knowledge) -> dict[str, FactValue]:
    """A told list makes a yes where a name is on it, and a no only where every name on it is known to us."""
    if profile.medicines is None:
        return {}
    told = {name.strip().lower() for name in profile.medicines}
    groups = {fact.id: set(fact.medicines) for fact in knowledge.facts.values() if fact.medicines}
    all_known = told <= set().union(*groups.values())
    return {id: bool(told & names) for id, names in groups.items() if told & names or all_known}


def _from_findings(findings: tuple[Finding, ...]) -> dict[str, FactValue]:
    return {name: value for finding in findings for name, value in finding.facts.items()}


def _recent(symptoms: tuple[Symptom, ...], on: date, days: int) -> list[Symptom]:
    return [note for note in symptoms if on - timedelta(days=days) < note.on <= on]


def _notes_of(check_ins: tuple[CheckIn, ...]) -> Iterator[Symptom]:
    """The scores of check-ins as notes of pain, each with its timing and on its day."""
    for told in check_ins:
        scores: tuple[tuple[float | None, PainTiming | None, int], ...] = (
            (told.pain_during, "during", 0),
            (told.pain_after, "after", 0),
            (told.pain_next_morning, "next_morning", 1),
            (told.pain_now, None, 0),
        )
        for score, timing, days in scores:
            if score is not None:
                yield Symptom(told.on + timedelta(days=days), score, timing=timing)


def _from_diary(symptoms: tuple[Symptom, ...], on: date, knowledge: Knowledge) -> dict[str, FactValue]:
    """Scores and timings of recent notes.  A timing nobody noted is not known, never a no."""
    facts: dict[str, FactValue] = {}
    if recent := _recent(symptoms, on, int(knowledge.number("pain_now_days"))):
        facts["pain_now"] = max(enumerate(recent), key=lambda each: (each[1].on, each[0]))[1].score
    window = _recent(symptoms, on, int(knowledge.number("pain_worst_days")))
    if window:
        facts["pain_worst_14_days"] = max(note.score for note in window)
    timings = {note.timing for note in window if note.score > 0}
    for timing, fact in (
        ("during", "hurts_during_run"),
        ("after", "hurts_after_run"),
        ("next_morning", "hurts_next_morning"),
    ):
        if timing in timings:
            facts[fact] = True
    return facts


def _from_body_map(symptoms: tuple[Symptom, ...], on: date, knowledge: Knowledge) -> dict[str, FactValue]:
    """Places marked on the body map of this spell; without any map nothing is known of places."""
    window = _recent(symptoms, on, int(knowledge.number("body_map_days")))
    marked = {region for note in window if note.score > 0 for region in note.regions}
    if not marked:
        return {}
    return {fact.id: bool(marked & set(fact.regions)) for fact in knowledge.facts.values() if fact.regions}
