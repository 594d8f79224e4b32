"""The three numbers of a Garmin summary that check one another: distance, time and speed.

Garmin labels no unit of a summary.  Read as centimetres, milliseconds and tenths of a metre per second, the
three agree in every real row that was seen: 1000000.0, 2953511.96 and 0.3386 are 10 km in 49:13 at 3.386 m/s
(a treadmill run that a public reader of these exports keeps in its tests, as exported).  Where a row has
`splits`, their measurements name the unit: SUM_DISTANCE has "unitEnum": "CENTIMETER".

Garmin's web service gives the same names in metres, seconds and m/s, so a row may hold any of the two units
for each number.  Seven of the eight mixtures differ in how far speed times time is from the distance:

    metres for cm           100        seconds for ms          0.001      m/s for tenths          10
    metres and seconds      0.1        metres and m/s          1000       seconds and m/s         0.01
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from backstride.model.activity import Sport
from backstride.model.said import Said, listed, said

CM, MS, DECI = 0.01, 0.001, 10.0
"""What the export's numbers are multiplied by to be metres, seconds and m/s."""
_AGREES = 2.0
"""Speed times time may be this many times the distance, or one part in as many: pauses do not count alike."""
_SPEEDS_MPS: dict[Sport, tuple[float, float]] = {
    "run": (0.5, 8.0),
    "walk": (0.1, 4.0),
    "ride": (0.5, 25.0),
    "swim": (0.1, 3.0),
    "strength": (0.001, 10.0),
    "other": (0.01, 60.0),
}
"""Means over a whole activity that somebody can have had."""
_LONGEST_S = 100_000.0
"""Nothing is corrected to be longer than a day: a ride that is called a run is less rare than that."""
_NAMES = (
    said("the distance is in metres"),
    said("the time is in seconds"),
    said("the speed is in metres per second"),
)
_NO_SENSE = said("its distance, time and speed do not fit one another in any unit; left out")


@dataclass(frozen=True, slots=True)
class Units:
    """What to multiply with, and what was found odd."""

    metres: float = CM
    seconds: float = MS
    speed: float = DECI
    trusted: bool = True
    """False where the three numbers make no sense together and none may be used."""
    warnings: tuple[Said, ...] = ()
    repairs: tuple[str, ...] = ()


def units_of(distance: float | None, duration: float | None, speed: float | None, sport: Sport) -> Units:
    """In which units the three are, as far as they tell; as Garmin writes them where they tell nothing.

    Each is a number above zero, or None.  Two that are there are checked by the speed they give.
    """
    if distance is None or duration is None:
        return Units()
    usual = _fits(Units(), distance, duration, speed, sport)
    if usual:
        return Units()
    found = [units for units in _others(speed is not None) if _fits(units, distance, duration, speed, sport)]
    if len(found) == 1:
        return found[0]
    if not found and (speed is None or _agree(Units(), distance, duration, speed)):
        return Units()  # odd, but no matter of units: a ride called a run, a watch left running
    return Units(trusted=False, warnings=(_NO_SENSE,))


def _others(with_speed: bool) -> list[Units]:
    """Every mixture but the usual one, with its warning."""
    mixed: list[Units] = []
    for odd in product((False, True), (False, True), (False, True) if with_speed else (False,)):
        if not any(odd):
            continue
        what = listed([name for name, each in zip(_NAMES, odd, strict=True) if each])
        mixed.append(
            Units(
                1.0 if odd[0] else CM,
                1.0 if odd[1] else MS,
                1.0 if odd[2] else DECI,
                warnings=(said("corrected by what fits together: {what}", what=what),),
                repairs=("repair_summary_units",),
            )
        )
    return mixed


def _fits(units: Units, distance: float, duration: float, speed: float | None, sport: Sport) -> bool:
    slowest, fastest = _SPEEDS_MPS[sport]
    mean = distance * units.metres / (duration * units.seconds)
    if units.repairs and duration * units.seconds > _LONGEST_S:
        return False
    return slowest <= mean <= fastest and (speed is None or _agree(units, distance, duration, speed))


def _agree(units: Units, distance: float, duration: float, speed: float) -> bool:
    ratio = speed * units.speed * duration * units.seconds / (distance * units.metres)
    return 1 / _AGREES <= ratio <= _AGREES
