"""The record as one self-contained HTML page: no script, no network, light and dark, phone and print."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from backstride.model.findings import FormSeries, Onset
from backstride.model.gear import Gear
from backstride.model.history import Span
from backstride.model.season import Season, WeekTold
from backstride.model.text import Missing, Quantity, Text, Value
from backstride.reports.page import WIDTHS, template
from backstride.reports.record.axis import Axis, Leads, WeekLeads
from backstride.reports.record.calendar import calendar_svg, edges
from backstride.reports.record.gear import gear_lanes, gear_tables, gear_words
from backstride.reports.record.lane import Lane
from backstride.reports.record.lanes import pain_lane, runs_lane, weeks_lane
from backstride.reports.record.lanes_form import form_lane
from backstride.reports.record.picture import stacked
from backstride.reports.record.table import PageTable
from backstride.reports.wording import Wording

HALF_A_YEAR = 190
"""Days: the figures of stride are followed over no more."""
ROWS = ("pain", "runs", "weeks", "stride", "shoes", "ground")
"""What the lanes of the season can be chosen by."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What to see, a paragraph each, its picture for a desk and for a phone, and the tables behind it."""

    title: str
    words: tuple[str, ...]
    pictures: tuple[Markup, ...]
    tables: tuple[PageTable, ...]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """The whole page in words and pictures."""

    title: str
    alarm: str | None
    lead: tuple[str, ...]
    figures: tuple[Figure, ...]


def record_page(
    year: Season,
    season: Season,
    form: Sequence[FormSeries],
    gear: Gear,
    alarm: str | None,
    lead: Sequence[str],
    wording: Wording,
    leads: Leads | None = None,
    rows: Collection[str] = ROWS,
    titles: tuple[str, str] | None = None,
    week_leads: WeekLeads | None = None,
) -> RecordPage:
    """A calendar of the year, and the lanes of the season; a raised red flag stands first.

    Where `leads` is given what is drawn of a run is a link to it; so is a week by `week_leads`.  `rows`
    says which lanes are drawn; `titles` are those of the two figures where they are not the last year and
    the last weeks.
    """
    named = titles or (
        _say(wording, "calendar"),
        _say(wording, "season", weeks=Quantity(round(season.span.days / 7), "week")),
    )
    stride = form if "stride" in rows else ()
    worn = Gear(
        gear.rack if "shoes" in rows else replace(gear.rack, pairs=()),
        gear.ground if "ground" in rows else (),
    )
    figures = (
        _calendar(year, named[0], wording, leads),
        _lanes(season, named[1], stride, worn, wording, (leads, week_leads), rows),
    )
    return RecordPage(_say(wording, "title"), alarm, tuple(lead), figures)


def record_lead(
    first: date | None, last: date | None, runs: int, season: Season, wording: Wording
) -> list[str]:
    """From when to when the record runs; where there is nothing in it, how to begin."""
    if first is None or last is None:
        return [_say(wording, "none")]
    lines = [_say(wording, "in_all", first=first, last=last, runs=Quantity(runs, "count"))]
    if not any(day.state == "run" for day in season.days):
        lines.append(_say(wording, "none_in_these", day=last))
    return lines


def html_page(page: RecordPage, wording: Wording) -> bytes:
    """One HTML page in UTF-8 that holds everything it needs."""
    return template("record.html.j2").render(page=page, language=wording.language).encode()


def _say(wording: Wording, key: str, **values: Value) -> str:
    return wording.say(Text(f"record.{key}", values))


def _calendar(year: Season, title: str, wording: Wording, leads: Leads | None) -> Figure:
    cut = [Quantity(metres, "m") for metres in edges(year)]
    words = _say(wording, "calendar_words")
    if len(cut) == 3:
        words += " " + _say(wording, "calendar_shades", first=cut[0], second=cut[1], third=cut[2])
    pictures = tuple(Markup(calendar_svg(year, wording, words, width, leads)) for width in WIDTHS)
    return Figure(title, (words,), pictures, (_months(year, wording),))


