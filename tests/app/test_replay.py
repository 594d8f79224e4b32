"""A year in the store: the answer as of a day is the same whenever it is asked for, and however it came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from tests.app.made_up import safe

from backstride.app.actions import assess_store
from backstride.knowledge.loader import shipped
from backstride.model.activity import Activity, Origin
from backstride.model.assessment import Assessment, Plan
from backstride.model.history import Answer, CheckIn, InstrumentResult, Profile, Seen, Symptom
from backstride.model.ledger import LedgerLine
from backstride.model.said import plainly
from backstride.model.wishes import ExerciseWish, Goal, Pause, Restart
from backstride.reports.as_json import render
from backstride.reports.wording import Wording
from backstride.store.diary import Entry
from backstride.store.store import Store

KNOWLEDGE = shipped()
WORDING = Wording(KNOWLEDGE.sentences)
BEGAN = date(2025, 1, 6)
DAY = timedelta(days=1)
DAYS = 365
EVERY = 7

Told = tuple[date, Entry]
"""On which day something was told, and what."""


def a_year(chance: Random) -> Iterator[Told]:
    """Check-ins with what was done and felt, the morning after told the next day; answers, scores, visits."""
    asked = [
        question
        for question in KNOWLEDGE.questions.values()
        if question.group in ("safety", "pain", "running") and question.kind in ("yes_no", "choice")
    ]
    wanting = Random(9)
    yield BEGAN, Answer("pain_began_on", (BEGAN - 9 * DAY).isoformat(), BEGAN)
    for number in range(DAYS):
        on = BEGAN + number * DAY
        for question in asked:
            if number % 14 == 0 or chance.random() < 0.01:
                usual = "yes" if question.id == "walk_30_min_easy" else question.harmless[0]
                odd = chance.choice(
                    (*question.options, "not_sure", "yes" if not question.options else "not_sure")
                )
                yield on, Answer(question.id, usual if chance.random() < 0.995 else odd, on)
        if number % 14 == 0:
            yield on, Answer("heel_raises_10", "yes", on)
            yield on, Answer("hops_5_pain_free", "yes", on)
        if chance.random() < 0.8:
            did = (f"walk_run_{chance.randrange(6)}",) if number % 2 else ()
            during = float(chance.choice((0, 1, 1, 2, 3, 6))) if did else None
            yield on, CheckIn(on, did, during, during, pain_now=float(chance.choice((0, 1, 2, 3))))
            if did and number + 1 < DAYS:
                yield on + DAY, CheckIn(on, pain_next_morning=float(chance.choice((0, 1, 2))))
        if chance.random() < 0.1:
            yield on, Symptom(on, float(chance.randrange(7)), ("low_back_left",), "after")
        if chance.random() < 0.05:
            yield on, InstrumentResult("nprs", on, {"current": float(chance.randrange(6))})
        if chance.random() < 0.02:
            yield on, Seen("physiotherapist", on, chance.choice(("yes", "not_yet", "not_said")))
        if wanting.random() < 0.1:
            yield on, _wish(on, wanting)


def _wish(on: date, chance: Random) -> Goal | ExerciseWish | Pause | Restart:
    """A goal, an exercise, a few days away or a beginning anew."""
    last = on + chance.randrange(8) * DAY
    choices: tuple[Goal | ExerciseWish | Pause | Restart, ...] = (
        Goal("distance", on, chance.uniform(3_000, 20_000), on + chance.randrange(300) * DAY),
        ExerciseWish(chance.choice(("plank", "bird_dog")), chance.choice(("pin", "ban", "free")), on),
        Pause(on, on, "holiday", last),
        Restart(on),
    )
    return chance.choice(choices)


def runs(chance: Random) -> Iterator[tuple[date, bytes, Activity, LedgerLine]]:
    for number in range(1, DAYS, 2):
        on, metres = BEGAN + number * DAY, chance.uniform(2_000, 6_000)
        data = f"run {number}".encode()
        origin = Origin(sha256(data).hexdigest(), f"{number}.fit", "fit", 1)
        start = datetime.combine(on, datetime.min.time(), UTC) + timedelta(hours=18)
        run = Activity(start, "profile", "run", origin, distance_m=metres, moving_s=metres / 2.5)
        yield on, data, run, LedgerLine(origin.name, "imported", plainly("a run"), (run.id,))


def begun(path: Path) -> Store:
    store = Store.open(path)
    store.change_profile(lambda told: Profile(age_years=41, sex="male", medicines=(), made_up=True))
    return store


def as_of(store: Store, on: date) -> bytes:
    return render(assess_store(store, on, KNOWLEDGE), WORDING)


def assert_same(found: bytes, expected: bytes) -> None:
    """As bytes, without a long diff."""
    if found != expected:
        at = next(
            place for place, both in enumerate(zip(found, expected, strict=False)) if both[0] != both[1]
        )
        raise AssertionError((found[at - 200 : at + 80], expected[at - 200 : at + 80]))


def test_a_year_of_check_ins_replays_the_same(tmp_path: Path) -> None:
    told, ran = sorted(a_year(Random(5)), key=lambda each: each[0]), list(runs(Random(6)))
    along: dict[date, bytes] = {}
    plans = 0
    with begun(tmp_path / "first.sqlite") as store:
        first = store.begin_import()
        for number in range(DAYS):
            on = BEGAN + number * DAY
            store.add(*(entry for day, entry in told if day == on))
            for _, data, run, line in (each for each in ran if each[0] == on):
                store.add_file(first, data, [run], line)
            if number % EVERY == EVERY - 1:
                along[on] = as_of(store, on)
                plans += b'"made": true' in along[on]
    assert plans > len(along) / 4
    assert len(set(along.values())) == len(along)

    with Store.open(tmp_path / "first.sqlite") as store:
        for on in list(along)[::-1]:
            assert_same(as_of(store, on), along[on])

    with begun(tmp_path / "other.sqlite") as store:
        first = store.begin_import()
        Random(7).shuffle(ran)
        for _, data, run, line in ran:
            store.add_file(first, data, [run], line)
        store.add(*other_order(entry for _, entry in told))
        for on in list(along)[::3]:
            assert_same(as_of(store, on), along[on])


def other_order(entries: Iterable[Entry]) -> list[Entry]:
    """Days in any order; of one day what was told later still comes later, as it may correct the rest."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        assert not isinstance(entry, str)
        days.setdefault(getattr(entry, "on", BEGAN), []).append(entry)
    order = list(days.values())
    Random(8).shuffle(order)
    return [entry for day in order for entry in day]


