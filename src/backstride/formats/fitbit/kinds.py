"""Files of Fitbit's account export that hold no activity or day that is read, by how their names begin."""

from __future__ import annotations

from backstride.model.said import said

_ESTIMATES = said("a watch's own estimates; runs are judged by what was recorded")
_MINUTES = said("how active each minute of some days was")

_DAY = r"_\d{4}-\d\d-\d\d\.csv$"

SET_ASIDE = (
    (r"^heart_rate-\d", said("a day's heart rate")),
    (r"^time_in_heart_rate_zones-\d", said("minutes in zones of heart rate")),
    (r"^steps-\d", said("steps minute by minute")),
    (r"^(?:distance|altitude|calories)-\d", said("distance, climb or energy minute by minute")),
    (r"^(?:sedentary|lightly_active|moderately_active|very_active)_minutes-\d", _MINUTES),
    (r"^(?:run|demographic)_vo2_max-\d", _ESTIMATES),
    (r"^estimated_oxygen_variation-\d|^estimated_oxygen", said("a night's oxygen readings")),
    (r"^swim_lengths_data-\d", said("lengths of a pool")),
    (r"^(?:height|badge|food_logs|water_logs|menstrual\w*)-?\d*\.json", said("a record of no activity")),
    (rf"^(?:ground_contact_time|vertical_oscillation|vertical_ratio|stride_length){_DAY}",
     said("running form minute by minute, apart from the runs; not joined with them")),
    (rf"^(?:UserSleeps|UserSleepStages){_DAY}",
     said("nights in a table; those of the sleep-*.json files are read")),
    (rf"^(?:UserActivityProbabilities|UserSensorCompressionToken){_DAY}", said("a watch's own estimates")),
    (rf"^(?:steps|distance|calories|heart_rate|active_zone_minutes|body_temperature){_DAY}", _MINUTES),
    (r"^(?:Daily|Minute|Hourly) (?:Heart Rate Variability|SpO2|Respiratory Rate)[ \w]* - [\d-]+\.csv$",
     said("a night's samples")),
    (r"^sleep_score\.csv$|^Stress Score\.csv$", said("scores of nights and days")),
)  # fmt: skip
"""How the name begins -> what the file is; those that end in .csv are the newer Takeout's."""
