"""Any activity, file and diary entry that the types allow."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from backstride.model.activity import SPORTS, SURFACES, Activity, Column, Device, Lap, Origin, Stream
from backstride.model.channels import CHANNELS
from backstride.model.history import (
    REGIONS,
    TIMINGS,
    Answer,
    CheckIn,
    DayRecord,
    InstrumentResult,
    Profile,
    Removed,
    Sameness,
    Seen,
    Shoe,
    Span,
    Symptom,
    TestResult,
)
from backstride.model.said import plainly, said
from backstride.model.wishes import ExerciseWish, Goal, Pause, Restart

MAX_ROWS = 60

numbers = st.floats(allow_nan=False, allow_infinity=False)
maybe_number = st.none() | numbers
texts = st.text(max_size=12)
maybe_text = st.none() | texts
scores = st.floats(0, 10)
days = st.dates()
averages = st.dictionaries(st.sampled_from(sorted(CHANNELS)), numbers, max_size=4)
laps = st.lists(
    st.builds(Lap, start_s=numbers, moving_s=maybe_number, distance_m=maybe_number, averages=averages),
    max_size=3,
).map(tuple)
devices = st.builds(Device, maker=maybe_text, product=maybe_text, software=maybe_text)
names = st.lists(texts, max_size=3).map(tuple)
sentences = st.builds(
    lambda what, count, inner: said("{what}, {count}: {inner}", what=what, count=count, inner=plainly(inner)),
    texts,
    st.integers(),
    texts,
)

zones: st.SearchStrategy[tzinfo] = st.sampled_from(
    [
        "Europe/Berlin",
        "America/St_Johns",
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "Australia/Lord_Howe",
        "UTC",
    ]
).map(ZoneInfo) | st.integers(-14 * 3600, 14 * 3600).map(
    lambda offset_s: timezone(timedelta(seconds=offset_s))
)


@st.composite
def columns(draw: st.DrawFn, channel: str, rows: int) -> Column:
    """Plausible values as a device writes them, whole multiples of the channel's step, some not recorded."""
    row = CHANNELS[channel]
    per = round(1 / row.step)
    wholes = st.integers(round(row.low * per), round(row.high * per))
    whole = draw(arrays(np.int64, rows, elements=wholes))
    values: Column = whole / per
    values[draw(arrays(np.bool_, rows))] = np.nan
    return values


@st.composite
def streams(draw: st.DrawFn) -> Stream:
    """No columns at all, or `time_s` with any others, all of one length, which may be none."""
    rows = draw(st.integers(0, MAX_ROWS))
    others = draw(st.lists(st.sampled_from(sorted(CHANNELS)), unique=True, max_size=5))
    if not others:
        return Stream()
    return Stream({name: draw(columns(name, rows)) for name in dict.fromkeys(("time_s", *others))})


@st.composite
def starts(draw: st.DrawFn) -> datetime:
    """An instant that exists, told in some zone."""
    instant = draw(st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)))  # noqa: DTZ001 - made aware next
    return instant.replace(tzinfo=UTC).astimezone(draw(zones))


@st.composite
def activities(draw: st.DrawFn, sha256: str, index: int) -> Activity:
    """An activity at one place of the file of that hash."""
    return Activity(
        start=draw(starts()),
        zone_from=draw(st.sampled_from(["file", "place", "profile"])),
        sport=draw(st.sampled_from(SPORTS)),
        origin=Origin(sha256, draw(texts), draw(texts), draw(st.integers(1, 99)), index),
        distance_m=draw(maybe_number),
        moving_s=draw(maybe_number),
        elapsed_s=draw(maybe_number),
        climb_m=draw(maybe_number),
        descent_m=draw(maybe_number),
        surface=draw(st.none() | st.sampled_from(SURFACES)),
        rpe=draw(st.none() | scores),
        shoe=draw(maybe_text),
        title=draw(maybe_text),
        note=draw(maybe_text),
        averages=draw(averages),
        laps=draw(laps),
        stream=draw(streams()),
        device=draw(st.none() | devices),
        service_id=draw(maybe_text),
        file=draw(maybe_text),
        repairs=draw(names),
        warnings=draw(st.lists(sentences, max_size=3).map(tuple)),
    )


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, tuple[Activity, ...]]:
    """Some bytes and one to three activities read from them."""
    data = draw(st.binary(max_size=200))
    sha256 = hashlib.sha256(data).hexdigest()
    count = draw(st.integers(1, 3))
    return data, tuple(draw(activities(sha256, index)) for index in range(count))


answers = st.builds(Answer, question=texts, value=texts | numbers, on=days)
symptoms = st.builds(
    Symptom,
    on=days,
    score=scores,
    regions=st.lists(st.sampled_from(sorted(REGIONS)), max_size=3).map(tuple),
    timing=st.none() | st.sampled_from(TIMINGS),
    eased_by=maybe_text,
    note=maybe_text,
)
shoes = st.builds(
    Shoe,
    id=texts,
    model=texts,
    in_use_from=st.none() | days,
    in_use_to=st.none() | days,
    distance_before_m=maybe_number,
    worn_in=names,
    drop_mm=maybe_number,
    stack_mm=maybe_number,
)
day_records = st.builds(
    DayRecord,
    on=days,
    maker=st.sampled_from(["garmin", "apple"]),
    sleep_s=maybe_number,
    resting_heart_rate_bpm=maybe_number,
    hrv_rmssd_ms=maybe_number,
    hrv_sdnn_ms=maybe_number,
    steps=maybe_number,
    mass_kg=maybe_number,
)
tests = st.builds(TestResult, test=texts, value=texts | numbers, on=days)
sheets = st.builds(
    InstrumentResult,
    instrument=texts,
    on=days,
    items=st.dictionaries(texts, numbers, max_size=4),
    total=maybe_number,
)
check_ins = st.builds(
    CheckIn,
    on=days,
    done=names,
    pain_during=st.none() | scores,
    pain_after=st.none() | scores,
    pain_next_morning=st.none() | scores,
    pain_now=st.none() | scores,
    note=maybe_text,
)
spans = st.tuples(days, days).map(lambda ends: Span(min(ends), max(ends)))
sameness = st.builds(Sameness, first=texts, second=texts, same=st.booleans())
removed = st.builds(Removed, activity=texts, on=days)
visits = st.builds(Seen, who=texts, on=days, may_run=st.sampled_from(["yes", "not_yet", "not_said"]))
goals = st.builds(
    Goal,
    kind=st.sampled_from(["first_run", "distance", "keep_training", "none"]),
    on=days,
    distance_m=maybe_number,
    by=st.none() | days,
    race=st.booleans(),
)
exercise_wishes = st.builds(
    ExerciseWish,
    exercise=texts,
    wish=st.sampled_from(["pin", "ban", "free"]),
    on=days,
    asked_by=st.sampled_from(["runner", "physio"]),
)
pauses = st.builds(
    Pause,
    first=days,
    on=days,
    reason=st.sampled_from(["illness", "holiday", "other"]),
    last=st.none() | days,
)
wanted = goals | exercise_wishes | pauses | st.builds(Restart, on=days)
entries = (
    wanted | visits | answers | symptoms | shoes | tests | sheets | check_ins | spans | sameness | removed
)
profiles = st.builds(
    Profile,
    birth_year=st.none() | st.integers(1900, 2020),
    age_years=st.none() | st.integers(0, 110),
    sex=st.none() | st.sampled_from(["female", "male"]),
    height_m=maybe_number,
    mass_kg=maybe_number,
    zone=maybe_text,
    medicines=st.none() | names,
    made_up=st.booleans(),
)
