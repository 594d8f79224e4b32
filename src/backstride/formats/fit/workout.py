"""A session of the plan as a FIT workout that a watch can lead through.

    file_id | workout | step, step, repeat, step ...

Every step has an open target: nothing on the watch pushes anybody to a pace or a heart rate.  A walk between
runs is written as rest, which every watch knows; `recovery` came later.  When to stop stands in the notes of
the first step and of each running step: the format has no rule of pain.

Messages and lists: https://developer.garmin.com/fit/file-types/workout/
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import floor

from backstride.formats.fit.encode import Field, Layout, encode, fit_seconds, messages
from backstride.formats.fit.encode_values import Values
from backstride.formats.fit.workout_exercises import EXERCISES
from backstride.model.session import Block, Part, PartKind, Session, SessionKind, Side
from backstride.model.text import Text

Say = Callable[[Text], str]
"""A sentence in the runner's language."""

_WORKOUT_FILE = 5
_DEVELOPMENT = 255
"""The maker's number for whoever has none."""
_SPORTS: dict[SessionKind, tuple[int, int]] = {
    "walk_run": (1, 0),  # running
    "walk": (11, 0),  # walking
    "strength": (10, 20),  # training: strength training
    "mobility": (10, 19),  # training: flexibility training
}
_TIME, _DISTANCE, _OPEN, _REPEAT, _REPS = 0, 1, 5, 6, 29
"""What ends a step: its time, its distance, a press of the lap button, all rounds, or repetitions."""
_OPEN_TARGET = 2
_ACTIVE, _REST, _WARM_UP, _COOL_DOWN = 0, 1, 2, 3
_ENDS = {"warm_up": _WARM_UP, "cool_down": _COOL_DOWN}

NAME_BYTES = 60
NOTE_BYTES = 254
"""All that a field can hold beside its closing zero; watches show far less of it at a time."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One workout_step message."""

    name: str | None
    ends: int
    ends_at: int | None
    """Milliseconds, centimetres, repetitions, or for a repeat the first step that is done again."""
    intensity: int | None = None
    times: int | None = None
    """How often in all, for a repeat."""
    notes: str | None = None
    exercise: tuple[int, int] | None = None


def workout(session: Session, on: date, say: Say) -> bytes:
    """The bytes of a workout file.  The same plan of the same day gives the same bytes.

    `on` is the plan's day, which stands as the time of making.
    """
    steps = _steps(session, say)
    made = fit_seconds(datetime(on.year, on.month, on.day, tzinfo=UTC))
    sport, sub_sport = _SPORTS[session.kind]
    return encode(
        (
            _file_id(session.kind, made),
            messages(
                Layout(
                    "workout",
                    (
                        Field("sport", "enum"),
                        Field("sub_sport", "enum"),
                        Field("num_valid_steps", "uint16"),
                        Field("wkt_name", "string", NAME_BYTES + 1),
                    ),
                    local=1,
                ),
                {
                    "sport": sport,
                    "sub_sport": sub_sport,
                    "num_valid_steps": len(steps),
                    "wkt_name": fitting(say(session.name), NAME_BYTES),
                },
            ),
            _step_messages(steps),
        )
    )


def _file_id(kind: SessionKind, made: int) -> bytes:
    """The message that says whose file it is.  Its last field is the time of making."""
    layout = Layout(
        "file_id",
        (
            Field("type", "enum"),
            Field("manufacturer", "uint16"),
            Field("product", "uint16"),
            Field("serial_number", "uint32z"),
            Field("time_created", "uint32"),
        ),
    )
    return messages(
        layout,
        {
            "type": _WORKOUT_FILE,
            "manufacturer": _DEVELOPMENT,
            "product": 0,
            "serial_number": serial_number(kind),
            "time_created": made,
        },
    )


_HEADER_BYTES, _TIME_BYTES = 14, 4


def made_here(data: bytes, kind: SessionKind) -> bool:
    """True for the bytes of a workout of that kind that `workout` wrote, on whichever day."""
    begins = _file_id(kind, 0)[:-_TIME_BYTES]
    return data[8:12] == b".FIT" and data[_HEADER_BYTES:].startswith(begins)


def serial_number(kind: SessionKind) -> int:
    """The same for every workout of a kind, and never 0, which would mean "not known"."""
    return zlib.crc32(f"backstride {kind}".encode()) or 1


def fitting(words: str, most: int) -> str:
    """The words in so many bytes of UTF-8 at most: cut after a whole word, with an ellipsis."""
    if len(words.encode()) <= most:
        return words
    kept = words
    while len(f"{kept} …".encode()) > most and " " in kept:
        kept = kept.rpartition(" ")[0]
    shortened = f"{kept} …".encode()
    return shortened[:most].decode(errors="ignore")


