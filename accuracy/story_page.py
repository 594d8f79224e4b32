"""A played story as a page that is read in three minutes: Markdown, in the program's own sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from accuracy.story_days import WEEK, Day, Played, due
from accuracy.story_file import Told

from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import Assessment, NoPlan, Plan, Step, Tier
from backstride.model.session import SessionKind
from backstride.model.text import Text, Value
from backstride.plan.climb import STEP
from backstride.plan.run_steps import WALK_UNTIL_SEEN
from backstride.plan.situation import LADDER
from backstride.reports.wording import Wording
from backstride.triage.because import in_words

RUNNING = ("no_running", "running_later", "before_running", "no_impact", WALK_UNTIL_SEEN)
"""Steps about running that are not one of the ladder."""
NEXT_SESSION = "plan.next_session"
"""Which day is next: the table shows it, so it is no news of a week."""


def page(played: Played, knowledge: Knowledge) -> str:
    """The whole page."""
    return _Page(played, knowledge).page()


class _Page:
    def __init__(self, played: Played, knowledge: Knowledge) -> None:
        self.played, self.story, self.knowledge = played, played.story, knowledge
        self.wording = Wording(knowledge.sentences)
        self.say = self.wording.say
        self.given: set[str] = set()
        """What was said of whom to see: each once."""

    def page(self) -> str:
        story, days = self.story, self.played.days
        lines = [f"# {story.title}", "", story.who, "", f"*What this story shows: {story.shows}*", ""]
        lines += ["Pain from 0 to 10: d during, a after, m the morning after.", ""]
        lines += self._first(days[0])
        shown = days[0].morning
        for week in range((story.days - 1) // WEEK + 1):
            lines += self._week(week, shown)
            shown = [day for day in days if day.number // WEEK <= week][-1].night
        lines += self._ending(days[-1])
        return "\n".join(lines).rstrip() + "\n"

    # -- day 0 ---------------------------------------------------------------------------------------------

    def _first(self, day: Day) -> Iterator[str]:
        answer = day.morning
        yield f"## The first answer, {self.wording.day(day.on)}"
        yield ""
        if told := self._told_at_first(day):
            yield f"- **Told:** {told}"
        yield f"- **Record:** {self._record(answer)}"
        yield f"- **Safety:** {day.reasked} questions. {self.say(answer.triage.headline)}"
        yield from self._raised(answer)
        if answer.changes:
            yield f"- **What changed before:** {self.say(answer.changes[0].statement)}"
        for fit in ("fits best", "possible"):
            names = [self.say(cause.name) for cause in answer.causes if cause.fit == fit]
            if names:
                yield f"- **{fit.capitalize()}:** {'; '.join(names)}"
        if answer.kind_of_pain is not None:
            kind = answer.kind_of_pain
            words = Text(f"report.kind_{kind.fit.replace(' ', '_')}", {"kind": kind.name})
            yield f"- **Kind of pain:** {self.say(words)}"
        yield from self._whole_plan(answer)
        yield ""

    def _told_at_first(self, day: Day) -> str:
        """The answers of day 0 that are not harmless, in words."""
        questions = self.knowledge.questions
        words: list[str] = []
        for id, value in self.story.answers.items():
            question = questions[id]
            if question.group == "safety" and str(value) in question.harmless:
                continue
            match question.kind:
                case "yes_no":
                    words.append(self.say(question.text("short")) if value == "yes" else "")
                    if value != "yes" and question.group in ("running", "test", "pain"):
                        words[-1] = f"{'not sure' if value == 'not_sure' else 'no'}: " + self.say(
                            question.text("short")
                        )
                case "choice":
                    words.append(self.say(in_words(id, str(value), self.knowledge)))
                case _:
                    words.append(f"{self.say(question.text('short'))}: {value}")
        notes = "; ".join(f"{note.score:g} of 10 on day {note.day}" for note in self.story.notes)
        return "; ".join((*(each for each in words if each), *((f"pain {notes}",) if notes else ())))

    def _record(self, answer: Assessment) -> str:
        made = answer.coverage
        if made.first_on is None or made.last_on is None:
            return self.say(Text("report.coverage_none"))
        ends: dict[str, Value] = {"first": made.first_on, "last": made.last_on}
        counts: dict[str, Value] = {"runs": made.runs, "others": made.other_activities}
        return self.say(Text("report.coverage", counts | ends))

    def _raised(self, answer: Assessment) -> Iterator[str]:
        for flag in answer.triage.raised:
            because = ", ".join(self.say(each) for each in flag.because)
            yield f"  - **{self.say(flag.name)}** ({because}): {self.say(flag.why)}"

    def _whole_plan(self, answer: Assessment) -> Iterator[str]:
        plan = answer.plan
        if isinstance(plan, NoPlan):
            yield f"- **Plan:** {self.say(plan.reason)}"
            yield from (f"  - {self.say(each)}" for each in plan.do)
            return
        yield f"- **Goal:** {self.say(plan.goal)}"
        for note in plan.notes:
            yield f"- **Note:** {self.say(note)}"
        yield f"- **Expect:** {self.say(plan.expect)}"
        yield f"- **Look again:** {self.wording.day(plan.review_on)}"

    # -- a week --------------------------------------------------------------------------------------------

    def _week(self, week: int, before: Assessment) -> Iterator[str]:
        days = [day for day in self.played.days if day.number // WEEK == week]
        first, last = week * WEEK, min(week * WEEK + WEEK - 1, self.story.days - 1)
        yield f"## Week {week + 1} (day {first} to {last})"
        yield ""
        if not days:
            yield "Nothing is told."
            yield ""
            return
        yield from self._asks(days[0].morning, None if week == 0 else before)
        if any(day.told is not None for day in days):
            yield ""
            yield "| day | the plan has | what happens | pain | judged | and so |"
            yield "|---|---|---|---|---|---|"
            yield from (self._row(day) for day in days if day.told is not None)
        changes = list(self._changes(days, before))
        if changes:
            yield ""
            yield "What changed, and why:"
            yield from changes
        yield ""

    def _asks(self, answer: Assessment, before: Assessment | None) -> Iterator[str]:
        """What the plan asks at the beginning of the week; what is as it was is left out."""
        plan = answer.plan
        if isinstance(plan, NoPlan):
            yield f"**No plan.** {self.say(plan.reason)}"
            return
        was = () if before is None or not isinstance(before.plan, Plan) else self._heads(before.plan)
        yield "The plan asks:"
        yield ""
        yield from (f"- {self._step(step)}" for step in plan.steps if _about_running(step))
        heads = self._heads(plan)
        for index, head in enumerate(heads):
            if head and (index >= len(was) or was[index] != head):
                yield f"- {head}"
        if heads == was:
            yield "- Exercises and the rest as before."

    def _heads(self, plan: Plan) -> tuple[str, ...]:
        """Exercises in one line, what else is not running in another, and whom to see with all of it."""
        rest = [step for step in plan.steps if not _about_running(step)]
        exercises = [self._with_dose(step) for step in rest if step.kind == "exercise"]
        others = [self._name(step) for step in rest if step.kind not in ("exercise", "see")]
        see = [self._step(step) for step in rest if step.kind == "see"]
        return (
            f"**Exercises:** {' '.join(exercises)}" if exercises else "",
            f"**Besides:** {'; '.join(each.rstrip('.:') for each in others)}." if others else "",
            *see,
        )

    def _with_dose(self, step: Step) -> str:
        return self._name(step) + (f", {_lower(self.say(step.dose))}" if step.dose is not None else ".")

    def _step(self, step: Step) -> str:
        """A step with all that is said of it but the ladder's standing rules."""
        words = self._name(step)
        if step.dose is not None:
            words += f": {self.say(step.dose)}"
        how = [said for each in step.how if (said := self._how(each))]
        if step.kind == "see":
            how = [each for each in how if each not in self.given]
            self.given.update(how)
        return f"**{words}**" + (f" ({'; '.join(each.rstrip('.') for each in how)})" if how else "")

    def _how(self, text: Text) -> str:
        """What belongs to a step, in short: standing rules are left out, a cap is said in full once."""
        if text.id.startswith(f"ladders.{LADDER}.rules") or text.id == "plan.see_bring":
            return ""
        if text.id == "plan.see_who":
            return self.wording.value(text.values["name"])
        if text.id == "plan.session_cap":
            if text.id in self.given:
                return f"at most {self.wording.value(text.values['cap'])}"
            self.given.add(text.id)
        return self.say(text)

    def _name(self, step: Step) -> str:
        return self.say(step.what)

    def _row(self, day: Day) -> str:
        told, judged = day.told, self.played.judged(day)
        assert told is not None
        cells = (
            str(day.number),
            self._has(day.morning),
            self._told(day),
            _scores(told),
            judged or "",
            self._so(day),
        )
        return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"

    def _so(self, day: Day) -> str:
        """What the day came to on the ladder, and why where it was not simply green."""
        change = self.played.led_to(day)
        if change is None:
            return ""
        why = () if change.judged in ("green", None) else (change.why,)
        return " ".join(self.say(each) for each in (*why, *change.led_to))

    def _has(self, answer: Assessment) -> str:
        """The sessions of that very day."""
        plan = answer.plan
        if isinstance(plan, NoPlan):
            return "no plan"
        names: Mapping[SessionKind, Text] = {session.kind: session.name for session in plan.sessions}
        kinds = plan.week[0].sessions if plan.week else ()
        words = [self.say(names[kind]) for kind in kinds]
        if "walk_run" in kinds:
            words[kinds.index("walk_run")] += f" (step {plan.rung})"
        return ", ".join(words) or "nothing"

    def _told(self, day: Day) -> str:
        told = day.told
        assert told is not None
        parts = [told.says] if told.says else []
        if told.did:
            parts.append(f"Did {', '.join(self._did(word, day) for word in told.did)}.")
        if told.run_km is not None:
            parts.append(f"Ran {told.run_km:g} km.")
        if told.seen is not None:
            parts.append(f"Tells of a visit; may run: {told.seen.may_run.replace('_', ' ')}.")
        if told.answers:
            parts.append("Answered: " + "; ".join(self._answers(told.answers)) + ".")
        return " ".join(parts)

    def _did(self, word: str, day: Day) -> str:
        if word == "session":
            return "the session" if due(day.morning) else "a session"
        if word.startswith(STEP):
            return f"step {word.removeprefix(STEP)}"
        return {"other": "something else"}.get(word, word.replace("_", " "))

    def _answers(self, answers: Mapping[str, object]) -> Iterator[str]:
        for id, value in answers.items():
            question = self.knowledge.questions[id]
            if question.kind == "choice":
                yield self.say(in_words(id, str(value), self.knowledge))
            else:
                yield f"{self.say(question.text('short'))}: {str(value).replace('_', ' ')}"

    # -- what changed --------------------------------------------------------------------------------------

    def _changes(self, days: list[Day], before: Assessment) -> Iterator[str]:
        again = [f"{day.reasked} on day {day.number}" for day in days if day.reasked and day.number > 0]
        if again:
            asked = ", ".join(again)
            yield f"- Asked again because the answers were too old, and answered as before: {asked}."
        for day in days:
            for now in (day.morning, day.night):
                for words in self._between(before, now):
                    yield f"- Day {day.number}: {words}"
                before = now

    def _between(self, before: Assessment, now: Assessment) -> Iterator[str]:
        if before is now:
            return
        was = {flag.id for flag in before.triage.raised}
        if now.triage.headline != before.triage.headline and (
            now.triage.tier > Tier.T0 or before.triage.tier > Tier.T0
        ):
            yield f"**{self.say(now.triage.headline)}**"
        for flag in now.triage.raised:
            if flag.id not in was:
                because = ", ".join(self.say(each) for each in flag.because)
                yield f"**{self.say(flag.name)}** ({because}). {self.say(flag.why)}"
        yield from self._of_causes(before, now)
        yield from self._of_course(before, now)
        yield from self._of_plans(before, now)

    def _of_causes(self, before: Assessment, now: Assessment) -> Iterator[str]:
        if now.triage.stops_plan:
            return
        best = [cause.name for cause in now.causes if cause.fit == "fits best"]
        if best != [cause.name for cause in before.causes if cause.fit == "fits best"]:
            yield (
                "What fits best is now: "
                + ("; ".join(self.say(name) for name in best) or "nothing clearly")
                + "."
            )

    def _of_course(self, before: Assessment, now: Assessment) -> Iterator[str]:
        if now.course is not None:
            marks = {} if before.course is None else {mark.review: mark.state for mark in before.course.marks}
            for mark in now.course.marks:
                if mark.state != "to come" and marks.get(mark.review) == "to come":
                    review = self.say(Text(f"report.course_{mark.review}"))
                    yield f"**Review, {review}:** {self.say(now.course.says)}"
        came = None if now.relapse is None else now.relapse.alarm_on
        if now.relapse is not None and (before.relapse is None or before.relapse.alarm_on != came):
            yield self.say(now.relapse.says)

    def _of_plans(self, before: Assessment, now: Assessment) -> Iterator[str]:
        match before.plan, now.plan:
            case Plan(), NoPlan() as none:
                yield f"**The plan is taken away.** {self.say(none.reason)}"
                yield from (f"  {self.say(each)}" for each in none.do)
            case NoPlan(), Plan() as plan:
                yield f"**There is a plan again.** {self.say(plan.goal)}"
                yield from (self._step(step) for step in plan.steps if _about_running(step))
            case Plan() as was, Plan() as plan:
                yield from self._of_steps(was, plan)

    def _of_steps(self, was: Plan, now: Plan) -> Iterator[str]:
        if was.goal != now.goal:
            yield f"The goal is now: {self.say(now.goal)}"
        yield from (self.say(note) for note in now.notes if note not in was.notes)
        before = _by_id(was)
        run = next((step for step in now.steps if _about_running(step)), None)
        if run is not None and run.id not in before:
            if not (now.rung > 0 and was.rung > 0):
                yield self._step(run)
        elif run is not None and run.dose == before[run.id].dose and run.id == "before_running":
            new = [each for each in run.how if each not in before[run.id].how and each.id != NEXT_SESSION]
            yield from (self.say(each) for each in new)
        new = [
            step for step in now.steps if step.id not in before and step.kind in ("see", "relief", "avoid")
        ]
        yield from (f"New: {self._step(step)}" for step in new if not _about_running(step))

    # -- the end -------------------------------------------------------------------------------------------

    def _ending(self, day: Day) -> Iterator[str]:
        answer = day.night
        yield f"## How it stands on day {day.number}"
        yield ""
        if self.story.ends:
            yield self.story.ends
            yield ""
        yield f"- **Safety:** {self.say(answer.triage.headline)}"
        if isinstance(answer.plan, Plan):
            runs = [step for step in answer.plan.steps if _about_running(step) or step.kind == "see"]
            yield from (f"- {self._step(step)}" for step in runs)
            yield f"- **Look again:** {self.wording.day(answer.plan.review_on)}"
        else:
            yield f"- **No plan.** {self.say(answer.plan.reason)}"
        if answer.course is not None:
            yield f"- **Course:** {self.say(answer.course.says)}"
        if answer.relapse is not None:
            yield f"- **Watch:** {self.say(answer.relapse.says)}"


def _by_id(plan: Plan) -> dict[str, Step]:
    return {step.id: step for step in plan.steps}


def _about_running(step: Step) -> bool:
    return step.id.startswith(STEP) or step.id in RUNNING


def _scores(told: Told) -> str:
    """The scores of a day with a letter each: now, during, after, the next morning."""
    each = (("now", told.now), ("d", told.during), ("a", told.after), ("m", told.morning))
    return " ".join(f"{name} {score:g}" for name, score in each if score is not None)


def _lower(words: str) -> str:
    """In the middle of a line."""
    return words[:1].lower() + words[1:]
