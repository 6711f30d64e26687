"""What somebody might do to a signed paper: each takes a PDF and gives back a worse one."""

from collections.abc import Callable
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PageObject, copy_into_new_writer
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from tests.web.signing.paper import PRINCIPAL, TEACHER

Attack = Callable[[bytes], bytes]
_OTHER_MARK: Final = b"BT /F1 24 Tf 100 700 Td (10) Tj ET"


def _added(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer, whole = IncrementalPdfFileWriter(BytesIO(pdf)), BytesIO()
    change(writer)
    writer.write(whole)
    return whole.getvalue()


def byte_flipped(pdf: bytes) -> bytes:
    return pdf[:1000] + bytes([pdf[1000] ^ 1]) + pdf[1001:]


def page_overwritten(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.add_object(StreamObject(stream_data=_OTHER_MARK))
        writer.add_stream_to_page(0, stream)

    return _added(pdf, change)


def page_added(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        stream = writer.add_object(StreamObject(stream_data=_OTHER_MARK))
        writer.insert_page(PageObject(stream, (0, 0, 595, 842)))

    return _added(pdf, change)


def file_attached(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        content = EmbeddedFileObject.from_file_data(writer, b"another proof")
        embed_file(writer, FileSpec("minh-chung.txt", embedded_data=content))

    return _added(pdf, change)


def annotated(pdf: bytes) -> bytes:
    def change(writer: IncrementalPdfFileWriter) -> None:
        note = DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): ArrayObject(map(NumberObject, (100, 600, 300, 700))),
                pdf_name("/Contents"): pdf_string("10"),
                pdf_name("/DA"): pdf_string("/F1 24 Tf"),
            }
        )
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])

    return _added(pdf, change)


def field_moved(pdf: bytes) -> bytes:
    """The principal's signature is to appear over the marks."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer, PRINCIPAL)
        field["/Rect"] = ArrayObject(map(FloatObject, (50, 600, 550, 800)))
        writer.update_container(field)

    return _added(pdf, change)


def other_look(pdf: bytes) -> bytes:
    """The teacher's signature is to look otherwise than it did."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        field = _field(writer, TEACHER)
        drawn = RawContent(_OTHER_MARK, box=BoxConstraints(width=150, height=80))
        field["/AP"] = DictionaryObject(
            {pdf_name("/N"): writer.add_object(drawn.as_form_xobject())}
        )
        writer.update_container(field)

    return _added(pdf, change)


def field_added(pdf: bytes) -> bytes:
    """One more place for a signature, to which the paper gives no room."""
    spec = SigFieldSpec("somebody", box=(50, 600, 550, 800), empty_field_appearance=True)
    return _added(pdf, lambda writer: append_signature_field(writer, spec))


def wrapped(pdf: bytes) -> bytes:
    """The last signature is told anew behind other content, of which it still signs nothing."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        last = writer.prev.embedded_signatures[-1]
        writer.mark_update(last.sig_field.raw_get("/V").reference)
        writer.mark_update(last.sig_object.container_ref)
        stream = writer.add_object(StreamObject(stream_data=_OTHER_MARK))
        writer.add_stream_to_page(0, stream)

    return _added(pdf, change)


def rewritten(pdf: bytes) -> bytes:
    """The same objects in a new file, as some programs save."""
    whole = BytesIO()
    copy_into_new_writer(PdfFileReader(BytesIO(pdf))).write(whole)
    return whole.getvalue()


def _field(writer: IncrementalPdfFileWriter, name: str) -> DictionaryObject:
    for found, _, field in enumerate_sig_fields(writer):
        if found == name:
            described = field.get_object()
            assert isinstance(described, DictionaryObject)
            return described
    raise KeyError(name)


ADDING: Final[tuple[Attack, ...]] = (
    page_overwritten,
    page_added,
    file_attached,
    annotated,
    field_moved,
    other_look,
    field_added,
)
