"""A believable school: its sheets with their marks, and how they came to be entered and mended."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import numpy as np
from numpy.random import Generator

from ledger.school.calendar import LOCAL_TIME
from ledger.vocabulary import (
    CommandId,
    CorrectionId,
    PersonId,
    PupilId,
    Role,
    SheetId,
    columns_of,
    sheet_id_of,
)
from projections.anomalies.material import (
    NO_MARK,
    Attempt,
    Change,
    Entries,
    Material,
    Request,
    SheetMarks,
    SheetPlace,
    Tenths,
)
from projections.history import LockState
from tests.believable_schools.calendar import SCHOOL_YEAR, due
from tests.believable_schools.marking import Column, abilities_of, class_columns, tests_of
from tests.believable_schools.staffing import (
    COMMENT_SUBJECTS,
    SUBJECTS,
    BoolRows,
    ClassPlan,
    Rows,
    Staffing,
    SubjectPlan,
    Teacher,
    id_of,
    staffing_of,
)
from tests.believable_schools.truth import Planted

# Lines are far enough apart that one may be written between any two.
_FIRST_DAY: Final = datetime(2025, 9, 1, tzinfo=LOCAL_TIME)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who types: a teacher, the secretary for them, or somebody else."""

    person: PersonId
    role: Role = Role.SUBJECT_TEACHER
    on_behalf_of: PersonId | None = None


@dataclass(slots=True, eq=False)
class Sheet:
    """A sheet in the making; `marks` are those at the end of the year.

    Marks of a scored sheet follow from its `columns`, where a plant changes them.
    """

    sheet_id: SheetId
    semester: int
    plan: ClassPlan
    subject: SubjectPlan
    team: tuple[Teacher, ...]
    pupils: tuple[PupilId, ...]
    columns: dict[str, Column] = field(default_factory=dict)
    marks: dict[str, Tenths] = field(default_factory=dict)
    entered: dict[str, datetime] = field(default_factory=dict)

    @property
    def teacher(self) -> Teacher:
        return self.team[0]

    def teacher_of(self, column: str) -> Teacher:
        """Who enters a column: parts of a shared subject take turns in the regular ones."""
        place = columns_of(self.regular).index(column)
        return self.team[place % len(self.team)] if column.startswith("regular") else self.teacher

    def copy(self) -> "Sheet":
        columns = {name: one.copy() for name, one in self.columns.items()}
        marks = {name: tenths.copy() for name, tenths in self.marks.items()}
        return replace(self, columns=columns, marks=marks, entered=dict(self.entered))

    @property
    def regular(self) -> int:
        return self.subject.regular_in(self.plan.grade)

    def due(self, column: str) -> datetime:
        return due(self.semester, column, regular=self.regular)


@dataclass(slots=True)
class School:
    """A school in the making. Whatever is planted is told in `planted`, with what it changed."""

    seed: int
    staffing: Staffing
    sheets: list[Sheet]
    comment_sheets: list[Sheet]
    changes: list[Change] = field(default_factory=list)
    entries: list[Entries] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    _lines: int = 0

    def copy(self) -> "School":
        """The same school again, to plant something else in."""
        return replace(
            self,
            sheets=[sheet.copy() for sheet in self.sheets],
            comment_sheets=[sheet.copy() for sheet in self.comment_sheets],
            changes=list(self.changes),
            entries=list(self.entries),
            attempts=list(self.attempts),
            requests=list(self.requests),
            planted=list(self.planted),
        )

    def position(self, at: datetime) -> int:
        """The place in the ledger of a line written at a moment; no two are the same."""
        self._lines += 1
        return int((at - _FIRST_DAY).total_seconds()) * 10_000 + self._lines % 10_000

    def command(self, name: str) -> CommandId:
        return CommandId(id_of(self.seed, f"command/{name}"))

    def next_name(self) -> str:
        self._lines += 1
        return str(self._lines)

    def change(
        self,
        sheet: Sheet,
        row: int,
        column: str,
        *,
        before: int,
        after: int,
        at: datetime,
        by: Hand,
        command: CommandId | None = None,
        reentered: bool = False,
        window: int | None = None,
        correction_id: CorrectionId | None = None,
    ) -> None:
        """Add a change; after the deadline it stands in a window or comes of a correction."""
        late = at > sheet.due(column)
        self.changes.append(
            Change(
                position=self.position(at),
                sheet_id=sheet.sheet_id,
                pupil=sheet.pupils[row],
                column=column,
                before=before,
                after=after,
                at=at,
                age=at - sheet.entered[column],
                person=by.person,
                role=by.role,
                on_behalf_of=by.on_behalf_of,
                command_id=command or self.command(self.next_name()),
                lock_state=LockState.UNLOCKED if late else LockState.OPEN,
                after_official=late,
                reentered=reentered,
                window=window,
                deadline=sheet.due(column),
                correction_id=correction_id,
            )
        )

    def rewrite(self, sheet: Sheet, column: str) -> None:
        """Take a column's marks anew from its latent ones; what was mended ends at the new."""
        marks = sheet.columns[column].marks()
        sheet.marks[column] = marks
        new = dict(zip(sheet.pupils, marks.tolist(), strict=True))
        kept: list[Change] = []
        for one in self.changes:
            if one.sheet_id == sheet.sheet_id and one.column == column:
                if new[one.pupil] in {one.before, NO_MARK}:
                    continue
                one = replace(one, after=new[one.pupil])  # noqa: PLW2901
            kept.append(one)
        self.changes = kept

    def forget_after(self, moment: datetime) -> None:
        """Leave out what was still to come; a slip not mended by then was no slip."""
        self.changes = [one for one in self.changes if one.at <= moment]
        self.attempts = [one for one in self.attempts if one.at <= moment]
        self.requests = [one for one in self.requests if one.at <= moment]

    def touched(self, sheet: Sheet) -> set[tuple[PupilId, str]]:
        """The cells of a sheet that have been changed."""
        return {(one.pupil, one.column) for one in self.changes if one.sheet_id == sheet.sheet_id}

    def material(self) -> Material:
        """The school as the screen reads it; lines are numbered in the order of time."""
        every = (*self.sheets, *self.comment_sheets)
        changes = sorted(self.changes, key=lambda one: one.position)
        lines: list[Change | Attempt | Request] = [*changes, *self.attempts, *self.requests]
        return Material(
            school_year=SCHOOL_YEAR,
            position=max((line.position for line in lines), default=1),
            sheets=tuple(_marks_of(sheet) for sheet in self.sheets),
            changes=tuple(changes),
            entries=tuple(self.entries),
            attempts=tuple(sorted(self.attempts, key=lambda one: one.position)),
            requests=tuple(sorted(self.requests, key=lambda one: one.position)),
            places={sheet.sheet_id: _place_of(sheet) for sheet in every},
        )


