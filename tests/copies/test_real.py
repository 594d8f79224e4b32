"""Real files of other projects: those that are copies of one run are found, and no others."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.copies import groups, merged
from backstride.formats.readers import read
from backstride.model.activity import Activity
from backstride.model.errors import BadFile

SHARED = Path(__file__).parents[3] / "shared" / "data" / "activities"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(),
    reason="SKIPPED: the real files of ../shared/data are not here; nothing real was checked",
)
PROJECT = "sports-lib--"
SAME = {
    frozenset({"2067489619.gpx", "2067489619.fit"}),
    frozenset({"4623204522-1.gpx", "4623204522.fit"}),
    frozenset({"3939576645.gpx", "6791039036.tcx", "3939576645.fit"}),
    frozenset({"6860622783.fit", "6860622783.tcx"}),
}
"""By their start to the second and their distance; the names alone do not tell all of it."""


def activities() -> list[Activity]:
    """Of every sound file of one project that holds the same runs in several formats."""
    found: list[Activity] = []
    for path in sorted(SHARED.rglob(f"{PROJECT}*")):
        with suppress(BadFile):
            found += read(path.read_bytes(), path.name, ZoneInfo("Europe/Berlin")).activities
    return found


@needs_shared
def test_copies_among_real_files_are_found_and_no_others() -> None:
    found = activities()
    together = [group for group in groups(found) if len({each.origin.sha256 for each in group}) > 1]

    assert len(found) == sum(len(group) for group in groups(found))
    assert {frozenset(each.origin.name.removeprefix(PROJECT) for each in group) for group in together} == SAME


@needs_shared
def test_real_copies_merge_into_columns_of_one_length() -> None:
    for group in groups(activities()):
        run = merged(group)
        assert {run.stream.rows} == {run.stream[channel].size for channel in run.stream} | {run.stream.rows}
        assert {name for each in group for name in each.stream} == set(run.stream)
