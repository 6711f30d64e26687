"""One small invented school: its people, one class, one sheet, and how each of them asks."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Self, TypedDict
from uuid import UUID, uuid4

from ledger.line import Fact
from ledger.sheet import commands, facts
from ledger.sheet.grounds import (
    CorrectionCause,
    Evidence,
    EvidenceKind,
    FoundBy,
    LateReason,
)
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
    columns_of,
    sheet_id_of,
)

NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)  # a Monday, eight in the morning in Việt Nam
EARLIER = NOW - timedelta(hours=1)
LATER = NOW + timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)
NEXT_WEEK = NOW + timedelta(days=7)

SHEET = sheet_id_of("2026-2027", 1, "6A1", "toan")
REASON = "Chấm sót câu 4"
QUESTION = "Câu 4 được mấy điểm?"
ANSWER = "Câu 4 được 2 điểm, xin xem bài chụp kèm theo."


def numbered_id(number: int) -> UUID:
    """A readable id for a constant of the tests."""
    return UUID(f"00000000-0000-4000-8000-{number:012d}")


AN, BAO, CHI, DIEP = (PupilId(numbered_id(number)) for number in (101, 102, 103, 104))
FIX, FIX_AGAIN = (CorrectionId(numbered_id(number)) for number in (901, 902))
BOOK = Evidence(kind=EvidenceKind.TEACHER_BOOK, sha256="a" * 64, size=2048, media_type="image/jpeg")
PAPER = Evidence(
    kind=EvidenceKind.TEST_PAPER, sha256="b" * 64, size=4096, media_type="application/pdf"
)


class Asked(TypedDict):
    """What every command has."""

    command_id: CommandId
    sheet_id: SheetId
    by: Author
    at: datetime


@dataclass(frozen=True)
class Voice:
    """A member of staff acting in one role at one moment; most methods are one command each."""

    author: Author
    moment: datetime = NOW
    sheet_id: SheetId = SHEET
    command_id: CommandId | None = None

    @property
    def person(self) -> PersonId:
        return self.author.person

    @property
    def asked(self) -> Asked:
        command_id = self.command_id or CommandId(uuid4())
        return Asked(command_id=command_id, sheet_id=self.sheet_id, by=self.author, at=self.moment)

    def at(self, moment: datetime) -> Self:
        return replace(self, moment=moment)

    def about(self, sheet_id: SheetId) -> Self:
        return replace(self, sheet_id=sheet_id)

    def with_id(self, command_id: UUID) -> Self:
        return replace(self, command_id=CommandId(command_id))

    def acting_as(self, role: Role) -> Self:
        return replace(self, author=Author(person=self.person, role=role))

    def on_behalf_of(self, other: "Voice") -> Self:
        author = Author(person=self.person, role=self.author.role, on_behalf_of=other.person)
        return replace(self, author=author)

    def wrote(self, fact: Fact) -> tuple[Fact, Author, datetime]:
        """A fact of the past, for `given`."""
        return fact, self.author, self.moment

    def opens(self, **changed: object) -> commands.OpenSheet:
        asked = {**OPENING, **self.asked, **changed}
        return commands.OpenSheet.model_validate(asked)

    def adds_teacher(self, teacher: "Voice") -> commands.AddTeacher:
        return commands.AddTeacher(teacher=teacher.person, **self.asked)

    def removes_teacher(self, teacher: "Voice") -> commands.RemoveTeacher:
        return commands.RemoveTeacher(teacher=teacher.person, **self.asked)

    def names_homeroom_teacher(self, teacher: "Voice") -> commands.ChangeHomeroomTeacher:
        return commands.ChangeHomeroomTeacher(teacher=teacher.person, **self.asked)

    def adds_pupil(self, pupil: PupilId) -> commands.AddPupil:
        return commands.AddPupil(pupil=pupil, **self.asked)

    def removes_pupil(self, pupil: PupilId) -> commands.RemovePupil:
        return commands.RemovePupil(pupil=pupil, **self.asked)

    def moves_deadline(self, column: str, to: datetime) -> commands.MoveDeadline:
        deadline = facts.Deadline(column=column, at=to)
        return commands.MoveDeadline(deadline=deadline, reason=REASON, **self.asked)

    def brings(self, pupil: PupilId, *marks: tuple[str, str]) -> commands.BringMarks:
        """Each mark: column and the mark's stored text."""
        brought = tuple(
            commands.BroughtMark(column=column, mark=Mark.of(text)) for column, text in marks
        )
        provenance = facts.Provenance(reason=REASON)
        return commands.BringMarks(pupil=pupil, marks=brought, provenance=provenance, **self.asked)

    def moves_correction_day(self, to: datetime | None) -> commands.MoveCorrectionDay:
        return commands.MoveCorrectionDay(last_day=to, **self.asked)

    def enters(self, *cells: tuple[PupilId, str, str, int]) -> commands.EnterMarks:
        """Each cell: pupil, column, the mark's stored text, the version of the cell read."""
        entries = tuple(
            commands.CellEntry(pupil=pupil, column=column, mark=Mark.of(text), read_version=read)
            for pupil, column, text, read in cells
        )
        return commands.EnterMarks(entries=entries, **self.asked)

    def confirms_entries(self, column: str) -> commands.ConfirmEntries:
        return commands.ConfirmEntries(column=column, **self.asked)

    def closes(self, column: str, *, leaving_blanks: bool = False) -> commands.CloseColumn:
        return commands.CloseColumn(column=column, leaving_blanks=leaving_blanks, **self.asked)

    def reopens(self, column: str) -> commands.ReopenColumn:
        return commands.ReopenColumn(column=column, reason=REASON, **self.asked)

    def locks(self) -> commands.LockSheet:
        return commands.LockSheet(reason=REASON, **self.asked)

    def unlocks(self, until: datetime) -> commands.UnlockSheet:
        return commands.UnlockSheet(until=until, reason=REASON, **self.asked)

    def locks_column(self, column: str) -> commands.LockColumn:
        return commands.LockColumn(column=column, reason=REASON, **self.asked)

    def unlocks_column(self, column: str, until: datetime) -> commands.UnlockColumn:
        return commands.UnlockColumn(column=column, until=until, reason=REASON, **self.asked)

    def requests(
        self,
        *cells: tuple[PupilId, str, str, int],
        correction_id: CorrectionId = FIX,
        cause: CorrectionCause = CorrectionCause.ADDING_UP,
        found_by: FoundBy = FoundBy.PUPIL,
        evidence: tuple[Evidence, ...] = (BOOK,),
    ) -> commands.RequestCorrection:
        """Each cell: pupil, column, the right mark's stored text, the version of the cell read."""
        corrected = tuple(
            commands.CellCorrection(
                pupil=pupil, column=column, after=Mark.of(text), read_version=read
            )
            for pupil, column, text, read in cells
        )
        return commands.RequestCorrection(
            correction_id=correction_id,
            cells=corrected,
            cause=cause,
            reason=REASON,
            found_by=found_by,
            evidence=evidence,
            **self.asked,
        )

    def confirms(self, correction_id: CorrectionId = FIX) -> commands.ConfirmCorrection:
        return commands.ConfirmCorrection(correction_id=correction_id, **self.asked)

    def approves(
        self, correction_id: CorrectionId = FIX, *, statement: str | None = None
    ) -> commands.ApproveCorrection:
        return commands.ApproveCorrection(
            correction_id=correction_id, statement=statement, **self.asked
        )

    def asks_back(self, correction_id: CorrectionId = FIX) -> commands.AskBackCorrection:
        return commands.AskBackCorrection(
            correction_id=correction_id, question=QUESTION, **self.asked
        )

    def answers(
        self, correction_id: CorrectionId = FIX, *, evidence: tuple[Evidence, ...] = ()
    ) -> commands.AnswerCorrection:
        return commands.AnswerCorrection(
            correction_id=correction_id, answer=ANSWER, evidence=evidence, **self.asked
        )

    def refuses(self, correction_id: CorrectionId = FIX) -> commands.RefuseCorrection:
        return commands.RefuseCorrection(correction_id=correction_id, reason=REASON, **self.asked)

    def withdraws(self, correction_id: CorrectionId = FIX) -> commands.WithdrawCorrection:
        return commands.WithdrawCorrection(correction_id=correction_id, **self.asked)

    def executes(self, correction_id: CorrectionId = FIX) -> commands.ExecuteCorrection:
        return commands.ExecuteCorrection(correction_id=correction_id, **self.asked)


