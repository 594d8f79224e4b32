"""Reads the knowledge files, refuses what does not hold together, and names every fault at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ValidationError

from backstride.knowledge.integrity import faults_between
from backstride.knowledge.kinds import KINDS, TABLES
from backstride.knowledge.knowledge import Knowledge
from backstride.knowledge.records import plain_texts
from backstride.model.errors import BadKnowledge
from backstride.model.faults import fault


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    text: str


@cache
def shipped() -> Knowledge:
    """The knowledge that comes with the package."""
    return load(files("backstride.knowledge"))


def load(folder: Traversable) -> Knowledge:
    """All knowledge under a folder.

    Raises: BadKnowledge with one line for each fault: file, field, and what would be right.
    """
    found = sorted(_toml_files(folder, ""), key=lambda file: file.path)
    faults: list[str] = []
    tables = {file.path: _parse(file, faults) for file in found}
    parts: dict[str, dict[str, Any]] = {name: {} for name in (*TABLES, *KINDS)}  # Any: each kind its own type
    sentences: dict[str, str] = {}
    for path, table in tables.items():
        _take(path, table, parts, sentences, faults)
    for name, rows in parts.items():
        for id, row in rows.items():
            sentences.update(plain_texts(row, f"{name}.{id}"))
    knowledge = Knowledge(**parts, sentences=sentences, version=_version(found))
    faults += faults_between(knowledge)
    if faults:
        raise BadKnowledge(tuple(faults))
    return knowledge


def _toml_files(folder: Traversable, path: str) -> Iterator[_File]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _toml_files(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".toml"):
            yield _File(path + entry.name, entry.read_text("utf-8"))


def _parse(file: _File, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{file.path}: cannot be read as TOML: {error}")
        return {}


def _take(
    path: str,
    table: Mapping[str, Any],
    parts: dict[str, dict[str, Any]],
    sentences: dict[str, str],
    faults: list[str],
) -> None:
    """Put what one file says where it belongs: a record, the rows of a table, or sentences."""
    kind = path.split("/")[0].removesuffix(".toml")
    stem = path.rsplit("/", 1)[-1].removesuffix(".toml")
    if kind == "sentences":
        sentences.update({f"{stem}.{key}": str(value) for key, value in table.items()})
    elif kind in KINDS:
        _add(parts[kind], path, stem, stem, table, KINDS[kind], faults)
    elif kind in TABLES:
        for id, row in table.items():
            _add(parts[kind], path, id, f"[{id}]", row, TABLES[kind], faults)
    else:
        faults.append(f"{path}: no such kind of knowledge; kinds are {', '.join((*TABLES, *KINDS))}")


def _add(
    rows: dict[str, Any],
    path: str,
    id: str,
    place: str,
    values: object,
    made: type[BaseModel],
    faults: list[str],
) -> None:
    if not isinstance(values, dict):
        faults.append(f"{path}: {place}: must be a table of fields")
        return
    if id in rows:
        faults.append(f"{path}: {place}: the id {id} is used twice")
        return
    if "id" in values:
        faults.append(
            f"{path}: {place}: leave out id: the {'file name' if place == id else 'heading'} is the id"
        )
        return
    try:
        rows[id] = made.model_validate({"id": id, **values})
    except ValidationError as error:
        faults.extend(f"{path}: {place}: {fault(each)}" for each in error.errors())


def _version(found: list[_File]) -> str:
    """A short hash of every knowledge file, so that an answer can say what it was made with."""
    digest = hashlib.sha256()
    for file in found:
        digest.update(file.path.encode() + b"\0" + file.text.encode() + b"\0")
    return digest.hexdigest()[:12]
