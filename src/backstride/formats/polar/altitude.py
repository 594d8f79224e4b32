"""The two zeros of Polar's altitude: a barometer that is not ready, and one that counts from the start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.formats.climb import climb_and_descent_m
from backstride.model.activity import Column
from backstride.model.said import Said, said

READY_M = 10.0
"""A step this high between two samples is a barometer that became ready, and no hill."""
STEEPEST = 0.5
"""More climb than this share of the way is no climb on foot."""
_RELATIVE = said("its altitude counts from 0 at the start, not from the sea; only the climb is kept")


@dataclass(frozen=True, slots=True)
class Altitude:
    """What can be used of an altitude channel."""

    altitude_m: Column | None
    """Above the sea; None where it is not."""
    climb_m: float | None = None
    """Only where the altitude itself is dropped."""
    descent_m: float | None = None
    repairs: tuple[str, ...] = ()
    warnings: tuple[Said, ...] = ()


def above_the_sea(altitude_m: Column, distance_m: float | None) -> Altitude:
    """The heights above the sea, as far as they are that.

    Zeros at the start that end in a jump are not recorded: kept, they would be a climb that nobody ran
    (+183 m in a real file).  Zeros that go over into small heights are a count from the start.
    """
    known = np.flatnonzero(~np.isnan(altitude_m))
    if not known.size or altitude_m[known[0]] != 0:
        return Altitude(altitude_m)
    others = known[altitude_m[known] != 0]
    if not others.size:
        return Altitude(None, repairs=("repair_altitude_at_zero",))
    if abs(altitude_m[others[0]]) >= READY_M:
        ready = altitude_m.copy()
        ready[: others[0]] = np.nan
        return Altitude(ready, repairs=("repair_altitude_at_zero",))
    climb, descent = climb_and_descent_m(altitude_m) or (None, None)
    if climb is None or distance_m is None or climb > STEEPEST * distance_m:
        climb = descent = None
    return Altitude(None, climb, descent, ("repair_altitude_from_start",), (_RELATIVE,))
