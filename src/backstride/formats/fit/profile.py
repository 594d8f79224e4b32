"""What the numbers in a FIT file mean: the messages and fields we use, kept by hand.

A FIT file itself says how wide each field is, of which base type, and in which byte order; what it does
not say is the field's name, scale, offset and unit.  Those are facts of the protocol and stand below, one
entry a field: `number name /scale -offset [unit]`.  A field or message that is not below keeps its values
unscaled under the name `unknown_N`.

The value is `stored / scale - offset`.  `expands` names the field whose values also stand, in the same
scale, in another field ("components" in the protocol's words).
"""

from __future__ import annotations

from dataclasses import dataclass, field

TIMESTAMP = 253
"""The one field number that means the same in every message."""


@dataclass(frozen=True, slots=True)
class FieldFacts:
    """One field of a message type."""

    number: int
    name: str
    scale: float = 1.0
    offset: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """One message type: its fields by number."""

    number: int
    name: str
    fields: dict[int, FieldFacts]
    expands: dict[str, str] = field(default_factory=dict)
    """Short field -> the wide field that carries the same quantity."""


def _field(entry: str) -> FieldFacts:
    number, name, *rest = entry.split()
    facts: dict[str, float] = {"scale": 1.0, "offset": 0.0}
    unit = ""
    for part in rest:
        if part.startswith("["):
            unit = part.strip("[]")
        elif part.startswith("/"):
            facts["scale"] = float(part[1:])
        else:
            facts["offset"] = -float(part)
    return FieldFacts(int(number), name, facts["scale"], facts["offset"], unit)


def _message(number: int, name: str, text: str, expands: dict[str, str] | None = None) -> MessageFacts:
    entries = [entry.strip() for line in text.strip().splitlines() for entry in line.split(";")]
    fields = [_field(entry) for entry in entries if entry]
    fields.append(FieldFacts(TIMESTAMP, "timestamp", unit="s"))
    return MessageFacts(number, name, {facts.number: facts for facts in fields}, expands or {})


_FILE_ID = """
0 type; 1 manufacturer; 2 product; 3 serial_number; 4 time_created [s]; 5 number; 8 product_name
"""

_SESSION = """
254 message_index; 0 event; 1 event_type; 2 start_time [s]
3 start_position_lat [semicircles]; 4 start_position_long [semicircles]; 5 sport; 6 sub_sport
7 total_elapsed_time /1000 [s]; 8 total_timer_time /1000 [s]; 9 total_distance /100 [m]; 10 total_cycles
11 total_calories [kcal]; 13 total_fat_calories [kcal]; 14 avg_speed /1000 [m/s]; 15 max_speed /1000 [m/s]
16 avg_heart_rate [bpm]; 17 max_heart_rate [bpm]; 18 avg_cadence [rpm]; 19 max_cadence [rpm]
20 avg_power [watts]; 21 max_power [watts]; 22 total_ascent [m]; 23 total_descent [m]
24 total_training_effect /10; 25 first_lap_index; 26 num_laps; 27 event_group; 28 trigger
29 nec_lat [semicircles]; 30 nec_long [semicircles]; 31 swc_lat [semicircles]; 32 swc_long [semicircles]
33 num_lengths; 34 normalized_power [watts]; 35 training_stress_score /10; 36 intensity_factor /1000
37 left_right_balance; 38 end_position_lat [semicircles]; 39 end_position_long [semicircles]
41 avg_stroke_count /10; 42 avg_stroke_distance /100 [m]; 43 swim_stroke; 44 pool_length /100 [m]
45 threshold_power [watts]; 46 pool_length_unit; 47 num_active_lengths; 48 total_work [J]
49 avg_altitude /5 -500 [m]; 50 max_altitude /5 -500 [m]; 51 gps_accuracy [m]; 52 avg_grade /100 [%]
57 avg_temperature [C]; 58 max_temperature [C]; 59 total_moving_time /1000 [s]; 64 min_heart_rate [bpm]
71 min_altitude /5 -500 [m]; 89 avg_vertical_oscillation /10 [mm]; 90 avg_stance_time_percent /100 [percent]
91 avg_stance_time /10 [ms]; 92 avg_fractional_cadence /128 [rpm]; 93 max_fractional_cadence /128 [rpm]
94 total_fractional_cycles /128 [cycles]; 110 sport_profile_name; 111 sport_index
124 enhanced_avg_speed /1000 [m/s]; 125 enhanced_max_speed /1000 [m/s]
126 enhanced_avg_altitude /5 -500 [m]; 127 enhanced_min_altitude /5 -500 [m]
128 enhanced_max_altitude /5 -500 [m]; 132 avg_vertical_ratio /100 [percent]
133 avg_stance_time_balance /100 [percent]; 134 avg_step_length /10 [mm]
137 total_anaerobic_training_effect /10; 168 training_load_peak /65536; 192 workout_feel; 193 workout_rpe
"""

