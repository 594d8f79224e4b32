"""Where each thing stands in the activities.csv of a Strava export, in any language and of any year.

    0 id  1 date  2 name  3 type  4 description  5 ELAPSED  6 DISTANCE  7 MAX HR  8 EFFORT  9 commute
    10 private note  11 gear  12 filename  13 athlete's weight  14 bike's weight
    15 ELAPSED  16 moving  17 DISTANCE  18 max speed  19 speed  20 gain  21 loss  22-27 ...
    28 max cadence  29 cadence  30 MAX HR  31 HR  32 max watts  33 watts  34-36 ...
    37 EFFORT  38-42 ...  43 perceived exertion  44-93 ...

Names in capitals stand twice: the first column is what Strava shows (kilometres), the second is metres and
seconds.  A language that is not known is read by where those names come back.  Exports before 2021 lack
columns 7 and 10, those of 2018 and before hold the first ten alone, with lower-case English names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from backstride.formats.tables.sheet import folded, places_of

_NAMES: Mapping[str, frozenset[str]] = {
    "id": frozenset({"activity id", "id", "aktivitäts-id", "id de l'activité", "id de actividad"}),
    "date": frozenset(
        {
            *("activity date", "date", "aktivitätsdatum", "date de l'activité", "fecha de la actividad"),
            "fecha de actividad",
        }
    ),
    "title": frozenset(
        {
            *("activity name", "name", "name der aktivität", "nom de l'activité", "nombre de la actividad"),
            "nombre de actividad",
        }
    ),
    "kind": frozenset({"activity type", "type", "aktivitätsart", "type d'activité", "tipo de actividad"}),
    "description": frozenset(
        {
            *("activity description", "description", "aktivitätsbeschreibung", "description de l'activité"),
            "descripción de la actividad",
        }
    ),
    "elapsed": frozenset(
        {"elapsed time", "elapsed_time", "verstrichene zeit", "temps écoulé", "tiempo transcurrido"}
    ),
    "distance": frozenset({"distance", "distanz", "distancia"}),
    "private_note": frozenset({"activity private note", "note privée sur les activités"}),
    "gear": frozenset({"activity gear", "gear", "aktivitätsausrüstung", "matériel utilisé pour l'activité"}),
    "file": frozenset({"filename", "dateiname", "nom du fichier", "nombre del archivo", "nombre de archivo"}),
    "moving": frozenset({"moving time", "bewegungszeit", "durée de déplacement", "tiempo en movimiento"}),
    "gain": frozenset({"elevation gain", "höhenzunahme", "dénivelé positif", "desnivel positivo"}),
    "loss": frozenset({"elevation loss", "höhenunterschied", "dénivelé négatif", "desnivel negativo"}),
    "cadence": frozenset({"average cadence", "durchschnittliche trittfrequenz", "cadence moyenne"}),
    "heart_rate": frozenset(
        {"average heart rate", "durchschnittliche herzfrequenz", "fréquence cardiaque moyenne"}
    ),
    "power": frozenset({"average watts", "durchschnittliche watt", "durchschnittliche wattzahl"}),
    "rpe": frozenset({"perceived exertion"}),
}
"""English [V]; German and French by other readers of such exports [V]; the Spanish ones are partly guessed.
What is not here is found by its place."""

_ENGLISH = frozenset({"activity id", "id"})
_FIRST = ("id", "date", "title", "kind", "description", "elapsed", "distance")
_RECORDING = re.compile(r"activities/[^/]+\.(?:fit|gpx|tcx)(?:\.gz)?", re.IGNORECASE)


def is_strava(rows: Sequence[tuple[str, ...]]) -> bool:
    """True where the first lines of a table are those of an activities.csv, in whatever language."""
    header, first = rows[0], rows[1] if len(rows) > 1 else ()
    if len(header) < 5:
        return False
    if folded(header[0]) in _NAMES["id"] and folded(header[1]) in _NAMES["date"]:
        return bool(places_of(header, _NAMES["elapsed"]) or places_of(header, _NAMES["file"]))
    second = _again(header, 5)
    if second is not None and 12 <= second <= 20 and _again(header, 6) == second + 2:
        return True
    return bool(first) and first[0].isdigit() and any(_RECORDING.fullmatch(cell) for cell in first)


def places(header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """What each column tells -> its place; `elapsed_si` and `distance_si` are the second copies."""
    found: dict[str, int] = {}
    for field, names in _NAMES.items():
        at = places_of(header, names)
        if at:
            found[field] = at[0]
        if field in ("elapsed", "distance") and len(at) > 1:
            found[f"{field}_si"] = at[1]
    if folded(header[0]) not in _ENGLISH:
        found = {**_by_place(header, rows), **found}
    return {field: at for field, at in found.items() if at < len(header)}


def _by_place(header: Sequence[str], rows: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """The columns of a language that is not known, by where the doubled names come back."""
    found = {field: at for at, field in enumerate(_FIRST)}
    second = _again(header, 5)
    if second is None:
        files = [at for row in rows for at, cell in enumerate(row) if _RECORDING.fullmatch(cell)]
        return found | ({"file": files[0], "gear": files[0] - 1} if files else {})
    found |= {"elapsed_si": second, "moving": second + 1, "distance_si": second + 2, "gain": second + 5}
    found |= {"loss": second + 6, "file": second - 3, "gear": second - 4}
    if second < 15:
        return found
    found["private_note"] = second - 5
    heart, effort = _again(header, 7), _again(header, 8)
    if heart is not None:
        found |= {"cadence": heart - 1, "heart_rate": heart + 1, "power": heart + 3}
    if effort is not None:
        found["rpe"] = effort + 6
    return found


def _again(header: Sequence[str], place: int) -> int | None:
    """Where the name at one place stands a second time; None where it does not."""
    if place >= len(header) or not header[place]:
        return None
    name = folded(header[place])
    return next((at for at in range(place + 1, len(header)) if folded(header[at]) == name), None)
