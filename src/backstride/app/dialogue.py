"""The check-in on a terminal: safety first on one page, then the pain, then what tells most, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from backstride.app import entering
from backstride.app.body_map import ask_where
from backstride.app.interview import BEGAN, About, Began, Interview, Page, PainToday, Step, Telling
from backstride.app.prompt import Back, Prompt, Stopped
from backstride.knowledge.facts import NOT_SURE
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.question import Question
from backstride.model.assessment import Tier, Triage
from backstride.model.errors import BadInput
from backstride.model.history import TIMINGS, AnswerValue, PainTiming
from backstride.model.said import plainly
from backstride.model.text import Text
from backstride.store.store import Store

Undo = Callable[[], object]


@dataclass(slots=True)
class Dialogue:
    """One check-in: puts each step, stores each answer at once, and can take the last step back."""

    store: Store
    on: date
    knowledge: Knowledge
    prompt: Prompt
    done: list[Undo] = field(default_factory=list)
    """What takes back each step so far, oldest first."""

    def run(self, most: int = 10) -> None:
        """Asks until safety is settled and nothing more is worth asking, or the runner stops.

        A raised emergency ends it at once.
        """
        self.prompt.tell("intro")
        interview = Interview.begin(self.store, self.on, self.knowledge, most)
        try:
            self.ask(interview)
        except (Stopped, EOFError):
            self.prompt.say("")
        interview.refresh(self.store.told())
        if interview.triage().stops_plan:
            self.alarm(interview.triage())

    def ask(self, interview: Interview) -> None:
        """Puts every step that is due.

        Raises: Stopped when the runner wants to stop.
        """
        while (step := interview.next_step()) is not None:
            try:
                self._put(step, interview)
            except Back:
                self._take_back()
            interview.refresh(self.store.told())

    def _take_back(self) -> None:
        if not self.done:
            self.prompt.tell("first")
            return
        self.done.pop()()
        self.prompt.tell("taken_back")

    def _put(self, step: Step, interview: Interview) -> None:
        self.prompt.say("")
        match step:
            case About():
                self._about(step.field, interview)
            case Page():
                self._page(step, interview)
            case PainToday():
                self._pain(interview)
            case Began():
                self._began(interview)
            case Telling():
                self._telling(step, interview)

    def _about(self, field: str, interview: Interview) -> None:
        """Age or sex; a ? leaves it out, and then no plan can be made."""
        before = self.store.profile()
        told = self._sex() if field == "sex" else self._age(field)
        if told:
            self.done.append(lambda: self.store.change_profile(lambda told: before))
        else:
            self.prompt.tell("no_plan_without")
            self._pass(field, interview)

    def _age(self, field: str) -> bool:
        def take(given: str) -> bool:
            if given != "?" and not given.isdigit():
                raise BadInput((plainly(self.prompt.own("age_again")),))
            return self._tell(field, given)

        return self.prompt.until(self.prompt.own(field), take, self.prompt.own("why_about"))

    def _tell(self, field: str, given: str) -> bool:
        """Whether it was told: not for a ?."""
        if given == "?":
            return False
        entering.answer(self.store, [(field, given)], self.on, self.knowledge)
        return True

    def _sex(self) -> bool:
        """By number or by word; whether it was told."""
        self.prompt.tell("sex")
        words = {sex: self.prompt.own(f"sex_{sex}") for sex in ("female", "male")}
        self.prompt.listed(list(words.values()))

        named = {"1": "female", "2": "male", "?": "?"} | {word: sex for sex, word in words.items()}

        def take(given: str) -> bool:
            if given not in named:
                raise BadInput((plainly(self.prompt.own("one_again", most=len(words))),))
            return self._tell("sex", named[given])

        return self.prompt.until(self.prompt.own("one_number"), take, self.prompt.own("why_about"))

    def _page(self, page: Page, interview: Interview) -> None:
        """One page to tick what applies; what is ticked is asked in full, the rest is a plain no."""
        rows: list[int] = []
        self.done.append(lambda: self._forget(rows))
        try:
            if len(page.questions) == 1:
                rows += self.one(page.questions[0])
                return
            questions = self._listed(page)
            ticked = self.prompt.numbers(len(questions), [self._say(each, "why") for each in questions])
            for number, question in enumerate(questions, 1):
                if number not in ticked:
                    rows += self._store(question, "no")
            for number in sorted(ticked):
                self.prompt.say("")
                rows += self.one(questions[number - 1])
                interview.refresh(self.store.told())
                if interview.triage().tier >= Tier.T4:
                    return
        except Back:
            self._forget_page(rows)

    def _forget_page(self, rows: list[int]) -> None:
        """Back out of a page: first to its own beginning, then to the step before it."""
        self.done.pop()()
        if not rows:
            raise Back

    def _listed(self, page: Page) -> tuple[Question, ...]:
        """The questions in the order of their numbers on the page: what may be an emergency comes first."""
        self.prompt.tell("page")
        begin = 1
        for heading, part in (("page_urgent", page.urgent), ("page_rest", page.rest)):
            if part:
                self.prompt.say("")
                self.prompt.lines(self.prompt.own(heading) + ":")
                self.prompt.listed([self._line(each) for each in part], begin)
                begin += len(part)
        return (*page.urgent, *page.rest)

    def _line(self, question: Question) -> str:
        return self._say(question, "ask" if question.tick is None else "tick")

    def _say(self, question: Question, field: str) -> str:
        return self.prompt.wording.say(question.text(field))

    def one(self, question: Question, why_now: str = "", may_skip: bool = False) -> tuple[int, ...]:
        """Asks one question until the answer is one it allows; ids of the rows it made.

        Where it may be skipped, Enter leaves it unanswered.
        """
        self.prompt.lines(self._say(question, "ask"))
        options = list(question.options)
        if options:
            self.prompt.listed([self._say(question, f"options.{key}") for key in options])
        return self.prompt.until(
            self._hint(question),
            lambda given: (
                () if may_skip and not given else self._store(question, self._meant(question, options, given))
            ),
            f"{self._say(question, 'why')} {why_now}".strip(),
        )

    def _hint(self, question: Question) -> str:
        match question.kind:
            case "yes_no":
                return self.prompt.own("yes_no")
            case "choice":
                return self.prompt.own("one_number")
            case "number":
                return self.prompt.own("number", unit=question.unit or "")
            case "date":
                return self.prompt.own("date")

    def _meant(self, question: Question, options: list[str], given: str) -> AnswerValue:
        """What a short answer stands for: y, n, ?, or the number of an option.

        Raises: BadInput saying what may be typed.
        """
        if given in ("?", NOT_SURE):
            return NOT_SURE
        if question.kind == "yes_no":
            return self.prompt.yes_no(given)
        if question.kind == "choice" and given not in options:
            if not (given.isdigit() and 1 <= int(given) <= len(options)):
                raise BadInput((plainly(self.prompt.own("one_again", most=len(options))),))
            return options[int(given) - 1]
        return given

    def _store(self, question: Question, value: AnswerValue) -> tuple[int, ...]:
        return entering.answer_rows(self.store, [(question.id, value)], self.on, self.knowledge)

    def _pain(self, interview: Interview) -> None:
        """Score, places and timing as one note; Enter at the score leaves it out."""
        prompt = f"{self.prompt.own('score')} {self.prompt.own('skip')}"
        score = self.prompt.until(prompt, lambda given: self.prompt.score(given) if given else None)
        if score is None:
            self._pass("pain", interview)
            return
        told: dict[str, object] = {"on": self.on, "score": score}
        if score > 0:
            self.prompt.say("")
            told["regions"] = ask_where(self.prompt)
            told["timing"] = self._timing()
        row = entering.log_pain_row(self.store, told)
        self.done.append(lambda: self.store.forget(row))

    def _timing(self) -> PainTiming | None:
        self.prompt.say("")
        self.prompt.tell("timing")
        self.prompt.listed([self.prompt.wording.say(Text(f"body.{each}")) for each in TIMINGS])

        def take(given: str) -> PainTiming | None:
            if given in ("", "?", "0"):
                return None
            if not (given.isdigit() and 1 <= int(given) <= len(TIMINGS)):
                raise BadInput((plainly(self.prompt.own("one_again", most=len(TIMINGS))),))
            return TIMINGS[int(given) - 1]

        return self.prompt.until(f"{self.prompt.own('one_number')}; {self.prompt.own('skip')}", take)

    def _began(self, interview: Interview) -> None:
        question = self.knowledge.questions[BEGAN]
        self.prompt.tell("began")
        rows = self.prompt.until(
            f"{self.prompt.own('date')}; {self.prompt.own('skip')}",
            lambda given: self._store(question, self._meant(question, [], given)) if given else None,
            self._say(question, "why"),
        )
        if rows is None:
            self._pass(BEGAN, interview)
        else:
            self.done.append(lambda: self._forget(rows))

    def _telling(self, step: Telling, interview: Interview) -> None:
        self.prompt.tell("telling", number=step.number, most=interview.most)
        rows = self.one(step.question, self.prompt.wording.say(step.why_now))
        interview.told.append(step.question.id)

        def undo() -> None:
            interview.told.remove(step.question.id)
            self._forget(rows)

        self.done.append(undo)

    def _forget(self, rows: Sequence[int]) -> None:
        for row in rows:
            self.store.forget(row)

    def _pass(self, name: str, interview: Interview) -> None:
        interview.passed.add(name)
        self.done.append(lambda: interview.passed.discard(name))

    def alarm(self, triage: Triage) -> None:
        """What must be seen first, where nobody can overlook it."""
        wording = self.prompt.wording
        self.prompt.say("")
        self.prompt.say("!" * 72)
        self.prompt.lines(wording.say(triage.headline).upper())
        self.prompt.lines(wording.say(triage.where_to_go))
        for flag in triage.raised:
            self.prompt.lines(f"{wording.say(flag.name)}: {wording.say(flag.why)}", "  ", "- ")
        self.prompt.say("!" * 72)
