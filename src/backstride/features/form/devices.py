"""What measured the runs, when it changed, and what one device reads above another on the same runner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from backstride.features.form.series import Source, Stride, device_of
from backstride.model.activity import Activity, Column
from backstride.model.channels import CHANNELS
from backstride.model.findings import STRAP, BreakKind, FormBreak


@dataclass(frozen=True, slots=True)
class Offset:
    """What one source reads above another, from runs that both measured."""

    value: float
    error: float
    """Standard error."""
    runs: int


def main_source(strides: Sequence[Stride]) -> Source:
    """What measured most of them; the watch's own sensor where a pod measured as many."""
    return Counter(each.source for each in strides).most_common(1)[0][0]


def paired(strides: Sequence[Stride], main: Source, least: int) -> dict[Source, Offset]:
    """What other sources read above `main` in the same runs, where at least `least` runs have both.

    The runner, the speed and the ground are the same, so that nothing need be assumed of form.
    """
    by_run: dict[str, dict[Source, float]] = {}
    for each in strides:
        by_run.setdefault(each.run.id, {})[each.source] = each.value
    gaps: dict[Source, list[float]] = {}
    for values in by_run.values():
        for source, value in values.items():
            if source != main and main in values:
                gaps.setdefault(source, []).append(value - values[main])
    finest = CHANNELS[main.channel].step
    return {source: _offset(np.array(found), finest) for source, found in gaps.items() if len(found) >= least}


def _offset(gaps: Column, finest: float) -> Offset:
    """By the middle gap; the error of a median is a quarter larger than that of a mean."""
    middle = float(np.median(gaps))
    scatter = max(1.4826 * float(np.median(np.abs(gaps - middle))), float(gaps.std(ddof=1)) / 2, finest)
    return Offset(middle, 1.2533 * scatter / float(np.sqrt(gaps.size)), gaps.size)


def one_each(strides: Sequence[Stride], main: Source) -> list[Stride]:
    """Each run once: as `main` measured it where it did, else as the first that did."""
    by_run: dict[str, Stride] = {}
    for each in strides:
        if each.run.id not in by_run or each.source == main:
            by_run[each.run.id] = each
    return list(by_run.values())


def comparable(
    early: Sequence[Stride], main: Source, offsets: Mapping[Source, Offset], least: int
) -> frozenset[Source]:
    """The sources that have a usual of their own, or whose offset to one that has is known.

    A source that begins with the weeks that are judged has none: what it adds and what the runner
    changed cannot be told apart.
    """
    count = Counter(each.source for each in early)
    own = {source for source, number in count.items() if number >= least}
    linked = {main, *offsets}
    return frozenset(own | linked if own & linked else own)


def breaks(strides: Sequence[Stride]) -> tuple[FormBreak, ...]:
    """The days on which something new began to measure, and on which a device got new software.

    A device worn before is no break when it comes back: its runs lie on its own line.
    """
    found = [*_new_hardware(strides), *_new_software([each.run for each in strides])]
    return tuple(sorted(found, key=lambda each: (each.on, each.kind)))


def _new_hardware(strides: Sequence[Stride]) -> Iterator[FormBreak]:
    seen = set[tuple[object, ...]]()
    last: Source | None = None
    for each in strides:
        if last is not None and each.source.hardware not in seen:
            kind: BreakKind = "device" if each.source.device != last.device else "sensor"
            yield FormBreak(each.run.on, kind, _named(last, kind), _named(each.source, kind))
        seen.add(each.source.hardware)
        last = each.source


def _named(source: Source, kind: BreakKind) -> str:
    if kind == "device":
        return " ".join(part for part in source.device or () if part)
    return source.channel + (STRAP if source.strap else "")


def _new_software(runs: Sequence[Activity]) -> Iterator[FormBreak]:
    seen: dict[object, dict[str, None]] = {}
    for run in runs:
        software = None if run.device is None else run.device.software
        if software is None or device_of(run) is None:
            continue
        known = seen.setdefault(device_of(run), {})
        if known and software not in known:
            yield FormBreak(run.on, "software", next(reversed(known)), software)
        known[software] = None


def software_began(late: Sequence[Stride], early: Sequence[Stride]) -> date | None:
    """The first day of a software that measured most of the late runs and none of the early; else None."""
    known = {_software(each) for each in early}
    new = [each.run.on for each in late if None not in _software(each) and _software(each) not in known]
    told = any(None not in software for software in known)
    return min(new) if told and len(new) * 2 > len(late) else None


def _software(each: Stride) -> tuple[object, str | None]:
    device = each.run.device
    return device_of(each.run), None if device is None else device.software
