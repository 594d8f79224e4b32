"""Pages of the knowledge that a text names as kind/id, as links by what they are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote

from markupsafe import Markup, escape

from backstride.app.knowledge_search import Found
from backstride.knowledge.kinds import KINDS, TABLES

_PLACE = re.compile(rf"(?<![/\w])({'|'.join((*KINDS, *TABLES))})/([\w-]+)")


def page_of(place: str) -> str:
    """Where a page of the knowledge is shown."""
    return f"/knowledge/{quote(place)}"


def by_place(every: tuple[Found, ...]) -> Mapping[str, Found]:
    """Every page by its kind/id."""
    return {each.entry.place: each for each in every}


def with_places(html: str, known: Mapping[str, Found]) -> Markup:
    """HTML in which each kind/id that is a page is a link to it; others stay as they are."""

    def link(found: re.Match[str]) -> str:
        entry = known.get(found[0])
        return found[0] if entry is None else f'<a href="{page_of(found[0])}">{escape(entry.title)}</a>'

    return Markup(_PLACE.sub(link, str(html)))
