"""A pupil as a file lists one, beside the pupil that the directory knows by the same code."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from ledger.people import Ethnicity, Gender, Name, Pupil
from ledger.vocabulary import ClassGroup, SchoolYear, Value
from web.spreadsheets.layouts import Code, PupilRow
from web.spreadsheets.problem import Problem
from web.spreadsheets.pupil_details import birth_date_in, gender_in, tells_disability
from web.spreadsheets.spelling import spoken

_CODE_LENGTH: Final = 20
_NAME_LENGTH: Final = 80
_ETHNICITY_LENGTH: Final = 40
_CLASSES: Final = 200


class ListedPupil(Value):
    """A pupil as the file lists one: what the reports need, and nothing else of the file."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=_CODE_LENGTH)]
    family_name: Name
    given_name: Name
    birth_date: date | None = None
    gender: Gender | None = None
    ethnicity: Ethnicity | None = None
    has_disability: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class ListedClass(Value):
    """The pupils that a file lists for a class; `is_new` where it is still to be formed."""

    class_group: ClassGroup
    is_new: bool = False
    pupils: tuple[ListedPupil, ...] = Field(max_length=100)


class ClassListsPlan(Value):
    """What confirming does: these pupils are put on these lists."""

    school_year: SchoolYear
    classes: tuple[ListedClass, ...] = Field(max_length=_CLASSES)


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing that file and directory say differently; `what` is a name of a field."""

    what: str
    known: str
    found: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A pupil whom file and directory describe differently: it is never overwritten in silence."""

    code: str
    class_group: str
    cell: str
    differs: tuple[Differing, ...]


def differences_between(known: Pupil, listed: ListedPupil) -> list[Differing]:
    """What is said otherwise; a spelling that sounds the same, and what one leaves open, is not."""
    found = []
    if spoken(known.full_name) != spoken(listed.full_name):
        found.append(Differing("name", known.full_name, listed.full_name))
    if known.birth_date and listed.birth_date and known.birth_date != listed.birth_date:
        days = (f"{day:%d/%m/%Y}" for day in (known.birth_date, listed.birth_date))
        found.append(Differing("birth-date", *days))
    if known.gender and listed.gender and known.gender != listed.gender:
        found.append(Differing("gender", known.gender, listed.gender))
    if known.ethnicity and listed.ethnicity and spoken(known.ethnicity) != spoken(listed.ethnicity):
        found.append(Differing("ethnicity", known.ethnicity, listed.ethnicity))
    return found


def completed(known: Pupil, listed: ListedPupil) -> Pupil:
    """The known pupil, with what the directory did not know yet."""
    return known.model_copy(
        update={
            "birth_date": known.birth_date or listed.birth_date,
            "gender": known.gender or listed.gender,
            "ethnicity": known.ethnicity or listed.ethnicity,
            "has_disability": known.has_disability or listed.has_disability,
        }
    )


def taken_from_file(known: Pupil, listed: ListedPupil) -> Pupil:
    """The known pupil as the file describes one, where the file says anything."""
    return known.model_copy(
        update={
            "family_name": listed.family_name,
            "given_name": listed.given_name,
            "birth_date": listed.birth_date or known.birth_date,
            "gender": listed.gender or known.gender,
            "ethnicity": listed.ethnicity or known.ethnicity,
            "has_disability": known.has_disability or listed.has_disability,
        }
    )


def listed_pupil(row: PupilRow, code: Code, code_text: str) -> ListedPupil | Problem:
    """The pupil of a row under this code, or what is wrong with the row."""
    if len(code_text) > _CODE_LENGTH:
        return Problem("code-too-long", code.cell)
    if not row.full_name:
        return Problem("name-missing", row.name_cell)
    longest = max(len(row.family_name), len(row.given_name))
    if not row.family_name or not row.given_name or longest > _NAME_LENGTH:
        return Problem("name-unreadable", row.name_cell, {"text": row.full_name})
    try:
        born = birth_date_in(row.birth_date)
    except ValueError:
        text = row.birth_date.text if row.birth_date else ""
        return Problem("birth-date-unreadable", row.birth_date_cell, {"text": text})
    try:
        gender = gender_in(row.gender.text) if row.gender else None
    except ValueError:
        assert row.gender is not None, "only what is said can be unreadable"
        return Problem("gender-unreadable", row.gender.cell, {"text": row.gender.text})
    return ListedPupil(
        code=code_text,
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=born,
        gender=gender,
        ethnicity=row.ethnicity.text[:_ETHNICITY_LENGTH] if row.ethnicity else None,
        has_disability=row.disability is not None and tells_disability(row.disability.text),
    )
