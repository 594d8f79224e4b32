"""The plan as pages: nothing of one while none is made; what is wished is stored, said and taken back."""

from __future__ import annotations

import re
import stat
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient
from tests.app.web.made_up import after, send
from tests.app.web.on_ladder import ON, YESTERDAY, asking, ready

from backstride.app.web.guard import HEADERS
from backstride.model.history import Answer, CheckIn, Seen
from backstride.model.wishes import ExerciseWish, Goal, Pause, Restart
from backstride.store.store import Store

OUT = ("calendar.ics", "workouts.zip", "week.html")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ready(tmp_path / "s.sqlite")


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main", 1)[-1]).split())


def take_back(client: TestClient, page: str) -> str:
    rows = re.search(r'name="rows" value="([0-9,]+)"', page)
    assert rows is not None
    return after(client, send(client, "/plan/undo", rows=rows[1]))


def test_the_days_the_place_on_the_ladder_and_the_exercises(path: Path) -> None:
    page = asking(path).get("/plan").text

    assert page.count('aria-current="date"') == 1
    assert page.count("you are here") == 1
    assert page.count('class="rung ') == 13
    assert 'href="/plan/session/walk_run"' in page
    assert "<h3>Step-up" in page
    assert "Bird dog" in page
    assert "Nothing has moved you on the ladder yet" in page


def test_what_moved_one_on_the_ladder_is_listed_with_why(path: Path) -> None:
    with Store.open(path) as store:
        store.add(CheckIn(YESTERDAY, ("walk_run_1",), 7, 7))
    page = words(asking(path).get("/plan").text)

    assert "pain while doing it 7/10" in page
    assert "Red:" in page


@pytest.mark.parametrize("why", ["flag", "question"])
def test_nothing_of_a_plan_while_none_is_made(path: Path, why: str) -> None:
    with Store.open(path) as store:
        told = "yes" if why == "flag" else "unknown"
        store.add(Answer("saddle_numbness", told, ON))
    client = asking(path)
    page = client.get("/plan").text

    assert "No plan yet" in page
    assert "/plan/session" not in page
    assert "/plan/out" not in page
    assert "<form" not in page.split("<main", 1)[1]
    assert "Step-up" not in page
    assert ("/check-in" in page.split("<main", 1)[1]) == (why == "question")
    assert client.get("/plan/exercises").headers["location"] == "/plan"
    assert client.get("/plan/session/walk_run").headers["location"] == "/plan"
    for name in OUT:
        refused = client.get(f"/plan/out/{name}")
        assert refused.status_code == 409, name
        assert "No plan" in refused.text


def test_a_calendar_that_was_given_out_is_turned_off(path: Path) -> None:
    client = asking(path)
    first = client.get("/plan/out/calendar.ics").text
    assert "STATUS:CONFIRMED" in first
    with Store.open(path) as store:
        store.add(Answer("saddle_numbness", "yes", ON))
    page, second = client.get("/plan").text, client.get("/plan/out/calendar.ics").text

    assert "/plan/out/calendar.ics" in page
    assert second.count("STATUS:CANCELLED") == second.count("BEGIN:VEVENT") == first.count("BEGIN:VEVENT")


def test_a_goal_is_kept_said_and_taken_back(path: Path) -> None:
    client = asking(path)
    page = after(client, send(client, "/plan/goal", goal="distance", length="10", by="2027-03-01"))

    with Store.open(path) as store:
        assert store.history().wishes.goals == (Goal("distance", ON, 10_000, date(2027, 3, 1)),)
    assert "Noted what you are after" in page
    assert "Your goal: " in page
    assert "Taken back" in take_back(client, page)
    with Store.open(path) as store:
        assert store.history().wishes.goals == ()


def test_a_goal_in_miles(path: Path) -> None:
    client = asking(path)
    client.cookies.set("backstride_units", "miles")
    after(client, send(client, "/plan/goal", goal="distance", length="6"))

    with Store.open(path) as store:
        assert store.history().wishes.goals[0].distance_m == pytest.approx(6 * 1609.344)


def test_what_cannot_be_taken_is_said_and_nothing_typed_is_lost(path: Path) -> None:
    client = asking(path)
    sent = send(client, "/plan/goal", goal="distance", length="far", by="2027-03-01", race="yes")

    assert sent.status_code == 422
    assert "say how far" in sent.text
    assert 'value="far"' in sent.text
    assert 'value="2027-03-01"' in sent.text
    assert 'value="distance" required checked' in sent.text
    with Store.open(path) as store:
        assert store.history().wishes.goals == ()


