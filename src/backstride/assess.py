"""The whole reasoning on one page: a runner's history in, an honest answer out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date

from backstride import __version__
from backstride.causes.contribute import contributors
from backstride.causes.expected import with_expected
from backstride.causes.kind_of_pain import kind_of_pain
from backstride.causes.next_question import next_question
from backstride.causes.rank import rank
from backstride.copies import each_once
from backstride.features.changed.compare import compare
from backstride.features.changed.merge import merged
from backstride.features.course import course, relapse, returns
from backstride.features.find import findings, strip
from backstride.features.lookback import Lookback, back_from
from backstride.features.measures.memory import Measured
from backstride.features.onset import seen_from_onset
from backstride.features.run_days import habits, longest_of_days, run_days
from backstride.features.weeks import weeks
from backstride.instruments.standing import standings
from backstride.knowledge.facts import known_on
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.ladder import Ladder
from backstride.knowledge.origins import origins
from backstride.model.assessment import Assessment, Contributor, Coverage, RankedCause, SourceNote, Triage
from backstride.model.history import History
from backstride.model.ladder import Setback
from backstride.model.wishes import Wishes
from backstride.plan.planner import make_plan
from backstride.plan.setbacks import came_back, entries_lost
from backstride.plan.situation import LADDER
from backstride.triage.triage import triage


def assess(history: History, on: date, knowledge: Knowledge, measured: Measured | None = None) -> Assessment:
    """What one runner's data say about their back on one day.  Pure: no clock, no files, no chance.

    `measured` may know measures of runs from before; it changes how long this takes, and nothing else.
    """
    return _assessed(each_once(_up_to(history, on)), on, knowledge, measured)


def assess_once(history: History, on: date, knowledge: Knowledge, measured: Measured) -> Assessment:
    """As `assess`, of a history that has each activity once already and none after the day."""
    return _assessed(_up_to(history, on), on, knowledge, measured)


def _assessed(history: History, on: date, knowledge: Knowledge, measured: Measured | None) -> Assessment:
    look = seen_from_onset(history, on, knowledge, measured)
    history, onset = look.history, look.onset
    found = findings(look)
    went = course(look)
    known = known_on(history, found, on, knowledge, went)

    must = triage(known, knowledge)
    ranked = rank(known, knowledge, must.raised)
    kind = kind_of_pain(known.facts, knowledge)
    helped = contributors(known, knowledge)
    ran_on = look.runs[-1].on if look.runs else None
    told_on = _first_told(history)
    plan = make_plan(
        known,
        must,
        ranked,
        helped,
        found,
        onset,
        on,
        knowledge,
        history.check_ins,
        ran_on,
        told_on,
        history.seen,
        run_days(look, (on, *(told.on for told in history.check_ins))),
        habits(look, found),
        history.wishes,
        longest_of_days(look, _lately_from(history.wishes, look)),
        _setbacks(look, knowledge.ladders[LADDER]),
    )
    scores = standings(history, knowledge)
    going = None if went is None else with_expected(went, ranked, knowledge)
    back = relapse(look)
    ask = next_question(known, must, ranked, knowledge)

    against_year = compare(look, beside=any(finding.notable for finding in found))
    unusual = () if against_year is None else against_year.found
    changes, rest = merged(unusual, found, knowledge)
    picture = strip(look, changes)
    parts = (must, found, changes, ranked, kind, helped, plan, going, back, scores)
    return Assessment(
        on=on,
        profile=history.profile,
        coverage=_coverage(look),
        triage=must,
        changes=changes,
        findings=rest,
        against_year=None if against_year is None else against_year.year,
        strip=picture,
        weeks=weeks(look),
        causes=ranked,
        kind_of_pain=kind,
        contributors=helped,
        plan=plan,
        next_question=ask,
        course=going,
        relapse=back,
        origins=origins(_rested_on(must, ranked, helped), known, history, found, on, knowledge),
        sources=_sources(parts, knowledge),
        scores=scores,
        code_version=__version__,
        knowledge_version=knowledge.version,
        clinician_reviewed=knowledge.clinician_reviewed,
    )


def safety(history: History, on: date, knowledge: Knowledge, measured: Measured | None = None) -> Triage:
    """What must be seen first: as in `assess`, for a page that says nothing else of the answer."""
    look = seen_from_onset(each_once(_up_to(history, on)), on, knowledge, measured)
    return triage(known_on(look.history, findings(look), on, knowledge, course(look)), knowledge)


def _up_to(history: History, on: date) -> History:
    """What is told about the days up to one: nothing later is looked at, whenever it was told.

    The score of the next morning belongs to the day after its session: on the day itself it is not known yet.
    """
    return replace(
        history,
        activities=tuple(
            sorted((run for run in history.activities if run.on <= on), key=lambda run: run.start)
        ),
        symptoms=tuple(note for note in history.symptoms if note.on <= on),
        answers=tuple(answer for answer in history.answers if answer.on <= on),
        tests=tuple(test for test in history.tests if test.on <= on),
        scores=tuple(sheet for sheet in history.scores if sheet.on <= on),
        check_ins=tuple(
            day if day.on < on else replace(day, pain_next_morning=None)
            for day in history.check_ins
            if day.on <= on
        ),
        seen=tuple(visit for visit in history.seen if visit.on <= on),
        wishes=_wished_up_to(history.wishes, on),
    )


def _wished_up_to(wishes: Wishes, on: date) -> Wishes:
    return Wishes(
        tuple(each for each in wishes.goals if each.on <= on),
        tuple(each for each in wishes.exercises if each.on <= on),
        tuple(each for each in wishes.pauses if each.on <= on),
        tuple(each for each in wishes.restarts if each.on <= on),
    )


def _lately_from(wishes: Wishes, look: Lookback) -> date:
    """From where a goal looks at the record: as far back as the cap does, and from the day it was told."""
    since = back_from(look.on, int(look.number("spike_base_days"))).first
    return min((since, *(goal.on for goal in wishes.goals[-1:])))


def _setbacks(look: Lookback, ladder: Ladder) -> tuple[Setback, ...]:
    """What took the runner back on the ladder beside sessions."""
    return (
        *entries_lost(look.history.answers, ladder, look.knowledge),
        *(came_back(rise.on, rise.since) for rise in returns(look)),
    )


def _first_told(history: History) -> date | None:
    """The first day of an answer or a check-in."""
    days = [answer.on for answer in history.answers] + [told.on for told in history.check_ins]
    return min(days, default=None)


def _coverage(look: Lookback) -> Coverage:
    """What the answer was made from, with the unrecorded days among the last `strip_days`."""
    history = look.history
    runs = sum(activity.sport == "run" for activity in history.activities)
    dates = [activity.on for activity in history.activities]
    return Coverage(
        runs=runs,
        other_activities=len(history.activities) - runs,
        first_on=min(dates, default=None),
        last_on=max(dates, default=None),
        unrecorded_days=look.unseen_days(back_from(look.on, int(look.number("strip_days")))),
        symptom_notes=len(history.symptoms),
        answers=len({answer.question for answer in history.answers}),
        measured=len(history.tests) + len(history.scores) + len(history.check_ins),
    )


def _rested_on(
    must: Triage, ranked: tuple[RankedCause, ...], helped: tuple[Contributor, ...]
) -> Iterator[str]:
    """Names of the facts that anything said rests on."""
    for flag in must.raised:
        yield from flag.rests_on
    for cause in ranked:
        for reason in (*cause.reasons_for, *cause.reasons_against):
            yield from reason.rests_on
    for each in helped:
        yield from each.rests_on


def _sources(parts: object, knowledge: Knowledge) -> tuple[SourceNote, ...]:
    """Every source named anywhere in the answer, once, by id."""
    return tuple(knowledge.sources[id].note() for id in sorted(set(_named(parts))))


def _named(part: object) -> Iterator[str]:
    """The source ids inside nested parts of an answer: each keeps them in `sources` or `source`."""
    if isinstance(part, tuple):
        for each in part:
            yield from _named(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            value = getattr(part, field.name)
            if field.name == "sources":
                yield from value
            elif field.name == "source":
                yield value
            else:
                yield from _named(value)
