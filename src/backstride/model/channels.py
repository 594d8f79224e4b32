"""The columns a stream may have.  One row each; a reader gives no other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Channel:
    """One stream column.

    `low` and `high` bound what is plausible while moving; a reader turns anything outside into NaN.
    `step` is the finest difference kept: values are stored as whole multiples of it.
    """

    name: str
    meaning: str
    low: float
    high: float
    step: float


_ROWS = (
    Channel("time_s", "seconds since the start; pauses are gaps in it", 0, 40 * 86_400, 0.001),
    Channel("latitude_deg", "WGS84 latitude", -90, 90, 1e-7),
    Channel("longitude_deg", "WGS84 longitude", -180, 180, 1e-7),
    Channel("altitude_m", "height above sea level", -500, 9_000, 0.01),
    Channel("distance_m", "distance since the start", 0, 2_000_000, 0.01),
    Channel("speed_mps", "speed over ground or belt", 0, 40, 0.001),
    Channel("cadence_spm", "steps per minute, both feet; by bicycle twice the turns", 0, 508, 0.01),
    Channel("heart_rate_bpm", "heart beats per minute", 20, 250, 1),
    Channel("power_w", "power as the watch or pod works it out", 0, 3_000, 1),
    Channel("contact_ms", "ground contact time of one step", 80, 1_000, 0.1),
    Channel("contact_share", "ground contact as a share of the stride", 0.05, 0.95, 0.0001),
    Channel("balance_left_share", "left foot's share of ground contact; 0.5 is even", 0.3, 0.7, 0.0001),
    Channel("vertical_oscillation_mm", "up-and-down travel of the trunk in one step", 10, 250, 0.1),
    Channel("vertical_ratio_share", "vertical oscillation over step length", 0.01, 0.4, 0.0001),
    Channel("step_length_mm", "length of one step", 100, 3_000, 0.1),
    Channel("temperature_c", "air temperature as the watch feels it", -60, 80, 0.1),
    Channel("stryd_power_w", "power from a Stryd pod", 0, 3_000, 1),
    Channel("stryd_cadence_spm", "steps per minute from a Stryd pod, both feet", 0, 508, 0.01),
    Channel("stryd_contact_ms", "ground contact time from a Stryd pod", 80, 1_000, 0.1),
    Channel("stryd_vertical_oscillation_mm", "vertical oscillation from a Stryd pod", 10, 250, 0.01),
    Channel("form_power_w", "Stryd form power", 0, 500, 1),
    Channel("air_power_w", "Stryd air power", 0, 1_000, 1),
    Channel("leg_stiffness_knpm", "Stryd leg spring stiffness", 1, 40, 0.001),
)

CHANNELS: dict[str, Channel] = {row.name: row for row in _ROWS}
