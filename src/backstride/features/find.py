"""What the record says of the weeks before the pain began: a table of findings, and their picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias

from backstride.features.began import days_since_onset
from backstride.features.breaks import return_after_break
from backstride.features.changed.merge import marks
from backstride.features.form import DRIFT, FORM, finder
from backstride.features.ground.change import downhill_up, surface_change
from backstride.features.jump import load_jump
from backstride.features.longest import longest_30_days
from backstride.features.lookback import Lookback, back_from
from backstride.features.onset import pain_by_day
from backstride.features.onset.offered import record_signs
from backstride.features.rows import days_in_a_row
from backstride.features.shoes.age import shoe_age
from backstride.features.shoes.build import shoe_build
from backstride.features.shoes.new import new_shoes
from backstride.features.shoes.rotation import shoe_rotation
from backstride.features.shoes.switch import shoe_switch
from backstride.features.shoes.worn import worn_shoes
from backstride.features.spike import single_run_spike, spike_days
from backstride.features.volume import running_days, weekly_distance
from backstride.features.walking import walking_more
from backstride.model.findings import Finding, PainMark, Strip

Find: TypeAlias = Callable[[Lookback], Finding]


@dataclass(frozen=True, slots=True)
class FinderRow:
    """One finding, and the facts that only it may supply."""

    id: str
    facts: tuple[str, ...]
    find: Find


FINDERS = (
    FinderRow("single_run_spike", ("single_run_spike",), single_run_spike),
    FinderRow("weekly_distance", ("weekly_distance_up",), weekly_distance),
    FinderRow("return_after_break", ("return_after_break",), return_after_break),
    FinderRow("days_in_a_row", ("hard_days_in_a_row",), days_in_a_row),
    FinderRow("downhill_up", ("downhill_up",), downhill_up),
    FinderRow("surface_change", ("surface_change",), surface_change),
    FinderRow("new_shoes", ("new_shoes",), new_shoes),
    FinderRow("worn_shoes", ("worn_shoes",), worn_shoes),
    FinderRow("shoe_switch", (), shoe_switch),
    FinderRow("shoe_build", (), shoe_build),
    FinderRow("shoe_age", (), shoe_age),
    FinderRow("shoe_rotation", (), shoe_rotation),
    *(FinderRow(row.id, row.facts, finder(row)) for row in (*FORM, *DRIFT)),
    FinderRow("load_jump", ("load_jump",), load_jump),
    FinderRow("running_days", (), running_days),
    FinderRow("walking_more", ("walking_more",), walking_more),
    FinderRow("longest_30_days", (), longest_30_days),
    FinderRow("record_signs", (), record_signs),
    FinderRow("days_since_onset", ("days_since_onset",), days_since_onset),
)
"""In the order in which they are told."""


def findings(look: Lookback) -> tuple[Finding, ...]:
    """Every finding of the table, in its order; without an onset the windows end on the day looked from."""
    return tuple(row.find(look) for row in FINDERS)


def strip(look: Lookback, told: Sequence[Finding] = ()) -> Strip:
    """The `strip_days` up to the day looked from, or `strip_after_days` after an onset longer ago than that.

    So an onset always stands in the picture, with the weeks before it.  Of the changes `told`, those with
    a day of their own are marked.
    """
    on, onset = look.on, look.onset
    last = on
    if onset is not None:
        last = min(on, onset.by + timedelta(days=look.number("strip_after_days")))
    span = back_from(last, int(look.number("strip_days")))
    scores = pain_by_day(look.history, on)
    return Strip(
        days=look.days(span),
        pain=tuple(PainMark(day, score) for day, score in scores.items() if day in span),
        onset=onset,
        spikes=spike_days(span, look),
        changed=marks(told, span),
    )
