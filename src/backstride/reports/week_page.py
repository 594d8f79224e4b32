"""The plan's week as one page for the wall, A4 when printed: days to tick, exercises, and when to stop."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from backstride.model.assessment import Assessment, Plan
from backstride.model.session import Block, PlannedDay, Session
from backstride.model.text import Text
from backstride.reports.figure_svg import STYLE, figure_svg
from backstride.reports.page import template
from backstride.reports.session_lines import alarm, block_line, limits_of_length, of_kind
from backstride.reports.wording import Wording

_FIGURE_WIDTH = 90


@dataclass(frozen=True, slots=True)
class _Row:
    """One day of the table."""

    day: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One block of a session, with its drawing where it has one."""

    words: str
    figure: Markup | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One session, and when to stop it."""

    name: str
    often: str | None
    parts: tuple[_Part, ...]
    limits: tuple[str, ...]


def render(assessment: Assessment, plan: Plan, wording: Wording) -> bytes:
    """One HTML page in UTF-8 that holds everything it needs; a raised flag stands first."""
    say = wording.say
    sessions = of_kind(plan)
    page = template("week.html.j2").render(
        language=wording.language,
        alarm=alarm(assessment, wording),
        made_up=assessment.profile.made_up,
        own=lambda key, **values: say(Text(f"report.{key}", values)),
        week=lambda key, **values: say(Text(f"session.{key}", values)),
        goal=say(plan.goal),
        first=plan.week[0].on if plan.week else assessment.on,
        last=plan.week[-1].on if plan.week else assessment.on,
        notes=[*(say(pause.says) for pause in plan.pauses), *(say(note) for note in plan.notes)],
        rows=[
            _row(day, sessions, any(day.on in pause for pause in plan.pauses), wording) for day in plan.week
        ],
        daily=[
            say(step.what) if step.dose is None else f"{say(step.what)}. {say(step.dose)}"
            for step in plan.steps
            if step.kind == "move"
        ],
        sheets=_sheets(plan, wording),
        pain_rule=[say(each) for each in plan.pain_rule],
        stop_rules=[say(each) for each in plan.stop_rules],
        safety_net=[say(each) for each in plan.safety_net],
        review_on=plan.review_on,
        reviewed=assessment.clinician_reviewed,
        day=wording.day,
        made_on=assessment.on,
        figure_style=Markup(STYLE),
    )
    return page.encode()


def _row(day: PlannedDay, sessions: dict[str, Session], paused: bool, wording: Wording) -> _Row:
    weekday = wording.say(Text(f"session.weekday_{day.on.isoweekday()}"))
    what = tuple(wording.say(sessions[kind].name) for kind in day.sessions)
    none = wording.say(Text("session.paused" if paused else "session.free"))
    return _Row(f"{weekday}, {wording.short_day(day.on)}", what or (none,))


def _sheets(plan: Plan, wording: Wording) -> list[_Sheet]:
    """The sessions; what the pain rule says already, or a session above, is not said again."""
    said = list(plan.pain_rule)
    sheets: list[_Sheet] = []
    for session in plan.sessions:
        count = session.times_a_day
        often = wording.say(Text("session.times_a_day", {"count": count})) if count > 1 else None
        parts = tuple(_part(block, wording) for block in session.blocks)
        length = tuple(limits_of_length(session, wording))
        limits = (*length, *(wording.say(limit) for limit in session.limits if limit not in said))
        sheets.append(_Sheet(wording.say(session.name), often, parts, limits))
        said += session.limits
    return sheets


def _part(block: Block, wording: Wording) -> _Part:
    figure = None
    if block.drawing is not None:
        says = wording.say(Text("report.figure", {"name": wording.say(block.name)}))
        figure = Markup(figure_svg(block.drawing, says, _FIGURE_WIDTH))
    return _Part(block_line(block, wording), figure)
