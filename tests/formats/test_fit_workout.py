"""Watch workouts, read back by three parsers that others wrote: every field as it was written.

fitdecode and fitparse are pure Python with the protocol's own list of fields; chiptime checks the whole file.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.formats.fit.workout import NAME_BYTES, NOTE_BYTES, fitting, serial_number, workout
from backstride.formats.fit.workout_exercises import EXERCISES
from backstride.formats.readers import read
from backstride.knowledge.loader import shipped
from backstride.languages.catalog import LANGUAGES, translated
from backstride.model.session import Block, Part, Session
from backstride.model.text import Quantity, Text
from backstride.reports.wording import Wording

fitdecode = pytest.importorskip("fitdecode", reason="fitdecode is not installed: nothing read back")
fitparse = pytest.importorskip("fitparse", reason="fitparse is not installed: nothing read back")
chiptime = pytest.importorskip("chiptime", reason="chiptime is not installed: nothing read back")

pytestmark = pytest.mark.filterwarnings("ignore:.*utcfromtimestamp:DeprecationWarning")  # fitparse, 3.12 on
ON = date(2026, 3, 20)
WORDING = Wording(shipped().sentences)
LIMITS = (Text("plan.pain_bone"), Text("plan.pain_moves"))
WALK = Text("session.block_walk")

WALK_RUN = Session(
    "walk_run",
    Text("session.walk_run", {"time": Quantity(2100, "s")}),
    (
        Block("warm_up", WALK, (Part("walk", 300),)),
        Block(
            "main",
            Text("session.block_walk_run"),
            (Part("run", 60), Part("walk", 90)),
            10,
            cues=(Text("session.cue_easy"),),
        ),
        Block("cool_down", WALK, (Part("walk", 300),)),
    ),
    ("walk_run_3",),
    2100,
    LIMITS,
)
BIRD_DOG = shipped().exercises["bird_dog"].text("name")
STRENGTH = Session(
    "strength",
    Text("session.strength", {"time": Quantity(600, "s")}),
    (
        Block(
            "bird_dog",
            BIRD_DOG,
            (
                Part("work", repetitions=6, hold_s=8, side="left"),
                Part("work", repetitions=6, hold_s=8, side="right"),
                Part("rest", 30),
            ),
            exercise="bird_dog",
        ),
        Block(
            "dead_bug",
            shipped().exercises["dead_bug"].text("name"),
            (Part("work", repetitions=12, side="in turn"), Part("rest", 30)),
            2,
            exercise="dead_bug",
        ),
        Block(
            "prone_lying",
            shipped().exercises["prone_lying"].text("name"),
            (Part("work", repetitions=1, hold_s=120),),
            exercise="prone_lying",
        ),
    ),
    ("bird_dog", "dead_bug", "prone_lying"),
    600,
    LIMITS,
)
LIMIT_WORDS = " ".join(WORDING.say(limit) for limit in LIMITS)

Row = dict[str, Any]  # Any: numbers, words, moments


def by_fitdecode(data: bytes) -> list[tuple[str, Row]]:
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [
            (frame.name, {field.name: field.value for field in frame.fields if field.value is not None})
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage)
        ]


def by_fitparse(data: bytes) -> list[tuple[str, Row]]:
    rows = [
        (message.name, {name: value for name, value in message.get_values().items() if value is not None})
        for message in fitparse.FitFile(io.BytesIO(data), check_crc=True).get_messages()
    ]
    for _, row in rows:
        if "time_created" in row:
            row["time_created"] = row["time_created"].replace(tzinfo=UTC)  # it gives UTC without saying so
    return rows


def by_chiptime(data: bytes) -> list[tuple[str, Row]]:
    """It leaves values as stored: times in milliseconds, what a value means to its step's kind."""
    rows = []
    for message in chiptime.iter_messages(data):
        row = {name: each.value for name, each in message.fields.items() if each.value is not None}
        if "time_created" in row:
            row["time_created"] = datetime.fromisoformat(row["time_created"])
        if message.name == "workout_step":
            value = row.pop("duration_value", None)
            match row["duration_type"]:
                case "time":
                    row["duration_time"] = value / 1000
                case "distance":
                    row["duration_distance"] = value / 100
                case "reps":
                    row["duration_reps"] = value
                case "repeat_until_steps_cmplt":
                    row["duration_step"], row["repeat_steps"] = value, row.pop("target_value")
        rows.append((message.name, row))
    return rows


Reading = Callable[[bytes], list[tuple[str, Row]]]

