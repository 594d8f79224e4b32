"""The table of what is measured.  What is not there makes a measure Missing, never 0."""

from __future__ import annotations

from backstride.features.measures.of_fields import OF_FIELDS
from backstride.features.measures.of_form import OF_FORM
from backstride.features.measures.of_ground import OF_GROUND
from backstride.features.measures.of_load import OF_LOAD
from backstride.features.measures.of_streams import OF_STREAMS
from backstride.features.measures.row import RunMeasure

RUN_MEASURES: dict[str, RunMeasure] = {
    row.name: row for row in (*OF_FIELDS, *OF_STREAMS, *OF_LOAD, *OF_FORM, *OF_GROUND)
}
"""Of one run, by name."""
