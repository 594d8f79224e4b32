"""The calendar: a square a day, darker for farther, with pain as dots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from backstride.model.findings import DayLoad
from backstride.model.season import Season
from backstride.model.text import Quantity
from backstride.reports.record.axis import Axis, Leads, month
from backstride.reports.wording import Wording

SHADES = 4
_LEFT, _TOP, _WIDE = 30.0, 18.0, 500


@dataclass(frozen=True, slots=True)
class _Grid:
    """Weeks from left to right, days from Monday down."""

    season: Season
    width: int
    wording: Wording

    @property
    def monday(self) -> date:
        first = self.season.span.first
        return first - timedelta(days=first.weekday())

    @property
    def weeks(self) -> int:
        return (self.season.span.last - self.monday).days // 7 + 1

    @property
    def across(self) -> int:
        """Weeks side by side; on a phone the year stands in two blocks."""
        return self.weeks if self.width >= _WIDE else -(-self.weeks // 2)

    @property
    def cell(self) -> float:
        return (self.width - _LEFT - 4) / self.across

    @property
    def block(self) -> float:
        """How tall a block of weeks is."""
        return _TOP + 7 * self.cell + 6

    def at(self, on: date) -> tuple[float, float]:
        week, day = divmod((on - self.monday).days, 7)
        block, nth = divmod(week, self.across)
        return _LEFT + nth * self.cell, block * self.block + _TOP + day * self.cell

    @property
    def height(self) -> float:
        return -(-self.weeks // self.across) * self.block


def edges(season: Season) -> tuple[float, ...]:
    """Metres at which the shades change: the quarters of the runner's own days with a run."""
    run = sorted(day.distance_m.high for day in season.days if day.state == "run")
    return tuple(run[len(run) * nth // SHADES] for nth in range(1, SHADES)) if len(run) >= SHADES else ()


def calendar_svg(season: Season, wording: Wording, words: str, width: int, leads: Leads | None = None) -> str:
    """One SVG element, `width` units wide; `words` describe it for those who do not see it.

    Where `leads` is given each day with a run is a link to the first of that day.
    """
    grid = _Grid(season, width, wording)
    axis = Axis(season.span, width, wording, leads)
    scores = {mark.on: mark.score for mark in season.pain}
    cut = edges(season)
    parts = [
        *(_day(day, scores.get(day.on), cut, grid, axis) for day in season.days),
        *_names(grid),
    ]
    return (
        f'<svg class="calendar w{width}" viewBox="0 0 {width} {grid.height:.0f}" role="{axis.role}" '
        f'aria-label="{escape(words)}"><defs><pattern id="blank{width}" width="4" height="4" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V4"/>'
        f"</pattern></defs>{''.join(parts)}</svg>"
    )


def _day(day: DayLoad, score: float | None, cut: tuple[float, ...], grid: _Grid, axis: Axis) -> str:
    x, y = grid.at(day.on)
    size = grid.cell - max(1.0, grid.cell * 0.12)
    look = _look(day, cut, grid)
    began = grid.season.onset is not None and day.on in grid.season.onset.span
    ring = " began" if began else ""
    square = (
        f'<rect class="{look}{ring}" x="{x:.1f}" y="{y:.1f}" width="{size:.1f}" height="{size:.1f}" rx="1.5"'
    )
    fill = f' fill="url(#blank{grid.width})"' if day.state == "unrecorded" else ""
    dot = ""
    if score is not None and score > 0:
        radius = size * (0.16 + 0.28 * score / 10)
        dot = f'<circle class="pain" cx="{x + size / 2:.1f}" cy="{y + size / 2:.1f}" r="{radius:.1f}"/>'
    title = escape(_title(day, score, axis))
    return axis.linked(f"<g><title>{title}</title>{square}{fill}/>{dot}</g>", title, day.activities)


def _look(day: DayLoad, cut: tuple[float, ...], grid: _Grid) -> str:
    if day.state != "run":
        return f"day {day.state}"
    return f"day run s{sum(day.distance_m.high >= edge for edge in cut) + (SHADES - len(cut))}"


def _title(day: DayLoad, score: float | None, axis: Axis) -> str:
    wording = axis.wording
    told = (
        wording.quantity(Quantity(day.distance_m.high, "m"))
        if day.state == "run" and day.distance_m.known
        else axis.own(f"state_{day.state}")
    )
    pain = "" if score is None else f", {axis.own('pain_of', score=Quantity(score, 'score'))}"
    return f"{wording.day(day.on)}: {told}{pain}"


def _names(grid: _Grid) -> Iterator[str]:
    """Months above, every other weekday at the left."""
    last = (0.0, -1.0)
    for week in range(grid.weeks):
        monday = grid.monday + timedelta(weeks=week)
        firsts = [on for back in range(7) if (on := monday + timedelta(days=back)).day == 1]
        x, y = grid.at(monday)
        name = month(firsts[0], grid.wording) if firsts else ""
        free = y != last[1] or x > last[0] + 4
        if name and free and x + 7 * len(name) < grid.width:
            yield f'<text class="tick" x="{x:.1f}" y="{y - 6:.1f}">{escape(name)}</text>'
            last = (x + 7.0 * len(name), y)
    if grid.cell >= 9:
        import babel.dates  # only where weekdays have room: the terminal starts faster

        names = babel.dates.get_day_names("abbreviated", locale=grid.wording.language)
        for day in (0, 2, 4, 6):
            y = _TOP + day * grid.cell + grid.cell * 0.75
            yield f'<text class="tick" x="0" y="{y:.1f}">{escape(str(names[day]))}</text>'
