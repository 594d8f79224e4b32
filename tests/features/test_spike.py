"""One run against the longest of the 30 days before: the published bins, and no guess where days lack."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.features.made_up import DAY, KNOWLEDGE, LAST, drawn, look, run, told, value_of, weekly

from backstride.features.longest import longest_30_days
from backstride.features.spike import Spike, single_run_spike, spike_days, spike_of
from backstride.model.history import History, Span
from backstride.model.text import Missing, Quantity, Text

MONTH = weekly("8 . . 10 . . .", 6)
"""Six recorded weeks whose longest run is 10 km."""


def last_spike(table: str) -> Spike | Missing:
    seen = look(drawn(table))
    return spike_of(seen.runs[-1], seen)


def bin_of(km: float) -> str | None:
    spike = last_spike(f"{MONTH} {km}")
    assert isinstance(spike, Spike)
    return spike.bin


@pytest.mark.parametrize(
    ("km", "expected"),
    [
        (2, "none"),
        (10, "none"),
        (11, "none"),
        (11.01, "over_10"),
        (13, "over_10"),
        (13.01, "over_30"),
        (20, "over_30"),
        (20.01, "over_100"),
        (60, "over_100"),
    ],
)
def test_the_bins_are_the_papers_and_an_edge_belongs_below(km: float, expected: str) -> None:
    assert expected == bin_of(km)


@given(st.floats(1, 50), st.floats(1, 50), st.floats(0.1, 10))
def test_scaling_all_distances_leaves_the_ratio(before: float, after: float, k: float) -> None:
    plain = last_spike(f"{before} {'. ' * 29} {after}")
    scaled = last_spike(f"{before * k} {'. ' * 29} {after * k}")

    assert isinstance(plain, Spike)
    assert isinstance(scaled, Spike)
    assert pytest.approx(plain.ratio.low) == scaled.ratio.low


def test_only_the_30_days_before_count() -> None:
    inside = last_spike(f"20 {'. ' * 15} 10 {'. ' * 13} 12")
    outside = last_spike(f"20 {'. ' * 16} 10 {'. ' * 13} 12")

    assert isinstance(inside, Spike)
    assert isinstance(outside, Spike)
    assert (inside.bin, outside.bin) == ("none", "over_10")


def test_an_earlier_run_of_the_same_day_counts_as_before() -> None:
    history = drawn(MONTH)
    history = replace(
        history, activities=(*history.activities, run(LAST, 12, hour=7), run(LAST, 13, hour=18))
    )
    seen = look(history)

    spike = spike_of(seen.runs[-1], seen)

    assert isinstance(spike, Spike)
    assert spike.previous_m.low == 12_000


def test_an_unrecorded_day_before_makes_the_ratio_an_interval_and_the_bin_open() -> None:
    spike = last_spike(f"{weekly('8 . . 10 . ? .', 6)} 15")

    assert isinstance(spike, Spike)
    assert (spike.ratio.low, spike.ratio.high) == (1.0, 1.5)
    assert (spike.at_least, spike.at_most, spike.bin) == ("none", "over_30", None)


def test_a_run_within_the_known_longest_is_no_spike_whatever_the_unrecorded_days_held() -> None:
    spike = last_spike(f"{weekly('8 . . 10 . ? .', 6)} 11")

    assert isinstance(spike, Spike)
    assert spike.bin == "none"


def test_a_first_run_after_30_recorded_days_off_is_missing_and_no_spike() -> None:
    finding = single_run_spike(look(drawn(f"10 {'. ' * 30} 12")))

    assert finding.statement.id == "features.spike_after_break"
    assert isinstance(finding.value, Missing)
    assert finding.facts == {}


def test_a_run_without_distance_leaves_it_open() -> None:
    history = drawn(MONTH)
    lacking = replace(history, activities=(*history.activities, run(LAST, None, hour=20)))

    finding = single_run_spike(look(lacking))

    assert finding.facts == {}


def test_the_biggest_spike_before_the_onset_is_told_with_its_day_and_distances() -> None:
    finding = single_run_spike(look(drawn(f"{MONTH} 12 . 21 . 14 . ."), onset=told(LAST)))

    assert finding.facts == {"single_run_spike": "over_30"}
    assert pytest.approx(1.75) == value_of(finding)
    words = finding.statement.values["what"]
    assert isinstance(words, Text)
    assert words.values["day"] == LAST - DAY * 4
    assert Quantity(21_000, "m") == words.values["distance"]
    assert Quantity(12_000, "m") == words.values["previous"]
    assert finding.notable


def test_a_spike_after_the_onset_or_long_before_it_is_not_told() -> None:
    after = single_run_spike(look(drawn(f"{MONTH} 8 . 21 ."), onset=told(LAST - DAY * 2)))
    before = single_run_spike(look(drawn(f"{MONTH} 21 {'. ' * 14} 8"), onset=told(LAST)))

    assert after.facts == {"single_run_spike": "none"}
    assert before.facts == {"single_run_spike": "none"}
    assert not after.notable


def test_a_run_on_the_day_of_the_onset_counts() -> None:
    finding = single_run_spike(look(drawn(f"{MONTH} 21"), onset=told(LAST)))

    assert finding.facts == {"single_run_spike": "over_100"}


def test_a_sure_spike_is_told_though_the_record_ends_before_the_onset() -> None:
    finding = single_run_spike(look(drawn(f"{MONTH} 21 ? ?"), onset=told(LAST)))

    assert finding.facts == {"single_run_spike": "over_100"}
    assert finding.seen_share == pytest.approx(12 / 14)


def test_that_there_was_no_spike_is_not_known_where_a_day_is_not_recorded() -> None:
    finding = single_run_spike(look(drawn(f"{MONTH} 8 ?")))

    assert finding.facts == {}
    assert finding.statement.id == "features.spike_at_most"


def test_a_fully_recorded_window_without_a_run_has_no_spike() -> None:
    finding = single_run_spike(look(drawn(f"{MONTH} {'. ' * 14}")))

    assert finding.facts == {"single_run_spike": "none"}


def test_without_any_record_nothing_is_known() -> None:
    finding = single_run_spike(look(History()))

    assert finding.facts == {}
    assert finding.seen_share == 0


def test_the_days_of_sure_spikes_are_marked() -> None:
    history = drawn(f"{MONTH} 12 . 21 .")

    assert spike_days(Span(LAST - DAY * 13, LAST), look(history)) == (LAST - DAY * 3, LAST - DAY)


def test_the_longest_run_of_the_last_30_days_is_known_in_a_full_record() -> None:
    finding = longest_30_days(look(drawn(f"30 {MONTH}")))

    assert Quantity(10_000, "m") == finding.value


def test_the_longest_run_on_record_stands_with_an_upper_end_where_days_are_not_recorded() -> None:
    finding = longest_30_days(look(drawn(f"30 {MONTH} ? 9")))

    assert Quantity(10_000, "m", 10_000, 30_000) == finding.value
    assert finding.statement.id == "features.longest_at_least"


def test_the_longest_run_is_missing_where_none_is_on_record() -> None:
    rested = longest_30_days(look(drawn(f"10 {'. ' * 30}")))
    unseen = longest_30_days(look(drawn(f"10 {'? ' * 30}")))

    assert isinstance(rested.value, Missing)
    assert (rested.statement.id, unseen.statement.id) == ("features.longest_none", "features.longest_unknown")


def test_the_longest_run_is_of_the_days_up_to_today_also_after_an_onset_long_ago() -> None:
    finding = longest_30_days(look(drawn(f"{MONTH} {'. ' * 20} 4 {'. ' * 12}"), onset=told(LAST - DAY * 33)))

    assert value_of(finding) == 4_000


def test_the_study_is_named_with_every_statement_on_its_bins() -> None:
    for table in (f"{MONTH} 12", f"{MONTH} 8", f"{MONTH} 8 ?"):
        assert "frandsen2025" in single_run_spike(look(drawn(table))).sources


def test_the_edges_are_those_published() -> None:
    assert KNOWLEDGE.edges("spike_edges") == (1.1, 1.3, 2.0)


def test_a_spike_before_the_onset_is_no_measure_for_the_longest_run_afterwards() -> None:
    finding = longest_30_days(look(drawn(f"{MONTH} 22 . . 3"), onset=told(LAST - DAY * 1)))

    assert value_of(finding) == 10_000
    assert finding.statement.id == "features.longest_left_out"


def test_a_spike_that_is_the_only_run_still_counts() -> None:
    table = f"8 {'. ' * 29} 22 . . ."

    assert value_of(longest_30_days(look(drawn(table), onset=told(LAST)))) == 22_000


def test_a_spike_says_how_many_days_later_the_pain_began() -> None:
    finding = single_run_spike(look(drawn(f"{MONTH} 22 . ."), onset=told(LAST)))

    assert finding.statement.id == "features.spike_then_pain"
    assert finding.statement.values["days"] == Quantity(2.0, "day")
    assert finding.background is not None
