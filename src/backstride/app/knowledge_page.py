"""One piece of knowledge as a page to read: every field in words, and everything that stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar, cast

from pydantic import BaseModel

from backstride.knowledge.claim import Claim
from backstride.knowledge.figure import Figure
from backstride.knowledge.kinds import KINDS, TABLES
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.records import PlaceRef, Plain, Ref, Review, SourceRef, plain_texts, translation
from backstride.knowledge.rules import Rule
from backstride.knowledge.treatment import Treatment
from backstride.model.assessment import SourceNote
from backstride.model.errors import BadInput
from backstride.model.said import listed, plainly, said
from backstride.model.text import Catalog
from backstride.reports.blocks import Block, Item, Listing, Paragraph, Section

_APART = ("id", "name", "sources", "checked", "review", "case")
"""Fields that have their own place on the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record or row, and where it is."""

    kind: str
    id: str
    row: BaseModel

    @property
    def place(self) -> str:
        """How it is named everywhere: kind/id."""
        return f"{self.kind}/{self.id}"


def entries(knowledge: Knowledge) -> Iterator[Entry]:
    """Everything that has a page."""
    for kind in (*KINDS, *TABLES):
        for id, row in getattr(knowledge, kind).items():
            yield Entry(kind, id, row)


def find(name: str, knowledge: Knowledge) -> tuple[Entry, ...]:
    """What goes by a name: kind/id, an id, or the only ids that begin like it.

    Raises: BadInput with what comes close.
    """
    wanted = name.strip().lower()
    every = tuple(entries(knowledge))
    by_name = [entry for entry in every if wanted in (entry.place.lower(), entry.id.lower())]
    found = by_name or [entry for entry in every if entry.id.lower().startswith(wanted)]
    if not found:
        close = get_close_matches(wanted, [entry.id for entry in every] + [entry.place for entry in every], 3)
        meant = said("; did you mean {names}?", names=listed(close)) if close else plainly("")
        raise BadInput((said("{name}: no page is called that{meant}", name=f"{name!r}", meant=meant),))
    if not by_name and len(found) > 1:
        raise BadInput(
            (
                said(
                    "{name} begins several: {n}",
                    name=f"{name!r}",
                    n=", ".join(entry.place for entry in found),
                ),
            )
        )
    return tuple(found)


def page(entry: Entry, knowledge: Knowledge, catalog: Catalog) -> tuple[Section, ...]:
    """The page of one entry: what it says, its cases, the claims it answers, its sources and review.

    The catalog says in which language.
    """
    label = _Labels(catalog, entry.kind)
    row = translation(entry.row, f"{entry.kind}.{entry.id}", catalog)
    title = getattr(row, "name", None) or getattr(row, "ask", None) or entry.id
    return (
        Section("page", f"{title}  ({entry.place})", tuple(_body(row, label))),
        *_cases(row, label),
        *_answers(entry, knowledge, label),
        *_behind(row, label),
    )


def reading_page(entry: Entry, knowledge: Knowledge, catalog: Catalog) -> tuple[Section, ...]:
    """As `page`, for a screen: what a runner reads first, then what is for those who check it.

    Ids of other pages are said as kind/id, so that they can be made links.
    """
    label = _Labels(catalog, entry.kind)
    row = _placed(translation(entry.row, f"{entry.kind}.{entry.id}", catalog), knowledge)
    read = frozenset(field for field in type(row).model_fields if field in _READ or _has_words(row, field))
    checks = frozenset(type(row).model_fields) - read - {"drawing"}
    body = tuple(_body(row, _Labels(catalog, entry.kind, only_words=entry.kind != "red_flags"), read))
    rest = (*(block for block in _body(row, label, read) if block not in body), *_body(row, label, checks))
    return (
        Section("page", catalog["web_knowledge.what_it_says"], body),
        *_claims(entry, knowledge, label),
        *_behind(row, label),
        *((Section("checking", catalog["web_knowledge.for_checking"], rest),) if rest else ()),
        *_cases(row, label),
    )


_READ = (
    "articles",
    "see",
    "used_by",
    "citation",
    "design",
    "studied",
    "n",
    "cited",
    "under",
    "match",
)
"""Fields for everybody that hold no sentence of ours."""


def _has_words(row: BaseModel, field: str) -> bool:
    return any(True for _ in plain_texts(getattr(row, field), field))


def _claims(entry: Entry, knowledge: Knowledge, label: _Labels) -> Iterator[Section]:
    """As `_answers`, each by its own page."""
    claims = [claim for claim in knowledge.claims.values() if entry.place in claim.used_by]
    if claims:
        verdicts = (label.catalog[f"report.verdict_{claim.verdict}"] for claim in claims)
        items = tuple(
            Item(f"claims/{claim.id} ({verdict})") for claim, verdict in zip(claims, verdicts, strict=True)
        )
        yield Section("answers", label("answers"), (Listing(items),))


R = TypeVar("R")


def _placed(value: R, knowledge: Knowledge) -> R:
    """The value with the id of every other page as kind/id; ids of sources stay, they become numbers."""
    return cast(R, _with_places(value, knowledge))  # a record stays a record, a tuple a tuple


def _with_places(value: object, knowledge: Knowledge) -> object:
    match value:
        case SourceRef() | PlaceRef():
            return value
        case Ref():
            kind = next((each for each in value.kinds if value in getattr(knowledge, each)), None)
            return value if kind is None else type(value)(f"{kind}/{value}")
        case BaseModel():
            fields = type(value).model_fields
            return value.model_copy(
                update={name: _with_places(getattr(value, name), knowledge) for name in fields}
            )
        case dict():
            return {key: _with_places(part, knowledge) for key, part in value.items()}
        case tuple():
            return tuple(_with_places(part, knowledge) for part in value)
        case _:
            return value


@dataclass(frozen=True, slots=True)
class _Labels:
    """What fields are called on a page."""

    catalog: Catalog
    kind: str
    only_words: bool = False
    """Whether rows inside a record that say something in words are shown by those alone."""

    def __call__(self, field: str, own: bool = False) -> str:
        """`own`: the row is our own judgement, so that a ratio in it is called no likelihood ratio."""
        for name in (f"{field}_own" if own else "", f"{self.kind}_{field}", field):
            if (words := self.catalog.get(f"page.{name}")) is not None:
                return words
        return field.replace("_", " ").capitalize()


def _body(row: BaseModel, label: _Labels, wanted: frozenset[str] | None = None) -> Iterator[Block]:
    for field, value in _told(row):
        if field in _APART or (wanted is not None and field not in wanted):
            continue
        if isinstance(value, Figure):
            yield Paragraph(label("see_figure"))
            continue
        if isinstance(value, Plain | Rule) or not isinstance(value, tuple | Mapping | BaseModel):
            after = field == "dose" and _has_stop_list(row)
            yield Paragraph(f"{label('dose_after_stop_list' if after else field)}: {in_line(value)}")
        elif items := tuple(_items(value, label)):
            yield Listing(items, label(field))


def _told(row: BaseModel) -> Iterator[tuple[str, object]]:
    """The fields that say something."""
    for field in _order(row):
        value = getattr(row, field)
        if value is not None and value != () and value != {}:
            yield field, value


def _order(row: BaseModel) -> list[str]:
    """The fields as the record lists them; a dose with a stop list comes after it."""
    return sorted(type(row).model_fields, key=lambda field: field == "dose" and _has_stop_list(row))


def _has_stop_list(row: BaseModel) -> bool:
    return isinstance(row, Treatment) and bool(row.not_if)


def _items(value: object, label: _Labels) -> Iterator[Item]:
    match value:
        case tuple() | list() if all(isinstance(part, str) and not isinstance(part, Plain) for part in value):
            yield Item(", ".join(value))
        case tuple() | list():
            for part in value:
                yield from _items(part, label)
        case Mapping():
            for key, part in value.items():
                yield Item(f"{key}: {in_line(part)}")
        case BaseModel():
            yield _nested(value, label)
        case _:
            yield Item(in_line(value))


def _nested(row: BaseModel, label: _Labels) -> Item:
    """A row inside a record: its sentences first, the rest below them."""
    told = [(field, value) for field, value in _told(row) if field != "sources"]
    words = [str(value) for _, value in told if isinstance(value, Plain)]
    own = getattr(row, "checked", None) == "P"
    rest = [f"{label(field, own)}: {in_line(value)}" for field, value in told if not isinstance(value, Plain)]
    first, *more = words or rest
    lines = tuple(more + (rest if words and not label.only_words else []))
    return Item(first, tuple(getattr(row, "sources", ())), (), lines)


def in_line(value: object) -> str:
    """Any value on one line."""
    match value:
        case Rule():
            return " ".join(value.text.split())
        case bool():
            return "yes" if value else "no"
        case float():
            return f"{value:g}"
        case tuple() | list():
            return ", ".join(in_line(part) for part in value)
        case Mapping():
            return ", ".join(f"{key} = {in_line(part)}" for key, part in value.items())
        case BaseModel():
            return ", ".join(in_line(part) for _, part in _told(value))
        case _:
            return str(value)


def _cases(row: BaseModel, label: _Labels) -> Iterator[Section]:
    cases = getattr(row, "case", ())
    if cases:
        items = tuple(Item(f"{case.name}: {case.expect}", (), tuple(_given(case))) for case in cases)
        yield Section("cases", label("case"), (Listing(items),))


def _given(case: BaseModel) -> Iterator[str]:
    """What a case is about, besides what it expects."""
    for field, value in _told(case):
        if field not in ("name", "expect"):
            yield f"{field.replace('_', ' ')}: {in_line(value)}"


def _answers(entry: Entry, knowledge: Knowledge, label: _Labels) -> Iterator[Section]:
    """The statements of the articles that it realises."""
    claims = [claim for claim in knowledge.claims.values() if entry.place in claim.used_by]
    if claims:
        items = tuple(
            Item(in_short(translation(claim, f"claims.{claim.id}", label.catalog))) for claim in claims
        )
        yield Section("answers", label("answers"), (Listing(items),))


def in_short(claim: Claim) -> str:
    """A claim on one line."""
    return f"{claim.id} ({', '.join(claim.articles)}; {claim.verdict}): {claim.says}"


def _behind(row: BaseModel, label: _Labels) -> Iterator[Section]:
    """How far it was checked and who reviewed it, with the sources it rests on as a whole."""
    blocks: list[Block] = []
    if (checked := getattr(row, "checked", None)) is not None:
        how_far = label.catalog[f"page.checked_{checked}"]
        blocks.append(Listing((Item(how_far, tuple(getattr(row, "sources", ()))),)))
    if isinstance(review := getattr(row, "review", None), Review):
        blocks.append(Paragraph(_reviewed(review, label.catalog)))
    if blocks:
        yield Section("behind", label("behind"), tuple(blocks))


def _reviewed(review: Review, catalog: Catalog) -> str:
    if review.status == "reviewed":
        return catalog["page.reviewed"].format(by=review.by, on=review.on)
    return catalog["page.not_reviewed"]


def source_notes(knowledge: Knowledge) -> tuple[SourceNote, ...]:
    """Every source as reports print it."""
    return tuple(source.note() for source in knowledge.sources.values())
