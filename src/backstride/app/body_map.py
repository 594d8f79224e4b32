"""The body map as a table of numbers: rows are places, columns left, middle and right."""

from __future__ import annotations

from backstride.app.prompt import Prompt
from backstride.model.history import REGIONS
from backstride.model.text import Text

ROWS: tuple[tuple[str, str | None, str | None, str | None], ...] = (
    ("row_mid_back", None, "mid_back", None),
    ("row_loin", "loin_left", None, "loin_right"),
    ("row_low_back", "low_back_left", "low_back_middle", "low_back_right"),
    ("row_sacrum", None, "sacrum", None),
    ("row_buttock", "buttock_left", None, "buttock_right"),
    ("row_sit_bone", "sit_bone_left", None, "sit_bone_right"),
    ("row_hip", "hip_left", None, "hip_right"),
    ("row_groin", "groin_left", None, "groin_right"),
    ("row_belly", None, "belly", None),
    ("row_thigh_front", "thigh_front_left", None, "thigh_front_right"),
    ("row_thigh_back", "thigh_back_left", None, "thigh_back_right"),
    ("row_lower_leg", "lower_leg_left", None, "lower_leg_right"),
    ("row_foot", "foot_left", None, "foot_right"),
)
"""Name of the row, and its region on the left, in the middle and on the right, as the runner feels it."""

NUMBERED: tuple[str, ...] = tuple(region for _, *regions in ROWS for region in regions if region is not None)
"""Every region, in the order of its number on the map."""


def ask_where(prompt: Prompt) -> tuple[str, ...]:
    """The regions that were named by their numbers, in the order of `REGIONS`."""
    prompt.tell("where")
    name = {each: prompt.wording.say(Text(f"body.{each}")) for each in _names()}
    width = max(len(name[row]) for row, *_ in ROWS)
    heads = "".join(name[side].rjust(8) for side in ("left", "middle", "right"))
    prompt.say(" " * (width + 2) + heads)
    for row, *regions in ROWS:
        cells = "".join(("" if each is None else str(NUMBERED.index(each) + 1)).rjust(8) for each in regions)
        prompt.say(f"  {name[row]:<{width}}{cells}".rstrip())
    chosen = {NUMBERED[number - 1] for number in prompt.numbers(len(NUMBERED))}
    return tuple(region for region in REGIONS if region in chosen)


def _names() -> tuple[str, ...]:
    return ("left", "middle", "right", *(row for row, *_ in ROWS))
