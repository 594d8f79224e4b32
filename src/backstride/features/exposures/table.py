"""The table of exposures: what may have changed before the pain began."""

from __future__ import annotations

from backstride.features.exposures.amounts import AMOUNTS
from backstride.features.exposures.of_nights import OF_NIGHTS
from backstride.features.exposures.of_runs import OF_RUNS
from backstride.features.exposures.row import Exposure

EXPOSURES: tuple[Exposure, ...] = (*AMOUNTS, *OF_RUNS, *OF_NIGHTS)
"""In the order in which equals are told."""

ROWS = {row.id: row for row in EXPOSURES}
"""By id."""
