"""The longest run of the last days, on which the plan's cap rests."""

from __future__ import annotations

from backstride.features.lookback import Lookback, back_from
from backstride.features.saying import missing, says
from backstride.features.spike import longest_possible, runs_before
from backstride.model.activity import Activity
from backstride.model.findings import Finding
from backstride.model.text import Quantity


def longest_30_days(look: Lookback) -> Finding:
    """The longest run of the last `spike_base_days` up to `on`: the plan's cap rests on it.

    A run before the onset that was itself a spike is left out while there are others: what came before
    the pain is no measure of what the back is ready for.  With days not recorded the value is the longest
    run on record, and its upper end what may have been.
    """
    window = back_from(look.on, int(look.number("spike_base_days")))
    runs = [run for run in look.runs_in(window) if run.distance_m is not None]
    seen = look.seen_share(window)
    unseen = look.unseen_days(window) > 0 or len(runs) < len(look.runs_in(window))
    days = Quantity(look.number("spike_base_days"), "day")
    if not runs:
        statement = says("longest_unknown" if unseen else "longest_none", days=days)
        value = missing(statement, "help_cover" if unseen else "help_return")
        return Finding("longest_30_days", statement, value, window, seen)
    kept, left_out = _without_spikes(runs, look)
    longest = max(kept, key=lambda run: (run.distance_m or 0.0, run.start))
    metres = longest.distance_m or 0.0
    statement = says(
        "longest_at_least" if unseen else "longest_known",
        day=longest.on,
        distance=Quantity(metres, "m"),
        days=days,
    )
    if left_out is not None:
        statement = says("longest_left_out", what=statement, spike=left_out.on)
    high = max(metres, longest_possible(window, look)) if unseen else metres
    return Finding(
        "longest_30_days",
        statement,
        Quantity(metres, "m", metres, high) if unseen else Quantity(metres, "m"),
        window,
        seen,
        (longest.id,),
        sources=("frandsen2025",),
        checked="V",
    )


def _without_spikes(runs: list[Activity], look: Lookback) -> tuple[list[Activity], Activity | None]:
    """The runs without those that spiked before the onset, and the longest of these; all, if none is left."""
    if look.onset is None:
        return runs, None
    spiked = {spike.run.id for spike in runs_before(look).spikes if spike.at_least != "none"}
    kept = [run for run in runs if run.id not in spiked]
    gone = [run for run in runs if run.id in spiked]
    if not kept or not gone:
        return runs, None
    return kept, max(gone, key=lambda run: run.distance_m or 0.0)
