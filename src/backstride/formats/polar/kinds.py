"""Files of Polar Flow's account export that hold no run or night, by how their names begin."""

from __future__ import annotations

from backstride.model.said import said

_SETTINGS = said("settings of the account")
_PLANS = said("planned training")

SET_ASIDE = (
    (r"^247ohr[_-]", said("a month's continuous heart rate")),
    (r"^activity-\d", said("a day's activity")),
    (r"^ppi_samples[_-]", said("beats one by one, of the whole day")),
    (r"^sleep_score[_-]", said("scores of nights; the nights themselves count")),
    (r"^nightly_recovery_blob[_-]", said("a night's samples; the night's own means count")),
    (r"^calendar-items[_-]", said("notes and feelings in a calendar")),
    (r"^fitness-test-results?[_-]|^orthostatic-test-results?[_-]|^rr-recordings?[_-]",
     said("tests of heart and fitness")),
    (r"^training-target[_-]|^favourite-targets[_-]|^programs-|^planned-route", _PLANS),
    (r"^account-(?:data|profile)[_-]|^sport-profiles[_-]", _SETTINGS),
    (r"^products-devices[_-]", said("a list of devices")),
)  # fmt: skip
"""How the name begins -> what the file is.  Source: public lists of the files of real exports.

The calendar is left out because no real one was seen: what is typed into it is told by the runner again.
"""
