"""The made-up runner's runs as Garmin's account export: recordings, the table of them, and the shoes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from backstride.app.demo.exports.garmin import FITNESS, FOLDER, Json, summaries, summary, to_bytes
from backstride.app.demo.gear import gear_file, shoes_of
from backstride.app.demo.made_run import MadeRun, mean_of, shoe_worn
from backstride.app.demo.story import Story
from backstride.app.demo.zipping import zipped

_FIRST_ACTIVITY, _FIRST_UPLOAD = 22_000_000_001, 7_000_000_001
_OWNER = "made-up-runner_"


def of_runs(runs: Sequence[MadeRun], story: Story) -> dict[str, bytes]:
    """The whole export: path inside it -> bytes."""
    numbered = [(_FIRST_ACTIVITY + nth, run) for nth, run in enumerate(runs)]
    recordings = {f"{_OWNER}{_FIRST_UPLOAD + 37 * nth}.fit": run.data for nth, run in enumerate(runs)}
    profile = to_bytes({"firstName": "Made-up", "lastName": "Runner"})
    fitness = FITNESS.rpartition("/")[0] + f"/{_OWNER}"
    return {
        f"{fitness}0_summarizedActivities.json": summaries(*(_row(id, run) for id, run in numbered)),
        f"{fitness}gear.json": gear_file(story, _worn_in(numbered, story)),
        f"{FOLDER}DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip": zipped(recordings.items()),
        f"{FOLDER}DI-Connect-User/user_profile.json": profile,
    }


def _worn_in(numbered: Sequence[tuple[int, MadeRun]], story: Story) -> dict[int, list[int]]:
    pairs = shoes_of(story)
    worn: defaultdict[int, list[int]] = defaultdict(list)
    for id, run in numbered:
        pair = shoe_worn(run.plan.on, pairs)
        if pair is not None:
            worn[pairs.index(pair) + 1].append(id)
    return worn


def _row(id: int, run: MadeRun) -> Json:
    trace, begun_ms = run.trace, run.start.timestamp() * 1000
    outdoors = not run.plan.treadmill
    ratio = 100 * trace.oscillation_mm / trace.step_length_mm
    return summary(
        id,
        run.start,
        run.moving_s,
        run.distance_m / run.moving_s,
        name="Running (made up)",
        activityType="running" if outdoors else "treadmill_running",
        startTimeLocal=begun_ms + run.offset_s * 1000,
        elapsedDuration=run.elapsed_s * 1000,
        movingDuration=run.moving_s * 1000,
        elevationGain=trace.climb_m * 100,
        elevationLoss=trace.descent_m * 100,
        avgHr=round(mean_of(trace.heart_rate_bpm)),
        avgDoubleCadence=mean_of(trace.cadence_spm),
        avgGroundContactTime=mean_of(trace.contact_ms),
        avgGroundContactBalance=100 * mean_of(trace.balance_left_share),
        avgStrideLength=mean_of(trace.step_length_mm) / 10,
        avgVerticalOscillation=mean_of(trace.oscillation_mm) / 10,
        avgVerticalRatio=mean_of(ratio),
        startLatitude=float(trace.latitude_deg[0]) if outdoors else None,
        startLongitude=float(trace.longitude_deg[0]) if outdoors else None,
        workoutRpe=None if run.plan.rpe is None else run.plan.rpe * 10,
        workoutFeel=None,
    )
