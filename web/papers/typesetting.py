"""Typeset a paper as PDF/A: a template of ours, data that is never read as markup, our own fonts.

The same template, data, moment and attachments give the same bytes, on every machine.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, Final, NamedTuple

import typst

from web.papers.letters import FONTS, printable

_TEMPLATES: Final = Path(__file__).parent / "templates"
# Two compilations at once take longer than one after the other, and twice the memory.
_ONE_AT_A_TIME: Final = Lock()


class Attachment(NamedTuple):
    """A file inside the PDF; `relationship` is "source", "data" or "supplement" (AFRelationship).

    Its name is what people save it under, and two in one paper may not have the same.
    """

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str


class Box(NamedTuple):
    """A place on a page, counted from 0, in PDF points from the page's left bottom corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Typeset:
    """A paper, and where on it the template has marked places by name (`marked` in layout.typ)."""

    pdf: bytes
    labels: Mapping[str, Box]


class TypesettingFailed(Exception):
    """A template cannot be typeset with this data: what typst says, with the lines it says it of.

    A fault of ours, never of what somebody typed.
    """


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    at: datetime,
    attachments: Sequence[Attachment] = (),
    standard: str | None = "a-3b",
) -> Typeset:
    """Typeset `templates/{template}.typ` with data that JSON can hold, as made at a moment.

    Texts become NFC; letters that the fonts lack become squares. Raises TypesettingFailed.
    """
    given = {
        **printable(data),
        "attachments": [_described(each, number) for number, each in enumerate(attachments)],
    }
    inputs = {"data": json.dumps(given, ensure_ascii=False, sort_keys=True)}
    try:
        with TemporaryDirectory() as folder, _ONE_AT_A_TIME:
            _lay_out(Path(folder), attachments)
            paper = Path(folder, f"{template}.typ")
            return _compiled(paper, inputs, at, [standard] if standard else [])
    except typst.TypstError as wrong:
        raise TypesettingFailed(template, wrong.diagnostic) from wrong


def _lay_out(folder: Path, attachments: Sequence[Attachment]) -> None:
    """Put everything where the compiler may look, which is nowhere else."""
    for template in _TEMPLATES.glob("*.typ"):
        copyfile(template, folder / template.name)
    for number, attachment in enumerate(attachments):
        (folder / _place(number)).write_bytes(attachment.content)


def _compiled(paper: Path, inputs: dict[str, str], at: datetime, standards: list[Any]) -> Typeset:
    compiler = typst.Compiler(
        paper,
        root=paper.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    pdf = compiler.compile(format="pdf", pdf_standards=standards, timestamp=int(at.timestamp()))
    assert isinstance(pdf, bytes), "one PDF is made and no file is written"
    marked = json.loads(compiler.query("<marked>", field="value"))
    return Typeset(pdf, {place["name"]: _box(place) for place in marked})


def _box(place: Mapping[str, Any]) -> Box:
    top = place["page-height"] - place["y"]
    left = place["x"]
    box = (left, top - place["height"], left + place["width"], top)
    return Box(place["page"] - 1, *(round(one, 2) for one in box))


def _described(attachment: Attachment, number: int) -> dict[str, str]:
    return {
        "name": attachment.name,
        "place": _place(number),
        "media-type": attachment.media_type,
        "description": attachment.description,
        "relationship": attachment.relationship,
    }


def _place(number: int) -> str:
    return f"attachment-{number}"


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
