"""The plan's days as a calendar file, which updates in place: the same event has the same id for good.

An event's id is made of what it is in the plan and its day, never of the rung or the exercises.  Its revision
(SEQUENCE, LAST-MODIFIED) is made of the plan's day, never of the clock; one that changed since the earlier
file is always a higher revision than there, also on the same day.  An event of the earlier file that the plan
no longer holds is written once more as cancelled, so that no calendar keeps a run that is off.

The format: https://www.rfc-editor.org/rfc/rfc5545
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backstride.model.assessment import Assessment, NoPlan, Plan
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.model.session import PlannedDay, Session
from backstride.model.text import Text
from backstride.model.wishes import PAUSED
from backstride.reports.session_lines import alarm, of_kind, session_lines
from backstride.reports.wording import Wording

if TYPE_CHECKING:
    from icalendar import Event

MAKER = "-//backstride//plan//EN"
_EPOCH = date(2000, 1, 1)
"""Where revisions are counted from."""
_REVISIONS_A_DAY = 100
_AROUND = timedelta(days=400)
"""Changes of the clock are told for these days before and after."""
_REVIEW = "review@backstride"


def render(
    assessment: Assessment,
    plan: Plan,
    wording: Wording,
    zone: ZoneInfo,
    at: time | None = None,
    before: bytes | None = None,
) -> bytes:
    """The calendar file.  `before` is the file as it was written last: what changed is held against it.

    Events are whole days, unless `at` says when sessions begin in the runner's zone; what is done several
    times a day, and the review, stay whole days.

    Raises: BadInput where `before` is no calendar file of ours.
    """
    earlier = {} if before is None else _ours(before)
    events = list(_events(assessment, plan, wording, zone, at))
    held = {str(event["UID"]) for event in events}
    events += _cancelled(earlier, held, assessment.on, lambda old: _why_gone(old, plan, wording), wording)
    return _file(events, earlier, zone.key, assessment.on)


def render_off(assessment: Assessment, no_plan: NoPlan, wording: Wording, before: bytes) -> bytes:
    """The file as it was written last, with every event to come turned off in place; what was, stays.

    Each says why: what a raised flag asks for first, then that no plan is made.

    Raises: BadInput where `before` is no calendar file of ours.
    """
    earlier = _ours(before)
    first = alarm(assessment, wording)
    why = "\n".join((*((first,) if first else ()), wording.say(no_plan.reason)))
    events = list(_cancelled(earlier, set(), assessment.on, lambda old: why, wording))
    gone = {str(event["UID"]) for event in events}
    kept = [event for uid, event in earlier.items() if uid not in gone]
    return _file([*kept, *events], earlier, _zone_of(before), assessment.on)


def is_ours(before: bytes) -> bool:
    """True for a whole calendar file that this program wrote."""
    try:
        _ours(before)
    except BadInput:
        return False
    return True


def _file(events: list[Event], earlier: dict[str, Event], zone: str, on: date) -> bytes:
    from icalendar import Calendar  # half the time of a start, and only this needs it

    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-timezone", zone)
    for event in events:
        _revise(event, earlier.get(str(event["UID"])))
        calendar.add_component(event)
    calendar.add_missing_timezones(on - _AROUND, on + _AROUND)
    written: bytes = calendar.to_ical()
    return written


def _zone_of(before: bytes) -> str:
    from icalendar import Calendar

    return str(Calendar.from_ical(before).get("X-WR-TIMEZONE", "UTC"))


def _why_gone(old: Event, plan: Plan, wording: Wording) -> str:
    """Why an event is off: what the plan says of running, where it holds no run any more."""
    gone = wording.say(Text("session.cancelled"))
    if (pause := next((step for step in plan.steps if step.id == PAUSED), None)) is not None:
        return f"{gone} {wording.say(pause.what)}"
    is_run = str(old["UID"]).startswith("walk_run-")
    if not is_run or any(session.kind == "walk_run" for session in plan.sessions):
        return gone
    why = next((step for kind in ("run", "avoid") for step in plan.steps if step.kind == kind), None)
    return gone if why is None else f"{gone} {wording.say(why.what)}."


def _ours(before: bytes) -> dict[str, Event]:
    """The events of a file of ours, by id; what somebody broke in it by hand is left out."""
    from icalendar import Calendar, Event

    try:
        earlier = Calendar.from_ical(before)
    except Exception:  # on a broken file the library fails in many ways, AttributeError among them
        earlier = None
    if not isinstance(earlier, Calendar) or str(earlier.get("PRODID")) != MAKER:
        raise BadInput(
            (said("a file is there that backstride did not write, or that is broken; name another one"),)
        )
    return {
        str(event["UID"]): event
        for event in earlier.walk("VEVENT")
        if isinstance(event, Event) and _whole(event)
    }


def _whole(event: Event) -> bool:
    """True where the event has all that is looked at, in the form that we write."""
    texts = all(isinstance(event.get(name), str) for name in ("UID", "SUMMARY"))
    ends = event.get("DTEND")
    return (
        texts
        and isinstance(event.get("SEQUENCE"), int)
        and isinstance(_day_of(event.get("DTSTART")), date)
        and (ends is None or isinstance(_day_of(ends), date))
    )


def _day_of(begins: object) -> date | None:
    """The day of a DTSTART or DTEND; None where it is none."""
    at = getattr(begins, "dt", None)
    if isinstance(at, datetime):
        return at.date()
    return at if isinstance(at, date) else None


def _revise(event: Event, old: Event | None) -> None:
    """Let it be a higher revision than the old one, where anything in it changed since."""
    if old is None or _revision(old) < _revision(event):
        return
    _set_revision(event, _revision(old))
    if event.to_ical() != old.to_ical():
        _set_revision(event, _revision(old) + 1)


def _revision(event: Event) -> int:
    found = event.get("SEQUENCE")
    return found if isinstance(found, int) else 0


def _set_revision(event: Event, number: int) -> None:
    del event["SEQUENCE"]
    event.add("sequence", number)


def _events(
    assessment: Assessment, plan: Plan, wording: Wording, zone: ZoneInfo, at: time | None
) -> Iterator[Event]:
    sessions = of_kind(plan)
    for day in plan.week:
        for kind in day.sessions:
            session = sessions[kind]
            event = _event(f"{kind}-{day.on:%Y%m%d}@backstride", wording.say(session.name), assessment.on)
            event.add("description", _description(session, assessment, wording))
            _when(event, day, session, zone, at)
            yield event
    review = _event(_REVIEW, wording.say(Text("session.review")), assessment.on)
    review.add("description", wording.say(Text("session.review_what")))
    _whole_day(review, plan.review_on)
    yield review


def _event(uid: str, title: str, on: date) -> Event:
    from icalendar import Event

    event = Event()
    revised = datetime(on.year, on.month, on.day, tzinfo=UTC)
    event.add("uid", uid)
    event.add("dtstamp", revised)
    event.add("last-modified", revised)
    event.add("sequence", (on - _EPOCH).days * _REVISIONS_A_DAY)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    return event


def _description(session: Session, assessment: Assessment, wording: Wording) -> str:
    """A raised flag first, then what to do, when to stop, and that it holds as of the plan's day.

    A made-up runner's says that it is one: a calendar is kept, and opened elsewhere.
    """
    first = alarm(assessment, wording)
    made_up = (wording.say(Text("report.made_up")),) if assessment.profile.made_up else ()
    often = (
        (wording.say(Text("session.times_a_day", {"count": session.times_a_day})),)
        if session.times_a_day > 1
        else ()
    )
    return "\n".join(
        (
            *((first,) if first else ()),
            *made_up,
            *often,
            *session_lines(session, wording),
            wording.say(Text("session.changes", {"day": assessment.on})),
        )
    )


def _when(event: Event, day: PlannedDay, session: Session, zone: ZoneInfo, at: time | None) -> None:
    if at is None or session.times_a_day > 1:
        _whole_day(event, day.on)
        return
    begins = datetime.combine(day.on, at, zone)
    event.add("dtstart", begins)
    if session.seconds is not None:
        ends = (begins.astimezone(UTC) + timedelta(seconds=session.seconds)).astimezone(zone)
        event.add("dtend", ends)


def _whole_day(event: Event, on: date) -> None:
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")


def _cancelled(
    earlier: dict[str, Event],
    held: set[str],
    on: date,
    why: Callable[[Event], str],
    wording: Wording,
) -> Iterator[Event]:
    """Events to come that an earlier file of ours held and that the plan does not hold any more.

    The title says it too: some calendars look at nothing else.
    """
    for uid, old in earlier.items():
        day = _day_of(old.get("DTSTART"))
        if uid in held or day is None or day < on:
            continue
        was_off = str(old.get("STATUS")) == "CANCELLED"
        title = str(old["SUMMARY"])
        off = title if was_off else wording.say(Text("session.off", {"name": title}))
        event = _event(uid, off, on)
        event["STATUS"] = "CANCELLED"
        event.add("description", why(old))
        for name in ("DTSTART", "DTEND"):
            if name in old:
                event[name] = old[name]
        event.add("transp", "TRANSPARENT")
        yield event
