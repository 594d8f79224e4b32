"""The answer as PDF: the same words, the same bytes twice, and a clear word where it cannot be made."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from backstride.app.actions import open_case
from backstride.assess import assess
from backstride.knowledge.loader import shipped
from backstride.model.assessment import Assessment
from backstride.model.errors import BadInput
from backstride.reports import page, pdf
from backstride.reports.outline import outline
from backstride.reports.wording import Wording

WORDING = Wording(shipped().sentences)


@pytest.fixture(params=["cause_non_specific", "emergency_saddle_numbness", "cause_nothing_told"])
def answer(request: pytest.FixtureRequest) -> Assessment:
    case = open_case(Path(__file__).parents[1] / "runners" / f"{request.param}.toml", shipped())
    return assess(case.history, case.on, shipped())


def test_every_heading_and_paragraph_of_the_outline_is_in_it(answer: Assessment) -> None:
    made = PdfReader(BytesIO(pdf.render(answer, WORDING)))
    words = "".join("".join(each.extract_text().split()) for each in made.pages).replace("-", "")

    for section in outline(answer, WORDING):
        assert "".join(section.title.split()).replace("-", "") in words
    assert made.metadata is not None
    assert made.metadata.title == "Your back and your running"
    assert made.pages[0].mediabox.width == pytest.approx(595, abs=1)


def test_the_same_answer_gives_the_same_bytes(answer: Assessment) -> None:
    assert pdf.render(answer, WORDING) == pdf.render(answer, WORDING)


def test_a_picture_takes_its_colours_with_it() -> None:
    alone = pdf.standing_alone('<svg class="strip"><rect class="run"/></svg>')

    assert "var(" not in alone
    assert ".strip .run { fill: #" in alone
    assert alone.startswith('<svg class="strip" xmlns="http://www.w3.org/2000/svg"><style>')
    assert page.template("answer.html.j2") is not None


def test_without_the_part_it_says_how_to_get_it(answer: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    with pytest.raises(BadInput, match="-m pip install typst"):
        pdf.render(answer, WORDING)
