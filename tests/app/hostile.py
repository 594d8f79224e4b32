"""Files and archives that are made to do harm, each with a good run beside it."""

from __future__ import annotations

import gzip
import os
import sqlite3
import stat
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipInfo

from tests.app.made_up import MORNING, gpx_run
from tests.formats.test_unpack import zipped

from backstride.app.demo.exports import strava

GOOD = gpx_run(MORNING)
OTHER = gpx_run(MORNING + timedelta(days=1))
RUN = "good.gpx"
MIB = 1 << 20
DEEP_FOLDERS = 1_500


@dataclass(frozen=True)
class Case:
    """One trap: how it is laid in a folder, and in which words each part of it is turned away."""

    lay: Callable[[Path], None]
    words: Mapping[str, str]
    """Name inside what was handed in -> what its line says; the good run has none."""


def archive(files: Mapping[str, bytes], **words: str) -> Case:
    """A zip of these and, last, of the good run."""

    def lay(folder: Path) -> None:
        (folder / "export.zip").write_bytes(zipped({**files, RUN: GOOD}))

    return Case(lay, words)


def folder_of(files: Mapping[str, bytes], words: Mapping[str, str]) -> Case:
    """These files in a folder, and the good run."""

    def lay(folder: Path) -> None:
        for name, data in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        (folder / RUN).write_bytes(GOOD)

    return Case(lay, words)


def bytes_of(data: Callable[[], bytes], words: Mapping[str, str]) -> Case:
    """A zip with these bytes, in which the good run is."""

    def lay(folder: Path) -> None:
        (folder / "export.zip").write_bytes(data())

    return Case(lay, words)


def nested(data: bytes, depth: int, wide: int = 1) -> bytes:
    """Zips of zips."""
    for _ in range(depth):
        data = zipped({f"{nth}.zip": data for nth in range(wide)})
    return data


def named(files: Iterable[tuple[ZipInfo, bytes]]) -> bytes:
    """A zip whose entries are told in all their parts."""
    from io import BytesIO
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as whole:
        for entry, data in files:
            whole.writestr(entry, data)
    return out.getvalue()


def links_in_a_zip() -> bytes:
    """As `zip -y` writes them: the place a link leads to is its content."""
    link = ZipInfo("run.fit")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return named([(link, b"/etc/passwd"), (ZipInfo(RUN), GOOD)])


def _local(name: bytes, crc: int, packed: int, size: int) -> bytes:
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, packed, size, len(name), 0) + name


def overlapping(count: int = 200, size: int = 4 * MIB) -> bytes:
    """Each member's packed bytes are its neighbour's header, quoted, and then its neighbour's packed bytes.

    200 members of 4 MiB in 33 kB.  Source: Fifield, A better zip bomb, USENIX WOOT 2019.
    """
    # Noise of 16 kB in it keeps the ratio of each member under every limit.
    plain = bytes(range(256)) * 4 + os.urandom(16_384) + bytes(size)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    crc, length, run = zlib.crc32(plain), len(plain), (RUN.encode(), GOOD)
    members: list[tuple[bytes, int, int, int, bytes]] = []
    for nth in reversed(range(count)):
        name = b"%03d.fit" % nth
        header = _local(name, crc, len(packed), length)
        members.append((name, crc, len(packed), length, header))
        quote = b"\0" + struct.pack("<HH", len(header), len(header) ^ 0xFFFF) + header
        body, packed = header + packed, quote + packed
        plain = header + plain
        crc, length = zlib.crc32(plain), len(plain)
    members.reverse()
    out, index, at = bytearray(body), bytearray(), 0
    for name, crc, size_packed, size_plain, header in members:
        index += _central(name, crc, size_packed, size_plain, at)
        at += len(header) + 5
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    good = packer.compress(run[1]) + packer.flush()
    index += _central(run[0], zlib.crc32(run[1]), len(good), len(run[1]), len(out))
    out += _local(run[0], zlib.crc32(run[1]), len(good), len(run[1])) + good
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count + 1, count + 1, len(index), len(out), 0)
    return bytes(out + index + end)


