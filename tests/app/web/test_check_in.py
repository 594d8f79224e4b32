"""The check-in and the day as pages: nothing unanswered is a no, and all can be taken back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import httpx2
import pytest
from tests.app.web.made_up import send
from tests.app.web.on_ladder import ON, YESTERDAY, asking, new_here, safety_told

from backstride.app.web.body_svg import VIEWS, body_svg, down_the_leg, places
from backstride.knowledge.loader import shipped
from backstride.model.history import REGIONS, Answer, CheckIn, Profile, Symptom
from backstride.store.store import Store

KNOWLEDGE = shipped()


class Runner:
    """A made-up runner at a browser without script, and the store behind."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.client = asking(path)

    def see(self, path: str = "/check-in") -> str:
        return self.client.get(path, follow_redirects=True).text

    def send(self, path: str = "/check-in", **told: str | list[str]) -> httpx2.Response:
        return send(self.client, path, **told)

    def asked(self) -> str:
        """The ids on the page of safety questions."""
        return re.findall(r'name="asked" value="([^"]*)"', self.see())[0]

    @property
    def answers(self) -> dict[str, object]:
        with Store.open(self.path) as store:
            return {answer.question: answer.value for answer in store.told().answers}

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        with Store.open(self.path) as store:
            return store.told().check_ins

    @property
    def notes(self) -> tuple[Symptom, ...]:
        with Store.open(self.path) as store:
            return store.told().symptoms


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def runner(path: Path) -> Runner:
    return Runner(new_here(path))


@pytest.fixture
def settled(path: Path) -> Runner:
    """Safety is answered, and the pain began ten days ago."""
    return Runner(safety_told(path, date(2026, 3, 10)))


def test_looking_at_the_safety_page_stores_nothing(runner: Runner) -> None:
    assert "None of these apply" in runner.see()
    assert runner.answers == {}


def test_a_page_sent_without_a_tick_and_without_saying_none_stores_nothing(runner: Runner) -> None:
    sent = runner.send(step="page", asked=runner.asked(), press="ticked")

    assert sent.status_code == 422
    assert 'role="alert"' in sent.text
    assert runner.answers == {}


def test_ticks_beside_none_of_these_store_nothing_and_stay_ticked(runner: Runner) -> None:
    sent = runner.send(step="page", asked=runner.asked(), press="none", tick="fever")

    assert sent.status_code == 422
    assert re.search(r'value="fever" checked', sent.text)
    assert runner.answers == {}


def test_none_of_these_is_a_no_to_what_stood_on_the_page_and_to_nothing_else(runner: Runner) -> None:
    asked = runner.asked().split()
    runner.send(step="page", asked=" ".join(asked), press="none")

    assert runner.answers == dict.fromkeys(asked, "no")


def test_only_safety_questions_can_be_a_no_by_not_being_ticked(runner: Runner) -> None:
    runner.send(step="page", asked="fever limps no_such_question", press="none")

    assert runner.answers == {"fever": "no"}


def test_what_is_ticked_is_not_answered_until_it_is_asked_in_full(runner: Runner) -> None:
    runner.send(step="page", asked=runner.asked(), press="ticked", tick=["fever", "night_pain"])

    assert "fever" not in runner.answers
    assert "night_pain" not in runner.answers
    assert runner.answers["saddle_numbness"] == "no"
    assert 'name="question" value="fever"' in runner.see()
    runner.send(step="question", question="fever", value="not_sure")
    assert runner.answers["fever"] == "not_sure"
    assert 'name="question" value="night_pain"' in runner.see()


def test_an_emergency_ends_the_questions_at_once_and_stands_first(runner: Runner) -> None:
    runner.send(step="page", asked=runner.asked(), press="ticked", tick=["saddle_numbness", "night_pain"])
    sent = runner.send(step="question", question="saddle_numbness", value="yes")
    page = runner.see(sent.headers["location"])

    body = page.split("<body", 1)[1]
    assert body.index('role="alert"') < body.index("<header")
    assert 'name="step"' not in page
    assert "The questions end here" in page
    today = runner.see("/")
    assert "/plan/session/" not in today
    assert 'name="new"' not in today


def test_an_answer_behind_an_alarm_can_be_given_again_also_on_another_day(settled: Runner) -> None:
    with Store.open(settled.path) as store:
        store.add(Answer("saddle_numbness", "yes", YESTERDAY))
    assert 'action="/check-in/again"' in settled.see()
    settled.send("/check-in/again", question="saddle_numbness")
    page = settled.see()
    assert 'name="question" value="saddle_numbness"' in page
    assert 'role="alert"' in page, "asking again changes nothing yet"
    settled.send(step="question", question="saddle_numbness", value="no")
    assert 'role="alert"' not in settled.see()


def test_a_question_that_is_no_safety_question_is_not_put_again(settled: Runner) -> None:
    settled.send("/check-in/again", question="limps")

    assert 'name="score"' in settled.see()


