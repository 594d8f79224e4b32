"""Archives and compressed files, member by member, with nothing written and nothing dropped in silence.

    export.zip
      activities/1.fit.gz        -> Member("activities/1.fit.gz", data)            unpacked
      Part1.zip                  -> Member("Part1.zip/runner_2.fit", data), ...    zips in zips
      __MACOSX/._1.fit.gz        -> Member(..., kind="system file")
      secret.gpx (encrypted)     -> Member(..., fault=BadFile)
      run.gpx -> /etc/passwd     -> Member(..., kind="link")

What a file is shows in its first bytes, not in its name.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import SEEK_END, BufferedReader, BytesIO
from itertools import accumulate, pairwise
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, BinaryIO, Literal, cast
from zipfile import ZipFile, ZipInfo

from backstride.formats.archive.forward import Forward
from backstride.formats.archive.gunzip import gunzipped
from backstride.formats.archive.zip_salvage import pieces
from backstride.model.errors import BadFile
from backstride.model.said import Said, said

MEMBER_BYTES = 512 << 20
"""No member may unpack to more: the longest FIT, TCX or GPX files of one activity have about 60 MB."""
TOTAL_BYTES = 32 << 30
"""No archive may unpack to more altogether; a runner's whole account has a few GB."""
RATIO = 300
RATIO_FROM_BYTES = 16 << 20
"""A member over 16 MiB that unpacks to over 300 times its packed size is made to do harm: GPX and TCX
shrink about 10 to 40 times, and so do the XML files of whole phones."""
ABSURD_FROM_BYTES = 1 << 20
ABSURD_BYTES = 64 << 20
"""Smaller members that do so may unpack to this altogether: thousands of them keep a program busy too."""
STREAM_FROM_BYTES = 64 << 20
STREAM_BYTES = 16 << 30
"""What a reader takes as a stream is never held in memory, and may be larger than a member."""
HEAD_BYTES = 1 << 16
"""What `Streamed` is shown."""
NESTED_ZIP_BYTES = 4 << 30
"""A zip in a zip may be larger than a member: it is not held in memory."""
DEPTH = 3
"""Zips in zips: Garmin's account export has two of them inside one another."""
MEMBERS = 500_000
"""Files in one archive; ten years of a watch that also writes its day log make 50,000."""

SYSTEM_NAMES = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini")
ZIPPED_DOCUMENTS = (".kmz", ".xlsx", ".docx", ".pptx", ".ods", ".odt", ".jar", ".apk", ".epub")
"""Zips by make whose members mean nothing alone: handed on whole."""

_GZIP, _ZIP, _EMPTY_ZIP = b"\x1f\x8b\x08", b"PK\x03\x04", b"PK\x05\x06"
_READ_BYTES = 1 << 18
_NAME_SIGNS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_TOO_LARGE = said("it is over {n} MiB: no single activity is", n=MEMBER_BYTES >> 20)
_ABSURD = said("it unpacks to over {ratio} times its size: no recorded activity does", ratio=RATIO)
_SHARED = said("it shares its packed bytes with another file of the zip: no program that packs files does so")
_LOCAL_HEADER_BYTES = 30
"""Before each packed member, without its name."""

Kind = Literal["file", "system file", "link", "no file", "empty folder", "unreadable"]
Streamed = Callable[[bytes, str], bool]
"""True where a file that begins with these bytes, and of this name, is read as a stream where it is large."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file that was handed in, alone or inside an archive."""

    name: str
    """Its path inside the archive, the names of zips inside it included; never leads out of it."""
    kind: Kind
    """system file: written by an operating system beside the runner's files, and not unpacked.

    link: a name for a file elsewhere, which is not followed.  no file: a pipe, a socket or a device.
    """
    data: bytes | None = None
    """Unpacked; None unless it is a file that is held in memory."""
    fault: BadFile | None = None
    """Why it is unreadable."""
    warning: Said | None = None
    """What was wrong with its packing, though it could be unpacked."""
    done_share: float = 1.0
    """How much of what was handed in is gone through with it, 0 to 1, by packed size."""
    stream: BinaryIO | None = None
    """In place of `data` of a large file: read forward only, and before the next member is asked for.

    Where its packing is damaged it ends there.
    """


@dataclass(slots=True)
class _Unpacking:
    """How much of what was handed in may still be unpacked."""

    left_bytes: int = TOTAL_BYTES
    left_members: int = MEMBERS
    left_absurd_bytes: int = ABSURD_BYTES
    streamed: Streamed = lambda head, name: False


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a file stands: its own name, and the zips it stands in."""

    name: str
    folder: str = ""
    depth: int = 0
    begin: float = 0.0
    end: float = 1.0
    """Its share of what was handed in, by packed size, as far as the zips' indexes tell."""

    @property
    def path(self) -> str:
        """Its path inside what was handed in."""
        return self.folder + self.name

    def inside(self, name: str, begin: float = 0.0, end: float = 1.0) -> _Place:
        """The place of a member, with its share of this; the outermost archive's name is no part of it."""
        whole = self.end - self.begin
        return _Place(
            safe_name(name),
            f"{self.path}/" if self.depth else "",
            self.depth + 1,
            self.begin + begin * whole,
            self.begin + end * whole,
        )