WALK_RUN_STEPS: list[Row] = [
    {
        "message_index": 0,
        "wkt_step_name": "Walk",
        "duration_type": "time",
        "duration_time": 300.0,
        "intensity": "warmup",
        "notes": LIMIT_WORDS,
    },
    {
        "message_index": 1,
        "wkt_step_name": "Run",
        "duration_type": "time",
        "duration_time": 60.0,
        "intensity": "active",
        "notes": f"{LIMIT_WORDS} Easy. You can still talk.",
    },
    {
        "message_index": 2,
        "wkt_step_name": "Walk",
        "duration_type": "time",
        "duration_time": 90.0,
        "intensity": "rest",
    },
    {
        "message_index": 3,
        "duration_type": "repeat_until_steps_cmplt",
        "duration_step": 1,
        "repeat_steps": 10,
    },
    {
        "message_index": 4,
        "wkt_step_name": "Walk",
        "duration_type": "time",
        "duration_time": 300.0,
        "intensity": "cooldown",
    },
]
STRENGTH_STEPS: list[Row] = [
    {
        "message_index": 0,
        "wkt_step_name": "Bird dog, left",
        "duration_type": "reps",
        "duration_reps": 6,
        "intensity": "active",
        "notes": f"{LIMIT_WORDS} Hold each for 8 seconds.",
        "exercise_category": "core",
        "exercise_name": 48,
    },
    {
        "message_index": 1,
        "wkt_step_name": "Bird dog, right",
        "duration_type": "reps",
        "duration_reps": 6,
        "intensity": "active",
        "notes": "Hold each for 8 seconds.",
        "exercise_category": "core",
        "exercise_name": 48,
    },
    {
        "message_index": 2,
        "wkt_step_name": "Rest",
        "duration_type": "time",
        "duration_time": 30.0,
        "intensity": "rest",
    },
    {
        "message_index": 3,
        "wkt_step_name": "Dead bug, sides in turn",
        "duration_type": "reps",
        "duration_reps": 12,
        "intensity": "active",
        "exercise_category": "hip_stability",
        "exercise_name": 1,
    },
    {
        "message_index": 4,
        "wkt_step_name": "Rest",
        "duration_type": "time",
        "duration_time": 30.0,
        "intensity": "rest",
    },
    {
        "message_index": 5,
        "duration_type": "repeat_until_steps_cmplt",
        "duration_step": 3,
        "repeat_steps": 2,
    },
    {
        "message_index": 6,
        "wkt_step_name": "Lying on your front",
        "duration_type": "time",
        "duration_time": 120.0,
        "intensity": "active",
    },
]
CASES = [
    pytest.param(WALK_RUN, "running", "generic", "Walk-run 35 min", WALK_RUN_STEPS, id="walk_run"),
    pytest.param(STRENGTH, "training", "strength_training", "Strength 10 min", STRENGTH_STEPS, id="strength"),
]


EASY = Session(
    "walk_run",
    Text("session.easy_run"),
    (
        Block("warm_up", WALK, (Part("walk", 300),)),
        Block("main", Text("session.block_run"), (Part("run", metres=7480.5),)),
        Block("cool_down", WALK, (Part("walk", 300),)),
    ),
    ("walk_run_12",),
    None,
    LIMITS,
    cap_m=8320.5,
    ends=Text("plan.session_cap", {"cap": Quantity(8320.5, "m")}),
)
EASY_STEPS: list[Row] = [
    WALK_RUN_STEPS[0],
    {
        "message_index": 1,
        "wkt_step_name": "Run",
        "duration_type": "distance",
        "duration_distance": 7480.5,
        "intensity": "active",
        "notes": LIMIT_WORDS,
    },
    {
        "message_index": 2,
        "wkt_step_name": "Walk",
        "duration_type": "time",
        "duration_time": 300.0,
        "intensity": "cooldown",
        "notes": "End this session after 8.3 km at the latest, walking included, "
        "also if the step is not done by then.",
    },
]
CASES.append(pytest.param(EASY, "running", "generic", "Easy run", EASY_STEPS, id="easy"))


def expected(step: Row) -> Row:
    """A repeat has its rounds where any other step has the value of its open target."""
    return {"target_type": "open", **({} if "repeat_steps" in step else {"target_value": 0}), **step}


@pytest.mark.parametrize("read", [by_fitdecode, by_fitparse, by_chiptime])
@pytest.mark.parametrize(("session", "sport", "sub_sport", "name", "steps"), CASES)
def test_every_field_is_read_back_as_written(
    read: Reading, session: Session, sport: str, sub_sport: str, name: str, steps: list[Row]
) -> None:
    file_id, about, *rows = read(workout(session, ON, WORDING.say))

    assert file_id == (
        "file_id",
        {
            "type": "workout",
            "manufacturer": "development",
            "product": 0,
            "serial_number": serial_number(session.kind),
            "time_created": datetime(2026, 3, 20, tzinfo=UTC),
        },
    )
    assert about == (
        "workout",
        {"sport": sport, "sub_sport": sub_sport, "num_valid_steps": len(steps), "wkt_name": name},
    )
    assert [("workout_step", expected(step)) for step in steps] == rows


def test_chiptime_finds_nothing_to_mend() -> None:
    for session in (WALK_RUN, STRENGTH):
        result = chiptime.parse(workout(session, ON, WORDING.say))

        assert (result.ok, result.file_type, result.recovery) == (True, "workout", None)
        assert [result.errors, result.warnings] == [[], []]


def test_a_run_without_a_length_ends_when_the_runner_says() -> None:
    easy = Session("walk_run", Text("session.easy_run"), (Block("main", WALK, (Part("run"),)),), (), None, ())
    _, about, (_, step) = by_fitdecode(workout(easy, ON, WORDING.say))

    assert about[1]["wkt_name"] == "Easy run"
    assert step["duration_type"] == "open"


