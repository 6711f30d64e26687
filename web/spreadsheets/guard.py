"""Checks an uploaded workbook before any reader sees it, unpacking it piece by piece."""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import normpath
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from web.spreadsheets.cells import CellKind
from web.spreadsheets.problem import FileRefused
from web.spreadsheets.survey import OF_A_SCHOOL, Limits, PartSurvey, Place, Surveyor

UPLOAD_BYTES: Final = OF_A_SCHOOL.upload_bytes
PARTS: Final = 500

_PIECE: Final = 64 * 1024
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and .xlsx with a password
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK\x03\x04"
_ZIP_ENTRY: Final = b"PK\x01\x02"
_LOCAL_HEADER: Final = 30
_XML_STARTS: Final = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")


@dataclass(frozen=True, slots=True)
class Contents:
    """What the guard learned: by worksheet name, the cells whose value cannot be trusted."""

    faults: Mapping[str, Mapping[Place, CellKind]]


def inspect(content: bytes, limits: Limits = OF_A_SCHOOL) -> Contents:
    """Refuse what is no ordinary .xlsx, or larger than the limits; raises FileRefused."""
    _is_a_package(content, limits)
    try:
        with ZipFile(BytesIO(content)) as package:
            surveys = _survey(content, package.infolist(), limits)
    except (BadZipFile, struct.error, zlib.error, EOFError, UnicodeDecodeError) as broken:
        raise FileRefused("file-is-damaged") from broken
    _is_a_workbook(surveys)
    return Contents(_faults_by_sheet(surveys))


def _is_a_package(content: bytes, limits: Limits) -> None:
    if not content:
        raise FileRefused("file-is-empty")
    if len(content) > limits.upload_bytes:
        raise FileRefused("file-too-large", limit=limits.upload_bytes // 1024**2)
    if content.startswith(_COMPOUND_FILE):
        sealed = _ENCRYPTED in content
        raise FileRefused("file-has-password" if sealed else "old-spreadsheet")
    if not content.startswith(_ZIP):
        raise FileRefused("not-a-spreadsheet")
    # Counted in the bytes, since listing a hundred thousand parts is itself the damage.
    if content.count(_ZIP_ENTRY) > PARTS:
        raise FileRefused("file-has-too-many-parts", limit=PARTS)


def _survey(content: bytes, parts: list[ZipInfo], limits: Limits) -> dict[str, PartSurvey]:
    surveys: dict[str, PartSurvey] = {}
    left = limits.unpacked_bytes
    for part in parts:
        name = part.filename.lower()
        if name in surveys:
            raise FileRefused("file-is-damaged")  # Two readers would read two different files.
        if "vbaproject" in name:
            raise FileRefused("file-has-macros")
        surveyor: Surveyor | None = None
        for number, piece in enumerate(_pieces(content, part)):
            left -= len(piece)
            if left < 0:
                raise FileRefused("file-unpacks-too-large", limit=limits.unpacked_bytes // 1024**2)
            if number == 0 and _looks_like_xml(name, piece):
                surveyor = Surveyor(limits)
            if surveyor:
                surveyor.read(piece)
        if surveyor:
            surveyor.read(b"", last=True)
        surveys[name] = surveyor.found if surveyor else PartSurvey()
    return surveys


def _looks_like_xml(name: str, piece: bytes) -> bool:
    return name.endswith((".xml", ".rels")) or piece.lstrip().startswith(_XML_STARTS)


def _pieces(content: bytes, part: ZipInfo) -> Iterator[bytes]:
    """The content of a part, really unpacked: the sizes that the package announces may lie.

    The standard library stops at the announced size, another reader may not; what differs from
    the announcement is therefore refused.
    """
    if part.flag_bits & 0x1 or part.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise FileRefused("file-is-damaged")
    name_length, extra_length = struct.unpack_from("<HH", content, part.header_offset + 26)
    start = part.header_offset + _LOCAL_HEADER + name_length + extra_length
    packed = memoryview(content)[start : start + part.compress_size]
    size, check = 0, 0
    for piece in _unpacked(packed, part.compress_type):
        size += len(piece)
        check = zlib.crc32(piece, check)
        yield piece
    if (size, check) != (part.file_size, part.CRC) or len(packed) != part.compress_size:
        raise FileRefused("file-is-damaged")


def _unpacked(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == ZIP_STORED:
        yield from (bytes(packed[at : at + _PIECE]) for at in range(0, len(packed), _PIECE))
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting: bytes | memoryview = packed
    while not inflater.eof:
        piece = inflater.decompress(waiting, _PIECE)
        waiting = inflater.unconsumed_tail
        if piece:
            yield piece
        elif not waiting:
            raise EOFError("the packed data ends too early")


def _is_a_workbook(surveys: Mapping[str, PartSurvey]) -> None:
    types = surveys.get("[content_types].xml", PartSurvey()).content_types
    if any("macroenabled" in kind.lower() for kind in types):
        raise FileRefused("file-has-macros")
    if not any(kind.endswith("spreadsheetml.sheet.main+xml") for kind in types):
        raise FileRefused("not-a-spreadsheet")
    if not any(survey.kind == "worksheet" for survey in surveys.values()):
        raise FileRefused("file-is-damaged")


def _faults_by_sheet(surveys: Mapping[str, PartSurvey]) -> dict[str, Mapping[Place, CellKind]]:
    faults: dict[str, Mapping[Place, CellKind]] = {}
    for name, survey in surveys.items():
        folder, _, file = name.rpartition("/")
        links = surveys.get(f"{folder}/_rels/{file}.rels".lstrip("/"), PartSurvey()).targets
        for sheet, relationship in survey.sheets:
            part = _part_of(folder, links.get(relationship, ""))
            if part in surveys:
                faults[sheet] = surveys[part].faults
    return faults


def _part_of(folder: str, target: str) -> str:
    """The part that a relationship names: from the root, or from the folder of its owner."""
    path = target if target.startswith("/") else f"{folder}/{target}"
    return normpath(path).lstrip("/").lower()
