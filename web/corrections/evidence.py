"""Take evidence files in: only plain PDFs and pictures, and pictures without what they tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from warnings import catch_warnings, simplefilter

from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from ledger.sheet.facts import Evidence, EvidenceKind
from ledger.store.evidence import EvidenceStore
from web.refusals import EvidenceUnfit

LARGEST: Final = 10 * 1024 * 1024
MOST: Final = 10

_PDF: Final = "application/pdf"
# A phone's photo has 12 to 50 million pixels; decoding takes four bytes for each.
_MOST_PIXELS: Final = 60_000_000
_PICTURES: Final = {
    b"\xff\xd8\xff": ("JPEG", "image/jpeg"),
    b"\x89PNG\r\n\x1a\n": ("PNG", "image/png"),
}

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


def take_in(uploads: Iterable[Upload], store: EvidenceStore) -> tuple[Evidence, ...]:
    """Check every file, then keep all; raises EvidenceUnfit and keeps none if one is unfit."""
    uploads = list(uploads)
    if len(uploads) > MOST:
        raise EvidenceUnfit(why="too-many")
    fit = [(upload.kind, *_fit(upload)) for upload in uploads]
    return tuple(
        Evidence(kind=kind, sha256=store.put(content), size=len(content), media_type=media_type)
        for kind, media_type, content in fit
    )


def _fit(upload: Upload) -> tuple[str, bytes]:
    """The media type and the bytes to keep."""
    if not upload.content:
        raise EvidenceUnfit(why="empty", name=upload.name)
    if len(upload.content) > LARGEST:
        raise EvidenceUnfit(why="too-big", name=upload.name)
    if upload.content.startswith(b"%PDF-"):
        _check_pdf(upload)
        return _PDF, upload.content
    for magic, (form, media_type) in _PICTURES.items():
        if upload.content.startswith(magic):
            return media_type, _redrawn(upload, form)
    raise EvidenceUnfit(why="other-type", name=upload.name)


def _redrawn(upload: Upload, form: str) -> bytes:
    """The picture drawn anew: no place, device or hidden data goes into the school's archive."""
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(upload.content), formats=[form]) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise EvidenceUnfit(why="too-large-picture", name=upload.name)
                upright = ImageOps.exif_transpose(picture)
                plain = upright.convert("L" if upright.mode in {"1", "L", "LA"} else "RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise EvidenceUnfit(why="too-large-picture", name=upload.name) from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as broken:
        raise EvidenceUnfit(why="broken", name=upload.name) from broken
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    drawn = BytesIO()
    clean.save(drawn, form, **({"quality": 88} if form == "JPEG" else {"optimize": False}))
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
