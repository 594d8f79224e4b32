"""Templates into pages: the words, the pictures and the frame that every page has."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from backstride import __version__
from backstride.app.web import guard
from backstride.app.web.links import run_page, with_links
from backstride.languages.catalog import LANGUAGES
from backstride.model.assessment import Assessment
from backstride.model.text import Quantity, Text
from backstride.reports.outline import alarm
from backstride.reports.page import WIDTHS, tools
from backstride.reports.strip_svg import strip_svg
from backstride.reports.wording import Wording

if TYPE_CHECKING:
    from backstride.app.web.here import Here

PLACES: tuple[tuple[str, str], ...] = (
    ("today", "/"),
    ("why", "/why"),
    ("plan", "/plan"),
    ("record", "/record"),
    ("progress", "/progress"),
)
"""The five words that stand in the same place on every page, and where they lead."""
BESIDE: tuple[tuple[str, str], ...] = (("knowledge", "/knowledge"), ("settings", "/settings"))


@cache
def environment() -> Environment:
    """Our pages, and the pieces that reports are made of too."""
    made = Environment(
        loader=ChoiceLoader(
            [PackageLoader("backstride.app.web", "templates"), PackageLoader("backstride.reports", "pages")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["with_links"] = with_links
    made.globals.update(Quantity=Quantity, Text=Text, Markup=Markup, version=__version__)
    return made


def rendered(
    here: Here, answer: Assessment, name: str, values: Mapping[str, Any]
) -> str:  # Any: what the page shows
    """One page as HTML, in the frame that an answer makes.

    Raises: ValueError where a page gives a name to something that the frame calls so: what must be seen
    first could be hidden by it.
    """
    wording = here.wording
    pieces = {
        **tools(answer, wording),
        "pictures": lambda strip, words: [
            Markup(strip_svg(strip, wording, words, width, run_page)) for width in WIDTHS
        ],
    }
    frame = {
        "here": here,
        "t": here.say,
        "say": wording.say,
        "day": wording.day,
        "quantity": wording.quantity,
        "language": wording.language,
        "languages": LANGUAGES,
        "theme": here.looks.theme,
        "places": PLACES,
        "beside": BESIDE,
        "path": here.request.url.path,
        "reviewed": answer.clinician_reviewed,
        "token": Markup('<input type="hidden" name="{}" value="{}">').format(guard.TOKEN_FIELD, here.token),
        "token_value": here.token,
    }
    frame["seen_first"] = _seen_first(answer, wording, {**pieces, **frame})
    if taken := frame.keys() & values.keys():
        raise ValueError(f"{name}: the frame has {', '.join(sorted(taken))} already; give another name")
    return environment().get_template(name).render({**pieces, **values, **frame})


def _seen_first(answer: Assessment, wording: Wording, around: Mapping[str, Any]) -> Markup:
    """What stands above everything; its sources are listed on few pages, so each leads to its own."""
    shown = {"section": alarm(answer, wording), "source_at": lambda id: f"/knowledge/sources/{id}"}
    return Markup(environment().get_template("seen_first.html.j2").render({**around, **shown}))
