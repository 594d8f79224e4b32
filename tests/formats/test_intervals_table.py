"""intervals.icu's list of activities."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.app.demo.exports import intervals_list as made
from backstride.formats.tables import intervals
from backstride.model.errors import BadFile

ZONE = ZoneInfo("Europe/Lisbon")


def test_a_row_is_the_activity_at_its_own_clock() -> None:
    (run,) = intervals.read(made.activities(), "activities.csv", ZONE).activities
    assert run.start == datetime(2024, 7, 2, 4, 30, tzinfo=UTC)
    assert (run.start.hour, run.zone_from) == (6, "file")
    assert (run.sport, run.surface, run.service_id) == ("run", "trail", "intervals:i55750001")
    assert (run.distance_m, run.moving_s, run.elapsed_s, run.climb_m) == (10_020.5, 3000, 3100, 210.4)
    assert (run.rpe, run.shoe, run.title, run.note) == (5, "Blue ones", "Made-up run", "Made up")
    assert run.averages == {"heart_rate_bpm": 149, "cadence_spm": pytest.approx(172.4), "power_w": 290}


def test_without_the_start_in_utc_the_clock_is_taken_in_the_runners_zone() -> None:
    (run,) = intervals.read(made.activities(without=("start_date",)), "activities.csv", ZONE).activities
    assert run.start == datetime(2024, 7, 2, 6, 30, tzinfo=ZONE)


def test_a_cadence_of_both_feet_is_not_doubled() -> None:
    (run,) = intervals.read(made.activities({**made.RUN, "average_cadence": "172"}), "a.csv", ZONE).activities
    assert run.averages["cadence_spm"] == 172


def test_a_list_without_what_intervals_icu_works_out_is_not_its_own() -> None:
    data = made.activities(without=("icu_average_watts", "icu_training_load", "icu_rpe"))
    assert not intervals.knows(data, "activities.csv")
    with pytest.raises(BadFile, match="not intervals"):
        intervals.read(data, "activities.csv", ZONE)
