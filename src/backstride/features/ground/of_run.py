"""Which ground one run was on: as it is named, else as far as its recording tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from backstride.features.lookback import Lookback, make_of
from backstride.model.activity import SURFACES, Activity, Surface

GroundFrom = Literal["named", "judged", "open"]
"""named: the file or its service names it; judged: what the recording shows leaves only some; open: any."""

_ANY = frozenset(SURFACES)
_OUT = frozenset[Surface]({"road", "trail"})


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground that one run may have been on."""

    possible: frozenset[Surface]
    rests_on: GroundFrom

    @property
    def only(self) -> Surface | None:
        """The one it was on; None where it may have been several."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None


def ground_of(run: Activity, look: Lookback) -> Ground:
    """The ground of one run.

    What names it counts before what the recording shows.  A way that is mostly laps of one oval is taken for
    a track, though a path around a pond may have the same shape; a way that is hardly any such lap, for road
    or trail, and no more is said of the two: nothing recorded was found to tell them apart.  Steps without
    any place, by a make of device that noted places on another run, and without a change of height, are
    taken for a treadmill, though an indoor hall, or a watch whose satellites were switched off, would look
    the same.
    """
    if run.surface is not None:
        return Ground(frozenset({run.surface}), "named")
    if "latitude_deg" in run.stream:
        return _by_way(look.measured.value(run, "gps_oval_share"), look)
    if _indoors(run, look):
        return Ground(frozenset({"treadmill"}), "judged")
    return Ground(_ANY, "open")


def _by_way(oval: float | None, look: Lookback) -> Ground:
    """By the share of its way that is laps of an oval; a way that is not known leaves any ground."""
    if oval is None:
        return Ground(_ANY, "open")
    if oval >= look.number("track_share"):
        return Ground(frozenset({"track"}), "judged")
    return Ground(_OUT if oval <= look.number("no_track_share") else _OUT | {"track"}, "judged")


def _indoors(run: Activity, look: Lookback) -> bool:
    """True for steps that went nowhere, where the device is known to note places."""
    if "cadence_spm" not in run.stream or not _notes_places(run, look):
        return False
    if look.measured.value(run, "running_s") is None:
        return False
    if "altitude_m" not in run.stream:
        return True
    height = look.measured.value(run, "altitude_range_m")
    return height is not None and height <= look.number("indoor_altitude_m")


def _notes_places(run: Activity, look: Lookback) -> bool:
    """Whether the device noted places on another run of the record."""
    return run.device is not None and make_of(run.device) in look.place_noters
