"""What the runs of one day come to together; not known where one of them does not say."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from backstride.model.activity import Activity

OfRun = Callable[[Activity], float | None]


def summed(runs: Sequence[Activity], of: OfRun) -> float | None:
    """The sum over the runs; 0 without a run, None where one does not say."""
    values = _known(runs, of)
    return None if values is None else sum(values)


def largest(runs: Sequence[Activity], of: OfRun) -> float | None:
    """The largest of the runs; 0 without a run, None where one does not say."""
    values = _known(runs, of)
    return None if values is None else max(values, default=0.0)


def _known(runs: Sequence[Activity], of: OfRun) -> list[float] | None:
    values = [of(run) for run in runs]
    known = [value for value in values if value is not None]
    return known if len(known) == len(values) else None
