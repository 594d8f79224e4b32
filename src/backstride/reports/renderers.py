"""What an answer can be printed on.  Every row shows a raised flag first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backstride.model.assessment import Assessment
from backstride.reports import as_json, page, pdf, terminal
from backstride.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Renderer:
    """One kind of report."""

    name: str
    ending: str
    what: str
    render: Callable[[Assessment, Wording], bytes]


RENDERERS: dict[str, Renderer] = {
    row.name: row
    for row in (
        Renderer("text", "txt", "plain text for a terminal", terminal.render),
        Renderer("json", "json", "every field, for programs", as_json.render),
        Renderer("html", "html", "one self-contained page", page.render),
        Renderer("pdf", "pdf", "pages of A4, for printing and sending (extra `pdf`)", pdf.render),
    )
}
