"""One small class with its sheet, its people and a clock that the test moves."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Engine, MetaData, select

from ledger.application import GradeLedger
from ledger.line import Line
from ledger.refusal import Refused
from ledger.sheet import commands, facts, grounds
from ledger.store.recorder import LedgerRecorder
from ledger.vocabulary import (
    Author,
    CommandId,
    CorrectionId,
    Mark,
    PersonId,
    PupilId,
    Role,
    SheetId,
    SubjectKind,
    sheet_id_of,
)
from projections.corrections import Corrections
from projections.gradebook import Gradebook, SheetPage
from projections.history import History, HistoryRow
from projections.runner import Projections

_PEOPLE = UUID("0b0f6c3e-6a44-4b7e-8f1f-6f1f6c1b7d10")


def person(name: str) -> PersonId:
    return PersonId(uuid5(_PEOPLE, name))


def pupil(number: int) -> PupilId:
    return PupilId(uuid5(_PEOPLE, f"pupil {number}"))


TEACHER, HOMEROOM, SECRETARY = person("Hạnh"), person("Lan"), person("Thư")
ADMINISTRATOR, PRINCIPAL, VICE_PRINCIPAL = person("Quân"), person("Minh"), person("Bình")

ROLES = {
    TEACHER: Role.SUBJECT_TEACHER,
    HOMEROOM: Role.HOMEROOM_TEACHER,
    SECRETARY: Role.SECRETARY,
    ADMINISTRATOR: Role.ADMINISTRATOR,
    PRINCIPAL: Role.PRINCIPAL,
    VICE_PRINCIPAL: Role.VICE_PRINCIPAL,
}
EVIDENCE = grounds.Evidence(
    kind=grounds.EvidenceKind.TEST_PAPER, sha256="ab" * 32, size=1024, media_type="image/png"
)


def author(who: PersonId, role: Role | None = None, behalf: PersonId | None = None) -> Author:
    return Author(person=who, role=role or ROLES[who], on_behalf_of=behalf)


class School:
    """A ledger with its projections, and short words for what people do in it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.recorder = LedgerRecorder(engine)
        self.ledger = GradeLedger(self.recorder)
        self.projections = Projections(engine, self.recorder)
        self.projections.create_tables()
        self.gradebook = Gradebook(engine)
        self.history = History(engine)
        self.corrections = Corrections(engine)
        # 8 in the morning in Viet Nam.
        self.now = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def ask(
        self,
        command: type[commands.SheetCommand],
        sheet_id: SheetId,
        by: Author,
        **content: Any,  # noqa: ANN401  (the fields of any command)
    ) -> Sequence[Line]:
        self.wait(minutes=1)
        return self.ledger.handle(
            command(command_id=CommandId(uuid4()), sheet_id=sheet_id, by=by, at=self.now, **content)
        )

    def open(
        self,
        class_group: str = "6A1",
        subject: str = "toan",
        *,
        teacher: PersonId = TEACHER,
        school_year: str = "2026-2027",
        **more: Any,  # noqa: ANN401  (the fields of an opening)
    ) -> SheetId:
        sheet_id = sheet_id_of(school_year, 1, class_group, subject)
        opening: dict[str, Any] = {
            "school_year": school_year,
            "semester": 1,
            "grade": 6,
            "class_group": class_group,
            "subject": subject,
            "kind": SubjectKind.SCORED,
            "regular_count": 2,
            "teachers": (teacher,),
            "homeroom_teacher": HOMEROOM,
            "pupils": tuple(
                facts.NumberedPupil(pupil=pupil(number), number=number) for number in (1, 2, 3)
            ),
        }
        self.ask(commands.OpenSheet, sheet_id, author(ADMINISTRATOR), **{**opening, **more})
        return sheet_id

    def enter(
        self,
        sheet_id: SheetId,
        column: str,
        marks: Mapping[int, str],
        *,
        by: Author | None = None,
    ) -> Sequence[Line]:
        sheet = self.ledger.sheet(sheet_id)
        entries = tuple(
            commands.CellEntry(
                pupil=pupil(number),
                column=column,
                mark=Mark.of(text),
                read_version=sheet.cell((pupil(number), column)).version,
            )
            for number, text in marks.items()
        )
        by = by or author(TEACHER)
        return self.ask(commands.EnterMarks, sheet_id, by, entries=entries)

    def refused(self, sheet_id: SheetId, column: str, marks: Mapping[int, str]) -> str:
        """The code with which an entry is refused."""
        try:
            self.enter(sheet_id, column, marks)
        except Refused as refusal:
            return refusal.code
        raise AssertionError("the entry was not refused")

    def lock(self, sheet_id: SheetId) -> None:
        reason = "Hết hạn nhập điểm"
        self.ask(commands.LockSheet, sheet_id, author(PRINCIPAL), reason=reason)

    def unlock(self, sheet_id: SheetId, column: str, **time: float) -> None:
        until = self.now + timedelta(minutes=1) + timedelta(**time)
        by, reason = author(PRINCIPAL), "Nhập bù bài kiểm tra"
        self.ask(commands.UnlockColumn, sheet_id, by, column=column, until=until, reason=reason)

    def request(self, sheet_id: SheetId, column: str, marks: Mapping[int, str]) -> CorrectionId:
        correction_id = CorrectionId(uuid4())
        sheet = self.ledger.sheet(sheet_id)
        self.ask(
            commands.RequestCorrection,
            sheet_id,
            author(TEACHER),
            correction_id=correction_id,
            cells=tuple(
                commands.CellCorrection(
                    pupil=pupil(number),
                    column=column,
                    after=Mark.of(text),
                    read_version=sheet.cell((pupil(number), column)).version,
                )
                for number, text in marks.items()
            ),
            cause=grounds.CorrectionCause.ADDING_UP,
            reason="Cộng sót điểm câu 3",
            found_by=grounds.FoundBy.PUPIL,
            evidence=(EVIDENCE,),
        )
        return correction_id

    def correct(self, sheet_id: SheetId, column: str, marks: Mapping[int, str]) -> CorrectionId:
        """A correction through all its steps."""
        correction_id = self.request(sheet_id, column, marks)
        self.take_steps(sheet_id, correction_id)
        return correction_id

    def take_steps(self, sheet_id: SheetId, correction_id: CorrectionId) -> None:
        for command, who in (
            (commands.ConfirmCorrection, HOMEROOM),
            (commands.ApproveCorrection, PRINCIPAL),
            (commands.ExecuteCorrection, TEACHER),
            (commands.ExecuteCorrection, ADMINISTRATOR),
        ):
            self.ask(command, sheet_id, author(who), correction_id=correction_id)

    def page(self, sheet_id: SheetId) -> SheetPage:
        self.projections.catch_up()
        page = self.gradebook.sheet(sheet_id)
        assert page is not None
        return page

    def rows_of(self, sheet_id: SheetId, number: int, column: str) -> list[HistoryRow]:
        self.projections.catch_up()
        return self.history.of_cell(sheet_id, pupil(number), column)


