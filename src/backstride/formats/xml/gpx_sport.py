"""Which sport a GPX track is: by its type, by a program's own way of saying it, or by its title."""

from __future__ import annotations

import re

from backstride.formats.sports import A_SPORT, sport_named
from backstride.model.activity import Sport
from backstride.model.said import Said, said

_FITOTRACK = re.compile(r"\bworkoutTypeId=(\w+)")
_WORD = re.compile(r"[^\W\d_]+")

TITLE_WORDS: dict[str, Sport] = {
    **dict.fromkeys(
        ("run", "running", "jog", "jogging", "lauf", "laufen", "carrera", "corsa", "bieg"), "run"
    ),
    **dict.fromkeys(("walk", "walking", "hike", "hiking", "wanderung", "marche", "randonnée"), "walk"),
    **dict.fromkeys(("ride", "cycling", "biking", "bike", "radfahrt", "vélo"), "ride"),
    **dict.fromkeys(("swim", "swimming", "schwimmen", "natation"), "swim"),
}
"""Words of the titles that programs give by themselves ("Morning Run", "Running 5/1/12 8:00 am")."""


def sport_of_track(kind: str | None, title: str | None, file_title: str | None) -> tuple[Sport, Said | None]:
    """The sport, and a warning where the file does not say it outright.

    A title counts only where it names one sport and no other; without any hint the sport is "other".
    """
    told = sport_named(kind)
    if told is not None:
        return told, None
    # FitoTrack puts its whole record into the file's name and leaves the type out.
    fitotrack = _FITOTRACK.search(file_title or "")
    told = sport_named(fitotrack[1]) if fitotrack else None
    if told is not None:
        return told, None
    words = _WORD.findall((title or file_title or "").lower())
    named = {TITLE_WORDS[word] for word in words if word in TITLE_WORDS}
    if len(named) == 1:
        sport = named.pop()
        return sport, said("it does not name its sport; by its title it is {sport}", sport=A_SPORT[sport])
    if kind is not None:
        return "other", said("the word it has for its sport is not known here: kept as other load")
    return "other", said("it does not name its sport: kept as other load")
