"""The made-up runner's shoes, and the list of them in the watch maker's export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from backstride.app.demo.exports.garmin import gear_of
from backstride.app.demo.story import Story
from backstride.model.history import Shoe


def shoes_of(story: Story) -> tuple[Shoe, ...]:
    """Four pairs, one after the other; the present one three weeks older than the pain."""
    second, third = story.first + timedelta(days=215), story.first + timedelta(days=455)
    fourth = story.new_shoes_on
    return (
        Shoe("made-up-1", "Made-up Steady 1", None, _before(second), 260_000.0),
        Shoe("made-up-2", "Made-up Steady 2", second, _before(third), 0.0),
        Shoe("made-up-3", "Made-up Steady 3", third, _before(fourth), 0.0),
        Shoe("made-up-4", "Made-up Light 1", fourth, None, 0.0),
    )


def gear_file(story: Story, worn_in: Mapping[int, Sequence[int]] | None = None) -> bytes:
    """The list as the maker writes it: one entry for each pair, JSON.

    `worn_in` are the activities by the place of the pair in the list, both as the export numbers them from 1.
    """
    entries = [
        {
            "gearPk": nth,
            "displayName": shoe.model,
            "customMakeModel": shoe.model,
            "gearTypeName": "Shoes",
            "gearStatusName": "active" if shoe.in_use_to is None else "retired",
            "dateBegin": None if shoe.in_use_from is None else shoe.in_use_from.isoformat(),
            "dateEnd": None if shoe.in_use_to is None else shoe.in_use_to.isoformat(),
        }
        for nth, shoe in enumerate(shoes_of(story), start=1)
    ]
    filed = {
        str(nth): [{"activityId": each, "gearPk": nth} for each in activities]
        for nth, activities in (worn_in or {}).items()
    }
    return gear_of(entries, filed)


def _before(on: date) -> date:
    return on - timedelta(days=1)
