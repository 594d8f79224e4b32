"""One line of the diary in words: what was told, and of which day."""

from __future__ import annotations

from datetime import date

from backstride.knowledge.facts import NOT_SURE
from backstride.knowledge.knowledge import Knowledge
from backstride.model.history import (
    Answer,
    CheckIn,
    InstrumentResult,
    Removed,
    Sameness,
    Seen,
    Shoe,
    Span,
    Symptom,
    TestResult,
)
from backstride.model.text import Quantity, Text, Value
from backstride.model.wishes import ExerciseWish, Goal, Pause, Restart
from backstride.reports.wording import Wording
from backstride.store.diary import Entry, Kind


def day_of(entry: Entry) -> date | None:
    """The day that an entry is about; a pair of shoes and a word on copies are about none."""
    match entry:
        case Shoe() | Sameness():
            return None
        case Span() | Pause():
            return entry.first
        case _:
            return entry.on


def kind_words(kind: Kind, words: Wording) -> str:
    """What an entry of that kind is called."""
    return _say(words, f"kind_{kind}")


def entry_words(entry: Entry, words: Wording, knowledge: Knowledge) -> str:
    """What was told, in one line."""
    match entry:
        case Answer():
            return _answer(entry.question, entry.value, words, knowledge)
        case TestResult():
            return _answer(entry.test, entry.value, words, knowledge)
        case Symptom():
            return _listed(_pain(entry, words))
        case CheckIn():
            return _listed(_check_in(entry, words, knowledge))
        case InstrumentResult():
            return _listed(_scores(entry, words, knowledge))
        case Shoe():
            return entry.id if entry.model in ("", entry.id) else f"{entry.id}, {entry.model}"
        case Span():
            return _say(words, "told_recorded", first=entry.first, last=entry.last)
        case Removed():
            return _say(words, "told_removed", id=entry.activity)
        case Goal():
            return _goal(entry, words)
        case ExerciseWish():
            asked = _say(words, f"told_asked_{entry.asked_by}")
            name = _step(entry.exercise, words, knowledge)
            return _say(words, f"told_{entry.wish}", exercise=name, who=asked)
        case Pause():
            return _pause(entry, words)
        case Restart():
            return _say(words, "told_restart")
        case Seen():
            may = _say(words, f"told_may_run_{entry.may_run}")
            return _say(words, "told_seen", who=Text(f"professionals.{entry.who}.name"), may=may)
        case Sameness():
            key = "told_same" if entry.same else "told_other"
            return _say(words, key, first=entry.first, second=entry.second)


def _goal(goal: Goal, words: Wording) -> str:
    """What the runner is after, and by when."""
    distance = "" if goal.distance_m is None else words.quantity(Quantity(goal.distance_m, "m"))
    by = "" if goal.by is None else _say(words, "told_race" if goal.race else "told_by", day=goal.by)
    return _listed([_say(words, f"told_goal_{goal.kind}"), distance, by])


def _pause(pause: Pause, words: Wording) -> str:
    """From when to when, and why."""
    why = _say(words, f"told_pause_{pause.reason}")
    if pause.last is None:
        return _say(words, "told_pause_open", first=pause.first, why=why)
    if pause.last < pause.first:
        return _say(words, "told_pause_off", first=pause.first)
    return _say(words, "told_pause", first=pause.first, last=pause.last, why=why)


def _say(words: Wording, key: str, **values: Value) -> str:
    return words.say(Text(f"diary.{key}", values))


def _listed(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def _answer(id: str, value: object, words: Wording, knowledge: Knowledge) -> str:
    """The question's short form with the answer; a question of another version by its id."""
    question = knowledge.questions.get(id)
    if question is None:
        return f"{id}: {value}"
    what = question.text("short")
    if value == NOT_SURE:
        shown: Value = Text("diary.told_not_sure")
    elif question.kind == "yes_no" and value in ("yes", "no"):
        return words.say(Text(f"report.trace_{value}", {"what": what}))
    elif question.kind == "choice" and value in question.options:
        shown = question.text(f"options.{value}")
    elif question.kind == "date" and isinstance(value, str):
        shown = date.fromisoformat(value)
    else:
        shown = f"{value:g}" if isinstance(value, int | float) else str(value)
    return words.say(Text("report.trace_value", {"what": what, "value": shown}))


def _score(score: float, words: Wording) -> str:
    return words.quantity(Quantity(score, "score"))


def _pain(note: Symptom, words: Wording) -> list[str]:
    places = tuple(Text(f"body.{region}") for region in note.regions if f"body.{region}" in words.catalog)
    return [
        _say(words, "told_pain", score=_score(note.score, words)),
        words.listed([words.say(each) for each in places]),
        "" if note.timing is None else words.say(Text(f"body.{note.timing}")),
        "" if not note.eased_by else _say(words, "told_eased", by=note.eased_by),
        note.note or "",
    ]


def _check_in(told: CheckIn, words: Wording, knowledge: Knowledge) -> list[str]:
    scores = {
        "now": told.pain_now,
        "during": told.pain_during,
        "after": told.pain_after,
        "morning": told.pain_next_morning,
    }
    pain = [
        _say(words, f"told_pain_{when}", score=_score(score, words))
        for when, score in scores.items()
        if score is not None
    ]
    done = words.listed([_step(id, words, knowledge) for id in told.done])
    return [*pain, _say(words, "told_done", what=done) if done else "", told.note or ""]


def _step(id: str, words: Wording, knowledge: Knowledge) -> str:
    """What a step of a plan is called; one of another kind by its id."""
    for kind in ("exercises", "treatments"):
        if id in getattr(knowledge, kind):
            return words.say(Text(f"{kind}.{id}.name"))
    known = f"diary.step_{id}"
    return words.say(Text(known)) if known in words.catalog else id.replace("_", " ")


def _scores(sheet: InstrumentResult, words: Wording, knowledge: Knowledge) -> list[str]:
    instrument = knowledge.instruments.get(sheet.instrument)
    name = sheet.instrument if instrument is None else words.say(instrument.text("name"))
    if sheet.total is not None:
        return [_say(words, "told_total", name=name, n=f"{sheet.total:g}")]
    return [_say(words, "told_items", name=name, n=Quantity(len(sheet.items), "count"))]
