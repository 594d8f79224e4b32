"""What holds of any activities, however strange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from accuracy.duplicates import Archive
from accuracy.duplicates import made_up as made_up_years
from hypothesis import given
from hypothesis import strategies as st
from tests.copies.made_up import sha256
from tests.strategies import activities

from backstride.copies import groups, merged, runs
from backstride.model.activity import Activity, Origin, Stream

CHANNELS = ("heart_rate_bpm", "cadence_spm", "distance_m", "latitude_deg", "longitude_deg", "power_w")
_YEARS = [made_up_years(seed, 60).activities for seed in range(100, 104)]


@st.composite
def streams(draw: st.DrawFn) -> Stream:
    """No recording, or a short one with gaps."""
    steps = draw(st.lists(st.sampled_from([0.5, 1.0, 4.0, 30.0]), max_size=12))
    if not steps:
        return Stream()
    values = st.floats(1, 200) | st.just(np.nan)
    names = draw(st.sets(st.sampled_from(CHANNELS)))
    columns = {
        name: np.array(draw(st.lists(values, min_size=len(steps), max_size=len(steps))))
        for name in sorted(names)
    }
    return Stream({"time_s": np.cumsum(steps)} | columns)


@st.composite
def wild(draw: st.DrawFn) -> Activity:
    """Any activity of a few hours, so that many are about the same time, name and file."""
    activity = draw(activities())
    service_id = draw(st.none() | st.sampled_from(["strava:1", "strava:2", "garmin:1"]))
    reader = draw(st.sampled_from(["fit", "gpx", "strava", "case"]))
    sha = sha256(draw(st.sampled_from("abcdefgh")))
    minutes = draw(st.integers(0, 12) | st.sampled_from([60, 120, 330]))
    return replace(
        activity,
        start=activity.start.replace(month=3, day=9, hour=10, minute=0) + timedelta(minutes=minutes),
        zone_from=draw(st.sampled_from(["file", "place", "profile"])),
        origin=Origin(sha, draw(st.sampled_from(["1.fit", "2.gpx"])), reader, 1, draw(st.integers(0, 2))),
        distance_m=draw(st.none() | st.sampled_from([0.0, 5_000.0, 5_100.0, 9_900.0])),
        moving_s=draw(st.none() | st.sampled_from([0.0, 1_500.0, 1_505.0, 3_000.0])),
        elapsed_s=draw(st.none() | st.sampled_from([1_500.0, 1_800.0, 3_000.0, 1e9])),
        service_id=service_id,
        file=draw(st.none() | st.sampled_from(["activities/1.fit.gz", "2.gpx"])),
        stream=draw(streams()),
    )


def of_years(draw: st.DrawFn) -> list[Activity]:
    year = draw(st.sampled_from(_YEARS))
    begin = draw(st.integers(0, len(year) - 1))
    return year[begin : begin + draw(st.integers(1, 25))]


@st.composite
def histories(draw: st.DrawFn) -> list[Activity]:
    """Some days of a likely history, or a few strange activities; each id once."""
    found = of_years(draw) if draw(st.booleans()) else draw(st.lists(wild(), min_size=1, max_size=8))
    return list({each.id: each for each in found}.values())


def ids(found: Sequence[Sequence[Activity]]) -> set[frozenset[str]]:
    return {frozenset(each.id for each in group) for group in found}


@st.composite
def told(draw: st.DrawFn) -> tuple[list[Activity], list[tuple[str, str]], list[tuple[str, str]]]:
    """A history, pairs kept apart, and pairs put together."""
    history = draw(histories())
    pairs = st.lists(st.tuples(*(st.sampled_from([each.id for each in history]),) * 2), max_size=3)
    return history, draw(pairs), draw(pairs)


@given(told())
def test_every_activity_is_in_exactly_one_group(
    told: tuple[list[Activity], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    history, apart, together = told

    found = groups(history, apart, together)

    assert Counter(each.id for each in history) == Counter(each.id for group in found for each in group)
    assert all(found)


@given(histories(), st.randoms())
def test_the_order_does_not_matter(history: list[Activity], chance: st.DataObject) -> None:
    shuffled = chance.sample(history, len(history))  # type: ignore[attr-defined]

    assert ids(groups(history)) == ids(groups(shuffled))
    assert [run.copies for run in runs(history)] == [run.copies for run in runs(shuffled)]


@given(histories())
def test_runs_of_runs_are_the_same_runs(history: list[Activity]) -> None:
    once = runs(history)
    again = runs(once)

    assert [run.id for run in once] == [run.id for run in again]
    assert all(one is other for one, other in zip(once, again, strict=True))


@given(told())
def test_the_runner_s_word_is_kept(
    told: tuple[list[Activity], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    history, apart, together = told
    group_of = {each.id: place for place, group in enumerate(groups(history, apart)) for each in group}
    joined = {each.id: place for place, group in enumerate(groups(history, (), together)) for each in group}

    assert all(one == other or group_of[one] != group_of[other] for one, other in apart)
    assert all(joined[one] == joined[other] for one, other in together)


@given(told())
def test_apart_is_kept_also_where_together_contradicts(
    told: tuple[list[Activity], list[tuple[str, str]], list[tuple[str, str]]],
) -> None:
    history, apart, together = told
    found = {each.id: place for place, group in enumerate(groups(history, apart, together)) for each in group}

    assert all(one == other or found[one] != found[other] for one, other in apart)


@given(st.data())
def test_an_exact_copy_changes_neither_count_nor_totals(data: st.DataObject) -> None:
    """The same file once more, or the same run as another service hands its file out."""
    history = list({each.id: each for each in of_years(data.draw)}.values())
    one = data.draw(st.sampled_from(history))
    other_bytes = replace(one.origin, sha256=sha256(one.id)) if one.stream else one.origin
    copy = replace(one, origin=other_bytes)

    before, after = runs(history), runs([*history, copy])

    assert len(before) == len(after)
    assert [run.distance_m for run in before] == [run.distance_m for run in after]
    assert [run.elapsed_s for run in before] == [run.elapsed_s for run in after]


@given(st.lists(wild(), min_size=1, max_size=5))
def test_merging_loses_no_channel_and_makes_no_value_up(copies: list[Activity]) -> None:
    """Whatever is put together: each value lies between values that a copy had, distances aside."""
    run = merged(copies)
    newest = list({each.id: each for each in copies}.values())
    had = {name for each in newest if "time_s" in each.stream for name in each.stream}

    assert had == set(run.stream)
    for channel in had - {"time_s", "distance_m", "longitude_deg"}:
        recorded = np.concatenate([each.stream[channel] for each in newest if channel in each.stream])
        known, given_ = recorded[~np.isnan(recorded)], run.stream[channel]
        assert given_.size == run.stream["time_s"].size
        values = given_[~np.isnan(given_)]
        assert values.size == 0 or (known.min() <= values.min() and values.max() <= known.max())


@given(st.lists(wild(), min_size=1, max_size=5))
def test_a_merged_total_is_one_that_a_copy_told(copies: list[Activity]) -> None:
    run = merged(copies)

    for name in ("distance_m", "moving_s", "elapsed_s", "climb_m", "descent_m"):
        value = getattr(run, name)
        assert value is None or value in [getattr(each, name) for each in copies]


def test_the_made_up_years_are_the_same_each_time() -> None:
    def starts(archive: Archive) -> list[tuple[object, object]]:
        return [(each.start, each.distance_m) for each in archive.activities]

    assert starts(made_up_years(9, 30)) == starts(made_up_years(9, 30))
