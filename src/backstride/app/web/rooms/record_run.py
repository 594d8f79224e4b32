"""One run: its channels second by second, its stride against the usual, and who told what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, cast

import numpy as np
from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from markupsafe import Markup

from backstride.app.one_run import RunForm, numbers_of, part_in
from backstride.app.record import remove, short
from backstride.app.run_list import RunList, RunRow, one_activity
from backstride.app.run_words import channel_names, device_name, repairs_told
from backstride.app.web.here import Form, Here, HereIs
from backstride.app.web.links import run_page
from backstride.app.web.rooms.record_runs import M_PER, listed
from backstride.features.traces import laps, portions, thirds, traces
from backstride.model.activity import Activity
from backstride.model.text import Missing, Quantity, Text
from backstride.model.traces import Along, Portion, RunTraces
from backstride.reports.page import WIDTHS
from backstride.reports.record.table import PageTable
from backstride.reports.record.traces import shown, shown_as, trace_name, traces_svg
from backstride.reports.wording import Wording
from backstride.store.store import Store

router = APIRouter()
STRETCHES = {720: 680, 350: 330}
"""About as many as a picture has room for, by its width."""
Id = Annotated[str, Path(max_length=64)]


@router.get("/record/run/{id}")
def run(here: HereIs, id: Id, by: str = "time") -> HTMLResponse:
    """Everything of one run."""
    with here.store() as store:
        every = listed(here, store)
        row, one = _found(here, store, every, id)
        along = _along(by)
        drawn = _drawn(one, along, here)
        numbers = here.home.keep(
            store, ("run", row.id), lambda: numbers_of(store, row.id, row.on, here.knowledge)
        )
        tables = list(_tables(one, here))
    older, newer = _beside(every, row)
    words, answer = here.wording, here.answer()
    return here.page(
        "record_run.html.j2",
        run=one,
        row=row,
        title=one.title or here.say(f"runs.sport_{one.sport}"),
        older=older,
        newer=newer,
        at=f"{one.start:%H:%M}",
        facts=_facts(one, row, every, here),
        along=along,
        has_distance="distance_m" in one.stream,
        drawn=drawn,
        tables=tables,
        part=part_in(answer, row.id),
        onset=answer.strip.onset is not None,
        form=[_form(each, words) for each in numbers.form],
        form_by=sorted({each.measured_by or here.say("runs.not_known") for each in numbers.form}),
        measures=[
            (name, words.say(Text(f"features.name_{name}")), words.known(value), isinstance(value, Missing))
            for name, value in numbers.measures
        ],
        records=_records(one, words),
        repairs=repairs_told(one.repairs, words),
        warnings=here.told(one.warnings),
        run_page=run_page,
    )


@router.get("/record/run/{id}/channels.json")
def channels(here: HereIs, id: Id, by: str = "time") -> JSONResponse:
    """The channels for the line that follows the pointer: null is a gap."""
    with here.store() as store:
        _, one = _found(here, store, listed(here, store), id)
        told = traces(one, _along(by), STRETCHES[720], here.knowledge)
    if told is None:
        raise HTTPException(404, "channels")
    words = here.wording
    return JSONResponse(
        {
            "schema": "backstride/channels/1",
            "along": told.along,
            "end": told.end,
            "at": [_place(told.at(nth), told.along, words) for nth in range(told.stretches)],
            "traces": [
                {
                    "name": each.name,
                    "title": trace_name(each.name, words),
                    "channel": each.channel,
                    "unit": each.unit,
                    "mean": _numbers(each.mean),
                    "low": _numbers(each.low),
                    "high": _numbers(each.high),
                    "said": [
                        None if np.isnan(value) else shown(each, value, words) for value in each.mean.tolist()
                    ],
                }
                for each in told.traces
            ],
        }
    )


@router.post("/record/run/{id}/remove")
def take_out(here: HereIs, form: Form, id: Id) -> RedirectResponse:
    """The run is out of the record, with every copy of it; it can be brought back."""
    with here.store() as store:
        remove(store, id, here.on)
    return here.to("/record/runs?out=1")


@router.post("/record/runs/undo")
def bring_back(here: HereIs, form: Form) -> RedirectResponse:
    """The run taken out last is in the record again."""
    with here.store() as store:
        store.forget_last("removed")
    return here.to("/record/runs?back=1")


def _found(here: Here, store: Store, every: RunList, id: str) -> tuple[RunRow, Activity]:
    row = every.row(id)
    one = None if row is None else one_activity(store, row, every.pairs)
    if row is None or one is None:
        raise HTTPException(404, "run")
    return row, one


def _along(by: str) -> Along:
    if by not in ("time", "distance"):
        raise HTTPException(404, "by")
    return cast(Along, by)


def _beside(every: RunList, row: RunRow) -> tuple[RunRow | None, RunRow | None]:
    """The activities of the same sport before and after it."""
    alike = [each for each in every.rows if each.sport == row.sport]
    at = alike.index(row)
    return (alike[at + 1] if at + 1 < len(alike) else None), (alike[at - 1] if at else None)


def _numbers(column: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float | None]:
    return [None if np.isnan(value) else round(value, 4) for value in column.tolist()]


def _place(value: float, along: Along, words: Wording) -> str:
    if along == "distance":
        return words.quantity(Quantity(value, "m"))
    hours, rest = divmod(round(value), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pictures of the channels, and how each went from the first third of the run to the last."""

    pictures: tuple[Markup, ...]
    changes: tuple[str, ...]


