"""One lane of a picture: a name, its height, and what is drawn in it from its own top down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lane:
    """Drawn from y = 0 to y = height; the picture moves it to its place."""

    name: str
    height: float
    parts: tuple[str, ...]


def box(look: str, x: float, y: float, wide: float, tall: float, title: str) -> str:
    """A rectangle of one look (classes), with the words that hovering shows, ready for SVG."""
    return (
        f'<rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}">'
        f"<title>{title}</title></rect>"
    )
