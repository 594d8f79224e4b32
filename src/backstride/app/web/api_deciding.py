"""What the API can be told of the record: which activities are one, which are out of it, and shoes."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from backstride.app.copies_list import join_activities, part_record
from backstride.app.record import remove
from backstride.app.recorded import add_shoe
from backstride.app.web.api_asked import Faults, IsAsked, Shape, Stored
from backstride.model.history import DROP_MM, STACK_MM, Shoe

router = APIRouter(responses={422: {"model": Faults}})
RunId = Annotated[str, Field(min_length=1, max_length=80)]
Millimetres = Annotated[float, Field(allow_inf_nan=False)]


class Joined(Shape):
    """Two activities, by the ids that GET runs gives."""

    first: RunId
    second: RunId


class Parted(Shape):
    """One record of an activity, by its id."""

    record: RunId


class Removed(Shape):
    """An activity, by its id."""

    id: RunId


class ShoeTold(Shape):
    """A pair of shoes; one told by the name of a pair on record is that pair."""

    id: RunId
    model: Annotated[str, Field(max_length=200)] = ""
    in_use_from: date | None = None
    in_use_to: date | None = None
    distance_before_m: Annotated[float, Field(ge=0, le=40_000_000, allow_inf_nan=False)] | None = None
    drop_mm: Annotated[Millimetres, Field(ge=DROP_MM[0], le=DROP_MM[1])] | None = None
    stack_mm: Annotated[Millimetres, Field(ge=STACK_MM[0], le=STACK_MM[1])] | None = None


@router.post("/runs/join")
def join(asked: IsAsked, told: Joined) -> Stored:
    """The two are one from now on."""
    with asked.here.store() as store:
        return Stored(rows=list(join_activities(store, told.first, told.second)))


@router.post("/runs/part")
def part(asked: IsAsked, told: Parted) -> Stored:
    """The record stands alone from now on."""
    with asked.here.store() as store:
        return Stored(rows=list(part_record(store, told.record)))


@router.post("/runs/remove")
def take_out(asked: IsAsked, told: Removed) -> Stored:
    """The activity is out of the record, with every copy of it."""
    with asked.here.store() as store:
        remove(store, told.id, asked.here.on)
        return Stored(rows=[store.diary("removed")[-1].id])


@router.post("/shoes")
def shoes(asked: IsAsked, told: ShoeTold) -> Stored:
    """A pair added, or what was told of one changed."""
    with asked.here.store() as store:
        add_shoe(store, Shoe(**told.model_dump()))
        return Stored(rows=[store.diary("shoe")[-1].id])
