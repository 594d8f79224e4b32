"""Every pair over the record: what is known, what may be, and nothing lost between the two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import inf, isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.features.made_up import DAY, LAST, drawn, look, run, told, value_of, weekly
from tests.strategies import DAYS, FIRST, histories

from backstride.features.shoes.age import shoe_age
from backstride.features.shoes.build import shoe_build
from backstride.features.shoes.rotation import shoe_rotation
from backstride.features.shoes.switch import shoe_switch
from backstride.features.shoes.use import shoe_rack
from backstride.model.findings import Interval
from backstride.model.gear import ShoeRack, ShoeUse
from backstride.model.history import History, Shoe
from backstride.model.text import Missing, Quantity

EVEN = weekly("10 . 10 . . 10 .", 12)
NEW = Shoe("new", "Light One", LAST - DAY * 27, None, 0.0, drop_mm=4, stack_mm=24)
OLD = Shoe("old", "Steady", LAST - DAY * 300, LAST - DAY * 28, 100_000, drop_mm=10, stack_mm=34)


def worn(shoe: Callable[[int], str | None], *shoes: Shoe, table: str = EVEN) -> History:
    """Drawn runs with the shoe of each by days ago, and what is told of the pairs."""
    history = drawn(table)
    runs = tuple(replace(each, shoe=shoe((LAST - each.on).days)) for each in history.activities)
    return replace(history, activities=runs, shoes=shoes)


def switched(*shoes: Shoe) -> History:
    """Four weeks in a new pair after eight in an old one."""
    return worn(lambda ago: "new" if ago < 28 else "old", *shoes)


def racked(history: History) -> ShoeRack:
    return shoe_rack(look(history))


def pair(history: History, id: str) -> ShoeUse:
    return next(each for each in racked(history).pairs if each.id == id)


@given(histories())
@settings(max_examples=50)
def test_the_pairs_and_the_runs_of_no_known_pair_add_up_to_the_whole(history: History) -> None:
    rack = shoe_rack(look(history, FIRST + DAY * (DAYS - 1)))

    for end in ("low", "high"):
        parts = sum(getattr(each.known_m, end) for each in rack.pairs)
        assert parts + getattr(rack.without_pair_m, end) == pytest.approx(getattr(rack.whole_m, end))
    assert sum(each.share.low for each in rack.pairs) <= 1 + 1e-9


@given(histories())
@settings(max_examples=50)
def test_the_ends_of_a_pair_hold_what_is_known_of_it(history: History) -> None:
    for use in shoe_rack(look(history, FIRST + DAY * (DAYS - 1))).pairs:
        assert use.known_m.low == use.distance_m.low <= use.distance_m.high
        assert use.known_m.high <= use.distance_m.high
        assert use.life_m.low >= use.distance_m.low
        assert 0 <= use.share.low <= use.share.high <= 1
        months = sum(each.distance_m.low for each in use.months)
        assert months == pytest.approx(use.known_m.low)
        assert (use.first_on is None) == (use.runs == 0)


@given(histories(), st.randoms())
@settings(max_examples=30)
def test_the_order_in_which_files_and_pairs_came_changes_nothing(history: History, chance: object) -> None:
    runs, shoes = list(history.activities), list(history.shoes)
    chance.shuffle(runs)  # type: ignore[attr-defined]
    chance.shuffle(shoes)  # type: ignore[attr-defined]
    view = look(history, FIRST + DAY * (DAYS - 1))
    other = replace(view, history=replace(history, activities=tuple(runs), shoes=tuple(shoes)))
    one_id = len({each.id for each in shoes}) == len(shoes)

    if one_id:
        assert shoe_rack(other) == shoe_rack(view)


@given(histories(), st.integers(0, DAYS - 1))
@settings(max_examples=50)
def test_naming_the_pair_of_one_more_run_never_widens_what_is_known(history: History, nth: int) -> None:
    """What was said before stays true: more knowledge only draws the ends together."""
    view = look(replace(history, shoes=()), FIRST + DAY * (DAYS - 1))
    bare = [each for each in view.runs if each.shoe is None]
    named = [each for each in view.runs if each.shoe is not None]
    if not bare or not named:
        return
    chosen = bare[nth % len(bare)]
    pair = named[0].shoe
    runs = tuple(
        replace(each, shoe=pair) if each.id == chosen.id else each for each in view.history.activities
    )
    before, after = shoe_rack(view), shoe_rack(replace(view, history=replace(view.history, activities=runs)))

    for was, now in zip(before.pairs, after.pairs, strict=True):
        assert was.distance_m.low <= now.distance_m.low + 1e-6
        assert now.distance_m.high <= was.distance_m.high + 1e-6


def test_a_pair_with_all_told_has_one_number() -> None:
    use = pair(worn(lambda ago: "new", replace(NEW, in_use_from=LAST - DAY * 83)), "new")

    assert use.life_m == Interval(360_000, 360_000)
    assert use.share == Interval(1, 1)
    assert (use.first_on, use.last_on, use.runs) == (LAST - DAY * 83, LAST - DAY, 36)


def test_a_pair_of_which_nothing_is_told_has_no_upper_end_and_may_be_new_or_not() -> None:
    use = pair(worn(lambda ago: "blue" if ago < 10 else None), "blue")

    assert use.distance_m.low == 40_000
    assert use.distance_m.high == 360_000
    assert use.life_m == Interval(40_000, inf)
    assert use.is_new is None
    assert use.is_beyond is None


def test_a_pair_not_worn_for_long_is_put_away_and_says_how_far_pairs_go() -> None:
    history = worn(
        lambda ago: "old" if ago > 200 else "new",
        Shoe("old", "Steady", None, None, 400_000),
        Shoe("new", "Light One", None, None, 0.0),
        table=weekly("10 . 10 . . 10 .", 60),
    )
    rack = racked(history)

    old, new = (next(each for each in rack.pairs if each.id == id) for id in ("old", "new"))
    assert (old.in_use, new.in_use) == (False, True)
    assert rack.usual_life_pairs == 1
    assert rack.usual_life_m == old.life_m
    assert new.is_beyond is False


def test_a_run_that_passes_the_first_50_km_counts_by_its_metres() -> None:
    table = f"20 . . 20 . . 20 . . 20 {'. ' * 18}"
    history = worn(lambda ago: "new", Shoe("new", "", None, None, 0.0), table=table)

    finding = shoe_age(look(history))

    assert value_of(finding) == pytest.approx(50 / 80)


def test_shoes_of_unknown_age_are_neither_young_nor_old() -> None:
    finding = shoe_age(look(worn(lambda ago: None)))

    assert isinstance(finding.value, Missing)
    assert racked(worn(lambda ago: None)).young == Interval(0, 1)


def test_another_main_pair_is_told_with_how_its_build_differs() -> None:
    finding = shoe_switch(look(switched(replace(NEW, in_use_from=None, distance_before_m=None), OLD)))

    assert finding.statement.id == "features.shoe_switch_build"
    assert value_of(finding) == 120_000


def test_the_same_main_pair_is_no_switch() -> None:
    finding = shoe_switch(look(worn(lambda ago: "old", OLD)))

    assert finding.statement.id == "features.shoe_switch_no"
    assert not finding.notable


def test_runs_that_name_no_pair_leave_a_switch_open() -> None:
    assert isinstance(shoe_switch(look(worn(lambda ago: "new" if ago < 12 else None))).value, Missing)


def test_a_lower_drop_is_told_in_millimetres() -> None:
    finding = shoe_build(look(switched(NEW, OLD)))

    assert finding.value == Quantity(-6, "mm")
    assert finding.notable


def test_a_drop_told_of_one_pair_alone_says_nothing() -> None:
    finding = shoe_build(look(switched(NEW, replace(OLD, drop_mm=None, stack_mm=None))))

    assert isinstance(finding.value, Missing)
    assert not finding.notable


@pytest.mark.parametrize(("order", "at_once"), [("aababba", 2), ("aaabbb", 1), ("abcabc", 3), ("a", 1)])
def test_pairs_worn_in_turn_are_told_from_one_after_the_other(order: str, at_once: int) -> None:
    runs = tuple(replace(run(LAST - DAY * (len(order) - nth)), shoe=name) for nth, name in enumerate(order))
    every_day = look(History(activities=runs))
    view = replace(every_day, onset=told(LAST))

    rack = shoe_rack(view)

    assert rack.at_once.low == at_once
    changes = sum(one != other for one, other in pairwise(order))
    assert len(rack.switches) == changes


def test_one_run_of_no_known_pair_may_have_been_in_one_more() -> None:
    finding = shoe_rotation(look(worn(lambda ago: None if ago == 1 else "old", replace(OLD, in_use_to=None))))
    assert isinstance(finding.value, Quantity)

    unknown = shoe_rotation(look(worn(lambda ago: None if ago == 1 else "old")))
    assert isinstance(unknown.value, Missing)


def test_days_nobody_recorded_may_have_added_to_a_pair_in_use() -> None:
    use = pair(
        worn(lambda ago: "new", replace(NEW, in_use_from=LAST - DAY * 20), table="10 . . ? ? . 10 . ."), "new"
    )

    assert use.distance_m == Interval(20_000, 20_000)
    assert use.life_m.low == 20_000
    assert isfinite(use.life_m.high)
    assert use.life_m.high > 20_000