def test_back_takes_each_step_back_and_shows_what_was_typed(runner: Runner) -> None:
    asked = runner.asked()
    runner.send(step="page", asked=asked, press="ticked", tick="fever")
    runner.send(step="question", question="fever", value="no")
    runner.send("/check-in/back")

    assert "fever" not in runner.answers
    assert 'name="question" value="fever"' in runner.see()
    runner.send("/check-in/back")
    assert runner.answers == {}
    assert re.search(r'value="fever" checked', runner.see())


def test_age_can_be_taken_back_and_left_out(tmp_path: Path) -> None:
    runner = Runner(tmp_path / "new.sqlite")
    assert runner.send(step="about", field="age_years", value="old").status_code == 422
    runner.send(step="about", field="age_years", value="38")
    runner.send("/check-in/back")
    with Store.open(runner.path) as store:
        assert store.profile() == Profile()
    runner.send(step="about", field="age_years", press="leave")
    runner.send(step="about", field="sex", press="leave")
    assert "there can be no plan" in runner.see()


def test_pain_is_one_note_with_its_places_in_the_order_of_the_map(settled: Runner) -> None:
    assert settled.send(step="pain", at=["sacrum"]).status_code == 422
    settled.send(step="pain", score="4", at=["sacrum", "low_back_left", "nowhere"], timing="after")

    assert settled.notes[-1] == Symptom(ON, 4, ("low_back_left", "sacrum"), "after")
    settled.send("/check-in/back")
    assert len(settled.notes) == 1


def test_no_pain_keeps_no_place(settled: Runner) -> None:
    settled.send(step="pain", score="0", at=["sacrum"], timing="after")

    assert settled.notes[-1] == Symptom(ON, 0)


def test_pain_left_out_is_not_asked_again_in_this_check_in(settled: Runner) -> None:
    settled.send(step="pain", press="leave")

    assert len(settled.notes) == 1
    assert 'name="score"' not in settled.see()


def test_the_telling_questions_come_one_by_one_and_end_with_the_answer(settled: Runner) -> None:
    settled.send(step="pain", press="leave")
    put = 0
    while found := re.search(r'name="question" value="([^"]*)"', page := settled.see()):
        put += 1
        assert f"{put} of at most 10" in page
        assert "Why we ask" in page
        sent = settled.send(step="question", question=found[1], telling="yes", value="not_sure")
        assert put <= 10
    assert put
    assert sent.headers["location"] == "/why"
    assert "That is all for now" in settled.see()


def test_a_day_still_to_come_is_refused_in_words_beside_what_was_typed(settled: Runner) -> None:
    sent = settled.send(step="began", press="told", value="2026-04-01")

    assert sent.status_code == 422
    assert "had not come yet" in sent.text
    assert "pain_began_on:" not in sent.text


def test_where_nothing_is_known_today_leads_to_the_start(tmp_path: Path) -> None:
    runner = Runner(tmp_path / "new.sqlite")

    assert runner.client.get("/").headers["location"] == "/start"


def test_the_day_says_what_to_do_and_leads_to_the_session(settled: Runner) -> None:
    page = settled.see("/")

    assert "/plan/session/" in page
    assert "What changed in the plan" in page


def test_a_day_without_saying_if_anything_is_new_stores_nothing_and_keeps_what_was_typed(
    settled: Runner,
) -> None:
    sent = settled.send("/", now="3", did=["other"], during="2")

    assert sent.status_code == 422
    assert re.search(r'name="now" value="3" checked', sent.text)
    assert settled.check_ins == ()
    assert "something_new" not in settled.answers


def test_what_is_left_open_is_not_told(settled: Runner) -> None:
    settled.send("/", new="no", now="3", did=["other"], during="2", after="")

    assert settled.check_ins == (CheckIn(ON, ("other",), 2, None, None, None, 3),)


def test_a_score_beyond_ten_is_refused_and_nothing_is_stored(settled: Runner) -> None:
    assert settled.send("/", new="no", now="11").status_code == 422
    assert settled.check_ins == ()
    assert "something_new" not in settled.answers


def test_this_morning_is_asked_where_something_was_done_yesterday(settled: Runner) -> None:
    assert 'name="morning"' not in settled.see("/")
    with Store.open(settled.path) as store:
        store.add(CheckIn(YESTERDAY, ("other",), 1, 1))
    assert 'name="morning"' in settled.see("/")
    settled.send("/", new="no", morning="2")
    assert settled.check_ins == (CheckIn(YESTERDAY, ("other",), 1, 1, 2),)


def test_a_red_day_says_what_changes_and_whom_to_see(settled: Runner) -> None:
    settled.send("/", new="no", now="8")
    page = settled.see("/")

    assert "That was red by the pain rule" in page
    assert "physiotherapist or doctor" in page


