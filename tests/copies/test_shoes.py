"""Pairs of shoes, each once, however many files call them by a number or by a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.copies.made_up import EIGHT, recording

from backstride.copies import each_once
from backstride.copies.shoes import pairs_once
from backstride.model.history import History, Shoe

ON = EIGHT.date()
BY_NUMBER = Shoe("garmin:1", "Steady 3", worn_in=("garmin:11",))
BY_NAME = Shoe("Steady 3", "Maker Steady 3", drop_mm=8)


def shoe_of(called: str | None, *shoes: Shoe, **told: str) -> str | None:
    run = recording("a.fit", shoe=called, **told)
    (once,) = each_once(History(activities=(run,), shoes=shoes)).activities
    return once.shoe


def test_a_pair_known_by_number_and_by_name_is_one_with_what_both_say() -> None:
    assert pairs_once((BY_NUMBER, BY_NAME)) == (replace(BY_NUMBER, drop_mm=8),)
    assert pairs_once((BY_NAME, BY_NUMBER)) == (replace(BY_NUMBER, drop_mm=8),)


def test_a_run_that_calls_it_by_name_or_is_on_its_list_is_in_it() -> None:
    assert shoe_of("Steady 3", BY_NUMBER, BY_NAME) == "garmin:1"
    assert shoe_of(None, BY_NUMBER, BY_NAME, service_id="garmin:11") == "garmin:1"
    assert shoe_of("garmin:1", BY_NUMBER, BY_NAME) == "garmin:1"
    assert shoe_of("another", BY_NUMBER, BY_NAME) == "another"


def test_two_pairs_of_one_model_stay_two_and_a_name_is_the_one_in_use_that_day() -> None:
    first = Shoe("garmin:1", "Steady 3", None, ON - timedelta(days=1))
    second = Shoe("garmin:2", "Steady 3", ON)

    assert pairs_once((first, second)) == (first, second)
    assert shoe_of("Steady 3", first, second) == "garmin:2"
    assert shoe_of("Steady 3", replace(first, in_use_to=None), second) == "Steady 3"


@given(st.lists(st.builds(Shoe, id=st.sampled_from("abc"), model=st.sampled_from(["", "a", "b", "x"]))))
def test_no_pair_is_made_up_and_only_names_of_others_go(shoes: list[Shoe]) -> None:
    once = pairs_once(shoes)

    assert len({each.id for each in once}) == len(once)
    assert {each.id for each in once} <= {each.id for each in shoes}
    assert bool(once) == bool(shoes)
    assert pairs_once(once) == once
