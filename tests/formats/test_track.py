"""Laws of climbs, pauses and times, whichever format they come from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.formats.climb import climb_and_descent_m
from backstride.formats.device import device_named
from backstride.formats.motion import recorded_s, steps_m
from backstride.formats.points import Points, number, unix_s
from backstride.formats.track import Track

heights = st.lists(st.floats(-400, 8000), min_size=2, max_size=60).map(np.array)


@given(heights, st.floats(0.5, 20))
def test_up_less_down_is_the_difference_of_the_ends_but_for_noise(
    altitude: np.ndarray[tuple[int], np.dtype[np.float64]], noise: float
) -> None:
    found = climb_and_descent_m(altitude, noise)
    assert found is not None
    climb, descent = found
    assert climb >= 0
    assert descent >= 0
    assert abs(climb - descent - (altitude[-1] - altitude[0])) <= 2 * noise + 1e-6


@given(heights, st.floats(0.5, 20))
def test_a_track_run_backwards_climbs_what_it_came_down(
    altitude: np.ndarray[tuple[int], np.dtype[np.float64]], noise: float
) -> None:
    there, back = climb_and_descent_m(altitude, noise), climb_and_descent_m(altitude[::-1], noise)
    assert there is not None
    assert back is not None
    assert there == pytest.approx(back[::-1], abs=2 * noise + 1e-6)


def test_climb_is_not_known_without_two_heights() -> None:
    assert climb_and_descent_m(np.array([np.nan, 3.0, np.nan])) is None


def test_a_degree_of_latitude_is_111_km_and_a_step_over_the_date_line_is_short() -> None:
    assert steps_m(np.array([0.0, 1.0]), np.array([0.0, 0.0]))[0] == pytest.approx(111_195, abs=1)
    assert steps_m(np.array([0.0, 0.0]), np.array([179.9999, -179.9999]))[0] == pytest.approx(22.2, abs=0.1)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=50))
def test_what_was_recorded_is_never_longer_than_what_passed(steps: list[int]) -> None:
    time = np.cumsum([0.0, *steps])
    recorded = recorded_s(Track({"time_s": time}, np.zeros(time.size, bool)))
    assert recorded is not None
    assert 0 <= recorded <= time[-1]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02T00:00:00Z", 86_400.0),
        ("1970-01-02T02:00:00.5+02:00", 86_400.5),
        ("1970-01-02T00:00:00", 86_400.0),
        (" 1970-01-02 00:00:00Z\n", 86_400.0),
        ("1970-01-01T23:59:60Z", float("nan")),
        ("yesterday", float("nan")),
        (None, float("nan")),
    ],
)
def test_a_time_is_read_in_the_spellings_that_occur(text: str | None, seconds: float) -> None:
    np.testing.assert_equal(unix_s(text), seconds)


@given(st.lists(st.datetimes(), min_size=1, max_size=30), st.booleans())
def test_many_times_are_read_as_one_alone(moments: list[object], same_day: bool) -> None:
    """The quick way for files of one day agrees with the plain one."""
    texts = [f"{moment:%Y-%m-%dT%H:%M:%S}Z" for moment in moments]
    if same_day:
        texts = [texts[0][:10] + text[10:] for text in texts]
    points = Points({})
    for text in texts:
        points.add({"time": text})
    np.testing.assert_allclose(points.columns()["time_s"], [unix_s(text) for text in texts], atol=1e-6)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5", 1.5), ("1,5", 1.5), ("0", 0.0), ("-0.3e1", -3.0), ("inf", None), ("", None), ("x", None)],
)
def test_a_number_is_read_with_point_or_comma(text: str, value: float | None) -> None:
    np.testing.assert_equal(number(text), float("nan") if value is None else value)


def test_the_maker_is_told_only_where_the_name_tells_it() -> None:
    makers = [
        device_named(name, None) for name in ("Polar V800", "fenix 3", "HUAWEI WATCH GT 3", "My tracker")
    ]
    assert [device and device.maker for device in makers] == ["Polar", "Garmin", "Huawei", None]
    assert device_named(" ", None) is None
