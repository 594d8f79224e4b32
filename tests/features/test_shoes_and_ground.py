"""Shoes and ground before the onset: told where it is certain, open where runs do not say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.features.made_up import DAY, LAST, drawn, look, run, value_of, weekly

from backstride.features.ground.change import downhill_up, surface_change
from backstride.features.shoes.new import new_shoes
from backstride.features.shoes.worn import worn_shoes
from backstride.model.activity import Activity
from backstride.model.history import History, Shoe
from backstride.model.text import Missing, Quantity

EVEN = weekly("10 . 10 . . 10 .", 12)


def each(history: History, change: Callable[[int, Activity], Activity]) -> History:
    """The history with every run changed, given its number of days before the last day."""
    changed = tuple(change((LAST - activity.on).days, activity) for activity in history.activities)
    return replace(history, activities=changed)


def shod(shoe: Callable[[int], str | None], *shoes: Shoe) -> History:
    """The even weeks with the shoe of each run by days ago, and what is told of the pairs."""
    worn = each(drawn(EVEN), lambda ago, activity: replace(activity, shoe=shoe(ago)))
    return replace(worn, shoes=shoes)


def test_a_pair_that_the_runner_dates_within_six_weeks_is_new() -> None:
    history = shod(lambda ago: "new" if ago < 10 else "old", Shoe("new", "Light One", LAST - DAY * 10))

    finding = new_shoes(look(history))

    assert finding.facts == {"new_shoes": True}
    assert finding.statement.values["shoe"] == "Light One"
    assert finding.statement.values["distance"] == Quantity(40_000, "m")
    assert value_of(finding) == 1


def test_a_pair_first_named_after_other_pairs_were_named_is_new() -> None:
    assert new_shoes(look(shod(lambda ago: "new" if ago < 10 else "old"))).facts == {"new_shoes": True}


def test_the_first_run_that_names_any_shoe_is_not_its_first_use() -> None:
    assert new_shoes(look(shod(lambda ago: "blue" if ago < 10 else None))).facts == {}


def test_a_pair_with_distance_before_the_record_is_not_called_new() -> None:
    told = Shoe("blue", "Blue", None, None, 200_000)

    assert new_shoes(look(shod(lambda ago: "blue" if ago < 10 else "old", told))).facts == {}


def test_a_pair_with_nothing_before_its_first_run_is_new() -> None:
    told = Shoe("blue", "Blue", None, None, 0.0)

    finding = new_shoes(look(shod(lambda ago: "blue" if ago < 10 else None, told)))

    assert finding.facts == {"new_shoes": True}


def test_an_old_pair_on_every_run_is_a_no() -> None:
    finding = new_shoes(look(shod(lambda ago: "old")))

    assert finding.facts == {"new_shoes": False}
    assert value_of(finding) == 0


def test_one_run_that_names_no_shoe_leaves_it_open() -> None:
    finding = new_shoes(look(shod(lambda ago: None if ago == 1 else "old")))

    assert finding.facts == {}
    assert isinstance(finding.value, Missing)


def test_most_runs_in_a_pair_beyond_its_life_are_told() -> None:
    history = shod(lambda ago: "old", Shoe("old", "Old", None, None, 400_000))

    finding = worn_shoes(look(history))

    assert finding.facts == {"worn_shoes": True}
    assert value_of(finding) == 760_000


def test_a_pair_of_known_low_distance_is_a_no() -> None:
    assert worn_shoes(look(shod(lambda ago: "old", Shoe("old", "Old", None, None, 0.0)))).facts == {
        "worn_shoes": False
    }


def test_a_pair_whose_earlier_distance_nobody_told_may_be_worn() -> None:
    finding = worn_shoes(look(shod(lambda ago: "old")))

    assert finding.facts == {}
    assert isinstance(finding.value, Missing)


def test_a_pair_no_older_than_the_record_is_known_without_being_told() -> None:
    told = Shoe("old", "Old", LAST - DAY * 60)

    finding = worn_shoes(look(shod(lambda ago: "old" if ago <= 60 else "other", told)))

    assert finding.facts == {"worn_shoes": False}


def test_runs_that_name_no_shoe_may_have_worn_a_pair_out() -> None:
    told = Shoe("old", "Old", None, None, 450_000)

    finding = worn_shoes(look(shod(lambda ago: None if 20 < ago < 60 else "old", told)))

    assert finding.facts == {}


def test_days_nobody_recorded_may_have_worn_a_pair_out() -> None:
    told = Shoe("old", "Old", None, None, 620_000)
    gappy = each(drawn(f"{weekly('10 ? ? . . ? ?', 2)} 10 ."), lambda ago, run: replace(run, shoe="old"))

    assert worn_shoes(look(replace(gappy, shoes=(told,)))).facts == {}


def surfaced(recent: str | None, before: str | None, table: str = EVEN) -> History:
    return each(
        drawn(table),
        lambda ago, activity: replace(activity, surface=recent if ago < 28 else before),  # type: ignore[arg-type]
    )


def test_another_surface_than_usual_is_told() -> None:
    finding = surface_change(look(surfaced("trail", "road")))

    assert finding.facts == {"surface_change": True}
    assert finding.statement.values["now"] == Quantity(1, "share")
    assert value_of(finding) == 1


def test_the_same_surface_is_a_no() -> None:
    assert surface_change(look(surfaced("road", "road"))).facts == {"surface_change": False}


@pytest.mark.parametrize("recent", [None, "road"])
def test_runs_that_name_no_surface_leave_it_open(recent: str | None) -> None:
    assert surface_change(look(surfaced(recent, None))).facts == {}


def test_unrecorded_days_may_have_been_on_any_surface() -> None:
    history = surfaced("road", "road", weekly("10 ? 10 ? ? 10 ?", 12))

    assert surface_change(look(history)).facts == {}


def test_a_treadmill_run_without_positions_counts_as_a_surface() -> None:
    assert surface_change(look(surfaced("treadmill", "road"))).facts == {"surface_change": True}


def descending(recent: float | None, before: float | None) -> History:
    return each(
        drawn(EVEN), lambda ago, activity: replace(activity, descent_m=recent if ago < 28 else before)
    )


def test_clearly_more_downhill_than_usual_is_told() -> None:
    finding = downhill_up(look(descending(150.0, 60.0)))

    assert finding.facts == {"downhill_up": True}
    assert value_of(finding) == pytest.approx(2.5)
    assert finding.statement.values["now"] == Quantity(450, "m")


def test_a_few_metres_more_on_the_flat_are_no_hill() -> None:
    assert downhill_up(look(descending(12.0, 2.0))).facts == {"downhill_up": False}


def test_as_much_downhill_as_usual_is_a_no() -> None:
    assert downhill_up(look(descending(100.0, 100.0))).facts == {"downhill_up": False}


def test_descent_that_is_not_on_record_is_never_zero() -> None:
    assert downhill_up(look(descending(150.0, None))).facts == {}
    assert downhill_up(look(descending(None, None))).facts == {}
    assert downhill_up(look(descending(None, 100.0))).facts == {}


def test_a_recorded_time_without_runs_has_no_shoes_and_no_surface_to_judge() -> None:
    seen = look(drawn(f"10 {'. ' * 84}"))

    assert new_shoes(seen).facts == {}
    assert worn_shoes(seen).facts == {}
    assert surface_change(seen).facts == {}


def test_a_run_without_distance_makes_the_distance_in_a_pair_an_interval() -> None:
    history = shod(lambda ago: "old", Shoe("old", "Old", None, None, 680_000))
    lacking = replace(history, activities=(*history.activities, replace(run(LAST, None), shoe="old")))

    finding = worn_shoes(look(lacking))

    assert isinstance(finding.value, Quantity)
    assert (finding.value.low, finding.value.high) == (1_040_000, 1_050_000)


def test_runs_that_name_no_pair_take_the_only_one_told_to_be_in_use_that_day() -> None:
    old = Shoe("old", "Old One", None, LAST - DAY * 11)
    new = Shoe("new", "Light One", LAST - DAY * 10, None, 0.0)

    finding = new_shoes(look(shod(lambda ago: None, old, new)))

    assert finding.statement.values["distance"] == Quantity(40_000, "m")


def test_two_pairs_in_use_on_the_same_days_leave_it_open_which_was_worn() -> None:
    old = Shoe("old", "Old One", LAST - DAY * 200)
    new = Shoe("new", "Light One", LAST - DAY * 10, None, 0.0)

    assert new_shoes(look(shod(lambda ago: None, old, new))).activities == ()