def _central(name: bytes, crc: int, packed: int, size: int, at: int) -> bytes:
    head = struct.pack("<4s6H3L", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, packed, size)
    return head + struct.pack("<5H2L", len(name), 0, 0, 0, 0, 0, at) + name


def with_password() -> bytes:
    """The first of two is encrypted."""
    data = bytearray(zipped({"secret.gpx": OTHER, RUN: GOOD}))
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + flags] |= 1
    return bytes(data)


def with_wrong_checksum() -> bytes:
    """The first of two has another checksum than its bytes."""
    data = bytearray(zipped({"damaged.gpx": OTHER, RUN: GOOD}))
    for signature, at in ((b"PK\3\4", 14), (b"PK\1\2", 16)):
        data[data.index(signature) + at] ^= 0xFF
    return bytes(data)


def cut_short() -> bytes:
    """The good run is whole, the second not, and the index is gone."""
    whole = zipped({RUN: GOOD, "second.gpx": OTHER})
    return whole[: whole.rindex(b"PK\3\4") + 200]


def name_that_is_no_text() -> bytes:
    """A name that says it is UTF-8 and is not: Python's own reader of zips gives up on the index."""
    data = zipped({RUN: GOOD, "n\u00e4me.gpx": OTHER})
    return data.replace("n\u00e4me".encode(), b"n\xff\xfeme")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
GPX_LAUGHS = (
    f'<?xml version="1.0"?>{ENTITIES}<gpx version="1.1"><trk><name>&l9;&f;</name><trkseg>'
    '<trkpt lat="50" lon="8"><time>2024-01-01T00:00:00Z</time></trkpt></trkseg></trk></gpx>'
).encode()
APPLE_LAUGHS = (
    f'<?xml version="1.0"?>{ENTITIES}<HealthData>&l9;<Record type="&l9;" value="&f;"/></HealthData>'
).encode()
DEEP = b"[" * 100_000 + b"]" * 100_000
DEEP_OBJECTS = b'[{"a":' * 100_000 + b"1" + b"}]" * 100_000
NO_JSON = "brackets are nested deeper|JSON|damaged|holds no"


def a_database(statement: str) -> bytes:
    """Of one table."""
    with sqlite3.connect(":memory:") as connection:
        connection.execute(statement)
        return connection.serialize()


def lay_links(folder: Path) -> None:
    """Links to a file and a folder outside, to nothing, to itself, to a device."""
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.gpx").write_bytes(OTHER)
    (folder / "file.gpx").symlink_to(outside / "secret.gpx")
    (folder / "folder").symlink_to(outside)
    (folder / "nowhere.gpx").symlink_to(outside / "not there")
    (folder / "round").symlink_to(folder)
    (folder / "zeros.fit").symlink_to("/dev/zero")
    (folder / RUN).write_bytes(GOOD)


def lay_pipe(folder: Path) -> None:
    """A pipe that nobody writes into."""
    os.mkfifo(folder / "pipe.fit")
    (folder / RUN).write_bytes(GOOD)


def lay_odd_names(folder: Path) -> None:
    """Names of bytes that are no text, with signs that steer a terminal, and very deep ones."""
    for name in (b"\xff\xfe.gpx", b"\xed\xa0\x80.gpx", b"a\x1b[2Jb\nc.gpx"):
        (folder / os.fsdecode(name)).write_bytes(b"hello " + name)
    deep = folder
    for _ in range(DEEP_FOLDERS):
        deep = deep / "d"
        deep.mkdir()
    (deep / "deep.gpx").write_bytes(b"hello")
    (folder / RUN).write_bytes(GOOD)