def a_busy_term(school: School) -> list[SheetId]:
    """Everything that can happen to sheets, on three of them; every kind of fact at least once."""
    maths, english, music = (
        school.open("6A1", "toan", deadlines=()),
        school.open("6A1", "tieng-anh", school_year="2025-2026"),
        school.open("6A2", "am-nhac", kind=SubjectKind.COMMENT),
    )
    school.enter(maths, "regular-1", {1: "8.0", 2: "6.5", 3: "9.0"})
    school.enter(maths, "regular-1", {1: "8.5", 2: ""})
    school.enter(maths, "regular-1", {2: "7.0"})
    school.enter(maths, "regular-1", {2: "", 3: "exempt"})
    by_secretary = author(SECRETARY, behalf=TEACHER)
    school.enter(maths, "midterm", {1: "5.0", 2: "awaiting-make-up", 3: "4.5"}, by=by_secretary)
    school.ask(commands.ConfirmEntries, maths, author(TEACHER), column="midterm")
    school.enter(maths, "midterm", {3: "5.5"}, by=by_secretary)
    school.enter(music, "regular-1", {1: "passed", 2: "not-passed"})
    _people_come_and_go(school, maths)
    _columns_close_and_lock(school, english)
    return [maths, english, music]


def _people_come_and_go(school: School, maths: SheetId) -> None:
    setting_up = author(ADMINISTRATOR)
    school.ask(commands.AddPupil, maths, setting_up, pupil=pupil(4))
    school.ask(commands.RemovePupil, maths, setting_up, pupil=pupil(1))
    school.ask(commands.RemovePupil, maths, setting_up, pupil=pupil(3))
    school.ask(commands.AddPupil, maths, setting_up, pupil=pupil(3))
    school.ask(commands.AddTeacher, maths, setting_up, teacher=VICE_PRINCIPAL)
    school.ask(commands.AddTeacher, maths, setting_up, teacher=SECRETARY)
    school.ask(commands.RemoveTeacher, maths, setting_up, teacher=VICE_PRINCIPAL)
    school.ask(commands.ChangeHomeroomTeacher, maths, setting_up, teacher=SECRETARY)


def _columns_close_and_lock(school: School, english: SheetId) -> None:
    teacher, principal = author(TEACHER), author(PRINCIPAL)
    deadline = facts.Deadline(column="regular-2", at=school.now + timedelta(days=3))
    school.ask(
        commands.MoveDeadline, english, principal, deadline=deadline, reason="Kế hoạch kiểm tra"
    )
    school.enter(english, "regular-1", {1: "3.0", 2: "4.0", 3: "5.0"})
    close = {"column": "regular-1", "leaving_blanks": True}
    school.ask(commands.CloseColumn, english, teacher, **close)
    reason = "Chốt nhầm cột"
    school.ask(commands.ReopenColumn, english, teacher, column="regular-1", reason=reason)
    school.enter(english, "regular-1", {3: ""})
    school.ask(commands.CloseColumn, english, teacher, **close)
    school.ask(commands.LockColumn, english, principal, column="midterm", reason=reason)
    school.refused(english, "midterm", {1: "5.0"})
    school.unlock(english, "midterm", hours=2)
    school.enter(english, "midterm", {1: "5.0", 2: "6.0"})
    refused = school.request(english, "regular-1", {1: "3.5"})
    school.ask(commands.RefuseCorrection, english, principal, correction_id=refused, reason=reason)
    withdrawn = school.request(english, "regular-1", {1: "3.5"})
    school.ask(commands.WithdrawCorrection, english, teacher, correction_id=withdrawn)
    school.correct(english, "regular-1", {1: "4.5", 2: "3.5"})
    school.request(english, "regular-1", {3: "9.0"})
    until = school.now + timedelta(hours=5)
    school.ask(commands.UnlockSheet, english, principal, until=until, reason=reason)
    school.enter(english, "regular-1", {3: "2.0"})
    school.lock(english)


def everything(engine: Engine, *metadatas: MetaData) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the tables, in an order of their own."""
    with engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for metadata in metadatas
            for table in metadata.sorted_tables
        }