def _drawn(one: Activity, along: Along, here: Here) -> Drawn | None:
    wide = traces(one, along, STRETCHES[720], here.knowledge)
    if wide is None or not wide.traces:
        return None
    changes = tuple(_changes(wide, here.wording))
    about = " ".join((here.say("web_record.channels_words"), *changes))
    pictures = []
    for width in WIDTHS:
        told = wide if width == 720 else traces(one, along, STRETCHES[width], here.knowledge)
        if told is not None:
            pictures.append(Markup(traces_svg(told, here.wording, about, width)))
    return Drawn(tuple(pictures), changes)


def _changes(told: RunTraces, words: Wording) -> Iterator[str]:
    """Each channel in the first third and in the last, where both are recorded."""
    for trace in told.traces:
        ends = thirds(trace)
        if ends is not None and trace.name != "grade":
            first, last = (shown(trace, value, words) for value in ends)
            values = {"what": trace_name(trace.name, words), "first": first, "last": last}
            yield words.say(Text("web_record.from_to", values))


def _tables(one: Activity, here: Here) -> list[PageTable]:
    units = here.looks.units
    found = []
    rows = (
        (f"web_record.table_{units}", portions(one, M_PER[units], here.knowledge), "number"),
        ("web_record.table_laps", laps(one), "lap"),
    )
    for title, parts, head in rows:
        if parts:
            found.append(_table(here.say(title), parts, here.say(f"web_record.head_{head}"), here))
    return found


def _table(title: str, parts: tuple[Portion, ...], first: str, here: Here) -> PageTable:
    words = here.wording
    units = {"heart_rate": "bpm", "cadence": "spm", "contact": "ms", "oscillation": "mm"}
    names = [
        name
        for name in ("heart_rate", "cadence", "contact", "oscillation", "balance", "grade")
        if any(name in part.means for part in parts)
    ]
    heads = (
        first,
        *(here.say(f"web_record.head_{name}") for name in ("distance", "time", "pace")),
        *(trace_name(name, words) for name in names),
    )
    rows = []
    for part in parts:
        speed = part.distance_m / part.seconds if part.distance_m and part.seconds else None
        rows.append(
            (
                str(part.number),
                _cell(part.distance_m, "m", words),
                "" if part.seconds is None else _place(part.seconds, "time", words),
                "" if speed is None else words.quantity(Quantity(speed, "mps")),
                *(
                    shown_as(name, units.get(name, "share"), part.means[name], words)  # type: ignore[arg-type]
                    if name in part.means
                    else ""
                    for name in names
                ),
            )
        )
    return PageTable(title, heads, tuple(rows))


def _cell(value: float | None, unit: str, words: Wording) -> str:
    return "" if value is None else words.quantity(Quantity(value, unit))  # type: ignore[arg-type]


def _facts(one: Activity, row: RunRow, every: RunList, here: Here) -> list[tuple[str, str, str | None]]:
    """What it is, its value in words, and where the value leads."""
    words = here.wording
    unknown = here.say("runs.not_known")

    def told(value: float | None, unit: str) -> str:
        return unknown if value is None else words.quantity(Quantity(value, unit))  # type: ignore[arg-type]

    speed = one.distance_m / one.moving_s if one.distance_m and one.moving_s else None
    ground = unknown if row.ground is None else here.say(f"record.ground_{row.ground}")
    if row.ground_judged:
        ground = here.say("web_record.judged", ground=ground)
    shoe = every.shoes.get(row.shoe or "", row.shoe) or unknown
    facts: list[tuple[str, str, str | None]] = [
        ("distance", told(one.distance_m, "m"), None),
        ("time", told(one.moving_s, "s"), None),
        ("elapsed", told(one.elapsed_s, "s"), None),
        ("pace", told(speed, "mps"), None),
        ("climb", told(one.climb_m, "m"), None),
        ("descent", told(one.descent_m, "m"), None),
        ("ground", ground, None),
        ("shoe", shoe, "/record/shoes"),
        ("effort", told(one.rpe, "score"), None),
        ("device", device_name(one) or unknown, None),
    ]
    if one.note:
        facts.append(("note", one.note, None))
    return [(here.say(f"web_record.head_{name}"), value, leads) for name, value, leads in facts]


def _form(each: RunForm, words: Wording) -> str:
    """One figure of stride in words."""
    point, unit = each.point, each.series.unit
    off = abs(point.residual) > point.sure
    key = ("above" if point.residual >= 0 else "below") if off else "within"
    return words.say(
        Text(
            f"web_record.form_{key}",
            {
                "what": each.series.name,
                "by": _by(abs(point.residual), unit, words),
                "sure": _by(point.sure, unit, words),
            },
        )
    )


def _by(value: float, unit: str, words: Wording) -> str:
    if unit == "share":
        return words.unit("share", n=words.number(100 * value, 1))
    return words.quantity(Quantity(round(value, 1), unit))  # type: ignore[arg-type]


def _records(one: Activity, words: Wording) -> list[tuple[str, str]]:
    """Each record it is made of, and what it gave."""
    if not one.copies:
        told = {"name": one.origin.name, "reader": one.origin.reader}
        names = channel_names(one.stream, words)
        said = words.say(Text("runs.channels", {"names": names})) if names else None
        return [(words.say(Text("runs.alone", told)), said or words.say(Text("runs.no_channels")))]
    rows = []
    for copy in one.copies:
        values = {"name": copy.origin.name, "reader": copy.origin.reader, "id": short(copy.id)}
        names = channel_names(copy.gave, words)
        gave = Text("runs.gave", {"names": names}) if names else Text("runs.gave_nothing")
        rows.append((words.say(Text("runs.from", values)), words.say(gave)))
    return rows
