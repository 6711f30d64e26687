"""Take evidence files in: only plain PDFs and pictures, and pictures without what they tell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from ledger.sheet.grounds import Evidence, EvidenceKind
from ledger.store.evidence import EvidenceStore
from web.refusals import EvidenceUnfit

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 40
# All files of one request, as they are kept: its dossier carries them in one PDF.
LARGEST_TOGETHER: Final = 40 * 1024 * 1024

_PDF: Final = "application/pdf"
# A phone's photo has 12 to 50 million pixels; decoding takes four bytes for each.
_MOST_PIXELS: Final = 60_000_000
# A page of A4 at 220 dots an inch: handwriting stays readable, a photo of it below 2 MB.
_LONGEST_SIDE: Final = 2600
# Photos kept without loss take several times what they need.
_LARGEST_LOSSLESS: Final = 1_500_000
_PICTURES: Final = {
    b"\xff\xd8\xff": ("JPEG", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"),
}
# Boxes of type ftyp by the kinds of photo that phones take and few programs open.
_PHONE_ONLY: Final = re.compile(rb".{4}ftyp(hei[cfmsx]|hev[cmsx]|mif1|msf1|avi[fs])", re.DOTALL)

# What makes a PDF do something when opened, or carries another file inside.
_ACTIVE_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/OpenAction", "/AA", "/EmbeddedFiles", "/EF", "/XFA", "/RichMedia"}
)
_ACTIVE_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition"}
)
_MOST_OBJECTS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Upload:
    """One uploaded file: what it proves, the name it had, and its bytes."""

    kind: EvidenceKind
    name: str
    content: bytes


def take_in(
    uploads: Iterable[Upload], store: EvidenceStore, *, beside: Iterable[Evidence] = ()
) -> tuple[Evidence, ...]:
    """Check every file, then keep all; raises EvidenceUnfit and keeps none if one is unfit.

    `beside` is what the correction has already: one dossier carries it all.
    """
    fit = [(upload.kind, fit_content(upload)) for upload in uploads]
    check_together([*(file.size for file in beside), *(len(content) for _, content in fit)])
    return tuple(evidence_of(kind, content, store.put(content)) for kind, content in fit)


def check_together(sizes: Sequence[int]) -> None:
    """Raise EvidenceUnfit where files of these sizes are too much for one request."""
    if len(sizes) > MOST:
        raise EvidenceUnfit(why="too-many", limit=MOST)
    if sum(sizes) > LARGEST_TOGETHER:
        raise EvidenceUnfit(why="too-much", limit=LARGEST_TOGETHER // 1024**2)


def evidence_of(kind: EvidenceKind, content: bytes, sha256: str) -> Evidence:
    """What a fact says of a file that is kept under this hash."""
    return Evidence(kind=kind, sha256=sha256, size=len(content), media_type=media_type_of(content))


def media_type_of(content: bytes) -> str:
    """The media type of what `fit_content` made."""
    found = (
        media_type for magic, (_, media_type) in _PICTURES.items() if content.startswith(magic)
    )
    return next(found, _PDF)


def fit_content(upload: Upload) -> bytes:
    """The bytes to keep of an uploaded file; raises EvidenceUnfit."""
    if not upload.content:
        raise EvidenceUnfit(why="empty", name=upload.name)
    if len(upload.content) > LARGEST:
        raise EvidenceUnfit(why="too-big", name=upload.name)
    if upload.content.startswith(b"%PDF-"):
        _check_pdf(upload)
        return upload.content
    for magic, (form, _) in _PICTURES.items():
        if upload.content.startswith(magic):
            return _redrawn(upload, form)
    why = "phone-only" if _PHONE_ONLY.match(upload.content) else "other-type"
    raise EvidenceUnfit(why=why, name=upload.name)


def _redrawn(upload: Upload, form: str) -> bytes:
    """The picture drawn anew: no place, device or hidden data goes into the school's archive."""
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(upload.content), formats=[form]) as picture:
                plain = _plain(picture, upload.name)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise EvidenceUnfit(why="too-large-picture", name=upload.name) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise EvidenceUnfit(why="broken", name=upload.name) from broken
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    drawn = _drawn(clean, form)
    if form == "PNG" and len(drawn) > _LARGEST_LOSSLESS:
        return _drawn(clean, "JPEG")
    return drawn


def _plain(picture: Image.Image, name: str) -> Image.Image:
    """Upright, grey or in three colours, and no larger than an archive needs."""
    if picture.width * picture.height > _MOST_PIXELS:
        raise EvidenceUnfit(why="too-large-picture", name=name)
    size = (_LONGEST_SIDE, _LONGEST_SIDE)
    picture.draft(None, size)  # A JPEG can be decoded smaller at once, in less memory.
    upright = ImageOps.exif_transpose(picture)
    plain = upright.convert("L" if upright.mode in {"1", "L", "LA"} else "RGB")
    plain.thumbnail(size)
    return plain


def _drawn(picture: Image.Image, form: str) -> bytes:
    drawn = BytesIO()
    picture.save(drawn, form, **({"quality": 88} if form == "JPEG" else {"optimize": False}))
    return drawn.getvalue()


def _check_pdf(upload: Upload) -> None:
    try:
        reader = PdfReader(BytesIO(upload.content))
        if reader.is_encrypted:
            raise EvidenceUnfit(why="encrypted", name=upload.name)
        if not reader.pages:
            raise EvidenceUnfit(why="broken", name=upload.name)
        active = _is_active(reader)
    # Hostile files bring the reader to all of these; whatever it is, the file is not taken.
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as broken:
        raise EvidenceUnfit(why="broken", name=upload.name) from broken
    except (RecursionError, MemoryError, OverflowError, AssertionError) as hostile:
        raise EvidenceUnfit(why="broken", name=upload.name) from hostile
    if active:
        raise EvidenceUnfit(why="active", name=upload.name)


def _is_active(reader: PdfReader) -> bool:
    """Whether anything that the document can reach runs, opens or carries something else."""
    waiting: list[Any] = [reader.trailer]
    seen: set[int] = set()
    looked_at = 0
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        looked_at += 1
        if looked_at > 50 * _MOST_OBJECTS or len(seen) > _MOST_OBJECTS:
            return True  # Nobody scans a test paper into a document of so many parts.
        if isinstance(thing, DictionaryObject):
            if _ACTIVE_KEYS & thing.keys() or thing.get("/S") in _ACTIVE_ACTIONS:
                return True
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
    return False