_LAP = """
254 message_index; 0 event; 1 event_type; 2 start_time [s]
3 start_position_lat [semicircles]; 4 start_position_long [semicircles]
5 end_position_lat [semicircles]; 6 end_position_long [semicircles]
7 total_elapsed_time /1000 [s]; 8 total_timer_time /1000 [s]; 9 total_distance /100 [m]; 10 total_cycles
11 total_calories [kcal]; 12 total_fat_calories [kcal]; 13 avg_speed /1000 [m/s]; 14 max_speed /1000 [m/s]
15 avg_heart_rate [bpm]; 16 max_heart_rate [bpm]; 17 avg_cadence [rpm]; 18 max_cadence [rpm]
19 avg_power [watts]; 20 max_power [watts]; 21 total_ascent [m]; 22 total_descent [m]; 23 intensity
24 lap_trigger; 25 sport; 26 event_group; 32 num_lengths; 33 normalized_power [watts]; 34 left_right_balance
35 first_length_index; 37 avg_stroke_distance /100 [m]; 38 swim_stroke; 39 sub_sport; 40 num_active_lengths
41 total_work [J]; 42 avg_altitude /5 -500 [m]; 43 max_altitude /5 -500 [m]; 44 gps_accuracy [m]
45 avg_grade /100 [%]; 50 avg_temperature [C]; 51 max_temperature [C]; 52 total_moving_time /1000 [s]
62 min_altitude /5 -500 [m]; 63 min_heart_rate [bpm]; 71 wkt_step_index
77 avg_vertical_oscillation /10 [mm]; 78 avg_stance_time_percent /100 [percent]; 79 avg_stance_time /10 [ms]
80 avg_fractional_cadence /128 [rpm]; 81 max_fractional_cadence /128 [rpm]
82 total_fractional_cycles /128 [cycles]; 110 enhanced_avg_speed /1000 [m/s]
111 enhanced_max_speed /1000 [m/s]; 112 enhanced_avg_altitude /5 -500 [m]
113 enhanced_min_altitude /5 -500 [m]; 114 enhanced_max_altitude /5 -500 [m]
118 avg_vertical_ratio /100 [percent]; 119 avg_stance_time_balance /100 [percent]
120 avg_step_length /10 [mm]
"""

_RECORD = """
0 position_lat [semicircles]; 1 position_long [semicircles]; 2 altitude /5 -500 [m]; 3 heart_rate [bpm]
4 cadence [rpm]; 5 distance /100 [m]; 6 speed /1000 [m/s]; 7 power [watts]; 8 compressed_speed_distance
9 grade /100 [%]; 10 resistance; 11 time_from_course /1000 [s]; 12 cycle_length /100 [m]; 13 temperature [C]
17 speed_1s /16 [m/s]; 18 cycles; 19 total_cycles [cycles]; 28 compressed_accumulated_power [watts]
29 accumulated_power [watts]; 30 left_right_balance; 31 gps_accuracy [m]; 32 vertical_speed /1000 [m/s]
33 calories [kcal]; 39 vertical_oscillation /10 [mm]; 40 stance_time_percent /100 [percent]
41 stance_time /10 [ms]; 42 activity_type; 43 left_torque_effectiveness /2 [percent]
44 right_torque_effectiveness /2 [percent]; 45 left_pedal_smoothness /2 [percent]
46 right_pedal_smoothness /2 [percent]; 47 combined_pedal_smoothness /2 [percent]; 48 time128 /128 [s]
49 stroke_type; 50 zone; 51 ball_speed /100 [m/s]; 52 cadence256 /256 [rpm]
53 fractional_cadence /128 [rpm]; 62 device_index; 73 enhanced_speed /1000 [m/s]
78 enhanced_altitude /5 -500 [m]; 81 battery_soc /2 [percent]; 82 motor_power [watts]
83 vertical_ratio /100 [percent]; 84 stance_time_balance /100 [percent]; 85 step_length /10 [mm]
87 cycle_length16 /100 [m]; 91 absolute_pressure [Pa]; 99 respiration_rate [breaths/min]
108 enhanced_respiration_rate /100 [breaths/min]
"""

