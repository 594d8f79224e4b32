"""The table of exposures: each row says what a day adds, and says nothing of what it does not know."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from tests.features.made_up import DAY, KNOWLEDGE, LAST, drawn, look, run
from tests.strategies import DAYS, FIRST, histories

from backstride.features.changed.merge import GROUP_OF
from backstride.features.exposures.columns import Columns, columns
from backstride.features.exposures.row import Exposure
from backstride.features.exposures.table import EXPOSURES
from backstride.features.exposures.wear import wear
from backstride.features.lookback import back_from
from backstride.model.activity import Activity
from backstride.model.history import DayRecord, History, Shoe, Span
from backstride.model.text import Unit

ROWS = {row.id: row for row in EXPOSURES}
rows = pytest.mark.parametrize("row", EXPOSURES, ids=lambda row: row.id)


def seen(history: History, days: int = 7) -> Columns:
    return columns(back_from(LAST, days), look(history))


def day(found: Columns, name: str, ago: int = 0) -> tuple[float, float]:
    at = found.at(LAST - DAY * ago)
    return float(found.amounts[name][at]), float(found.weights[name][at])


@rows
def test_a_row_has_a_unit_a_threshold_words_and_a_name_on_the_picture(row: Exposure) -> None:
    assert row.unit in get_args(Unit)
    assert KNOWLEDGE.number(row.least) > (1 if row.is_ratio else 0)
    assert f"features.changed_{row.id}" in KNOWLEDGE.sentences
    assert f"features.mark_changed_{row.id}" in KNOWLEDGE.sentences
    assert row.ways
    assert GROUP_OF[f"changed_{row.id}"] == row.group


def test_each_id_is_there_once_and_what_a_row_leans_on_is_a_row() -> None:
    assert len(ROWS) == len(EXPOSURES)
    assert {other for row in EXPOSURES for other in row.at_same} <= set(ROWS)
    assert {row.grows_with for row in EXPOSURES} - {None} <= {row.group for row in EXPOSURES}


@settings(max_examples=30)
@given(histories())
def test_an_unrecorded_day_says_nothing_and_a_recorded_one_is_finite_or_unknown(history: History) -> None:
    span = Span(FIRST, FIRST + DAY * (DAYS - 1))
    view = look(history, span.last)

    found = columns(span, view)

    for row in EXPOSURES:
        assert found.amounts[row.id].shape == (span.days,)
        assert np.isnan(found.amounts[row.id][~found.recorded]).all()
        known = np.isfinite(found.amounts[row.id])
        assert np.isfinite(found.weights[row.id][known]).all()
        assert (found.weights[row.id][known] >= 0).all()
    for place in range(span.days):
        assert found.recorded[place] == view.book.is_recorded(span.first + DAY * place)


def test_a_rest_day_is_nothing_of_an_amount_and_weighs_nothing_in_a_mean() -> None:
    found = seen(drawn("8 . 8 . 8 . ."))

    assert day(found, "distance") == (0.0, 1 / 7)
    assert day(found, "speed") == (0.0, 0.0)


def test_warming_up_in_a_file_of_its_own_makes_no_short_run() -> None:
    history = History(
        activities=(run(LAST, 8), replace(run(LAST, 1), start=run(LAST).start.replace(hour=23)))
    )

    assert day(seen(history), "run_length") == (9_000.0, 1.0)


def test_a_run_without_a_distance_makes_its_day_unknown_and_not_zero() -> None:
    history = History(activities=(run(LAST, None), run(LAST - DAY, 8)))

    found = seen(history)

    assert np.isnan(found.amounts["distance"][found.at(LAST)])
    assert day(found, "running_days") == (1.0, 1 / 7)


def test_running_the_day_after_an_unknown_day_may_be_back_to_back() -> None:
    found = seen(drawn("8 . . ? 8 8 ."))

    assert np.isnan(found.amounts["back_to_back"][found.at(LAST - DAY * 2)])
    assert day(found, "back_to_back", 1) == (1.0, 1 / 7)
    assert day(found, "back_to_back", 0) == (0.0, 1 / 7)


def test_a_surface_that_is_not_named_is_not_known() -> None:
    named = replace(run(LAST, 8), surface="trail")
    found = seen(History(activities=(run(LAST - DAY, 8), named)))

    assert day(found, "on_trail") == (1.0, 1.0)
    assert day(found, "on_road") == (0.0, 1.0)
    assert np.isnan(found.amounts["on_trail"][found.at(LAST - DAY)])


def shod(*pairs: str | None) -> tuple[Activity, ...]:
    """One run a day up to the last, each in a pair."""
    return tuple(
        replace(run(LAST - DAY * ago), shoe=pair)
        for ago, pair in zip(range(len(pairs) - 1, -1, -1), pairs, strict=True)
    )


def test_the_first_pair_ever_named_is_not_called_new_and_one_after_others_is() -> None:
    runs = shod("blue", "blue", "blue", "red")
    worn = wear(look(History(activities=runs)))

    assert worn[runs[0].id].is_new is None
    assert worn[runs[3].id].is_new is True


def test_a_pair_named_for_longer_than_a_new_one_is_not_new_whenever_it_began() -> None:
    days = int(KNOWLEDGE.number("new_shoe_days"))
    runs = shod(*["blue"] * (days + 2))
    worn = wear(look(History(activities=runs)))

    assert worn[runs[days].id].is_new is None
    assert worn[runs[-1].id].is_new is False


def test_a_pair_is_not_taken_for_fresh_because_its_beginning_is_not_on_record() -> None:
    life_m = KNOWLEDGE.number("shoe_life_m")
    runs = shod("blue", "blue", None, "blue")

    def told(before_m: float | None) -> list[bool | None]:
        worn = wear(look(History(activities=runs, shoes=(Shoe("blue", "Blue", distance_before_m=before_m),))))
        return [worn[each.id].is_worn for each in (runs[0], runs[1], runs[3])]

    assert told(None) == [None, None, None]
    assert told(life_m - 8_000) == [False, True, True]
    assert told(0.0) == [False, False, None], "a run between may have been in it"


def test_two_makers_of_one_night_are_never_mixed() -> None:
    nights = [DayRecord(LAST - DAY * ago, "garmin", sleep_s=28_000) for ago in range(5)]
    other = [DayRecord(LAST - DAY * ago, "apple", sleep_s=20_000) for ago in range(3)]
    history = replace(drawn("8 . 8 . 8 . ."), days=(*other, *nights))

    assert day(seen(history), "sleep") == (28_000.0, 1.0)


def test_cadence_is_told_at_one_speed() -> None:
    """A runner whose steps quicken with speed, and who ran faster of late, has not changed the stride."""
    runs = []
    for ago in range(40):
        speed = 3.5 if ago < 10 else 2.5 + 0.05 * (ago % 5)
        made = run(LAST - DAY * ago, 8)
        cadence = 160 + 10 * (speed - 2.5)
        runs.append(
            replace(made, moving_s=8_000 / speed, averages={"cadence_spm": cadence, "speed_mps": speed})
        )
    found = columns(back_from(LAST, 40), look(History(activities=tuple(reversed(runs)))))
    value = found.amounts["cadence"] / found.weights["cadence"]

    assert np.ptp(value[np.isfinite(value)]) < 0.01


def test_cadence_is_told_on_one_slope_and_a_day_without_heights_counts_as_usual() -> None:
    """A runner whose steps quicken uphill, and who ran in the hills of late, has not changed the stride."""
    runs = []
    for ago in range(40):
        climb_m = 240.0 if ago < 10 else 40.0 + 4 * (ago % 6)
        cadence = 165 + 6 * np.log(climb_m)
        known = None if ago == 20 else climb_m
        runs.append(
            replace(run(LAST - DAY * ago, 8), climb_m=known, averages={"cadence_spm": float(cadence)})
        )
    found = columns(back_from(LAST, 40), look(History(activities=tuple(reversed(runs)))))
    value = found.amounts["cadence"] / found.weights["cadence"]

    assert abs(value[-10:].mean() - value[:10].mean()) < 2.0  # 9 steps apart without it
