"""A story played day by day through the real program: what is told goes into a history, `assess` answers.

The record is looked at on day 0, on the morning of every day on which something is told, on the last day,
and at night where answers were given.  Whatever the check-in asks is answered as it was told before (or
harmlessly, where the story tells nothing else), and counted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from accuracy.story_file import Runs, Story, Told

from backstride.app.lapsed import lapsed
from backstride.assess import assess, safety
from backstride.features.course import course
from backstride.features.measures.memory import Measured
from backstride.features.onset import seen_from_onset
from backstride.knowledge.answering import checked_answers
from backstride.knowledge.facts import known_on
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.activity import Activity, Origin
from backstride.model.assessment import Assessment, Plan, Step
from backstride.model.history import (
    AnswerValue,
    CheckIn,
    History,
    Profile,
    Seen,
    Symptom,
    TestResult,
    one_a_day,
)
from backstride.model.ladder import LadderChange
from backstride.plan.climb import STEP
from backstride.plan.pain_rule import Judgement, judge, lately
from backstride.plan.sessions import BEFORE_RUNNING
from backstride.plan.situation import LADDER

WEEK = 7
RUN_MPS, WALK_MPS = 2.7, 1.5
"""How fast everybody in the stories runs and walks a session."""
USUAL_RUN_S = 2_400
"""How long everybody's usual easy run is."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day that was looked at."""

    number: int
    on: date
    morning: Assessment
    """As the day begins."""
    night: Assessment
    """After what was told; the same as in the morning where nothing was answered."""
    told: Told | None
    reasked: int
    """Safety questions that were put again and answered as before."""


@dataclass(slots=True)
class Played:
    """All of it."""

    story: Story
    days: list[Day] = field(default_factory=list)
    check_ins: tuple[CheckIn, ...] = ()
    knowledge: Knowledge | None = None

    def led_to(self, day: Day) -> LadderChange | None:
        """What the day came to on the ladder, as the program tells it later on."""
        plans = [each.night.plan for each in self.days if each.number >= day.number]
        every = [change for plan in plans if isinstance(plan, Plan) for change in plan.history]
        return next((change for change in reversed(every) if change.on == day.on), None)

    def judged(self, day: Day) -> Judgement | None:
        """How the program judges a day by all that was told of it; None where no score was."""
        told = next((each for each in self.check_ins if each.on == day.on), None)
        if told is None or not told.scores or self.knowledge is None:
            return None
        before = [each for each in self.check_ins if each.on < day.on]
        earlier = lately(before, told, self.knowledge)
        return judge(told, bone_of(day.morning), self.knowledge, earlier)


def bone_of(answer: Assessment) -> bool | None:
    """Whether the pain may come from bone, as the plan sees it."""
    if not isinstance(answer.plan, Plan):
        return None
    if any(step.id == "no_impact" for step in answer.plan.steps):
        return True
    return False if any(text.id == "plan.pain_green_zone" for text in answer.plan.pain_rule) else None


def play(story: Story, knowledge: Knowledge) -> Played:
    """The whole story."""
    return _Player(story, knowledge).play()


