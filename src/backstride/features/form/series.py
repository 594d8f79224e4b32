"""The runner's runs as one series of a figure: each with its speed, and with what measured it and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from backstride.features.form.figures import FormRow
from backstride.features.lookback import Lookback
from backstride.features.measures.of_fields import whole_speed_mps
from backstride.model.activity import Activity

Ground = Literal["flat", "steady", "whole"]
"""flat: flat, steady seconds; steady: steady seconds on ground not known; whole: the mean of the file."""
Going = Literal["treadmill", "trail", "road"]
"""A belt and a trail are run otherwise than anything else at the same speed."""


@dataclass(frozen=True, slots=True)
class Source:
    """What measured a figure.  Values of two sources cannot be compared as they stand."""

    device: tuple[str | None, str | None] | None
    """Maker and product of what recorded the run, the watch even where a pod measured; None: not known."""
    channel: str
    strap: bool | None
    """Whether the run has a left-right balance, which only a strap or pod worn with the watch measures;
    None where that makes no difference."""
    ground: Ground

    @property
    def hardware(self) -> tuple[object, ...]:
        """What is worn, whatever the ground."""
        return self.device, self.channel, self.strap


@dataclass(frozen=True, slots=True)
class Stride:
    """One run's figure, the speed it was run at, and what measured it."""

    run: Activity
    value: float
    speed_mps: float
    """NaN where it is not known, and the figure does not go with it."""
    steps_spm: float
    """Step rate of the run; NaN where it is not known."""
    source: Source
    going: Going


def strides(row: FormRow, runs: Sequence[Activity], look: Lookback) -> list[Stride]:
    """The figure of each run that has it, in order; twice where a watch and a pod both measured it."""
    return [stride for run in runs if _long_enough(run, look) for stride in _of_run(row, run, look)]


def _long_enough(run: Activity, look: Lookback) -> bool:
    return run.moving_s is None or run.moving_s >= look.number("form_least_s")


def _of_run(row: FormRow, run: Activity, look: Lookback) -> Iterator[Stride]:
    worked = look.measured(run)
    flat = worked["flat_speed_mps"].value
    speed = whole_speed_mps(run) if flat is None else flat
    if speed is None and row.against != "nothing":
        return
    steps = worked["flat_cadence_spm"].value
    mps, spm = (np.nan if each is None else each for each in (speed, steps))
    seen = set[str]()
    for name in (row.measure, row.pod):
        figure = None if name is None else worked[name]
        if figure is None or figure.value is None or figure.channels[0] in seen:
            continue
        seen.add(figure.channels[0])
        yield Stride(run, figure.value, mps, spm, _source(row, run, figure.channels), _going(run))


def _source(row: FormRow, run: Activity, channels: tuple[str, ...]) -> Source:
    strap = _has_balance(run) if row.sensor and not channels[0].startswith("stryd_") else None
    ground: Ground = "flat" if "altitude_m" in channels else "steady" if len(channels) > 1 else "whole"
    return Source(device_of(run), channels[0], strap, ground)


def worn(row: FormRow, run: Activity, source: Source) -> bool:
    """Whether a run has the figure by the same device and sensor; no column is fetched for it."""
    if device_of(run) != source.device or (
        source.channel not in run.stream and source.channel not in run.averages
    ):
        return False
    return source.strap is None or source.strap == _has_balance(run)


def _has_balance(run: Activity) -> bool:
    return "balance_left_share" in run.stream or "balance_left_share" in run.averages


def device_of(run: Activity) -> tuple[str | None, str | None] | None:
    """What recorded a run; None where nobody knows."""
    if run.device is None or (run.device.maker is None and run.device.product is None):
        return None
    return run.device.maker, run.device.product


def _going(run: Activity) -> Going:
    return run.surface if run.surface in ("treadmill", "trail") else "road"
