"""Which subject of a grade a file means, contents of a joint subject included."""

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from ledger.school.year import Year
from web.spreadsheets.spelling import same_subject
from web.wording import subject_name
from web.wording.school import SUBJECT_NAMES

_IN_BRACKETS: Final = re.compile(r"\([^)]*\)")
# Several teachers share one sheet of these (TT22/2021 Điều 5), and schools assign each content.
_CONTENTS: Final = MappingProxyType(
    {
        "khoa-hoc-tu-nhien": ("Vật lí", "Hóa học", "Sinh học", "Hóa", "Sinh", "Lí"),
        "lich-su-va-dia-li": ("Lịch sử", "Địa lí", "Sử", "Địa"),
        "nghe-thuat": ("Âm nhạc", "Mĩ thuật", "Nhạc"),
    }
)


def subject_meant(text: str, year: Year, grade: int) -> str | None:
    """The code of the planned subject of the grade that is meant; None if none is."""
    planned = [one.subject for one in year.subjects_of(grade)]
    name = _IN_BRACKETS.sub("", text).strip()
    return _named(name, planned) or _content(name, planned)


def names_a_subject(text: str) -> bool:
    """Whether the text is the name of any subject or content, taught or not."""
    name = _IN_BRACKETS.sub("", text).strip()
    return bool(_named(name, SUBJECT_NAMES) or _content(name, _CONTENTS))


def _named(name: str, codes: Iterable[str]) -> str | None:
    same = (code for code in codes if name == code or same_subject(subject_name(code), name))
    return next(same, None)


def _content(name: str, codes: Iterable[str]) -> str | None:
    return next(
        (
            code
            for code in codes
            if any(same_subject(content, name) for content in _CONTENTS.get(code, ()))
        ),
        None,
    )
