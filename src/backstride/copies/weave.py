"""One stream of the recordings of several copies, and which copy gives which channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backstride.copies.base import Member
from backstride.copies.onto import Joined, Piece
from backstride.model.activity import Stream

OVERLAP_SHARE = 0.1
"""Pieces of one column share no more than this of the shorter one's time."""


@dataclass(frozen=True, slots=True)
class Woven:
    """The stream of the merged run."""

    stream: Stream
    gave: Mapping[str, tuple[str, ...]]
    """Id of a copy -> the channels it gives."""


def woven(members: Sequence[Member]) -> Woven:
    """The base's columns, and every channel that it lacks from the richest copy that has it.

    Where the base is a row without a recording, the recordings stand one after another on its clock; and
    where a channel was recorded only in parts of the run, each part gives it for its own time.
    """
    base = members[0]
    recorded = [each for each in members if each.facts.recorded and "time_s" in each.activity.stream]
    spine = [base] if base in recorded else _one_after_another(recorded)
    rest = [each for each in recorded if each not in spine]
    own = dict.fromkeys(name for each in spine for name in each.activity.stream)
    further = dict.fromkeys(name for each in rest for name in each.activity.stream if name not in own)
    givers = {
        channel: _one_after_another([each for each in rest if channel in each.activity.stream])
        for channel in further
    }
    if not givers and spine == [base]:
        return Woven(base.activity.stream, {base.activity.id: tuple(own)})
    pieces = _pieces(spine, recorded)
    columns = Joined(
        [pieces[each.activity.id] for each in spine],
        {channel: [pieces[each.activity.id] for each in those] for channel, those in givers.items()},
    )
    return Woven(Stream(columns if spine else None), _gave(spine, givers))


def _pieces(spine: Sequence[Member], recorded: Sequence[Member]) -> dict[str, Piece]:
    """Where each recording begins; nothing before the first of the spine, whose clock counts from 0."""
    early_s = min((each.begins_s for each in spine), default=0.0)
    zero_s = 0.0 if len(spine) == 1 and early_s == 0 else min(0.0, early_s)
    clock = spine[0].facts.source[1:] if spine else None
    return {
        each.activity.id: Piece(
            each.activity.stream,
            each.begins_s - zero_s,
            each not in spine and (each.facts.source[1:] != clock or not all(clock or ())),
        )
        for each in recorded
    }


def _one_after_another(members: Sequence[Member]) -> list[Member]:
    """The richest, and those that do not overlap what is chosen; by start."""
    chosen: list[Member] = []
    for each in members:
        if all(_apart(each, other) for other in chosen):
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.begins_s)


def _apart(one: Member, other: Member) -> bool:
    lengths = one.facts.length_s, other.facts.length_s
    shared = min(one.begins_s + lengths[0], other.begins_s + lengths[1]) - max(one.begins_s, other.begins_s)
    return min(lengths) > 0 and shared <= OVERLAP_SHARE * min(lengths)


def _gave(spine: Sequence[Member], givers: Mapping[str, Sequence[Member]]) -> dict[str, tuple[str, ...]]:
    found = {each.activity.id: list(each.activity.stream) for each in spine}
    for channel, members in givers.items():
        for each in members:
            found.setdefault(each.activity.id, []).append(channel)
    return {id_: tuple(channels) for id_, channels in found.items()}
