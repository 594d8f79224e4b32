"""Names of the months in the languages that services write their exports in."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "pl", "cs", "sk", "hu", "fi", "tr", "ru"),
    *("uk", "ro", "ca", "id", "el"),
)
"""Those whose dates name months; Chinese, Japanese and Korean number them."""


def month_named(word: str) -> int | None:
    """The month that a word names, short or long, in any of `LANGUAGES`; None where it names none."""
    return _names().get(folded(word))


def folded(word: str) -> str:
    """The word as it is compared: no case, no point after it, one way of writing each letter."""
    return unicodedata.normalize("NFKC", word).casefold().strip(". ")


@lru_cache(maxsize=1)
def _names() -> dict[str, int]:
    # Imported when first asked: dates that only hold numbers need no names.
    from babel import Locale, UnknownLocaleError

    names = {"sept": 9, "jun": 6, "jul": 7}
    for language in LANGUAGES:
        try:
            months = Locale.parse(language).months
        except UnknownLocaleError:
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in months[context][width].items():
                    names.setdefault(folded(str(name)), int(month))
    return {name: month for name, month in names.items() if not name.isdigit()}
