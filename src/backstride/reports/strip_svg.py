"""The strip as a picture: one column a day, pain above, the onset as a band, gaps hatched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from backstride.model.findings import DayLoad, Strip
from backstride.model.text import Quantity, Text
from backstride.reports.wording import Wording

_PAIN_H, _GAP_H, _RUN_H, _AXIS_H, _LEFT = 64, 18, 120, 30, 4


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where days and metres lie on the picture, in its own units."""

    days: tuple[DayLoad, ...]
    width: float
    longest_m: float
    wording: Wording

    @property
    def step(self) -> float:
        return (self.width - 2 * _LEFT) / max(1, len(self.days))

    def x(self, on: date) -> float:
        return _LEFT + (on - self.days[0].on).days * self.step

    @property
    def floor(self) -> float:
        return _PAIN_H + _GAP_H + _RUN_H

    def height(self, metres: float) -> float:
        return _RUN_H * metres / self.longest_m if self.longest_m > 0 else 0.0

    def own(self, key: str) -> str:
        return escape(self.wording.say(Text(f"report.{key}")))


def strip_svg(
    strip: Strip, wording: Wording, words: str, width: int, leads: Callable[[str], str] | None = None
) -> str:
    """One SVG element, `width` units wide, with `words` as its description for those who do not see it.

    Where `leads` is given each day's bar is a link to what it makes of the id of that day's first activity.
    """
    if not strip.days:
        return ""
    longest = max((each.longest_run_m.high for each in strip.days if each.state == "run"), default=0.0)
    frame = _Frame(strip.days, width, longest, wording)
    height = frame.floor + _AXIS_H
    role = "img" if leads is None else "group"  # what is one image has no links in it
    parts = [
        *_onset(strip, frame),
        *_unrecorded(frame),
        *_bars(strip, frame, leads),
        *_changes(strip, frame),
        *_pain(strip, frame),
        *_axis(frame),
    ]
    return (
        f'<svg class="strip w{width}" viewBox="0 0 {width} {height:g}" role="{role}" '
        f'aria-label="{escape(words)}">'
        f'<defs><pattern id="hatch{width}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch" d="M0 0V6"/></pattern></defs>'
        + "".join(parts)
        + "</svg>"
    )


def _onset(strip: Strip, frame: _Frame) -> Iterator[str]:
    if strip.onset is None:
        return
    first = max(strip.onset.span.first, frame.days[0].on)
    last = min(strip.onset.span.last, frame.days[-1].on)
    if first > last:
        return
    left, right = frame.x(first), frame.x(last + timedelta(days=1))
    yield f'<rect class="onset" x="{left:.1f}" y="0" width="{right - left:.1f}" height="{frame.floor:g}"/>'
    anchor, x = ("end", left - 4) if left > frame.width / 2 else ("start", right + 4)
    yield f'<text class="note" x="{x:.1f}" y="12" text-anchor="{anchor}">{frame.own("chart_onset")}</text>'


def _unrecorded(frame: _Frame) -> Iterator[str]:
    for each in frame.days:
        if each.state == "unrecorded":
            yield (
                f'<rect fill="url(#hatch{frame.width:g})" x="{frame.x(each.on):.1f}" '
                f'y="{frame.floor - 24:g}" width="{frame.step:.2f}" height="24">'
                f"<title>{frame.wording.day(each.on)}: {frame.own('state_unrecorded')}</title></rect>"
            )


def _bars(strip: Strip, frame: _Frame, leads: Callable[[str], str] | None) -> Iterator[str]:
    for each in frame.days:
        if each.state != "run":
            continue
        metres = each.longest_run_m.high
        spike = each.on in strip.spikes
        height, x = frame.height(metres), frame.x(each.on)
        said = frame.wording.quantity(Quantity(metres, "m"))
        title = f"{frame.wording.day(each.on)}: {said}" + (f", {frame.own('chart_spike')}" if spike else "")
        bar = (
            f'<rect class="{"run spike" if spike else "run"}" x="{x + frame.step * 0.12:.1f}" '
            f'y="{frame.floor - height:.1f}" width="{frame.step * 0.76:.1f}" height="{height:.1f}">'
            f"<title>{escape(title)}</title></rect>"
        )
        if leads is None or not each.activities:
            yield bar
        else:
            yield f'<a href="{escape(leads(each.activities[0]))}" aria-label="{escape(title)}">{bar}</a>'
        if spike:
            anchor, at = _beside(x, frame)
            yield (
                f'<text class="label" x="{at:.1f}" y="{frame.floor - height - 5:.1f}" '
                f'text-anchor="{anchor}">{escape(said)}, {frame.wording.short_day(each.on)}</text>'
            )


def _changes(strip: Strip, frame: _Frame) -> Iterator[str]:
    """Where a change told of came: a line, and its name beside it; one below the other."""
    marks = [mark for mark in strip.changed if frame.days[0].on <= mark.on <= frame.days[-1].on]
    for nth, mark in enumerate(marks):
        x, y = frame.x(mark.on), _PAIN_H + 13 * (nth + 1)
        anchor, at = ("end", x - 4) if x > frame.width / 2 else ("start", x + 4)
        said = f"{frame.wording.say(mark.label)}, {frame.wording.short_day(mark.on)}"
        yield f'<path class="rule" stroke-dasharray="2 3" d="M{x:.1f} {_PAIN_H}V{frame.floor:g}"/>'
        yield f'<text class="note" x="{at:.1f}" y="{y}" text-anchor="{anchor}">{escape(said)}</text>'


def _beside(x: float, frame: _Frame) -> tuple[str, float]:
    return ("end", x + frame.step) if x > frame.width / 2 else ("start", x)


def _pain(strip: Strip, frame: _Frame) -> Iterator[str]:
    yield f'<path class="rule" d="M{_LEFT} {_PAIN_H}H{frame.width - _LEFT:g}"/>'
    if strip.pain:
        yield f'<text class="note" x="{_LEFT}" y="{_PAIN_H - 6}">{frame.own("chart_pain")}</text>'
    for mark in strip.pain:
        if frame.days[0].on <= mark.on <= frame.days[-1].on:
            x = frame.x(mark.on) + frame.step / 2
            y = _PAIN_H - (_PAIN_H - 18) * mark.score / 10
            said = escape(frame.wording.quantity(Quantity(mark.score, "score")))
            yield (
                f'<circle class="pain" cx="{x:.1f}" cy="{y:.1f}" r="{min(3.6, frame.step * 0.7):.1f}">'
                f"<title>{frame.wording.day(mark.on)}: {said}</title></circle>"
            )


def _axis(frame: _Frame) -> Iterator[str]:
    yield f'<path class="rule" d="M{_LEFT} {frame.floor:g}H{frame.width - _LEFT:g}"/>'
    ticks = [each.on for each in frame.days if each.on.weekday() == 0]
    every = max(1, round(len(ticks) * 62 / frame.width))
    for on in ticks[::every]:
        x = frame.x(on)
        if x + 44 > frame.width:
            continue
        yield f'<path class="rule" d="M{x:.1f} {frame.floor:g}v5"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{frame.floor + 18:g}">{frame.wording.short_day(on)}</text>'
