"""What Garmin Connect calls the columns of its Activities.csv in each language it exports in.

A column's name also follows the mix of sports in the list: where rides are among the runs, the cadence of the
runs stands under "Avg Bike Cadence", and their pace under "Avg Speed".  Names marked (?) are the words of
Garmin's own pages and no export in that language was seen; the others stand in exports or in readers of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backstride.formats.tables.sheet import folded, places_of

_NAMES: Mapping[str, tuple[str, ...]] = {
    "kind": (
        *("Activity Type", "Aktivitätstyp", "Aktivitetstyp", "Typ aktywności", "Type d'activité"),
        *("Tipo de actividad", "Tipo di attività", "Tipo de atividade", "Activiteittype", "Activiteitstype"),
        *("Aktivitetstype", "アクティビティタイプ", "活动类型", "活動類型"),  # zh (?)
    ),
    "date": ("Date", "Datum", "Data", "Fecha", "Dato", "日付", "日期"),  # zh (?)
    "favorite": (
        *("Favorite", "Favourite", "Favorit", "Ulubiony", "Ulubione", "Favori", "Favorito", "Preferito"),
        *("Preferita", "Favoriet", "Favoritt", "お気に入り", "收藏"),  # zh (?)
    ),
    "title": (
        *(
            "Title",
            "Titel",
            "Namn",
            "Tytuł",
            "Titre",
            "Título",
            "Titolo",
            "Tittel",
            "Navn",
            "タイトル",
            "标题",
        ),
    ),
    "distance": (
        *("Distance", "Distanz", "Strecke", "Distans", "Dystans", "Distancia", "Distanza", "Distância"),
        *("Afstand", "Distanse", "距離", "距离"),
    ),
    "time": (
        *("Time", "Activity Time", "Zeit", "Tid", "Czas", "Durée", "Temps", "Tiempo", "Tempo", "Tempo total"),
        *("Tijd", "タイム", "时间"),
    ),
    "elapsed": (
        *("Elapsed Time", "Verstrichene Zeit", "Total tid", "Upłynęło czasu", "Temps écoulé"),
        *(
            "Tiempo transcurrido",
            "Tempo trascorso",
            "Tempo transcorrido",
            "Tempo decorrido",
            "Verstreken tijd",
        ),
        *("Medgått tid", "Forløbet tid", "経過時間", "全程耗时"),  # es, da, zh (?)
    ),
    "heart_rate": (
        *("Avg HR", "Ø HF", "Ø Herzfrequenz", "Medelpuls", "Średnie tętno", "Fréquence cardiaque moyenne"),
        *("FC media", "Frecuencia cardiaca media", "Frequenza cardiaca media", "FC Média", "Gem. HS"),
        *("Gemiddelde HS", "Gjennomsnittlig puls", "Gennemsnitlig puls", "平均心拍数", "平均心率"),  # da (?)
    ),
    "cadence": (
        *("Avg Run Cadence", "Avg Bike Cadence", "Avg Cadence", "Ø Schrittfrequenz (Laufen)"),
        *("Ø Trittfrequenz (Radfahren)", "Ø Trittfrequenz", "Ø Schrittfrequenz"),  # de bike (?)
        *("Medellöpkadens", "Medelcykelkadens", "Średni rytm biegu", "Średnia kadencja biegu"),
        *("Średni rytm pedałowania", "Średnia kadencja pedałowania"),  # (?)
        *("Cadence de course moyenne", "Cadence de vélo moyenne", "Cadence moyenne de course"),  # bike (?)
        *(
            "Cadencia de carrera media",
            "Cadencia de ciclismo media",
            "Cadencia de bicicleta media",
        ),  # bike (?)
        *("Cadenza di corsa media", "Cadenza media bici", "Cadenza bici media"),  # bike (?)
        *("Cadência de corrida média", "Cadência bicicleta média", "Gemiddelde fietscadans"),
        *("Gemiddelde loopcadans", "Gem. loopcadans"),  # nl (?)
        *("Gjennomsnittlig frekvens for løping", "Gjennomsnittlig frekvens for loping"),
        *("Gjennomsnittlig løpefrekvens", "Gjennomsnittlig frekvens for sykling"),  # (?)
        *("Gennemsnitlig løbekadence", "Gennemsnitlig cykelkadence"),  # (?)
        *("平均ピッチ", "平均ランピッチ", "平均バイクケイデンス", "平均步频", "平均跑步步频"),  # (?)
    ),
    "pace": (
        *("Avg Pace", "Avg Speed", "Ø Pace", "Ø Geschwindigkeit", "Medeltempo", "Medelfart", "Średnie tempo"),
        *("Średnia prędkość", "Allure moyenne", "Vitesse moyenne", "Ritmo medio", "Velocidad media"),
        *("Passo medio", "Velocità media", "Ritmo médio", "Velocidade média", "Gemiddeld tempo"),
        *("Gemiddelde snelheid", "Gjennomsnittlig tempo", "Gjennomsnittlig fart", "Gennemsnitlig pace"),
        *("Gennemsnitligt tempo", "平均ペース", "平均スピード", "平均配速"),
    ),
    "climb": (
        *("Elev Gain", "Total Ascent", "Positiver Höhenunterschied", "Anstieg gesamt", "Total stigning"),
        *("Całkowity wznios", "Ascension totale", "Ascenso total", "Ascesa totale", "Subida total"),
        *("Totale stijging", "Stigning totalt", "Samlet stigning", "総上昇量", "总爬升"),
    ),
    "descent": (
        *("Elev Loss", "Total Descent", "Negativer Höhenunterschied", "Abstieg gesamt", "Totalt nedför"),
        *("Całkowity spadek", "Descente totale", "Descenso total", "Discesa totale", "Descida total"),
        *("Totale daling", "Totalt fall", "Samlet fald", "総下降量", "总下降"),
    ),
    "step_length": (
        *("Avg Stride Length", "Ø Schrittlänge", "Medelsteglängd", "Średnia długość kroku"),
        *("Longueur moyenne des foulées", "Longitud media de zancada", "Lunghezza media passo"),
        *("Comprimento médio da passada", "Gem. staplengte", "Gjennomsnittlig skrittlengde"),
        *("Gennemsnitlig skridtlængde", "平均歩幅", "平均步幅", "平均步长"),  # da (?)
    ),
    "vertical_ratio": (
        *("Avg Vertical Ratio", "Durchschnittliches vertikales Verhältnis", "Medelvärde för vertikal kvot"),
        *("Średnie odchylenie do długości", "Rapport vertical moyen", "Relación vertical media"),
        *("Ratio vertical media", "Rapporto verticale medio", "Proporção vertical média"),  # pt (?)
        *("Gemiddelde verticale ratio", "Gjennomsnittlig vertikalt forholdstall"),
        *(
            "Gennemsnitligt lodret forhold",
            "Gennemsnitlig vertikal ratio",
            "平均上下動比",
            "平均垂直步幅比",
        ),  # da (?)
    ),
    "vertical_oscillation": (
        *("Avg Vertical Oscillation", "Ø vertikale Bewegung", "Medelvärde för vertikal rörelse"),
        *("Średnie odchylenie pionowe", "Oscillation verticale moyenne", "Oscilación vertical media"),
        *("Oscillazione verticale media", "Oscilação vertical média", "Gem. verticale oscillatie"),
        *("Gjennomsnittlig vertikal oscillasjon", "Gennemsnitlig vertikal svingning"),  # da (?)
        *("平均上下動", "平均垂直振幅"),
    ),
    "contact": (
        *("Avg Ground Contact Time", "Ø Bodenkontaktzeit", "Medeltid för markkontakt"),
        *("Średni czas kontaktu z podłożem", "Temps de contact moyen avec le sol"),
        *("Tiempo medio de contacto con el suelo", "Tempo medio di contatto con il suolo"),
        *("Tempo médio de contato com o solo", "Tempo médio de contacto com o solo", "Gem. grondcontacttijd"),
        *("Gjennomsnittlig tid med bakkekontakt", "Gennemsnitlig jordkontakttid"),  # da (?)
        *("平均接地時間", "平均触地时间"),
    ),
    "balance": (
        *("Avg GCT Balance", "Durchschnittliche Balance der Bodenkontaktzeit", "Medelkontakttidsbalans"),
        *("Ø Balance der Bodenkontaktzeit", "Średni balans czasu kontaktu z podłożem"),  # (?)
        *("Équilibre moyen du temps de contact au sol", "Équilibre TCS moyen"),  # (?)
        *("Equilibrio medio de tiempo de contacto con el suelo", "Media bilanciamento TCS"),
        *("Equilíbrio médio do tempo de contato com o solo", "Gem. grondcontacttijdbalans"),  # (?)
        *("Gjennomsnittlig balanse for tid med bakkekontakt", "平均GCTバランス", "平均触地时间平衡"),
    ),
    "power": (
        *("Avg Power", "Ø Leistung", "Durchschnittliche Leistung", "Medelkraft", "Med. kraft", "Średnia moc"),
        *("Puissance moyenne", "Potencia media", "Potenza media", "Potência média", "Gem. vermogen"),
        *("Gjennomsnittlig kraft", "Gennemsnitlig effekt", "平均パワー", "平均功率"),
    ),
    "warmest": (
        *("Max Temp", "Max. Temp.", "Maximale Temperatur", "Maximal temperatur", "Maksymalna temperatura"),
        *("Température maximale", "Temperatura máxima", "Temperatura max", "Max. temp.", "Makstemperatur"),
        *("最高気温", "最高温度"),
    ),
    "shoe": ("Shoes", "Shoe", "Gear", "シューズ"),  # added by hand or by other programs
}

COLUMNS: Mapping[str, frozenset[str]] = {
    field: frozenset(map(folded, names)) for field, names in _NAMES.items()
}
"""What a column tells -> its names as they are compared."""

_BY_PLACE: Mapping[str, int] = {"kind": 0, "date": 1, "title": 3, "distance": 4, "time": 6}
"""Where the first columns stand in every language: type, date, favourite, title, distance, calories, time."""
_SAME_EVERYWHERE = folded("Training Stress Score®")
"""A column's name that Garmin translates in no language."""
_NEEDED = ("kind", "date", "distance", "time")
_MANY = 8


def names_are_known(header: Sequence[str]) -> bool:
    """True where the header is Garmin's in a language that is known here.

    A log of the runner's own may hold date, kind, distance and time too, but no column of favourites, and
    not so many that are named as Garmin names them.
    """
    there = {field for field, names in COLUMNS.items() if places_of(header, names)}
    return there.issuperset(_NEEDED) and ("favorite" in there or len(there) >= _MANY)


def places_are_known(header: Sequence[str]) -> bool:
    """True where it can only be Garmin's list, though in a language that is not known here."""
    return len(header) > 12 and any(folded(name).startswith(_SAME_EVERYWHERE) for name in header)


def places(header: Sequence[str]) -> dict[str, int]:
    """What each column tells -> its place.  Of two columns of one name (dives have theirs), the first."""
    found = {field: at[0] for field, names in COLUMNS.items() if (at := places_of(header, names))}
    return found if names_are_known(header) else {**found, **_BY_PLACE}
