"""Files that are no spreadsheets, or that would hurt whoever reads them."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from tests.web.spreadsheets.workbooks import rewritten, vnedu, workbook
from web.spreadsheets.guard import UPLOAD_BYTES, inspect
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.reader import read_apart, read_workbook

SHEET = "xl/worksheets/sheet1.xml"
ORDINARY = workbook(vnedu())
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
WORKSHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def refusal_of(content: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        inspect(content)
    assert caught.value.problem.sentence
    return caught.value.problem.code


def with_sheet(data: bytes) -> bytes:
    return rewritten(ORDINARY, {SHEET: lambda _before: WORKSHEET % data})


def corners() -> bytes:
    """Four kilobytes for which the reader asks half a terabyte of memory."""
    return with_sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def with_packed(packed: bytes, *, announced: int, check: int) -> bytes:
    """The ordinary file with one deflated part more, which announces a size and a checksum."""
    buffer = io.BytesIO(ORDINARY)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_STORED) as package:
        package.writestr("xl/media/image1.png", packed)
    content = bytearray(buffer.getvalue())
    entry = content.rindex(b"PK\x01\x02")
    struct.pack_into("<H", content, entry + 10, zipfile.ZIP_DEFLATED)
    struct.pack_into("<LLL", content, entry + 16, check, len(packed), announced)
    return bytes(content)


def packed_zeros(megabytes: int) -> bytes:
    """Deflated zeros: one megabyte is packed, and its block repeated."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = squeezer.compress(bytes(1024**2)) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + squeezer.flush()


def zip_bomb() -> bytes:
    """300 MB of zeros in 300 KB."""
    return with_packed(packed_zeros(300), announced=300 * 1024**2, check=0)


def lying_about_its_size() -> bytes:
    """A part that announces 10 bytes and unpacks to 20 MB: the library would stop at the 10."""
    return with_packed(packed_zeros(20), announced=10, check=zlib.crc32(bytes(10)))


def many_parts() -> bytes:
    buffer = io.BytesIO(ORDINARY)
    with zipfile.ZipFile(buffer, "a") as package:
        for number in range(600):
            package.writestr(f"xl/media/{number}.png", b"")
    return buffer.getvalue()


def with_a_part_twice() -> bytes:
    buffer = io.BytesIO(ORDINARY)
    with zipfile.ZipFile(buffer, "a") as package:
        package.writestr(SHEET.upper(), WORKSHEET % b"")
    return buffer.getvalue()


def with_doctype() -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return rewritten(ORDINARY, {SHEET: lambda before: before.replace(b"?>", b"?>" + doctype, 1)})


def with_macros() -> bytes:
    return rewritten(ORDINARY, {"xl/vbaProject.bin": lambda _before: b"\xcc\x61"})


def macro_enabled() -> bytes:
    kind = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return rewritten(ORDINARY, {"[Content_Types].xml": lambda before: before.replace(plain, kind)})


def announcing(count: int) -> bytes:
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        b'uniqueCount="%d"/>' % count
    )
    return rewritten(ORDINARY, {"xl/sharedStrings.xml": lambda _before: texts})


def with_dimension(corner: bytes) -> bytes:
    return rewritten(
        ORDINARY, {SHEET: lambda before: before.replace(b'ref="A1', b'ref="%s' % corner, 1)}
    )


def a_plain_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("readme.txt", "hello")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (bytes, "file-is-empty"),
        (lambda: bytes(UPLOAD_BYTES + 1), "file-too-large"),
        (lambda: b"STT;M\xc3\xa3 HS\n1;001\n", "not-a-spreadsheet"),
        (lambda: b"<html><table></table></html>", "not-a-spreadsheet"),
        (a_plain_zip, "not-a-spreadsheet"),
        (lambda: COMPOUND, "old-spreadsheet"),
        (lambda: COMPOUND + "EncryptedPackage".encode("utf-16-le"), "file-has-password"),
        (with_macros, "file-has-macros"),
        (macro_enabled, "file-has-macros"),
        (lambda: ORDINARY[: len(ORDINARY) // 2], "file-is-damaged"),
        (lambda: ORDINARY[:-30], "file-is-damaged"),
        (lambda: rewritten(ORDINARY, {SHEET: lambda xml: xml[:-20]}), "file-is-damaged"),
        (with_a_part_twice, "file-is-damaged"),
        (lying_about_its_size, "file-is-damaged"),
        (zip_bomb, "file-unpacks-too-large"),
        (many_parts, "file-has-too-many-parts"),
        (with_doctype, "file-declares-entities"),
        (corners, "file-has-too-many-rows"),
        (lambda: with_sheet(b"<row/>" * 100_000), "file-has-too-many-rows"),
        (lambda: with_sheet(b"<row>%s</row>" % (b"<c/>" * 201)), "file-has-too-many-columns"),
        (lambda: with_sheet(b'<row><c r="GS1"/></row>'), "file-has-too-many-columns"),
        (
            lambda: with_sheet((b"<row>%s</row>" % (b"<c/>" * 150)) * 2_000),
            "file-has-too-many-cells",
        ),
        (lambda: with_sheet(b'<row><c r="8A"/></row>'), "file-is-damaged"),
        (lambda: with_sheet(b'<row r="0"><c/></row>'), "file-is-damaged"),
        (lambda: announcing(4_000_000_000), "file-has-too-many-cells"),
        (lambda: with_dimension(b"A1:XFD1048576"), "file-has-too-many-rows"),
    ],
)
def test_a_file_that_is_no_ordinary_workbook_is_refused(
    made: Callable[[], bytes], code: str
) -> None:
    assert refusal_of(made()) == code


def test_old_spreadsheets_are_told_how_to_be_saved_anew() -> None:
    with pytest.raises(FileRefused) as caught:
        read_workbook(COMPOUND)
    assert "lưu lại thành .xlsx" in caught.value.problem.sentence


def test_empty_rows_far_below_are_harmless_and_usual() -> None:
    inspect(with_sheet(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"/>'))


def test_a_file_that_aborts_the_reader_costs_only_the_reading_process() -> None:
    with pytest.raises(FileRefused) as caught:
        read_apart(corners())
    assert caught.value.problem.code == "reading-failed"
    assert read_apart(ORDINARY)


def test_what_is_no_workbook_at_all_costs_only_the_reading_process() -> None:
    with pytest.raises(FileRefused) as caught:
        read_apart(b"no workbook")
    assert caught.value.problem.code == "reading-failed"
