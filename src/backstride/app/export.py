"""Everything of one runner as one zip: the files as they were handed in, and all that was told.

    README.txt                  what all this is
    originals/...               the files
    backstride/told.json        who runs and the diary; which version wrote it
    backstride/ledger.ndjson    what became of every file handed in, one line each, with its place in the zip
    backstride/unkept.ndjson    what was read from files whose bytes the store does not keep; if there are any
    backstride/answer.json      the answer, for programs; answer.html the same for people

docs/export.md tells of each field.  `backstride import` brings it all back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from backstride import __version__
from backstride.app.actions import zone_of
from backstride.model.assessment import Assessment
from backstride.model.errors import BadInput
from backstride.model.history import Profile
from backstride.model.ledger import LedgerLine
from backstride.model.said import said
from backstride.model.text import Text
from backstride.reports.renderers import RENDERERS
from backstride.reports.wording import Wording
from backstride.store.diary import DiaryRow
from backstride.store.records import said_to_json, to_json
from backstride.store.store import Store
from backstride.store.whole import FileRow

SCHEMA = "backstride/export/1"
TOLD, LEDGER, UNKEPT = "backstride/told.json", "backstride/ledger.ndjson", "backstride/unkept.ndjson"
ORIGINALS = "originals"
LEVEL = 1
"""Of deflate: files of watches are packed as well by the fastest as by the slowest, within a few percent."""
ZIP64_FROM_BYTES = 1 << 30

Tell = Callable[[int, int], None]
"""Told after each file how many are written, and of how many."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What went into the zip."""

    originals: int
    unkept: int
    """Files whose bytes the store does not hold: what was read from them went in instead."""
    diary: int


@dataclass(slots=True)
class _Writing:
    """The zip as far as it is written, and which names are taken in it."""

    archive: ZipFile
    at: datetime
    places: dict[str, str] = field(default_factory=dict)
    """Hash of a file -> its place in the zip."""
    taken: set[str] = field(default_factory=set)

    def info(self, name: str) -> ZipInfo:
        made = ZipInfo(name, self.at.timetuple()[:6])
        made.compress_type, made.external_attr = ZIP_DEFLATED, 0o600 << 16
        return made

    def text(self, name: str, words: str | bytes) -> None:
        self.archive.writestr(self.info(name), words, compresslevel=LEVEL)

    def opened(self, name: str, size: int) -> IO[bytes]:
        return self.archive.open(self.info(name), "w", force_zip64=size >= ZIP64_FROM_BYTES)

    def free(self, name: str) -> str:
        """The name, or with a number before its ending where another file has it."""
        path, number, wanted = PurePosixPath(name), 1, name
        while wanted.casefold() in self.taken:
            number += 1
            wanted = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self.taken.add(wanted.casefold())
        return wanted


def export_file(store: Store, to: Path, answer: Assessment, wording: Wording, tell: Tell) -> Exported:
    """The zip is in a new file, for its owner only; a broken-off one is not left behind.

    Raises: BadInput where a file is there already.
    """
    if to.exists():
        raise BadInput((said("{name}: there is such a file already; name another", name=to.name),))
    part = to.with_name(f"{to.name}.part")
    try:
        part.touch(mode=0o600)
        with part.open("wb") as file:
            made = export(store, file, answer, wording, tell)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)
    return made


def export(store: Store, file: BinaryIO, answer: Assessment, wording: Wording, tell: Tell) -> Exported:
    """What went into the zip, written to `file` one original after the other, in small parts."""
    now = datetime.now(UTC)
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive, store.of_one_moment():
        writing = _Writing(archive, now)
        profile, rows = store.profile(), store.diary()
        writing.text("README.txt", wording.say(Text("web_settings.export_readme")) + "\n")
        writing.text(TOLD, json.dumps(_told(profile, rows, now, answer), indent=2, ensure_ascii=False))
        for name in ("json", "html"):
            writing.text(f"backstride/answer.{name}", RENDERERS[name].render(answer, wording))
        files = store.files()
        sources = {row.sha256: row.line.source for row in store.ledger_rows() if row.sha256 is not None}
        left_out = _originals(store, files, sources, writing, tell)
        _ledger(store, writing)
        unkept = _unkept(store, left_out, writing)
    return Exported(len(writing.places), unkept, len(rows))


def _told(profile: Profile, rows: tuple[DiaryRow, ...], at: datetime, answer: Assessment) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "written_at": at.isoformat(timespec="seconds"),
        "code_version": __version__,
        "knowledge_version": answer.knowledge_version,
        "zone": str(getattr(zone_of(profile), "key", "UTC")),
        "profile": json.loads(to_json(profile)),
        "diary": [{"kind": row.kind, "entry": json.loads(to_json(row.entry))} for row in rows],
    }


def _originals(
    store: Store, files: tuple[FileRow, ...], sources: dict[str, str], writing: _Writing, tell: Tell
) -> list[FileRow]:
    """The files that could not be written: their bytes are not kept, or no longer what they were."""
    left_out = []
    for done, row in enumerate(files, 1):
        if not row.kept or not store.is_sound(row.sha256):
            left_out.append(row)
        else:
            source = sources.get(row.sha256, "")
            inside = row.name if source in ("", row.name) else f"{source}/{row.name}"
            place = writing.free(f"{ORIGINALS}/{inside}")
            with writing.opened(place, row.size_bytes) as member:
                for part in store.parts(row.sha256):
                    member.write(part)
            writing.places[row.sha256] = place
        tell(done, len(files))
    return left_out


def _ledger(store: Store, writing: _Writing) -> None:
    began = {each.id: each.began_at.isoformat() for each in store.imports()}
    sizes = {each.sha256: each.size_bytes for each in store.files()}
    with writing.opened(LEDGER, ZIP64_FROM_BYTES) as member:
        for row in store.ledger_rows():
            about = {
                "import": row.import_id,
                "began_at": began[row.import_id],
                "sha256": row.sha256,
                "size_bytes": sizes.get(row.sha256 or ""),
                "file": writing.places.get(row.sha256 or ""),
            }
            member.write(_json_line(about | _line(row.line)))


def _line(line: LedgerLine) -> dict[str, Any]:  # Any: JSON
    return {
        "name": line.name,
        "source": line.source,
        "outcome": line.outcome,
        "why": json.loads(said_to_json((line.why,)))[0],
        "activities": list(line.activities),
        "warnings": json.loads(said_to_json(line.warnings)),
        "skipped": [[each.row, json.loads(said_to_json((each.why,)))[0]] for each in line.skipped],
    }


def _unkept(store: Store, left_out: list[FileRow], writing: _Writing) -> int:
    """How many files gave something that only this tells."""
    left_out = [row for row in left_out if any(True for _ in store.gave(row.sha256))]
    if left_out:
        with writing.opened(UNKEPT, ZIP64_FROM_BYTES) as member:
            for row in left_out:
                for each in store.gave(row.sha256):
                    member.write(_json_line({"sha256": row.sha256} | each))
    return len(left_out)


def _json_line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def parts_of(path: Path, size: int = 1 << 18) -> Iterator[bytes]:
    """A file in parts."""
    with path.open("rb") as file:
        while part := file.read(size):
            yield part
