"""The answer as one self-contained HTML page: no script, no network, light and dark, phone and print."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from backstride.model.assessment import Assessment
from backstride.model.findings import Strip
from backstride.model.text import Quantity, Text
from backstride.reports.blocks import OWN, cited, studied_in
from backstride.reports.course_svg import course_svg
from backstride.reports.figure_svg import STYLE, figure_svg
from backstride.reports.outline import outline
from backstride.reports.strip_svg import strip_svg
from backstride.reports.wording import Wording

FIGURE_WIDTH = 320
WIDTHS = (720, 350)
"""The strip is drawn twice, for a desk and for a phone; the page shows the one that fits."""


def render(assessment: Assessment, wording: Wording) -> bytes:
    """One HTML page in UTF-8 that holds everything it needs."""
    page = template("answer.html.j2").render(
        assessment=assessment,
        sections=outline(assessment, wording),
        day=wording.day,
        language=wording.language,
        figure_style=Markup(STYLE),
        **tools(assessment, wording),
    )
    return page.encode()


def tools(assessment: Assessment, wording: Wording) -> dict[str, Any]:  # Any: what templates call
    """What `blocks.html.j2` needs to print sections of a report: words, pictures, and numbered sources."""
    numbers = cited(outline(assessment, wording))
    known = {source.id: source for source in assessment.sources}
    return {
        "own": lambda key, **values: wording.say(Text(f"report.{key}", values)),
        "pictures": lambda strip, words: [
            Markup(strip_svg(strip, wording, words, width)) for width in WIDTHS
        ],
        "charts": lambda course, words: [
            Markup(course_svg(course, wording, words, width)) for width in WIDTHS
        ],
        "rows": lambda strip: _rows(strip, wording),
        "numbers": numbers,
        "source_at": lambda id: f"#{id}",
        "sources": [known[id] for id in numbers],
        "studied": lambda source: wording.say(studied_in(source)),
        "figure": lambda item: Markup(figure_svg(item.drawing, item.drawn, FIGURE_WIDTH)),
        "own_rule": OWN,
    }


@cache
def template(name: str) -> Template:
    """One of the pages beside this file."""
    environment = Environment(
        loader=PackageLoader("backstride.reports", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _rows(strip: Strip, wording: Wording) -> list[tuple[str, str, str, str]]:
    """The strip as a table: day, what is known, longest run, pain."""
    pain = {mark.on: wording.quantity(Quantity(mark.score, "score")) for mark in strip.pain}
    return [
        (
            wording.day(each.on),
            wording.say(Text(f"report.state_{each.state}")),
            wording.quantity(Quantity(each.longest_run_m.high, "m")) if each.state == "run" else "",
            pain.get(each.on, ""),
        )
        for each in strip.days
        if each.state != "rest" or each.on in pain
    ]