def members(file: BinaryIO, name: str, streamed: Streamed | None = None) -> Iterator[Member]:
    """Every file there is in what was handed in, one at a time; no content makes it raise.

    `file` can seek.  A plain file is its own single member.  A member that cannot be had is yielded with
    its fault, and the next is tried.  A member may stand packed by gzip and keeps its name then.
    Those over 64 MiB that `streamed` knows come as a stream, and so do those of any size in a zip that is
    cut short; without it none does.
    """
    unpacking = _Unpacking() if streamed is None else _Unpacking(streamed=streamed)
    yield from _members(file, _Place(safe_name(name)), unpacking)


def safe_name(name: str) -> str:
    """The name as a path that leads nowhere but down, without control characters."""
    parts = _NAME_SIGNS.sub("?", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "unnamed"


def is_system_file(name: str) -> bool:
    """True for what macOS and Windows put beside the runner's own files."""
    parts = name.split("/")
    return any(part in SYSTEM_NAMES for part in parts) or parts[-1].startswith("._")


def _members(
    file: BinaryIO, place: _Place, unpacking: _Unpacking, warning: Said | None = None
) -> Iterator[Member]:
    if is_system_file(place.path):
        yield Member(place.path, "system file", done_share=place.end)
        return
    file.seek(0)
    head = file.read(HEAD_BYTES)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    packed = head.startswith(_GZIP) or head[:4] in (_ZIP, _EMPTY_ZIP)
    if packed and place.depth > DEPTH:
        yield _unreadable(
            place,
            said("its first byte"),
            said("archives stand over {depth} deep in one another", depth=DEPTH),
        )
    elif head.startswith(_GZIP):
        yield from _gzip_members(file, place, unpacking)
    elif packed and not place.name.lower().endswith(ZIPPED_DOCUMENTS):
        yield from _zip_members(file, place, unpacking)
    elif STREAM_FROM_BYTES < size <= STREAM_BYTES and unpacking.streamed(head, place.path):
        unpacking.left_bytes -= size
        yield Member(place.path, "file", stream=file, warning=warning)
    elif size > MEMBER_BYTES:
        yield _unreadable(place, said("byte {at}", at=MEMBER_BYTES), _TOO_LARGE)
    else:
        unpacking.left_bytes -= size
        yield Member(place.path, "file", file.read(), warning=warning, done_share=place.end)


def _zip_members(file: BinaryIO, place: _Place, unpacking: _Unpacking) -> Iterator[Member]:
    try:
        archive = ZipFile(file)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    # A broken index makes the standard library raise nearly anything (a name that is no UTF-8, a date of 0).
    except Exception:
        yield from _salvaged(file, place, unpacking)
        return
    if not entries:
        yield _unreadable(place, said("the zip's index"), said("the zip holds no file"))
    packed = [entry.compress_size + 1 for entry in entries]
    whole = sum(packed)  # once: a hundred thousand times would be most of a minute
    ends = [sum_so_far / whole for sum_so_far in accumulate(packed)]
    shared = _sharing(entries)
    for entry, begin, end in zip(entries, (0.0, *ends), ends, strict=False):
        inner = place.inside(entry.filename, begin, end)
        unpacking.left_members -= 1
        if unpacking.left_members < 0:
            why = said("the archive holds over {members} files; the rest was left out", members=MEMBERS)
            yield _unreadable(inner, said("its name"), why)
            return
        if id(entry) in shared:
            yield _unreadable(inner, said("byte {at} of the zip", at=entry.header_offset), _SHARED)
        elif stat.S_ISLNK(entry.external_attr >> 16):
            yield Member(inner.path, "link", done_share=inner.end)
        else:
            yield from _zip_member(archive, entry, inner, unpacking)


def _sharing(entries: Sequence[ZipInfo]) -> frozenset[int]:
    """Identities of the entries whose bytes reach into the next one's, as they do in bombs of a few kB.

    Python itself refuses them from 3.11.8 on.  Source: Fifield, A better zip bomb, USENIX WOOT 2019.
    """
    in_order = sorted(entries, key=lambda entry: entry.header_offset)
    return frozenset(
        id(entry)
        for entry, after in pairwise(in_order)
        if entry.header_offset + _LOCAL_HEADER_BYTES + entry.compress_size > after.header_offset
    )


def _zip_member(archive: ZipFile, entry: ZipInfo, place: _Place, unpacking: _Unpacking) -> Iterator[Member]:
    if is_system_file(place.path):
        yield Member(place.path, "system file", done_share=place.end)
        return
    try:
        whole = _unpacked(archive, entry, place, unpacking)
    except BadFile as refused:
        yield Member(place.path, "unreadable", fault=refused, done_share=place.end)
        return
    with whole:
        if isinstance(whole, Forward):
            unpacking.left_bytes -= entry.file_size
            yield Member(
                place.path, "file", stream=cast(BinaryIO, BufferedReader(whole)), done_share=place.end
            )
        else:
            yield from _members(whole, place, unpacking)


def _unpacked(archive: ZipFile, entry: ZipInfo, place: _Place, unpacking: _Unpacking) -> BinaryIO | Forward:
    _refuse_bombs(entry, place, unpacking)
    first = said("its first byte")
    if entry.flag_bits & 1:
        raise BadFile(
            place.path, first, said("it is protected by a password; unpack it yourself and add what is in it")
        )
    try:
        if entry.file_size > STREAM_FROM_BYTES:
            forward = _as_stream(archive, entry, place, unpacking)
            if forward is not None:
                return forward
        with archive.open(entry) as packed:
            if entry.file_size <= MEMBER_BYTES:
                return BytesIO(packed.read())
            if entry.file_size > NESTED_ZIP_BYTES or packed.read(4) != _ZIP:
                raise BadFile(place.path, said("byte {at}", at=MEMBER_BYTES), _TOO_LARGE)
            return _on_disk(packed)
    except NotImplementedError:
        raise BadFile(
            place.path, first, said("it is packed in a way that is not read here; zip it anew")
        ) from None
    except BadFile:
        raise
    except Exception as damage:
        why = said("the zip is damaged here ({name}); download it again", name=type(damage).__name__)
        raise BadFile(place.path, said("byte {at} of the zip", at=entry.header_offset), why) from None


def _as_stream(archive: ZipFile, entry: ZipInfo, place: _Place, unpacking: _Unpacking) -> Forward | None:
    """The member as a stream where its first bytes are of a kind that is read so."""
    packed = archive.open(entry)
    head = packed.read(HEAD_BYTES)
    if unpacking.streamed(head, place.path):
        return Forward(head, packed)
    packed.close()
    return None


def _on_disk(packed: IO[bytes]) -> BinaryIO:
    """A large zip of a zip, in a file without a name that is gone once closed."""
    whole = TemporaryFile()  # noqa: SIM115  the caller closes it
    whole.write(_ZIP)
    copyfileobj(packed, whole, _READ_BYTES)
    return cast(BinaryIO, whole)  # typeshed calls it a wrapper of a file, which it is on Windows alone


def _refuse_bombs(entry: ZipInfo, place: _Place, unpacking: _Unpacking) -> None:
    if entry.file_size > STREAM_BYTES:
        raise BadFile(place.path, said("byte {at}", at=MEMBER_BYTES), _TOO_LARGE)
    if entry.file_size > unpacking.left_bytes:
        raise BadFile(
            place.path, said("its size"), said("the archive unpacks to over {n} GiB", n=TOTAL_BYTES >> 30)
        )
    if entry.file_size > ABSURD_FROM_BYTES and entry.file_size > RATIO * entry.compress_size:
        if entry.file_size > min(RATIO_FROM_BYTES, unpacking.left_absurd_bytes):
            raise BadFile(place.path, said("its size"), _ABSURD)
        unpacking.left_absurd_bytes -= entry.file_size


def _gzip_members(file: BinaryIO, place: _Place, unpacking: _Unpacking) -> Iterator[Member]:
    limit = min(MEMBER_BYTES, max(0, unpacking.left_bytes))
    absurd_from = max(ABSURD_FROM_BYTES, min(RATIO_FROM_BYTES, unpacking.left_absurd_bytes))
    try:
        data, warning = gunzipped(file, limit, place.path, absurd_from)
    except BadFile as refused:
        yield Member(place.path, "unreadable", fault=refused, done_share=place.end)
        return
    if len(data) > max(ABSURD_FROM_BYTES, RATIO * file.seek(0, SEEK_END)):
        unpacking.left_absurd_bytes -= len(data)
    inner = replace(place, depth=place.depth + 1)
    yield from _members(BytesIO(data), inner, unpacking, warning)


def _salvaged(file: BinaryIO, place: _Place, unpacking: _Unpacking) -> Iterator[Member]:
    """What can be had without the zip's index, and last the zip itself as unreadable."""
    found = 0
    for piece in pieces(file, min(MEMBER_BYTES, max(0, unpacking.left_bytes)), unpacking.streamed):
        unpacking.left_members -= 1
        inner = place.inside(piece.name)
        if unpacking.left_members < 0:
            break
        if piece.stream is not None:
            found += 1
            yield Member(inner.path, "file", stream=piece.stream)
            continue
        if piece.data is None:
            yield _unreadable(
                inner, said("byte {at} of the zip", at=piece.at_byte), piece.why or said("it is damaged")
            )
            continue
        found += 1
        yield from _members(BytesIO(piece.data), inner, unpacking, piece.why)
    why = said(
        "the zip is cut short or damaged: {found} files in it could still be read; download it again",
        found=found,
    )
    yield _unreadable(place, said("the zip's index"), why)


def _unreadable(place: _Place, where: Said, why: Said) -> Member:
    return Member(place.path, "unreadable", fault=BadFile(place.path, where, why), done_share=place.end)
