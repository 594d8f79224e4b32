"""What the runner wants of the plan, and what the plan makes of it."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.model.assessment import Plan
from backstride.model.wishes import GoalAhead, PauseAhead, WishKept
from backstride.reports.blocks import Block, Item, Listing
from backstride.reports.sayer import Sayer


def wanted(plan: Plan, say: Sayer) -> Iterator[Block]:
    """The goal with its day, and the exercises asked for or left out."""
    if plan.own_goal is not None:
        yield Listing((_goal(plan.own_goal, say),), say.own("own_goal"))
    if plan.wishes:
        yield Listing(tuple(_wish(wish, say) for wish in plan.wishes), say.own("wishes"))


def paused(plan: Plan, say: Sayer) -> Iterator[Block]:
    """Pauses, and what holds after them."""
    if plan.pauses:
        yield Listing(tuple(_pause(pause, say) for pause in plan.pauses), say.own("pauses"))


def _goal(goal: GoalAhead, say: Sayer) -> Item:
    return Item(f"{say(goal.asks)} {say(goal.says)}", lines=(*say.all(goal.because), *say.all(goal.instead)))


def _pause(pause: PauseAhead, say: Sayer) -> Item:
    return Item(say(pause.says), lines=say.all(pause.then))


def _wish(wish: WishKept, say: Sayer) -> Item:
    return Item(say(wish.says), lines=say.all(wish.because))
