"""Commands by which a runner, or a physiotherapist, says what is wanted of the plan."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, get_args

import typer

from backstride.app import actions
from backstride.app.commands.common import (
    AsJson,
    OnDay,
    StorePath,
    UnitsOption,
    day_or_today,
    day_told,
    door,
    echo_json,
    opened,
    wording,
)
from backstride.app.wishing import (
    checked_exercise_wish,
    end_pause,
    metres_in,
    tell_goal,
    tell_pause,
    tell_restart,
)
from backstride.knowledge.loader import shipped
from backstride.model.assessment import NoPlan, Plan
from backstride.model.text import Value
from backstride.model.wishes import PauseReason, WishKind
from backstride.plan.ladder_history import WHY_RESTART
from backstride.reports.as_json import plain
from backstride.reports.wording import Units
from backstride.store.store import Store

Exercise = Annotated[str, typer.Argument(help="The exercise, as in bird_dog.")]
ByPhysio = Annotated[bool, typer.Option("--physio", help="A physiotherapist asks for it.")]


def goal(
    what: Annotated[str, typer.Argument(help="first-run | keep-training | none | a distance, as in 10km.")],
    by: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day by which, or of the race.", show_default=False),
    ] = None,
    race: Annotated[bool, typer.Option("--race", help="It is a race, on the day given with --by.")] = False,
    on: OnDay = None,
    units: UnitsOption = "km",
    store: StorePath = None,
    as_json: AsJson = False,
) -> None:
    """What you are after, and the soonest day that the plan's rules allow for it."""
    distance_m = metres_in(what)
    kind = what if distance_m is None else "distance"
    told_on = day_told(on)
    with opened(store) as opened_store:
        tell_goal(opened_store, kind, told_on, distance_m, None if by is None else by.date(), race)
        made = actions.assess_store(opened_store, told_on, shipped()).plan
    words = wording(units)
    if as_json:
        found = made.own_goal if isinstance(made, Plan) else None
        echo_json({"made": isinstance(made, Plan), "own_goal": plain(found, words)})
        return
    if isinstance(made, NoPlan):
        typer.echo(door("wish_no_plan", why=made.reason))
    elif made.own_goal is None:
        typer.echo(door("goal_none"))
    else:
        ahead = made.own_goal
        for line in (ahead.asks, ahead.says, *ahead.because, *ahead.instead):
            typer.echo(words.say(line))
    typer.echo(door("undo", kind="goal"))


def pin(exercise: Exercise, physio: ByPhysio = False, on: OnDay = None, store: StorePath = None) -> None:
    """Have an exercise always in the plan, where nothing speaks against it."""
    _wish(exercise, "pin", physio, on, store)


def ban(exercise: Exercise, physio: ByPhysio = False, on: OnDay = None, store: StorePath = None) -> None:
    """Have an exercise never in the plan; another one takes its place."""
    _wish(exercise, "ban", physio, on, store)


def free(exercise: Exercise, physio: ByPhysio = False, on: OnDay = None, store: StorePath = None) -> None:
    """Leave an exercise to the plan again."""
    _wish(exercise, "free", physio, on, store)


def _wish(exercise: str, wish: WishKind, physio: bool, on: datetime | None, store: StorePath) -> None:
    knowledge, told_on = shipped(), day_told(on)
    with opened(store) as opened_store:
        who = "physio" if physio else "runner"
        wished = checked_exercise_wish(exercise, wish, who, told_on, knowledge)
        [row] = opened_store.add(wished)
        made = actions.assess_store(opened_store, told_on, knowledge).plan
    words = wording("km")
    typer.echo(door(f"wish_{wish}", name=knowledge.exercises[wished.exercise].text("name")))
    if isinstance(made, NoPlan):
        typer.echo(door("wish_no_plan", why=made.reason))
    else:
        for kept in (each for each in made.wishes if each.exercise == wished.exercise and each.because):
            for line in (kept.says, *kept.because):
                typer.echo(words.say(line))
    typer.echo(door("undo", kind=str(row)))


def pause(
    reason: Annotated[str, typer.Argument(help=" | ".join(get_args(PauseReason)))] = "other",
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.", show_default="today"),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], help="The last day, where it is known."),
    ] = None,
    on: OnDay = None,
    units: UnitsOption = "km",
    store: StorePath = None,
) -> None:
    """Days without the plan, for whatever reason: it loosens no rule, and answers no safety question."""
    told_on = day_told(on)
    first = told_on if since is None else since.date()
    last = None if until is None else until.date()
    with opened(store) as opened_store:
        tell_pause(opened_store, reason, first, last, told_on)
        said: dict[str, Value] = {"first": first} if last is None else {"first": first, "last": last}
        typer.echo(door("pause_open" if last is None else "pause_until", **said))
        typer.echo(door("pause_safety"))
        _tell_pauses(opened_store, told_on, units)
    typer.echo(door("undo", kind="pause"))


def resume(
    on: OnDay = None,
    units: UnitsOption = "km",
    store: StorePath = None,
) -> None:
    """Back from a pause: today, or the day given, is the first day after it."""
    back_on = day_or_today(on)
    with opened(store) as opened_store:
        end_pause(opened_store, back_on, min(back_on, day_or_today(None)))
        typer.echo(door("pause_over", day=back_on))
        _tell_pauses(opened_store, back_on, units)
    typer.echo(door("undo", kind="pause"))


def _tell_pauses(store: Store, on: date, units: Units) -> None:
    """The pauses of now and of the days ahead, each with what holds afterwards."""
    made = actions.assess_store(store, on, shipped()).plan
    words = wording(units)
    if isinstance(made, NoPlan):
        typer.echo(door("wish_no_plan", why=made.reason))
        return
    for ahead in made.pauses:
        for line in (ahead.says, *ahead.then):
            typer.echo(words.say(line))


def restart(on: OnDay = None, store: StorePath = None) -> None:
    """Begin the walk-run ladder again at its first running step."""
    day = day_told(on)
    with opened(store) as opened_store:
        tell_restart(opened_store, day)
        made = actions.assess_store(opened_store, day, shipped()).plan
    words = wording("km")
    typer.echo(door("restart", day=day))
    if isinstance(made, NoPlan):
        typer.echo(door("wish_no_plan", why=made.reason))
    else:
        change = next(each for each in made.history if each.why.id == WHY_RESTART and each.on == day)
        typer.echo(" ".join(words.say(led) for led in change.led_to))
    typer.echo(door("undo", kind="restart"))
