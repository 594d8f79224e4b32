"""How much, how often, how far at once, how hard, and up and down how many hills."""

from __future__ import annotations

from backstride.features.certain import any_of
from backstride.features.day_sums import OfRun, summed
from backstride.features.exposures.day import Day
from backstride.features.exposures.row import Exposure, OfDay, Part, Way
from backstride.features.hard import was_hard
from backstride.features.measures.of_fields import srpe_au
from backstride.model.activity import Activity, Sport

_WEEK = 1 / 7
"""What a day weighs where amounts are told per seven days."""


def a_week(of: OfRun) -> OfDay:
    """The sum over the day's runs; not known where one of them does not say."""

    def of_day(day: Day) -> Part | None:
        total = summed(day.runs, of)
        return None if total is None else (total, _WEEK)

    return of_day


def _day_length(day: Day) -> Part | None:
    """All of a day's runs as one: warming up in a file of its own makes no short run."""
    total = summed(day.runs, lambda run: run.distance_m)
    return None if total is None else (total, float(bool(day.runs)))


def _steepness(of: OfRun) -> OfDay:
    """Metres up, or down, for each metre run."""

    def of_day(day: Day) -> Part | None:
        height, run_m = summed(day.runs, of), summed(day.runs, lambda run: run.distance_m)
        return None if height is None or run_m is None else (height, run_m)

    return of_day


def _ran(day: Day) -> Part:
    return float(bool(day.runs)), _WEEK


def _back_to_back(day: Day) -> Part | None:
    """A day with a run whose day before had one too."""
    if not day.runs:
        return 0.0, _WEEK
    return None if day.before is None else (float(bool(day.before)), _WEEK)


def _hard(day: Day) -> Part | None:
    hard = any_of(was_hard(run, day.look) for run in day.runs)
    return None if hard is None else (float(hard), _WEEK)


def _heart_beats(day: Day) -> Part | None:
    """Heart beats while running, in thousands: a load that needs neither a highest nor a resting rate."""

    def beats(run: Activity) -> float | None:
        mean = day.measured(run, "running_heart_rate_bpm")
        return None if mean is None or run.moving_s is None else mean * run.moving_s / 60_000

    total = summed(day.runs, beats)
    return None if total is None else (total, _WEEK)


def _other(*sports: Sport) -> OfDay:
    def of_day(day: Day) -> Part | None:
        done = [each for each in day.others if each.sport in sports]
        total = summed(done, lambda each: each.moving_s)
        return None if total is None else (total, _WEEK)

    return of_day


_UP: tuple[Way, ...] = ("up",)
_BOTH: tuple[Way, ...] = ("up", "down")

AMOUNTS = (
    Exposure(
        "distance",
        "m",
        "a week",
        "amount",
        _UP,
        "changed_least_amount",
        a_week(lambda run: run.distance_m),
        is_ratio=True,
    ),
    Exposure(
        "time",
        "s",
        "a week",
        "amount",
        _UP,
        "changed_least_amount",
        a_week(lambda run: run.moving_s),
        is_ratio=True,
    ),
    Exposure("running_days", "day", "a week", "amount", _UP, "changed_least_days", _ran),
    Exposure("back_to_back", "day", "a week", "amount", _UP, "changed_least_days", _back_to_back),
    Exposure("effort", "au", "a week", "amount", _UP, "changed_least_amount", a_week(srpe_au), is_ratio=True),
    Exposure(
        "heart_beats",
        "number",
        "a week",
        "amount",
        _UP,
        "changed_least_amount",
        _heart_beats,
        is_ratio=True,
    ),
    Exposure(
        "run_length", "m", "on average", "amount", _UP, "changed_least_amount", _day_length, is_ratio=True
    ),
    Exposure("hard_days", "day", "a week", "speed", _UP, "changed_least_days", _hard),
    Exposure(
        "climb",
        "m",
        "a week",
        "hills",
        _UP,
        "changed_least_hills",
        a_week(lambda run: run.climb_m),
        grows_with="amount",
        is_ratio=True,
    ),
    Exposure(
        "descent",
        "m",
        "a week",
        "hills",
        _UP,
        "changed_least_hills",
        a_week(lambda run: run.descent_m),
        grows_with="amount",
        is_ratio=True,
    ),
    Exposure(
        "steepness_up",
        "share",
        "on average",
        "hills",
        _UP,
        "changed_least_hills",
        _steepness(lambda run: run.climb_m),
        is_ratio=True,
    ),
    Exposure(
        "steepness_down",
        "share",
        "on average",
        "hills",
        _UP,
        "changed_least_hills",
        _steepness(lambda run: run.descent_m),
        is_ratio=True,
    ),
    Exposure("strength", "s", "a week", "strength", _BOTH, "changed_least_other_s", _other("strength")),
    Exposure("riding", "s", "a week", "riding", _BOTH, "changed_least_other_s", _other("ride")),
    Exposure(
        "other_sports",
        "s",
        "a week",
        "other",
        _BOTH,
        "changed_least_other_s",
        _other("walk", "swim", "other"),
    ),
)
"""Amounts of running and of what is done beside it."""
