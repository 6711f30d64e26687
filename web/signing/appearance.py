"""What is seen of a signature: a page drawn elsewhere, put into the box of its field."""

from typing import Final

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.stamp import StaticStampStyle

from web.signing.revising import read

_NAME: Final = "/Drawn"
_CENTRED: Final = SimpleBoxLayoutRule(AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID)


def stamp(drawing: bytes) -> StaticStampStyle:
    """The first page of a PDF as an appearance: its fonts come along, and it fits the box."""
    return StaticStampStyle(
        background=_Drawing(drawing), background_layout=_CENTRED, border_width=0
    )


class _Drawing(PdfContent):
    """A page out of bytes; the library's own reads a file and names it by chance."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(read(self._pdf))
        self.resources.xobject[pdf_name(_NAME)] = page
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return f"{_NAME} Do".encode()
