"""What sentences name, as links: a command to the page that does the same, a run to its own page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from markupsafe import Markup, escape

PAGES: tuple[tuple[str, str], ...] = (
    (r"backstride check-in", "/"),
    (r"backstride (?:ask|answer(?: [a-z_]+=\S+)?)", "/check-in"),
    (r"backstride test(?: [a-z_]+)?", "/check-in/tests"),
    (r"backstride log(?: [^<.]*)?", "/"),
    (r"backstride score(?: [a-z_]+)?", "/progress"),
    (r"backstride why --html", "/plan/out/answer.html"),
    (r"backstride (?:why|assess)(?: --[a-z]+)?", "/why"),
    (r"backstride (?:shoes?)(?: [^<.]*)?", "/record/shoes"),
    (r"backstride runs(?: --[a-z]+)?", "/record/runs"),
    (r"backstride what-if(?: [^<.]*)?", "/record/load"),
    (r"backstride (?:add|sources|imports)(?: [A-Z]+)?", "/start"),
    (r"backstride plan", "/plan"),
    (r"backstride (?:seen|goal|pin|ban|free|pause|resume|restart)(?: [^<.]*)?", "/plan#want"),
    (r"backstride profile(?: [^<.]*)?", "/settings"),
    (r"backstride (?:export|import|backup)(?: FILE)?", "/settings#data"),
    (r"backstride undo(?: [a-z_]+)?", "/settings/diary"),
    (r"backstride claims", "/knowledge/claims"),
    (r"backstride questions", "/knowledge/questions"),
    (r"backstride knowledge(?: (?:show|figures|find)(?: [A-Z]+)?)?", "/knowledge"),
)
"""A command as sentences name it, and where it leads here."""


def run_page(id: str) -> str:
    """Where one run is shown."""
    return f"/record/run/{quote(id, safe='')}"


def week_page(first: date) -> str:
    """Where one week is shown, by its first day."""
    return f"/record/week/{first.isoformat()}"


def with_links(words: str, runs: Iterable[str] = ()) -> Markup:
    """HTML with every command as a link: "Answer them with: backstride ask" leads to the check-in.

    So is each of the `runs` that stands in brackets behind its day, by its id.
    """
    words = str(escape(words))  # what is HTML already stays; not Markup, which would escape what is put in
    for id in runs:
        words = words.replace(f"({id})", f'(<a href="{run_page(id)}">{id}</a>)')
    for pattern, page in PAGES:
        words = re.sub(rf"(?<!>)({pattern})", rf'<a href="{page}">\1</a>', words)
    return Markup(words)
