"""Garmin Connect's list of activities, in its languages and units."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.app.demo.exports import garmin_list as made
from backstride.formats.readers import read
from backstride.formats.tables import garmin
from backstride.formats.tables.garmin_columns import COLUMNS, names_are_known, places
from backstride.formats.tables.sheet import folded
from backstride.model.errors import BadFile

ZONE = ZoneInfo("Europe/Stockholm")

GERMAN = {
    "Activity Type": "Aktivitätstyp", "Date": "Datum", "Favorite": "Favorit", "Title": "Titel",
    "Distance": "Distanz", "Calories": "Kalorien", "Time": "Zeit", "Avg HR": "Ø Herzfrequenz",
    "Avg Run Cadence": "Ø Schrittfrequenz (Laufen)", "Avg Pace": "Ø Pace", "Total Ascent": "Anstieg gesamt",
    "Total Descent": "Abstieg gesamt", "Avg Stride Length": "Ø Schrittlänge",
    "Avg Vertical Ratio": "Durchschnittliches vertikales Verhältnis",
    "Avg Vertical Oscillation": "Ø vertikale Bewegung", "Avg Ground Contact Time": "Ø Bodenkontaktzeit",
    "Avg GCT Balance": "Durchschnittliche Balance der Bodenkontaktzeit", "Avg Power": "Ø Leistung",
    "Elapsed Time": "Verstrichene Zeit",
}  # fmt: skip
JAPANESE = {
    "Activity Type": "アクティビティタイプ", "Date": "日付", "Favorite": "お気に入り", "Title": "タイトル",
    "Distance": "距離", "Time": "タイム", "Avg HR": "平均心拍数", "Avg Run Cadence": "平均ピッチ",
    "Total Ascent": "総上昇量", "Total Descent": "総下降量", "Avg Stride Length": "平均歩幅",
    "Avg Vertical Ratio": "平均上下動比", "Avg Vertical Oscillation": "平均上下動",
    "Avg Ground Contact Time": "平均接地時間", "Avg GCT Balance": "平均GCTバランス",
    "Avg Power": "平均パワー", "Elapsed Time": "経過時間",
}  # fmt: skip


HEADERS = {
    "de": "Aktivitätstyp,Datum,Favorit,Titel,Distanz,Kalorien,Zeit,Ø HF,Max. HF,Aerober TE,"
    "Ø Schrittfrequenz "
    "(Laufen),Max. Schrittfrequenz (Laufen),Ø Geschwindigkeit,Maximale Geschwindigkeit,Positiver "
    "Höhenunterschied,Negativer Höhenunterschied,Ø Schrittlänge,Durchschnittliches vertikales Verhältnis,Ø "
    "vertikale Bewegung,Ø Bodenkontaktzeit,Durchschnittliche Balance der Bodenkontaktzeit,Max. Temp.",
    "fr": "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,"
    "Fréquence cardiaque moyenne,Cadence de "
    "course moyenne,Allure moyenne,Ascension totale,Descente totale,Longueur moyenne des foulées,Rapport "
    "vertical moyen,Oscillation verticale moyenne,Temps de contact moyen avec le sol,"
    "Puissance moyenne,Temps "
    "écoulé",
    "it": "Tipo di attività,Data,Preferita,Titolo,Distanza,Calorie,Tempo,FC Media,FC max,Cadenza di corsa "
    "media,Passo medio,Ascesa totale,Discesa totale,Lunghezza media passo,Rapporto verticale medio,"
    "Oscillazione verticale media,Tempo medio di contatto con il suolo,Potenza media,Temperatura max,Tempo "
    "trascorso",
    "nb": "Aktivitetstype,Dato,Favoritt,Tittel,Distanse,Totale kalorier,Tid,Gjennomsnittlig puls,"
    "Gjennomsnittlig frekvens for løping,Gjennomsnittlig tempo,Total stigning,Totalt fall,Gjennomsnittlig "
    "skrittlengde,Gjennomsnittlig vertikalt forholdstall,Gjennomsnittlig vertikal oscillasjon,"
    "Gjennomsnittlig "
    "tid med bakkekontakt,Gjennomsnittlig balanse for tid med bakkekontakt,"
    "Gjennomsnittlig kraft,Makstemperatur,"
    "Distanse,Totalt fall,Medgått tid",
    "nl": "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd,Gem. HS,"
    "Gemiddelde fietscadans,Gemiddelde "
    "snelheid,Totale stijging,Totale daling,Gem. staplengte,Gemiddelde verticale ratio,Gem. verticale "
    "oscillatie,Gem. grondcontacttijd,Gem. vermogen,Max. temp.,Verstreken tijd",
    "pt": "Tipo de atividade,Data,Favorito,Título,Distância,Calorias,Tempo,FC Média,"
    "Cadência de corrida média,"
    "Ritmo médio,Subida total,Descida total,Comprimento médio da passada,Tempo médio de contato com o solo,"
    "Potência média,Tempo transcorrido",
    "es": "Tipo de actividad,Fecha,Favorito,Título,Distancia,Calorías,Tiempo,"
    "Frecuencia cardiaca media,Ritmo "
    "medio,Ascenso total,Cadencia de carrera media,Longitud media de zancada,Oscilación vertical media,"
    "Equilibrio medio de tiempo de contacto con el suelo",
}
"""Columns as exports, or programs that read them, have them; those that are not read are left out in part."""


@pytest.mark.parametrize("language", HEADERS)
def test_the_columns_of_a_language_are_all_known_but_those_that_are_not_read(language: str) -> None:
    header = HEADERS[language].split(",")
    unknown = [
        name for name in dict.fromkeys(header) if folded(name) not in frozenset().union(*COLUMNS.values())
    ]
    calories = [name for name in unknown if "alor" in name]
    highest = [name for name in unknown if "max" in name.lower() or name == "Aerober TE"]
    assert names_are_known(header)
    assert unknown == [name for name in unknown if name in (*calories, *highest)]
    assert len(places(header)) == len(dict.fromkeys(header)) - len(unknown)


def header(names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(name, name) for name in made.ENGLISH)


def test_a_row_is_the_activity_with_its_means_by_channel() -> None:
    contents = garmin.read(made.activities(), "Activities.csv", ZONE)
    run, gym = contents.activities
    assert run.start == datetime(2024, 5, 11, 7, 10, 30, tzinfo=ZONE)
    assert (run.sport, run.title, run.service_id) == ("run", "Made-up run", None)
    assert (run.distance_m, run.moving_s, run.elapsed_s) == (10_020, 3006, 3060)
    assert (run.climb_m, run.descent_m) == (58, 51)
    assert run.averages == {
        "heart_rate_bpm": 151, "power_w": 301, "cadence_spm": 172, "step_length_mm": 1160,
        "vertical_oscillation_mm": 86, "vertical_ratio_share": 0.074, "contact_ms": 251,
        "balance_left_share": 0.506,
    }  # fmt: skip
    assert (gym.sport, gym.distance_m, gym.averages) == ("strength", None, {"heart_rate_bpm": 104})
    assert contents.warnings == ()


@pytest.mark.parametrize("names", [GERMAN, JAPANESE], ids=["german", "japanese"])
def test_a_list_in_another_language_gives_the_same(names: dict[str, str]) -> None:
    english = garmin.read(made.activities(), "Activities.csv", ZONE).activities
    other = garmin.read(made.activities(header=header(names)), "Activities.csv", ZONE).activities
    for one, two in zip(english, other, strict=True):
        assert (one.start, one.distance_m, one.elapsed_s, one.climb_m) == (
            two.start,
            two.distance_m,
            two.elapsed_s,
            two.climb_m,
        )
        assert one.averages == two.averages


def test_a_language_that_is_not_known_gives_what_stands_in_the_same_place_everywhere() -> None:
    names = {name: name[::-1] for name in made.ENGLISH if not name.startswith("Training Stress")}
    contents = garmin.read(made.activities(header=header(names)), "Activities.csv", ZONE)
    run = contents.activities[0]
    assert (run.sport, run.distance_m, run.moving_s, run.averages) == ("run", 10_020, 3006, {})
    assert garmin.UNKNOWN_LANGUAGE in contents.warnings


@pytest.mark.parametrize(("sign", "encoding"), [(";", "utf-8"), ("\t", "utf-16"), (";", "cp1252")])
def test_a_list_that_went_through_a_spreadsheet_is_read(sign: str, encoding: str) -> None:
    told = {**made.RUN, "Distance": "10,02", "Avg Stride Length": "1,16", "Calories": "1.406"}
    data = made.activities(told, header=header(GERMAN), sign=sign, encoding=encoding)
    (run,) = garmin.read(data, "Activities.csv", ZONE).activities
    assert (run.distance_m, run.averages["step_length_mm"]) == (10_020, 1160)


def test_minutes_that_a_spreadsheet_took_for_hours_are_repaired_by_the_pace() -> None:
    (run,) = garmin.read(made.activities({**made.RUN, "Time": "50:06:00"}), "a.csv", ZONE).activities
    assert run.moving_s == 3006
    assert run.repairs == (garmin.REPAIR_MINUTES,)


def test_miles_are_told_by_the_steps_and_their_length() -> None:
    told = {**made.RUN, "Distance": "6.23", "Avg Pace": "8:03", "Total Ascent": "190"}
    contents = garmin.read(made.activities(told), "Activities.csv", ZONE)
    (run,) = contents.activities
    assert run.distance_m == pytest.approx(10_026, abs=1)
    assert run.climb_m == pytest.approx(57.9, abs=0.1)
    assert contents.warnings == ()


def test_miles_are_told_by_a_heat_that_only_fahrenheit_can_be() -> None:
    told = {**made.RUN, "Distance": "6.23", "Avg Stride Length": "--", "Max Temp": "80.6"}
    (run,) = garmin.read(made.activities(told), "Activities.csv", ZONE).activities
    assert run.distance_m == pytest.approx(10_026, abs=1)


def test_kilometres_are_taken_where_nothing_tells_and_it_is_said() -> None:
    told = {**made.RUN, "Avg Stride Length": "--"}
    contents = garmin.read(made.activities(told), "Activities.csv", ZONE)
    assert contents.activities[0].distance_m == 10_020
    assert contents.warnings == (garmin.KILOMETRES,)


def test_inches_are_told_by_the_vertical_ratio() -> None:
    (run,) = garmin.read(
        made.activities({**made.RUN, "Avg Vertical Oscillation": "3.4"}), "Activities.csv", ZONE
    ).activities
    assert run.averages["vertical_oscillation_mm"] == pytest.approx(86.36)


def test_a_pool_counts_metres_beside_runs_that_count_kilometres() -> None:
    pool = {
        **made.GYM,
        "Activity Type": "Pool Swimming",
        "Distance": "2,025",
        "Avg Pace": "2:10",
        "Time": "43:52",
    }
    lake = {**made.GYM, "Activity Type": "Open Water Swimming", "Distance": "2.03", "Time": "43:52"}
    swims = garmin.read(made.activities(pool, lake, made.RUN), "Activities.csv", ZONE).activities
    assert [each.distance_m for each in swims if each.sport == "swim"] == [2025, 2030]


def test_zero_and_dashes_are_not_recorded() -> None:
    empty = ("Avg HR", "Avg Run Cadence", "Avg Stride Length", "Avg Vertical Ratio", "Avg Power")
    for placeholder in ("0", "0.0", "--", ""):
        told = {**made.RUN, **dict.fromkeys(empty, placeholder), "Avg Vertical Oscillation": placeholder}
        told |= {"Avg Ground Contact Time": placeholder, "Avg GCT Balance": placeholder}
        (run,) = garmin.read(made.activities(told), "Activities.csv", ZONE).activities
        assert run.averages == {}


def test_a_ride_counts_both_pedals_and_has_no_steps() -> None:
    told = {**made.RUN, "Activity Type": "Cycling", "Avg Run Cadence": "84", "Avg Stride Length": "7.70"}
    ride = garmin.read(made.activities(told, made.RUN), "Activities.csv", ZONE).activities[0]
    assert ride.sport == "ride"
    assert ride.averages == {"heart_rate_bpm": 151, "power_w": 301, "cadence_spm": 168}


def test_dates_that_nothing_decides_are_skipped_and_said() -> None:
    rows = [{**made.RUN, "Date": date} for date in ("07/05/2020 18:06", "06/05/2020 07:48")]
    contents = garmin.read(made.activities(*rows), "Activities.csv", ZONE)
    assert not contents.activities
    assert [each.row for each in contents.skipped] == [1, 2]
    assert "day or month comes first" in contents.warnings[0]


def test_a_list_cut_in_the_middle_keeps_what_came_before() -> None:
    data = made.activities(made.RUN, made.GYM)
    contents = garmin.read(data[:-40], "Activities.csv", ZONE)
    assert (len(contents.activities), len(contents.skipped)) == (1, 1)
    assert contents.skipped[0].why == "the file ends in the middle of it"


def test_an_hour_that_never_was_is_moved_as_clocks_do() -> None:
    told = {**made.RUN, "Date": "2024-03-31 02:30:00"}
    (run,) = garmin.read(made.activities(told), "Activities.csv", ZONE).activities
    assert run.start.hour == 3


RACE = {**made.GYM, "Activity Type": "Multisport", "Date": "2024-06-02 08:00:00", "Title": "Made-up race"}
RACE |= {"Distance": "25.75", "Time": "01:20:00", "Elapsed Time": "01:25:00"}
LEGS = (
    {**made.RUN, "Date": "2024-06-02 09:00:10", "Distance": "5.00", "Time": "00:24:00", "Elapsed Time": "--"},
    {**made.GYM, "Activity Type": "Cycling", "Date": "2024-06-02 08:18:05", "Distance": "20.00",
     "Time": "00:40:00"},
    {**made.GYM, "Activity Type": "Open Water Swimming", "Date": "2024-06-02 08:00:00", "Distance": "0.75",
     "Time": "00:16:00"},
)  # fmt: skip
WHOLES = (
    *("Multisport", "Triathlon", "Duathlon", "Triatlon", "Triatlón", "Triatlo", "Duatlon", "Duatlón"),
    *("Multideporte", "Multiesporte", "マルチスポーツ", "トライアスロン", "多项运动", "铁人三项"),
)


@pytest.mark.parametrize("word", WHOLES)
def test_the_whole_of_several_sports_is_set_aside_where_its_legs_are_rows_too(word: str) -> None:
    data = made.activities(made.RUN, *LEGS, {**RACE, "Activity Type": word})
    contents = garmin.read(data, "Activities.csv", ZONE)
    assert [each.sport for each in contents.activities] == ["run", "swim", "ride", "run"]
    assert [(each.row, str(each.why)) for each in contents.skipped] == [
        (5, "the whole of several sports; its legs stand in rows of their own")
    ]
    assert contents.warnings == ()
    assert sum(each.moving_s or 0 for each in contents.activities) == 3006 + 80 * 60


@pytest.mark.parametrize(
    "rows",
    [
        (RACE,),
        (RACE, made.RUN, made.GYM),
        (RACE, LEGS[0]),
        (RACE, *({**leg, "Date": f"2024-06-03{leg['Date'][10:]}"} for leg in LEGS)),
    ],
    ids=["alone", "among other days", "one short leg of three", "the same the day after"],
)
def test_the_whole_stays_where_its_legs_are_not_there(rows: tuple[dict[str, str], ...]) -> None:
    contents = garmin.read(made.activities(*rows), "Activities.csv", ZONE)
    assert len(contents.activities) == len(rows)
    assert [each.title for each in contents.activities if each.sport == "other"] == ["Made-up race"]
    assert contents.skipped == ()


def test_a_whole_without_its_elapsed_time_is_judged_by_the_time_it_has() -> None:
    race = {**RACE, "Elapsed Time": "--"}
    contents = garmin.read(made.activities(*LEGS, race), "Activities.csv", ZONE)
    assert len(contents.activities) == len(LEGS)


def test_every_row_is_an_activity_or_is_skipped_in_order_of_the_rows() -> None:
    undated = {**made.RUN, "Date": "--"}
    contents = garmin.read(made.activities(RACE, *LEGS, undated, made.RUN), "Activities.csv", ZONE)
    assert [each.row for each in contents.skipped] == [1, 5]
    assert len(contents.activities) + len(contents.skipped) == 6


def test_many_wholes_among_many_others_take_no_time() -> None:
    began = time.monotonic()
    assert len(garmin.read(made.activities(*[RACE, LEGS[1]] * 5_000), "a.csv", ZONE).skipped) == 5_000
    assert time.monotonic() - began < 20


def test_a_log_of_the_runners_own_is_not_taken_for_garmins() -> None:
    data = b"Date,Activity Type,Distance,Time\n2024-05-11,Run,10,50:00\n2024-05-12,Run,5,25:00\n"
    with pytest.raises(BadFile, match="not as a service exports it"):
        read(data, "log.csv", ZONE)


def test_no_name_of_a_column_tells_two_things_that_can_be_confused() -> None:
    fields = list(COLUMNS)
    for at, field in enumerate(fields):
        for other in fields[at + 1 :]:
            assert COLUMNS[field].isdisjoint(COLUMNS[other]), (field, other)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Laps,Time,Distance,Avg Pace\n1,5:00,1.00,5:00\n", "laps of one activity"),
        (
            b"activite,Type,date,Temps,Distance\nx,Lauf,lun. 30 juin 2014 7:03,20:46,2.94\n",
            "table of activities",
        ),
        (b"a;b;c\n1;2;3\n4;5;6\n", "columns are not known"),
        (b"one column\n1\n", "columns are not known"),
    ],
)
def test_any_other_table_is_refused_with_what_would_be_right(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        read(data, "list.csv", ZONE)
