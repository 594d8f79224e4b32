"""How samples of several sensors come to stand in common rows."""

from __future__ import annotations

import numpy as np

from backstride.formats.hold import held, on_common_rows
from backstride.model.activity import Column


def column(*values: float) -> Column:
    return np.array(values, np.float64)


def shown(values: Column) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def test_a_sample_stands_for_ten_seconds_and_never_for_the_time_before_it() -> None:
    rows = column(0, 5, 9, 15, 16, 30)
    assert shown(held(column(5, 28), column(140, 150), rows)) == [None, 140, 140, 140, None, 150]


def test_a_sample_that_says_how_long_it_lasts_stands_for_that() -> None:
    rows = column(0, 25, 31)
    assert shown(held(column(0), column(3), rows, column(30))) == [3, 3, None]


def test_there_is_a_row_at_every_moment_of_any_channel() -> None:
    found = on_common_rows(
        {
            "heart_rate_bpm": (column(5, 0), column(141, 140)),
            "power_w": (column(2, np.nan, 40), column(240, 1, np.nan)),
        }
    )
    assert {name: shown(each) for name, each in found.items()} == {
        "time_s": [0, 2, 5],
        "heart_rate_bpm": [140, 140, 141],
        "power_w": [None, 240, 240],
    }


def test_distance_goes_on_between_its_samples() -> None:
    found = on_common_rows(
        {"distance_m": (column(0, 10), column(0, 30)), "power_w": (column(5, 20), column(240, 250))}
    )
    assert shown(found["distance_m"]) == [0, 15, 30, None]


def test_without_a_channel_there_is_no_row() -> None:
    assert on_common_rows({})["time_s"].size == 0