LINK = "a link to another place"
CASES: dict[str, Case] = {
    "10 MB of zeros in three zips": archive(
        {"a.zip": nested(zipped({"x.fit": bytes(10 * MIB)}), 1)}, **{"a.zip/0.zip/x.fit": "zeros"}
    ),
    "a bomb in a zip": archive({"x.fit": bytes(64 * MIB)}, **{"x.fit": "times its size"}),
    "twenty small bombs": archive(
        {f"{n:02}.fit": bytes(15 * MIB) for n in range(20)}, **{"00.fit": "zeros", "19.fit": "times its size"}
    ),
    "small bombs in gzips": archive(
        {f"{n:02}.fit.gz": gzip.compress(bytes(15 * MIB)) for n in range(20)},
        **{"00.fit.gz": "zeros", "19.fit.gz": "times its size"},
    ),
    "members that share their bytes": bytes_of(
        overlapping, {"000.fit": "shares its packed bytes", "198.fit": "shares its packed bytes"}
    ),
    "the same without an index": bytes_of(lambda: overlapping()[:-2], {"export.zip": "cut short or damaged"}),
    "zips in zips in zips": archive(
        {"42.zip": nested(bytes(4 * MIB), 5, 3)}, **{"42.zip/0.zip/1.zip/2.zip": "over 3 deep"}
    ),
    "names that lead out": archive(
        {"../../x.gpx": b"1", "C:\\x.gpx": b"2", "/abs/x.gpx": b"3", "\\\\host\\x.gpx": b"4", "..": b"5"},
        **{"x.gpx": "", "C:/x.gpx": "", "abs/x.gpx": "", "host/x.gpx": "", "unnamed": ""},
    ),
    "links in a zip": bytes_of(links_in_a_zip, {"run.fit": LINK}),
    "links in a folder": Case(
        lay_links, dict.fromkeys(("file.gpx", "folder", "nowhere.gpx", "round", "zeros.fit"), LINK)
    ),
    "a pipe": Case(lay_pipe, {"pipe.fit": "a pipe"}),
    "odd names": Case(
        lay_odd_names,
        {"??.gpx": "", "???.gpx": "", "a?[2Jb?c.gpx": "", "/".join([*"d" * DEEP_FOLDERS, "deep.gpx"]): ""},
    ),
    "a name that is no text": bytes_of(name_that_is_no_text, {"export.zip": "damaged"}),
    "a password": bytes_of(with_password, {"secret.gpx": "password"}),
    "a wrong checksum": bytes_of(with_wrong_checksum, {"damaged.gpx": "the zip is damaged here"}),
    "a zip cut short": bytes_of(cut_short, {"export.zip": "cut short or damaged: 2 files"}),
    "a gzip bomb": folder_of({"x.fit.gz": gzip.compress(bytes(64 * MIB))}, {"x.fit.gz": "times its size"}),
    "a page to sign in": folder_of(
        {"run.fit": b"<!DOCTYPE html><html>sign in</html>"}, {"run.fit": "a web page"}
    ),
    "entities without end": folder_of(
        {"run.gpx": GPX_LAUGHS, "export.xml": APPLE_LAUGHS}, {"run.gpx": "", "export.xml": ""}
    ),
    "brackets without end": folder_of(
        {
            "a_0_summarizedActivities.json": DEEP,
            "training-session-2024.json": DEEP_OBJECTS,
            "Takeout/Fitbit/exercise-0.json": DEEP,
            "x.json": DEEP_OBJECTS,
            "y_sleepData.json": b'{"a":' * 100_000,
        },
        dict.fromkeys(
            (
                *("a_0_summarizedActivities.json", "training-session-2024.json", "x.json"),
                *("Takeout/Fitbit/exercise-0.json", "y_sleepData.json"),
            ),
            NO_JSON,
        ),
    ),
    "a cell of 100 MB": folder_of(
        {"activities.csv": strava.activities()[:-40] + b'"' + b"x" * 100_000_000}, {"activities.csv": ""}
    ),
    "databases of others": folder_of(
        {
            "a.db": a_database("CREATE TABLE messages (words TEXT)"),
            "b.db": a_database("CREATE TABLE exercise_session_record_table (words TEXT)"),
            "c.db": a_database(
                "CREATE VIEW exercise_session_record_table AS WITH RECURSIVE x(row_id) AS "
                "(SELECT 1 UNION ALL SELECT row_id + 1 FROM x) SELECT row_id, 1 AS start_time, 2 AS end_time,"
                " 56 AS exercise_type, row_id AS uuid FROM x"
            ),
        },
        {"a.db": "a database", "b.db": "", "c.db": ""},
    ),
}
