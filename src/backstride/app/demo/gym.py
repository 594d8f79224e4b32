"""One run as a gym treadmill's TCX file: distance by the belt, heart rate, steps, and no place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from backstride.app.demo.traces import Trace

EVERY_S = 5
CREATOR = "made-up treadmill"

_TRAINING = "http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"
_EXTENSION = "http://www.garmin.com/xmlschemas/ActivityExtension/v2"
_POINT = (
    "<Trackpoint><Time>{}Z</Time><DistanceMeters>{:.1f}</DistanceMeters>"
    "<HeartRateBpm><Value>{:.0f}</Value></HeartRateBpm>"
    f'<Extensions><TPX xmlns="{_EXTENSION}">'
    "<Speed>{:.3f}</Speed><RunCadence>{:.0f}</RunCadence></TPX></Extensions></Trackpoint>"
)


def run_file(trace: Trace, start: datetime) -> bytes:
    """The whole TCX file; `start` is aware.  `RunCadence` counts one foot, as the format has it."""
    kept = np.unique(np.append(np.arange(0, trace.clock_s.size, EVERY_S), trace.clock_s.size - 1))
    first = start.astimezone(UTC).replace(tzinfo=None)
    samples = zip(
        [
            (first + timedelta(seconds=second)).isoformat("T", "seconds")
            for second in trace.clock_s[kept].tolist()
        ],
        trace.distance_m[kept].tolist(),
        trace.heart_rate_bpm[kept].tolist(),
        trace.speed_mps[kept].tolist(),
        (trace.cadence_spm[kept] / 2).tolist(),
        strict=True,
    )
    begun = f"{first.isoformat('T', 'seconds')}Z"
    return (
        "\n".join(
            (
                '<?xml version="1.0" encoding="UTF-8"?>',
                f'<TrainingCenterDatabase xmlns="{_TRAINING}">',
                f'<Activities><Activity Sport="Running"><Id>{begun}</Id><Lap StartTime="{begun}">',
                f"<TotalTimeSeconds>{trace.moving_s:.1f}</TotalTimeSeconds>",
                f"<DistanceMeters>{trace.distance_m[-1]:.1f}</DistanceMeters>",
                "<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>",
                *(_POINT.format(*sample) for sample in samples),
                "</Track></Lap><Notes>Made-up treadmill run</Notes>",
                f"<Creator><Name>{CREATOR}</Name></Creator></Activity></Activities></TrainingCenterDatabase>",
                "",
            )
        )
        .replace("<TPX>", f'<TPX xmlns="{_EXTENSION}">')
        .encode()
    )
