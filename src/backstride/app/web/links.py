"""Commands of the terminal that sentences name, as links to the page that does the same."""

from __future__ import annotations

import re

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
    (r"backstride profile(?: [^<.]*)?", "/settings"),
)
"""A command as sentences name it, and where it leads here."""


def with_links(words: str) -> Markup:
    """HTML with every command as a link: "Answer them with: backstride ask" leads to the check-in."""
    for pattern, page in PAGES:
        words = re.sub(rf"(?<!>)({pattern})", rf'<a href="{page}">\1</a>', words)
    return Markup(words)
