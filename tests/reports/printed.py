"""The words of a report, whatever it is printed on."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from backstride.model.assessment import Assessment
from backstride.reports.renderers import Renderer
from backstride.reports.wording import Wording


def words_of(renderer: Renderer, answer: Assessment, wording: Wording) -> str:
    """Everything that can be read in it, in its order."""
    made = renderer.render(answer, wording)
    if renderer.ending != "pdf":
        return made.decode()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
