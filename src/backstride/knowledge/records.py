"""What every knowledge file has: sources, how far it was checked, who reviewed it, and its own cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from backstride.knowledge.rules import Rule
from backstride.model.findings import Checked
from backstride.model.text import Catalog, Text, Value

T = TypeVar("T")


class Plain(str):
    """A sentence shown to people: it goes into the catalog and can be translated."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        checked = core_schema.str_schema(min_length=1, strip_whitespace=True)
        return core_schema.no_info_after_validator_function(cls, checked)


class Ref(str):
    """The id of something else in the knowledge: the loader refuses one that is not there."""

    kinds: ClassVar[tuple[str, ...]] = ()
    """Where it may be; the first is the usual one."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema(min_length=1))


class CauseRef(Ref):
    """Id of a cause."""

    kinds = ("causes",)


class PhaseRef(Ref):
    """Id of a phase."""

    kinds = ("phases",)


class StepRef(Ref):
    """Id of something the plan may offer."""

    kinds = ("exercises", "treatments")


class ProfessionalRef(Ref):
    """Id of a professional."""

    kinds = ("professionals",)


class QuestionRef(Ref):
    """Id of a question."""

    kinds = ("questions",)


class FactRef(Ref):
    """Id of a fact that is worked out."""

    kinds = ("facts",)


class SourceRef(Ref):
    """Id of a source."""

    kinds = ("sources",)


class ClaimRef(Ref):
    """Id of a claim."""

    kinds = ("claims",)


class PlaceRef(Ref):
    """Anything, as kind/id."""


def _rule(value: object) -> Rule:
    if isinstance(value, Rule):
        return value
    if not isinstance(value, str):
        raise ValueError("a rule is written as a text in quotes")
    return Rule(value)


RuleText = Annotated[Rule, BeforeValidator(_rule)]


Words = Annotated[str, Field(min_length=1)]
"""A text for maintainers, such as the name of a case."""


class Strict(BaseModel):
    """Frozen, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Review(Strict):
    """Honest review state: `sourced` was traced to its source by the maintainers, `reviewed` needs a name."""

    status: Literal["sourced", "reviewed"]
    by: str | None = None
    on: str | None = None


class Sourced(Strict):
    """Anything that names where it comes from and how far that was checked."""

    sources: tuple[SourceRef, ...] = Field(min_length=1)
    checked: Checked


class Record(Sourced):
    """One knowledge file: the file's name is its id, its folder its kind."""

    kind: ClassVar[str]
    id: str
    review: Review

    def text(self, field: str, **values: Value) -> Text:
        """The sentence in one of this record's fields, e.g. `name` or `how.0`."""
        return Text(f"{self.kind}.{self.id}.{field}", values)


def plain_texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every sentence for people inside a record, with its place: ("red_flags.rf_01.name", "...")."""
    if isinstance(value, Plain):
        yield path, str(value)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from plain_texts(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from plain_texts(part, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from plain_texts(part, f"{path}.{index}")


def translation(value: T, path: str, catalog: Catalog) -> T:
    """The value with every sentence inside as the catalog says it; one that it lacks stays as it is."""
    return cast(T, _translation(value, path, catalog))  # a record stays a record, a tuple a tuple


def _translation(value: object, path: str, catalog: Catalog) -> object:
    match value:
        case Plain():
            return Plain(catalog.get(path, value))
        case BaseModel():
            fields = type(value).model_fields
            new = {name: _translation(getattr(value, name), f"{path}.{name}", catalog) for name in fields}
            return value.model_copy(update=new)
        case dict():
            return {key: _translation(part, f"{path}.{key}", catalog) for key, part in value.items()}
        case tuple():
            return tuple(_translation(part, f"{path}.{index}", catalog) for index, part in enumerate(value))
        case _:
            return value


def each_in(value: object, path: str, kind: type[T]) -> Iterator[tuple[str, T]]:
    """Every rule, or every id of something else, inside a record, with its place in the file."""
    if isinstance(value, kind):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from each_in(getattr(value, name), f"{path}.{name}" if path else name, kind)
    elif isinstance(value, (list, tuple)):
        for index, part in enumerate(value):
            yield from each_in(part, f"{path}[{index}]", kind)
