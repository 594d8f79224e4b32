"""How a run felt is not how hard it was: makers' scales of feeling change nothing, and notes are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from backstride.app.demo.exports import garmin, health_connect, intervals_list, polar, samsung, strava
from backstride.formats.readers import read
from backstride.model.activity import Activity, Origin, Stream

ZONE = ZoneInfo("Europe/Berlin")
NOWHERE = Origin("", "", "", 0)

FELT: dict[str, tuple[str, Callable[[object], bytes]]] = {
    "Garmin": (
        "0_summarizedActivities.json",
        lambda felt: garmin.summaries(garmin.summary(workoutFeel=felt, workoutRpe=None)),
    ),
    "Polar": (
        f"training-session_2026-04-06T07-30-00_7766215556-{polar.UUID}.json",
        lambda felt: polar.to_bytes(polar.newer_session(60, feeling=felt)),
    ),
    "intervals.icu": (
        "activities.csv",
        lambda felt: intervals_list.activities(
            {**intervals_list.RUN, "feel": str(felt or ""), "icu_rpe": ""}
        ),
    ),
}
"""A file's name, and its bytes with a feeling but without an effort."""


def only(data: bytes, name: str) -> Activity:
    (activity,) = read(data, name, ZONE).activities
    return activity


@pytest.mark.parametrize("maker", FELT)
def test_a_feeling_changes_nothing_and_is_no_effort(maker: str) -> None:
    name, with_felt = FELT[maker]
    without, *others = (only(with_felt(felt), name) for felt in (None, 0.25, 1, 4, 5, 100))
    assert without.rpe is None
    for other in others:
        assert replace(other, origin=NOWHERE, stream=Stream()) == replace(
            without, origin=NOWHERE, stream=Stream()
        )


NOTES: dict[str, tuple[str, bytes]] = {
    "Garmin": (
        "0_summarizedActivities.json",
        garmin.summaries(garmin.summary(description="made-up note")),
    ),
    "Strava": ("activities.csv", strava.activities({**strava.RUN, "Activity Description": "made-up note"})),
    "Polar": (
        f"training-session_2026-04-06T07-30-00_7766215556-{polar.UUID}.json",
        polar.to_bytes(polar.newer_session(60, note="made-up note")),
    ),
    "Samsung": (
        "com.samsung.shealth.exercise.20240601120000.csv",
        samsung.exercises(samsung.exercise(comment="made-up note")),
    ),
    "Health Connect": (
        "health_connect_export.db",
        health_connect.database(health_connect.run(60, notes="made-up note")),
    ),
    "intervals.icu": (
        "activities.csv",
        intervals_list.activities({**intervals_list.RUN, "description": "made-up note"}),
    ),
}


@pytest.mark.parametrize("maker", NOTES)
def test_what_the_runner_wrote_is_kept(maker: str) -> None:
    name, data = NOTES[maker]
    assert (only(data, name).note or "").startswith("made-up note")