def test_a_day_is_taken_back_whole(settled: Runner) -> None:
    settled.send("/", new="no", now="8")
    row = re.findall(r'name="row" value="(\d+)"', settled.see("/"))[-1]
    settled.send("/today/take-back", row=row)

    assert settled.check_ins == ()
    assert "something_new" not in settled.answers
    assert 'name="new"' in settled.see("/")


def test_only_what_was_told_for_today_can_be_taken_back_there(settled: Runner) -> None:
    with Store.open(settled.path) as store:
        note = store.diary("symptom")[0].id
    settled.send("/today/take-back", row=str(note))

    assert len(settled.notes) == 1


def test_something_new_brings_the_safety_questions_back_and_keeps_the_day(settled: Runner) -> None:
    sent = settled.send("/", new="yes", now="4")

    assert sent.headers["location"] == "/check-in"
    page = settled.see()
    assert "something is new" in page
    assert 'value="saddle_numbness"' in page
    assert "/plan/session/" not in settled.see("/")
    settled.send(step="page", asked=settled.asked(), press="none")
    assert 'name="question" value="leg_pain"' in settled.see(), "the legs are asked once more"
    settled.send(step="question", question="leg_pain", value="none")
    sent = settled.send(step="question", question="leg_numb_or_tingling", value="no")
    assert sent.headers["location"] == "/"
    assert settled.check_ins == (CheckIn(ON, pain_now=4),)


def test_without_the_token_of_our_own_page_nothing_is_stored(settled: Runner) -> None:
    assert settled.client.post("/", data={"new": "no", "now": "3"}).status_code == 403
    assert settled.client.post("/check-in", data={"step": "pain", "score": "3"}).status_code == 403
    assert settled.check_ins == ()


def test_a_test_at_home_is_done_and_taken_back(settled: Runner) -> None:
    with Store.open(settled.path) as store:
        store.add(Answer("pain_began_on", "2026-01-02", ON))
    assert "/check-in/tests/plank" in settled.see("/check-in/tests")
    page = settled.see("/check-in/tests/plank")
    while found := re.search(r'name="about" value="([^"]*)"', page):
        settled.send("/check-in/tests/plank", about=found[1], value="no")
        page = settled.see("/check-in/tests/plank")
    (result,) = KNOWLEDGE.physical_tests["plank"].results
    assert settled.send("/check-in/tests/plank").status_code == 422
    settled.send("/check-in/tests/plank", **{result: "45"})
    with Store.open(settled.path) as store:
        assert [each.value for each in store.told().tests] == [45]
    assert "What it says" in settled.see("/check-in/tests/plank")
    settled.send("/check-in/tests/plank/take-back")
    with Store.open(settled.path) as store:
        assert store.told().tests == ()


def test_no_test_is_offered_while_something_must_be_looked_at_first(settled: Runner) -> None:
    with Store.open(settled.path) as store:
        store.add(Answer("saddle_numbness", "yes", ON))

    assert "How it is done" not in settled.see("/check-in/tests/plank")
    assert settled.send("/check-in/tests/plank", plank_s="45").status_code == 422
    assert settled.client.get("/check-in/tests/no-such-test").status_code == 404


def test_every_place_of_the_body_map_can_be_tapped() -> None:
    assert {place.region for view in VIEWS for place in places(view)} == set(REGIONS)


def test_left_is_left_from_behind_and_right_from_the_front() -> None:
    for view, sign in (("back", -1), ("front", 1)):
        for place in places("back" if view == "back" else "front"):
            if place.region.endswith("_left"):
                assert place.middle[0] * sign > 0, (view, place.region)


def test_each_side_shows_its_own_places_on_the_same_side_of_the_picture() -> None:
    for view, sign in (("left", -1), ("right", 1)):
        seen = places("left" if view == "left" else "right")
        assert {place.region for place in seen if place.region.endswith(("_left", "_right"))} == {
            place.region for place in seen if place.region.endswith(f"_{view}")
        }
        (foot,) = (place for place in seen if place.region.startswith("foot"))
        assert foot.middle[0] * sign > 0, "it looks to its own side"


def test_places_of_one_figure_do_not_overlap() -> None:
    for view in VIEWS:
        every = places(view)
        boxes = [
            (
                min(x for x, _ in each.corners),
                max(x for x, _ in each.corners),
                min(y for _, y in each.corners),
                max(y for _, y in each.corners),
            )
            for each in every
        ]
        for place in every:
            x, y = place.middle
            inside = [left < x < right and top < y < bottom for left, right, top, bottom in boxes]
            assert sum(inside) == 1, (view, place.region)


def test_a_marked_place_is_drawn_so() -> None:
    drawn = body_svg("back", lambda name: name, ["sacrum"])

    assert 'class="place chosen" data-region="sacrum"' in drawn
    assert drawn.count("chosen") == 1


def test_pain_past_the_buttock_goes_down_the_leg() -> None:
    assert down_the_leg(["buttock_left", "thigh_back_left", "thigh_front_right"]) == ("left",)