def _voice(number: int, role: Role) -> Voice:
    return Voice(Author(person=PersonId(numbered_id(number)), role=role))


LAN = _voice(1, Role.SUBJECT_TEACHER)  # teaches the sheet
VINH = _voice(2, Role.SUBJECT_TEACHER)  # teaches another
HOA = _voice(3, Role.HOMEROOM_TEACHER)  # has the class 6A1
QUYEN = _voice(4, Role.HOMEROOM_TEACHER)  # has another
NGOC = _voice(5, Role.PRINCIPAL)
DUC = _voice(6, Role.VICE_PRINCIPAL)
KHOA = _voice(7, Role.ADMINISTRATOR)
MAI = _voice(8, Role.SECRETARY)
TUAN = _voice(9, Role.DEPARTMENT_HEAD)
CLOCKWORK = _voice(10, Role.SYSTEM)
EVERYBODY = (LAN, HOA, NGOC, DUC, KHOA, MAI, TUAN, CLOCKWORK)

PUPILS = tuple(
    facts.NumberedPupil(pupil=pupil, number=number)
    for number, pupil in enumerate((AN, BAO, CHI), 1)
)
OPENED = facts.SheetOpened(
    school_year="2026-2027",
    semester=1,
    grade=6,
    class_group="6A1",
    subject="toan",
    kind=SubjectKind.SCORED,
    columns=columns_of(4),
    teachers=(LAN.person,),
    homeroom_teacher=HOA.person,
    pupils=PUPILS,
)
OPENED_FOR_COMMENTS = OPENED.model_copy(
    update={"subject": "gdtc", "kind": SubjectKind.COMMENT, "columns": columns_of(2)}
)
OPENING = {**OPENED.model_dump(exclude={"columns"}), "regular_count": 4}


