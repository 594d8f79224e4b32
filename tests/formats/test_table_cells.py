"""Cells of tables: numbers, durations, balances and dates, as people's programs write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.formats.sports import sport_named
from backstride.formats.tables.clock import left_share, seconds
from backstride.formats.tables.dates import dates_of
from backstride.formats.tables.months import month_named
from backstride.formats.tables.numbers import decimal_sign, number
from backstride.formats.tables.sport_names import kind_named, names
from backstride.model.activity import SPORTS, SURFACES


@pytest.mark.parametrize(
    ("cell", "decimal", "value"),
    [
        ("10.24", ".", 10.24), ("2,94", ".", 2.94), ("1,406", ".", 1406), ("1,406", ",", 1.406),
        ("1.661", ",", 1661), ("1.661", ".", 1.661), ("1.234,5", ".", 1234.5), ("1,234.5", ",", 1234.5),
        ("1,234,567", ",", 1_234_567), ("1.234.567", ".", 1_234_567), ("0,345", ".", 0.345), ("0", ".", 0),
        ("-12", ".", -12), ("'-12", ".", -12), ('="12"', ".", 12), ("1\u202f406", ".", 1406),
        ("1'406", ".", 1406), ("3322.949951171875", ",", 3322.949951171875), ("5.2 km", ".", 5.2),
        ("\u22123", ".", -3), ("1.5E+03", ".", 1500), ("298", ",", 298),
        ("--", ".", None), ("", ".", None), ("NaN", ".", None), ("inf", ".", None), ("10:24", ".", None),
        ("7:19", ".", None), ("1e400", ".", None), ("9" * 40, ".", None), ("abc", ".", None),
        ("\ud800", ".", None),
    ],
)  # fmt: skip
def test_a_number_is_read_in_the_way_its_table_writes_them(
    cell: str, decimal: str, value: float | None
) -> None:
    assert number(cell, decimal) == value


@pytest.mark.parametrize(
    ("cells", "sign"),
    [
        (["1,406", "10.24", "--"], "."), (["2,94", "12,75", "1.661"], ","), (["1,406", "2,100"], None),
        (["12", "13"], None), (["1.234,5"], ","), (["1,234,567"], "."), ([], None),
    ],
)  # fmt: skip
def test_the_decimal_sign_is_told_by_the_cells_that_leave_no_choice(
    cells: list[str], sign: str | None
) -> None:
    assert decimal_sign(cells) == sign


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("00:28:47", 1727), ("04:49.8", 289.8), ("46:46", 2806), ("1:04:33", 3873), ("00:00:39.3", 39.3),
        ("12:28:47 AM", 1727), ("1:04:33 PM", 13 * 3600 + 273), ("1428", 1428), ("1428.0", 1428),
        ("1h 04m 33s", 3873), ("28m 47s", 1727), ("04:49,8", 289.8), ("7:19", 439),
        ("00:00:00", None), ("--:--:--", None), ("--", None), ("", None), ("1:99:00", None),
        ("1:2:3:4", None),
        ("-5:00", None), ("99999999999", None), ("nan", None), ("h", None),
    ],
)  # fmt: skip
def test_a_duration_is_read_in_seconds_and_zero_is_none(cell: str, value: float | None) -> None:
    assert seconds(cell) == value


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("50.6% L / 49.4% R", 0.506), ("50.6% vänster/49.4% höger", 0.506), ("49,4 % G / 50,6 % D", 0.494),
        ("48.3% R / 51.7% L", 0.517), ("左50.6%/右49.4%", 0.506), ("右49.4%/左50.6%", 0.506), ("51.2", 0.512),
        ("--", None), ("", None), ("0% L / 0% R", None), ("50.6% L / 10% R", None), ("1/2/3", None),
    ],
)  # fmt: skip
def test_a_balance_is_the_left_foots_share(cell: str, share: float | None) -> None:
    assert left_share(cell) == share


AFTERNOON = datetime(2022, 5, 29, 15, 53, 35)  # noqa: DTZ001  # as the cell has it: no zone


@pytest.mark.parametrize(
    "cell",
    [
        "2022-05-29 15:53:35", "2022-05-29T15:53:35", "2022/05/29 15:53:35", "May 29, 2022, 3:53:35 PM",
        "29 May 2022, 15:53:35", "29.05.2022, 15:53:35", "29/05/2022 15:53:35", "29-05-2022 15:53:35",
        "29. Mai 2022 um 15:53:35", "29 mai 2022 à 15:53:35", "29 may 2022, 15:53:35",
        "29 may. 2022 15:53:35",
        "29 mag 2022, 15:53:35", "29 de mai. de 2022, 15:53:35", "29 de mayo de 2022, 3:53:35 p. m.",
        "29 mei 2022 15:53:35", "29 maj 2022 15:53:35", "29. maj 2022 15.53.35", "29. mai 2022, 15:53:35",
        "29 maj 2022, 15:53:35", "2022年5月29日 15:53:35", "2022年5月29日 下午3:53:35",
        "2022/05/29 午後3:53:35",
        "29 мая 2022 г., 15:53:35", "2022. 5. 29. 오후 3:53:35",
        "May 29, 2022, 3:53:35\u202fPM", "dim., 29 mai 2022 15:53:35", "5/29/2022 3:53:35 PM",
        "5/29/22 15:53:35",
    ],
)  # fmt: skip
def test_one_moment_is_read_alike_in_every_language(cell: str) -> None:
    assert dates_of([cell]).moments == (AFTERNOON,)


def test_a_weekday_that_looks_like_a_month_is_none() -> None:
    """French mar. is Tuesday, and March is mars."""
    assert dates_of(["mar., 15 juil. 2014 6:10"]).moments[0] == datetime(2014, 7, 15, 6, 10)  # noqa: DTZ001


def test_a_zone_in_the_cell_is_kept() -> None:
    utc, offset = dates_of(["2022-05-29T15:53:35Z", "2022-05-29T17:53:35+02:00"]).moments
    assert utc == datetime(2022, 5, 29, 15, 53, 35, tzinfo=UTC)
    assert offset == datetime(2022, 5, 29, 17, 53, 35, tzinfo=timezone(timedelta(hours=2)))


def test_one_date_past_the_twelfth_decides_for_the_whole_column() -> None:
    day_first = dates_of(["07/05/2020 18:06", "27/05/2017 15:04"]).moments
    month_first = dates_of(["07/05/2020 18:06", "05/27/2017 15:04"]).moments
    assert [each.month for each in day_first if each] == [5, 5]
    assert [each.month for each in month_first if each] == [7, 5]


def test_the_order_in_which_the_dates_rise_decides_where_no_day_does() -> None:
    rising = dates_of(["01/02/2020 8:00", "05/02/2020 8:00", "02/03/2020 8:00", "03/04/2020 8:00"])
    assert [each.month for each in rising.moments if each] == [2, 2, 3, 4]


def test_dates_that_nothing_decides_are_left_open_and_the_plain_ones_are_read() -> None:
    found = dates_of(["07/05/2020 18:06", "05/05/2020 18:06", "03/04/2020 18:06"])
    assert found.undecided == {0, 2}
    assert found.moments[0] is None
    assert found.moments[1] == datetime(2020, 5, 5, 18, 6)  # noqa: DTZ001


@pytest.mark.parametrize(
    "cell",
    ["", "--", "x", "2022-13-45 10:00:00", "1822-01-01", "99999", "2022-05-29 25:61:00", "May", "\ud800"],
)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert dates_of([cell]).moments == (None,)


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_cell_is_read_or_left_out_but_never_raises(cells: list[str]) -> None:
    assert len(dates_of(cells).moments) == len(cells)
    for cell in cells:
        number(cell, ".")
        number(cell, ",")
        share, duration = left_share(cell), seconds(cell)
        assert share is None or 0 <= share <= 1
        assert duration is None or duration > 0


def test_a_long_cell_costs_no_time() -> None:
    """Patterns that look for units between blanks would look for hours."""
    for cell in ("1h" + " " * 90_000 + "x", "1" * 90_000, "1:" * 40_000, "." * 90_000):
        assert seconds(cell) is None
        assert number(cell, ".") is None
        assert left_share(cell) is None
        assert dates_of([cell]).moments == (None,)


def test_months_are_known_in_every_language_that_names_them() -> None:
    march = ("March", "März", "mars", "marzo", "março", "maart", "marts", "marca", "mrt.", "mar")
    assert {month_named(word) for word in march} == {3}
    assert month_named("run") is None


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Run", ("run", None)), ("Running", ("run", None)), ("Löpning", ("run", None)),
        ("Lauf", ("run", None)),
        ("Course à pied", ("run", None)), ("Carrera", ("run", None)), ("Corsa", ("run", None)),
        ("Corrida em esteira", ("run", "treadmill")), ("Löpband", ("run", "treadmill")),
        ("ラン", ("run", None)),
        ("Treadmill Running", ("run", "treadmill")), ("Trail Run", ("run", "trail")), ("跑步", ("run", None)),
        ("Street Running", ("run", "road")), ("Bieganie", ("run", None)), ("Spaziergang", ("walk", None)),
        ("Løping", ("run", None)), ("Løb", ("run", None)), ("Hardlopen", ("run", None)),
        ("Gång", ("walk", None)), ("Inomhuscykling", ("ride", None)), ("Vélo", ("ride", None)),
        ("Simbassäng", ("swim", None)), ("Styrketräning", ("strength", None)), ("Padel", ("other", None)),
        ("Quidditch", None), ("", None),
    ],
)  # fmt: skip
def test_a_kind_of_activity_is_known_in_the_services_languages(word: str, kind: object) -> None:
    assert kind_named(word) == kind


def test_the_table_of_kinds_holds_the_models_own_words_and_contradicts_no_other_table() -> None:
    for name, (sport, surface) in names().items():
        assert sport in SPORTS
        assert surface in (None, *SURFACES)
        assert sport_named(name) in (None, sport), name
