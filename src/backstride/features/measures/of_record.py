"""Measures of a run that need the rest of the record: the runs before it, or the runner's own heart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backstride.features.certain import quantity
from backstride.features.hard import was_hard
from backstride.features.heart import heart_load_au
from backstride.features.load.easy import easy_m, lumbar_load
from backstride.features.lookback import Lookback
from backstride.features.measures.row import Grain
from backstride.features.saying import missing, says
from backstride.features.spike import Spike, longest_before, spike_of
from backstride.model.activity import Activity
from backstride.model.findings import Checked
from backstride.model.text import Missing, Quantity, Unit


@dataclass(frozen=True, slots=True)
class RecordMeasure:
    """One measure of a run in its record."""

    name: str
    unit: Unit
    low: float
    high: float
    checked: Checked
    sources: tuple[str, ...]
    fields: tuple[str, ...]
    """What it is made of: fields of the activity, or other measures."""
    work_out: Callable[[Activity, Lookback], Quantity | Missing]
    against: Callable[[Activity, Lookback], Activity | None] = lambda run, look: None
    """The earlier run it is held against."""

    @property
    def grain(self) -> Grain:
        """It belongs to one run."""
        return "run"


def _ratio(run: Activity, look: Lookback) -> Quantity | Missing:
    found = spike_of(run, look)
    if not isinstance(found, Spike):
        return found
    return quantity(found.ratio, "ratio") or Quantity(found.ratio.low, "ratio")


def _heart(run: Activity, look: Lookback) -> Quantity | Missing:
    load = heart_load_au(run, look)
    return missing(says("no_heart_load"), "help_heart") if load is None else Quantity(load, "au")


def _hard(run: Activity, look: Lookback) -> Quantity | Missing:
    hard = was_hard(run, look)
    return missing(says("hard_not_known"), "help_srpe") if hard is None else Quantity(float(hard), "count")


def _easy(run: Activity, look: Lookback) -> Quantity | Missing:
    easy = easy_m(run, look)
    if easy is None:
        return missing(says("not_recorded", what=says("name_easy_m")), "help_stream")
    return quantity(easy, "m") or Quantity(easy.low, "m")


def _lumbar(run: Activity, look: Lookback) -> Quantity | Missing:
    load = lumbar_load(run, look)
    if load is None:
        return missing(says("no_lumbar_load"), "help_stream")
    return quantity(load, "number") or Quantity(load.low, "number")


_ROWS = (
    RecordMeasure(
        "easy_m",
        "m",
        0,
        500_000,
        "P",
        ("own_rule", "alcantara2022", "gottschall2005", "gallagher2017"),
        ("typical_easy_m", "running_speed_mps", "running_cadence_spm"),
        _easy,
    ),
    RecordMeasure(
        "lumbar_load",
        "number",
        0,
        1e6,
        "P",
        ("own_rule", "alcantara2022", "gallagher2017", "coenen2012"),
        ("speed_mps", "cadence_spm", "contact_ms"),
        _lumbar,
    ),
    RecordMeasure(
        "single_run_ratio",
        "ratio",
        0,
        1_000,
        "V",
        ("frandsen2025",),
        ("distance_m",),
        _ratio,
        longest_before,
    ),
    RecordMeasure(
        "heart_load_au",
        "au",
        0,
        5_000,
        "M",
        ("banister1991",),
        ("moving_s", "running_heart_rate_bpm", "highest_heart_rate_bpm"),
        _heart,
    ),
    RecordMeasure("hard", "count", 0, 1, "P", ("own_rule",), ("rpe", "running_heart_rate_bpm"), _hard),
)

RECORD_MEASURES: dict[str, RecordMeasure] = {row.name: row for row in _ROWS}
"""Of one run in its record, by name."""
