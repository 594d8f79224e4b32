"""The sessions to come if every one of them is green: the soonest that the plan's own rules allow.

rung 1, 2, ... 11          each `greens_to_climb` times, `days_between_runs` apart
the usual easy run         from then on one long run in `long_run_days`, each at most the cap over
                           the longest run of the `spike_base_days` before it
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.model.ladder import RunHabits
from backstride.model.wishes import Pause
from backstride.plan.climb import Standing, kept, move
from backstride.plan.pauses import next_free
from backstride.plan.within_cap import after_s, fitted


@dataclass(frozen=True, slots=True)
class ToCome:
    """One session to come."""

    on: date
    rung: int
    cap_m: float | None
    """No longer than this; None where nothing limits it, or nobody knows how far anything goes."""
    in_one_go_m: float | None = None
    """Running without a break; None where there is none, or the runner's speed is not known."""


def to_come(
    standing: Standing,
    on: date,
    lately: Mapping[date, float],
    habits: RunHabits,
    pauses: tuple[Pause, ...],
    ladder: Ladder,
    knowledge: Knowledge,
) -> Iterator[ToCome]:
    """Each session, soonest first, for as far ahead as the plan looks.

    `lately` is the longest run of each day on record.  None is on a paused day; after too long a pause the
    ladder begins anew, as it would.
    """
    runs = dict(lately)
    top = len(ladder.rung) - 1
    until = on + timedelta(days=knowledge.number("goal_ahead_days"))
    day = max(on, standing.next_on or on)
    while (free := next_free(day, pauses)) is not None and free <= until:
        standing = kept(standing, free, ladder)
        cap_m = _cap_m(free, runs, knowledge)
        session = _session(free, standing.rung, cap_m, habits, ladder, knowledge)
        yield session
        length_m = _length_m(session, habits, ladder, knowledge)
        if length_m is not None:
            runs[free] = max(length_m, runs.get(free, 0.0))
        apart = knowledge.number("long_run_days") if standing.rung == top else ladder.days_between_runs
        standing = move(standing, "green", free, ladder, frozenset({standing.rung}))
        day = free + timedelta(days=apart)


def _cap_m(day: date, runs: Mapping[date, float], knowledge: Knowledge) -> float | None:
    """A little over the longest run of the days before that day; None without any."""
    window = timedelta(days=knowledge.number("spike_base_days"))
    longest = max((metres for on, metres in runs.items() if timedelta(0) <= day - on < window), default=0.0)
    return longest * knowledge.number("longest_run_cap_ratio") if longest > 0 else None


def _session(
    on: date, rung: int, cap_m: float | None, habits: RunHabits, ladder: Ladder, knowledge: Knowledge
) -> ToCome:
    it = ladder.rung[rung]
    if it.run_s is None:
        return ToCome(on, rung, cap_m, cap_m)
    fit = fitted(it, ladder, cap_m, habits, knowledge)
    if it.repeats > 1 or habits.easy_mps is None or fit.run_s is None:
        return ToCome(on, rung, cap_m)
    return ToCome(on, rung, cap_m, fit.run_s * habits.easy_mps)


def _length_m(session: ToCome, habits: RunHabits, ladder: Ladder, knowledge: Knowledge) -> float | None:
    """What a watch will have on record of it; None where that cannot be told."""
    rung, cap_m = ladder.rung[session.rung], session.cap_m
    if rung.run_s == 0:
        return None
    fit = fitted(rung, ladder, cap_m, habits, knowledge)
    if fit.run_s is None:
        return cap_m
    if habits.easy_mps is None:
        return None
    walk_s = fit.repeats * fit.walk_s
    if not fit.main_only:
        walk_s += ladder.warm_up_walk_s + after_s(rung, ladder)
    whole_m = fit.repeats * fit.run_s * habits.easy_mps + walk_s * knowledge.number("session_walk_mps")
    return whole_m if cap_m is None else min(whole_m, cap_m)
