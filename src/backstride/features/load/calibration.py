"""How a device's contact time is to be read: calibrated on the runner's own easy runs on that device."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backstride.features.load.force import Contact, calibrated, trusted
from backstride.features.load.usual import Usual, usual
from backstride.features.lookback import Lookback
from backstride.model.activity import Activity, Column


def calibrated_for(run: Activity, look: Lookback) -> tuple[Usual, Contact | None]:
    """The runner's usual with its contact time on the device of a run, and what is known of that device.

    Without a known device, with too few of its runs, or where it is too noisy, the usual has no contact time
    and nothing is known of the device.
    """
    channel, own = contact_channel(run, look), look.own.usual
    if channel is None or run.device is None or own.cadence_spm is None:
        return own, None
    alike = [
        each for each in look.runs if each.device == run.device and contact_channel(each, look) == channel
    ]
    speed, cadence, contact = (
        _column(alike, name, look)
        for name in ("running_speed_mps", "running_cadence_spm", "running_contact_ms")
    )
    found = calibrated(speed, cadence, contact, own, look.knowledge)
    there = usual(_column(alike, "running_s", look), speed, cadence, contact, look.knowledge)
    if found is None or there is None or there.contact_ms is None or not trusted(found, look.knowledge):
        return own, None
    return replace(own, contact_ms=there.contact_ms), found


def contact_channel(run: Activity, look: Lookback) -> str | None:
    """The channel that a run's contact time was read from; None where it has none."""
    worked = look.measured(run)["running_contact_ms"]
    return worked.channels[0] if worked.value is not None else None


def _column(runs: Sequence[Activity], name: str, look: Lookback) -> Column:
    values = [look.measured.value(run, name) for run in runs]
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
