"""Peak vertical force of a step, in body weights, from what a watch records.

    with contact time:     F = k * T / tc          T step time, tc contact time
    without:               F = level * (v / 3 m/s)^a * (cadence / 165 spm)^b

The first rests on physics: what the ground gives in one step is body weight times step time.  It needs a
contact time whose error is known and small; with a noisy one it is worse than calling every runner average,
so then, and where nobody knows how noisy the device is, the second is taken.

Within one runner only.  Loading rate, first impact and shear cannot be had from these numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from backstride.features.load.draws import Spread, by_amount, by_share, deviates
from backstride.features.load.usual import Usual
from backstride.features.runs import Mask
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column


@dataclass(frozen=True, slots=True)
class Contact:
    """What is known of a device's contact time."""

    k_bw: float
    """Peak force is this times step time over contact time, as this device measures it."""
    k_sd_share: float
    noise_ms: float | None
    """Standard deviation of the error of one run's contact time; None where nobody knows."""


def force_plate(knowledge: Knowledge) -> Contact:
    """Contact time as a force plate gives it: the device without error."""
    k = knowledge.number("force_k_bw")
    return Contact(k, knowledge.number("force_k_sd_bw") / k, 0.0)


def trusted(contact: Contact | None, knowledge: Knowledge) -> bool:
    """Whether contact time tells more of the force than calling every runner average.

    False above `contact_noise_most_ms`, and where the noise is not known.
    """
    if contact is None or contact.noise_ms is None:
        return False
    return contact.noise_ms <= knowledge.number("contact_noise_most_ms")


def calibrated(
    speed_mps: Column, cadence_spm: Column, contact_ms: Column, usual: Usual, knowledge: Knowledge
) -> Contact | None:
    """k and noise of one device, from the runner's own easy runs on it; None with under `contact_least_runs`.

    One mean a run, level runs of one device; those near the usual speed are taken.  Two things are known of
    k before: plates gave `force_k_bw`, from which devices stray by `contact_device_sd_share`; and the force
    that speed and cadence tell, which strays by `force_level_sd_share`.  k lies between, each as heavy as it
    is sure.  The noise is the scatter of contact time about what speed and cadence tell; the runner's own
    changes are in it, so it is too high rather than too low.
    """
    margin = knowledge.number("contact_easy_margin_share")
    easy = np.abs(speed_mps / usual.speed_mps - 1) <= margin
    kept = easy & (cadence_spm > 0) & (contact_ms > 0)
    if np.count_nonzero(kept) < knowledge.number("contact_least_runs"):
        return None
    speed, cadence, contact = speed_mps[kept], cadence_spm[kept], contact_ms[kept]
    logs = np.log(_from_speed(speed, cadence, knowledge)[0] * contact / step_ms(cadence))
    plate = force_plate(knowledge)
    sure_plate = 1 / (plate.k_sd_share**2 + knowledge.number("contact_device_sd_share") ** 2)
    sure_runs = 1 / knowledge.number("force_level_sd_share") ** 2
    log_k = (sure_plate * np.log(plate.k_bw) + sure_runs * logs.mean()) / (sure_plate + sure_runs)
    noise_ms = float(logs.std(ddof=1) * contact.mean())
    return Contact(float(np.exp(log_k)), 1 / sqrt(sure_plate + sure_runs), noise_ms)


def peak_force_bw(
    speed_mps: Column,
    cadence_spm: Column,
    contact_ms: Column,
    contact: Contact | None,
    knowledge: Knowledge,
) -> Column:
    """Peak force of a step at each sample in every world; shape (COUNT, samples), world 0 as stated.

    Contact time is used where it is trusted and recorded, else speed and cadence; NaN where these are not
    known either.  One run has one error of contact time throughout.

    Source: alcantara2021, alcantara2022 (our own fits to their data); morin2005 and clark2017 have the
    shape.  Holds from 2.5 to 5.4 m/s; downhill it is the main peak, not the first impact.
    """
    force = _from_speed(speed_mps, cadence_spm, knowledge)
    if contact is None or not trusted(contact, knowledge):
        return force
    k = by_share(contact.k_bw, contact.k_sd_share, "k")
    by_contact = k[:, None] * step_ms(cadence_spm) / _read_ms(contact_ms, contact)
    return np.where(np.isfinite(by_contact), by_contact, force)


