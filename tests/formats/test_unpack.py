"""What comes out of archives and compressed files, sound, broken and hostile."""

from __future__ import annotations

import gzip
import hashlib
import struct
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formats import xml_text

from backstride.formats.archive import unpack
from backstride.formats.archive.unpack import Member, _members, _Place, _Unpacking, members

RUN, WALK = b"<gpx>a run</gpx>" * 400, b"<gpx>a walk</gpx>" * 300


def zipped(files: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name), data, method)
    return out.getvalue()


def streamed(files: dict[str, bytes]) -> bytes:
    """A zip as programs write it that cannot seek: sizes stand behind the bytes."""

    class Forward(BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    out = Forward()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def unpacked(data: bytes, name: str = "export.zip") -> list[Member]:
    return list(members(BytesIO(data), name))


def sound(found: list[Member]) -> dict[str, bytes | None]:
    return {member.name: member.data for member in found if member.kind == "file"}


def faults(found: list[Member]) -> list[str]:
    return [str(member.fault) for member in found if member.fault is not None]


def test_a_plain_file_is_its_own_member() -> None:
    assert [Member("run.gpx", "file", RUN)] == unpacked(RUN, "run.gpx")
    assert [Member("empty", "file", b"")] == unpacked(b"", "empty")


def test_a_gzip_is_known_by_its_first_bytes() -> None:
    for name in ("run.gpx.gz", "run.gpx"):
        assert [Member(name, "file", RUN)] == unpacked(gzip.compress(RUN), name)


def test_several_gzips_in_a_row_are_one_file() -> None:
    data = gzip.compress(RUN) + gzip.compress(WALK) + bytes(512)
    assert [Member("x.gz", "file", RUN + WALK)] == unpacked(data, "x.gz")


def test_a_gzip_that_is_cut_short_gives_what_is_there_and_says_so() -> None:
    noise = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(250))
    (member,) = unpacked(gzip.compress(noise)[:-300], "x.gz")
    assert member.data is not None
    assert noise.startswith(member.data)
    assert len(member.data) > 7000
    assert member.warning is not None
    assert "cut short at byte" in member.warning


def test_every_file_of_a_zip_is_yielded_and_folders_are_not() -> None:
    files = {"activities/1.fit.gz": gzip.compress(RUN), "activities/2.gpx": WALK, "media/": b""}
    expected: dict[str, bytes | None] = {"activities/1.fit.gz": RUN, "activities/2.gpx": WALK}
    assert expected == sound(unpacked(zipped(files)))
    assert expected == sound(unpacked(streamed(files)))


def test_zips_in_zips_are_unpacked_under_their_names() -> None:
    data = zipped({"DI/Part1.zip": zipped({"a.fit": RUN, "Part2.zip": zipped({"b.fit": WALK})})})
    expected = {"DI/Part1.zip/a.fit": RUN, "DI/Part1.zip/Part2.zip/b.fit": WALK}
    assert expected == sound(unpacked(data))


def test_zips_too_deep_in_one_another_are_refused() -> None:
    data = RUN
    for _ in range(unpack.DEPTH + 2):
        data = zipped({"x.zip": data})
    (fault,) = faults(unpacked(data))
    assert "deep" in fault


def test_what_an_operating_system_adds_is_told_apart_and_not_dropped() -> None:
    names = ["__MACOSX/._1.fit", "._1.fit", "x/.DS_Store", "x/Thumbs.db"]
    found = unpacked(zipped({**dict.fromkeys(names, b"junk"), "1.fit": RUN}))
    assert [*((name, "system file") for name in names), ("1.fit", "file")] == [
        (m.name, m.kind) for m in found
    ]
    assert [member.data for member in found[:4]] == [None] * 4


def test_a_document_that_is_a_zip_by_make_stays_whole() -> None:
    data = zipped({"doc.kml": RUN})
    assert {"route.kmz": data} == sound(unpacked(zipped({"route.kmz": data})))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/run.gpx", "etc/run.gpx"),
        ("/run.gpx", "run.gpx"),
        ("..\\..\\run.gpx", "run.gpx"),
        ("a/./../run.gpx", "a/run.gpx"),
        ("ru\x1bn.gpx", "ru?n.gpx"),
        ("..", "unnamed"),
    ],
)
def test_no_name_leads_out_of_the_archive(written: str, name: str) -> None:
    assert {name: RUN} == sound(unpacked(zipped({written: RUN})))


