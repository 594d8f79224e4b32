"""Made-up lists of activities as Garmin Connect's web page exports them.  Nobody ran any of this."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from backstride.app.demo.made_run import MadeRun, mean_of
from backstride.app.demo.story import Story

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


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The made-up runner's runs in kilometres, newest first, as the page shows them."""
    return {"Activities.csv": activities(*(_row(run) for run in reversed(runs)))}


def _row(run: MadeRun) -> dict[str, str]:
    trace, left = run.trace, 100 * mean_of(run.trace.balance_left_share)
    ratio = 100 * mean_of(trace.oscillation_mm / trace.step_length_mm)
    return {
        "Activity Type": "Treadmill Running" if run.plan.treadmill else "Running",
        "Date": f"{run.start:%Y-%m-%d %H:%M:%S}",
        "Favorite": "false",
        "Title": "Running (made up)",
        "Distance": f"{run.distance_m / 1000:.2f}",
        "Time": _clock(run.moving_s),
        "Avg HR": f"{mean_of(trace.heart_rate_bpm):.0f}",
        "Max HR": f"{trace.heart_rate_bpm.max():.0f}",
        "Avg Run Cadence": f"{mean_of(trace.cadence_spm):.0f}",
        "Avg Pace": _pace(1000 * run.moving_s / run.distance_m),
        "Total Ascent": f"{trace.climb_m:.0f}",
        "Total Descent": f"{trace.descent_m:.0f}",
        "Avg Stride Length": f"{mean_of(trace.step_length_mm) / 1000:.2f}",
        "Avg Vertical Ratio": f"{ratio:.1f}",
        "Avg Vertical Oscillation": f"{mean_of(trace.oscillation_mm) / 10:.1f}",
        "Avg Ground Contact Time": f"{mean_of(trace.contact_ms):.0f}",
        "Avg GCT Balance": f"{left:.1f}% L / {100 - left:.1f}% R",
        "Training Stress Score®": "0.0",
        "Steps": f"{run.steps:,}",
        "Moving Time": _clock(run.moving_s),
        "Elapsed Time": _clock(run.elapsed_s),
    }


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}"


def _pace(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
