"""What is wanted of the plan, from the commands to the plan and back: each can be taken back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.app.made_up import run, words_of
from tests.app.terminal import KNOWLEDGE, ON
from tests.app.test_seen import plan_of

from backstride.app.case import read_case
from backstride.app.entering import answer
from backstride.app.wishing import metres_in
from backstride.model.assessment import Plan
from backstride.model.errors import BadInput
from backstride.model.history import CheckIn
from backstride.store.diary import DiaryRow
from backstride.store.store import Store

DAY = timedelta(days=1)
TODAY = ("--on", f"{ON}")


@pytest.fixture
def store(ready: Store) -> Store:
    return ready


def exercises(plan: Plan) -> list[str]:
    return [step.id for step in plan.steps if step.kind == "exercise"]


def test_a_goal_is_told_counted_shown_and_taken_back(store: Store) -> None:
    said = words_of(run("goal", "10km", "--by", f"{ON + 400 * DAY}", "--race", *TODAY))
    assert "race of 10 km" in said
    assert "runs on record" in said  # nothing is known of how far the sessions go
    assert plan_of(store).own_goal is not None

    assert "The soonest day" in words_of(run("goal", "first-run", *TODAY))
    shown = words_of(run("plan", *TODAY))
    assert "What you are after" in shown
    assert "run again" in shown
    as_json = json.loads(run("plan", *TODAY, "--json").stdout)["plan"]["own_goal"]
    assert (as_json["kind"], as_json["state"]) == ("first_run", "any day")

    assert "Taken back" in words_of(run("undo", "goal"))
    goal = plan_of(store).own_goal
    assert goal is not None
    assert goal.kind == "distance"
    run("goal", "none", *TODAY)
    assert plan_of(store).own_goal is None


def test_an_exercise_is_banned_pinned_and_free_again(store: Store) -> None:
    first = exercises(plan_of(store))[0]
    assert "never in the plan" in words_of(run("ban", first.replace("_", "-"), "--physio", *TODAY))
    plan = plan_of(store)
    assert first not in exercises(plan)
    assert [(wish.exercise, wish.asked_by) for wish in plan.wishes] == [(first, "physio")]
    assert "as your physiotherapist asked" in words_of(run("plan", *TODAY))

    run("free", first, *TODAY)
    assert first in exercises(plan_of(store))
    run("undo", "wish")
    assert first not in exercises(plan_of(store))

    never = words_of(run("pin", "russian_twist", *TODAY))
    assert "not in the plan now" in never
    assert "This speaks against it: pain that began less than six weeks ago." in never


def test_a_wish_of_an_earlier_day_is_answered_as_itself(store: Store) -> None:
    """Also where another exercise was wished for since."""
    run("ban", "plank", *TODAY)
    said = words_of(run("pin", "russian_twist", "--on", f"{ON - DAY}"))
    assert "twist" in said.splitlines()[0].lower()
    assert "plank" not in said.lower()


def test_a_pause_takes_the_sessions_away_and_can_end_early(store: Store) -> None:
    for kind in ("ics", "fit", "week"):
        run("report", str(store.path.parent / kind), "--to", kind, *TODAY)
    said = words_of(run("pause", "illness", *TODAY))
    assert "clears no red flag" in said
    assert "see a doctor the same day" in said
    plan = plan_of(store)
    assert plan.sessions == ()
    assert not any(day.sessions for day in plan.week)

    off = words_of(run("report", str(store.path.parent / "ics"), "--to", "ics", *TODAY))
    assert "Wrote" in off
    calendar = (store.path.parent / "ics").read_text().replace("\r\n ", "")
    assert "STATUS:CANCELLED" in calendar
    assert "Paused since" in calendar
    assert "Paused since" in words_of(run("report", str(store.path.parent / "fit"), "--to", "fit", *TODAY))
    assert list((store.path.parent / "fit").iterdir()) == []
    run("report", str(store.path.parent / "week"), "--to", "week", *TODAY)
    page = (store.path.parent / "week").read_text()
    assert page.count(">Pause<") == len(plan.week)

    run("resume", "--on", f"{ON + 2 * DAY}")
    later = plan_of(store, ON + 2 * DAY)
    assert later.sessions
    assert later.pauses == ()
    run("undo", "pause")
    assert plan_of(store, ON + 2 * DAY).sessions == ()


def test_a_pause_leaves_every_answer_and_flag_as_it_is(store: Store) -> None:
    answers = store.history().answers
    run("pause", "illness", *TODAY)
    assert store.history().answers == answers
    answer(store, [("saddle_numbness", "yes"), ("saddle_numbness_plain", "yes")], ON, KNOWLEDGE)
    said = words_of(run("resume", *TODAY))
    assert "No plan is made now" in said
    assert "Afterwards" not in said


def test_a_restart_begins_anew_and_is_taken_back(store: Store) -> None:
    store.add(*(CheckIn(ON - (9 - 2 * n) * DAY, (f"walk_run_{1 + n // 2}",), 0, 0, 0) for n in range(4)))
    assert plan_of(store).rung == 3
    assert "begins again at step 1" in words_of(run("restart", *TODAY))
    assert plan_of(store).rung == 1
    run("undo", "restart")
    assert plan_of(store).rung == 3


def test_on_the_day_of_a_visit_to_begin_again_is_answered_as_itself(store: Store) -> None:
    store.add(*(CheckIn(ON - (9 - 2 * n) * DAY, (f"walk_run_{1 + n // 2}",), 0, 0, 0) for n in range(4)))
    run("seen", "physiotherapist", *TODAY, "--may-run", "yes")
    assert len(store.history().seen) == 1
    assert "begins again at step 1" in words_of(run("restart", *TODAY))


def test_a_check_in_can_be_looked_up_by_its_day_corrected_and_taken_back(store: Store) -> None:
    day = ON - 3 * DAY
    store.add(CheckIn(day, ("walk_run_1",), 7, 7, 7))
    store.add(CheckIn(day, (), 1, 1, 1))
    assert store.history().check_ins[0].pain_during == 1

    listed = json.loads(run("diary", "--day", f"{day}", "--json").stdout)["entries"]
    assert [row["entry"]["pain_during"] for row in listed] == [7, 1]
    assert f"{listed[1]['id']} {day} check_in" in words_of(run("diary", "--day", f"{day}"))
    assert f"check-in {listed[1]['id']}" in words_of(run("undo", str(listed[1]["id"])))
    assert store.history().check_ins[0].pain_during == 7
    run("undo", str(listed[0]["id"]))
    assert store.history().check_ins == ()
    assert "Nothing in the diary" in words_of(run("diary", "--day", f"{day}"))


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (("pin", "birddog"), "did you mean bird_dog?"),
        (("ban", "catcamel"), "did you mean cat_camel?"),
        (("goal", "first-rum"), "did you mean first_run?"),
        (("goal", "0km"), "more than 0"),
        (("goal", "10km", "--by", "2020-01-01"), "is over"),
        (("goal", "first-run", "--race"), "only a distance"),
        (("goal", "10km", "--race"), "on which day"),
        (("goal", "distance"), "how far"),
        (("pause", "holidays"), "did you mean holiday?"),
        (("pause", "--until", "2020-01-01"), "before it begins"),
        (("resume",), "no pause"),
        (("restart", "--on", "2999-01-01"), "not come yet"),
        (("undo", "999999"), "no such entry"),
        (("undo", "gaol"), "did you mean goal?"),
        (("diary", "--kind", "checkin"), "did you mean check_in?"),
    ],
)
def test_what_is_typed_wrong_is_said_and_nothing_stored(
    store: Store, words: tuple[str, ...], right: str
) -> None:
    before = store.diary()
    done = run(*words)
    assert isinstance(done.exception, BadInput)
    assert right in words_of(done)
    assert store.diary() == before


@pytest.mark.parametrize(
    ("words", "metres"),
    [
        ("10km", 10_000),
        ("10 km", 10_000),
        ("21,1k", 21_100),
        ("800m", 800),
        ("6 miles", 9656.064),
        ("x", None),
    ],
)
def test_a_distance_may_be_told_in_several_ways(words: str, metres: float | None) -> None:
    assert metres_in(words) == (None if metres is None else pytest.approx(metres))


def test_a_case_file_may_hold_them_too(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        f"""
on = {ON}
goals = [{{ kind = "distance", on = {ON}, distance_m = 10000, by = {ON + 90 * DAY} }}]
wishes = [{{ exercise = "bird_dog", wish = "ban", asked_by = "physio", on = {ON} }}]
pauses = [{{ first = {ON + DAY}, last = {ON + 8 * DAY}, reason = "holiday", on = {ON} }}]
restarts = [{{ on = {ON} }}]
"""
    )
    wishes = read_case(case, KNOWLEDGE, lambda path: ()).history.wishes
    assert [len(each) for each in (wishes.goals, wishes.exercises, wishes.pauses, wishes.restarts)] == [1] * 4
    case.write_text(f'on = {ON}\nwishes = [{{ exercise = "bird", wish = "ban", on = {ON} }}]\n')
    with pytest.raises(BadInput, match="did you mean"):
        read_case(case, KNOWLEDGE, lambda path: ())


def test_every_wish_comes_back_from_the_store_as_it_was(store: Store) -> None:
    run("goal", "5km", *TODAY)
    run("pin", "plank", *TODAY)
    run("pause", "holiday", "--from", f"{ON + 20 * DAY}", "--until", f"{ON + 30 * DAY}", *TODAY)
    run("restart", *TODAY)
    rows: tuple[DiaryRow, ...] = store.diary()
    with Store.open(store.path) as again:
        assert again.diary() == rows
        assert again.history().wishes == store.history().wishes
    assert {row.kind for row in rows} >= {"goal", "wish", "pause", "restart"}
    wishes = store.history().wishes
    assert wishes.pauses[0].last == date.fromisoformat(f"{ON + 30 * DAY}")
