"""The course of the pain as a picture: own scores, the usual course from the same start, and the reviews."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from backstride.model.course import Course
from backstride.model.history import Span
from backstride.model.text import Quantity, Text
from backstride.reports.record.axis import Axis
from backstride.reports.wording import Wording

_TOP, _TALL, _FOOT = 26.0, 130.0, 26.0
_FLOOR = _TOP + _TALL
_HIGHEST = 10


def course_svg(course: Course, wording: Wording, words: str, width: int) -> str:
    """One SVG element, `width` units wide, with `words` as its description for those who do not see it."""
    last = max(course.weeks[-1].span.last, course.marks[-1].on)
    axis = Axis(Span(course.began_on, last), width, wording)
    parts = [*_settles(course, axis), *_scale(axis), *_reviews(course, axis), *_expected(course, axis)]
    parts += [*_own(course, axis), *axis.ticks(_FLOOR)]
    return (
        f'<svg class="course w{width}" viewBox="0 0 {width} {_FLOOR + _FOOT:g}" role="img" '
        f'aria-label="{escape(words)}">' + "".join(parts) + "</svg>"
    )


def _y(score: float) -> float:
    return _FLOOR - _TALL * score / _HIGHEST


def _scale(axis: Axis) -> Iterator[str]:
    for score in (0, 5, 10):
        y = _y(score)
        yield f'<path class="rule" d="M4 {y:.1f}H{axis.width - 4}"/>'
        if score:
            yield f'<text class="tick" x="4" y="{y + 13:.1f}">{score}</text>'


def _settles(course: Course, axis: Axis) -> Iterator[str]:
    if course.settles is None or course.settles.first > axis.span.last:
        return
    left, right = axis.x(course.settles.first), axis.x(min(course.settles.last, axis.span.last))
    title = _own_words(axis, "course_band")
    yield (
        f'<rect class="onset" x="{left:.1f}" y="{_TOP:g}" width="{right - left:.1f}" height="{_TALL:g}">'
        f"<title>{title}</title></rect>"
    )


def _reviews(course: Course, axis: Axis) -> Iterator[str]:
    for mark in course.marks:
        x = axis.x(mark.on)
        anchor, at = ("end", x + 2) if x > axis.width - 80 else ("start", x - 2)
        yield f'<path class="rule" stroke-dasharray="2 3" d="M{x:.1f} {_TOP - 6:g}V{_FLOOR:g}"/>'
        name = _own_words(axis, f"course_{mark.review}")
        yield f'<text class="note" x="{at:.1f}" y="{_TOP - 10:g}" text-anchor="{anchor}">{name}</text>'


def _expected(course: Course, axis: Axis) -> Iterator[str]:
    inside = [mark for mark in course.expected if mark.on in axis.span]
    if len(inside) > 1:
        points = " ".join(f"{axis.middle(mark.on):.1f},{_y(mark.score):.1f}" for mark in inside)
        yield f'<polyline class="expected" points="{points}"/>'


def _own(course: Course, axis: Axis) -> Iterator[str]:
    for mark in course.scores:
        yield _dot("pain day", axis, mark.on.toordinal() - axis.span.first.toordinal(), mark.score, 1.6)
    told = [week for week in course.weeks if week.score is not None]
    for week in told:
        middle = (week.span.first.toordinal() + week.span.last.toordinal()) / 2
        yield _dot("pain", axis, middle - axis.span.first.toordinal(), week.score or 0.0, 4.0)


def _dot(look: str, axis: Axis, day: float, score: float, size: float) -> str:
    said = escape(axis.wording.quantity(Quantity(score, "score")))
    x = axis.x(axis.span.first) + (day + 0.5) * axis.step
    return (
        f'<circle class="{look}" cx="{x:.1f}" cy="{_y(score):.1f}" r="{size}"><title>{said}</title></circle>'
    )


def _own_words(axis: Axis, key: str) -> str:
    return escape(axis.wording.say(Text(f"report.{key}")))
