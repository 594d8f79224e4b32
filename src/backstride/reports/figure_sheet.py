"""Drawings of exercises as files of their own, and all of them on one page."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from backstride.model.drawing import Drawing
from backstride.reports.figure_svg import STYLE, figure_svg
from backstride.reports.page import template

_WIDTH = 340


@dataclass(frozen=True, slots=True)
class Drawn:
    """One exercise, with the words that stand above and below its drawing."""

    name: str
    words: str
    says: str
    """What the drawing shows, for those who do not see it."""
    drawing: Drawing

    @property
    def svg(self) -> Markup:
        """For a page that brings the colours."""
        return Markup(figure_svg(self.drawing, self.says, _WIDTH))


def alone(drawn: Drawn) -> str:
    """The drawing as an SVG file that brings its own colours, for light and dark."""
    style = f"<style>{template('colours.css').render()}{STYLE}</style>"
    svg = drawn.svg.replace("<svg ", Markup('<svg xmlns="http://www.w3.org/2000/svg" '), 1)
    return str(svg.replace("</title>", Markup(f"</title>{style}"), 1))


def sheet(figures: tuple[Drawn, ...], title: str, language: str) -> str:
    """One HTML page that holds everything it needs."""
    page = template("figures.html.j2")
    return page.render(figures=figures, title=title, language=language, style=Markup(STYLE)) + "\n"
