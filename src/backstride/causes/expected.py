"""What is to be expected of the pain: the published average, and when the likeliest cause settles."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from backstride.knowledge.cause import Cause
from backstride.knowledge.expected_course import ExpectedCourse
from backstride.knowledge.knowledge import Knowledge
from backstride.model.assessment import RankedCause
from backstride.model.course import Course, WeekOfPain
from backstride.model.findings import PainMark
from backstride.model.history import Span

_WEEK = 7


def with_expected(course: Course, ranked: tuple[RankedCause, ...], knowledge: Knowledge) -> Course:
    """The course with what it is held against, for the cause that fits best; as it was where none does.

    The published averages are of people whose pain began higher or lower than this runner's: what is drawn
    falls by the same share, from the first week that the runner noted.
    """
    best = [knowledge.causes[each.cause] for each in ranked if each.fit == "fits best"]
    if not best:
        return course
    cause = best[0]
    average = _average(course, cause, knowledge)
    return replace(
        course,
        expected=() if average is None else _from_own_start(course, average),
        expected_of=None if average is None else average.text("who"),
        settles=_settles(course, cause),
        of_cause=cause.text("name"),
        sources=(*course.sources, *(() if average is None else average.sources)),
    )


def _average(course: Course, cause: Cause, knowledge: Knowledge) -> ExpectedCourse | None:
    """The row for how long the pain had lasted at its first score."""
    first = _first_noted(course)
    if not cause.average_course or first is None:
        return None
    lasted = (first.span.first - course.began_on).days
    rows = sorted(knowledge.expected_courses.values(), key=lambda row: row.from_day)
    return next(row for row in reversed(rows) if lasted >= row.from_day)


def _from_own_start(course: Course, average: ExpectedCourse) -> tuple[PainMark, ...]:
    """A point a week from the first score to the last review, or to now where that is later."""
    noted = _first_noted(course)
    if noted is None or noted.score is None:
        return ()
    until = max(course.marks[-1].on, course.weeks[-1].span.last)
    weeks = range(min((until - noted.span.first).days // _WEEK, int(average.weeks[-1])) + 1)
    shares = np.interp(list(weeks), average.weeks, average.score) / average.score[0]
    return tuple(
        PainMark(noted.span.first + timedelta(weeks=week), float(noted.score * share))
        for week, share in zip(weeks, shares, strict=True)
    )


def _first_noted(course: Course) -> WeekOfPain | None:
    return next((week for week in course.weeks if week.score is not None), None)


def _settles(course: Course, cause: Cause) -> Span | None:
    if cause.settles_weeks is None:
        return None
    first, last = (course.began_on + timedelta(weeks=weeks) for weeks in cause.settles_weeks)
    return Span(first, last)
