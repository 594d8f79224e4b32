"""Made-up runners for the laws of the plan: what they answer, run and tell, day by day.

They follow the plan mostly, run on other days sometimes, leave check-ins out, tell scores that contradict one
another, change their answers, and lose what they could do.  Chance is passed in; nothing else is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from accuracy.plan_models import MODELS, Back, Felt

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.knowledge.question import Question
from backstride.knowledge.records import each_in
from backstride.knowledge.rules import Rule
from backstride.model.findings import Facts
from backstride.model.history import Answer, AnswerValue, CheckIn, MayRun, Seen, Sex
from backstride.model.ladder import RunDay, Setback
from backstride.model.wishes import (
    Asker,
    ExerciseWish,
    Goal,
    GoalKind,
    Pause,
    PauseReason,
    Restart,
    Wishes,
    WishKind,
)
from backstride.plan.climb import STEP

FIRST = date(2026, 1, 5)

READY: Mapping[str, AnswerValue] = {
    "walk_30_min_easy": "yes",
    "heel_raises_10": "yes",
    "hops_5_pain_free": "yes",
    "leg_pain": "none",
    "pain_walking": 1.0,
    "worse_bending_back": "no",
    "wants_medicine": "yes",
    "asthma": "no",
}
LEGS: tuple[tuple[str, AnswerValue], ...] = (
    ("leg_pain", "thigh"),
    ("leg_pain", "below_knee"),
    ("leg_numb_or_tingling", "yes"),
    ("both_legs", "pain_only"),
    ("both_legs", "weak_or_numb"),
    ("leg_weakness", "mild_stable"),
    ("leg_weakness", "worse_or_severe"),
)
"""Answers that tell of a leg."""
MEDICINES = ((), (), (), ("ibuprofen",), ("warfarin",), ("sertraline",), ("ramipril",))


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions that runners are asked here."""

    questions: tuple[Question, ...]
    """All whose answers a rule of the plan or a flag looks at."""
    plainer: tuple[Question, ...]
    """The second wordings of emergency questions."""


def asked(knowledge: Knowledge) -> Asked:
    """Every question that the plan or the safety check can turn on."""
    records = (
        *knowledge.exercises.values(),
        *knowledge.treatments.values(),
        *knowledge.ladders.values(),
        *knowledge.phases.values(),
        *knowledge.populations.values(),
        *knowledge.red_flags.values(),
    )
    used = {name for record in records for _, rule in each_in(record, "", Rule) for name in rule.names}
    every = [each for each in knowledge.questions.values() if each.kind in ("yes_no", "choice", "number")]
    return Asked(
        tuple(each for each in every if each.id in used and each.follows is None),
        tuple(each for each in every if each.follows is not None),
    )


@dataclass(slots=True)
class Runner:
    """One made-up runner."""

    back: Back
    sex: Sex
    age_years: int
    medicines: tuple[str, ...]
    answers: dict[str, AnswerValue]
    """Question -> what would be answered today."""
    began: date
    onset_known: bool
    run_mps: float
    walk_mps: float
    watch: bool
    """Every run is on record."""
    follows: float
    """Chance of a session on a day when one is due."""
    tells: float
    """Chance of a check-in on a day."""
    check_ins: list[CheckIn] = field(default_factory=list)
    visits: list[Seen] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    asked_for: list[ExerciseWish] = field(default_factory=list)
    pauses: list[Pause] = field(default_factory=list)
    restarts: list[Restart] = field(default_factory=list)
    setbacks: list[Setback] = field(default_factory=list)
    on_record: list[RunDay] = field(default_factory=list)
    """What the watch knows of each run."""
    runs: dict[date, float] = field(default_factory=dict)
    """Every run done, metres by day."""


def drawn(asked: Asked, knowledge: Knowledge, chance: Random) -> Runner:
    """One runner on the first day; most are well enough to begin, some are anything."""
    sex: Sex = "female" if chance.random() < 0.45 else "male"
    age = chance.randint(9, 88) if chance.random() < 0.25 else chance.randint(18, 59)
    run_mps = chance.uniform(1.9, 3.6)
    runner = Runner(
        back=MODELS[chance.choice(tuple(MODELS))](chance),
        sex=sex,
        age_years=age,
        medicines=chance.choice(MEDICINES),
        answers=_answers(asked, sex, chance),
        began=FIRST - timedelta(days=chance.choice((0, 0, 1, 3, 10, 20, 40, 80, 200))),
        onset_known=chance.random() < 0.9,
        run_mps=run_mps,
        walk_mps=chance.uniform(1.2, 1.8),
        watch=chance.random() < 0.8,
        follows=chance.uniform(0.3, 1),
        tells=chance.uniform(0.4, 1),
    )
    if chance.random() < 0.8:
        usual_m = chance.uniform(2_000, 15_000)
        for back in range(3, 60, chance.randint(2, 6)):
            runner.runs[FIRST - timedelta(days=back)] = usual_m * chance.uniform(0.5, 1.2)
    return runner


