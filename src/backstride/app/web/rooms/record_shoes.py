"""Shoes: how far each pair has gone, new or old, and what no watch records: drop and sole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta
from math import isfinite

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from backstride.app import recorded
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.rooms.record_runs import M_PER, day_or_fault
from backstride.model.errors import BadInput
from backstride.model.gear import ShoeRack
from backstride.model.history import DROP_MM, STACK_MM, Shoe, Span
from backstride.reports.page import WIDTHS
from backstride.reports.record.axis import Axis
from backstride.reports.record.lanes_gear import shoes_lane
from backstride.reports.record.picture import lanes_alone
from backstride.reports.record.shoes import open_row, rack_lines, shoe_heads, shoe_rows
from backstride.reports.record.table import PageTable

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was filled in."""

    id: str = ""
    model: str = ""
    since: str = ""
    until: str = ""
    before: str = ""
    drop: str = ""
    stack: str = ""


NUMBERS = {"before": (0.0, 20_000.0), "drop": DROP_MM, "stack": STACK_MM}
"""From and to; `before` in the runner's own unit."""


@router.get("/record/shoes")
def shoes(here: HereIs, noted: str = "", back: int = 0) -> HTMLResponse:
    """The rack, a picture of when each pair was worn, and the form for a pair."""
    return _page(here, Typed(), {}, (), noted, bool(back))


@router.post("/record/shoes")
def tell(here: HereIs, form: Form) -> Response:
    """A pair added, or what was told of one changed."""
    typed = Typed(**{each.name: str(form.get(each.name, "")).strip() for each in fields(Typed)})
    told, faults = _shoe(typed, here)
    if told is None:
        return _page(here, typed, faults, (), "", False, 422)
    with here.store() as store:
        try:
            recorded.add_shoe(store, told)
        except BadInput as error:
            return _page(here, typed, {}, here.told(error.faults), "", False, 422)
    return here.to("/record/shoes?noted=1")


@router.post("/record/shoes/undo")
def undo(here: HereIs, form: Form) -> Response:
    """What was told of a pair last is taken back."""
    with here.store() as store:
        store.forget_last("shoe")
    return here.to("/record/shoes?back=1")


def _page(
    here: Here,
    typed: Typed,
    faults: dict[str, str],
    told: tuple[str, ...],
    noted: str,
    back: bool,
    status: int = 200,
) -> HTMLResponse:
    with here.store() as store:
        rack = here.home.keep(
            store, ("rack", here.on), lambda: recorded.rack_of(store, here.on, here.knowledge)
        )
    words = here.wording
    rows = (*shoe_rows(rack.pairs, words), *open_row(rack, words))
    heads = shoe_heads(words)
    used = [at for at in range(len(heads)) if any(row[at] for row in rows)]
    table = PageTable(
        here.say("record.table_shoes"),
        tuple(heads[at] for at in used),
        tuple(tuple(row[at] for at in used) for row in rows),
    )
    return here.page(
        "record_shoes.html.j2",
        status,
        rack=rack,
        table=table,
        drawings=_pictures(rack, here),
        lines=list(rack_lines(rack, words, beside_form=True)),
        typed=typed,
        faults=faults,
        told=told,
        noted=bool(noted),
        back=back,
    )


def _pictures(rack: ShoeRack, here: Here) -> list[Markup]:
    """When each of the newest pairs was worn, over two years at most."""
    days = [day for pair in rack.pairs for day in (pair.first_on, pair.last_on) if day is not None]
    if not days:
        return []
    span = Span(max(min(days), here.on - timedelta(days=730)), here.on)
    pictures = []
    for width in WIDTHS:
        axis = Axis(span, width, here.wording)
        lane = shoes_lane(rack.pairs, axis)
        if lane is not None:
            pictures.append(Markup(lanes_alone((lane,), axis, here.say("record.shoe_words"))))
    return pictures


def _shoe(typed: Typed, here: Here) -> tuple[Shoe | None, dict[str, str]]:
    """The pair as told, or by field what cannot be read."""
    faults: dict[str, str] = {}
    if not typed.id:
        faults["id"] = here.say("web_record.no_name")
    since, until = (day_or_fault(getattr(typed, name), name, faults, here) for name in ("since", "until"))
    if since is not None and until is not None and until < since:
        faults["until"] = here.say("web_record.before_first")
    before, drop, stack = (_number(getattr(typed, name), name, faults, here) for name in NUMBERS)
    if faults:
        return None, faults
    metres = None if before is None else before * M_PER[here.looks.units]
    return Shoe(typed.id, typed.model, since, until, metres, drop_mm=drop, stack_mm=stack), {}


def _number(typed: str, name: str, faults: dict[str, str], here: Here) -> float | None:
    if not typed:
        return None
    low, high = NUMBERS[name]
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not isfinite(value) or not low <= value <= high:
        faults[name] = here.say("web_record.no_number_within", low=f"{low:g}", high=f"{high:g}")
        return None
    return value
