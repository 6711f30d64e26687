"""Small drawn pictures that stand for evidence: a test paper, a page of a teacher's own book.

They hold no words: the font that the drawing library brings has no Vietnamese letters.
"""

from collections.abc import Sequence
from io import BytesIO
from math import sin
from random import Random
from time import gmtime
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from ledger.sheet.grounds import Evidence, EvidenceKind
from ledger.store.evidence import EvidenceStore
from web.demo.marks import chance_for

_SIZE: Final = (720, 480)
_MARGIN: Final = 60
_ROW: Final = 36
_PAPER: Final = (252, 251, 245)
_LINE: Final = (198, 212, 230)
_INK: Final = (28, 52, 104)
_RED: Final = (190, 30, 40)


def marked_paper(class_name: str, mark: str) -> Image.Image:
    """A ruled page with a pupil's handwriting and the mark in a red circle."""
    page, pen = _ruled_page()
    chance = chance_for(f"paper/{class_name}/{mark}")
    _write(pen, (80, 30), class_name, colour=_INK)
    for row in range(3, 12):
        _scribble(pen, y=row * _ROW + 8, chance=chance)
    pen.ellipse([(590, 16), (690, 84)], outline=_RED, width=3)
    _write(pen, (618, 32), mark, colour=_RED)
    return page


def teacher_book(class_name: str, marks: Sequence[str]) -> Image.Image:
    """A page of numbered rows: a name in handwriting, and the mark."""
    page, pen = _ruled_page()
    chance = chance_for(f"book/{class_name}/{marks}")
    _write(pen, (80, 30), class_name, colour=_INK)
    for row, mark in enumerate(marks, 3):
        y = row * _ROW - 10
        _write(pen, (20, y - 8), f"{row - 2}", colour=_INK, size=18)
        _scribble(pen, y=y, chance=chance, words=3)
        _write(pen, (600, y - 10), mark, colour=_INK, size=22)
    return page


def _ruled_page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    page = Image.new("RGB", _SIZE, _PAPER)
    pen = ImageDraw.Draw(page)
    for y in range(90, _SIZE[1], _ROW):
        pen.line([(0, y), (_SIZE[0], y)], fill=_LINE)
    pen.line([(_MARGIN, 0), (_MARGIN, _SIZE[1])], fill=_RED)
    return page, pen


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[int, int],
    text: str,
    *,
    colour: tuple[int, int, int],
    size: int = 28,
) -> None:
    """Write digits and plain letters; the bar of "Đ" is drawn by hand."""
    font = ImageFont.load_default(size)
    plain = text.replace("Đ", "D")
    pen.text(at, plain, fill=colour, font=font)
    if "Đ" in text:
        x = at[0] + pen.textlength(plain[: plain.index("D")], font=font)
        y = at[1] + size * 0.62
        pen.line([(x - size * 0.1, y), (x + size * 0.35, y)], fill=colour, width=2)


def _scribble(pen: ImageDraw.ImageDraw, *, y: int, chance: Random, words: int = 8) -> None:
    """A line of handwriting that says nothing."""
    x = 80
    for _ in range(words):
        length = chance.randint(30, 75)
        height, pace = chance.uniform(3, 6), chance.uniform(0.5, 0.8)
        word = [(x + step, y + height * sin(step * pace)) for step in range(length)]
        pen.line(word, fill=_INK, width=2)
        x += length + 12
        if x > _SIZE[0] - 90:
            return


def as_png(page: Image.Image) -> bytes:
    """The page as a PNG file; the same page gives the same bytes."""
    file = BytesIO()
    page.save(file, "PNG", optimize=True)
    return file.getvalue()


def as_pdf(page: Image.Image) -> bytes:
    """The page as a PDF file, dated at the beginning of time so that its bytes are the same."""
    file = BytesIO()
    page.save(file, "PDF", creationDate=gmtime(0), modDate=gmtime(0))
    return file.getvalue()


def kept(store: EvidenceStore, content: bytes, *, kind: EvidenceKind, media_type: str) -> Evidence:
    """Put a file into the store; what a request says of it."""
    return Evidence(kind=kind, sha256=store.put(content), size=len(content), media_type=media_type)
