"""What a change of the stride would do to the load of the low back, over the same distance.

The answer is a direction and what stays unknown, never one percentage: how much a hard step counts decides
the sign of the advice on cadence and pace.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from backstride.features.load.draws import Spread, by_amount
from backstride.features.load.force import against_usual, usual_force_bw
from backstride.features.load.lumbar import Direction, LumbarLoad, Posture, collapsed, step_ratio, steps_in_km
from backstride.features.load.usual import Usual
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Column
from backstride.model.findings import Interval
from backstride.model.text import Quantity, Text, Value


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different; 0 is no change, except for `cadence_share`."""

    cadence_share: float | None = None
    """0.07 is 7 % more steps a minute; None lets them follow the speed, as they do of themselves."""
    speed_share: float = 0.0
    """-0.1 is 10 % slower."""
    lean_deg: float = 0.0
    """-5 is 5 degrees less forward lean of the trunk."""
    mass_kg: float = 0.0
    grade: float = 0.0
    """-0.05 is ground that falls by 5 %, in place of level ground."""

    @property
    def nothing(self) -> bool:
        """True where all stays as it is."""
        return all(getattr(self, each.name) in (None, 0.0) for each in fields(self))


@dataclass(frozen=True, slots=True)
class Base:
    """The runner as it is now."""

    usual: Usual
    mass_kg: float
    lean_deg: float | None = None
    """None where nobody measured it."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change would do."""

    change: Change
    """With the cadence that goes with it."""
    direction: Direction
    """Of the load over the same distance, whatever a hard step counts."""
    by_exponent: tuple[tuple[float, Direction], ...]
    """The same for each exponent alone: where they differ, nobody knows which is right."""
    each_step: Direction
    """Of the press on the low back in one step."""
    steps: Direction
    """Of the number of steps over the same distance: a count, so there is no doubt in it."""
    force_before_bw: Interval
    """Peak vertical force of the usual step."""
    force_after_bw: Interval
    says: tuple[Text, ...]
    """The answer in sentences."""
    unknown: tuple[Text, ...]
    """What stays unknown, and what the number leaves out."""
    sources: tuple[str, ...]
    """What it all rests on."""


def what_if(change: Change, base: Base, knowledge: Knowledge) -> WhatIf:
    """What a change would do to the load of the low back, over the same distance on the same day.

    `base.usual` must have a cadence.  Downhill and uphill change the main peak by nothing that is known; the
    lordosis and the first impact, which do change, are not in this number.
    """
    change = replace(change, cadence_share=_cadence_share(change, knowledge))
    force, step = _step(change, base, knowledge)
    before = usual_force_bw(base.usual, base.usual.cadence_spm or np.nan, None, knowledge)
    load = per_km(change, base, knowledge)
    ratios = [Spread(row / 100).interval(knowledge) for row in load.worlds]
    exponents = knowledge.edges("lumbar_exponents")
    by_exponent = tuple(
        (exponent, collapsed([ratio])) for exponent, ratio in zip(exponents, ratios, strict=True)
    )
    more = _steps_ratio(change)
    found = WhatIf(
        change,
        collapsed(ratios),
        by_exponent,
        collapsed([Spread(step).interval(knowledge)]),
        collapsed([Interval(more, more)]),
        Spread(before).interval(knowledge),
        Spread(before * force).interval(knowledge),
        (),
        _unknown(base),
        _sources(change, knowledge),
    )
    return replace(found, says=_says(found))


def per_km(change: Change, base: Base, knowledge: Knowledge) -> LumbarLoad:
    """Load of one kilometre with the change; 100 is one as it is now.  Its numbers are not for a runner."""
    change = replace(change, cadence_share=_cadence_share(change, knowledge))
    _, step = _step(change, base, knowledge)
    exponents = knowledge.edges("lumbar_exponents")
    more = _steps_ratio(change)
    return LumbarLoad(np.array([100 * more * step**exponent for exponent in exponents]))


def _step(change: Change, base: Base, knowledge: Knowledge) -> tuple[Column, Column]:
    """Force and press of the changed step, each over that of the usual one; each of shape (COUNT,)."""
    usual = base.usual
    faster, quicker = np.array([1 + change.speed_share]), np.array([1 + (change.cadence_share or 0.0)])
    force = against_usual(faster, quicker, np.array([np.nan]), usual, None, knowledge)
    grade_sd = knowledge.number("force_grade_exponent_sd")
    steeper = by_amount(knowledge.number("force_grade_exponent"), grade_sd, "grade_exponent")
    force = force * np.exp(steeper * -change.grade)[:, None]
    posture = Posture(base.lean_deg, change.lean_deg, 1 + change.mass_kg / base.mass_kg)
    return force[:, 0], step_ratio(force, usual, posture, None, knowledge)[:, 0]


def _cadence_share(change: Change, knowledge: Knowledge) -> float:
    """The change of cadence asked for, or the one that goes with the speed."""
    if change.cadence_share is not None:
        return change.cadence_share
    follows: float = (1 + change.speed_share) ** knowledge.number("cadence_follows_speed_exponent")
    return follows - 1


def _steps_ratio(change: Change) -> float:
    """Steps over the same distance against now."""
    ratio: float = steps_in_km(1 + change.speed_share, 1 + (change.cadence_share or 0.0)) / steps_in_km(1, 1)
    return round(ratio, 12)


def _says(found: WhatIf) -> tuple[Text, ...]:
    change = found.change
    texts = [
        _text(f"all_{_key(found.direction)}"),
        _text(f"steps_{_key(found.steps)}"),
        _text(f"step_{_key(found.each_step)}"),
    ]
    if len({each for _, each in found.by_exponent}) > 1:
        (_, alike), *_, (_, far_more) = found.by_exponent
        texts.append(_text("exponent", all_alike=_word(alike), hard_far_more=_word(far_more)))
    key = "force_same" if found.force_after_bw == found.force_before_bw else "force"
    texts.append(_text(key, before=_bw(found.force_before_bw), after=_bw(found.force_after_bw)))
    if change.lean_deg:
        texts.append(_text("lean_adapts"))
    if change.mass_kg:
        texts.append(_text("mass"))
    if change.grade < 0:
        texts.append(_text("downhill"))
    if change.grade > 0:
        texts.append(_text("uphill"))
    return tuple(texts)


def _unknown(base: Base) -> tuple[Text, ...]:
    lean = ("lean",) if base.lean_deg is None else ()
    return tuple(_text(f"unknown_{each}") for each in ("exponent", *lean, "shoe", "spine", "pain"))


def _sources(change: Change, knowledge: Knowledge) -> tuple[str, ...]:
    """Of the constants and of the sentences; that load is not damage rests on belavy2017."""
    used = ["force_speed_exponent", "force_cadence_exponent", "force_level_sd_share", "lumbar_exponents"]
    used += ["what_if_lean_most_deg"] if change.lean_deg else []
    used += ["force_grade_exponent", "easy_downhill_jolt_share"] if change.grade < 0 else []
    found = [str(source) for name in used for source in knowledge.thresholds[name].sources]
    found += ["levine2007"] if change.grade < 0 else []
    return tuple(dict.fromkeys((*found, "belavy2017")))


def _word(direction: Direction) -> Text:
    return _text(f"word_{_key(direction)}")


def _key(direction: Direction) -> str:
    return direction.removeprefix("likely ")


def _bw(interval: Interval) -> Quantity:
    return Quantity((interval.low + interval.high) / 2, "bw", interval.low, interval.high)


def _text(key: str, **values: Value) -> Text:
    return Text(f"load.{key}", values)
