"""What stands out from a runner's own year is told, with its day; what does not is not; unseen is no "no"."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, look, run, told

from backstride.assess import assess
from backstride.features.changed.compare import Compared, compare
from backstride.features.changed.merge import GROUP_OF, marks, merged
from backstride.features.changed.since import step_up
from backstride.features.changed.unusual import judged_year
from backstride.features.exposures.columns import columns
from backstride.features.find import findings
from backstride.features.lookback import Lookback, back_from
from backstride.model.activity import Activity
from backstride.model.findings import Onset
from backstride.model.history import Answer, History, Span
from backstride.model.text import Missing, Quantity
from backstride.reports.outline import outline
from backstride.reports.strip_svg import strip_svg
from backstride.reports.wording import Wording

WORDING = Wording(KNOWLEDGE.sentences)
WEEKS = 70


@cache
def lived(weeks: int = WEEKS, seed: int = 1) -> tuple[Activity, ...]:
    """A runner with some scatter: four runs a week, 6 to 12 km, on the road, in two pairs in turn."""
    chance = np.random.default_rng(seed)
    runs = []
    for back in range(7 * weeks - 1, -1, -1):
        on = LAST - DAY * back
        if on.weekday() in (1, 3, 5, 6):
            km = float(np.round(chance.normal(8 if on.weekday() != 6 else 12, 1.2), 2))
            runs.append(
                replace(
                    run(on, km),
                    moving_s=km * 1_000 / float(chance.normal(2.8, 0.08)),
                    climb_m=km * float(chance.normal(8, 1.5)),
                    descent_m=km * float(chance.normal(8, 1.5)),
                    surface="road",
                    shoe=("blue", "red")[len(runs) % 2],
                )
            )
    return tuple(runs)


def whole(runs: tuple[Activity, ...]) -> History:
    first = min(each.on for each in runs)
    return History(activities=runs, recorded=(Span(first, LAST),))


def changed(history: History, onset: Onset | None = None) -> Compared:
    found = compare(look(history, onset=told(LAST) if onset is None else onset))
    assert found is not None
    return found


def since(days: int, change: Callable[[Activity], Activity]) -> History:
    """The runner's year, with every run of the last days changed."""
    first = LAST - DAY * (days - 1)
    return whole(tuple(change(each) if each.on >= first else each for each in lived()))


def first_run(days: int) -> date:
    return min(each.on for each in lived() if each.on > LAST - DAY * days)


def test_a_year_like_any_other_stands_out_in_nothing_and_says_how_much_was_seen() -> None:
    found = changed(whole(lived()))

    assert found.found == ()
    assert found.year.statement.id == "features.year_nothing"
    assert found.year.value == Quantity(0.0, "count")
    assert found.year.seen_share == 1.0


