"""What is wished of the plan: a goal, an exercise, a pause, a beginning anew, and a visit that is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import Response

from backstride.app.calendar_kept import checked_begin, keep_wishes, new_secret, wishes_of
from backstride.app.visits import tell_seen
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.rooms.plan import WISHED, shown
from backstride.app.web.typed import day_typed, words_of
from backstride.app.wishing import (
    end_pause,
    metres_in,
    tell_exercise_wish,
    tell_goal,
    tell_pause,
    tell_restart,
)
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.store.store import Store

router = APIRouter()
Typed = dict[str, str]


@router.post("/plan/goal")
def goal(here: HereIs, form: Form) -> Response:
    """What the runner is after now."""
    return _told(here, "goal", words_of(form), _goal)


def _goal(store: Store, here: Here, typed: Typed) -> None:
    kind = typed.get("goal", "")
    length, by = typed.get("length", ""), day_typed(typed.get("by", ""))
    is_distance = kind == "distance"
    tell_goal(
        store,
        kind,
        here.on,
        _metres(length, here) if is_distance else None,
        None if kind == "none" else by,
        is_distance and "race" in typed,
    )


def _metres(length: str, here: Here) -> float | None:
    """What was typed, in the runner's units where it names none; None where it is no distance."""
    return metres_in(length) if metres_in(length) is not None else metres_in(f"{length} {here.looks.units}")


@router.post("/plan/wish")
def wish(here: HereIs, form: Form) -> Response:
    """One exercise always, never, or left to the plan again."""
    typed = words_of(form)
    back = "/plan/exercises" if typed.get("back") == "exercises" else "/plan"
    return _told(here, "exercises", typed, _wish, back)


def _wish(store: Store, here: Here, typed: Typed) -> None:
    who = "physio" if "physio" in typed else "runner"
    exercise, wished = typed.get("exercise", ""), typed.get("wish", "")
    tell_exercise_wish(store, exercise, wished, who, here.on, here.knowledge)


@router.post("/plan/pause")
def pause(here: HereIs, form: Form) -> Response:
    """Days without the plan."""
    return _told(here, "pause", words_of(form), _pause)


def _pause(store: Store, here: Here, typed: Typed) -> None:
    first, last = day_typed(typed.get("first", "")) or here.on, day_typed(typed.get("last", ""))
    tell_pause(store, typed.get("reason", "other"), first, last, here.on)


@router.post("/plan/resume")
def resume(here: HereIs, form: Form) -> Response:
    """Back from a pause: today is the first day after it."""
    return _told(here, "pause", words_of(form), lambda store, here, typed: end_pause(store, here.on, here.on))


@router.post("/plan/restart")
def restart(here: HereIs, form: Form) -> Response:
    """The ladder begins again at its first running step."""
    return _told(here, "restart", words_of(form), lambda store, here, typed: tell_restart(store, here.on))


@router.post("/plan/seen")
def seen(here: HereIs, form: Form) -> Response:
    """Somebody has looked, and what they said about running."""
    return _told(here, "seen", words_of(form), _seen)


def _seen(store: Store, here: Here, typed: Typed) -> None:
    day = day_typed(typed.get("on", "")) or here.on
    if day > here.on:
        raise BadInput((said("{day}: that day has not come yet", day=day.isoformat()),))
    tell_seen(store, typed.get("who", ""), typed.get("may_run", ""), day, here.knowledge)


@router.post("/plan/undo")
def undo(here: HereIs, form: Form) -> Response:
    """What was told on this page is taken back."""
    typed = words_of(form)
    given = {id for id in typed.get("rows", "").split(",") if id}
    with here.store() as store:
        ours = [row.id for kind in WISHED for row in store.diary(kind) if str(row.id) in given]
        for id in ours:
            store.forget(id)
    return here.to("/plan?undone=true#noted" if ours else "/plan")


@router.post("/plan/calendar")
def calendar(here: HereIs, form: Form) -> Response:
    """When sessions begin in the calendar, and an address that a calendar can ask."""
    typed, path = words_of(form), here.home.path
    try:
        begins = checked_begin(typed.get("begins", ""))
    except BadInput as error:
        return shown(here, typed, here.told(error.faults), "calendar")
    wishes = replace(wishes_of(path), begins=begins, language=here.looks.language, units=here.looks.units)
    if typed.get("feed") == "new":
        wishes = replace(wishes, secret=new_secret())
    elif typed.get("feed") == "off":
        wishes = replace(wishes, secret=None)
    keep_wishes(path, wishes)
    return here.to("/plan#take-along")


def _told(
    here: Here,
    name: str,
    typed: Typed,
    tell: Callable[[Store, Here, Typed], object],
    back: str = "/plan",
) -> Response:
    """On to the page that says what was noted; where it could not be, the form again as it was typed."""
    with here.store() as store:
        before = _rows(store)
        try:
            tell(store, here, typed)
        except BadInput as error:
            return shown(here, typed, here.told(error.faults), name)
        new = sorted(_rows(store) - before)
    return here.to(f"{back}?noted={','.join(map(str, new))}#noted")


def _rows(store: Store) -> set[int]:
    return {row.id for kind in WISHED for row in store.diary(kind)}
