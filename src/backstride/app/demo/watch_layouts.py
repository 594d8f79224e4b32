"""Which fields the made-up watch writes, and what it says of itself at the head of each file."""

from __future__ import annotations

from functools import cache

from backstride.formats.fit.encode import Field, Layout, messages
from backstride.formats.fit.encode_values import Values

MAKER = 255
"""The number FIT keeps for development."""
WATCH, STRAP = "made-up watch", "made-up chest strap"
_SERIAL, _SOFTWARE = 1_000_001, 1.00
_ACTIVITY_FILE = 4

_PLACE = (
    Field("position_lat", "sint32"),
    Field("position_long", "sint32"),
    Field("enhanced_altitude", "uint32"),
)
_RECORD = (
    Field("distance", "uint32"),
    Field("enhanced_speed", "uint32"),
    Field("heart_rate", "uint8"),
    Field("cadence", "uint8"),
    Field("fractional_cadence", "uint8"),
    Field("vertical_oscillation", "uint16"),
    Field("stance_time", "uint16"),
    Field("stance_time_percent", "uint16"),
    Field("vertical_ratio", "uint16"),
    Field("stance_time_balance", "uint16"),
    Field("step_length", "uint16"),
)
_TIME = Field("timestamp", "uint32")

# fmt: off
_SUMMED = (
    Field("start_time", "uint32"), Field("total_elapsed_time", "uint32"), Field("total_timer_time", "uint32"),
    Field("total_distance", "uint32"), Field("enhanced_avg_speed", "uint32"),
    Field("avg_heart_rate", "uint8"), Field("avg_cadence", "uint8"), Field("avg_fractional_cadence", "uint8"),
    Field("avg_vertical_oscillation", "uint16"), Field("avg_stance_time", "uint16"),
    Field("avg_stance_time_balance", "uint16"), Field("avg_step_length", "uint16"), Field("sport", "enum"),
)
LAP = Layout("lap", (_TIME, Field("message_index", "uint16"), *_SUMMED), local=2)
SESSION = Layout(
    "session",
    (
        _TIME, *_SUMMED, Field("sub_sport", "enum"), Field("num_laps", "uint16"),
        Field("start_position_lat", "sint32"), Field("start_position_long", "sint32"),
        Field("total_ascent", "uint16"), Field("total_descent", "uint16"), Field("total_cycles", "uint32"),
        Field("max_heart_rate", "uint8"), Field("avg_vertical_ratio", "uint16"),
        Field("workout_rpe", "uint8"),
    ),
    local=3,
)
ACTIVITY = Layout(
    "activity",
    (
        _TIME, Field("local_timestamp", "uint32"), Field("total_timer_time", "uint32"),
        Field("num_sessions", "uint16"), Field("type", "enum"), Field("event", "enum"),
        Field("event_type", "enum"),
    ),
    local=4,
)
EVENT = Layout("event", (_TIME, Field("event", "enum"), Field("event_type", "enum")), local=1)
_FILE_ID = Layout(
    "file_id",
    (
        Field("type", "enum"), Field("manufacturer", "uint16"), Field("product", "uint16"),
        Field("serial_number", "uint32z"), Field("time_created", "uint32"),
        Field("product_name", "string", 24),
    ),
)
_DEVICE_INFO = Layout(
    "device_info",
    (
        _TIME, Field("device_index", "uint8"), Field("manufacturer", "uint16"),
        Field("software_version", "uint16"), Field("product_name", "string", 24),
    ),
)
_SPORT = Layout("sport", (Field("sport", "enum"), Field("sub_sport", "enum"), Field("name", "string", 16)))
# fmt: on


@cache
def record_layout(*, with_place: bool) -> Layout:
    """The fields of each sample; without the place, for a treadmill."""
    return Layout("record", (_TIME, *(_PLACE if with_place else ()), *_RECORD))


def file_head(begun: int, file_type: int = _ACTIVITY_FILE) -> bytes:
    """What every file begins with; `begun` in FIT seconds."""
    values = {"type": file_type, "manufacturer": MAKER, "product": 0, "serial_number": _SERIAL}
    return messages(_FILE_ID, {**values, "time_created": begun, "product_name": WATCH})


def devices(begun: int) -> bytes:
    """The watch and its strap, as the file of a run names them."""
    values: dict[str, Values] = {
        "timestamp": begun,
        "device_index": [0, 1],
        "manufacturer": MAKER,
        "software_version": _SOFTWARE,
        "product_name": [WATCH, STRAP],
    }
    return messages(_DEVICE_INFO, values)


def sport_of(sport: int, sub_sport: int, name: str) -> bytes:
    """What the runner chose on the watch: it stands at the head, so a file cut short still tells it."""
    return messages(_SPORT, {"sport": sport, "sub_sport": sub_sport, "name": name})
