"""Elements of an XML file as they close, with all that is sound read even where the file is damaged.

    <trk><name>Evening</name><trkseg><trkpt lat="1" lon="2"><ele>3</ele></trkpt> ...
         opened("trk")       opened("trkseg")     closed("trkpt", {"lat": "1", "lon": "2", "ele": "3"})

Only elements named in the file's `Shape` are told; what stands in other elements inside them is told as
values of the innermost one that is named.  Names are given without prefix and in lower case, so that an
undeclared prefix or an odd spelling does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from xml.parsers import expat

from backstride.formats.xml.encoding import CHUNK_BYTES, XmlBytes, chunks, mended, prepared
from backstride.formats.xml.shape import Damage, Parsed, Shape, Sink, SinkType
from backstride.model.errors import BadFile
from backstride.model.said import Said, plainly, said

DEEPEST = 200
"""Elements inside one another; GPX and TCX need about ten, and each open one costs memory."""
LONGEST_TAG_BYTES = 4 << 20
"""No tag is near as long; the parser would read one of a whole file again and again."""
MOST_DAMAGES = 200
"""After so many damaged places the rest of the file is given up."""

_CUT_SHORT = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
_TRAILING = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


def parse(data: bytes, name: str, shape: Shape, make: Callable[[], SinkType]) -> Parsed[SinkType]:
    """Everything sound in the file, told to a sink made for it.

    Raises: BadFile where the root is another, where entities are declared (a few lines can stand for
        terabytes), or where tags are absurdly long or deep.
    """
    source = prepared(data)
    parsed = _read(source, name, shape, make())
    if not parsed.damages or all(damage.cut_short for damage in parsed.damages):
        return parsed
    again = mended(source.data)
    if again == source.data:
        return parsed
    retried = XmlBytes(again, source.lines_before, (*source.repairs, "repair_bare_signs"))
    second = _read(retried, name, shape, make())
    return second if len(second.damages) < len(parsed.damages) else parsed


def _read(source: XmlBytes, name: str, shape: Shape, sink: SinkType) -> Parsed[SinkType]:
    reading = _Reading(name, shape, sink, source.lines_before)
    damages: list[Damage] = []
    begin = 0
    while begin < len(source.data):
        damage, at = reading.read_from(source.data, begin)
        if damage is None:
            break
        found = shape.resume_tag.search(source.data, at) if reading.started else None
        if found is None or len(damages) >= MOST_DAMAGES:
            damages.append(damage)
            break
        damages.append(replace(damage, cut_short=False))
        reading.stand_in(shape.resume_at[found[1].decode().lower()])
        reading.line += source.data.count(b"\n", begin, found.start())
        begin = found.start()
    if not reading.started:
        why = damages[0].why if damages else said("it is empty")
        raise BadFile(
            name, said("line {n}", n=reading.line + 1), said("no XML can be read here ({why})", why=why)
        )
    reading.close_all()
    return Parsed(sink, tuple(damages), source.repairs)


def _local(tag: str) -> str:
    return tag.rpartition(":")[2].lower()


class _Told(dict[str, str | None]):
    """Tag -> the element of the shape it is, or None; each worked out once."""

    def __init__(self, elements: frozenset[str]) -> None:
        super().__init__()
        self._elements = elements

    def __missing__(self, tag: str) -> str | None:
        name = _local(tag)
        told = self[tag] = name if name in self._elements else None
        return told


class _Names(dict[str, str]):
    """Tag -> its name without prefix and in lower case; each worked out once."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = _local(tag)
        return name


class _Open(NamedTuple):
    """An element of the shape that stands open."""

    name: str
    values: dict[str, str]
    tag: str
    """As the file spells it."""