def _months(year: Season, wording: Wording) -> PageTable:
    """The calendar as a table: a row a month."""
    heads = tuple(
        _say(wording, f"head_{name}") for name in ("month", "runs", "distance", "unrecorded", "pain")
    )
    months = sorted({(day.on.year, day.on.month) for day in year.days})
    rows = []
    for month in months:
        days = [day for day in year.days if (day.on.year, day.on.month) == month]
        pain = [mark.score for mark in year.pain if (mark.on.year, mark.on.month) == month]
        seen = [day for day in days if day.state != "unrecorded"]
        low, high = sum(day.distance_m.low for day in seen), sum(day.distance_m.high for day in seen)
        rows.append(
            (
                f"{month[0]}-{month[1]:02d}",
                str(sum(day.state == "run" for day in days)),
                wording.quantity(Quantity(low, "m") if low == high else Quantity(low, "m", low, high)),
                str(sum(day.state == "unrecorded" for day in days)),
                wording.quantity(Quantity(max(pain), "score")) if pain else "",
            )
        )
    return PageTable(_say(wording, "table"), heads, tuple(rows))


def _lanes(
    season: Season,
    title: str,
    form: Sequence[FormSeries],
    gear: Gear,
    wording: Wording,
    leads: tuple[Leads | None, WeekLeads | None],
    rows: Collection[str],
) -> Figure:
    words = _season_words(season, form, gear, wording)
    pictures = []
    for width in WIDTHS:
        axis = Axis(season.span, width, wording, *leads)
        lanes = _all_lanes(season, form, gear, axis, rows)
        pictures.append(Markup(stacked(season, lanes, axis, " ".join(words))))
    return Figure(
        title,
        words,
        tuple(pictures),
        tuple(_tables(season, gear, wording)),
    )


def _tables(season: Season, gear: Gear, wording: Wording) -> Iterator[PageTable]:
    weeks = tuple(week_row(week, wording) for week in season.weeks)
    yield PageTable(_say(wording, "table"), week_heads(wording), weeks)
    yield from gear_tables(gear, wording)


def _all_lanes(
    season: Season, form: Sequence[FormSeries], gear: Gear, axis: Axis, rows: Collection[str]
) -> list[Lane]:
    always = (("pain", pain_lane), ("runs", runs_lane), ("weeks", weeks_lane))
    stride = (form_lane(series, axis) for series in form)
    return [
        *(lane(season, axis) for row, lane in always if row in rows),
        *(lane for lane in stride if lane is not None),
        *gear_lanes(gear, axis),
    ]


def _season_words(
    season: Season, form: Sequence[FormSeries], gear: Gear, wording: Wording
) -> tuple[str, ...]:
    parts = [_onset_words(season.onset, season.span, wording), _say(wording, "season_words")]
    if season.spikes:
        last = season.spikes[-1]
        parts.append(_say(wording, "season_jump", day=last.on, jump=Text(f"record.jump_{last.bin}")))
    if any(day.state == "unrecorded" for day in season.days):
        parts.append(_say(wording, "season_gaps"))
    stride = _say(wording, "form_words") if form else ""
    if form and season.span.days > HALF_A_YEAR:
        stride += " " + _say(wording, "form_half_year")
    beside = " ".join(gear_words(gear, season.span, wording))
    paragraphs = (" ".join(part for part in parts if part), stride, beside)
    return tuple(each for each in paragraphs if each)


def _onset_words(onset: Onset | None, span: Span, wording: Wording) -> str:
    """Nothing where the band lies outside of these days."""
    if onset is None or onset.span.last < span.first or onset.span.first > span.last:
        return ""
    if onset.span.days == 1:
        return _say(wording, "onset_on", day=onset.span.first)
    return _say(wording, "onset_between", first=onset.span.first, last=onset.span.last)


WEEK_HEADS = ("week", "distance", "days", "longest", "pain", "seen")


def week_heads(wording: Wording) -> tuple[str, ...]:
    """The heads of the table of weeks."""
    return tuple(_say(wording, f"head_{name}") for name in WEEK_HEADS)


def week_row(week: WeekTold, wording: Wording) -> tuple[str, ...]:
    """One week in words, a cell for each head; what is not known says so."""
    return (
        f"{week.span.first:%Y-%m-%d}",
        _cell(week.distance, wording),
        _number(week.running_days, wording),
        "" if week.longest_m is None else wording.quantity(Quantity(week.longest_m, "m")),
        "" if week.pain is None else wording.quantity(Quantity(week.pain, "score")),
        _say(wording, "seen_of", seen=str(week.seen_days), days=str(week.span.days)),
    )


def _cell(value: Quantity | Missing, wording: Wording) -> str:
    return _say(wording, "not_known") if isinstance(value, Missing) else wording.quantity(value)


def _number(value: Quantity | Missing, wording: Wording) -> str:
    """Without the unit: the head of the column has it."""
    if isinstance(value, Missing):
        return _say(wording, "not_known")
    return wording.quantity(Quantity(value.value, "number", value.low, value.high))
