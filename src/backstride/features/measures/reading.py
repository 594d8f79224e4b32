"""One run opened for measuring: each column of its stream is fetched once, however many measures look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from backstride.features.measures.flat import flat_and_steady
from backstride.features.measures.grade import grade_of
from backstride.features.runs import Samples, samples
from backstride.knowledge.knowledge import Knowledge
from backstride.model.activity import Activity, Column, Stream


class _Once(Mapping[str, Column]):
    """Columns of a stream, each kept after the first look."""

    __slots__ = ("_kept", "_stream")

    def __init__(self, stream: Stream) -> None:
        self._stream, self._kept = stream, dict[str, Column]()

    def __getitem__(self, channel: str) -> Column:
        if channel not in self._kept:
            self._kept[channel] = self._stream[channel]
        return self._kept[channel]

    def __contains__(self, channel: object) -> bool:
        return channel in self._stream

    def __iter__(self) -> Iterator[str]:
        return iter(self._stream)

    def __len__(self) -> int:
        return len(self._stream)


@dataclass(frozen=True)
class Reading:
    """One run and what is known of running: all that a measure of a run may look at."""

    activity: Activity
    knowledge: Knowledge

    @cached_property
    def samples(self) -> Samples | None:
        """Which of its seconds are moving, and which are running; None without a stream that tells."""
        return samples(self.activity, self.knowledge)

    @cached_property
    def flat(self) -> Samples | None:
        """Its samples with only flat, steady seconds as running; all steady ones without an altitude."""
        if self.samples is None:
            return None
        return flat_and_steady(self.samples, self.activity.stream, self.knowledge)

    @cached_property
    def grade(self) -> Column | None:
        """The grade under each of its samples, over `grade_window_m`; None as `samples`."""
        if self.samples is None:
            return None
        window_m = self.number("grade_window_m")
        return grade_of(self.samples, self.activity.stream, window_m, self.knowledge)

    def number(self, threshold: str) -> float:
        """One cut-off."""
        return self.knowledge.number(threshold)


def opened(activity: Activity, knowledge: Knowledge) -> Reading:
    """The run with its columns kept as they are looked at."""
    return Reading(replace(activity, stream=Stream(_Once(activity.stream))), knowledge)
