"""How the runs went: pace, stride, ground, shoes, hour and warmth, each run by its weight."""

from __future__ import annotations

from collections.abc import Callable

from backstride.features.exposures.day import Day
from backstride.features.exposures.row import NOTHING, Exposure, OfDay, Part, Way
from backstride.features.ground.of_run import ground_of
from backstride.model.activity import SURFACES, Activity, Surface

OfRun = Callable[[Day, Activity], float | None]


def by_time(of: OfRun) -> OfDay:
    """Each run of the day by its moving time; a day whose runs do not say is not known."""
    return _weighted(of, lambda run: run.moving_s)


def by_run(of: OfRun) -> OfDay:
    """Each run of the day counts the same."""
    return _weighted(of, lambda run: 1.0)


def _weighted(of: OfRun, weight: Callable[[Activity], float | None]) -> OfDay:
    def of_day(day: Day) -> Part | None:
        if not day.runs:
            return NOTHING
        pairs = [(of(day, run), weight(run)) for run in day.runs]
        known = [(value, heavy) for value, heavy in pairs if value is not None and heavy is not None]
        if not known:
            return None
        return sum(value * heavy for value, heavy in known), sum(heavy for _, heavy in known)

    return of_day


def _measured(name: str) -> OfRun:
    return lambda day, run: day.measured(run, name)


def _speed(day: Day, run: Activity) -> float | None:
    return day.look.measured.speed_mps(run)


def _hour(day: Day, run: Activity) -> float | None:
    """Local hours since midnight: a run before `night_ends_hour` belongs to the evening before."""
    hour = day.measured(run, "start_hour")
    if hour is None:
        return None
    return hour if hour >= day.look.number("night_ends_hour") else hour + 24


def _on(surface: Surface) -> OfRun:
    """1 on that ground, 0 on another, None where it may have been either."""

    def of_run(day: Day, run: Activity) -> float | None:
        ground = ground_of(run, day.look)
        if surface not in ground.possible:
            return 0.0
        return 1.0 if ground.only == surface else None

    return of_run


def _in_new_pair(day: Day, run: Activity) -> float | None:
    """1 in a pair first used in the `new_shoe_days` before, 0 in another, None where that is not known."""
    pair = day.pairs.get(run.id)
    return None if pair is None else _yes_no(pair.is_new)


def _in_worn_pair(day: Day, run: Activity) -> float | None:
    """1 in a pair that has gone `shoe_life_m`, 0 in another, None where that is not known."""
    pair = day.pairs.get(run.id)
    return None if pair is None else _yes_no(pair.is_worn)


def _yes_no(answer: bool | None) -> float | None:
    return None if answer is None else float(answer)


_UP: tuple[Way, ...] = ("up",)
_BOTH: tuple[Way, ...] = ("up", "down")


def _ground(surface: Surface) -> Exposure:
    return Exposure(
        f"on_{surface}", "share", "on average", "ground", _UP, "changed_least_share", by_run(_on(surface))
    )


OF_RUNS = (
    Exposure(
        "speed",
        "mps",
        "on average",
        "speed",
        _UP,
        "changed_least_speed_mps",
        by_time(_speed),
    ),
    Exposure(
        "cadence",
        "spm",
        "on average",
        "stride",
        _BOTH,
        "changed_least_cadence_spm",
        by_time(_measured("running_cadence_spm")),
        at_same=("speed", "steepness_up"),
    ),
    Exposure(
        "contact",
        "ms",
        "on average",
        "stride",
        _BOTH,
        "changed_least_contact_ms",
        by_time(_measured("running_contact_ms")),
        at_same=("speed", "steepness_up"),
    ),
    *(_ground(surface) for surface in SURFACES),
    Exposure("new_pair", "share", "on average", "shoes", _UP, "changed_least_share", by_run(_in_new_pair)),
    Exposure("worn_pair", "share", "on average", "shoes", _UP, "changed_least_share", by_run(_in_worn_pair)),
    Exposure("hour", "hour", "on average", "hour", _BOTH, "changed_least_hours", by_run(_hour)),
    Exposure(
        "warmth",
        "celsius",
        "on average",
        "warmth",
        _BOTH,
        "changed_least_celsius",
        by_time(_measured("temperature_c")),
    ),
)
"""How the runs of a day went."""
