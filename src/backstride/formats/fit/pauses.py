"""When the watch's timer stood still, from the timer events of a FIT file."""

from __future__ import annotations

import numpy as np

from backstride.formats.fit.file import Part
from backstride.formats.fit.names import STARTS, STOPS, TIMER_EVENT
from backstride.formats.fit.records import unix_s
from backstride.formats.track import Flags
from backstride.model.activity import Column

Pauses = list[tuple[float, float]]


def pauses_of(part: Part) -> Pauses:
    """From each stop of the timer to the next start, in seconds since 1970; a last stop is no pause."""
    table = part.table("event")
    kind, what, stamps = (table.number(name) for name in ("event", "event_type", "timestamp"))
    if kind is None or what is None or stamps is None:
        return []
    moments = unix_s(stamps)
    timer = np.flatnonzero((kind == TIMER_EVENT) & ~np.isnan(moments))
    pauses: Pauses = []
    stopped: float | None = None
    for nth in timer[np.argsort(moments[timer], kind="stable")].tolist():
        if what[nth] in STOPS and stopped is None:
            stopped = float(moments[nth])
        elif what[nth] in STARTS and stopped is not None:
            if moments[nth] > stopped:
                pauses.append((stopped, float(moments[nth])))
            stopped = None
    return pauses


def inside_pause(time_s: Column, pauses: Pauses) -> Flags:
    """True for moments strictly between a stop and the next start."""
    inside = np.zeros(time_s.size, bool)
    for stop, start in pauses:
        inside |= (time_s > stop) & (time_s < start)
    return inside


def paused_s(pauses: Pauses, start_s: float, end_s: float) -> float:
    """Seconds of pause between two moments."""
    return sum(max(0.0, min(end_s, start) - max(start_s, stop)) for stop, start in pauses)
