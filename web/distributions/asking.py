"""Which marks the address asks for: of whom, of which subject, and of which column."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Depends

from ledger.vocabulary import PersonId
from projections.distributions.counts import AVERAGE, SheetPlace
from projections.gradebook import SheetCard
from web.as_of.asking import AskedPoint, AskedPointDep
from web.progress.semesters import code_of
from web.wording import COLUMNS

# How the average is asked for; never what is taken where nobody says.
AVERAGE_CODE: Final = "tbmhk"
PATH: Final = "/pho-diem"
# What the parts of a look may be: classes, teachers, grades.
BY: Final = ("lop", "giao-vien", "khoi")


@dataclass(frozen=True, slots=True)
class AskedMarks:
    """What an address asks for; whatever is empty or None was left open.

    `column` is a column's name, `AVERAGE`, or empty: which of them is meant is never guessed.
    """

    semester: str = ""
    subject: str = ""
    grade: int | None = None
    class_group: str = ""
    teacher: PersonId | None = None
    column: str = ""
    by: str = BY[0]
    point: AskedPoint | None = None

    @property
    def narrows(self) -> bool:
        """Whether some sheets only are asked for."""
        return bool(self.subject or self.grade or self.class_group or self.teacher)

    def is_about(self, place: SheetPlace) -> bool:
        """Whether a sheet of the semester is asked for."""
        return (
            self.subject in {"", place.subject}
            and self.grade in {None, place.grade}
            and self.class_group in {"", place.class_group}
            and (self.teacher is None or self.teacher in place.teachers)
        )

    def link(self, **changes: Any) -> str:  # noqa: ANN401  (any of the fields)
        """The address of the page with some of it asked for otherwise."""
        return f"{PATH}?{replace(self, **changes).query}"

    @classmethod
    def of_sheet(cls, card: SheetCard) -> Self:
        """The marks of one sheet; which of its columns is still to be chosen."""
        return cls(
            semester=code_of(card.school_year, card.semester),
            subject=card.subject,
            class_group=card.class_group,
        )

    @property
    def query(self) -> str:
        column = AVERAGE_CODE if self.column == AVERAGE else self.column
        fields = {
            "hk": self.semester,
            "mon": self.subject,
            "khoi": self.grade,
            "lop": self.class_group,
            "gv": self.teacher,
            "cot": column,
            "theo": self.by if self.by != BY[0] else "",
        }
        asked = urlencode({name: value for name, value in fields.items() if value})
        return f"{asked}&{self.point.query}" if self.point else asked


def _asked_marks(
    point: AskedPointDep,
    *,
    hk: str = "",
    mon: str = "",
    khoi: str = "",
    lop: str = "",
    gv: str = "",
    cot: str = "",
    theo: str = "lop",
) -> AskedMarks:
    """What cannot be read is left open, as what is not asked for."""
    column = AVERAGE if cot == AVERAGE_CODE else cot if cot in COLUMNS else ""
    return AskedMarks(
        semester=hk.strip(),
        subject=mon.strip(),
        grade=int(khoi) if khoi in {"6", "7", "8", "9", "10", "11", "12"} else None,
        class_group=lop.strip(),
        teacher=_person(gv),
        column=column,
        by=theo if theo in BY else BY[0],
        point=point,
    )


def _person(text: str) -> PersonId | None:
    try:
        return PersonId(UUID(text))
    except ValueError:
        return None


AskedMarksDep = Annotated[AskedMarks, Depends(_asked_marks)]
