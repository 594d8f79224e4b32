"""Any runner's history that the types allow, small enough to look at: days, runs, notes, shoes, spans."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from backstride.model.activity import SURFACES, Activity, Device, Origin, Sport
from backstride.model.history import TIMINGS, Answer, CheckIn, History, Shoe, Span, Symptom

FIRST = date(2026, 1, 5)
"""A Monday."""
DAYS = 180
SHOES = ("blue", "red")

zones = st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns"]).map(ZoneInfo)
days = st.integers(0, DAYS - 1).map(lambda offset: FIRST + timedelta(days=offset))
distances_m = st.floats(0, 60_000).map(lambda metres: round(metres, 1))
devices = st.sampled_from([None, Device("made up", "one"), Device("made up", "two")])
averages = st.fixed_dictionaries(
    {},
    optional={
        "cadence_spm": st.floats(140, 200),
        "contact_ms": st.floats(180, 340),
        "balance_left_share": st.floats(0.46, 0.54),
        "speed_mps": st.floats(1.8, 4.5),
    },
)


def _sha256(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@st.composite
def activities(draw: st.DrawFn, sport: st.SearchStrategy[Sport] | None = None) -> Activity:
    """One activity with any of its numbers missing."""
    on = draw(days)
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    return Activity(
        start=datetime(on.year, on.month, on.day, hour, minute, tzinfo=draw(zones)),
        zone_from="file",
        sport=draw(sport or st.sampled_from(["run", "run", "run", "walk", "ride"])),
        origin=Origin(_sha256(draw(st.integers(0, 2**64))), "made-up.fit", "none", 1),
        distance_m=draw(st.none() | distances_m),
        moving_s=draw(st.none() | st.floats(0, 20_000)),
        elapsed_s=draw(st.none() | st.floats(20_000, 30_000)),
        climb_m=draw(st.none() | st.floats(0, 2_000)),
        descent_m=draw(st.none() | st.floats(0, 2_000)),
        surface=draw(st.none() | st.sampled_from(SURFACES)),
        rpe=draw(st.none() | st.floats(0, 10)),
        shoe=draw(st.none() | st.sampled_from(SHOES)),
        averages=draw(averages),
        device=draw(devices),
    )


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span within the days of the history."""
    first, last = sorted((draw(days), draw(days)))
    return Span(first, last)


symptoms = st.builds(
    Symptom,
    on=days,
    score=st.sampled_from([0.0, 0.0, 2.0, 5.0]),
    timing=st.none() | st.sampled_from(TIMINGS),
)
check_ins = st.builds(
    CheckIn,
    on=days,
    pain_during=st.none() | st.floats(0, 10),
    pain_after=st.none() | st.floats(0, 10),
    pain_next_morning=st.none() | st.floats(0, 10),
)
onset_answers = st.builds(
    Answer, st.just("pain_began_on"), days.map(date.isoformat) | st.sampled_from(["not_sure", "soon"]), days
)


@st.composite
def shoes(draw: st.DrawFn, id: str) -> Shoe:
    """One pair, of which little or much is told."""
    return Shoe(
        id, f"{id} ones", draw(st.none() | days), None, draw(st.none() | st.sampled_from([0.0, 650_000.0]))
    )


@st.composite
def histories(draw: st.DrawFn, max_activities: int = 16) -> History:
    """A runner of half a year: anything may be missing, and the record may have gaps or not say."""
    done = draw(st.lists(activities(), max_size=max_activities, unique_by=lambda each: each.origin.sha256))
    return History(
        activities=tuple(sorted(done, key=lambda each: each.start)),
        symptoms=tuple(draw(st.lists(symptoms, max_size=6))),
        answers=tuple(draw(st.lists(onset_answers, max_size=1))),
        shoes=tuple(draw(shoes(id)) for id in SHOES if draw(st.booleans())),
        check_ins=tuple(draw(st.lists(check_ins, max_size=2))),
        recorded=draw(st.none() | st.lists(spans(), max_size=3).map(tuple)),
    )
