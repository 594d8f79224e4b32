"""The calendar file in a parser that others wrote: sound, private, and updated in place by a later one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment, Plan
from backstride.model.errors import BadInput
from backstride.model.history import CheckIn
from backstride.reports.calendar_file import render
from backstride.reports.wording import Wording

vobject = pytest.importorskip("vobject", reason="vobject is not installed: no calendar read back")

RUNNERS = Path(__file__).parents[1] / "runners"
WORDING = Wording(shipped().sentences)
BERLIN = ZoneInfo("Europe/Berlin")
STORY = "special_asthma"
"""Somebody who may run now, on the first rung."""


@cache
def answer(later_days: int = 0, check_ins: tuple[CheckIn, ...] = (), story: str = STORY) -> Assessment:
    case = open_case(RUNNERS / f"{story}.toml", shipped())
    told = replace(case.history, check_ins=(*case.history.check_ins, *check_ins))
    return assess(told, case.on + timedelta(days=later_days), shipped())


def plan_of(made: Assessment) -> Plan:
    assert isinstance(made.plan, Plan)
    return made.plan


def written(made: Assessment, at: time | None = None, before: bytes | None = None) -> bytes:
    return render(made, plan_of(made), WORDING, BERLIN, at, before)


@dataclass(frozen=True)
class Read:
    """One event, as the other parser sees it."""

    uid: str
    title: str
    begins: date | datetime
    ends: date | datetime | None
    sequence: int
    status: str
    privacy: str
    modified: datetime
    description: str


def events(data: bytes) -> Iterator[Read]:
    calendar = vobject.readOne(data.decode())
    assert calendar.validate(raiseException=True)
    for event in calendar.vevent_list:
        yield Read(
            event.uid.value,
            event.summary.value,
            event.dtstart.value,
            event.dtend.value if hasattr(event, "dtend") else None,
            int(event.sequence.value),
            event.status.value,
            getattr(event, "class").value,
            event.last_modified.value,
            event.description.value,
        )


def imported(calendar: dict[str, Read], data: bytes) -> dict[str, Read]:
    """What a calendar holds after an import: the same id is the same event, the higher revision wins."""
    held = dict(calendar)
    for event in events(data):
        before = held.get(event.uid)
        if before is None or event.sequence >= before.sequence:
            held[event.uid] = event
    return held


def test_every_session_of_the_week_and_the_review_are_in_it() -> None:
    made = answer()
    plan, found = plan_of(made), list(events(written(made)))

    titles = {session.kind: WORDING.say(session.name) for session in plan.sessions}
    wanted = [
        (f"{kind}-{day.on:%Y%m%d}@backstride", titles[kind], day.on)
        for day in plan.week
        for kind in day.sessions
    ]
    assert [(each.uid, each.title, each.begins) for each in found] == [
        *wanted,
        ("review@backstride", "Plan review", plan.review_on),
    ]
    assert "Run 15 seconds, walk 105 seconds, 12 times." in found[0].description
    assert "whatever the score" in found[0].description


def test_every_event_is_private_and_its_title_tells_nothing_of_pain() -> None:
    for each in events(written(answer())):
        assert each.privacy == "PRIVATE"
        assert not [word for word in ("pain", "back", "red", "doctor") if word in each.title.lower()]


@pytest.mark.parametrize(
    ("zone", "offset_h"), [("Europe/Berlin", 1), ("America/New_York", -4), ("Asia/Kolkata", 5.5)]
)
def test_with_a_time_sessions_begin_then_in_the_runners_zone(zone: str, offset_h: float) -> None:
    made = answer()
    data = render(made, plan_of(made), WORDING, ZoneInfo(zone), time(18, 30))
    run = next(each for each in events(data) if each.uid.startswith("walk_run"))

    assert isinstance(run.begins, datetime)
    assert isinstance(run.ends, datetime)
    assert (run.begins.hour, run.begins.minute) == (18, 30)
    assert run.begins.utcoffset() == timedelta(hours=offset_h)
    assert run.ends - run.begins == timedelta(minutes=34)
    assert f"TZID:{zone}".encode() in data


def test_a_session_after_the_clocks_change_begins_at_the_same_hour() -> None:
    """Berlin: from 29 March 2026 on it is two hours ahead."""
    plan = plan_of(answer())
    later = tuple(replace(day, on=day.on + timedelta(days=6)) for day in plan.week)
    data = render(answer(), replace(plan, week=later), WORDING, BERLIN, time(18, 30))
    runs = [each for each in events(data) if each.uid.startswith("walk_run")]

    hours = {(each.begins.date() >= date(2026, 3, 29), each.begins.utcoffset()) for each in runs}  # type: ignore[union-attr]
    assert {each.begins.hour for each in runs} == {18}  # type: ignore[union-attr]
    assert hours == {(False, timedelta(hours=1)), (True, timedelta(hours=2))}


def test_its_revision_is_the_plans_day_and_never_the_clock() -> None:
    made = answer()

    assert written(made) == written(made)
    assert {each.modified for each in events(written(made))} == {datetime(2026, 3, 20, tzinfo=UTC)}
    (now,) = {each.sequence for each in events(written(made))}
    (then,) = {each.sequence for each in events(written(answer(1)))}
    assert then > now


def test_over_the_same_file_only_what_changed_is_a_new_revision() -> None:
    """Also on the same day: a session done and told makes room for the next one."""
    first = answer()
    second = answer(0, (CheckIn(first.on, ("walk_run_1",), 0, 0, 0),))
    was = {each.uid: each for each in events(written(first))}
    now = {each.uid: each for each in events(written(second, before=written(first)))}

    assert written(first, before=written(first)) == written(first)
    today = f"walk_run-{first.on:%Y%m%d}@backstride"
    assert (was[today].status, now[today].status) == ("CONFIRMED", "CANCELLED")
    assert now[today].sequence == was[today].sequence + 1
    same = {uid for uid in was if replace(now[uid], sequence=0) == replace(was[uid], sequence=0)}
    assert same
    assert all(now[uid].sequence == was[uid].sequence for uid in same)


@settings(max_examples=40)
@given(st.data())
def test_a_file_of_ours_that_was_broken_by_hand_is_refused_or_taken_for_what_is_whole(
    data: st.DataObject,
) -> None:
    whole = written(answer(), time(7))
    lines = whole.splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 4))):
        nth = data.draw(st.integers(0, len(lines) - 1))
        lines[nth : nth + 1] = data.draw(
            st.sampled_from([[], [lines[nth], lines[nth]], [b"X:1\r\n"], [lines[nth][:9] + b"\r\n"]])
        )
    try:
        made = written(answer(), before=b"".join(lines))
    except BadInput:
        return
    assert {each.uid for each in events(whole)} <= {each.uid for each in events(made)}


def test_a_later_export_updates_in_place() -> None:
    """Two good sessions lead to the next rung: the days to come change, and no day has two runs."""
    first, day = answer(), answer().on
    good = tuple(CheckIn(day + timedelta(days=days), ("walk_run_1",), 0, 0, 0) for days in (0, 2))
    second = answer(3, good)
    calendar = imported({}, written(first, time(7)))
    before = dict(calendar)
    calendar = imported(calendar, written(second, time(7), written(first, time(7))))

    assert plan_of(second).rung == 2
    runs = [each for each in calendar.values() if each.uid.startswith("walk_run")]
    assert len({each.begins for each in runs}) == len(runs)
    coming = [each for each in runs if each.begins.date() >= second.on and each.status == "CONFIRMED"]  # type: ignore[union-attr]
    assert coming
    assert all("Run 30 seconds" in each.description for each in coming)
    again = [each for each in coming if each.uid in before]
    assert again
    assert all(each.sequence > before[each.uid].sequence for each in again)
    reviews = [each for each in calendar.values() if each.uid.startswith("review")]
    assert len(reviews) == 1


def test_what_the_plan_no_longer_holds_is_cancelled() -> None:
    """No running any more, and the calendar is told of each run that it still holds."""
    first = answer()
    barred = answer(story="special_postpartum")
    assert "walk_run" not in {session.kind for session in plan_of(barred).sessions}
    calendar = imported({}, written(first))
    calendar = imported(calendar, written(barred, before=written(first)))

    runs = [each for each in calendar.values() if each.uid.startswith("walk_run")]
    assert len(runs) == 4
    assert {each.status for each in runs} == {"CANCELLED"}
    assert not [each for each in runs if "Run 15 seconds" in each.description]


def test_days_that_are_over_are_left_as_they_were() -> None:
    first, second = answer(), answer(3)
    held = {each.uid for each in events(written(second, before=written(first)))}

    assert "mobility-20260321@backstride" not in held


def test_a_cancelled_event_stays_cancelled_and_its_time_is_kept() -> None:
    first, barred = answer(), answer(story="special_postpartum")
    once = written(barred, before=written(first, time(18, 30)))
    twice = written(barred, before=once)

    assert list(events(once)) == list(events(twice))
    run = next(each for each in events(twice) if each.uid.startswith("walk_run"))
    assert isinstance(run.begins, datetime)
    assert run.begins.utcoffset() == timedelta(hours=1)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"notes",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody else//EN\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\n",
        b"\xff\xfe",
    ],
)
def test_a_file_that_is_not_ours_is_not_written_over(before: bytes) -> None:
    with pytest.raises(BadInput, match="did not write"):
        written(answer(), before=before)


def test_a_raised_flag_stands_first_in_every_session() -> None:
    made: Any = next(
        found
        for path in sorted(RUNNERS.glob("*.toml"))
        if isinstance((found := answer(story=path.stem)).plan, Plan) and found.triage.tier > 0
    )
    headline = WORDING.say(made.triage.headline)

    found = [each for each in events(written(made)) if each.uid != "review@backstride"]
    assert found
    assert all(each.description.startswith(headline) for each in found)


@pytest.mark.parametrize("made_up", [True, False])
def test_a_made_up_runners_sessions_say_that_it_is_one(made_up: bool) -> None:
    it = answer()
    told = replace(it, profile=replace(it.profile, made_up=made_up))

    found = [each for each in events(written(told)) if each.uid != "review@backstride"]
    assert found
    assert all(("This runner is made up." in each.description) is made_up for each in found)
