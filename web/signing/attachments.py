"""What lies inside a PDF: the files attached to it."""

from collections.abc import Iterator, Mapping
from typing import Final

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

from web.signing.revising import BROKEN, Unreadable, read

_DEEPEST: Final = 8


def attached_to(pdf: bytes) -> Mapping[str, bytes]:
    """The attached files by name, as the newest revision has them; raises Unreadable."""
    try:
        return dict(_named(read(pdf)))
    except BROKEN as broken:
        raise Unreadable(str(broken)) from broken


def _named(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    names = reader.root.get("/Names", {}).get("/EmbeddedFiles")
    if names is not None:
        yield from _leaves(names, _DEEPEST)


def _leaves(node: DictionaryObject, deeper: int) -> Iterator[tuple[str, bytes]]:
    """Walk a name tree (ISO 32000, 7.9.6); one without an end is no tree."""
    if not deeper:
        raise Unreadable("a name tree too deep")
    for child in node.get("/Kids", ()):
        yield from _leaves(child.get_object(), deeper - 1)
    leaves = node.get("/Names", ())
    for place in range(0, len(leaves) - 1, 2):
        described = leaves[place + 1].get_object()
        content = described["/EF"]["/F"]
        assert isinstance(content, StreamObject), "a file is a stream"
        yield str(described.get("/UF", described.get("/F"))), content.data
