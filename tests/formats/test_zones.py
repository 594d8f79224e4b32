"""In which zone an activity's local time is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.formats.zones import local_start, place_zone, plausible_offset

PROFILE = ZoneInfo("Asia/Tokyo")
JULY = datetime(2024, 7, 1, 12, 0, tzinfo=UTC)
BERLIN = (52.5, 13.4)


def test_a_place_has_its_zone() -> None:
    assert place_zone(*BERLIN) == ZoneInfo("Europe/Berlin")
    assert place_zone(-33.87, 151.2) == ZoneInfo("Australia/Sydney")


def test_longitude_zero_is_a_place_and_zero_zero_is_none() -> None:
    assert place_zone(51.48, 0.0) == ZoneInfo("Europe/London")
    assert place_zone(0.0, 0.0) is None


@pytest.mark.parametrize("place", [(float("nan"), 1.0), (91.0, 0.0), (10.0, 181.0), (float("inf"), 0.0)])
def test_no_place_has_no_zone(place: tuple[float, float]) -> None:
    assert place_zone(*place) is None


@pytest.mark.parametrize(
    ("seconds", "expected_s"),
    [(3600, 3600), (3601, 3600), (20_700, 20_700), (-34_200, -34_200), (400, None), (54_000, None), (0, 0)],
)
def test_an_offset_is_a_whole_quarter_of_an_hour_within_fourteen_hours(
    seconds: int, expected_s: int | None
) -> None:
    expected = None if expected_s is None else timedelta(seconds=expected_s)
    assert plausible_offset(timedelta(seconds=seconds)) == expected


@pytest.mark.parametrize(
    ("offset_h", "place", "expected_h", "rests_on"),
    [
        (2, BERLIN, 2, "file"),
        (3, BERLIN, 3, "file"),
        # Zero where it is summer in Berlin: a clock that nobody set to local time.
        (0, BERLIN, 2, "place"),
        (0, None, 0, "file"),
        (None, BERLIN, 2, "place"),
        (None, (0.0, 0.0), 9, "profile"),
        (None, None, 9, "profile"),
        (20, None, 9, "profile"),
    ],
)
def test_the_file_counts_first_then_the_place_then_the_profile(
    offset_h: int | None, place: tuple[float, float] | None, expected_h: int, rests_on: str
) -> None:
    offset = None if offset_h is None else timedelta(hours=offset_h)
    start, zone_from = local_start(JULY, offset, place, PROFILE)
    assert start == JULY
    assert (start.utcoffset(), zone_from) == (timedelta(hours=expected_h), rests_on)


def test_file_and_place_that_agree_give_the_zone_by_name() -> None:
    start, _ = local_start(JULY, timedelta(hours=2), BERLIN, PROFILE)
    assert start.tzinfo == ZoneInfo("Europe/Berlin")