@pytest.mark.parametrize(
    ("to", "fields"),
    [
        ("/plan/goal", {"goal": "first_run", "by": "soon"}),
        ("/plan/pause", {"reason": "illness", "first": "2026-03-20", "last": "2026-03-01"}),
        ("/plan/seen", {"who": "gp", "may_run": "yes", "on": "2026-03-21"}),
        ("/plan/seen", {"who": "a_friend", "may_run": "yes"}),
        ("/plan/wish", {"exercise": "flying", "wish": "pin"}),
        ("/plan/resume", {}),
        ("/plan/calendar", {"begins": "noon"}),
    ],
)
def test_a_wrong_value_is_refused_in_words(path: Path, to: str, fields: dict[str, str]) -> None:
    sent = send(asking(path), to, **fields)

    assert sent.status_code == 422
    assert 'class="fault" role="alert"' in sent.text


@pytest.mark.parametrize("to", ["goal", "wish", "pause", "resume", "restart", "seen", "undo", "calendar"])
def test_without_the_token_nothing_is_done(path: Path, to: str) -> None:
    client = asking(path)
    before = _told(path)

    assert client.post(f"/plan/{to}", data={"goal": "first_run"}).status_code == 403
    assert _told(path) == before


def _told(path: Path) -> object:
    with Store.open(path) as store:
        return store.history()


def test_an_exercise_left_out_is_gone_and_one_asked_for_is_in(path: Path) -> None:
    client = asking(path)
    page = after(client, send(client, "/plan/wish", exercise="bird_dog", wish="ban"))
    assert "never in the plan" in words(page)
    assert 'id="exercise-bird_dog"' not in page

    sent = send(client, "/plan/wish", exercise="bird_dog", wish="pin", physio="yes", back="exercises")
    assert sent.headers["location"].startswith("/plan/exercises?noted=")
    assert "always in the plan" in words(after(client, sent))
    assert 'id="exercise-bird_dog"' in client.get("/plan").text
    with Store.open(path) as store:
        assert store.history().wishes.exercises[-1] == ExerciseWish("bird_dog", "pin", ON, "physio")

    after(client, send(client, "/plan/wish", exercise="bird_dog", wish="free"))
    assert "Leave it to the plan" not in client.get("/plan").text


def test_a_wish_that_is_not_kept_says_why(path: Path) -> None:
    client = asking(path)
    page = words(after(client, send(client, "/plan/wish", exercise="superman", wish="pin")))
    with Store.open(path) as store:
        assert store.history().wishes.exercises[-1].wish == "pin"

    assert "Noted: Superman" in page
    assert "not in the plan now, though you asked for it" in page
    assert "This speaks against it" in page


def test_what_is_never_planned_cannot_be_asked_for_here(path: Path) -> None:
    assert "Back extension on your front" not in asking(path).get("/plan/exercises").text


def test_a_pause_and_back(path: Path) -> None:
    client = asking(path)
    page = after(client, send(client, "/plan/pause", reason="illness", first=ON.isoformat(), last=""))
    assert "I am back today" in page
    assert "/plan/session/" not in page

    page = after(client, send(client, "/plan/resume"))
    assert "you are back on 20 March 2026" in words(page)
    assert "/plan/session/walk_run" in page
    with Store.open(path) as store:
        assert all(isinstance(each, Pause) for each in store.history().wishes.pauses)


def test_a_beginning_anew(path: Path) -> None:
    client = asking(path)
    page = after(client, send(client, "/plan/restart"))

    assert "the ladder begins again on 20 March 2026" in words(page)
    with Store.open(path) as store:
        assert store.history().wishes.restarts == (Restart(ON),)


def test_who_looked_is_not_chosen_for_the_runner(path: Path) -> None:
    page = asking(path).get("/plan").text

    assert '<select id="who" name="who" required><option value="">' in page
    assert send(asking(path), "/plan/seen", who="", may_run="yes").status_code == 422


def test_a_visit_is_told(path: Path) -> None:
    client = asking(path)
    page = after(client, send(client, "/plan/seen", who="physiotherapist", may_run="not_yet"))

    assert "you should not run yet" in words(page)
    with Store.open(path) as store:
        assert store.history().seen == (Seen("physiotherapist", ON, "not_yet"),)


def test_only_what_was_told_here_is_taken_back_here(path: Path) -> None:
    with Store.open(path) as store:
        (row,) = store.add(Answer("fever", "no", ON))
    client = asking(path)
    sent = send(client, "/plan/undo", rows=str(row))

    assert sent.headers["location"] == "/plan"
    with Store.open(path) as store:
        assert row in {each.id for each in store.diary("answer")}


