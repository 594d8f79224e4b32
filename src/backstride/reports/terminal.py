"""The answer as plain text for a terminal, with charts the size of a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from backstride.model.assessment import Assessment, SourceNote
from backstride.model.findings import DayLoad, Strip
from backstride.model.text import Quantity, Text
from backstride.reports.blocks import (
    OWN,
    Block,
    Card,
    Chart,
    Item,
    Listing,
    Paragraph,
    Picture,
    Section,
    cited,
    cites_own,
    in_full,
)
from backstride.reports.outline import outline
from backstride.reports.wording import Wording

_BARS = "▁▂▃▄▅▆▇█"
_STYLES = {"alarm": "1;37;41", "soon": "1;30;43", "ask": "1", "plain": "1", "small": "2"}


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed on: its width in characters, whether it shows colour, and how much detail is wanted."""

    width: int = 80
    colour: bool = False
    detail: bool = False

    def styled(self, words: str, style: str) -> str:
        return f"\x1b[{style}m{words}\x1b[0m" if self.colour else words


def render(assessment: Assessment, wording: Wording) -> bytes:
    """The whole answer, plain, 80 characters wide."""
    return print_on(Paper(), assessment, wording).encode()


def print_on(
    paper: Paper, assessment: Assessment, wording: Wording, only: frozenset[str] | None = None
) -> str:
    """The answer on one kind of paper; `only` names sections to keep (a raised flag is always kept)."""
    sections = tuple(
        section
        for section in outline(assessment, wording)
        if only is None or section.id in only or section.id in ("safety", "ask")
    )
    made_up = _wrapped(wording.say(Text("report.made_up")), paper) if assessment.profile.made_up else []
    told = print_sections(paper, sections, assessment.sources, wording)
    if not paper.detail and (count := len(cited(sections))):
        many = Text("report.sources_count", {"count": count})
        told += "".join(f"{line}\n" for line in _wrapped(wording.say(many), paper))
    return "".join(f"{line}\n" for line in made_up) + told


def print_sections(
    paper: Paper, sections: tuple[Section, ...], sources: tuple[SourceNote, ...], wording: Wording
) -> str:
    """Sections one below the other; where detail is wanted the sources they cite, which `sources` holds."""
    notes = _Notes(cited(sections))
    lines: list[str] = []
    for section in sections:
        lines += ["", *_section(section, paper, notes, wording)]
    if notes.numbers or cites_own(sections):
        lines += ["", *_sources(sources, notes, paper, wording)]
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Notes:
    """Marks for sources: a number for a published one, ° for our own rule."""

    numbers: dict[str, int]

    def mark(self, sources: tuple[str, ...]) -> str:
        numbers = sorted(self.numbers[source] for source in set(sources) - {OWN})
        own = "°" if OWN in sources else ""
        return own + (" [" + ", ".join(map(str, numbers)) + "]" if numbers else "")


def _section(section: Section, paper: Paper, notes: _Notes, wording: Wording) -> Iterator[str]:
    title = section.title.upper() if section.tone in ("alarm", "soon") else section.title
    if section.tone in ("alarm", "soon"):
        yield paper.styled("!" * paper.width, _STYLES[section.tone])
    yield paper.styled(title, _STYLES[section.tone])
    if section.tone not in ("alarm", "soon"):
        yield paper.styled("─" * min(len(title), paper.width), "2")
    for block in section.blocks:
        yield from _block(block, paper, notes, wording)
    if section.tone in ("alarm", "soon"):
        yield paper.styled("!" * paper.width, _STYLES[section.tone])


def _block(block: Block, paper: Paper, notes: _Notes, wording: Wording) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _wrapped(block.words, paper)
        case Listing():
            yield from _listing(block, paper, notes, "  ")
        case Card():
            yield ""
            badge = f"  ({block.badge})" if block.badge else ""
            yield paper.styled(block.title, "1") + badge + notes.mark(block.sources)
            yield from _wrapped(block.words, paper, "  ")
            for each in block.lists:
                yield from _listing(each, paper, notes, "  ")
        case Chart():
            yield from _wrapped(block.words + notes.mark(block.sources), paper)
            yield from _table(block, paper)
        case Picture():
            yield from _wrapped(block.words + notes.mark(block.sources), paper)
            yield from _picture(block.strip, paper, wording)


