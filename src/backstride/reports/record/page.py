"""The record as one self-contained HTML page: no script, no network, light and dark, phone and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from backstride.model.findings import FormSeries, Onset
from backstride.model.season import Season, WeekTold
from backstride.model.text import Missing, Quantity, Text, Value
from backstride.reports.page import WIDTHS, template
from backstride.reports.record.axis import Axis
from backstride.reports.record.calendar import calendar_svg, edges
from backstride.reports.record.lane import Lane
from backstride.reports.record.lanes import pain_lane, runs_lane, weeks_lane
from backstride.reports.record.lanes_form import form_lane
from backstride.reports.record.picture import stacked
from backstride.reports.wording import Wording

Table: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A sentence that says what to see, its picture for a desk and for a phone, and the table behind it."""

    title: str
    words: str
    pictures: tuple[Markup, ...]
    heads: tuple[str, ...]
    rows: Table


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
    alarm: str | None,
    lead: Sequence[str],
    wording: Wording,
) -> RecordPage:
    """A calendar of the year, and the lanes of the season; a raised red flag stands first."""
    return RecordPage(
        _say(wording, "title"), alarm, tuple(lead), (_calendar(year, wording), _lanes(season, form, wording))
    )


def html_page(page: RecordPage, wording: Wording) -> bytes:
    """One HTML page in UTF-8 that holds everything it needs."""
    table = _say(wording, "table")
    return template("record.html.j2").render(page=page, table=table, language=wording.language).encode()


def _say(wording: Wording, key: str, **values: Value) -> str:
    return wording.say(Text(f"record.{key}", values))


def _calendar(year: Season, wording: Wording) -> Figure:
    cut = [Quantity(metres, "m") for metres in edges(year)]
    words = _say(wording, "calendar_words")
    if len(cut) == 3:
        words += " " + _say(wording, "calendar_shades", first=cut[0], second=cut[1], third=cut[2])
    pictures = tuple(Markup(calendar_svg(year, wording, words, width)) for width in WIDTHS)
    return Figure(_say(wording, "calendar"), words, pictures, *_months(year, wording))


def _months(year: Season, wording: Wording) -> tuple[tuple[str, ...], Table]:
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
    return heads, tuple(rows)


def _lanes(season: Season, form: Sequence[FormSeries], wording: Wording) -> Figure:
    words = _season_words(season, form, wording)
    pictures = []
    for width in WIDTHS:
        axis = Axis(season.span, width, wording)
        pictures.append(Markup(stacked(season, _all_lanes(season, form, axis), axis, words)))
    return Figure(
        _say(wording, "season", weeks=Quantity(round(season.span.days / 7), "week")),
        words,
        tuple(pictures),
        week_heads(wording),
        tuple(week_row(week, wording) for week in season.weeks),
    )


def _all_lanes(season: Season, form: Sequence[FormSeries], axis: Axis) -> list[Lane]:
    stride = (form_lane(series, axis) for series in form)
    return [
        pain_lane(season, axis),
        runs_lane(season, axis),
        weeks_lane(season, axis),
        *(lane for lane in stride if lane is not None),
    ]


def _season_words(season: Season, form: Sequence[FormSeries], wording: Wording) -> str:
    parts = [_onset_words(season.onset, wording), _say(wording, "season_words")]
    if season.spikes:
        last = season.spikes[-1]
        parts.append(_say(wording, "season_jump", day=last.on, jump=Text(f"record.jump_{last.bin}")))
    if form:
        parts.append(_say(wording, "form_words"))
    if any(day.state == "unrecorded" for day in season.days):
        parts.append(_say(wording, "season_gaps"))
    return " ".join(part for part in parts if part)


def _onset_words(onset: Onset | None, wording: Wording) -> str:
    if onset is None:
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