# -- told late -----------------------------------------------------------------------------------------

ON = date(2026, 3, 20)
SESSIONS = (9, 7, 5, 3, 1)
"""Days ago."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with begun(tmp_path / "store.sqlite") as store:
        store.add(
            *safe(ON),
            *(Answer(id, "yes", ON) for id in ("walk_30_min_easy", "heel_raises_10", "hops_5_pain_free")),
            Answer("leg_pain", "none", ON),
            Answer("pain_began_on", (ON - 20 * DAY).isoformat(), ON),
        )
        yield store


def plan_of(store: Store, on: date = ON) -> Plan:
    answer: Assessment = assess_store(store, on, KNOWLEDGE)
    assert isinstance(answer.plan, Plan)
    return answer.plan


def session(days_ago: int, rung: int, score: float) -> CheckIn:
    return CheckIn(ON - days_ago * DAY, (f"walk_run_{rung}",), score, score, score)


def test_a_session_told_late_counts_for_its_own_day(store: Store) -> None:
    """Whenever it is told, the ladder is walked by the days it was done on."""
    days = [session(9, 1, 1), session(7, 1, 1), session(5, 2, 1), session(3, 2, 1)]
    store.add(days[0], days[3], days[2])
    late = plan_of(store)
    assert late.rung == 1, "the session of the seventh day before is missing, so nothing was climbed"
    store.add(days[1])
    assert plan_of(store).rung == 3


def test_a_red_session_told_late_still_leads_back_and_asks_no_rest_for_days_gone_by(store: Store) -> None:
    store.add(session(9, 1, 1), session(7, 1, 1), session(3, 2, 1))
    before = plan_of(store)
    assert before.rung == 2
    store.add(session(5, 2, 7))
    after = plan_of(store)
    assert after.rung == 1
    assert after.history[1].judged == "red"
    assert after.week[0].sessions[0] == "walk_run", "the two days of rest are over"


def test_a_second_red_told_late_sends_to_somebody_today(store: Store) -> None:
    store.add(session(9, 1, 7), session(3, 1, 1))
    assert not plan_of(store).look_first
    store.add(session(6, 1, 8))
    assert plan_of(store).look_first


def test_an_old_answer_told_late_does_not_take_the_place_of_a_newer_one(store: Store) -> None:
    store.add(Answer("leg_numb_or_tingling", "yes", ON - 5 * DAY))
    assert plan_of(store).rung == 1
    store.add(Answer("leg_numb_or_tingling", "yes", ON))
    assert plan_of(store).rung == 0


def test_of_one_day_what_was_told_last_counts(store: Store) -> None:
    store.add(session(1, 1, 7))
    assert plan_of(store).rung == 0
    store.add(replace(session(1, 1, 2), done=()))
    assert plan_of(store).rung == 1


def test_the_next_morning_is_not_known_on_the_day_itself(store: Store) -> None:
    """As of a day the answer is what it was, although the morning after has been told since."""
    store.add(*(Answer(each.question, each.value, ON - 5 * DAY) for each in store.history().answers))
    session_only = replace(session(3, 1, 1), pain_next_morning=None)
    store.add(session_only)
    then = as_of(store, session_only.on)
    store.add(CheckIn(session_only.on, pain_next_morning=9))
    assert_same(as_of(store, session_only.on), then)
    assert plan_of(store, session_only.on + DAY).rung == 0
