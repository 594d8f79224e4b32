"""A session of the ladder made to end within the cap: fewer rounds, or a shorter run, where it would not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor

from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder, Rung
from backstride.model.ladder import RunHabits
from backstride.model.text import Quantity, Text

_STEP_S = 5
"""A shortened run is so many seconds, or a multiple of it; from two minutes on whole minutes."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One rung as it is done today."""

    run_s: int | None
    """None for the usual easy run."""
    walk_s: int
    repeats: int
    run_m: float | None = None
    """Where the usual easy run ends at the latest; None where nothing limits it."""
    strolls: bool = True
    """False where even the walks before and after have no room."""
    main_only: bool = False
    """True where the walks before and after do not count toward the cap."""
    shorter: bool = False
    """True where it is less than the rung asks for."""


def fitted(
    rung: Rung, ladder: Ladder, cap_m: float | None, habits: RunHabits, knowledge: Knowledge
) -> Fitted:
    """The rung within the cap, its walking included: the walks before and after too, unless the longest run
    on record is known to hold none.  What is held against one another is recorded alike, so that nobody who
    starts the watch after the walk gets a shorter session each time.

    A timed session is held against the runner's own usual speed and loses rounds, then seconds of its last
    run; never so much that less than the first running rung's one run is left.  Where that speed is not
    known, nothing is taken away: then the cap itself must be looked at on the way.
    """
    main_only = habits.records_strolls is False
    whole = Fitted(rung.run_s, rung.walk_s, rung.repeats, main_only=main_only)
    if cap_m is None or rung.run_s == 0:
        return whole
    walk_mps = knowledge.number("session_walk_mps")
    strolls_m = (ladder.warm_up_walk_s + after_s(rung, ladder)) * walk_mps
    room_m = cap_m if main_only else cap_m - strolls_m
    easy_mps = habits.easy_mps
    if rung.run_s is None:
        return Fitted(None, 0, 1, room_m if room_m > 0 else cap_m, room_m > 0, main_only)
    if easy_mps is None:
        return whole
    walk_m = rung.walk_s * walk_mps
    rounds = floor(room_m / (rung.run_s * easy_mps + walk_m) + 1e-9)
    if rounds >= rung.repeats:
        return whole
    if rounds >= 1:
        return replace(whole, repeats=rounds, shorter=True)
    least_s = min(rung.run_s, ladder.rung[1].run_s or rung.run_s)
    room_s = (room_m - walk_m) / easy_mps
    step_s = 60 if room_s >= 120 else _STEP_S
    fits_s = floor(room_s / step_s) * step_s
    return replace(whole, run_s=min(rung.run_s, max(least_s, fits_s)), repeats=1, shorter=True)


def after_s(rung: Rung, ladder: Ladder) -> int:
    """Seconds walked after the last round; a session that ends with a long walk anyway needs none."""
    walked = rung.repeats == 1 and rung.walk_s >= ladder.cool_down_walk_s
    return 0 if walked else ladder.cool_down_walk_s


def ends(fit: Fitted, cap_m: float | None) -> Text | None:
    """Where a session ends at the latest; None where no cap is known."""
    if cap_m is None:
        return None
    cap = {"cap": Quantity(cap_m, "m")}
    return Text("plan.session_cap_main" if fit.main_only else "plan.session_cap", cap)