def opened_with(**changed: object) -> facts.SheetOpened:
    """The sheet with other fields than the usual ones."""
    return facts.SheetOpened.model_validate({**OPENED.model_dump(), **changed})


def entered(pupil: PupilId, column: str, text: str) -> facts.MarkEntered:
    return facts.MarkEntered(pupil=pupil, column=column, after=Mark.of(text))


def changed(pupil: PupilId, column: str, before: str, after: str) -> facts.MarkChanged:
    return facts.MarkChanged(
        pupil=pupil, column=column, before=Mark.of(before), after=Mark.of(after)
    )


def cleared(pupil: PupilId, column: str, before: str) -> facts.MarkCleared:
    return facts.MarkCleared(pupil=pupil, column=column, before=Mark.of(before))


def corrected(pupil: PupilId, column: str, before: str, after: str) -> facts.MarkCorrected:
    return facts.MarkCorrected(
        correction_id=FIX,
        pupil=pupil,
        column=column,
        before=Mark.of(before),
        after=Mark.of(after),
    )


def requested(
    *cells: tuple[PupilId, str, str, str],
    correction_id: CorrectionId = FIX,
    late_because: tuple[LateReason, ...] = (),
) -> facts.CorrectionRequested:
    """Each cell: pupil, column, the mark before and the mark after, as stored text."""
    lines = tuple(
        facts.CorrectionLine(
            pupil=pupil, column=column, before=Mark.of(before), after=Mark.of(after)
        )
        for pupil, column, before, after in cells
    )
    return facts.CorrectionRequested(
        correction_id=correction_id,
        lines=lines,
        cause=CorrectionCause.ADDING_UP,
        reason=REASON,
        found_by=FoundBy.PUPIL,
        evidence=(BOOK,),
        late_because=late_because,
    )