def _answers(asked: Asked, sex: Sex, chance: Random) -> dict[str, AnswerValue]:
    odd = chance.choice((0.0, 0.0, 0.01, 0.05))
    answers: dict[str, AnswerValue] = {}
    for question in asked.questions:
        if chance.random() < odd:
            other = anything(question, chance)
            if other is not None:
                answers[question.id] = other
        elif question.id in READY:
            answers[question.id] = READY[question.id]
        elif question.kind == "yes_no" and question.group not in ("safety", "health", "test"):
            answers[question.id] = chance.choice(("no", "no", "yes"))
        elif question.kind != "number":
            answers[question.id] = question.harmless[0]
    if sex == "male":
        answers.pop("pregnant", None)
    return answers


def anything(question: Question, chance: Random) -> AnswerValue | None:
    """Any answer to a question; None where it is left out."""
    if chance.random() < 0.15:
        return None
    if question.kind == "number":
        low, high = question.low or 0.0, 100.0 if question.high is None else question.high
        return float(round(chance.uniform(low, high)))
    choices = ("yes", "no") if question.kind == "yes_no" else tuple(sorted(question.options))
    return chance.choice((*choices, "not_sure"))


def something_happens(runner: Runner, asked: Asked, chance: Random) -> bool:
    """Once in a while an answer is another from now on, or all are good again; True where it was so."""
    what = chance.random()
    if what < 0.006:
        id, value = chance.choice(LEGS)
        runner.answers[id] = value
    elif what < 0.010:
        question = chance.choice(asked.questions)
        value_or_none = anything(question, chance)
        if value_or_none is None:
            runner.answers.pop(question.id, None)
        else:
            runner.answers[question.id] = value_or_none
    elif what < 0.012:
        runner.answers["one_sided_impact_pain"] = "yes"
    elif what < 0.06:
        _good_again(runner, asked)
    return what < 0.06


def _good_again(runner: Runner, asked: Asked) -> None:
    for question in asked.questions:
        if question.id in READY:
            runner.answers[question.id] = READY[question.id]
        elif question.group == "safety" and question.kind != "number":
            runner.answers[question.id] = question.harmless[0]


def told_facts(runner: Runner, asked: Asked) -> Facts:
    """What the rules of the ladder see of these answers."""
    facts: dict[str, bool | float | str] = {"age_years": float(runner.age_years), "sex": runner.sex}
    for question in asked.questions:
        value = runner.answers.get(question.id)
        if value is None or value == "not_sure":
            continue
        facts[question.id] = value == "yes" if question.kind == "yes_no" else value
    return facts


def session_of(runner: Runner, due: int | None, rungs: int, chance: Random) -> int | None:
    """The rung that is done today: the one due, mostly; sometimes another one, or on another day."""
    if due is not None and chance.random() < runner.follows:
        return due if chance.random() < 0.97 else chance.randrange(rungs)
    return chance.randrange(rungs) if chance.random() < 0.02 else None


def tells(runner: Runner, on: date, rung: int | None, felt: Felt, chance: Random) -> CheckIn | None:
    """What is told of a day: all, part of it, nothing, or something that contradicts itself."""
    if chance.random() > runner.tells:
        return None
    done = () if rung is None else (f"{STEP}{rung}",)
    if chance.random() < 0.03:
        done = (*done, f"{STEP}{chance.randrange(13)}")
    if runner.watch and chance.random() < 0.15:
        done = ()
    scores = [_told(felt.during, chance), _told(felt.after, chance), _told(felt.next_morning, chance)]
    if rung is None:
        scores[:2] = [None, None]
    if chance.random() < 0.05:
        scores = [float(chance.randint(0, 10)) for _ in range(3)]
    now = _told(felt.after, chance) if chance.random() < 0.5 else None
    if chance.random() < 0.02:
        now = float(chance.randint(0, 10))
    return CheckIn(on, tuple(dict.fromkeys(done)), *scores, pain_now=now)


def recorded(runner: Runner, on: date, rung: int | None, ladder: Ladder, chance: Random) -> RunDay:
    """The run of a day as the watch has it: about the session, or something else; some of it not known."""
    it = ladder.rung[1 if rung is None else rung]
    run_s = 2_400.0 if it.run_s is None else float(it.run_s * it.repeats)
    walk_s = float(it.walk_s * it.repeats) + chance.choice((0, 300, 600))
    if rung is None or chance.random() < 0.15:
        run_s *= chance.uniform(0.2, 4)
    run_s *= chance.uniform(0.9, 1.1)
    parts, usual = chance.random() < 0.7, chance.random() < 0.7
    return RunDay(
        on,
        "run",
        (f"run-{on}",),
        datetime(on.year, on.month, on.day, 18, tzinfo=UTC),
        run_s * runner.run_mps + walk_s * runner.walk_mps if chance.random() < 0.9 else None,
        run_s + walk_s if chance.random() < 0.95 else None,
        run_s if parts else None,
        runner.run_mps * chance.uniform(0.9, 1.25) if parts else None,
        runner.run_mps if usual else None,
    )


