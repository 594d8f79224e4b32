"""Progress as pages: the course, questionnaires that are filled in, and weeks of running."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.app.web.made_up import after, send
from tests.app.web.on_ladder import ON, asking, ready

from backstride.knowledge.loader import shipped
from backstride.model.findings import Interval, Week
from backstride.model.history import Answer, InstrumentResult, Symptom
from backstride.reports.weeks_svg import weeks_rows, weeks_svg
from backstride.reports.wording import Wording
from backstride.store.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return ready(tmp_path / "s.sqlite")


def scores(path: Path) -> tuple[InstrumentResult, ...]:
    with Store.open(path) as store:
        return store.history().scores


def test_empty_it_says_what_will_stand_here(tmp_path: Path) -> None:
    page = asking(tmp_path / "new.sqlite").get("/progress").text

    assert "Here you will see how the pain goes on" in page
    assert "No runs are on record" in page


def test_the_course_has_its_chart_and_a_table(path: Path) -> None:
    with Store.open(path) as store:
        store.add(*(Symptom(ON - timedelta(days=back), 4.0) for back in range(20)))
    page = asking(path).get("/progress").text

    assert 'class="course w720"' in page
    assert "Week from" in page


def test_a_sheet_with_a_part_left_out_is_kept_as_left_out(path: Path) -> None:
    client = asking(path)
    sent = send(client, "/progress/fill/nprs", **{"item-current": "3", "item-average": "4", "item-worst": ""})
    page = after(client, sent)

    assert scores(path) == (InstrumentResult("nprs", ON, {"current": 3, "average": 4}),)
    assert "Noted. Here is what it comes to." in page
    row = re.search(r'name="row" value="(\d+)"', page)
    assert row is not None
    send(client, "/progress/undo", row=row[1])
    assert scores(path) == ()


def test_what_changed_is_held_against_the_smallest_change_that_counts(path: Path) -> None:
    with Store.open(path) as store:
        store.add(InstrumentResult("nprs", ON - timedelta(days=14), {"average": 7.0}))
    client = asking(path)
    sent = send(client, "/progress/fill/nprs", **{"item-average": "2"})
    page = after(client, sent)

    assert "enough to count as a real change" in page
    assert '<span class="badge">better</span>' in page
    assert "Earlier scores" in page


def test_activities_in_ones_own_words_are_asked_again(path: Path) -> None:
    client = asking(path)
    told = {
        "name-0": "run 5 km",
        "value-0": "3",
        "name-1": "sit <b>",
        "value-1": "6",
        "name-3": "sleep",
        "value-3": "5",
    }
    send(client, "/progress/fill/psfs", **told)
    page = client.get("/progress/fill/psfs").text

    assert scores(path) == (InstrumentResult("psfs", ON, {"run 5 km": 3, "sit <b>": 6, "sleep": 5}),)
    assert 'value="run 5 km"' in page
    assert "sit &lt;b&gt;" in page


@pytest.mark.parametrize(
    ("id", "fields"),
    [
        ("nprs", {}),
        ("nprs", {"item-average": "11"}),
        ("nprs", {"item-else": "1"}),
        ("psfs", {"value-0": "3"}),
        ("odi", {"item-total": "many"}),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_form(path: Path, id: str, fields: dict[str, str]) -> None:
    sent = send(asking(path), f"/progress/fill/{id}", **fields)

    assert sent.status_code == 422
    assert 'class="fault" role="alert"' in sent.text
    assert scores(path) == ()
    for field, value in fields.items():
        if field == "item-total":
            assert f'value="{value}"' in sent.text


def test_every_questionnaire_has_a_form(path: Path) -> None:
    client = asking(path)
    for id in shipped().instruments:
        page = client.get(f"/progress/fill/{id}").text
        assert page.count("<legend>") + page.count('inputmode="decimal"') >= 1, id
    assert client.get("/progress/fill/else").status_code == 404


def test_while_somebody_must_look_today_only_that_is_said(path: Path) -> None:
    with Store.open(path) as store:
        store.add(Answer("saddle_numbness", "yes", ON), Symptom(ON, 4.0))
    page = asking(path).get("/progress").text.split("<main", 1)[1]

    assert "Something should be looked at first" in page
    assert "course" not in page


def week(nth: int, low: float, high: float, seen: int = 7) -> Week:
    return Week(date(2026, 1, 5) + timedelta(weeks=nth), Interval(low, high), 3, 9000.0, seen)


def test_weeks_as_bars_and_as_rows() -> None:
    words = Wording(shipped().sentences)
    weeks = (week(0, 20_000, 20_000), week(1, 0, 0), week(2, 30_000, 44_000, 5))
    svg = weeks_svg(weeks, words, "weeks", 720)
    rows = weeks_rows(weeks, words)

    assert svg.count('class="run"') == 2
    assert svg.count('class="hatch"') == 1
    assert [row[0] for row in rows] == ["19 January 2026", "12 January 2026", "5 January 2026"]
    assert rows[0][1] != rows[2][1]
    assert rows[0][4] == "5 of 7"
    assert weeks_svg((), words, "weeks", 720) == ""
    assert "nan" not in weeks_svg((week(0, 0, 0),), words, "weeks", 350)
