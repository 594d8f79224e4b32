"""What was run or walked on single days, to be held against the session that was due."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from typing import Literal

from backstride.features.load.own import own_usual
from backstride.features.lookback import Lookback
from backstride.model.activity import Activity, Lap
from backstride.model.findings import Finding
from backstride.model.history import Span
from backstride.model.ladder import RunDay, RunHabits

_Sport = Literal["run", "walk"]
_RUN: _Sport = "run"
_WALK: _Sport = "walk"


def habits(look: Lookback, found: Iterable[Finding]) -> RunHabits:
    """How the runner runs and records now."""
    longest = {id for finding in found if finding.id == "longest_30_days" for id in finding.activities}
    walked = [look.measured.value(run, "walked_at_end_s") for run in look.runs if run.id in longest]
    known = walked[-1] if walked else None
    return RunHabits(
        look.own.usual.speed_mps if look.own.runs else None,
        None if known is None else known >= look.number("stroll_recorded_s"),
    )


def run_days(look: Lookback, days: Iterable[date]) -> tuple[RunDay, ...]:
    """The runs of each day together, and the walks; a day without any is left out."""
    wanted = set(days)
    done: dict[tuple[date, _Sport], list[Activity]] = {}
    for on in wanted:
        if runs := look.runs_in(Span(on, on)):
            done[on, _RUN] = list(runs)
    for each in look.history.activities:
        if each.sport == "walk" and each.on in wanted:
            done.setdefault((each.on, _WALK), []).append(each)
    return tuple(_day(on, sport, done[on, sport], look) for on, sport in sorted(done))


def longest_of_days(look: Lookback, first: date) -> dict[date, float]:
    """The longest run of each day from `first` on, metres; a day without a known one is left out."""
    longest: dict[date, float] = {}
    for run in look.runs_in(Span(first, look.on)):
        if run.distance_m is not None:
            longest[run.on] = max(run.distance_m, longest.get(run.on, 0.0))
    return longest


def _day(on: date, sport: _Sport, done: list[Activity], look: Lookback) -> RunDay:
    done = sorted(done, key=lambda each: (each.start, each.id))
    as_run = sport == "run"
    speeds = [look.measured.value(each, "running_speed_mps") for each in done] if as_run else [None]
    return RunDay(
        on=on,
        sport=sport,
        activities=tuple(each.id for each in done),
        at=done[0].start,
        distance_m=_sum(each.distance_m for each in done),
        moving_s=_sum(_moving_s(each, look) for each in done),
        running_s=_sum(_running_s(each, look) for each in done) if as_run else 0.0,
        run_mps=max((speed for speed in speeds if speed is not None), default=None),
        easy_mps=_usual_mps(on, look) if as_run else None,
    )


def _sum(amounts: Iterable[float | None]) -> float | None:
    """None where any of them is not known."""
    known = list(amounts)
    whole = [amount for amount in known if amount is not None]
    return sum(whole) if len(whole) == len(known) else None


def _moving_s(done: Activity, look: Lookback) -> float | None:
    """Moving time; where running and walking can be told apart, of the same seconds."""
    if done.sport == "run":
        ran_s, share = (look.measured.value(done, name) for name in ("running_s", "running_share"))
        if ran_s is not None and share:
            return ran_s / share
    return done.moving_s


def _running_s(run: Activity, look: Lookback) -> float | None:
    """Seconds of running, by the second, else by laps of which each was run or walked."""
    ran_s = look.measured.value(run, "running_s")
    return _by_laps(run.laps, look) if ran_s is None else ran_s


def _by_laps(laps: Iterable[Lap], look: Lookback) -> float | None:
    """None with a single lap, which tells no running from walking, or where one has no speed."""
    laps = tuple(laps)
    ran_s = 0.0
    for lap in laps:
        if lap.moving_s is None or lap.distance_m is None or len(laps) < 2:
            return None
        if lap.moving_s > 0 and lap.distance_m / lap.moving_s >= look.number("run_walk_mps"):
            ran_s += lap.moving_s
    return ran_s if laps else None


def _usual_mps(on: date, look: Lookback) -> float | None:
    """How fast the runner usually ran before that day; None of too few runs."""
    before = look.runs[: bisect_left(look.runs, on, key=lambda run: run.on)]
    own = own_usual(before, look.measured, look.knowledge)
    return own.usual.speed_mps if own.runs else None
