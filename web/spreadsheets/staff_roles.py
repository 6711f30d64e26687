"""The roles that a file's words for posts and duties mean."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from ledger.vocabulary import Role
from web.spreadsheets.spelling import spoken
from web.wording import ROLES

_BETWEEN: Final = re.compile(r"[,;\n+]|\bkiêm\b|\bvà\b", re.IGNORECASE)

# What each duty contains, the more particular one first: "phó hiệu trưởng" contains "hiệu trưởng".
# Who leads a department or a class teaches as well.
_DUTIES: Final[tuple[tuple[str, frozenset[Role]], ...]] = tuple(
    (spoken(words), roles)
    for words, roles in (
        ("phó hiệu trưởng", frozenset({Role.VICE_PRINCIPAL})),
        ("hiệu phó", frozenset({Role.VICE_PRINCIPAL})),
        ("hiệu trưởng", frozenset({Role.PRINCIPAL})),
        ("quản trị", frozenset({Role.ADMINISTRATOR})),
        ("tổ phó", frozenset({Role.SUBJECT_TEACHER})),
        ("tổ trưởng", frozenset({Role.DEPARTMENT_HEAD, Role.SUBJECT_TEACHER})),
        ("chủ nhiệm", frozenset({Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER})),
        ("gvcn", frozenset({Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER})),
        ("thư ký", frozenset({Role.SECRETARY})),
        ("văn thư", frozenset({Role.SECRETARY})),
        ("tổng phụ trách", frozenset({Role.SUBJECT_TEACHER})),
        ("giáo viên", frozenset({Role.SUBJECT_TEACHER})),
        ("bộ môn", frozenset({Role.SUBJECT_TEACHER})),
        ("gv", frozenset({Role.SUBJECT_TEACHER})),
    )
)
_NAMES: Final[Mapping[str, Role]] = {
    spoken(name): Role(role) for role, name in ROLES.items() if role != Role.SYSTEM
}
_CODES: Final[Mapping[str, Role]] = {role.value: role for role in Role if role is not Role.SYSTEM}


def roles_named(text: str) -> frozenset[Role]:
    """The roles of a "Vai trò" cell; ValueError with the part that names none."""
    found: set[Role] = set()
    for part in _parts(text):
        role = _NAMES.get(spoken(part)) or _CODES.get(part.lower())
        meant = frozenset({role}) if role else roles_guessed(part)
        if not meant:
            raise ValueError(part)
        found |= meant
    return frozenset(found)


def roles_guessed(text: str) -> frozenset[Role]:
    """The roles that posts and duties stand for, empty where the mark book knows none."""
    found: set[Role] = set()
    for part in _parts(text):
        words = f" {spoken(part)} "
        meant = next((roles for duty, roles in _DUTIES if f" {duty} " in words), frozenset())
        found |= meant
    return frozenset(found)


def _parts(text: str) -> Iterator[str]:
    for part in _BETWEEN.split(unicodedata.normalize("NFC", text)):
        if part.strip():
            yield part.strip()
