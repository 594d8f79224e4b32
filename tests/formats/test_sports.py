"""A file's word for a sport, in the dialects of many programs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.formats.sports import SPORT_WORDS, sport_named, sport_word, surface_named
from backstride.model.activity import SPORTS


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("Running", "run"), ("RUN", "run"), ("TrailRun", "run"), ("trail_running", "run"), ("9", "run"),
        ("VirtualRun", "run"), ("Morning Run", "run"), ("Treadmill Running", "run"), ("Biking", "ride"),
        ("1", "ride"), ("Afternoon Mountain Bike Ride", "ride"), ("Walking", "walk"),
        ("Nordic Walking", "walk"), ("hiking", "walk"), ("open-water swimming", "swim"),
        ("WeightTraining", "strength"), ("Other", "other"), ("Quidditch", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_a_sport_is_known_by_its_words(word: str | None, sport: str | None) -> None:
    assert sport_named(word) == sport


@pytest.mark.parametrize(
    ("word", "surface"),
    [("trail_running", "trail"), ("Treadmill", "treadmill"), ("IndoorRun", "treadmill"),
     ("track run", "track"), ("street_running", "road"), ("running", None), (None, None)],
)  # fmt: skip
def test_the_ground_of_a_run_is_known_by_its_word(word: str | None, surface: str | None) -> None:
    assert surface_named(word, "run") == surface
    assert surface_named(word, "ride") is None


def test_no_word_stands_for_two_sports_and_each_is_spelt_as_compared() -> None:
    words = [word for group in SPORT_WORDS.values() for word in group]
    assert len(words) == len(set(words))
    assert set(SPORT_WORDS) == set(SPORTS)
    assert all(word == sport_word(word) for word in words)


@given(st.text(max_size=60))
def test_any_word_is_a_sport_or_none(word: str) -> None:
    assert sport_named(word) in (*SPORTS, None)
