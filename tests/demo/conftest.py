"""The made-up archive, written once and read once."""

from __future__ import annotations

import pytest
from tests.demo.reading import STORY, Archive, Decoded, decode, own_name, unpacked

from backstride.app.demo.archive import write_archive


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("demo") / "archive"
    return Archive(folder, write_archive(folder, STORY, 1))


@pytest.fixture(scope="session")
def uploads(archive: Archive) -> dict[str, bytes]:
    """The bytes of each file, unpacked, by its own name."""
    return {own_name(each): each.data for each in unpacked(archive.folder) if each.data is not None}


@pytest.fixture(scope="session")
def decoded(archive: Archive) -> Decoded:
    return decode(archive.folder)