class _Player:
    def __init__(self, story: Story, knowledge: Knowledge) -> None:
        self.story, self.knowledge = story, knowledge
        self.measured = Measured(knowledge)
        self.standing: dict[str, AnswerValue] = {}
        """What the runner would answer now."""
        self.history = History(
            Profile(**story.profile.model_dump(exclude={"conditions"}), made_up=True),
            activities=tuple(record(story.runs, story.begins)),
            symptoms=tuple(
                Symptom(self._on(note.day), note.score, note.at, note.timing) for note in story.notes
            ),
        )

    def play(self) -> Played:
        story, told = self.story, self.story.told()
        self.standing = self._harmless()
        self._answer(story.answers, 0)
        played = Played(story, knowledge=self.knowledge)
        mornings: dict[int, float] = {}
        for number in range(story.days):
            if number - 1 in mornings:
                self._check_in(CheckIn(self._on(number - 1), pain_next_morning=mornings.pop(number - 1)))
            entry = told.get(number)
            looked = entry is not None or number in (0, story.days - 1)
            if not looked and number not in {each.day for each in story.expect}:
                continue
            morning, reasked = self._morning(number, entry is not None or number == story.days - 1)
            night = morning
            if entry is not None:
                self._tell(entry, number, morning)
                if entry.answers or entry.seen:
                    night = self._look(number)
                if entry.morning is not None:
                    mornings[number] = entry.morning
            played.days.append(Day(number, self._on(number), morning, night, entry, reasked))
        played.check_ins = one_a_day(self.history.check_ins)
        return played

    def _on(self, number: int) -> date:
        return self.story.begins + timedelta(days=number)

    def _look(self, number: int) -> Assessment:
        return assess(self.history, self._on(number), self.knowledge, self.measured)

    def _morning(self, number: int, told: bool) -> tuple[Assessment, int]:
        """The answer of the morning, once what must be asked again is answered."""
        answer = self._look(number)
        again = self._again(answer.triage.open_questions)
        count = 0
        while again:
            count += len(again)
            self._answer(again, number)
            must = safety(self.history, self._on(number), self.knowledge, self.measured)
            again = self._again(must.open_questions)
        if told and (old := self._again(each.id for each in self._lapsed(number))):
            count += len(old)
            self._answer(old, number)
        return self._look(number) if count else answer, count

    def _again(self, ids: Iterable[str]) -> dict[str, AnswerValue]:
        """What the runner answers to these questions."""
        return {id: self.standing[id] for id in ids if id in self.standing}

    def _lapsed(self, number: int) -> tuple[Question, ...]:
        """What the daily check-in asks again for the next session's sake."""
        on = self._on(number)
        look = seen_from_onset(self.history, on, self.knowledge, self.measured)
        known = known_on(self.history, (), on, self.knowledge, course(look))
        return lapsed(self.history, known, self.knowledge)

    def _harmless(self) -> dict[str, AnswerValue]:
        if not self.story.harmless:
            return {}
        return {
            question.id: question.harmless[0]
            for question in self.knowledge.questions.values()
            if question.group == "safety"
            and question.kind in ("yes_no", "choice")
            and question.follows is None
        }

    def _answer(self, given: dict[str, AnswerValue], number: int) -> None:
        on = self._on(number)
        answers = checked_answers(given.items(), on, self.knowledge)
        self.standing |= {each.question: each.value for each in answers}
        tests = [each for each in answers if self.knowledge.questions[each.question].group == "test"]
        self.history = replace(
            self.history,
            answers=(*self.history.answers, *(each for each in answers if each not in tests)),
            tests=(*self.history.tests, *(TestResult(each.question, each.value, on) for each in tests)),
        )

    def _check_in(self, told: CheckIn) -> None:
        self.history = replace(self.history, check_ins=one_a_day((*self.history.check_ins, told)))

    def _tell(self, entry: Told, number: int, morning: Assessment) -> None:
        if entry.answers:
            self._answer(entry.answers, number)
        if entry.seen is not None:
            visit = Seen(entry.seen.who, self._on(number), entry.seen.may_run)
            self.history = replace(self.history, seen=(*self.history.seen, visit))
        done = tuple(step for word in entry.did for step in self._steps(word, morning, number))
        told = CheckIn(self._on(number), done, entry.during, entry.after, pain_now=entry.now)
        if told != CheckIn(told.on):
            self._check_in(told)
        km = entry.run_km or 0.0
        legs = [(km * 1_000, km * 1_000 / RUN_MPS), *(self._leg(step) for step in done)]
        metres, seconds = (sum(each) for each in zip(*legs, strict=True))
        if metres:
            run = _run(self._on(number), metres, seconds)
            self.history = replace(self.history, activities=(*self.history.activities, run))

    def _steps(self, word: str, morning: Assessment, number: int) -> tuple[str, ...]:
        steps: tuple[Step, ...] = morning.plan.steps if isinstance(morning.plan, Plan) else ()
        match word:
            case "session":
                out = next(
                    (step for step in steps if step.id.startswith(STEP) or step.id == BEFORE_RUNNING), None
                )
                if out is None or not due(morning):
                    raise ValueError(f"{self.story.title}: day {number}: no session is due")
                return (out.id,)
            case "exercises":
                return tuple(step.id for step in steps if step.kind == "exercise")
            case _:
                return (word,)

    def _leg(self, step: str) -> tuple[float, float]:
        """Metres and seconds of a session with the walks before and after; zero where nothing is run."""
        rung = step.removeprefix(STEP)
        if not step.startswith(STEP) or rung == "0":
            return 0.0, 0.0
        ladder = self.knowledge.ladders[LADDER]
        it = ladder.rung[int(rung)]
        run_s = it.repeats * (USUAL_RUN_S if it.run_s is None else it.run_s)
        walk_s = it.walk_s * it.repeats + ladder.warm_up_walk_s + ladder.cool_down_walk_s
        return run_s * RUN_MPS + walk_s * WALK_MPS, float(run_s + walk_s)


def due(answer: Assessment) -> bool:
    """Whether the plan has a walk or a run for this very day."""
    plan = answer.plan
    return (
        isinstance(plan, Plan) and bool(plan.week) and bool({"walk", "walk_run"} & set(plan.week[0].sessions))
    )


def record(every: Iterable[Runs], begins: date) -> Iterable[Activity]:
    """The runs of a record before day 0."""
    for runs in every:
        for day in range(runs.first, runs.last + 1, runs.every):
            yield _run(begins + timedelta(days=day), runs.km * 1_000, runs.km * runs.min_km * 60)


def _run(on: date, metres: float, seconds: float) -> Activity:
    sha256 = hashlib.sha256(f"{on}:{metres}:{seconds}".encode()).hexdigest()
    return Activity(
        start=datetime.combine(on, time(12), UTC),
        zone_from="profile",
        origin=Origin(sha256, "story", "case", 1, 0),
        sport="run",
        distance_m=metres,
        moving_s=seconds,
    )