@dataclass
class _Reading:
    """One pass over a file: the elements that stand open, and the sink they are told to."""

    name: str
    shape: Shape
    sink: Sink
    line: int
    """Lines before the place the parser began at."""
    started: bool = False
    open: list[_Open] = field(default_factory=list)
    told: _Told = field(init=False)
    names: _Names = field(default_factory=_Names)

    def __post_init__(self) -> None:
        self.told = _Told(self.shape.elements)

    def read_from(self, data: bytes, begin: int) -> tuple[Damage | None, int]:
        """Tells all elements from a byte on; the first damage and the byte after it, or None."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        forget: Callable[[], None] | None = None
        lead = "".join(f"<{element.tag}>" for element in self.open).encode()
        try:
            parser.Parse(lead, False)
            forget = self._listen(parser)
            self._feed(parser, memoryview(data)[begin:])
        except expat.ExpatError as error:
            if error.code == _TRAILING and not self.open:
                return None, len(data)
            line = self.line + error.lineno
            why = plainly(expat.errors.messages[error.code])
            at = begin + max(0, parser.ErrorByteIndex - len(lead)) + 1
            return Damage(line, why, error.code in _CUT_SHORT), at
        finally:
            if forget is not None:
                forget()
        return None, len(data)

    def _feed(self, parser: expat.XMLParserType, data: memoryview) -> None:
        last_tag_end = fed = 0
        for chunk in chunks(data):
            within = self._innermost
            parser.Parse(chunk, False)
            fed += len(chunk)
            if b">" in chunk.tobytes():
                last_tag_end = fed
            elif fed - last_tag_end > LONGEST_TAG_BYTES:
                raise self._refused(
                    parser, said("one tag is longer than 4 MiB: this is no recorded activity")
                )
            whole_chunk = len(chunk) == CHUNK_BYTES
            if whole_chunk and within and within is self._innermost and within.name in self.shape.points:
                raise self._refused(
                    parser, said("one point is longer than 1 MiB: this is no recorded activity")
                )
        parser.Parse(b"", True)

    @property
    def _innermost(self) -> _Open | None:
        return self.open[-1] if self.open else None

    def _listen(self, parser: expat.XMLParserType) -> Callable[[], None]:
        """The hot place: what is called for every element has all it needs at hand in local names.

        Nearly all elements stand in points, so in these only the ends are listened to.  What is returned must
        be called at the end: until then the handlers hold one another, and with them all points of the file.
        """
        pieces: list[str] = []
        names, told, stack, points = self.names, self.told, self.open, self.shape.points
        opened, closed = self.sink.opened, self.sink.closed
        depth = 0  # of elements that are not told
        values: dict[str, str] = stack[-1].values if stack else {}
        point_tag = ""

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal depth, values, point_tag
            if not self.started:
                self._check_root(names[tag], parser)
            element = told[tag]
            if element is None:
                depth += 1
            if depth + len(stack) > DEEPEST:
                raise self._refused(
                    parser,
                    said("elements stand {deepest} deep: this is no recorded activity", deepest=DEEPEST),
                )
            if element is None:
                return
            pieces.clear()
            values = attributes
            stack.append(_Open(element, values, tag))
            opened(element)
            if element in points:
                point_tag = tag
                parser.StartElementHandler = None
                parser.EndElementHandler = end_in_point

        def end_in_point(tag: str) -> None:
            if tag == point_tag:
                parser.StartElementHandler = start
                parser.EndElementHandler = end
                end(tag)
            elif pieces:
                # Blanks between elements come before the text of the element itself.
                text = "".join(pieces).strip()
                if text:
                    values[names[tag]] = text
                pieces.clear()

        def end(tag: str) -> None:
            nonlocal depth, values
            element = told[tag]
            if element is None:
                depth -= 1
                text = "".join(pieces).strip()
                if text:
                    values[names[tag]] = text
            elif stack and stack[-1].name == element:
                stack.pop()
                closed(element, values)
                values = stack[-1].values if stack else {}
            pieces.clear()

        def entity(*_declared: object) -> None:
            raise self._refused(
                parser,
                said(
                    "it declares XML entities, which no recorded activity needs and which can unpack without "
                    "end; export the activity again"
                ),
            )

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = pieces.append
        parser.EntityDeclHandler = entity

        def forget() -> None:
            nonlocal start, end, end_in_point
            parser.StartElementHandler = parser.EndElementHandler = None
            parser.CharacterDataHandler = parser.EntityDeclHandler = None
            del start, end, end_in_point

        return forget

    def _check_root(self, element: str, parser: expat.XMLParserType) -> None:
        if element != self.shape.root:
            raise self._refused(
                parser, said("the outermost element should be <{root}>", root=self.shape.root)
            )
        self.started = True

    def _refused(self, parser: expat.XMLParserType, why: Said) -> BadFile:
        return BadFile(self.name, said("line {n}", n=self.line + parser.CurrentLineNumber), why)

    def stand_in(self, wanted: tuple[str, ...]) -> None:
        """Closes and opens elements until exactly the wanted ones stand open."""
        same = 0
        while same < min(len(wanted), len(self.open)) and self.open[same].name == wanted[same]:
            same += 1
        self._close_down_to(same)
        for element in wanted[same:]:
            self.open.append(_Open(element, {}, element))
            self.sink.opened(element)

    def close_all(self) -> None:
        """Closes what the file left open."""
        self._close_down_to(0)

    def _close_down_to(self, depth: int) -> None:
        while len(self.open) > depth:
            element = self.open.pop()
            if element.name not in self.shape.points:
                self.sink.closed(element.name, element.values)
