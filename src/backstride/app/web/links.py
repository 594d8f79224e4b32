"""What sentences name, as links: a command to the page that does the same, a run to its own page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

PAGES: tuple[tuple[str, str], ...] = (
    (r"backstride check-in", "/"),
    (r"backstride (?:ask|answer(?: [a-z_]+=\S+)?|test(?: [a-z_]+)?)", "/check-in"),
    (r"backstride log(?: [^<.]*)?", "/"),
    (r"backstride score(?: [a-z_]+)?", "/progress"),
    (r"backstride (?:why|assess)(?: --[a-z]+)?", "/why"),
    (r"backstride (?:shoes?)(?: [^<.]*)?", "/record/shoes"),
    (r"backstride (?:add|sources|imports)(?: [A-Z]+)?", "/start"),
    (r"backstride plan", "/plan"),
    (r"backstride (?:seen|goal|pin|ban|free|pause|resume|restart)(?: [^<.]*)?", "/plan#want"),
    (r"backstride profile(?: [^<.]*)?", "/settings"),
)
"""A command as sentences name it, and where it leads here."""


def run_page(id: str) -> str:
    """Where one run is shown."""
    return f"/record/run/{quote(id, safe='')}"


def with_links(words: str, runs: Iterable[str] = ()) -> Markup:
    """HTML with every command as a link: "Answer them with: backstride ask" leads to the check-in.

    So is each of the `runs` that stands in brackets behind its day, by its id.
    """
    words = str(words)  # not Markup, which would escape what is put in
    for id in runs:
        words = words.replace(f"({id})", f'(<a href="{run_page(id)}">{id}</a>)')
    for pattern, page in PAGES:
        words = re.sub(rf"(?<!>)({pattern})", rf'<a href="{page}">\1</a>', words)
    return Markup(words)
