"""The answer on A4 as PDF: the same words as everywhere, and the pictures as they stand on the page."""

from __future__ import annotations

import json
import re
import sys
from importlib.resources import files
from typing import Any

from backstride.model.assessment import Assessment
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.reports.blocks import (
    OWN,
    Block,
    Card,
    Chart,
    Item,
    Listing,
    Paragraph,
    Section,
    cited,
    in_full,
)
from backstride.reports.course_svg import course_svg
from backstride.reports.outline import outline
from backstride.reports.sayer import Sayer
from backstride.reports.strip_svg import strip_svg
from backstride.reports.wording import Wording

WIDTH = 720
Plain = dict[str, Any]  # Any: what the template reads, as JSON


def render(assessment: Assessment, wording: Wording) -> bytes:
    """A PDF of A4 pages; the same answer gives the same bytes.

    Raises: BadInput where the part that makes PDFs is not installed.
    """
    try:
        import typst
    except ImportError:
        how = f"{sys.executable} -m pip install typst"
        raise BadInput(
            (said("PDF needs a part that is not installed; get it with: {how}", how=how),)
        ) from None
    template = (files("backstride.reports") / "pages" / "answer.typ").read_bytes()
    made = typst.compile(
        template, format="pdf", sys_inputs={"data": json.dumps(_data(assessment, wording))}, timestamp=0
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF is one run of bytes")
    return made


def _data(assessment: Assessment, wording: Wording) -> Plain:
    sections = outline(assessment, wording)
    laid = _Laid(wording, cited(sections))
    known = {source.id: source for source in assessment.sources}
    say = Sayer(wording)
    return {
        "language": wording.language,
        "title": say.own("title"),
        "as-of": say.own("as_of", day=assessment.on),
        "made-up": say.own("made_up") if assessment.profile.made_up else "",
        "footer": say.own("not_a_diagnosis"),
        "sections": [laid.section(each) for each in sections],
        "sources": [in_full(known[id], wording) for id in laid.numbers],
        "sources-title": say.own("sources_title"),
        "own-mark": say.own("own_mark"),
    }


class _Laid:
    """Each part of the outline as plain data for the template."""

    def __init__(self, wording: Wording, numbers: dict[str, int]) -> None:
        self._wording, self.numbers = wording, numbers

    def section(self, section: Section) -> Plain:
        return {
            "title": section.title,
            "tone": section.tone,
            "blocks": [self._block(each) for each in section.blocks if not _folded(each)],
        }

    def _block(self, block: Block) -> Plain:
        match block:
            case Paragraph():
                return {"kind": "paragraph", "words": block.words, "strong": block.strong}
            case Listing():
                return {"kind": "listing", **self._listing(block)}
            case Card():
                return {
                    "kind": "card",
                    "title": block.title,
                    "badge": block.badge,
                    "words": block.words,
                    "marks": self._marks(block.sources),
                    "lists": [self._listing(each) for each in block.lists],
                }
            case Chart():
                svg = course_svg(block.course, self._wording, block.words, WIDTH)
                rows = {"heads": list(block.heads), "rows": [list(row) for row in block.rows]}
                return self._picture(svg, block.words, block.sources) | rows
            case _:
                svg = strip_svg(block.strip, self._wording, block.words, WIDTH)
                return self._picture(svg, block.words, block.sources) | {"heads": [], "rows": []}

    def _picture(self, svg: str, words: str, sources: tuple[str, ...]) -> Plain:
        return {"kind": "picture", "svg": standing_alone(svg), "words": words, "marks": self._marks(sources)}

    def _listing(self, listing: Listing) -> Plain:
        return {
            "heading": listing.heading,
            "ordered": listing.ordered,
            "items": [self._item(each) for each in listing.items],
        }

    def _item(self, item: Item) -> Plain:
        return {
            "words": item.words,
            "marks": self._marks(item.sources),
            "lines": list(item.lines),
            "more": list(item.more),
        }

    def _marks(self, sources: tuple[str, ...]) -> str:
        numbers = sorted(self.numbers[id] for id in set(sources) - {OWN})
        return ("°" if OWN in sources else "") + ",".join(map(str, numbers))


def _folded(block: Block) -> bool:
    """What is no first reading: paper cannot unfold it."""
    return isinstance(block, Listing) and block.folded


def standing_alone(svg: str) -> str:
    """A picture of the page with its looks inside it, in the colours of paper."""
    pages = files("backstride.reports") / "pages"
    colours = (pages / "colours.css").read_text("utf-8")
    light = dict(re.findall(r"--([a-z-]+): (?:light-dark\()?([^,;]+)", colours))
    looks = (pages / "pictures.css").read_text("utf-8")
    style = re.sub(r"var\(--([a-z-]+)\)", lambda found: light[found[1]], looks)
    style = style.replace("system-ui, sans-serif", "DejaVu Sans, Libertinus Serif")
    head, rest = svg.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}'
