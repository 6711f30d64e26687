"""Continue a PDF: new bytes after the old ones, and nothing said anew that nobody asked for."""

from hashlib import sha256
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import ValueErrorWithMessage

# What the library raises over a file that somebody made to be broken.
BROKEN: Final = (
    *(PdfError, ValueErrorWithMessage, ValueError, LookupError, TypeError, AttributeError),
    *(AssertionError, NotImplementedError, RecursionError),
)


class Unreadable(ValueError):
    """The bytes are no PDF, are damaged or are encrypted."""


def read(pdf: bytes) -> PdfFileReader:
    """Open a PDF strictly; raises Unreadable."""
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=True)
        if reader.encrypted:
            raise Unreadable("encrypted")
        reader.root["/Pages"]
    except BROKEN as broken:
        raise Unreadable(str(broken)) from broken
    return reader


class Revision(IncrementalPdfFileWriter):
    """What is added to a PDF: the same addition to the same bytes is the same.

    The title and dates of the paper are those of the typesetter and stay so.
    """

    @classmethod
    def of(cls, pdf: bytes) -> "Revision":
        """Begin to continue a PDF; raises Unreadable."""
        reader = read(pdf)
        return cls(reader.stream, prev=reader)

    def written(self) -> bytes:
        """The PDF as it was, followed by what was added."""
        whole = BytesIO()
        IncrementalPdfFileWriter.write(self, whole)
        return whole.getvalue()

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        prev.stream.seek(0)
        content = sha256(prev.stream.read()).digest()
        first = content[16:]
        if "/ID" in prev.trailer:
            first = prev.trailer["/ID"][0].original_bytes
        return ArrayObject([ByteStringObject(first), ByteStringObject(content[:16])])

    def _update_meta(self) -> None:
        """Leave the metadata alone, which pyHanko would date with the clock."""
