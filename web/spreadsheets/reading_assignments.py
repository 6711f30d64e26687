"""Reads assignments, as rows of a teacher's classes or as a matrix of classes and subjects."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ledger.vocabulary import PersonId, Role
from web.spreadsheets.assignments import (
    AssignmentsNow,
    AssignmentsPlan,
    AssignmentsPreview,
    Change,
    Place,
    PlannedHomeroom,
    PlannedTeachers,
    rows_of,
)
from web.spreadsheets.class_names import class_named, classes_listed
from web.spreadsheets.plain_tables import TextTable, header_words
from web.spreadsheets.problem import Problem
from web.spreadsheets.subject_names import names_a_subject, subject_meant
from web.spreadsheets.teacher_names import TeacherNames
from web.spreadsheets.titles import Said, title_above

ASSIGNMENT_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    "number": header_words("STT", "TT", "Số TT"),
    "code": header_words(
        *("Mã cán bộ", "Mã giáo viên", "Mã GV", "Mã CB", "Mã định danh", "Mã"),
    ),
    "name": header_words(
        *("Họ và tên", "Họ tên", "Giáo viên", "Họ và tên giáo viên", "Họ tên giáo viên"),
    ),
    "subject": header_words("Môn", "Môn dạy", "Môn học", "Phân công môn"),
    "classes": header_words("Lớp", "Lớp dạy", "Các lớp", "Dạy lớp", "Lớp học", "Tên lớp"),
    "homeroom": header_words("Chủ nhiệm", "GVCN", "Chủ nhiệm lớp", "Giáo viên chủ nhiệm"),
}
_ROWS: Final = (
    *(frozenset({who, "subject", "classes"}) for who in ("name", "code")),
    *(frozenset({who, "homeroom"}) for who in ("name", "code")),
)
_MATRIX: Final = frozenset({"classes"})
ASSIGNMENTS_NEEDED: Final = (*_ROWS, _MATRIX)


def is_assignment_table(table: TextTable) -> bool:
    """Whether the table is of either kind; a matrix has at least one subject, or "Chủ nhiệm"."""
    if any(columns <= table.columns.keys() for columns in _ROWS):
        return True
    has_subject = any(names_a_subject(said.text) for _, said in table.others)
    return has_subject or "homeroom" in table.columns


def assignments_preview(tables: Sequence[TextTable], now: AssignmentsNow) -> AssignmentsPreview:
    """The assignments of a file beside the year."""
    reading = _Reading(now, name_sheets=len(tables) > 1)
    for table in tables:
        reading.read(table)
    plan = reading.plan()
    rows = tuple(rows_of(plan, now.year))
    return AssignmentsPreview(
        school_year=now.year.school_year,
        worksheets=tuple(table.sheet.name for table in tables),
        rows=rows,
        gaining={
            row.person: roles
            for row in rows
            if row.change is Change.ASSIGNED and (roles := needed_roles(plan, now, row.person))
        },
        plan=plan,
        errors=tuple(reading.errors.values()),
        warnings=tuple(reading.warnings.values()),
    )


def needed_roles(plan: AssignmentsPlan, now: AssignmentsNow, person: PersonId) -> frozenset[Role]:
    """The roles that a person of the plan lacks for it."""
    teaches = any(person in place.teachers for place in plan.teachers)
    leads = any(person == homeroom.teacher for homeroom in plan.homerooms)
    wanted = {Role.SUBJECT_TEACHER: teaches, Role.HOMEROOM_TEACHER: leads}
    return frozenset(role for role, needed in wanted.items() if needed and now.lacks(person, role))


class _Reading:
    """What the tables of a file say together."""

    def __init__(self, now: AssignmentsNow, *, name_sheets: bool) -> None:
        self.now, self._name_sheets = now, name_sheets
        # By their sentences, since a subject's header is met again in every row.
        self.errors: dict[str, Problem] = {}
        self.warnings: dict[str, Problem] = {}
        self._names = TeacherNames(now.staff)
        self._teachers: dict[Place, dict[PersonId, None]] = {}
        self._homerooms: dict[str, tuple[PersonId, str]] = {}
        self._worksheet = ""

    def plan(self) -> AssignmentsPlan:
        return AssignmentsPlan(
            school_year=self.now.year.school_year,
            teachers=tuple(
                PlannedTeachers(class_group=name, subject=subject, teachers=tuple(people))
                for (name, subject), people in self._teachers.items()
            ),
            homerooms=tuple(
                PlannedHomeroom(class_group=name, teacher=teacher)
                for name, (teacher, _) in self._homerooms.items()
            ),
        )

    def read(self, table: TextTable) -> None:
        self._worksheet = table.sheet.name
        for fault in table.faults():
            self._error(fault)
        for said in title_above(table.sheet, table.header_row).school_years:
            if said.text != self.now.year.school_year:
                details = {"found": said.text, "wanted": self.now.year.school_year}
                self._error(Problem("list-of-other-year", said.cell, details))
        if any(columns <= table.columns.keys() for columns in _ROWS):
            self._rows(table)
        else:
            self._matrix(table)

    def _rows(self, table: TextTable) -> None:
        if others := [said.text for _, said in table.others]:
            self._not_read(others)
        teacher: PersonId | None = None
        for row in table.rows:
            who = table.text(row, "code") or table.text(row, "name")
            if who:
                teacher = self._teacher(table, row)
            # A name that spans several rows stands in the first of them only.
            self._row(table, row, teacher, named=who is not None)

    def _row(self, table: TextTable, row: int, teacher: PersonId | None, *, named: bool) -> None:
        subject, classes = table.text(row, "subject"), table.text(row, "classes")
        homeroom = table.text(row, "homeroom")
        told = classes or homeroom
        if told and teacher is None:
            if not named:
                self._error(Problem("teacher-missing", told.cell))
            return
        if classes and subject is None:
            self._error(Problem("subject-missing", classes.cell))
        if teacher and classes and subject:
            for name in self._classes(classes):
                self._assign(name, subject, [teacher])
        if teacher and homeroom:
            for name in self._classes(homeroom):
                self._lead(name, teacher, homeroom.cell)

    def _teacher(self, table: TextTable, row: int) -> PersonId | None:
        """By the code where it is known, else by the name."""
        said = [one for column in ("code", "name") if (one := table.text(row, column))]
        found = [self._names.one(one) for one in said]
        meant = next((one for one in found if not isinstance(one, Problem)), None)
        if meant is None:
            for problem in found[-1:]:
                assert isinstance(problem, Problem), "nobody was found"
                self._error(problem)
            return None
        if meant.understood:
            self._warn(meant.understood)
        return meant.person

    def _matrix(self, table: TextTable) -> None:
        subjects = [(at, said) for at, said in table.others if names_a_subject(said.text)]
        read = {at for at, _ in subjects}
        if others := [said.text for at, said in table.others if at not in read]:
            self._not_read(others)
        for row in table.rows:
            said = table.text(row, "classes")
            for name in self._classes(said) if said else ():
                for column, subject in subjects:
                    if cell := table.said(row, column):
                        self._assign(name, subject, list(self._people(cell)), cell=cell.cell)
                if leads := table.text(row, "homeroom"):
                    for person in self._people(leads):
                        self._lead(name, person, leads.cell)

    def _people(self, said: Said) -> Iterator[PersonId]:
        for meant in self._names.all_in(said):
            if isinstance(meant, Problem):
                self._error(meant)
                continue
            if meant.understood:
                self._warn(meant.understood)
            yield meant.person

    def _classes(self, said: Said) -> Iterator[str]:
        for text in classes_listed(said.text):
            name = class_named(text, self.now.year.classes)
            if name in self.now.year.classes:
                yield name or ""
            else:
                self._error(Problem("class-unknown", said.cell, {"text": text}))

    def _assign(
        self, class_group: str, subject: Said, people: Sequence[PersonId], *, cell: str = ""
    ) -> None:
        grade = self.now.year.classes[class_group].grade
        code = subject_meant(subject.text, self.now.year, grade)
        if code is None:
            known = names_a_subject(subject.text)
            what = "subject-not-taught" if known else "subject-unknown"
            details = {"text": subject.text, "grade": grade}
            self._error(Problem(what, cell or subject.cell, details))
        elif people:
            self._teachers.setdefault((class_group, code), {}).update(dict.fromkeys(people))

    def _lead(self, class_group: str, teacher: PersonId, cell: str) -> None:
        leads, first = self._homerooms.setdefault(class_group, (teacher, self._cell(cell)))
        if leads != teacher:
            details = {"class_group": class_group, "first": first}
            self._error(Problem("homeroom-twice", cell, details))

    def _not_read(self, columns: Sequence[str]) -> None:
        shown = ", ".join(" ".join(text.split()) for text in columns)
        self._warn(Problem("columns-not-read", "", {"columns": shown}))

    def _error(self, problem: Problem) -> None:
        placed = self._placed(problem)
        self.errors[placed.sentence] = placed

    def _warn(self, problem: Problem) -> None:
        placed = self._placed(problem)
        self.warnings[placed.sentence] = placed

    def _placed(self, problem: Problem) -> Problem:
        return Problem(problem.code, self._cell(problem.cell), problem.details)

    def _cell(self, cell: str) -> str:
        return f"{self._worksheet}!{cell}" if self._name_sheets and cell else cell