CHANGES: dict[str, tuple[Callable[[Activity], Activity], str]] = {
    "downhill": (lambda each: replace(each, descent_m=(each.descent_m or 0) * 4), "hills"),
    "longer": (
        lambda each: replace(
            each, distance_m=(each.distance_m or 0) * 1.8, moving_s=(each.moving_s or 0) * 1.8
        ),
        "amount",
    ),
    "faster": (lambda each: replace(each, moving_s=(each.moving_s or 0) / 1.15), "speed"),
    "trail": (lambda each: replace(each, surface="trail"), "ground"),
    "new pair": (lambda each: replace(each, shoe="green"), "shoes"),
    "evening": (lambda each: replace(each, start=each.start.replace(hour=19)), "hour"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_first_with_the_day_of_its_first_run(name: str) -> None:
    change, group = CHANGES[name]

    found = changed(since(21, change)).found

    assert GROUP_OF[found[0].id] == group
    assert found[0].since is not None
    assert abs((found[0].since - first_run(21)).days) <= 3
    assert found[0].notable
    assert found[0].sources == ("own_rule",)
    assert found[0].activities
    assert all(word not in WORDING.say(found[0].statement) for word in ("cause", "because", "led to"))


def test_longer_runs_are_told_once_and_not_as_hills_time_and_heart_beats_too() -> None:
    found = changed(since(21, CHANGES["longer"][0])).found

    assert len(found) == 1


def test_two_changes_are_both_told() -> None:
    both = since(21, lambda each: CHANGES["trail"][0](CHANGES["faster"][0](each)))

    assert {each.id for each in changed(both).found} == {"changed_on_trail", "changed_speed"}


def test_one_walk_among_the_runs_is_no_new_stride() -> None:
    history = since(21, lambda each: each)
    stepped = tuple(
        replace(each, averages={"cadence_spm": 172.0 + each.on.day % 5}) for each in history.activities
    )
    walk = replace(stepped[-4], averages={"cadence_spm": 118.0})

    assert changed(whole((*stepped[:-4], walk, *stepped[-3:]))).found == ()


def test_a_window_of_few_runs_must_differ_by_more() -> None:
    """The same three hours later are told of twelve runs, and not of three."""

    def told_of(days: int) -> tuple[str, ...]:
        chance = np.random.default_rng(5)
        hours = {each.id: int(chance.integers(6, 11)) for each in lived()}
        at = tuple(replace(each, start=each.start.replace(hour=hours[each.id])) for each in lived())
        first = LAST - DAY * (days - 1)
        late = tuple(
            replace(each, start=each.start.replace(hour=each.start.hour + 3)) if each.on >= first else each
            for each in at
        )
        return tuple(each.id for each in changed(whole(late)).found)

    assert told_of(28) == ("changed_hour",)
    assert told_of(6) == ()


def test_longer_runs_are_told_as_a_level_though_the_first_of_them_was_a_leap() -> None:
    found = changed(since(21, lambda each: replace(each, distance_m=3 * (each.distance_m or 0)))).found
    amount = next(each for each in found if GROUP_OF[each.id] == "amount")

    assert amount.since == first_run(21)


def test_one_very_long_run_is_left_to_the_rule_on_single_runs_and_makes_no_longer_week() -> None:
    last = lived()[-3]
    far = replace(last, distance_m=34_000.0, moving_s=34_000 / 2.8, climb_m=272.0, descent_m=272.0)
    history = whole(tuple(far if each.id == last.id else each for each in lived()))

    first, _ = merged(changed(history).found, findings(look(history, LAST, told(LAST))), KNOWLEDGE)

    assert changed(history).found == ()
    assert first[0].id == "single_run_spike"
    assert first[0].activities == (last.id,)


def test_a_reader_never_sees_one_change_twice() -> None:
    last = lived()[-3]
    far = replace(last, distance_m=34_000.0, moving_s=34_000 / 2.8)
    history = whole(tuple(far if each.id == last.id else each for each in lived()))
    on_record = findings(look(history, LAST, told(LAST)))

    first, rest = merged(changed(history).found, on_record, KNOWLEDGE)

    assert first[0].id == "single_run_spike"
    assert len({each.id for each in (*first, *rest)}) == len((*first, *rest))


def test_no_more_than_five_are_told_and_none_of_the_fixed_rules_is_lost() -> None:
    runs = tuple(
        replace(
            each,
            surface="trail",
            shoe="green",
            moving_s=(each.moving_s or 0) / 1.2,
            descent_m=(each.descent_m or 0) * 5,
            start=each.start.replace(hour=19),
            averages={"cadence_spm": 190.0},
        )
        if each.on > LAST - DAY * 21
        else replace(each, averages={"cadence_spm": 170.0 + each.on.day % 3})
        for each in lived()
    )
    history = replace(whole(runs), answers=(Answer("pain_began_on", LAST.isoformat(), LAST),))

    answer = assess(history, LAST, KNOWLEDGE)

    assert 3 <= len(answer.changes) <= 5
    assert len(answer.strip.changed) >= 1


def test_the_comparison_changes_no_fact() -> None:
    history = since(21, CHANGES["downhill"][0])
    answered = replace(history, answers=(Answer("pain_began_on", LAST.isoformat(), LAST),))
    on_record = findings(look(answered, LAST, told(LAST)))

    for each in changed(history).found:
        assert each.facts == {}
    assert [each.facts for each in findings(look(answered, LAST, told(LAST)))] == [
        each.facts for each in on_record
    ]


def test_without_an_onset_nothing_is_compared() -> None:
    assert compare(look(whole(lived()))) is None
    assert assess(whole(lived()), LAST, KNOWLEDGE).against_year is None


def test_a_short_record_is_not_called_usual() -> None:
    found = changed(whole(lived(weeks=20)))

    assert found.found == ()
    assert found.year.statement.id == "features.year_too_short"
    assert isinstance(found.year.value, Missing)


def test_of_nobody_nothing_is_compared() -> None:
    found = changed(History())

    assert found.found == ()
    assert isinstance(found.year.value, Missing)
    assert found.year.seen_share == 0


def lost(history: History, gone: set[date]) -> History:
    """The history had nobody recorded some days."""
    days = {each.first + DAY * step for each in history.recorded or () for step in range(each.days)}
    return replace(
        history,
        activities=tuple(each for each in history.activities if each.on not in gone),
        recorded=tuple(Span(on, on) for on in sorted(days - gone)),
    )


@given(st.sets(st.integers(0, 27), min_size=1, max_size=28))
@example({2, 4})  # two days of rest: the week must not look fuller for having lost them
@settings(max_examples=30, deadline=None)
def test_unknown_is_never_no(gone: set[int]) -> None:
    """With days taken out nothing is told that was not, and "nothing" always says how much was seen."""
    history = since(21, CHANGES["downhill"][0])
    poorer = changed(lost(history, {LAST - DAY * back for back in gone}))

    assert {each.id for each in poorer.found} <= {"changed_descent", "changed_steepness_down"}
    assert poorer.year.statement.id != "features.year_nothing"
    assert poorer.year.seen_share == pytest.approx(1 - len(gone) / 28)
    if len(gone) > 14:
        assert poorer.found == ()
        assert poorer.year.statement.id == "features.year_window_unseen"
        assert isinstance(poorer.year.value, Missing)


def test_an_unseen_day_leaves_an_interval() -> None:
    poorer = changed(lost(since(21, CHANGES["trail"][0]), {LAST - DAY * 2, LAST - DAY}))
    trail = next(each for each in poorer.found if each.id == "changed_on_trail")

    assert isinstance(trail.value, Quantity)
    assert trail.value.low is not None
    assert trail.value.low < trail.value.value
    assert trail.seen_share < 1


def test_days_without_any_run_that_nobody_recorded_are_no_rest() -> None:
    """A runner whose watch was away for ten days did not, for all we know, run less or more."""
    gone = {LAST - DAY * back for back in range(10)}

    assert changed(lost(whole(lived()), gone)).found == ()


@given(st.permutations(range(20)))
@settings(max_examples=5, deadline=None)
def test_the_order_of_activities_does_not_matter(order: list[int]) -> None:
    history = since(21, CHANGES["faster"][0])
    last = history.activities[-20:]
    shuffled = (*history.activities[:-20], *(last[at] for at in order))

    assert changed(replace(history, activities=shuffled)) == changed(history)


def test_a_rest_day_recorded_far_before_changes_nothing() -> None:
    history = since(21, CHANGES["faster"][0])
    longer = replace(history, recorded=(*(history.recorded or ()), Span(date(2020, 1, 1), date(2020, 1, 1))))

    assert changed(longer) == changed(history)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kathmandu"])
def test_the_same_local_days_elsewhere_say_the_same(zone: str) -> None:
    history = since(21, CHANGES["faster"][0])
    elsewhere = tuple(
        replace(
            each,
            start=datetime(each.on.year, each.on.month, each.on.day, each.start.hour, tzinfo=ZoneInfo(zone)),
        )
        for each in history.activities
    )

    assert changed(replace(history, activities=elsewhere)) == changed(history)


def test_miles_change_words_and_no_number() -> None:
    found = changed(since(21, CHANGES["longer"][0])).found[0]

    assert "km" in WORDING.say(found.statement)
    assert "miles" in Wording(KNOWLEDGE.sentences, "miles").say(found.statement)


def test_a_band_of_days_weakens_and_does_not_break() -> None:
    band = Onset(Span(LAST - DAY * 7, LAST), told=False)

    found = changed(since(21, CHANGES["trail"][0]), band).found

    assert [each.id for each in found] == ["changed_on_trail"]


def test_a_change_after_the_onset_is_not_seen() -> None:
    history = since(7, CHANGES["trail"][0])

    assert changed(history, told(LAST - DAY * 10)).found == ()


def test_rarity_is_never_below_one_in_the_weeks_looked_at() -> None:
    view = look(whole(lived()), onset=told(LAST))
    year = judged_year(columns(back_from(LAST, 478), view), {0: 1.0}, KNOWLEDGE)

    assert year.chance(1e9) == pytest.approx(1 / (1 + year.weeks))
    assert year.chance(-1e9) == 1.0
    assert 50 < year.weeks < 53


def test_the_report_says_it_once_and_plainly() -> None:
    history = replace(whole(lived()), answers=(Answer("pain_began_on", LAST.isoformat(), LAST),))
    answer = assess(history, LAST, KNOWLEDGE)
    section = next(each for each in outline(answer, WORDING) if each.id == "changes")

    assert answer.against_year is not None
    words = [getattr(block, "words", "") for block in section.blocks]
    assert WORDING.say(answer.against_year.statement) in words


def test_the_picture_names_the_day_of_a_change() -> None:
    history = replace(
        since(21, CHANGES["trail"][0]), answers=(Answer("pain_began_on", LAST.isoformat(), LAST),)
    )
    answer = assess(history, LAST, KNOWLEDGE)

    assert [mark.label.id for mark in answer.strip.changed] == ["features.mark_changed_on_trail"]
    drawn_svg = strip_svg(answer.strip, WORDING, "words", 720)
    assert "trails, " in drawn_svg


def test_a_day_with_two_changes_is_marked_once() -> None:
    found = changed(since(21, lambda each: CHANGES["trail"][0](CHANGES["faster"][0](each)))).found
    same = tuple(replace(each, since=LAST) for each in found)

    assert len(marks(same, Span(LAST, LAST))) == 1


@given(st.lists(st.floats(-5, 5), min_size=6, max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_step_is_where_ruptures_finds_it(values: list[float]) -> None:
    import ruptures

    column = np.round(np.array(values), 2)
    place, explained = step_up(column, 0)
    cost = ruptures.costs.CostL2().fit(column.reshape(-1, 1))

    if explained > 1e-9:  # below that it is rounding
        whole = column.size

        def scatter(first: int, end: int) -> float:
            return float(cost.error(first, end)) if end - first > 1 else 0.0

        gained = {
            at: scatter(0, whole) - scatter(0, at) - scatter(at, whole)
            for at in range(1, whole)
            if column[at:].mean() > column[:at].mean()
        }
        assert explained == pytest.approx(max(gained.values()), abs=1e-6)
        assert gained[place] == pytest.approx(explained, abs=1e-6)


def test_a_clear_step_is_where_the_search_of_ruptures_finds_it() -> None:
    import ruptures

    chance = np.random.default_rng(3)
    for at in (10, 31, 50):
        column = np.concatenate([chance.normal(0, 1, at), chance.normal(3, 1, 60 - at)])
        found = ruptures.KernelCPD(kernel="linear", min_size=1).fit(column.reshape(-1, 1)).predict(n_bkps=1)

        assert step_up(column, 0)[0] == found[0]


def test_ten_years_of_runs_are_compared_in_well_under_a_third_of_a_second() -> None:
    runs = lived(weeks=750)
    view = Lookback(whole(runs), LAST, told(LAST), KNOWLEDGE)
    for each in view.runs_in(back_from(LAST, 500)):
        view.measured(each)
    compare(view)

    begun = time.perf_counter()
    compare(Lookback(whole(runs), LAST, told(LAST), KNOWLEDGE, view.measured))

    assert len(runs) >= 3_000
    assert time.perf_counter() - begun < 0.6  # 0.3 where nothing else runs
