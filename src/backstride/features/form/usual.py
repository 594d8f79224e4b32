"""The runner's usual of one figure: a robust line over speed, each device with a level of its own.

    value = level + what its source adds + slope x speed + per step x steps above what that speed brings
            + what belt or trail add + change of the late runs

The line is drawn twice.  First by SciPy with a loss that lets no odd run pull (soft L1); what still lies far
off is drawn in.  Then by generalised least squares, as runs near in time are alike: a week off the line is
one thing seen several times, not several.  Without that one window in five of an unchanged runner is called
a change (accuracy/README.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from backstride.features.form.devices import Offset
from backstride.features.form.figures import FormRow
from backstride.features.form.series import Source, Stride
from backstride.features.lookback import Lookback
from backstride.features.runs import Mask
from backstride.model.activity import Column
from backstride.model.channels import CHANNELS

Matrix: TypeAlias = NDArray[np.float64]
_VAGUE = 1e-4
"""Of the scatter: what is known beforehand of a term of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What was fitted, in the figure's own unit."""

    change: float
    """How far the late runs lie off the line through the others; 0 where none are told apart."""
    change_error: float
    """Standard error of it: of all that was fitted, and of runs near in time being alike."""
    slope: float
    scatter: float
    """Standard deviation of one run about its line, in a way that odd runs do not pull."""
    residuals: Column
    """Of each stride: its value less the usual at its speed, as its own source would read that."""
    added: Mapping[Source, Offset]
    """What each source reads above the first; of the first, nothing."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """The columns of the fit, and what is known of each beforehand."""

    columns: Matrix
    known: Column
    known_error: Column
    """Infinite where nothing is known."""
    late: int | None
    slope: int | None
    sources: Mapping[Source, int]


def usual(
    row: FormRow,
    strides: Sequence[Stride],
    late: Mask,
    main: Source,
    offsets: Mapping[Source, Offset],
    look: Lookback,
) -> Usual:
    """The usual over these strides, read as `main` reads; `late` marks those that may lie off it together."""
    value = np.array([each.value for each in strides], dtype=np.float64)
    terms = _terms(row, strides, late, main, offsets, look)
    start, scatter = _robust(value, terms, _first_scatter(value, strides), _finest(strides))
    off = value - terms.columns @ start
    most = look.number("form_outlier_sd") * scatter
    drawn_in = terms.columns @ start + np.clip(off, -most, most)
    fitted, covariance = _generalised(drawn_in, terms, scatter, _alike(strides, look))
    return _told(value, fitted, covariance, terms, scatter)


def _terms(
    row: FormRow,
    strides: Sequence[Stride],
    late: Mask,
    main: Source,
    offsets: Mapping[Source, Offset],
    look: Lookback,
) -> _Terms:
    columns, known, error = [np.ones(late.size)], [0.0], [np.inf]

    def add(column: Column, before: float = 0.0, before_error: float = np.inf) -> int:
        columns.append(column)
        known.append(before)
        error.append(before_error)
        return len(columns) - 1

    late_at = add(late.astype(np.float64)) if late.any() and not late.all() else None
    slope_at = None
    if row.against != "nothing" and row.slope is not None:
        axis = axis_of(row, strides)
        middle = np.median(axis[~late] if late_at is not None else axis)
        slope_at = add(axis - middle, look.number(row.slope), look.number(f"{row.slope}_sd"))
    if row.per_step is not None and (steps := _steps_above(strides, late, look)) is not None:
        add(steps, look.number(row.per_step), look.number(f"{row.per_step}_sd"))
    sources = {}
    for source in dict.fromkeys(each.source for each in strides if each.source != main):
        offset = offsets.get(source)
        is_it = np.array([each.source == source for each in strides], dtype=np.float64)
        sources[source] = add(is_it) if offset is None else add(is_it, offset.value, offset.error)
    goings = [each.going for each in strides]
    for going, _ in Counter(goings).most_common()[1:]:
        add(np.array([each == going for each in goings], dtype=np.float64))
    return _Terms(np.stack(columns, axis=1), np.array(known), np.array(error), late_at, slope_at, sources)


def _steps_above(strides: Sequence[Stride], late: Mask, look: Lookback) -> Column | None:
    """Steps a minute above what the runner's own early runs have at the speed; None where some have none."""
    steps = np.array([each.steps_spm for each in strides], dtype=np.float64)
    speed = np.array([each.speed_mps for each in strides], dtype=np.float64)
    if not np.isfinite(steps).all():
        return None
    early = ~late if not late.all() else late
    off_speed, off_steps = speed - np.median(speed[early]), steps - np.median(steps[early])
    weight = look.number("form_drift_speed_mps") ** 2 * early.sum()
    slope = (np.sum((off_speed * off_steps)[early]) + weight * look.number("cadence_slope")) / (
        np.sum(off_speed[early] ** 2) + weight
    )
    above: Column = off_steps - slope * off_speed
    return above


