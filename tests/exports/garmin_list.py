"""Made-up lists of activities as Garmin Connect's web page exports them.  Nobody ran any of this."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

ENGLISH = (
    *("Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR", "Max HR"),
    *("Aerobic TE", "Avg Run Cadence", "Max Run Cadence", "Avg Pace", "Best Pace", "Total Ascent"),
    *("Total Descent", "Avg Stride Length", "Avg Vertical Ratio", "Avg Vertical Oscillation"),
    *("Avg Ground Contact Time", "Avg GCT Balance", "Training Stress Score®", "Avg Power", "Steps"),
    *("Min Temp", "Max Temp", "Moving Time", "Elapsed Time"),
)

RUN: Mapping[str, str] = {
    "Activity Type": "Running",
    "Date": "2024-05-11 07:10:30",
    "Favorite": "false",
    "Title": "Made-up run",
    "Distance": "10.02",
    "Calories": "1,406",
    "Time": "00:50:06",
    "Avg HR": "151",
    "Max HR": "170",
    "Aerobic TE": "3.1",
    "Avg Run Cadence": "172",
    "Max Run Cadence": "190",
    "Avg Pace": "5:00",
    "Best Pace": "4:01",
    "Total Ascent": "58",
    "Total Descent": "51",
    "Avg Stride Length": "1.16",
    "Avg Vertical Ratio": "7.4",
    "Avg Vertical Oscillation": "8.6",
    "Avg Ground Contact Time": "251",
    "Avg GCT Balance": "50.6% L / 49.4% R",
    "Training Stress Score®": "0.0",
    "Avg Power": "301",
    "Steps": "8,617",
    "Min Temp": "12.0",
    "Max Temp": "18.0",
    "Moving Time": "00:49:50",
    "Elapsed Time": "00:51:00",
}
GYM = {
    **dict.fromkeys(ENGLISH, "--"),
    "Activity Type": "Strength Training",
    "Date": "2024-05-12 18:00:00",
    "Favorite": "false",
    "Title": "Made-up hour",
    "Distance": "0.00",
    "Time": "01:00:00",
    "Avg HR": "104",
}


def activities(
    *told: Mapping[str, str], header: Sequence[str] | None = None, sign: str = ",", encoding: str = "utf-8"
) -> bytes:
    """The list, newest first; `header` replaces the English one column by column."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", delimiter=sign)
    writer.writerow(header or ENGLISH)
    writer.writerows([each.get(name, "--") for name in ENGLISH] for each in told or (GYM, RUN))
    return out.getvalue().encode(encoding)