def test_the_same_plan_gives_the_same_bytes_and_our_own_reader_takes_it_for_no_run() -> None:
    data = workout(WALK_RUN, ON, WORDING.say)
    read_back = read(data, "backstride-walk-run.fit", UTC)

    assert data == workout(WALK_RUN, ON, WORDING.say)
    assert read_back.activities == ()


def test_a_watch_shows_each_exercise_under_the_name_in_its_own_list() -> None:
    """The numbers stand for what the comment beside them says."""
    lists = fitdecode.profile.FIELD_TYPES
    named = {
        id: (
            lists["exercise_category"].enum[category],
            lists[f"{lists['exercise_category'].enum[category]}_exercise_name"].enum[number],
        )
        for id, (category, number) in EXERCISES.items()
    }

    assert named == {
        "band_walk": ("banded_exercises", "lateral_band_walks"),
        "bird_dog": ("core", "arm_and_leg_extension_on_knees"),
        "cat_camel": ("warm_up", "cat_camel"),
        "curl_up": ("crunch", "mcgill_curl_up"),
        "dead_bug": ("hip_stability", "dead_bug"),
        "glute_bridge": ("hip_raise", "hip_raise"),
        "heel_raise": ("calf_raise", "standing_calf_raise"),
        "hip_abduction": ("hip_stability", "side_lying_leg_raise"),
        "knees_to_chest": ("warm_up", "stretch_lying_knee_to_chest"),
        "pallof_press": ("core", "cable_core_press"),
        "plank": ("plank", "plank"),
        "prone_press_up": ("hyperextension", "cobra"),
        "side_bridge": ("plank", "side_plank"),
        "single_leg_bridge": ("hip_raise", "single_leg_hip_raise"),
        "split_squat": ("lunge", "lunge"),
        "step_up": ("squat", "step_up"),
        "superman": ("hyperextension", "superman_from_floor"),
    }
    planned = {id for id, each in shipped().exercises.items() if each.phases}
    assert planned - EXERCISES.keys() == {"pelvic_tilt", "prone_lying"}


SCORES = {
    "green": Quantity(2, "score"),
    "amber": Quantity(5, "score"),
    "rise": Quantity(1, "count"),
    "red_rise": Quantity(2, "count"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_to_stop_fits_into_a_note_whole(language: str) -> None:
    wording = Wording(translated(shipped().sentences, language), language=language)
    moves = wording.say(Text("plan.pain_moves"))
    for first in (
        Text("plan.pain_red_zone", SCORES),
        Text("plan.pain_bone"),
        Text("plan.exercise_limit", {"pain": Quantity(3, "score")}),
        Text("plan.exercise_limit_bone"),
    ):
        assert len(f"{wording.say(first)} {moves}".encode()) <= NOTE_BYTES, first.id


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=200))
def test_words_are_cut_to_fit_and_never_inside_a_letter(words: str) -> None:
    kept = fitting(words, NAME_BYTES)

    assert len(kept.encode()) <= NAME_BYTES
    assert kept == words or len(words.encode()) > NAME_BYTES


parts = st.one_of(
    st.builds(
        Part, st.sampled_from(["walk", "run", "rest"]), st.one_of(st.none(), st.integers(1, 4_000_000))
    ),
    st.builds(
        Part,
        st.just("work"),
        repetitions=st.integers(1, 999),
        hold_s=st.one_of(st.none(), st.integers(1, 600)),
        side=st.sampled_from([None, "left", "right", "in turn"]),
    ),
)
blocks = st.lists(
    st.builds(
        Block,
        st.sampled_from(["warm_up", "main", "cool_down", "plank"]),
        st.just(WALK),
        st.lists(parts, min_size=1, max_size=6).map(tuple),
        st.integers(1, 40),
        exercise=st.sampled_from([None, "plank", "prone_lying"]),
    ),
    min_size=1,
    max_size=6,
).map(tuple)


@given(blocks)
def test_any_session_reads_back_with_every_time_repetition_and_round(made: tuple[Block, ...]) -> None:
    _, about, *rows = by_fitdecode(workout(replace(WALK_RUN, blocks=made), ON, WORDING.say))

    assert [row["message_index"] for _, row in rows] == list(range(about[1]["num_valid_steps"]))
    steps = iter([row for _, row in rows])
    first = 0
    for block in made:
        for part in block.parts:
            step = next(steps)
            if part.seconds is not None:
                assert step["duration_time"] == part.seconds
            elif part.repetitions == 1 and part.hold_s is not None:
                assert step["duration_time"] == part.hold_s
            elif part.repetitions is not None:
                assert step["duration_reps"] == part.repetitions
            else:
                assert step["duration_type"] == "open"
        if block.rounds > 1:
            again = next(steps)
            assert (again["duration_step"], again["repeat_steps"]) == (first, block.rounds)
        first += len(block.parts) + (block.rounds > 1)
    assert next(steps, None) is None