def axis_of(row: FormRow, strides: Sequence[Stride]) -> Column:
    """What the usual is a line of, stride by stride."""
    speeds = np.array([each.speed_mps for each in strides], dtype=np.float64)
    match row.against:
        case "speed":
            return speeds
        case "slowness":
            return 1 / speeds
        case _:
            return np.zeros(speeds.size)


def _finest(strides: Sequence[Stride]) -> float:
    """No figure scatters less than what is recorded of it."""
    return CHANNELS[strides[0].source.channel].step


def _first_scatter(value: Column, strides: Sequence[Stride]) -> float:
    """About the middle of each source, so that it is the same whatever a source adds."""
    number = {source: at for at, source in enumerate(dict.fromkeys(each.source for each in strides))}
    of = np.array([number[each.source] for each in strides])
    middle = np.array([np.median(value[of == at]) for at in number.values()])
    return _spread(value - middle[of])


def _robust(value: Column, terms: _Terms, scatter: float, finest: float) -> tuple[Column, float]:
    """The terms, and the scatter of one run about them."""
    scatter = max(scatter, finest)
    found = np.asarray(np.linalg.lstsq(terms.columns, value, rcond=None)[0], dtype=np.float64)
    weight = 1 / terms.known_error
    for _ in range(2):
        slopes = np.concatenate([terms.columns / scatter, np.diag(weight)])
        found = _soft(slopes, np.concatenate([value / scatter, weight * terms.known]), found)
        free = value.size / max(value.size - found.size, 1)
        scatter = max(_spread(value - terms.columns @ found) * float(np.sqrt(free)), finest)
    return found, scatter


def _soft(slopes: Matrix, wanted: Column, start: Column) -> Column:
    """What comes closest to what is wanted when far misses count by their size, not its square."""
    from scipy.optimize import least_squares  # takes half a second to load

    def missed(at: Column) -> Column:
        off: Column = slopes @ at - wanted
        return off

    found = least_squares(missed, start, lambda _: slopes, loss="soft_l1").x
    return np.asarray(found, dtype=np.float64)


def _spread(off: Column) -> float:
    """A standard deviation about 0 from the median of the sizes: half the runs may be odd."""
    return 1.4826 * float(np.median(np.abs(off)))


def _alike(strides: Sequence[Stride], look: Lookback) -> Matrix:
    """How alike two runs are for being near in time: a share of what scatters stays for some days."""
    share, stays = look.number("form_wander_share"), look.number("form_wander_days")
    day = np.array([each.run.on.toordinal() for each in strides], dtype=np.float64)
    wander: Matrix = share * np.exp(-np.abs(day[:, None] - day) / stays)
    return wander + (1 - share) * np.eye(day.size)


def _generalised(value: Column, terms: _Terms, scatter: float, alike: Matrix) -> tuple[Column, Matrix]:
    """The terms by generalised least squares with what is known beforehand, and their covariance."""
    weighed = np.linalg.solve(alike * scatter**2, terms.columns)
    before = np.where(np.isinf(terms.known_error), _VAGUE / scatter, 1 / terms.known_error) ** 2
    covariance: Matrix = np.linalg.inv(terms.columns.T @ weighed + np.diag(before))
    found: Column = covariance @ (weighed.T @ value + before * terms.known)
    return found, covariance


def _told(value: Column, fitted: Column, covariance: Matrix, terms: _Terms, scatter: float) -> Usual:
    error = np.sqrt(np.diag(covariance))
    change, change_error, line = 0.0, 0.0, fitted.copy()
    if terms.late is not None:
        change, change_error = float(fitted[terms.late]), float(error[terms.late])
        line[terms.late] = 0.0
    counts = terms.columns.sum(axis=0)
    return Usual(
        change,
        change_error,
        0.0 if terms.slope is None else float(fitted[terms.slope]),
        scatter,
        value - terms.columns @ line,
        {
            source: Offset(float(fitted[at]), float(error[at]), int(counts[at]))
            for source, at in terms.sources.items()
        },
    )
