"""How the pain went on, as a section of the report: beside what is usual, with the reviews."""

from __future__ import annotations

from backstride.model.assessment import Assessment
from backstride.model.course import Course, Mark, Relapse
from backstride.model.text import Missing, Quantity
from backstride.reports.blocks import Block, Chart, Item, Listing, Paragraph, Section
from backstride.reports.sayer import Sayer


def course_section(assessment: Assessment, say: Sayer) -> Section | None:
    """How the pain went on beside what is usual; left out while no score is noted and no review is due."""
    back = () if assessment.relapse is None else (_watch(assessment.relapse, say),)
    course = assessment.course
    if course is None or not (course.scores or any(mark.state != "to come" for mark in course.marks)):
        return Section("course", say.own("course_title"), back) if back else None
    words: list[str] = []
    if course.expected_of is not None:
        words.append(say.own("course_expected", who=say(course.expected_of)))
    if course.settles is not None and course.of_cause is not None:
        ends = {"first": course.settles.first, "last": course.settles.last}
        words.append(say.own("course_settles", cause=say(course.of_cause), **ends))
    blocks: list[Block] = [*back]
    if course.scores:
        heads = tuple(say.own(f"course_head_{name}") for name in ("week", "own", "usual", "days"))
        blocks.append(Chart(course, say(course.says), heads, _weeks_of_pain(course, say), course.sources))
        if words:
            blocks.append(Paragraph(" ".join(words)))
    else:
        blocks.append(Paragraph(say(course.says)))
        if isinstance(course.now, Missing):
            blocks.append(Paragraph(say(course.now.what_would_help)))
    blocks.append(Listing(tuple(Item(_mark(mark, say)) for mark in course.marks), say.own("course_marks")))
    return Section("course", say.own("course_title"), tuple(blocks))


def _watch(relapse: Relapse, say: Sayer) -> Listing:
    """Whether it stays quiet after recovery."""
    return Listing((Item(say(relapse.says), relapse.sources),), say.own("relapse_title"))


def _weeks_of_pain(course: Course, say: Sayer) -> tuple[tuple[str, ...], ...]:
    usual = {mark.on: mark.score for mark in course.expected}

    def score(value: float | None) -> str:
        return "" if value is None else say.wording.quantity(Quantity(round(value, 1), "score"))

    return tuple(
        (
            say.own("course_week", number=nth, day=week.span.first),
            score(week.score),
            score(usual.get(week.span.first)),
            str(week.noted_days),
        )
        for nth, week in enumerate(course.weeks, 1)
    )


def _mark(mark: Mark, say: Sayer) -> str:
    state = say.own(f"course_state_{mark.state.replace(' ', '_')}")
    return say.own(
        "course_mark", review=say.own(f"course_{mark.review}"), day=mark.on, state=state, rule=say(mark.says)
    )