def mean_peak_force(
    seconds: Column,
    speed_mps: Column,
    cadence_spm: Column,
    contact_ms: Column,
    running: Mask,
    contact: Contact | None,
    knowledge: Knowledge,
) -> Spread | None:
    """Mean peak force of the steps of a run, in body weights; None with under `least_running_s` to go by."""
    kept = running & (cadence_spm > 0) & (speed_mps > 0)
    if seconds[kept].sum() < knowledge.number("least_running_s"):
        return None
    force = peak_force_bw(speed_mps[kept], cadence_spm[kept], contact_ms[kept], contact, knowledge)
    steps = seconds[kept] * cadence_spm[kept]
    return Spread(force @ steps / steps.sum())


def usual_force_bw(usual: Usual, cadence_spm: float, contact: Contact | None, knowledge: Knowledge) -> Column:
    """Peak force of the runner's own easy level step in every world; shape (COUNT,).

    The mean of many runs has no error of a single run's contact time left in it.
    """
    if contact is None or usual.contact_ms is None or not trusted(contact, knowledge):
        return _from_speed(np.array([usual.speed_mps]), np.array([cadence_spm]), knowledge)[:, 0]
    k = by_share(contact.k_bw, contact.k_sd_share, "k")
    return k * (60_000 / cadence_spm / usual.contact_ms)


def against_usual(
    speed_ratio: Column,
    cadence_ratio: Column,
    contact_ms: Column,
    usual: Usual,
    contact: Contact | None,
    knowledge: Knowledge,
) -> Column:
    """Peak force over that of the usual step, in every world; shape (COUNT, samples).

    The ratios may be of shape (samples,), or (COUNT, samples) where they differ from world to world.
    What the level of the force is cancels: this is what contact time, speed and cadence can tell best.
    """
    faster, quicker = _exponents(knowledge)
    ratio: Column = np.exp(faster[:, None] * np.log(speed_ratio) + quicker[:, None] * np.log(cadence_ratio))
    if contact is None or usual.contact_ms is None or not trusted(contact, knowledge):
        return ratio
    by_contact = usual.contact_ms / _read_ms(contact_ms, contact) / cadence_ratio
    return np.where(np.isfinite(by_contact), by_contact, ratio)


def step_ms(cadence_spm: Column) -> Column:
    """Time from one foot's landing to the other's; NaN where nobody steps or it is not known.

    It is also the impulse: in one step the ground gives body weight times this, exactly, on the level.
    """
    known = cadence_spm > 0
    step: Column = np.divide(60_000, cadence_spm, out=np.full(cadence_spm.shape, np.nan), where=known)
    return step


def _read_ms(contact_ms: Column, contact: Contact) -> Column:
    """Contact time in every world, with the device's error of this run; NaN where not above zero."""
    read = contact_ms + ((contact.noise_ms or 0.0) * deviates("contact_noise"))[:, None]
    return np.where(read > 0, read, np.nan)


def _from_speed(speed_mps: Column, cadence_spm: Column, knowledge: Knowledge) -> Column:
    """The second form; shape (COUNT, samples), NaN where speed or cadence is not above zero."""
    level = by_share(knowledge.number("force_level_bw"), knowledge.number("force_level_sd_share"), "level")
    faster, quicker = _exponents(knowledge)
    speed = np.where(speed_mps > 0, speed_mps, np.nan) / knowledge.number("force_at_mps")
    cadence = np.where(cadence_spm > 0, cadence_spm, np.nan) / knowledge.number("force_at_spm")
    ratio = np.exp(faster[:, None] * np.log(speed) + quicker[:, None] * np.log(cadence))
    force: Column = level[:, None] * ratio
    return force


def _exponents(knowledge: Knowledge) -> tuple[Column, Column]:
    """How the force follows speed and cadence, in every world; each of shape (COUNT,)."""
    sd = knowledge.number("force_exponent_sd")
    return (
        by_amount(knowledge.number("force_speed_exponent"), sd, "speed_exponent"),
        by_amount(knowledge.number("force_cadence_exponent"), sd, "cadence_exponent"),
    )