_EVENT = """
0 event; 1 event_type; 2 data16; 3 data; 4 event_group; 7 score; 8 opponent_score; 9 front_gear_num
10 front_gear; 11 rear_gear_num; 12 rear_gear; 13 device_index
"""

_DEVICE_INFO = """
0 device_index; 1 device_type; 2 manufacturer; 3 serial_number; 4 product; 5 software_version /100
6 hardware_version; 7 cum_operating_time [s]; 10 battery_voltage /256 [V]; 11 battery_status
18 sensor_position; 19 descriptor; 20 ant_transmission_type; 21 ant_device_number; 22 ant_network
25 source_type; 27 product_name; 32 battery_level [%]
"""

_FIELD_DESCRIPTION = """
0 developer_data_index; 1 field_definition_number; 2 fit_base_type_id; 3 field_name; 4 array; 5 components
6 scale; 7 offset; 8 units; 9 bits; 10 accumulate; 13 fit_base_unit_id; 14 native_mesg_num
15 native_field_num
"""

_WORKOUT_STEP = """
254 message_index; 0 wkt_step_name; 1 duration_type; 2 duration_value; 3 target_type; 4 target_value
5 custom_target_value_low; 6 custom_target_value_high; 7 intensity; 8 notes; 9 equipment
10 exercise_category; 11 exercise_name; 12 exercise_weight /100 [kg]; 13 weight_display_unit
"""

_LENGTH = """
254 message_index; 0 event; 1 event_type; 2 start_time [s]; 3 total_elapsed_time /1000 [s]
4 total_timer_time /1000 [s]; 5 total_strokes [strokes]; 6 avg_speed /1000 [m/s]; 7 swim_stroke
9 avg_swimming_cadence [strokes/min]; 10 event_group; 11 total_calories [kcal]; 12 length_type
"""

_MONITORING = """
0 device_index; 1 calories [kcal]; 2 distance /100 [m]; 3 cycles /2 [cycles]; 4 active_time /1000 [s]
5 activity_type; 6 activity_subtype; 11 local_timestamp [s]; 12 temperature /100 [C]
19 active_calories [kcal]; 24 current_activity_type_intensity; 26 timestamp_16 [s]; 27 heart_rate [bpm]
"""

_WEIGHT_SCALE = """
0 weight /100 [kg]; 1 percent_fat /100 [%]; 2 percent_hydration /100 [%]; 3 visceral_fat_mass /100 [kg]
4 bone_mass /100 [kg]; 5 muscle_mass /100 [kg]; 7 basal_met /4 [kcal/day]; 8 physique_rating
9 active_met /4 [kcal/day]; 10 metabolic_age [years]; 11 visceral_fat_rating; 12 user_profile_index
"""

_CORRELATION = """
0 fractional_timestamp /32768 [s]; 1 system_timestamp [s]; 2 fractional_system_timestamp /32768 [s]
3 local_timestamp [s]; 4 timestamp_ms [ms]; 5 system_timestamp_ms [ms]
"""

_LAP_EXPANDS = {
    "avg_speed": "enhanced_avg_speed",
    "max_speed": "enhanced_max_speed",
    "avg_altitude": "enhanced_avg_altitude",
    "min_altitude": "enhanced_min_altitude",
    "max_altitude": "enhanced_max_altitude",
}
_RECORD_EXPANDS = {
    "speed": "enhanced_speed",
    "altitude": "enhanced_altitude",
    "respiration_rate": "enhanced_respiration_rate",
}

