"""The share of a span's running on one ground, by the number of runs and by distance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from backstride.features.certain import total
from backstride.features.ground.of_run import Ground, ground_of
from backstride.features.lookback import Lookback
from backstride.features.portion import portion
from backstride.features.possible import distance_of, unseen_m
from backstride.model.activity import Activity, Surface
from backstride.model.findings import Interval
from backstride.model.history import Span

By = Literal["runs", "distance"]
Grounds = Sequence[tuple[Activity, Ground]]


def grounds(span: Span, look: Lookback) -> Grounds:
    """Each run of a span with its ground."""
    return [(run, ground_of(run, look)) for run in look.runs_in(span)]


def share_on(surface: Surface, span: Span, look: Lookback, by: By = "runs") -> Interval:
    """The share of a span's runs, or of its distance, on one ground.

    A run that may have been on it counts as one or as none.  So does a day nobody recorded: it may have held
    one run, or the runner's longest day.
    """
    runs = grounds(span, look)
    certain = [run for run, ground in runs if ground.only == surface]
    perhaps = [run for run, ground in runs if ground.only != surface and surface in ground.possible]
    rest = [run for run, ground in runs if surface not in ground.possible]
    return portion(
        _amount(certain, look, by),
        _amount(perhaps, look, by) + _unseen(span, look, by),
        _amount(rest, look, by),
    )


def _amount(runs: Sequence[Activity], look: Lookback, by: By) -> Interval:
    if by == "runs":
        return Interval(float(len(runs)), float(len(runs)))
    return total(distance_of(run, look) for run in runs)


def _unseen(span: Span, look: Lookback, by: By) -> Interval:
    if by == "runs":
        return Interval(0.0, float(look.unseen_days(span)))
    return Interval(0.0, unseen_m(span, look))
