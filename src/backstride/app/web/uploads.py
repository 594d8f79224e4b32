"""A form with files, written to the disk as it comes: nothing of it is held in memory, nor stored twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from backstride.app.web.handed_in import place_for

MOST_FIELD_BYTES = 64 << 10
MOST_FIELDS = 20
DISPOSITION = b"content-disposition"


class NotAForm(Exception):
    """What came is no form that a browser sends."""


@dataclass(slots=True)
class Form:
    """The parts of one form as they come.  Before the first file `folder` is asked where files go."""

    folder: Callable[[dict[str, str]], Path]
    """Given the fields so far; it may raise, and then no file was written."""
    fields: dict[str, str] = field(default_factory=dict)
    files: int = 0
    _place: Path | None = None
    _header: bytes = b""
    _value: bytes = b""
    _disposition: bytes = b""
    _name: str = ""
    _data: bytearray = field(default_factory=bytearray)
    _file: BinaryIO | None = None
    _is_file: bool = False

    async def read(self, request: Request) -> None:
        """All of it is on the disk.

        Raises: NotAForm, and what `folder` raises.
        """
        kind, options = parse_options_header(request.headers.get("content-type", ""))
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise NotAForm
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_field,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished,
                "on_part_data": self._part_data,
                "on_part_end": self._part_end,
            },
        )
        try:
            async for part in request.stream():
                parser.write(part)
            parser.finalize()
        except FormParserError as error:
            raise NotAForm from error
        finally:
            if self._file is not None:
                self._file.close()

    def _begin(self) -> None:
        self._disposition, self._data = b"", bytearray()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == DISPOSITION:
            self._disposition = self._value
        self._header = self._value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode(errors="replace")
        self._is_file = b"filename" in options
        filename = options.get(b"filename", b"").decode(errors="replace")
        if not self._is_file and len(self.fields) >= MOST_FIELDS:
            raise NotAForm
        if filename:  # empty where nothing was chosen
            self._place = self._place or self.folder(self.fields)
            self._file = place_for(self._place, filename).open("wb")
            self.files += 1

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(memoryview(data)[start:end])
        elif not self._is_file:
            self._data += data[start:end]
            if len(self._data) > MOST_FIELD_BYTES:
                raise NotAForm

    def _part_end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        elif not self._is_file:
            self.fields[self._name] = self._data.decode(errors="replace")
