"""The record in the app: everything that is drawn leads to its run, and what is not known is said so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.app.made_up import gpx_run
from tests.app.web.made_up import alarm_first, asking, flag_raised, runs_in, send

from backstride.app.intake import import_paths
from backstride.app.run_list import Wanted, chosen, one_activity, run_list
from backstride.copies import each_once
from backstride.features.explain import MEASURES
from backstride.knowledge.loader import shipped
from backstride.store.store import Store

ALL = (
    "/record",
    "/record?show=26w",
    "/record/week",
    "/record/runs",
    "/record/shoes",
    "/record/load?cadence=7",
    "/record/explain",
    "/record/explain/distance_per_week_m",
)


@pytest.fixture
def empty(tmp_path: Path) -> tuple[Path, date]:
    return tmp_path / "empty.sqlite", date(2026, 3, 22)


@pytest.fixture
def two_weeks(tmp_path: Path) -> tuple[Path, date]:
    """Two runs, nine days apart, and three weeks without any record after them."""
    given = tmp_path / "given"
    given.mkdir()
    first = datetime(2026, 3, 2, 7, tzinfo=UTC)
    for nth in (0, 9):
        (given / f"{nth}.gpx").write_bytes(gpx_run(first + timedelta(days=nth)))
    with Store.open(tmp_path / "two.sqlite") as store:
        import_paths(store, [given], UTC, lambda _: None)
    return tmp_path / "two.sqlite", date(2026, 4, 4)


def drawn(page: str, look: str) -> Iterator[ElementTree.Element]:
    found = re.findall(rf'<svg class="{look} .*?</svg>', page, re.S)
    assert found
    return iter([ElementTree.fromstring(each) for each in found])


@pytest.mark.parametrize("path", ALL)
def test_a_raised_flag_stands_before_everything_else(demo: tuple[Path, date], path: str) -> None:
    with flag_raised(*demo):
        alarm_first(asking(*demo).get(path).text)


@pytest.mark.parametrize("path", [*ALL[:6], "/record/load"])
def test_an_empty_record_says_what_will_be_here_and_the_one_thing_to_do(
    empty: tuple[Path, date], path: str
) -> None:
    told = asking(*empty).get(path)

    assert told.status_code == 200
    assert "Here you will see" in told.text
    assert "<svg class=" not in told.text
    assert 'href="/start"' in told.text or 'action="/record/shoes"' in told.text


def test_every_day_with_a_run_leads_to_it(demo: tuple[Path, date]) -> None:
    client = asking(*demo)
    page = client.get("/record").text
    known = {f"/record/run/{row.id}" for row in _rows(demo)}

    for picture in (*drawn(page, "calendar"), *drawn(page, "lanes")):
        names = {each.get("href") for each in picture.iter("a")}
        assert names
        assert {name for name in names if "/week/" not in str(name)} <= known
        assert all(each.get("aria-label") for each in picture.iter("a"))
    for picture in drawn(page, "calendar"):
        classes = [str(each.get("class")).split() for each in picture.iter("rect")]
        squares = [each for each in classes if {"run", "other"} & set(each)]
        assert len(squares) == len(list(picture.iter("a")))


def _rows(demo: tuple[Path, date]) -> tuple:  # type: ignore[type-arg]
    with Store.open(demo[0]) as store:
        return run_list(store, demo[1], shipped()).rows


def test_a_year_and_its_rows_can_be_chosen(demo: tuple[Path, date]) -> None:
    client = asking(*demo)
    page = client.get("/record?show=2025&row=pain&row=weeks").text

    assert "The year 2025" in page
    assert "Your pain began" in client.get("/record").text
    assert "Your pain began" not in page, "it began in 2026"
    (wide, _) = drawn(page, "lanes")
    names = [each.text for each in wide.iter("text") if each.get("class") == "name"]
    assert names == ["Pain, 0 to 10", "Distance of the week"]
    assert client.get("/record?show=1999").status_code == 404
    assert client.get("/record?show=nonsense").status_code == 404


def test_the_months_hold_the_whole_distance(demo: tuple[Path, date]) -> None:
    page = asking(*demo).get("/record").text
    months = re.findall(r"title=\"\d{4}-\d\d: ([\d.,]+) km", page)
    whole = sum(row.distance_m or 0 for row in _rows(demo) if row.sport == "run")

    assert sum(float(month.replace(",", "")) for month in months) == pytest.approx(whole / 1000, rel=0.01)


def test_days_that_nobody_recorded_are_hatched_and_never_rest(two_weeks: tuple[Path, date]) -> None:
    client = asking(*two_weeks)
    week = client.get("/record/week/2026-03-30").text

    assert "not recorded" in week
    assert "Only 0 of 6 days are recorded." in week
    assert ">rest<" not in week
    for picture in drawn(client.get("/record").text, "calendar"):
        assert sum("unrecorded" in str(each.get("class")) for each in picture.iter("rect")) > 300


def test_runs_are_found_by_day_words_and_distance(demo: tuple[Path, date]) -> None:
    client, rows = asking(*demo), _rows(demo)
    day = rows[3].on

    assert runs_in(client)[0] == f"/record/run/{rows[0].id}"
    assert runs_in(client, f"/record/runs?first={day}&last={day}") == [f"/record/run/{rows[3].id}"]
    far = [row for row in rows if row.sport == "run" and (row.distance_m or 0) >= 20_000]
    assert runs_in(client, "/record/runs?least=20") == [f"/record/run/{row.id}" for row in far]
    assert "None fits" in client.get("/record/runs?text=nosuchword").text


def test_every_page_of_the_list_together_holds_every_run_once(demo: tuple[Path, date]) -> None:
    client, seen, address = asking(*demo), list[str](), "/record/runs"
    while address:
        page = client.get(address).text
        seen += re.findall(r'<li><a href="(/record/run/[^"]+)"', page)
        following = re.search(r'href="([^"]+)" rel="next"', page)
        address = following[1].replace("&amp;", "&") if following else ""

    assert len(seen) == len(set(seen)) == sum(row.sport == "run" for row in _rows(demo))


@pytest.mark.parametrize("asked", ["first=soon", "last=2026-13-45", "least=far"])
def test_what_cannot_be_read_is_told_beside_its_field_and_kept(demo: tuple[Path, date], asked: str) -> None:
    told = asking(*demo).get(f"/record/runs?{asked}")

    name, value = asked.split("=")
    assert told.status_code == 422
    assert f'id="e-{name}"' in told.text
    assert f'value="{value}"' in told.text


def test_filters_never_take_what_is_not_known_for_a_match(demo: tuple[Path, date]) -> None:
    with Store.open(demo[0]) as store:
        listed = run_list(store, demo[1], shipped())
    dark = replace(listed.rows[0], distance_m=None, shoe=None, ground=None)
    some = replace(listed, rows=(dark,))

    assert chosen(some, Wanted()) == (dark,)
    assert chosen(some, Wanted(least_m=0.0)) == ()
    assert chosen(some, Wanted(shoe=next(iter(listed.shoes)))) == ()
    assert chosen(some, Wanted(shoe="?", ground="?")) == (dark,)


def test_one_activity_is_what_the_whole_history_says_it_is(demo: tuple[Path, date]) -> None:
    with Store.open(demo[0]) as store:
        once = {each.id: each for each in each_once(store.history()).activities}
        listed = run_list(store, demo[1], shipped())
        for row in listed.rows[::20]:
            one = one_activity(store, row, listed.pairs)
            assert one is not None
            known = once[row.id]
            assert (one.id, one.copies, one.distance_m) == (known.id, known.copies, known.distance_m)
            assert tuple(one.stream) == tuple(known.stream)


def test_a_run_shows_its_channels_its_stride_and_who_told_what(demo: tuple[Path, date]) -> None:
    client = asking(*demo)
    page = client.get(runs_in(client)[0]).text

    for words in ("Second by second", "Your stride, less your own usual", "Who told what", "Each kilometre"):
        assert words in page
    (wide, narrow) = drawn(page, "traces")
    for picture in (wide, narrow):
        names = [each.text for each in picture.iter("text") if each.get("class") == "name"]
        assert names[:3] == ["Pace", "Heart rate", "Cadence"]
        assert names[-1] == "Grade"


def test_the_channels_hold_a_null_for_every_gap(demo: tuple[Path, date]) -> None:
    client = asking(*demo)
    told = json.loads(client.get(f"{runs_in(client)[0]}/channels.json").text)

    size = len(told["at"])
    assert 100 < size <= 680
    for trace in told["traces"]:
        assert len(trace["mean"]) == len(trace["said"]) == size
        assert [value is None for value in trace["mean"]] == [words is None for words in trace["said"]]
    by_name = {trace["name"]: trace for trace in told["traces"]}
    assert None in by_name["contact"]["mean"], "walking breaks of the made-up run have no contact time"
    assert "NaN" not in client.get(f"{runs_in(client)[0]}/channels.json").text


def test_the_long_run_before_the_pain_says_what_it_has_to_do_with_it(demo: tuple[Path, date]) -> None:
    client = asking(*demo)
    (long,) = runs_in(client, "/record/runs?least=20&first=2026-02-01")

    assert "This run is part of what changed before your pain began" in client.get(long).text
    assert "no part of what changed" in client.get(runs_in(client)[0]).text


def test_a_run_without_seconds_says_so(two_weeks: tuple[Path, date]) -> None:
    client = asking(*two_weeks)
    page = client.get(runs_in(client)[0]).text

    assert "cannot be held against your usual" in page
    assert "nothing is told of what changed" in page
    assert "not known" in page


@pytest.mark.parametrize("id", ["nosuchrun-0", "0000", "..%2f..%2fetc"])
def test_a_run_that_is_not_there_is_said_so(demo: tuple[Path, date], id: str) -> None:
    client = asking(*demo)

    assert client.get(f"/record/run/{id}").status_code == 404
    assert client.get(f"/record/run/{id}/channels.json").status_code == 404


def test_a_run_is_taken_out_and_brought_back(two_weeks: tuple[Path, date]) -> None:
    client = asking(*two_weeks)
    run = runs_in(client)[0]
    told = send(client, f"{run}/remove")

    assert told.headers["location"] == "/record/runs?out=1"
    assert run not in runs_in(client, "/record/runs?out=1")
    assert client.get(run).status_code == 404
    send(client, "/record/runs/undo")
    assert run in runs_in(client)


def test_nothing_is_changed_without_the_token(two_weeks: tuple[Path, date]) -> None:
    client = asking(*two_weeks)
    run = runs_in(client)[0]

    for path in (f"{run}/remove", "/record/runs/undo", "/record/shoes", "/record/shoes/undo"):
        assert client.post(path, data={"id": "x"}).status_code == 403
    assert client.get(run).status_code == 200


def test_a_pair_is_told_shown_and_taken_back(two_weeks: tuple[Path, date]) -> None:
    client = asking(*two_weeks)
    told = send(client, "/record/shoes", id="blue", model="Maker Blue", since="2026-03-01", drop="8,5")

    assert told.status_code == 303
    with Store.open(two_weeks[0]) as store:
        (pair,) = store.history().shoes
    assert (pair.id, pair.drop_mm, pair.stack_mm) == ("blue", 8.5, None)
    assert "Maker Blue" in client.get("/record/shoes?noted=1").text
    send(client, "/record/shoes/undo")
    with Store.open(two_weeks[0]) as store:
        assert store.history().shoes == ()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "a", "drop": "nan"}, "drop"),
        ({"id": "a", "stack": "1000"}, "stack"),
        ({"id": "a", "before": "far"}, "before"),
        ({"id": "a", "since": "yesterday"}, "since"),
        ({"id": "a", "since": "2026-03-02", "until": "2026-03-01"}, "until"),
    ],
)
def test_a_pair_that_cannot_be_taken_comes_back_as_typed(
    two_weeks: tuple[Path, date], told: dict[str, str], field: str
) -> None:
    answer = send(asking(*two_weeks), "/record/shoes", model="Maker Blue", **told)

    assert answer.status_code == 422
    text = answer.text
    assert f'id="e-{field}"' in text
    assert 'value="Maker Blue"' in text
    with Store.open(two_weeks[0]) as store:
        assert store.history().shoes == ()


def test_a_what_if_is_answered_as_on_the_terminal(demo: tuple[Path, date]) -> None:
    page = asking(*demo).get("/record/load?cadence=7&lean=-5").text

    assert "What if: 7 % more steps a minute and 5 degrees less forward lean?" in page
    assert "What stays unknown" in page
    assert 'value="-5"' in page


@pytest.mark.parametrize("asked", ["cadence=x", "cadence=inf", "pace=900"])
def test_a_what_if_out_of_range_says_what_would_be_right(demo: tuple[Path, date], asked: str) -> None:
    told = asking(*demo).get(f"/record/load?{asked}")

    assert told.status_code == 422
    assert "What if:" not in told.text
    assert 'class="fault"' in told.text
    assert "--pace" not in told.text


@pytest.mark.parametrize("measure", MEASURES)
def test_every_number_can_be_taken_apart(demo: tuple[Path, date], measure: str) -> None:
    client = asking(*demo)
    told = client.get(f"/record/explain/{measure}?days=14")

    assert told.status_code == 200
    assert "/record/run/" in told.text
    assert f'href="/record/explain/{measure}"' in client.get("/record/explain").text


def test_a_number_that_is_not_there_is_said_so(demo: tuple[Path, date]) -> None:
    assert asking(*demo).get("/record/explain/nosuchmeasure").status_code == 404
    assert asking(*demo).get("/record/explain/distance_m?on=someday").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-08", "9999-12-31", "2026-02-30"])
def test_a_day_that_nothing_can_be_on_record_of_is_not_there(demo: tuple[Path, date], day: str) -> None:
    assert asking(*demo).get(f"/record/week/{day}").status_code == 404
    told = asking(*demo).get(f"/record/explain/longest_run_m?on={day}")
    assert told.status_code == (200 if day > "3000" else 404), "a day to come is asked as of today"
