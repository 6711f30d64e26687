"""Places for signatures in a finished PDF: empty fields where the template has marked room."""

from collections.abc import Mapping
from math import ceil, floor

from pyhanko.pdf_utils.generic import NumberObject, pdf_name
from pyhanko.sign.fields import (
    SigFieldSpec,
    VisibleSigSettings,
    append_signature_field,
    enumerate_sig_fields,
)

from web.papers.typesetting import Box
from web.signing.revising import Revision, read


def with_fields(pdf: bytes, boxes: Mapping[str, Box]) -> bytes:
    """The PDF, continued by an empty signature field for each box, which is named by its key.

    The same PDF and boxes give the same bytes. A field is printed, as PDF/A demands, and keeps its
    place when somebody zooms. It covers whole points, none less than its box. Raises Unreadable.
    """
    # What follows begins on a line of its own, as PDF/A demands of every object.
    revision = Revision.of(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    printed = VisibleSigSettings(print_signature=True, scale_with_page_zoom=True)
    for name, box in boxes.items():
        place = (floor(box.left), floor(box.bottom), ceil(box.right), ceil(box.top))
        append_signature_field(
            revision,
            SigFieldSpec(name, on_page=box.page, box=place, visible_sig_settings=printed),
        )
    _let_nothing_change_but_signatures(revision)
    return revision.written()


def size_of(pdf: bytes, name: str) -> tuple[float, float]:
    """The width and height of a field in points; raises Unreadable and KeyError."""
    for found, _, field in enumerate_sig_fields(read(pdf)):
        if found == name:
            left, bottom, right, top = (float(edge) for edge in field.get_object()["/Rect"])
            return right - left, top - bottom
    raise KeyError(name)


def _let_nothing_change_but_signatures(revision: Revision) -> None:
    """Say already now what every signer would say: it is signed, and may only be continued.

    So a signature changes nothing in the form but its own field.
    """
    form = revision.root["/AcroForm"]
    form[pdf_name("/SigFlags")] = NumberObject(3)
    revision.update_container(form)
