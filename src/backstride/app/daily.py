"""The daily check-in on a terminal: anything new, how bad, what was done, and how the back answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.app.actions import assess_store
from backstride.app.dialogue import Dialogue
from backstride.app.interview import Interview
from backstride.app.lapsed import lapsed
from backstride.app.prompt import Back, Prompt, Stopped
from backstride.copies import each_once
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.activity import Activity
from backstride.model.assessment import Assessment, NoPlan, Plan
from backstride.model.history import CheckIn
from backstride.model.ladder import RunMatch
from backstride.model.text import Quantity, Text
from backstride.plan.climb import RECORDED, STEP
from backstride.plan.run_steps import WALK_UNTIL_SEEN
from backstride.plan.situation import LADDER
from backstride.reports.wording import Wording
from backstride.store.store import Store

NEW = "something_new"
"""The question of every day whose yes brings the safety questions back."""


@dataclass(frozen=True, slots=True)
class Did:
    """Something the runner may have done, and the steps of the plan it stands for."""

    words: str
    steps: tuple[str, ...]
    preselected: bool = False
    """Taken where the runner just presses Enter."""


def proposed(match: RunMatch, wording: Wording) -> Did:
    """The run on record as a choice: the session where it clearly is that, else what it was.

    What is not clearly the session is noted as the run on record, and counts as far as the record bears out.
    """
    step = f"{STEP}{match.rung}" if match.kind == "same" else RECORDED
    return Did(wording.say(match.says), (step,), preselected=True)


@dataclass(slots=True)
class Daily:
    """One day's check-in; a safety answer that has grown too old is asked first."""

    store: Store
    on: date
    knowledge: Knowledge
    prompt: Prompt

    def run(self) -> None:
        """Asks at most six short questions, unless something is new or a safety answer is too old."""
        self.prompt.tell("daily_intro")
        try:
            if not self._safe():
                return
            told = self._pain_and_deeds()
        except (Stopped, EOFError):
            self.prompt.say("")
            return
        self._next(told)

    def _safe(self) -> bool:
        """Whether nothing new is told, or the safety questions asked again raise no flag."""
        interview = Interview.begin(self.store, self.on, self.knowledge, 0)
        if interview.triage().open_questions:
            return self._ask_safety(self._why_anew(interview))
        question = self.knowledge.questions[NEW]
        self._one(Dialogue(self.store, self.on, self.knowledge, self.prompt), question)
        open_now = Interview.begin(self.store, self.on, self.knowledge, 0).triage().open_questions
        if open_now and not self._ask_safety("daily_new"):
            return False
        self._ask_anew()
        return True

    def _why_anew(self, interview: Interview) -> str:
        """Why safety comes first today; where the pain does not fall as it should that is said too."""
        first, *course = why_anew(interview)
        for text in course:
            self.prompt.lines(self.prompt.wording.say(text))
        return first

    def _ask_anew(self) -> None:
        """What was told before and holds no more is asked once more.

        Left out it is not known, and no run is offered.
        """
        dialogue = Dialogue(self.store, self.on, self.knowledge, self.prompt)
        for question in asked_anew(Interview.begin(self.store, self.on, self.knowledge, 0)):
            self._one(dialogue, question)

    def _one(self, dialogue: Dialogue, question: Question) -> None:
        while True:
            try:
                dialogue.one(question)
                return
            except Back:
                self.prompt.tell("first")

    def _ask_safety(self, why: str) -> bool:
        self.prompt.tell(why)
        dialogue = Dialogue(self.store, self.on, self.knowledge, self.prompt)
        interview = Interview.begin(self.store, self.on, self.knowledge, 0)
        interview.passed |= {"pain", "pain_began_on"}
        dialogue.ask(interview)
        interview.refresh(self.store.told())
        if interview.triage().stops_plan:
            dialogue.alarm(interview.triage())
            return False
        return True

    def _pain_and_deeds(self) -> tuple[CheckIn, ...]:
        """The notes of the day, stored together once all is told; `b` begins them again."""
        while True:
            try:
                told = self._told()
                break
            except Back:
                self.prompt.tell("taken_back")
        told = anything_of(told)
        if told:
            self.store.add(*told)
            self.prompt.tell("daily_noted")
        return told

    def _told(self) -> tuple[CheckIn, ...]:
        """Today's check-in; before it this morning's score, where something was done yesterday."""
        history = self.store.history()
        now = self._score("daily_score")
        mornings: tuple[CheckIn, ...] = ()
        if did_yesterday(history.check_ins, each_once(history).activities, self.on):
            yesterday = self.on - timedelta(days=1)
            mornings = (CheckIn(yesterday, pain_next_morning=self._score("daily_morning")),)
        did = self._did(assess_store(self.store, self.on, self.knowledge))
        if not did:
            return (*mornings, CheckIn(self.on, pain_now=now))
        during = self._score("daily_during")
        after = self._score("daily_after", may_skip=True)
        return (*mornings, CheckIn(self.on, did, during, after, pain_now=now))

    def _score(self, key: str, may_skip: bool = False) -> float | None:
        def take(given: str) -> float | None:
            if not given and may_skip:
                return None
            return self.prompt.score(given)

        return self.prompt.until(self.prompt.own(key), take)

    def _did(self, answer: Assessment) -> tuple[str, ...]:
        options = may_have_done(answer, self.prompt.wording)
        self.prompt.tell("daily_did")
        self.prompt.listed([each.words for each in options])
        first = frozenset(number for number, each in enumerate(options, 1) if each.preselected)
        chosen = self.prompt.numbers(len(options), preselected=first)
        return tuple(step for number in sorted(chosen) for step in options[number - 1].steps)

    def _next(self, told: tuple[CheckIn, ...]) -> None:
        """The first step of the plan as it stands now; on a red day what to do instead, and whom to see."""
        for text in what_next(told, assess_store(self.store, self.on, self.knowledge).plan, self.knowledge):
            self.prompt.lines(self.prompt.wording.say(text))


