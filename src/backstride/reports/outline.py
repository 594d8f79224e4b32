"""What a report says and in which order, whatever it is printed on: a raised flag stands first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from backstride.model.assessment import (
    Assessment,
    Contributor,
    KindOfPain,
    NoPlan,
    Plan,
    RankedCause,
    Reason,
    Step,
    Tier,
)
from backstride.model.findings import Finding
from backstride.model.ladder import LadderChange
from backstride.model.text import Missing, Quantity, Text
from backstride.reports.blocks import Block, Card, Item, Listing, Paragraph, Picture, Section
from backstride.reports.doing import standing_lines
from backstride.reports.going import course_section
from backstride.reports.sayer import Sayer
from backstride.reports.wanting import paused, wanted
from backstride.reports.wording import Wording


def outline(assessment: Assessment, wording: Wording) -> tuple[Section, ...]:
    """The report's sections in reading order; empty ones are left out."""
    say = Sayer(wording)
    urgent = assessment.triage.tier >= Tier.T3
    sections = [
        alarm(assessment, wording),
        None if assessment.triage.stops_plan else _short(assessment, say),
        _safety_questions(assessment, say),
        _changes(assessment, say),
        None if urgent else _causes(assessment, say),
        None if urgent else _contributors(assessment, say),
        _plan(assessment, say),
        None if urgent else course_section(assessment, say),
        None if urgent else _doing(assessment, say),
        None if urgent else _next_question(assessment, say),
        _made_from(assessment, say),
    ]
    return tuple(section for section in sections if section is not None)


def alarm(assessment: Assessment, wording: Wording) -> Section | None:
    """What must be seen first; None where nobody need look."""
    triage, say = assessment.triage, Sayer(wording)
    if triage.tier == Tier.T0:
        return None
    flags = tuple(
        Card(
            title=say(flag.name),
            badge=say.own(f"tier_{flag.tier.name.lower()}") if flag.tier is not None else "",
            words=say(flag.why),
            lists=(Listing(tuple(Item(each) for each in say.all(flag.because)), say.own("because")),)
            if flag.because
            else (),
            sources=flag.sources,
        )
        for flag in triage.raised
    )
    groups = Listing(tuple(Item(name) for name in say.all(triage.groups)), say.own("because"))
    because = (groups,) if triage.groups and not triage.raised else ()
    blocks: tuple[Block, ...] = (Paragraph(say(triage.where_to_go), strong=True), *because, *flags)
    tone: Literal["alarm", "soon"] = "alarm" if triage.tier >= Tier.T3 else "soon"
    return Section("safety", say(triage.headline), blocks, tone)


def _short(assessment: Assessment, say: Sayer) -> Section:
    """The answer in five lines: safe, what changed, what fits, what to do, when to look again."""
    triage, plan = assessment.triage, assessment.plan
    if open_ids := _open(assessment):
        safe = say.counted("short_ask", len(open_ids))
    else:
        safe = say.own("short_seen" if triage.tier > Tier.T0 else "short_safe", who=say(triage.headline))
    lines = [Item(safe)]
    if assessment.changes:
        lines.append(Item(say.own("short_changed", what=say(assessment.changes[0].statement))))
    told = _anything_told(assessment)
    if told and (best := [say(cause.name) for cause in assessment.causes if cause.fit == "fits best"]):
        lines.append(Item(say.own("short_fits", causes=" / ".join(best))))
    if isinstance(plan, Plan):
        lines.append(Item(say.own("short_do", what=step_item(plan.steps[0], say).words)))
        lines.append(Item(say.own("short_again", day=plan.review_on)))
    return Section("short", say.own("short_title"), (Listing(tuple(lines)),))


