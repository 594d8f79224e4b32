"""The plan made ready for its page: days, the rungs of the ladder, and exercises with what is wished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup

from backstride.app.web.here import Here
from backstride.knowledge.exercise import Exercise
from backstride.model.assessment import Plan, Step
from backstride.model.drawing import Drawing
from backstride.model.session import SessionKind
from backstride.model.wishes import WishKept
from backstride.plan.climb import STEP
from backstride.plan.run_steps import WALK_UNTIL_SEEN
from backstride.plan.sessions import BEFORE_RUNNING
from backstride.plan.situation import LADDER
from backstride.reports.blocks import Item, Listing
from backstride.reports.figure_svg import figure_svg
from backstride.reports.outline import step_item
from backstride.reports.sayer import Sayer
from backstride.reports.session_lines import of_kind

FIGURE_WIDTH = 260
_RULES = f"ladders.{LADDER}.rules."
_NOT_LISTED = ("exercise", "avoid", "see", "review")
"""Kinds of step that stand elsewhere on the page than in the list of what to do."""


@dataclass(frozen=True, slots=True)
class ShownDay:
    """One day of the week to come."""

    on: date
    weekday: str
    name: str
    sessions: tuple[tuple[SessionKind, str], ...]
    free: str
    """What to say of a day without a session."""
    is_today: bool
    is_review: bool = False


@dataclass(frozen=True, slots=True)
class ShownRung:
    """One step of the ladder."""

    number: int
    words: str
    place: Literal["below", "here", "above"]


@dataclass(frozen=True, slots=True)
class ShownExercise:
    """One exercise, and what is wished of it."""

    id: str
    name: str
    figure: Markup
    item: Item
    dose: str | None
    how: tuple[str, ...]
    changes: tuple[str, ...]
    """How to make it harder and easier, and how much it may hurt."""
    because: str
    wish: WishKept | None


@dataclass(frozen=True, slots=True)
class OneOfAll:
    """One exercise of all there are: no dose, which is the plan's to give."""

    id: str
    name: str
    figure: Markup
    because: str
    muscles: str
    planned: bool
    wish: WishKept | None


def days_of(plan: Plan, here: Here) -> tuple[ShownDay, ...]:
    """The days of the plan, and the review where it is the day after them."""
    say, sessions = here.wording.say, of_kind(plan)
    days = []
    for day in plan.week:
        paused = any(day.on in pause for pause in plan.pauses)
        days.append(
            ShownDay(
                on=day.on,
                weekday=here.say(f"session.weekday_{day.on.isoweekday()}"),
                name=here.wording.short_day(day.on),
                sessions=tuple((kind, say(sessions[kind].name)) for kind in day.sessions if kind in sessions),
                free=here.say("session.paused" if paused else "session.free"),
                is_today=day.on == here.on,
            )
        )
    after = plan.week[-1].on + timedelta(days=1) if plan.week else here.on
    if plan.review_on == after:
        weekday, name = here.say(f"session.weekday_{after.isoweekday()}"), here.wording.short_day(after)
        days.append(ShownDay(after, weekday, name, (), here.say("session.review"), after == here.on, True))
    return tuple(days)


def ladder_of(plan: Plan, here: Here) -> tuple[ShownRung, ...]:
    """Every step with its session in words; none where the plan stands on no step of it."""
    on_it = (BEFORE_RUNNING, WALK_UNTIL_SEEN)
    if not any(step.id in on_it or step.id.startswith(STEP) for step in plan.steps):
        return ()
    ladder = here.knowledge.ladders[LADDER]
    return tuple(
        ShownRung(
            number,
            here.wording.say(ladder.text(f"rung.{number}.session")),
            "here" if number == plan.rung else "below" if number < plan.rung else "above",
        )
        for number in range(len(ladder.rung))
    )


def to_do(plan: Plan, here: Here) -> tuple[Listing, ...]:
    """What to do now in the plan's order, without the exercises; then what to leave out."""
    say = Sayer(here.wording)
    do = tuple(_folded(step, say) for step in plan.steps if step.kind not in _NOT_LISTED)
    leave = tuple(step_item(step, say) for step in plan.steps if step.kind == "avoid")
    listings = (Listing(do, ordered=True), Listing(leave, say.own("leave")))
    return tuple(each for each in listings if each.items)


def _folded(step: Step, say: Sayer) -> Item:
    """One step; the rules of the ladder, which are the same for every session of it, with the detail."""
    item = step_item(step, say)
    rules = tuple(say(text) for text in step.how if text.id.startswith(_RULES))
    lines = tuple(line for line in item.lines if line not in rules)
    return replace(item, lines=lines, more=(*(line for line in item.lines if line in rules), *item.more))


def steps_of(plan: Plan, kind: Literal["see", "review"], here: Here) -> Listing | None:
    """Whom to see, or when to look again; None where nothing is said of it."""
    items = tuple(step_item(step, Sayer(here.wording)) for step in plan.steps if step.kind == kind)
    return Listing(items) if items else None


def exercises_of(plan: Plan, here: Here) -> Iterator[ShownExercise]:
    """The exercises to do now."""
    wishes = _by_exercise(plan)
    for step in plan.steps:
        if step.kind == "exercise" and step.id in here.knowledge.exercises:
            yield _shown(step, here.knowledge.exercises[step.id], wishes.get(step.id), here)


def _shown(step: Step, exercise: Exercise, wish: WishKept | None, here: Here) -> ShownExercise:
    say, lines = here.wording.say, Sayer(here.wording).all(step.how)
    cues = len(exercise.how)
    return ShownExercise(
        id=step.id,
        name=say(step.what),
        figure=drawn(step.drawing, say(step.what), here),
        item=step_item(step, Sayer(here.wording)),
        dose=None if step.dose is None else say(step.dose),
        how=lines[:cues],
        changes=lines[cues:],
        because=say(step.because),
        wish=wish,
    )


def every_exercise(plan: Plan, here: Here) -> tuple[OneOfAll, ...]:
    """All that may be wished for, those of the plan first."""
    wishes, planned = _by_exercise(plan), {step.id for step in plan.steps}
    say = here.wording.say
    shown = [
        OneOfAll(
            id=id,
            name=say(each.text("name")),
            figure=drawn(each.drawing.drawing(here.knowledge.poses), say(each.text("name")), here),
            because=say(each.text("why")),
            muscles=say(each.text("muscles")),
            planned=id in planned,
            wish=wishes.get(id),
        )
        for id, each in sorted(here.knowledge.exercises.items(), key=lambda item: (item[1].order, item[0]))
        if each.phases
    ]
    return tuple(sorted(shown, key=lambda each: (not each.planned, each.wish is None)))


def drawn(drawing: Drawing | None, name: str, here: Here) -> Markup:
    """The drawing of an exercise; nothing where there is none."""
    if drawing is None:
        return Markup()
    return Markup(figure_svg(drawing, here.say("report.figure", name=name), FIGURE_WIDTH))


def _by_exercise(plan: Plan) -> Mapping[str, WishKept]:
    return {wish.exercise: wish for wish in plan.wishes}
