"""Which units a Garmin list is in: it names none.

Step length stands in metres and cadence in steps a minute whatever the account is set to, so that steps times
their length tell the metres of a run, and the distance beside them whether it counts kilometres or miles.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from backstride.formats.tables.clock import seconds
from backstride.formats.tables.sheet import Sheet
from backstride.formats.tables.sport_names import kind_named
from backstride.model.activity import Sport

KM_M, MILE_M, YARD_M, FOOT_M = 1000.0, 1609.344, 0.9144, 0.3048
CM_MM, INCH_MM = 10.0, 25.4

HOTTEST_C = 55.0
"""No run was warmer: what is above it counts Fahrenheit, and so miles and feet."""
FARTHEST_SWIM_KM = 100
"""What is more counts metres, however long the swimmer rested at the wall."""
SWIM_MPS = (0.15, 2.6)
"""Between floating and the fastest lengths ever swum."""


@dataclass(frozen=True, slots=True)
class Units:
    """What one of each number is."""

    distance_m: float
    climb_m: float
    swim_m: float
    oscillation_mm: float
    certain: bool
    """Something in the list tells; else kilometres are taken, as most accounts have them."""


def units_of(sheet: Sheet) -> Units:
    """The units of a whole list, decided by all its rows together."""
    rows = range(len(sheet.grid.rows))
    ratios = [ratio for row in rows if (ratio := _metres_of_one(sheet, row)) is not None]
    metric = True
    if ratios:
        # Half way between kilometre and mile, as ratios are compared: the geometric mean.
        metric = median(ratios) < (KM_M * MILE_M) ** 0.5
    elif _has_fahrenheit(sheet):
        metric = False
    certain = bool(ratios) or not metric
    oscillation_mm = _oscillation_mm(sheet)
    if metric:
        return Units(KM_M, 1.0, 1.0, oscillation_mm, certain)
    return Units(MILE_M, FOOT_M, YARD_M, oscillation_mm, certain)


def distance_m(sheet: Sheet, row: int, units: Units) -> float | None:
    """The distance of a row in metres.

    Pools are told in metres (or yards) where runs are told in kilometres: taken so where the pace, or else
    the speed that comes of it, says so.
    """
    told = sheet.above_zero(row, "distance")
    if told is None:
        return None
    if sport_of(sheet, row) == "swim" and _counts_metres(sheet, row, told, units):
        return round(told * units.swim_m, 3)
    return round(told * units.distance_m, 3)


def sport_of(sheet: Sheet, row: int) -> Sport:
    """The sport of a row, `other` where its kind is not known."""
    known = kind_named(sheet.text(row, "kind") or "")
    return "other" if known is None else known[0]


def _counts_metres(sheet: Sheet, row: int, told: float, units: Units) -> bool:
    duration_s = sheet.seconds(row, "time")
    if duration_s is None or told > FARTHEST_SWIM_KM:
        return told > FARTHEST_SWIM_KM
    pace_s = seconds(sheet.text(row, "pace") or "")
    if pace_s is not None and abs(pace_s * told / 100 / duration_s - 1) < 0.05:
        return True
    return SWIM_MPS[0] <= told * units.swim_m / duration_s <= SWIM_MPS[1]


def _metres_of_one(sheet: Sheet, row: int) -> float | None:
    """How many metres one of the distance is, by the steps of a run and their length; None where not told."""
    if sport_of(sheet, row) != "run":
        return None
    cadence_spm, step_m = sheet.above_zero(row, "cadence"), sheet.above_zero(row, "step_length")
    told, duration_s = sheet.above_zero(row, "distance"), sheet.seconds(row, "time")
    if cadence_spm is None or step_m is None or told is None or duration_s is None:
        return None
    if cadence_spm < 120 or not 0.4 < step_m < 2.5:  # walked, or counted otherwise
        return None
    return cadence_spm * step_m * duration_s / 60 / told


def _oscillation_mm(sheet: Sheet) -> float:
    """Centimetres, or inches where that is what the vertical ratio and the step length make of it."""
    found = []
    for row in range(len(sheet.grid.rows)):
        told, ratio = sheet.above_zero(row, "vertical_oscillation"), sheet.above_zero(row, "vertical_ratio")
        step_m = sheet.above_zero(row, "step_length")
        if told is not None and ratio is not None and step_m is not None:
            found.append(ratio / 100 * step_m * 1000 / told)
    return INCH_MM if found and median(found) > (CM_MM * INCH_MM) ** 0.5 else CM_MM


def _has_fahrenheit(sheet: Sheet) -> bool:
    rows = range(len(sheet.grid.rows))
    return any((sheet.above_zero(row, "warmest") or 0) > HOTTEST_C for row in rows)
