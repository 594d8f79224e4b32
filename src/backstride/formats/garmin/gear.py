"""`*_gear.json`: the account's shoes, and in which activities each pair was worn.

    [{"gearDTOS": [{"gearPk": 7, "gearTypeName": "Shoes", ...}, ...],
      "gearActivityDTOs": {"7": [{"activityId": 1}, ...]}}]

The lists of activities are filed under the number of the gear as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from backstride.formats.account.days import NO_OBJECT, Entry
from backstride.formats.account.json_text import document
from backstride.formats.account.values import day, key, member, members, text
from backstride.formats.contents import Contents, Source
from backstride.model.history import Shoe
from backstride.model.ledger import SkippedRow
from backstride.model.said import Said, said

KIND = said("a list of shoes and other gear")
_NO_NUMBER = said("it has no number that runs name it by")
_AGAIN = said("the same pair stands in an earlier row")


def read(data: bytes, source: Source, _: tzinfo) -> Contents:
    """Every pair of shoes with the runs in them; other gear is left out by name.

    Raises: BadFile where the file cannot be read.
    """
    found = document(data, source.name)
    shoes: dict[str, Shoe] = {}
    skipped: list[SkippedRow] = []
    for row, (entry, worn) in enumerate(_pairs(found.value), 1):
        told = _shoe(entry, worn)
        if isinstance(told, Shoe) and told.id in shoes:
            told = _AGAIN
        if isinstance(told, Shoe):
            shoes[told.id] = told
        else:
            skipped.append(SkippedRow(row, told))
    return Contents((), KIND, found.warnings, tuple(shoes.values()), skipped=tuple(skipped))


def _pairs(value: object) -> Iterator[tuple[object, object]]:
    """Each piece of gear with what is filed under the numbers of gear."""
    for part in value if isinstance(value, list) else [value]:
        for entry in members(member(part, "gearDTOS")):
            yield entry, member(part, "gearActivityDTOs")


def _shoe(entry: object, worn: object) -> Shoe | Said:
    if not isinstance(entry, dict):
        return NO_OBJECT
    word = text(entry.get("gearTypeName"))
    if word is None or word.lower() not in ("shoes", "shoe"):
        return said("gear of another kind: {word}", word=word or "?")
    own = key(entry.get("gearPk"))
    if own is None:
        return _NO_NUMBER
    return Shoe(
        id=f"garmin:{own}",
        model=_model(entry),
        in_use_from=day(entry.get("dateBegin")),
        in_use_to=day(entry.get("dateEnd")),
        worn_in=_worn_in(member(worn, own)),
    )


def _model(entry: Entry) -> str:
    """Maker and model, with the runner's own name for the pair where it has one."""
    model, own = text(entry.get("customMakeModel")), text(entry.get("displayName"))
    if model is not None and own is not None and own.lower() not in model.lower():
        return f"{model} ({own})"
    return model or own or "?"


def _worn_in(filed: object) -> tuple[str, ...]:
    ids = (key(member(each, "activityId")) for each in members(filed))
    return tuple(dict.fromkeys(f"garmin:{each}" for each in ids if each is not None))
