"""Sheets of 45 pupils and the commands that fill them, for measurements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

from ledger.sheet.commands import CellEntry, EnterMarks, OpenSheet
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import (
    Author,
    CommandId,
    Mark,
    PersonId,
    PupilId,
    Role,
    SessionId,
    SheetId,
    SubjectKind,
    columns_of,
)

PUPILS = 45
_AT = datetime(2026, 10, 12, 2, 14, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BenchSheet:
    """One sheet: its opening, and who fills it."""

    opening: OpenSheet
    teacher: Author

    @property
    def sheet_id(self) -> SheetId:
        return self.opening.sheet_id

    @property
    def columns(self) -> tuple[str, ...]:
        return columns_of(self.opening.regular_count)

    def entering(self, column: str, chance: Random, *, read_version: int = 0) -> EnterMarks:
        """Enter a mark for each pupil; `read_version` is that of the first cell, if any."""
        return EnterMarks(
            command_id=CommandId(uuid4()),
            sheet_id=self.sheet_id,
            by=self.teacher,
            at=_AT,
            entries=tuple(
                CellEntry(
                    pupil=numbered.pupil,
                    column=column,
                    mark=Mark.of(f"{chance.randrange(101) / 10:.1f}"),
                    read_version=read_version and read_version + row,
                )
                for row, numbered in enumerate(self.opening.pupils)
            ),
        )


def new_sheet(*, regular_count: int) -> BenchSheet:
    """A sheet that nobody has opened yet."""
    teacher = Author(
        person=PersonId(uuid4()), role=Role.SUBJECT_TEACHER, session=SessionId(uuid4())
    )
    opening = OpenSheet(
        command_id=CommandId(uuid4()),
        sheet_id=SheetId(uuid4()),
        by=Author(person=PersonId(UUID(int=1)), role=Role.SYSTEM),
        at=_AT,
        school_year="2026-2027",
        semester=1,
        grade=6,
        class_group="6A1",
        subject="toan",
        kind=SubjectKind.SCORED,
        regular_count=regular_count,
        teachers=(teacher.person,),
        homeroom_teacher=teacher.person,
        pupils=tuple(
            NumberedPupil(pupil=PupilId(uuid4()), number=number) for number in range(1, PUPILS + 1)
        ),
    )
    return BenchSheet(opening, teacher)


def columns_to_fill(count: int, chance: Random) -> Iterator[tuple[BenchSheet, EnterMarks]]:
    """So many columns of 45 marks, eleven to a sheet; a sheet is named before its columns."""
    while count > 0:
        sheet = new_sheet(regular_count=9)
        for column in sheet.columns[:count]:
            yield sheet, sheet.entering(column, chance)
        count -= len(sheet.columns)