def _marks_of(sheet: Sheet) -> SheetMarks:
    return SheetMarks(
        sheet_id=sheet.sheet_id,
        semester=sheet.semester,
        grade=sheet.plan.grade,
        class_group=sheet.plan.name,
        subject=sheet.subject.name,
        teachers=tuple(teacher.person for teacher in sheet.team),
        pupils=sheet.pupils,
        columns=dict(sheet.marks),
    )


def _place_of(sheet: Sheet) -> SheetPlace:
    return SheetPlace(
        semester=sheet.semester,
        grade=sheet.plan.grade,
        class_group=sheet.plan.name,
        subject=sheet.subject.name,
        teachers=tuple(teacher.person for teacher in sheet.team),
    )


def _here(rng: Generator, plan: ClassPlan, semester: int) -> tuple[Rows, BoolRows]:
    """Who is in the class, and who of them came too late for its first marks.

    One pupil in a hundred has left by the second semester; three in a thousand come late.
    """
    rows = plan.rows[rng.random(len(plan.rows)) >= (0.002 if semester == 1 else 0.01)]
    return rows, rng.random(len(rows)) < 0.003


def sheets_of(rng: Generator, staffing: Staffing) -> list[Sheet]:
    """All scored sheets of both semesters, with marks in every column."""
    abilities = abilities_of(rng, staffing)
    tests = tests_of(rng)
    sheets: list[Sheet] = []
    for plan in staffing.classes:
        here = {semester: _here(rng, plan, semester) for semester in (1, 2)}
        for subject in SUBJECTS:
            team = staffing.teachers[plan.name, subject.name]
            # How well this class gets on in this subject with this teacher stays for the year.
            taught = 0.2 * rng.standard_t(8)
            for semester, (rows, late) in here.items():
                columns = class_columns(
                    rng,
                    plan,
                    subject,
                    semester=semester,
                    team=team,
                    ability=abilities.of[semester, subject.name][rows],
                    tests=tests,
                    taught=taught + rng.normal(0, 0.1),
                )
                columns["regular-1"].scored &= ~late
                sheet = _sheet(staffing, plan, subject, semester, rows)
                sheet.columns = columns
                sheet.marks = {name: column.marks() for name, column in columns.items()}
                sheets.append(sheet)
    return sheets


def comment_sheets_of(rng: Generator, staffing: Staffing) -> list[Sheet]:
    """Sheets assessed by Đạt (100 tenths) and Chưa đạt (0): one pupil in fifty has not passed."""
    sheets: list[Sheet] = []
    for plan in staffing.classes:
        for subject in COMMENT_SUBJECTS:
            for semester in (1, 2):
                sheet = _sheet(staffing, plan, subject, semester, plan.rows)
                passed = rng.random((len(plan.rows), subject.regular + 2)) >= 0.02
                tenths = np.where(passed, 100, 0).astype(np.int16)
                names = columns_of(subject.regular)
                sheet.marks = {name: tenths[:, place] for place, name in enumerate(names)}
                sheets.append(sheet)
    return sheets


def _sheet(
    staffing: Staffing, plan: ClassPlan, subject: SubjectPlan, semester: int, rows: Rows
) -> Sheet:
    return Sheet(
        sheet_id=sheet_id_of(SCHOOL_YEAR, semester, plan.name, subject.name),
        semester=semester,
        plan=plan,
        subject=subject,
        team=staffing.teachers[plan.name, subject.name],
        pupils=tuple(staffing.pupils[row] for row in rows.tolist()),
    )


def staffed(seed: int, rng: Generator, *, classes: int, streamed: bool) -> School:
    """A school with its people and marks, in which nobody has typed anything yet."""
    staffing = staffing_of(seed, rng, classes=classes, streamed=streamed)
    sheets = sheets_of(rng, staffing)
    return School(seed, staffing, sheets, comment_sheets_of(rng, staffing))