_ROWS = (
    _message(0, "file_id", _FILE_ID),
    _message(49, "file_creator", "0 software_version; 1 hardware_version"),
    _message(
        34,
        "activity",
        "0 total_timer_time /1000 [s]; 1 num_sessions; 2 type; 3 event; 4 event_type; 5 local_timestamp [s]\n"
        "6 event_group",
    ),
    _message(18, "session", _SESSION, _LAP_EXPANDS),
    _message(19, "lap", _LAP, _LAP_EXPANDS),
    _message(20, "record", _RECORD, _RECORD_EXPANDS),
    _message(21, "event", _EVENT, {"data16": "data"}),
    _message(23, "device_info", _DEVICE_INFO),
    _message(12, "sport", "0 sport; 1 sub_sport; 3 name"),
    _message(
        26,
        "workout",
        "4 sport; 5 capabilities; 6 num_valid_steps; 8 wkt_name; 11 sub_sport; 14 pool_length /100 [m]",
    ),
    _message(27, "workout_step", _WORKOUT_STEP),
    _message(
        132,
        "hr",
        "0 fractional_timestamp /32768 [s]; 1 time256 /256 [s]; 6 filtered_bpm [bpm]\n"
        "9 event_timestamp /1024 [s]; 10 event_timestamp_12",
    ),
    _message(101, "length", _LENGTH),
    _message(206, "field_description", _FIELD_DESCRIPTION),
    _message(
        207,
        "developer_data_id",
        "0 developer_id; 1 application_id; 2 manufacturer_id; 3 developer_data_index; 4 application_version",
    ),
    _message(
        3,
        "user_profile",
        "1 gender; 2 age [years]; 3 height /100 [m]; 4 weight /10 [kg]; 8 resting_heart_rate [bpm]",
    ),
    _message(
        2,
        "device_settings",
        "0 active_time_zone; 1 utc_offset; 2 time_offset [s]; 5 time_zone_offset /4 [hr]",
    ),
    _message(55, "monitoring", _MONITORING),
    _message(
        103, "monitoring_info", "0 local_timestamp [s]; 1 activity_type; 5 resting_metabolic_rate [kcal/day]"
    ),
    _message(30, "weight_scale", _WEIGHT_SCALE),
    _message(
        7,
        "zones_target",
        "1 max_heart_rate; 2 threshold_heart_rate; 3 functional_threshold_power; 5 hr_calc_type\n"
        "7 pwr_calc_type",
    ),
    _message(8, "hr_zone", "254 message_index; 1 high_bpm [bpm]; 2 name"),
    _message(78, "hrv", "0 time /1000 [s]"),
    _message(31, "course", "4 sport; 5 name; 6 capabilities; 7 sub_sport"),
    _message(
        32,
        "course_point",
        "254 message_index; 1 timestamp [s]; 2 position_lat [semicircles]; 3 position_long [semicircles]\n"
        "4 distance /100 [m]; 5 type; 6 name; 8 favorite",
    ),
    _message(162, "timestamp_correlation", _CORRELATION),
    _message(72, "training_file", "0 type; 1 manufacturer; 2 product; 3 serial_number; 4 time_created [s]"),
)

MESSAGES: dict[int, MessageFacts] = {row.number: row for row in _ROWS}
MESSAGE_NUMBERS: dict[str, int] = {row.name: row.number for row in _ROWS}


def message_facts(number: int) -> MessageFacts:
    """The message type with this number; one without fields, named `unknown_N`, where it is not kept here."""
    known = MESSAGES.get(number)
    return known or MessageFacts(
        number, f"unknown_{number}", {TIMESTAMP: FieldFacts(TIMESTAMP, "timestamp", unit="s")}
    )


def field_facts(message: MessageFacts, number: int) -> FieldFacts:
    """The field with this number; an unscaled one named `unknown_N` where it is not kept here."""
    return message.fields.get(number) or FieldFacts(number, f"unknown_{number}")