def visit(on: date, waits: bool, chance: Random) -> Seen | None:
    """Somebody looks: sooner where the ladder asks for it.  Who it is and what they say is anything."""
    if chance.random() > (0.05 if waits else 0.004):
        return None
    who = chance.choice(("physiotherapist", "gp", "sports_physician", "running_coach"))
    words: tuple[MayRun, ...] = ("yes", "yes", "not_yet", "not_said")
    return Seen(who, on, chance.choice(words))


def wishes(runner: Runner) -> Wishes:
    """All that the runner wants, as it was told."""
    return Wishes(tuple(runner.goals), tuple(runner.asked_for), tuple(runner.pauses), tuple(runner.restarts))


def wants(runner: Runner, on: date, exercises: tuple[str, ...], chance: Random) -> Restart | None:
    """What is wanted from today on, sense or not; the wish to begin again is returned."""
    what = chance.random()
    if what < 0.02:
        runner.goals.append(_goal(on, chance))
    elif what < 0.06:
        choices: tuple[WishKind, ...] = ("pin", "pin", "ban", "free")
        askers: tuple[Asker, ...] = ("runner", "physio")
        wish = ExerciseWish(chance.choice(exercises), chance.choice(choices), on, chance.choice(askers))
        runner.asked_for.append(wish)
    elif what < 0.08:
        reasons: tuple[PauseReason, ...] = ("illness", "holiday", "other")
        first = on + timedelta(days=chance.randint(-3, 6))
        last = first + timedelta(days=chance.randint(0, 40)) if chance.random() < 0.6 else None
        runner.pauses.append(Pause(first, on, chance.choice(reasons), last))
    elif what < 0.12 and runner.pauses:
        pause = chance.choice(runner.pauses)
        runner.pauses.append(Pause(pause.first, on, pause.reason, on - timedelta(days=1)))
    elif 0.12 <= what < 0.126:
        runner.restarts.append(Restart(on))
        return runner.restarts[-1]
    return None


def wants_in_plan(runner: Runner, on: date, chance: Random) -> None:
    """What is wanted on the day of the whole plan, so that many plans have a goal or begin again."""
    if not runner.goals and chance.random() < 0.7:
        runner.goals.append(_goal(on, chance))
    if chance.random() < 0.3:
        runner.restarts.append(Restart(on))


def _goal(on: date, chance: Random) -> Goal:
    kinds: tuple[GoalKind, ...] = ("first_run", "distance", "distance", "keep_training", "none")
    kind = chance.choice(kinds)
    distance_m = chance.uniform(500, 45_000) if kind == "distance" else None
    by = on + timedelta(days=chance.randint(0, 300)) if chance.random() < 0.6 else None
    race = kind == "distance" and by is not None and chance.random() < 0.4
    return Goal(kind, on, distance_m, by, race)


def paused(runner: Runner, day: date) -> bool:
    """Whether a pause holds that day: the last word on each first day counts."""
    last = {each.first: each.last for each in runner.pauses}
    return any(first <= day and (end is None or day <= end) for first, end in last.items())


def rungs_told(told: CheckIn) -> list[int]:
    """The rungs that a check-in names."""
    return sorted({int(step.removeprefix(STEP)) for step in told.done if step.startswith(STEP)})


def metres(runner: Runner, rung: int, ladder: Ladder) -> float:
    """A session at the runner's speeds; the usual easy run is taken for a long one."""
    it = ladder.rung[rung]
    if it.run_s is None:
        return 10_000.0
    return it.repeats * (it.run_s * runner.run_mps + it.walk_s * runner.walk_mps)


def _told(score: float, chance: Random) -> float | None:
    return None if chance.random() < 0.04 else float(round(score))


def dated(runner: Runner, asked: Asked, on: date, chance: Random) -> tuple[Answer, ...]:
    """The answers as they stand in the record: a few days old, a few contradicted by older or other ones."""
    given: list[Answer] = []
    some_old = chance.random() < 0.3
    for id, value in runner.answers.items():
        age = chance.randint(1, 20) if some_old and chance.random() < 0.1 else 0
        given.append(Answer(id, value, on - timedelta(days=age)))
    for question in _few(asked.questions, chance):
        other = anything(question, chance)
        if other is not None:
            given.append(Answer(question.id, other, on - timedelta(days=chance.randint(0, 9))))
    if chance.random() < 0.08:
        given.append(Answer(*chance.choice(LEGS), on))
    if chance.random() < 0.05:
        question = chance.choice(asked.plainer)
        other = anything(question, chance)
        if other is not None:
            given.append(Answer(question.id, other, on))
    chance.shuffle(given)
    return tuple(given)


def _few(questions: tuple[Question, ...], chance: Random) -> Iterable[Question]:
    return chance.sample(questions, chance.choice((0, 0, 0, 1, 1, 2, 4)))
