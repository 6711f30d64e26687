"""What a decision on locks covers: a semester, narrowed by grade, class, subject and column."""

from collections.abc import Iterable
from typing import Annotated, TypeVar

from pydantic import AfterValidator

from ledger.vocabulary import ClassGroup, Column, Grade, Semester, Subject, Value

_Choice = TypeVar("_Choice", int, str)


def _each_once(chosen: tuple[_Choice, ...]) -> tuple[_Choice, ...]:
    # In one order, so that the same scope has the same bytes however it was put together.
    return tuple(sorted(set(chosen)))


class Scope(Value):
    """Sheets and columns of one semester; what is left empty narrows nothing.

    Every choice that is made must hold: grade 6 with class 7A2 covers no sheet.
    """

    semester: Semester
    grades: Annotated[tuple[Grade, ...], AfterValidator(_each_once)] = ()
    classes: Annotated[tuple[ClassGroup, ...], AfterValidator(_each_once)] = ()
    subjects: Annotated[tuple[Subject, ...], AfterValidator(_each_once)] = ()
    columns: Annotated[tuple[Column, ...], AfterValidator(_each_once)] = ()

    def covers(self, *, grade: int, class_group: str, subject: str) -> bool:
        """Whether a sheet of this class and subject is in the scope."""
        return (
            (not self.grades or grade in self.grades)
            and (not self.classes or class_group in self.classes)
            and (not self.subjects or subject in self.subjects)
        )

    def columns_of(self, columns: Iterable[str]) -> tuple[str, ...]:
        """Those of a sheet's columns that are in the scope, in their order."""
        return tuple(column for column in columns if not self.columns or column in self.columns)
