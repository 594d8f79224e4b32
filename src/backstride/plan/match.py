"""The run on record of a day, held against the session of the ladder that was due: the same, more, or less.

A run counts for more than it may be only where that is the careful way: anything that holds most of the
session counts when the day was amber or red, and only what is clearly the session when it was green.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder, Rung
from backstride.model.ladder import MatchKind, RunDay, RunMatch
from backstride.model.text import Quantity, Text, Value


def match(
    runs: Iterable[RunDay],
    on: date,
    rung: int,
    ladder: Ladder,
    knowledge: Knowledge,
    asked: Rung | None = None,
) -> RunMatch | None:
    """What was run on the day as that rung; None where nothing was, or too little of the session.

    `asked` is what the plan asked for, where it was less than the whole rung.
    """
    wanted = ladder.rung[rung] if asked is None else asked
    by_sport = {run.sport: run for run in runs if run.on == on}
    run = by_sport.get("run") or (None if _runs(wanted) else by_sport.get("walk"))
    if run is None:
        return None
    kind = _kind(run, wanted, ladder, knowledge)
    return None if kind is None else RunMatch(run, rung, kind, _says(run, kind))


def _runs(rung: Rung) -> bool:
    return rung.run_s != 0


def _kind(run: RunDay, rung: Rung, ladder: Ladder, knowledge: Knowledge) -> MatchKind | None:
    if _runs(rung) and _too_fast(run, knowledge):
        return "harder"
    if rung.run_s is None:
        return "likely"  # the usual easy run has no length to hold it against
    runs_s, walks_s = rung.run_s * rung.repeats, rung.walk_s * rung.repeats
    around_s = ladder.warm_up_walk_s + ladder.cool_down_walk_s if _runs(rung) else 0
    if run.running_s is not None and run.moving_s is not None:
        walked_s = max(0.0, run.moving_s - run.running_s)
        return _by_parts(run.running_s, walked_s, runs_s, walks_s, around_s, knowledge)
    if run.moving_s is None:
        return None
    if run.sport == "run" and runs_s == 0:
        return "harder"  # a run, where a walk was due
    return _by_length(run, run.moving_s, runs_s, walks_s, around_s, knowledge)


def _too_fast(run: RunDay, knowledge: Knowledge) -> bool:
    if run.run_mps is None or run.easy_mps is None:
        return False
    return run.run_mps > run.easy_mps * (1 + knowledge.number("match_faster_share"))


def _by_parts(
    ran_s: float, walked_s: float, runs_s: int, walks_s: int, around_s: int, knowledge: Knowledge
) -> MatchKind | None:
    """Running and walking each by itself.  The walks before and after may be on record or not."""
    if ran_s > runs_s + _slack(runs_s, knowledge):
        return "longer"
    if walked_s > walks_s + around_s + _slack(walks_s + around_s, knowledge):
        return "longer"
    least = knowledge.number("match_part_share")
    if ran_s < least * runs_s or (runs_s == 0 and walked_s < least * walks_s):
        return None
    if ran_s < runs_s - _slack(runs_s, knowledge):
        return "shorter"
    if walked_s < walks_s - _slack(walks_s, knowledge):
        return "shorter" if runs_s == 0 else "harder"
    return "same"


def _by_length(
    run: RunDay, moved_s: float, runs_s: int, walks_s: int, around_s: int, knowledge: Knowledge
) -> MatchKind | None:
    """Time and distance of the whole, where nobody knows which of it was running.

    The distance tells running from walking only where the runner's usual speed is known.
    """
    whole_s = runs_s + walks_s
    if moved_s > whole_s + around_s + _slack(whole_s + around_s, knowledge):
        return "longer"
    if moved_s < knowledge.number("match_part_share") * whole_s:
        return None
    if moved_s < whole_s - _slack(whole_s, knowledge):
        return "shorter"
    walk_mps, share = knowledge.number("session_walk_mps"), knowledge.number("match_share")
    if run.distance_m is None or run.easy_mps is None:
        return "same" if runs_s == 0 else "likely"
    expected_m = runs_s * run.easy_mps + max(0.0, moved_s - runs_s) * walk_mps
    if run.distance_m > expected_m * (1 + share):
        return "harder"
    return "likely" if run.distance_m < expected_m * (1 - share) else "same"


def _slack(seconds: float, knowledge: Knowledge) -> float:
    return max(knowledge.number("match_share") * seconds, knowledge.number("match_least_s"))


def _says(run: RunDay, kind: MatchKind) -> Text:
    """In words: "your run of 3.2 km at 18:10: the session that was due, 6 min of running"."""
    return Text(f"plan.match_{kind}", {"run": run_in_words(run)})


def run_in_words(run: RunDay) -> Text:
    """How much was run, and when it began."""
    values: dict[str, Value] = {"at": Quantity(run.at.hour + run.at.minute / 60, "hour")}
    key = run.sport if len(run.activities) == 1 else f"{run.sport}s"
    if run.distance_m is not None:
        return Text(f"plan.done_{key}", {**values, "length": Quantity(run.distance_m, "m")})
    if run.moving_s is not None:
        return Text(f"plan.done_{key}", {**values, "length": Quantity(run.moving_s, "s")})
    return Text(f"plan.done_{key}_bare", values)
