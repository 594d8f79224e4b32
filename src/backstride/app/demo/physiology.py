"""How a running body goes with its speed: the lines that the made-up runner's numbers scatter about.

The lines of steps, contact and oscillation against speed are those of one runner's 694 runs with a chest
strap (contact 160 + 305/v ms, steps 133 + 14.7 v a minute, oscillation 89 - 5 v mm, left foot 49.6 %); the
slope of contact time, 305, was met in two more runners with other devices.  They hold for easy running, 2 to
4.5 m/s.  The scatter, heart rate and walking are our own choice, within what such records show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backstride.model.activity import Column

WALK_MPS = 1.5
BALANCE_LEFT_SHARE = 0.496
_REST_BPM, _BPM_PER_MPS, _BPM_PER_GRADE, _BPM_PER_HOUR = 62.0, 29.0, 300.0, 5.0
_LAG_S = 40.0


@dataclass(frozen=True, slots=True)
class DayForm:
    """How far one day lies off the runner's own lines, all day long."""

    cadence_spm: float
    contact_ms: float
    oscillation_mm: float
    balance_share: float
    heart_bpm: float


def draw_day(chance: np.random.Generator) -> DayForm:
    """One day's form."""
    cadence, contact, oscillation, balance, heart = chance.normal(0, [1.6, 4.0, 2.0, 0.004, 3.0])
    return DayForm(cadence, contact, oscillation, balance, heart)


def running_cadence_spm(speed_mps: Column) -> Column:
    """Steps of both feet a minute while running."""
    return 133 + 14.7 * speed_mps


def walking_cadence_spm(speed_mps: Column) -> Column:
    """Steps of both feet a minute while walking."""
    return 80 + 25 * speed_mps


def contact_ms(speed_mps: Column) -> Column:
    """Ground contact of one running step."""
    return 160 + 305 / speed_mps


def oscillation_mm(speed_mps: Column) -> Column:
    """Up-and-down travel of the trunk in one running step."""
    return 89 - 5 * speed_mps


def slope_factor(grade: Column) -> Column:
    """Speed over speed on the flat, for the same effort; grade is rise over run.

    Uphill costs more than downhill gives back.
    """
    return 1 / (1 + np.where(grade > 0, 3.2, 1.6) * grade)


def heart_rate_bpm(speed_mps: Column, grade: Column, every_s: float = 1.0) -> Column:
    """What the heart does, sample by sample: it follows the effort late, and creeps up as time goes on.

    From 40 % above rest at the start; both columns `every_s` apart.
    """
    hours = np.arange(speed_mps.size) * every_s / 3600
    asked = _REST_BPM + _BPM_PER_MPS * speed_mps + _BPM_PER_GRADE * np.maximum(grade, -0.05)
    asked += _BPM_PER_HOUR * hours
    fall = np.exp(-np.arange(0, 6 * _LAG_S, every_s) / _LAG_S)
    before = np.full(fall.size - 1, 1.4 * _REST_BPM)
    return np.convolve(np.concatenate((before, asked)), fall / fall.sum(), mode="valid")