def _steps(session: Session, say: Say) -> list[_Step]:
    limits = " ".join(say(limit) for limit in session.limits)
    cap = "" if session.ends is None else say(session.ends)
    steps: list[_Step] = []
    for block in session.blocks:
        first = len(steps)
        steps += _block_steps(block, "" if steps else limits, limits, cap, say)
        if block.rounds > 1:
            steps.append(_Step(None, _REPEAT, first, times=block.rounds))
    return steps


def _block_steps(block: Block, lead: str, limits: str, cap: str, say: Say) -> Iterator[_Step]:
    """One round.  `lead` is what the first step of the whole session says before anything else.

    When to stop comes first in a note: what does not fit is cut at the end.  So the limit in distance has
    the notes of the walks between and after, which say nothing else.
    """
    cues = tuple(say(cue) for cue in block.cues)
    for nth, part in enumerate(block.parts):
        told: tuple[str, ...] = (lead,) if nth == 0 else ()
        if part.does == "run":
            told = (limits, *cues)
        elif part.does == "work":
            told = (*told, *_hold(part, say), *(cues if nth == 0 else ()))
        elif part.does == "walk" and not lead:
            told = (cap,)
        notes = " ".join(each for each in told if each)
        ends, ends_at = _ends(part)
        yield _Step(
            fitting(_name(block, part, say), NAME_BYTES),
            ends,
            ends_at,
            _intensity(block, part),
            notes=fitting(notes, NOTE_BYTES) if notes else None,
            exercise=EXERCISES.get(block.exercise or "") if part.does == "work" else None,
        )


def _hold(part: Part, say: Say) -> tuple[str, ...]:
    """How long each repetition is held, where the watch does not time it."""
    if part.hold_s is None or part.repetitions == 1:
        return ()
    return (say(Text("session.hold", {"count": part.hold_s})),)


def _ends(part: Part) -> tuple[int, int | None]:
    if part.seconds is not None:
        return _TIME, part.seconds * 1000
    if part.metres is not None:
        return _DISTANCE, floor(part.metres * 100)
    if part.repetitions is None:
        return _OPEN, None
    if part.repetitions == 1 and part.hold_s is not None:
        return _TIME, part.hold_s * 1000
    return _REPS, part.repetitions


_OWN_NAMES: dict[PartKind, str] = {
    "walk": "session.part_walk",
    "run": "session.part_run",
    "rest": "session.part_rest",
}
_SIDES: dict[Side, str] = {
    "left": "session.left",
    "right": "session.right",
    "in turn": "session.in_turn",
}


def _name(block: Block, part: Part, say: Say) -> str:
    if part.does != "work":
        return say(Text(_OWN_NAMES[part.does]))
    return say(block.name if part.side is None else Text(_SIDES[part.side], {"name": block.name}))


def _intensity(block: Block, part: Part) -> int:
    if block.id in _ENDS:
        return _ENDS[block.id]
    between = part.does == "rest" or (part.does == "walk" and len(block.parts) > 1)
    return _REST if between else _ACTIVE


def _step_messages(steps: Iterable[_Step]) -> bytes:
    steps = list(steps)
    with_exercise = any(step.exercise for step in steps)
    columns: dict[str, tuple[Field, Values]] = {
        "message_index": (Field("message_index", "uint16"), list(range(len(steps)))),
        "wkt_step_name": _texts("wkt_step_name", [step.name for step in steps]),
        "duration_type": (Field("duration_type", "enum"), [step.ends for step in steps]),
        "duration_value": (Field("duration_value", "uint32"), [step.ends_at for step in steps]),
        "target_type": (Field("target_type", "enum"), _OPEN_TARGET),
        # An open target has the value 0, as watches write it themselves; a repeat has its rounds there.
        "target_value": (Field("target_value", "uint32"), [step.times or 0 for step in steps]),
        "intensity": (Field("intensity", "enum"), [step.intensity for step in steps]),
        "notes": _texts("notes", [step.notes for step in steps]),
    }
    if with_exercise:
        numbers = [step.exercise or (None, None) for step in steps]
        columns["exercise_category"] = (Field("exercise_category", "uint16"), [each for each, _ in numbers])
        columns["exercise_name"] = (Field("exercise_name", "uint16"), [each for _, each in numbers])
    layout = Layout("workout_step", tuple(field for field, _ in columns.values()), local=2)
    return messages(layout, {name: values for name, (_, values) in columns.items()})


def _texts(name: str, texts: list[str | None]) -> tuple[Field, Values]:
    """A text field as wide as its longest text and the closing zero."""
    widest = max(len((text or "").encode()) for text in texts)
    return Field(name, "string", widest + 1), texts
