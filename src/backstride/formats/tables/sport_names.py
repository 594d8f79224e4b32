"""Kinds of activity by the names that Strava and Garmin Connect give them in their languages."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import cast

from backstride.formats.sports import sport_named, surface_named
from backstride.model.activity import Sport, Surface

ANY_GROUND = "any"
"""Key of names that do not tell the ground."""
SEVERAL = "several"
"""Key, beside it, of names for the whole of several sports on end, as a triathlon."""


def kind_named(word: str) -> tuple[Sport, Surface | None] | None:
    """The sport, and for a run the ground, that a name of the kind of activity tells; None where unknown."""
    known = names().get(folded(word))
    if known is not None:
        return known
    sport = sport_named(word)
    return None if sport is None else (sport, surface_named(word, sport))


def is_several(word: str) -> bool:
    """True where a kind is the whole of several sports on end, each of which may have a row of its own."""
    return folded(word) in _several()


def folded(word: str) -> str:
    """The name as it is compared: no case, no doubled blanks, one way of writing each letter."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


@lru_cache(maxsize=1)
def names() -> dict[str, tuple[Sport, Surface | None]]:
    """Name as it is compared -> the sport, and the ground where the name tells it."""
    return {
        # The keys of the table are the model's own words; a test holds them to it.
        folded(name): (cast(Sport, sport), None if ground in (ANY_GROUND, SEVERAL) else cast(Surface, ground))
        for sport, grounds in _table().items()
        for ground, row in grounds.items()
        for name in row["names"]
    }


@lru_cache(maxsize=1)
def _several() -> frozenset[str]:
    return frozenset(folded(name) for name in _table()["other"][SEVERAL]["names"])


def _table() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(files(__package__).joinpath("sport_names.toml").read_text("utf-8"))