def _safety_questions(assessment: Assessment, say: Sayer) -> Section | None:
    open_ids = _open(assessment)
    if not open_ids or assessment.triage.stops_plan:
        return None
    items = tuple(Item(say(_question(id))) for id in open_ids)
    shown = items[:5]
    left = len(items) - len(shown)
    blocks: list[Block] = [Paragraph(say.counted("ask_first", len(items))), Listing(shown)]
    course = assessment.course
    if course is not None and course.reopened_on is not None:
        blocks.insert(0, Paragraph(say.own("asked_anew", day=course.reopened_on, says=say(course.says))))
    if left:
        blocks.append(Paragraph(say.own("and_more", count=left)))
    return Section("ask", say.own("ask_title"), tuple(blocks), "ask")


def _open(assessment: Assessment) -> tuple[str, ...]:
    """The questions that come before a plan."""
    plan = assessment.plan
    return assessment.triage.open_questions or (plan.ask if isinstance(plan, NoPlan) else ())


def _question(id: str) -> Text:
    return Text(f"report.ask_{id}") if id in ("age_years", "sex") else Text(f"questions.{id}.ask")


def _changes(assessment: Assessment, say: Sayer) -> Section:
    onset = assessment.strip.onset
    if onset is None:
        began = say.own("onset_unknown")
    elif onset.span.days == 1:
        began = say.own("onset_told" if onset.told else "onset_noted", day=onset.span.first)
    else:
        between = {"first": onset.span.first, "last": onset.span.last}
        began = (
            say.own("onset_about", day=onset.by, **between)
            if onset.told
            else say.own("onset_between", **between)
        )
    first = assessment.changes[0] if assessment.changes else None
    untold = sum(isinstance(each.value, Missing) for each in assessment.findings)
    if first is not None:
        lead = say(first.statement)
    else:
        lead = say.own("no_change_seen", count=untold) if untold else say.own("no_change")
    blocks: list[Block] = [Paragraph(began)]
    if any(day.state != "unrecorded" for day in assessment.strip.days):
        blocks.append(Picture(assessment.strip, lead, () if first is None else first.sources))
    if assessment.against_year is not None:
        blocks.append(Paragraph(say(assessment.against_year.statement)))
    if first is not None and first.background is not None:
        blocks.append(Paragraph(say(first.background)))
    blocks += _findings(assessment, say)
    return Section("changes", say.own("changes_title"), tuple(blocks))


def _findings(assessment: Assessment, say: Sayer) -> Iterator[Block]:
    """What changed, then what was looked at and did not, then in one line what could not be told."""
    if len(assessment.changes) > 1:
        yield Listing(tuple(_finding(each, say) for each in assessment.changes[1:]), say.own("also_changed"))
    seen = [each for each in assessment.findings if not isinstance(each.value, Missing)]
    if seen:
        items = tuple(_finding(each, say) for each in seen)
        yield Listing(items, say.own("also_looked_at", count=len(items)), folded=True)
    if unseen := [each for each in assessment.findings if isinstance(each.value, Missing)]:
        items = tuple(_finding(each, say) for each in unseen)
        yield Listing(items, say.own("not_told", count=len(items)), folded=True)


def _finding(finding: Finding, say: Sayer) -> Item:
    seen = (
        ()
        if finding.window is None or finding.seen_share >= 1
        else (
            say.own(
                "seen",
                share=f"{finding.seen_share:.0%}",
                first=finding.window.first,
                last=finding.window.last,
            ),
        )
    )
    known = () if finding.background is None else (say(finding.background),)
    return Item(say(finding.statement), finding.sources, (*known, *seen))


def _anything_told(assessment: Assessment) -> bool:
    """False where nobody has said a word about this pain: nothing is ranked on silence."""
    told = assessment.coverage
    return told.answers > 0 or told.symptom_notes > 0 or told.measured > 0


