"""The ground of each week as a table: for the page beside its lane."""

from __future__ import annotations

from collections.abc import Sequence

from backstride.model.activity import SURFACES
from backstride.model.gear import GroundWeek
from backstride.model.text import Text, Value
from backstride.reports.record.ends import ends
from backstride.reports.wording import Wording

_BESIDE = ("head_open", "head_judged", "head_downhill")


def ground_told(weeks: Sequence[GroundWeek]) -> bool:
    """Whether there is anything to tell: a ground, or a way down."""
    return any(
        week.downhill_m.low > 0 or any(metres.high > 0 for metres in week.distance_m.values())
        for week in weeks
    )


def ground_heads(wording: Wording) -> tuple[str, ...]:
    """The heads of the table of grounds."""
    named = [_say(wording, key) for key in (*(f"ground_{name}" for name in SURFACES), *_BESIDE)]
    said = (_say(wording, "head_week"), *(each[:1].upper() + each[1:] for each in named))
    return (*said, _say(wording, "head_seen"))


def ground_rows(weeks: Sequence[GroundWeek], wording: Wording) -> tuple[tuple[str, ...], ...]:
    """A row a week, a cell for each head."""
    return tuple(_row(week, wording) for week in weeks)


def _row(week: GroundWeek, wording: Wording) -> tuple[str, ...]:
    metres = (*(week.distance_m[name] for name in SURFACES), week.open_m, week.judged_m, week.downhill_m)
    seen = week.span.days - week.unseen_days
    return (
        f"{week.span.first:%Y-%m-%d}",
        *(ends(each, "m", wording) if each.high > 0 else "" for each in metres),
        _say(wording, "seen_of", seen=str(seen), days=str(week.span.days)),
    )


def _say(wording: Wording, key: str, **values: Value) -> str:
    return wording.say(Text(f"record.{key}", values))