def test_a_member_with_a_password_is_refused_and_the_others_are_read() -> None:
    data = bytearray(zipped({"secret.gpx": RUN, "open.gpx": WALK}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    found = unpacked(bytes(data))
    assert sound(found) == {"open.gpx": WALK}
    (fault,) = faults(found)
    assert fault.startswith("secret.gpx: at its first byte: it is protected by a password")


def test_a_damaged_member_is_refused_and_the_others_are_read() -> None:
    data = bytearray(zipped({"1.gpx": RUN, "2.gpx": WALK}))
    data[45] ^= 0xFF
    found = unpacked(bytes(data))
    assert sound(found) == {"2.gpx": WALK}
    (fault,) = faults(found)
    assert fault.startswith("1.gpx: at byte 0 of the zip: the zip is damaged here")


def test_a_member_packed_in_an_unknown_way_is_refused() -> None:
    data = bytearray(zipped({"1.gpx": RUN, "2.gpx": WALK}))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(signature) + method
        data[at : at + 2] = struct.pack("<H", 9)
    found = unpacked(bytes(data))
    assert sound(found) == {"2.gpx": WALK}
    assert "zip it anew" in faults(found)[0]


@pytest.mark.parametrize("make", [zipped, streamed, lambda files: zipped(files, ZIP_STORED)])
def test_a_zip_that_is_cut_short_gives_the_files_before_the_cut(make: object) -> None:
    assert callable(make)
    data = make({"1.gpx": RUN, "2.gpx": WALK, "3.gpx": RUN})
    cut = data[: data.rindex(b"PK\x03\x04") + 60]
    found = unpacked(cut)
    files = sound(found)
    assert (files["1.gpx"], files["2.gpx"]) == (RUN, WALK)
    assert RUN.startswith(files.get("3.gpx") or b"")
    assert [m.warning for m in found if m.name == "3.gpx"] == ["it is cut short"]
    assert faults(found)[-1].startswith(
        "export.zip: at the zip's index: the zip is cut short or damaged: 3 files"
    )


def test_an_empty_zip_says_so() -> None:
    assert faults(unpacked(zipped({}))) == ["export.zip: at the zip's index: the zip holds no file"]


def test_a_member_that_unpacks_to_absurd_size_is_refused_before_it_is_unpacked() -> None:
    bomb = bytes(unpack.RATIO_FROM_BYTES + 1)
    found = unpacked(zipped({"bomb.gpx": bomb, "run.gpx": RUN}))
    assert sound(found) == {"run.gpx": RUN}
    assert "times its size" in faults(found)[0]
    assert "times its size" in faults(unpacked(gzip.compress(bomb), "bomb.gz"))[0]


def test_the_limits_hold_for_sizes_and_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = bytes(i * i % 251 for i in range(5000))
    monkeypatch.setattr(unpack, "MEMBER_BYTES", 4000)
    assert "MiB" in faults(unpacked(noise, "large.fit"))[0]
    assert "MiB" in faults(unpacked(gzip.compress(noise), "large.fit.gz"))[0]
    inner = zipped({"small.fit": noise[:3000], "x": noise[:3000]}, ZIP_STORED)
    found = unpacked(zipped({"large.fit": noise, "Part.zip": inner}))
    assert {"Part.zip/small.fit", "Part.zip/x"} == set(sound(found))
    assert len(faults(found)) == 1


def test_an_archive_of_too_many_files_or_bytes_is_read_up_to_the_limit() -> None:
    data = zipped({"a": b"12345678", "b": b"12345678"})
    for limits in (_Unpacking(left_bytes=9), _Unpacking(left_members=1)):
        found = list(_members(BytesIO(data), _Place("export.zip"), limits))
        assert [member.kind for member in found] == ["file", "unreadable"]


def archives() -> Iterator[bytes]:
    yield zipped({"1.gpx": RUN, "sub/2.zip": zipped({"2.gpx": WALK})})
    yield streamed({"1.gpx": RUN, "2.gpx": WALK})
    yield gzip.compress(RUN)


@settings(deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"\x1f\x8b\x08\0"]),
)
def test_any_bytes_give_at_least_one_member(data: bytes, head: bytes) -> None:
    found = unpacked(head + data, "any")
    assert found
    assert all((member.data is None) != (member.kind == "file") for member in found)
    assert all((member.fault is not None) == (member.kind == "unreadable") for member in found)


@settings(deadline=None)
@given(st.sampled_from(list(archives())), st.data())
def test_a_mutated_archive_gives_at_least_one_member(whole: bytes, data: st.DataObject) -> None:
    assert unpacked(data.draw(xml_text.mutated(whole)), "export.zip")