def _table(chart: Chart, paper: Paper) -> Iterator[str]:
    """A line a week, columns below their heads; the last dozen weeks."""
    rows = [chart.heads, *chart.rows[-12:]]
    wide = [max(len(row[column]) for row in rows) for column in range(len(chart.heads))]
    for number, row in enumerate(rows):
        cells = (cell.ljust(wide[column]) for column, cell in enumerate(row))
        yield paper.styled("  " + "  ".join(cells).rstrip(), "1" if number == 0 else "0")


def _listing(listing: Listing, paper: Paper, notes: _Notes, indent: str) -> Iterator[str]:
    if listing.heading is not None:
        yield f"{indent}{listing.heading}:"
        indent += "  "
    if listing.folded and not paper.detail:
        yield f"{indent}(--detail)"
        return
    for number, item in enumerate(listing.items, 1):
        yield from _item(item, f"{number}. " if listing.ordered else "- ", paper, notes, indent)


def _item(item: Item, bullet: str, paper: Paper, notes: _Notes, indent: str) -> Iterator[str]:
    words = item.words + notes.mark(item.sources)
    yield from textwrap.wrap(
        words, paper.width, initial_indent=indent + bullet, subsequent_indent=indent + " " * len(bullet)
    )
    for more in (*item.lines, *(item.more if paper.detail else ())):
        yield from _wrapped(more, paper, indent + " " * len(bullet))


def _wrapped(words: str, paper: Paper, indent: str = "") -> list[str]:
    return textwrap.wrap(words, paper.width, initial_indent=indent, subsequent_indent=indent)


def _picture(strip: Strip, paper: Paper, wording: Wording) -> Iterator[str]:
    """A bar a day, pain above it, and the onset below, on one axis; the last days where it is too wide."""
    days = strip.days[-(paper.width - 2) :]
    if not days:
        return
    longest = max((day.longest_run_m.high for day in days if day.state == "run"), default=0.0)
    pain = {mark.on: mark.score for mark in strip.pain}
    if any(day.on in pain for day in days):
        scores = "".join(_digit(pain[day.on]) if day.on in pain else " " for day in days)
        yield f"  {paper.styled(scores, '33')}"
    yield "  " + "".join(_bar(day, longest) for day in days)
    if strip.onset is not None:
        yield "  " + "".join("^" if day.on in strip.onset.span else " " for day in days).rstrip()
    first, last = wording.short_day(days[0].on), wording.short_day(days[-1].on)
    yield "  " + first + last.rjust(max(1, len(days) - len(first)))
    yield from _wrapped(
        wording.say(Text("report.chart_key", {"longest": Quantity(longest, "m")})), paper, "  "
    )


def _digit(score: float) -> str:
    return "X" if round(score) >= 10 else str(round(score))


def _bar(day: DayLoad, longest: float) -> str:
    match day.state:
        case "run":
            share = day.longest_run_m.high / longest if longest > 0 else 0.0
            return _BARS[min(len(_BARS) - 1, int(share * len(_BARS)))]
        case "unrecorded":
            return "?"
        case _:
            return "·"


def _sources(sources: tuple[SourceNote, ...], notes: _Notes, paper: Paper, wording: Wording) -> Iterator[str]:
    """What the marks mean, and where detail is wanted the sources in full."""
    yield from _wrapped(wording.say(Text("report.own_mark")), paper)
    if not paper.detail or not notes.numbers:
        return
    yield paper.styled(wording.say(Text("report.sources_title")), "1")
    known = {source.id: source for source in sources}
    for id, number in notes.numbers.items():
        mark = f"[{number}] "
        yield from textwrap.wrap(
            in_full(known[id], wording),
            paper.width,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_on_hyphens=False,
        )