def _causes(assessment: Assessment, say: Sayer) -> Section:
    if not _anything_told(assessment):
        return Section("causes", say.own("causes_title"), (Paragraph(say.own("causes_untold")),))
    shown = [cause for cause in assessment.causes if cause.fit in ("fits best", "possible")]
    blocks: list[Block] = [Paragraph(say.own("causes_lead"))]
    if shown and shown[0].rule_out:
        blocks.append(Paragraph(say.own("rule_out_lead")))
    elif shown and shown[0].fit != "fits best":
        blocks.append(Paragraph(say.own("none_fits_best")))
    if assessment.kind_of_pain is not None:
        blocks.append(_kind_of_pain(assessment.kind_of_pain, say))
    planned = isinstance(assessment.plan, Plan)
    blocks += [_cause(cause, planned, say) for cause in shown]
    for fit in ("not known yet", "unlikely"):
        if rest := [say(cause.name) for cause in assessment.causes if cause.fit == fit]:
            blocks.append(Paragraph(say.own(fit.replace(" ", "_"), causes=", ".join(rest))))
    return Section("causes", say.own("causes_title"), tuple(blocks))


def _kind_of_pain(kind: KindOfPain, say: Sayer) -> Listing:
    """One line: which kind of pain, and behind it why, how much of it was known, and how far to trust it."""
    words = say.own(f"kind_{kind.fit.replace(' ', '_')}", kind=say(kind.name))
    because = () if kind.fit == "not clear" else (say(kind.plain), " ".join(say.all(kind.because)))
    known = say.own("kind_known", known=kind.known, of=kind.of)
    return Listing((Item(words, kind.sources, (*because, known)),), say.own("kind_title"))


def _cause(cause: RankedCause, planned: bool, say: Sayer) -> Card:
    """One cause.  While no plan may be made, only a serious one says what to do: be seen first."""
    do = (Item(say(cause.what_to_do)),) if planned or cause.serious else ()
    lists = (
        _reasons(cause.reasons_for, "for", say),
        _reasons(cause.reasons_against, "against", say),
        _reasons(cause.unknown[:3], "unknown", say),
        Listing(do, say.own("what_to_do")),
        Listing((Item(say(cause.course)),), say.own("course")),
        Listing((Item(say(cause.whom_to_see)),), say.own("whom_to_see")),
    )
    return Card(
        title=say(cause.name),
        badge=say.own("rule_out" if cause.rule_out else "fit_" + cause.fit.replace(" ", "_")),
        words=say(cause.plain),
        lists=tuple(each for each in lists if each.items),
        sources=cause.sources,
    )


def _reasons(reasons: tuple[Reason, ...], heading: str, say: Sayer) -> Listing:
    return Listing(tuple(Item(say(each.text), (each.source,)) for each in reasons), say.own(heading))


def _contributors(assessment: Assessment, say: Sayer) -> Section | None:
    seen = [each for each in assessment.contributors if each.state == "may have contributed"]
    if not seen:
        return None
    items = tuple(_contributor(each, say) for each in seen)
    blocks = (Paragraph(say.own("contributors_lead")), Listing(items))
    return Section("contributors", say.own("contributors_title"), blocks)


def _contributor(contributor: Contributor, say: Sayer) -> Item:
    words = say.own(
        "contributor",
        name=say(contributor.name),
        verdict=say.own(f"verdict_{contributor.verdict}"),
        evidence=say(contributor.evidence),
    )
    return Item(words, contributor.sources, (say(contributor.what_helps),))


def _plan(assessment: Assessment, say: Sayer) -> Section:
    plan = assessment.plan
    if isinstance(plan, NoPlan):
        blocks = (
            Paragraph(say(plan.reason), strong=True),
            Listing(tuple(Item(each) for each in say.all(plan.do))),
        )
        return Section("plan", say.own("no_plan_title"), blocks)
    return Section("plan", say.own("plan_title"), _plan_blocks(plan, say))


