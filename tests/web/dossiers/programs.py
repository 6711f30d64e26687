"""What other programs read in a PDF: poppler and qpdf, which know nothing of how it was made."""

import subprocess
from pathlib import Path


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    """The words of a PDF, in the order of reading."""
    return _said("pdftotext", *options, str(_written(pdf, folder)), "-")


def fonts_of(pdf: bytes, folder: Path) -> list[list[str]]:
    """The fonts of a PDF: name, …, whether embedded, whether subset."""
    return [row.split() for row in _said("pdffonts", str(_written(pdf, folder))).splitlines()[2:]]


def attachments_of(pdf: bytes, folder: Path) -> dict[str, bytes]:
    """The files inside a PDF by their names."""
    inside = folder / "inside"
    inside.mkdir()
    _said("pdfdetach", "-saveall", "-o", str(inside), str(_written(pdf, folder)))
    return {file.name: file.read_bytes() for file in inside.iterdir()}


def check(pdf: bytes, folder: Path) -> None:
    """Let qpdf read all of it; it fails loudly at what is wrong."""
    _said("qpdf", "--check", str(_written(pdf, folder)))


def _written(pdf: bytes, folder: Path) -> Path:
    place = folder / "paper.pdf"
    place.write_bytes(pdf)
    return place


def _said(program: str, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], check=True, capture_output=True, encoding="utf-8")
    return done.stdout
