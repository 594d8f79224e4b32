"""A session in lines of words, for a calendar's description and a page."""

from __future__ import annotations

from collections.abc import Iterator

from backstride.model.assessment import Assessment, Plan, Tier
from backstride.model.session import Block, Session
from backstride.model.text import Text
from backstride.reports.wording import Wording


def alarm(assessment: Assessment, wording: Wording) -> str | None:
    """What must stand first wherever the plan is read; None where no flag is raised."""
    must = assessment.triage
    return wording.say(must.headline) if must.tier > Tier.T0 else None


def session_lines(session: Session, wording: Wording) -> Iterator[str]:
    """Each block in a line, why it is shorter than usual, where it ends, then when to stop."""
    yield from (block_line(block, wording) for block in session.blocks)
    yield from limits_of_length(session, wording)
    yield from (wording.say(limit) for limit in session.limits)


def limits_of_length(session: Session, wording: Wording) -> Iterator[str]:
    """Why it is shorter than its step, and the distance at which it ends."""
    if session.shorter is not None:
        yield wording.say(session.shorter)
    if session.ends is not None:
        yield wording.say(session.ends)


def block_line(block: Block, wording: Wording) -> str:
    """What and how much: "Bird dog: 2 rounds of 6"."""
    name = wording.say(block.name)
    if block.dose is None:
        return name
    return wording.say(Text("session.line", {"name": name, "dose": wording.say(block.dose)}))


def of_kind(plan: Plan) -> dict[str, Session]:
    """The plan's sessions by kind."""
    return {session.kind: session for session in plan.sessions}
