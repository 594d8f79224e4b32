"""The runner's own scores since the onset, and the rule of each review."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

from backstride.features.lookback import Lookback, back_from
from backstride.features.onset import pain_by_day
from backstride.features.saying import missing, says
from backstride.model.course import Course, Mark, MarkState, Review, WeekOfPain
from backstride.model.findings import PainMark
from backstride.model.history import Span
from backstride.model.text import Missing, Quantity, Text

_DAY = timedelta(days=1)
_WEEK = 7
_SOURCES = ("own_rule", "williams2014")


@dataclass(frozen=True, slots=True)
class Level:
    """Where the pain stood at first and where it stands now, as means of worst daily scores."""

    start: float | None
    now: float | None


Rule = Callable[[Level, Lookback], bool | None]


def _clearly_less(level: Level, look: Lookback) -> bool | None:
    if level.now is not None and level.now <= look.number("pain_green_to"):
        return True
    if level.start is None or level.now is None:
        return None
    share, points = look.number("course_less_share"), look.number("course_less_points")
    return level.start - level.now >= min(points, share * level.start)


def _settled(level: Level, look: Lookback) -> bool | None:
    return None if level.now is None else level.now <= look.number("course_settled_to")


REVIEWS: tuple[tuple[Review, Rule], ...] = (
    ("day_14", _clearly_less),
    ("week_6", _settled),
    ("week_12", _settled),
)
"""Review -> its rule; their days are the edges of `review_days`.  Where one is not met somebody looks."""


def course(look: Lookback) -> Course | None:
    """How the pain went on; None where nobody knows when it began.

    Reviews count from the last day on which it may have begun, so that none comes too early.  The newest that
    is due is judged by where the pain stands now, those before it by where it stood on their day.
    """
    if look.onset is None:
        return None
    began = look.onset.by
    scores = {day: score for day, score in pain_by_day(look.history, look.on).items() if day >= began}
    weeks = _weeks(began, scores, look.on)

    def level_on(day: date) -> Level:
        return Level(weeks[0].score, _mean(scores, back_from(day, _WEEK)))

    level = level_on(look.on)
    days = [began + _DAY * int(each) for each in look.knowledge.edges("review_days")]
    newest = max((day for day in days if day <= look.on), default=None)
    marks = tuple(
        _mark(review, rule, day, level if day == newest else level_on(day), look)
        for (review, rule), day in zip(REVIEWS, days, strict=True)
    )
    due = [mark for mark in marks if mark.on <= look.on]
    last = due[-1] if due else None
    falls = _clearly_less(level, look)
    return Course(
        began_on=began,
        start=_told(level.start, "course_no_start"),
        now=_told(level.now, "course_no_now"),
        scores=tuple(PainMark(day, score) for day, score in scores.items()),
        weeks=weeks,
        marks=marks,
        review=_review(last),
        says=_says(last, level, falls),
        reopened_on=None if last is None or last.state == "met" or falls else last.on,
        sources=_SOURCES,
    )


def _weeks(began: date, scores: Mapping[date, float], on: date) -> tuple[WeekOfPain, ...]:
    count = max(0, (on - began).days) // _WEEK + 1
    spans = (
        Span(began + _DAY * _WEEK * nth, began + _DAY * (_WEEK * nth + _WEEK - 1)) for nth in range(count)
    )
    return tuple(WeekOfPain(span, _mean(scores, span), sum(day in span for day in scores)) for span in spans)


def _mean(scores: Mapping[date, float], span: Span) -> float | None:
    held = [score for day, score in scores.items() if day in span]
    return mean(held) if held else None


def _mark(review: Review, rule: Rule, on: date, level: Level, look: Lookback) -> Mark:
    return Mark(review, on, _state(rule(level, look), on, look.on), _rule_in_words(review, look))


def _rule_in_words(review: Review, look: Lookback) -> Text:
    """What a review asks for, with the cut-offs in force."""
    if review == "day_14":
        return says(
            "course_rule_less",
            share=f"{100 * look.number('course_less_share'):g} %",
            points=f"{look.number('course_less_points'):g}",
            little=Quantity(look.number("pain_green_to"), "score"),
        )
    return says("course_rule_settled", settled=Quantity(look.number("course_settled_to"), "score"))


def _state(holds: bool | None, due: date, on: date) -> MarkState:
    if due > on:
        return "to come"
    if holds is None:
        return "not known"
    return "met" if holds else "not met"


def _review(last: Mark | None) -> Review | None:
    if last is None or last.state == "not known":
        return None
    return last.review if last.state == "not met" else "on_course"


def _told(level: float | None, why: str) -> Quantity | Missing:
    return missing(says(why), "help_scores") if level is None else Quantity(level, "score")


def _says(last: Mark | None, level: Level, falls: bool | None) -> Text:
    values = {
        name: Quantity(value, "score")
        for name, value in (("start", level.start), ("now", level.now))
        if value is not None
    }
    if last is not None and level.start is None and last.state in ("met", "not met"):
        return says(f"course_now_{last.state.replace(' ', '_')}", rule=last.says, **values)
    if len(values) < 2:
        return says("course_untold")
    if last is None:
        return says("course_early", **values)
    if last.state == "met":
        return says("course_met", rule=last.says, **values)
    return says("course_slow" if falls else "course_not_met", rule=last.says, **values)
