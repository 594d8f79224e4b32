"""The figures of stride that are followed, and the drift of some of them within a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class FormRow:
    """One figure of the stride that is followed."""

    id: str
    """Of the finding, and of the fact where there is one."""
    measure: str
    against: Literal["speed", "slowness", "nothing"]
    """What its usual is a straight line of: metres per second, seconds per metre, or nothing at all."""
    least: str
    """Threshold: a change below this is not called one, however steady the runner."""
    needs_device: bool
    """True where two devices measure it so differently that an unknown one tells nothing."""
    slope: str | None = None
    """Threshold: how the figure goes with speed in others, and with `_sd` how far they differ."""
    per_step: str | None = None
    """Threshold: how the figure goes with step rate at the same speed, and with `_sd` how far that is not
    known.  Such a figure is judged at the same speed and step rate: what comes with another step rate is
    told of the step rate alone, once."""
    pod: str | None = None
    """Measure of the same figure by a pod that ran beside the watch's own sensor."""
    sensor: bool = True
    """True where a strap or pod worn with the watch measures it otherwise than the wrist does."""
    is_fact: bool = False
    """True where rules may take it from the finding; the others are described only."""
    off_even: str | None = None
    """Threshold: a change that ends closer to even than this is nothing to tell first."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that its finding may supply."""
        return (self.id,) if self.is_fact else ()


FORM = (
    FormRow(
        "cadence_changed",
        "flat_cadence_spm",
        "speed",
        "cadence_least_spm",
        needs_device=False,
        slope="cadence_slope",
        pod="flat_stryd_cadence_spm",
        sensor=False,
        is_fact=True,
    ),
    FormRow(
        "contact_changed",
        "flat_contact_ms",
        "slowness",
        "contact_least_ms",
        needs_device=True,
        slope="contact_slope",
        per_step="contact_per_step",
        pod="flat_stryd_contact_ms",
        is_fact=True,
    ),
    FormRow(
        "balance_changed",
        "flat_balance_left_share",
        "nothing",
        "balance_least_share",
        needs_device=True,
        is_fact=True,
        off_even="balance_least_off_even_share",
    ),
    FormRow(
        "vertical_oscillation_changed",
        "flat_vertical_oscillation_mm",
        "speed",
        "vertical_oscillation_least_mm",
        needs_device=True,
        slope="vertical_oscillation_slope",
        per_step="vertical_oscillation_per_step",
        pod="flat_stryd_vertical_oscillation_mm",
    ),
    FormRow(
        "vertical_ratio_changed",
        "flat_vertical_ratio_share",
        "speed",
        "vertical_ratio_least_share",
        needs_device=True,
        slope="vertical_ratio_slope",
        per_step="vertical_ratio_per_step",
    ),
    FormRow(
        "step_length_changed",
        "flat_step_length_mm",
        "speed",
        "step_length_least_mm",
        needs_device=True,
        slope="step_length_slope",
        sensor=False,
    ),
)
"""Facts come first.  The others are described only: nothing hangs on them."""

DRIFT = (
    FormRow("cadence_drift", "drift_cadence_spm", "nothing", "drift_cadence_least_spm", False, sensor=False),
    FormRow("contact_drift", "drift_contact_ms", "nothing", "drift_contact_least_ms", True),
    FormRow(
        "vertical_oscillation_drift",
        "drift_vertical_oscillation_mm",
        "nothing",
        "drift_vertical_oscillation_least_mm",
        True,
    ),
    FormRow("balance_drift", "drift_balance_left_share", "nothing", "drift_balance_least_share", True),
)
"""From the first to the last third of a run, against the runner's own usual drift; described only."""
