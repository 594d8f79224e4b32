"""Each kind of export that the made-up runner can hand in, and its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from backstride.app.demo.exports import (
    apple_runs,
    fitbit,
    garmin_list,
    garmin_runs,
    health_connect_runs,
    intervals_list,
    polar_runs,
    samsung_runs,
    strava_runs,
)
from backstride.app.demo.made_run import MadeRun
from backstride.app.demo.story import Story
from backstride.app.demo.zipping import zipped

ExportKind = Literal[
    "garmin",
    "garmin_list",
    "strava",
    "apple",
    "polar",
    "samsung",
    "fitbit",
    "health_connect",
    "intervals",
]
"""As `backstride sources` names the makers; `garmin_list` is the table of Garmin Connect's page."""

Files = dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind is written."""

    of_runs: Callable[[Sequence[MadeRun], Story], Files]
    zip_name: str | None
    """None where what is handed out is the file itself."""


KINDS: Mapping[ExportKind, Kind] = {
    "garmin": Kind(garmin_runs.of_runs, "made-up-garmin-export.zip"),
    "garmin_list": Kind(garmin_list.of_runs, None),
    "strava": Kind(strava_runs.of_runs, "made-up-strava-export.zip"),
    "apple": Kind(apple_runs.of_runs, "made-up-apple-export.zip"),
    "polar": Kind(polar_runs.of_runs, "made-up-polar-export.zip"),
    "samsung": Kind(samsung_runs.of_runs, "made-up-samsung-export.zip"),
    "fitbit": Kind(fitbit.of_runs, "made-up-fitbit-export.zip"),
    "health_connect": Kind(health_connect_runs.of_runs, "made-up-health-connect-export.zip"),
    "intervals": Kind(intervals_list.of_runs, None),
}


def export_of(kind: ExportKind, runs: Sequence[MadeRun], story: Story) -> Files:
    """What the maker hands out, as it is downloaded: name -> bytes.  `runs` are by start."""
    files, zip_name = KINDS[kind].of_runs(runs, story), KINDS[kind].zip_name
    return files if zip_name is None else {zip_name: zipped(files.items())}
