"""Looks for what must be sealed: in whole files and tables, however it may be written there."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize

from sqlalchemy import Engine, MetaData, select

from ledger.people import Pupil, StaffMember

_DIGITS = re.compile(rb"(?<!\d)\d{8,12}(?!\d)")
_DAYS = re.compile(rb"(?<!\d)(?:\d{4}-\d\d-\d\d|\d\d?/\d\d?/\d{4})(?!\d)")


def spellings(text: str) -> Iterator[bytes]:
    """A text in each of the ways in which a program may have written it down."""
    for form in ("NFC", "NFD"):
        composed = normalize(form, text)
        yield composed.encode()
        yield composed.lower().encode()
        yield json.dumps(composed)[1:-1].encode()


def in_clear(content: bytes, names: Iterable[str], people: Iterable[Pupil] = ()) -> set[str]:
    """Which of these names are there, and which codes and birth dates of these pupils."""
    found = {name for name in names if any(spelled in content for spelled in spellings(name))}
    numbers, days = set(_DIGITS.findall(content)), set(_DAYS.findall(content))
    for pupil in people:
        born = pupil.birth_date
        told = {born.isoformat(), f"{born:%d/%m/%Y}"} if born else set()
        found |= {day for day in told if day.encode() in days}
        found |= {pupil.code} if pupil.code.encode() in numbers else set()
    return found


def names_of(people: Iterable[Pupil | StaffMember]) -> Iterator[str]:
    """The names as they are said, and as lists turn them."""
    for one in people:
        yield one.full_name
        yield f"{one.given_name} {one.family_name}"


def in_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.name, path.read_bytes()


def in_tables(engine: Engine) -> Iterator[tuple[str, bytes]]:
    """Every table of a database, whoever made it, as the bytes of all its values."""
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        for table in found.sorted_tables:
            rows = connection.execute(select(table)).all()
            yield table.name, b"\n".join(_bytes(value) for row in rows for value in row)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