def _plan_blocks(plan: Plan, say: Sayer) -> tuple[Block, ...]:
    do = tuple(step_item(step, say) for step in plan.steps if step.kind != "avoid")
    leave = tuple(step_item(step, say) for step in plan.steps if step.kind == "avoid")
    blocks: list[Block] = [Paragraph(say(plan.goal), strong=True)]
    blocks += paused(plan, say)
    blocks += [Paragraph(note) for note in say.all(plan.notes)]
    blocks.append(Listing(do, ordered=True))
    if leave:
        blocks.append(Listing(leave, say.own("leave")))
    if plan.longest_run_cap_m is not None:
        blocks.append(Paragraph(say.own("cap", cap=Quantity(plan.longest_run_cap_m, "m"))))
    blocks += wanted(plan, say)
    for heading, texts in (
        ("pain_rule", plan.pain_rule),
        ("stop_rules", plan.stop_rules),
        ("safety_net", plan.safety_net),
    ):
        blocks.append(Listing(tuple(Item(each) for each in say.all(texts)), say.own(heading)))
    if plan.history:
        lately = tuple(change_item(change, say) for change in plan.history[:_FEW])
        blocks.append(Listing(lately, say.own("history")))
    blocks.append(Paragraph(say.own("review_on", day=plan.review_on)))
    blocks += [Paragraph(say(plan.expect)), Paragraph(say(plan.honest))]
    return tuple(blocks)


def change_item(change: LadderChange, say: Sayer) -> Item:
    """One day: what was told, how it was judged and why, and what it led to."""
    told = "; ".join(say.all(change.told))
    because = say(change.why)
    if change.judged is not None:
        because = say.own("history_judged", colour=say.own(f"colour_{change.judged}"), why=because)
    led_to = " ".join(say.all(change.led_to))
    return Item(say.own("history_day", day=change.on, told=told), lines=(because, led_to))


_FEW = 3
"""Of the newest days that moved the ladder so many are said; all of them are in the JSON."""
_HOW_AT_ONCE = ("run", "see", "relief", "avoid")
"""Kinds of step whose how is part of what to do; how to do an exercise is for when it is done."""


def step_item(step: Step, say: Sayer) -> Item:
    """One step: what and how much, how, and why."""
    words = say(step.what) if step.dose is None else say.own("step", what=say(step.what), dose=say(step.dose))
    how, why = say.all(step.how), say.own("why_step", because=say(step.because))
    if step.kind in _HOW_AT_ONCE:
        return Item(words, step.sources, (why,), how)
    drawn = say.own("figure", name=say(step.what)) if step.drawing is not None else ""
    return Item(words, step.sources, (*how, why), drawing=step.drawing, drawn=drawn)


def _doing(assessment: Assessment, say: Sayer) -> Section | None:
    """Each questionnaire that was filled in: where it stands and what changed."""
    if not assessment.scores:
        return None
    items = []
    for each in assessment.scores:
        first, *more = standing_lines(each, say.wording)
        items.append(Item(first, each.sources, lines=tuple(more)))
    return Section("doing", say.own("doing_title"), (Listing(tuple(items)),))


def _next_question(assessment: Assessment, say: Sayer) -> Section | None:
    ask = assessment.next_question
    if ask is None:
        if assessment.triage.open_questions or not _anything_told(assessment):
            return None
        return Section("next", say.own("next_title"), (Paragraph(say.own("next_none")),))
    if ask.question in assessment.triage.open_questions:
        return None
    blocks = (Paragraph(say(_question(ask.question)), strong=True), Paragraph(say(ask.why)))
    return Section("next", say.own("next_title"), blocks)


def _made_from(assessment: Assessment, say: Sayer) -> Section:
    made = assessment.coverage
    lines = [
        say.own(
            "coverage", runs=made.runs, others=made.other_activities, first=made.first_on, last=made.last_on
        )
        if made.first_on is not None and made.last_on is not None
        else say.own("coverage_none"),
        say.own("coverage_notes", notes=made.symptom_notes, answers=made.answers),
    ]
    if made.unrecorded_days:
        lines.append(say.own("coverage_gaps", days=made.unrecorded_days))
    lines += list(say.all(assessment.triage.noted))
    if not assessment.clinician_reviewed:
        lines.append(say.own("not_reviewed"))
    lines.append(say.own("not_a_diagnosis"))
    lines.append(
        say.own(
            "versions",
            code=assessment.code_version,
            knowledge=assessment.knowledge_version,
            day=assessment.on,
        )
    )
    blocks = tuple(Paragraph(line) for line in lines)
    return Section("made_from", say.own("made_from_title"), blocks, "small")
