"""The style sheet of the pages: the reports' own colours and pictures, then what only the app needs."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from backstride.reports.figure_svg import STYLE

SHARED = ("colours.css", "blocks.css", "pictures.css", "record.css")
OWN = ("app.css", "check_in.css", "record.css", "known.css", "plan.css", "start.css")


@cache
def style_sheet() -> str:
    """One style sheet for every page."""
    reports, own = files("backstride.reports") / "pages", files("backstride.app.web") / "static"
    shared = [(reports / name).read_text("utf-8") for name in SHARED]
    return "\n".join((*shared, STYLE, *((own / name).read_text("utf-8") for name in OWN)))
