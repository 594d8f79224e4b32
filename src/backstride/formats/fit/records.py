"""The record messages of a FIT file as channels.

A watch's own fields and those of a Stryd pod stay apart, since they measure differently.  Zero in a running
dynamics field is a placeholder and becomes NaN (no step has no contact time); every other zero is a zero,
but for a heart rate, which is never one.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np

from backstride.formats.fit.columns import Table
from backstride.formats.fit.file import Part
from backstride.formats.fit.layout import DeveloperField
from backstride.formats.fit.resync import EARLIEST_STAMP, LATEST_STAMP
from backstride.model.activity import Column, Sport

FIT_EPOCH_S = 631_065_600
"""1989-12-31 00:00 UTC, from which FIT counts, in seconds since 1970."""
DEGREES_PER_SEMICIRCLE = 180 / 2**31


@dataclass(frozen=True, slots=True)
class Native:
    """Which native field a channel is taken from."""

    field: str
    factor: float = 1.0
    zero_is_missing: bool = False


NATIVE: dict[str, Native] = {
    "latitude_deg": Native("position_lat", DEGREES_PER_SEMICIRCLE),
    "longitude_deg": Native("position_long", DEGREES_PER_SEMICIRCLE),
    "altitude_m": Native("enhanced_altitude"),
    "distance_m": Native("distance"),
    "speed_mps": Native("enhanced_speed"),
    "heart_rate_bpm": Native("heart_rate", zero_is_missing=True),
    "power_w": Native("power"),
    "contact_ms": Native("stance_time", zero_is_missing=True),
    "contact_share": Native("stance_time_percent", 0.01, zero_is_missing=True),
    "balance_left_share": Native("stance_time_balance", 0.01, zero_is_missing=True),
    "vertical_oscillation_mm": Native("vertical_oscillation", zero_is_missing=True),
    "vertical_ratio_share": Native("vertical_ratio", 0.01, zero_is_missing=True),
    "step_length_mm": Native("step_length", zero_is_missing=True),
    "temperature_c": Native("temperature"),
}

STRYD_APPS = frozenset(
    {UUID("18fb2cf0-1a4b-430d-ad66-988c847421f4"), UUID("660a581e-5301-460c-8f2f-034c8b6dc90f")}
)
STRYD_ALONE = frozenset({"form power", "leg spring stiffness"})
"""Fields that only Stryd's apps write: where the app's id is not told, they tell it."""


@dataclass(frozen=True, slots=True)
class Pod:
    """What one of Stryd's fields is, by unit where files differ."""

    channel: str
    factor: float = 1.0
    by_unit: tuple[tuple[str, float], ...] = ()
    zero_is_missing: bool = False


STRYD: dict[str, Pod] = {
    "power": Pod("stryd_power_w"),
    "cadence": Pod("stryd_cadence_spm", 2.0),
    "ground time": Pod("stryd_contact_ms", zero_is_missing=True),
    # Stryd counts centimetres where the native field it stands for counts millimetres.
    "vertical oscillation": Pod(
        "stryd_vertical_oscillation_mm", 10.0, (("millimeters", 1.0), ("mm", 1.0)), zero_is_missing=True
    ),
    "form power": Pod("form_power_w"),
    "air power": Pod("air_power_w"),
    "leg spring stiffness": Pod("leg_stiffness_knpm", zero_is_missing=True),
}
"""By the field's name in lower case."""


def channels_of(part: Part, sport: Sport) -> dict[str, Column]:
    """The records as channels of one length, in file order, with `time_s` in seconds since 1970.

    NaN in `time_s` where a record has no time or one that no watch of this format can have shown.
    No column but `time_s` is there without a value; empty where there are no records.
    """
    records = part.table("record")
    if records.rows == 0:
        return {}
    channels = {"time_s": unix_s(_or_nan(records.number("timestamp"), records.rows))}
    for channel, native in NATIVE.items():
        column = records.number(native.field)
        if column is not None:
            channels[channel] = _taken(column, native.factor, native.zero_is_missing)
    # A swimmer's strokes are no steps.
    if sport != "swim" and (cadence := _cadence_spm(records)) is not None:
        channels["cadence_spm"] = cadence
    channels |= _stryd_channels(records, part)
    return {
        name: column for name, column in channels.items() if name == "time_s" or not np.isnan(column).all()
    }


def unix_s(stamps: Column) -> Column:
    """Seconds since 1970; NaN for stamps counted from when the watch was switched on, and after 2099."""
    with np.errstate(invalid="ignore"):
        sound = (stamps >= EARLIEST_STAMP) & (stamps < LATEST_STAMP)
    return np.where(sound, stamps + FIT_EPOCH_S, np.nan)


def _taken(column: Column, factor: float, zero_is_missing: bool) -> Column:
    taken = column * factor if factor != 1.0 else column
    return np.where(column == 0, np.nan, taken) if zero_is_missing else taken


def _cadence_spm(records: Table) -> Column | None:
    """Steps of both feet a minute: the field counts one leg's, and its fraction stands in another field."""
    cadence, fine = records.number("cadence"), records.number("cadence256")
    if cadence is None:
        return None if fine is None else 2 * fine
    fraction = records.number("fractional_cadence")
    if fraction is not None:
        cadence = cadence + np.nan_to_num(fraction, nan=0.0)
    if fine is not None:
        cadence = np.where(np.isnan(cadence), fine, cadence)
    return 2 * cadence


def _stryd_channels(records: Table, part: Part) -> dict[str, Column]:
    fields = [each for group in records.developer_fields.values() for each in group]
    indices = _stryd_indices(fields, part)
    channels: dict[str, Column] = {}
    for name, group in records.developer_fields.items():
        for described in group:
            pod = STRYD.get(described.name.lower())
            if pod is None or described.index not in indices:
                continue
            column = records.developer(name, described)
            if column is None or np.isnan(column).all():
                continue
            factor = dict(pod.by_unit).get(described.units.lower(), pod.factor)
            taken = _taken(column, factor, pod.zero_is_missing)
            before = channels.get(pod.channel)
            channels[pod.channel] = taken if before is None else np.where(np.isnan(before), taken, before)
    return channels


def _stryd_indices(fields: list[DeveloperField], part: Part) -> frozenset[int]:
    """Indices of the apps that are Stryd's, by their id, else by fields that nobody else writes."""
    apps = part.table("developer_data_id")
    numbers = _or_nan(apps.number("developer_data_index"), apps.rows)
    told = {
        int(index)
        for index, app in zip(numbers.tolist(), apps.raw("application_id"), strict=True)
        if app is not None and index == index and _is_stryd(app)
    }
    return frozenset(told | {each.index for each in fields if each.name.lower() in STRYD_ALONE})


def _is_stryd(app: bytes) -> bool:
    return len(app) == 16 and not STRYD_APPS.isdisjoint({UUID(bytes=app), UUID(bytes_le=app)})


def _or_nan(column: Column | None, rows: int) -> Column:
    return np.full(rows, np.nan) if column is None else column