def why_anew(interview: Interview) -> tuple[str, *tuple[Text, ...]]:
    """Key of the sentence that says why safety comes first, and what the course says where that is why."""
    course = interview.course
    if course is None or course.reopened_on is None:
        return ("daily_stale",)
    return ("daily_slow", course.says)


def asked_anew(interview: Interview) -> tuple[Question, ...]:
    """What was told and holds no more, although no red flag hangs on it.

    Of the legs, because something was told to be new today; or because it was told too long ago.
    """
    legs = _legs_open(interview)
    old = lapsed(interview.history, interview.known(), interview.knowledge)
    return (*legs, *(each for each in old if each not in legs))


def _legs_open(interview: Interview) -> tuple[Question, ...]:
    new = (each for each in interview.history.answers if each.question == NEW and each.on == interview.on)
    if not any(each.value == "yes" for each in new):
        return ()
    answered = interview.known().answered
    questions = interview.knowledge.questions.values()
    return tuple(each for each in questions if each.reopened_by_new and each.id not in answered)


def anything_of(told: Iterable[CheckIn]) -> tuple[CheckIn, ...]:
    """Those in which anything was told."""
    return tuple(each for each in told if each != CheckIn(each.on))


def did_yesterday(check_ins: Iterable[CheckIn], runs: Iterable[Activity], on: date) -> bool:
    """True where something was done yesterday and this morning is not told yet; `runs` each once."""
    yesterday = on - timedelta(days=1)
    told = [each for each in check_ins if each.on == yesterday]
    if any(each.pain_next_morning is not None for each in told):
        return False
    return any(each.done for each in told) or any(run.on == yesterday for run in runs)


def may_have_done(answer: Assessment, wording: Wording) -> list[Did]:
    """What was run today by the record, else today's session; exercises; and what anybody may do."""
    plan = answer.plan if isinstance(answer.plan, Plan) else None
    steps = () if plan is None else plan.steps
    if plan is not None and plan.today is not None:
        options = [proposed(plan.today, wording)]
    else:
        running = [step for step in steps if step.kind == "run"]
        options = [
            Did(wording.say(Text("checkin.did_run", {"what": step.dose or step.what})), (step.id,))
            for step in running
        ]
    for kind in ("exercise", "move"):
        if ids := tuple(step.id for step in steps if step.kind == kind):
            options.append(Did(wording.say(Text(f"checkin.did_{kind}")), ids))
    return [*options, Did(wording.say(Text("checkin.did_other")), ("other",))]


def what_next(told: Iterable[CheckIn], plan: Plan | NoPlan, knowledge: Knowledge) -> tuple[Text, ...]:
    """The first step of the plan as it stands now; on a red day what to do instead, and whom to see."""
    if not isinstance(plan, Plan):
        return ()
    step = next((each for each in plan.steps if each.kind == "run"), plan.steps[0])
    waits = step.id == WALK_UNTIL_SEEN
    ahead = Text("checkin.daily_next", {"what": step.what if waits else step.dose or step.what})
    if not any(score > plan.red_above for each in told for score in each.scores):
        return (ahead,)
    rest = knowledge.ladders[LADDER].rest_days_after_red
    red = Text("checkin.daily_red", {"limit": Quantity(plan.red_above, "score"), "rest": rest})
    return (red, ahead) if step.kind == "see" else (red,)
