"""How far was run in each week, as a picture of bars, and the same as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from backstride.model.findings import Week
from backstride.model.text import Quantity, Text
from backstride.reports.record.ends import ends
from backstride.reports.wording import Wording

_TOP, _TALL, _FOOT, _EDGE = 20.0, 110.0, 24.0, 4.0
_FLOOR = _TOP + _TALL


def weeks_svg(weeks: Sequence[Week], wording: Wording, words: str, width: int) -> str:
    """One SVG element, `width` units wide, with what is on record; a week with unrecorded days is marked."""
    if not weeks:
        return ""
    most = max(week.distance_m.low for week in weeks) or 1.0
    step = (width - 2 * _EDGE) / len(weeks)
    parts: list[str] = [f'<path class="rule" d="M{_EDGE:g} {_FLOOR:g}H{width - _EDGE:g}"/>']
    for nth, week in enumerate(weeks):
        parts += _bar(week, _EDGE + nth * step, step, most, wording)
    parts += _labels(weeks, step, most, wording)
    parts += _ticks(weeks, step, wording)
    return (
        f'<svg class="strip w{width}" viewBox="0 0 {width} {_FLOOR + _FOOT:g}" role="img" '
        f'aria-label="{escape(words)}">' + "".join(parts) + "</svg>"
    )


def _bar(week: Week, x: float, step: float, most: float, wording: Wording) -> Iterator[str]:
    wide = step * 0.72
    tall = _TALL * week.distance_m.low / most
    left = x + (step - wide) / 2
    far = ends(week.distance_m, "m", wording)
    said = escape(f"{wording.day(week.first)}: {far}")
    if tall > 0:
        yield (
            f'<rect class="run" x="{left:.1f}" y="{_FLOOR - tall:.1f}" width="{wide:.1f}" '
            f'height="{tall:.1f}"><title>{said}</title></rect>'
        )
    if week.seen_days < 7:
        yield f'<path class="hatch" d="M{left:.1f} {_FLOOR + 4:g}h{wide:.1f}" stroke-dasharray="2 2"/>'


def _labels(weeks: Sequence[Week], step: float, most: float, wording: Wording) -> Iterator[str]:
    """How far, over the longest week and the last one."""
    longest = max(range(len(weeks)), key=lambda nth: weeks[nth].distance_m.low)
    last = len(weeks) - 1
    for nth in sorted({longest, last} if last - longest > 2 else {longest}):
        x = _EDGE + (nth + 0.5) * step
        anchor = "end" if nth > last - 2 else "start" if nth < 2 else "middle"
        at = {"end": x + step / 2, "start": x - step / 2, "middle": x}[anchor]
        y = _FLOOR - _TALL * weeks[nth].distance_m.low / most - 6
        far = escape(wording.quantity(Quantity(weeks[nth].distance_m.low, "m")))
        yield f'<text class="label" x="{at:.1f}" y="{y:.1f}" text-anchor="{anchor}">{far}</text>'


def _ticks(weeks: Sequence[Week], step: float, wording: Wording) -> Iterator[str]:
    """Every so many weeks by its first day, the last one among them."""
    every = max(1, round(70 / step))
    for nth in range(len(weeks) - 1, -1, -every):
        x = _EDGE + nth * step
        anchor = "end" if nth == len(weeks) - 1 and nth else "start"
        at = x + step if anchor == "end" else x
        name = escape(wording.short_day(weeks[nth].first))
        yield f'<text class="tick" x="{at:.1f}" y="{_FLOOR + 19:g}" text-anchor="{anchor}">{name}</text>'


def weeks_rows(weeks: Sequence[Week], wording: Wording) -> tuple[tuple[str, str, str, str, str], ...]:
    """First day, distance, runs, longest run, recorded days of seven; newest first."""
    return tuple(
        (
            wording.day(week.first),
            ends(week.distance_m, "m", wording),
            str(week.runs),
            wording.quantity(Quantity(week.longest_run_m, "m")) if week.runs else "",
            wording.say(Text("web_progress.seen_days", {"count": week.seen_days})),
        )
        for week in reversed(weeks)
    )
