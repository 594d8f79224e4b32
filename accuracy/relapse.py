"""How often the watch after recovery is raised for nothing, and how soon it sees pain come back.

    python accuracy/relapse.py [RUNNERS]        2,000 when not told

Diaries are made up: nobody's pain is known day by day through a recovery.  Three kinds of quiet: days by
themselves, days that hang together, and a bad day now and then; every day noted, or two of three.  The watch
begins with a fortnight that is quiet enough, drawn until one is: so its level is on the lucky side.
A false alarm is one within eight weeks of quiet; for the delay the pain rises by one, two or three points.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from backstride.features.course.relapse import watched
from backstride.knowledge.loader import shipped

Floats = NDArray[np.float64]
Quiet = Callable[[np.random.Generator, int], Floats]
FIRST = date(2026, 1, 1)
WATCH_DAYS = 56
FORTNIGHT = 14


def alone(chance: np.random.Generator, days: int) -> Floats:
    """Each day by itself: mostly 0, now and then 1 or 2."""
    return chance.choice([0.0, 1.0, 2.0, 3.0], p=[0.60, 0.25, 0.11, 0.04], size=days)


def together(chance: np.random.Generator, days: int) -> Floats:
    """Good and less good stretches."""
    level = np.zeros(days)
    for day in range(1, days):
        level[day] = 0.6 * level[day - 1] + chance.normal(0, 0.8)
    return np.clip(np.round(level + 0.7), 0, 10)


def bad_days(chance: np.random.Generator, days: int) -> Floats:
    """Quiet, with one bad day in a fortnight."""
    found = chance.choice([0.0, 1.0], p=[0.75, 0.25], size=days)
    bad = chance.random(days) < 1 / FORTNIGHT
    found[bad] = chance.choice([3.0, 4.0, 5.0], size=int(bad.sum()))
    return found


KINDS: dict[str, Quiet] = {"days alone": alone, "days together": together, "a bad day a fortnight": bad_days}


def alarm_after(quiet: Quiet, rise: float, share_noted: float, chance: np.random.Generator) -> int | None:
    """Days of watch until the alarm; None where there is none in eight weeks."""
    pain = np.full(10, 5.0)
    settled = quiet(chance, FORTNIGHT)
    while settled.mean() > 1 or settled.max() > 2:
        settled = quiet(chance, FORTNIGHT)
    later = np.clip(quiet(chance, WATCH_DAYS) + rise, 0, 10)
    scores = np.concatenate([pain, settled, later])
    noted = chance.random(len(scores)) < share_noted
    noted[: len(pain) + FORTNIGHT] = True
    diary = {FIRST + timedelta(days=int(day)): float(scores[day]) for day in np.flatnonzero(noted)}
    begins = FIRST + timedelta(days=len(pain) + FORTNIGHT)
    rises = [found for _, found in watched(diary, shipped()) if found is not None and found.on >= begins]
    return (rises[0].on - begins).days + 1 if rises else None


def main(runners: int) -> None:
    """Prints a line for each kind of diary."""
    print(f"{runners} made-up diaries each; false alarms in {WATCH_DAYS} days;")
    print("by how many points it rises: days until that is seen, median (share seen)")
    for name, quiet in KINDS.items():
        for share in (1.0, 2 / 3):
            chance = np.random.default_rng(1)
            false = np.mean([alarm_after(quiet, 0, share, chance) is not None for _ in range(runners)])
            cells = []
            for rise in (1, 2, 3):
                found = [alarm_after(quiet, rise, share, chance) for _ in range(runners)]
                seen = [days for days in found if days is not None]
                cells.append(
                    f"+{rise}: {np.median(seen) if seen else float('nan'):.0f} ({len(seen) / runners:.2f})"
                )
            print(f"{name:22} noted {share:4.0%}  false {false:.3f}   {'   '.join(cells)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
