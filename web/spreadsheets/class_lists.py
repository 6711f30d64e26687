"""Class lists beside the year and the directory, as a preview shows them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from ledger.collation import class_list_order
from ledger.people import Pupil
from ledger.school.year import ClassOfYear, Year
from ledger.vocabulary import PupilId
from web.spreadsheets.layouts import Code
from web.spreadsheets.listed_pupils import (
    ClassListsPlan,
    Difference,
    ListedClass,
    ListedPupil,
)
from web.spreadsheets.problem import Problem

_ZEROS_LOST: Final = (10, 12)  # the Ministry's codes and the citizen's number have these lengths


class ListStanding(StrEnum):
    """What a row of the list is about."""

    NEW = "new"  # not in the directory yet
    JOINS = "joins"  # in the directory, not in this class
    LISTED = "listed"  # in this class already
    LEFT_OUT = "left-out"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a file; `pupil` is None where it cannot be read or is not taken."""

    worksheet: str
    row: int
    code: str
    name: str
    class_group: str
    standing: ListStanding
    pupil: ListedPupil | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ClassesNow:
    """The year's classes as they stand, and who is known by code.

    The restricted among them stand under their codes without anything else that is known.
    """

    year: Year
    known: Mapping[str, Pupil]
    restricted: Collection[PupilId] = ()

    def group(self, class_group: str) -> ClassOfYear:
        """The class, or an empty one where it is not formed yet."""
        return self.year.classes.get(class_group) or ClassOfYear(grade=0)

    def find(self, code: Code) -> Pupil | None:
        """The pupil of a code; as a number it may have lost its leading zeros."""
        texts = [code.text, *(code.text.zfill(length) for length in _ZEROS_LOST if code.numeric)]
        return next((self.known[text] for text in texts if text in self.known), None)


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """What confirming means for one class of the file."""

    class_group: str
    counts: Mapping[ListStanding, int]
    is_new: bool  # the class is formed by the import
    has_list: bool
    missing: tuple[Pupil, ...]  # on the list, not in the file; a file never takes anybody off


@dataclass(frozen=True, slots=True)
class ClassListsPreview:
    """What confirming would do. With one error, nothing of it can be confirmed."""

    school_year: str
    worksheets: tuple[str, ...]
    numbers_are_fixed: bool  # a semester is open: newcomers go to the end
    rows: tuple[ListRow, ...]
    classes: tuple[ClassStanding, ...]
    differences: tuple[Difference, ...]
    unread: tuple[str, ...]
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def counts(self) -> Mapping[ListStanding, int]:
        return Counter(row.standing for row in self.rows)

    @property
    def new_classes(self) -> list[str]:
        return [each.class_group for each in self.classes if each.is_new]

    @property
    def plan(self) -> ClassListsPlan:
        """The pupils of each class by tên, then họ đệm; nobody while there is an error."""
        listed = [
            ListedClass(
                class_group=each.class_group,
                is_new=each.is_new,
                pupils=tuple(_in_order(self.rows, each.class_group)),
            )
            for each in self.classes
            if not self.errors
        ]
        return ClassListsPlan(
            school_year=self.school_year, classes=tuple(one for one in listed if one.pupils)
        )

    def with_warning(self, problem: Problem) -> Self:
        return replace(self, warnings=(*self.warnings, problem))

    @property
    def can_be_confirmed(self) -> bool:
        """Whether there is anything to do; lists that are known may be completed again."""
        return bool(self.plan.classes)


def _in_order(rows: Sequence[ListRow], class_group: str) -> list[ListedPupil]:
    pupils = [row.pupil for row in rows if row.pupil and row.class_group == class_group]
    return sorted(pupils, key=lambda one: class_list_order(one.given_name, one.family_name))