def test_a_session_part_by_part(path: Path) -> None:
    page = asking(path).get("/plan/session/walk_run").text

    assert 'data-rounds="12"' in page
    assert 'data-does="run" data-seconds="15"' in page
    assert 'data-does="walk" data-seconds="105"' in page
    assert 'href="/?did=walk_run_1"' in page
    assert "/static/session.js" in page


def test_a_run_that_is_not_due_is_only_to_read(tmp_path: Path) -> None:
    path = ready(tmp_path / "t.sqlite", CheckIn(YESTERDAY, ("walk_run_1",), 1, 1, 1))
    page = asking(path).get("/plan/session/walk_run").text

    assert "This is not due today" in page
    assert "session.js" not in page
    assert 'id="player"' not in page


def test_no_session_of_that_kind(path: Path) -> None:
    assert asking(path).get("/plan/session/walk").status_code == 404
    assert asking(path).get("/plan/session/flying").status_code == 404
    assert asking(path).get("/plan/out/else.txt").status_code == 404


def test_files_to_take_along(path: Path) -> None:
    client = asking(path)
    names = ZipFile(BytesIO(client.get("/plan/out/workouts.zip").content)).namelist()
    week, whole = client.get("/plan/out/week.html"), client.get("/plan/out/answer.html")

    assert names == ["backstride-walk-run.fit", "backstride-strength.fit"]
    assert client.get("/plan/out/workouts.zip").content == client.get("/plan/out/workouts.zip").content
    for page in (week, whole):
        policy = page.headers["content-security-policy"]
        assert "script" not in policy
        assert "default-src 'none'" in policy
    assert client.get("/plan/out/answer.json").json()["on"] == ON.isoformat()
    assert client.get("/plan").headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_a_pdf_where_its_part_is_not_installed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    page = asking(path).get("/plan/out/answer.pdf")

    assert page.status_code == 409
    assert "pip install typst" in page.text


def test_an_address_for_the_calendar(path: Path) -> None:
    client = asking(path)
    assert "/plan/feed/" not in client.get("/plan").text
    after(client, send(client, "/plan/calendar", feed="new", begins="07:30"))
    first = _feed(client)

    stranger = asking(path)
    given = stranger.get(first)
    assert given.status_code == 200
    assert "T073000" in given.text
    assert stranger.get("/plan/feed/wrong.ics").status_code == 404

    after(client, send(client, "/plan/calendar", feed="new", begins="07:30"))
    assert stranger.get(first).status_code == 404
    assert stranger.get(_feed(client)).status_code == 200
    last = _feed(client)
    after(client, send(client, "/plan/calendar", feed="off"))
    assert stranger.get(last).status_code == 404


def _feed(client: TestClient) -> str:
    found = re.search(r'value="http://127\.0\.0\.1(/plan/feed/[^"]+)"', client.get("/plan").text)
    assert found is not None
    return found[1]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are not kept there")
def test_what_is_kept_beside_the_store_is_its_owners_and_goes_with_it(path: Path) -> None:
    client = asking(path)
    client.get("/plan/out/calendar.ics")
    after(client, send(client, "/plan/calendar", feed="new"))
    beside = [Path(f"{path}-calendar.ics"), Path(f"{path}-calendar.json")]

    assert [stat.S_IMODE(each.stat().st_mode) for each in beside] == [0o600, 0o600]
    assert {each.name for each in path.parent.iterdir()} - {each.name for each in beside} <= {
        path.name + ending for ending in ("", "-wal", "-shm")
    }
    with Store.open(path) as store:
        store.forget_everything()
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("broken", ["", "{}x", '{"begins": 7}', '{"secret": null, "begins": "99:99"}', "[]"])
def test_broken_wishes_beside_the_store_are_as_if_not_there(path: Path, broken: str) -> None:
    Path(f"{path}-calendar.json").write_text(broken)
    Path(f"{path}-calendar.ics").write_text(broken)

    assert asking(path).get("/plan").status_code == 200
    assert "STATUS:CONFIRMED" in asking(path).get("/plan/out/calendar.ics").text


def test_how_was_it_begins_with_the_session_that_was_done(path: Path) -> None:
    client = asking(path)
    plain, chosen = client.get("/").text, client.get("/?did=walk_run_1").text
    box = r'name="did" value="walk_run_1"( checked)?'

    assert [found or "" for found in re.findall(box, plain)] == [""]
    assert re.findall(box, chosen) == [" checked"]
    assert " checked" not in "".join(re.findall(r'name="did" value="(?!walk_run)[^"]*"( checked)?', chosen))
    assert client.get("/?did=%22%3E<script>").status_code == 200
