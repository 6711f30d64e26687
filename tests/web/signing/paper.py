"""A small paper with places for three signatures, and those who sign it."""

from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import typst

from web.papers.letters import FONTS
from web.papers.typesetting import Box
from web.signing.fields import with_fields
from web.signing.port import Asked

NOON: Final = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SCHOOL: Final = "Trường THCS Hoa Phượng"
TEACHER, ADMINISTRATOR, PRINCIPAL = "subject-teacher", "administrator", "principal"
FIELDS: Final = (TEACHER, ADMINISTRATOR, PRINCIPAL)
BOXES: Final = {
    field: Box(0, 50.2 + 170 * number, 100, 200.2 + 170 * number, 180)
    for number, field in enumerate(FIELDS)
}
NAMES: Final = dict(
    zip(FIELDS, ("Trần Thị Ngọc Lan", "Nguyễn Văn Khoa", "Lê Thị Ánh Ngọc"), strict=True)
)


@cache
def typeset(text: str, standard: Any = "a-3b") -> bytes:  # noqa: ANN401 - one of typst's names
    source = f'#set text(font: "Tinos")\n{text}'.encode()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    compiler = typst.Compiler(source, font_paths=fonts, ignore_system_fonts=True)
    moment = int(NOON.timestamp())
    made = compiler.compile(format="pdf", pdf_standards=[standard], timestamp=moment)
    assert isinstance(made, bytes)
    return made


@cache
def paper() -> bytes:
    """The paper as it is given to the first signer."""
    text = (
        '#set document(title: "Biên bản", date: auto)\n#set page("a4")\nĐiểm cũ 6,5; điểm mới 8,0.'
    )
    return with_fields(typeset(text), BOXES)


def asked(field: str, *, at: datetime = NOON) -> Asked:
    """What a page asks of a signer; the first field is signed first."""
    seen = f"#set page(width: 150pt, height: 80pt, margin: 4pt)\nKý bởi: *{NAMES[field]}*"
    return Asked(
        field=field,
        name=NAMES[field],
        reason="Xác nhận biên bản",
        place="Hà Nội",
        at=at,
        appearance=typeset(seen, "1.7"),
        first=field == TEACHER,
    )
