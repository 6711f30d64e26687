"""Corrections of official marks, one for each place that a biên bản can have got to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ledger.sheet.approving import statement_of
from ledger.sheet.attestation import ApprovalMethod, Attestation
from ledger.sheet.commands import (
    AnswerCorrection,
    ApproveCorrection,
    AskBackCorrection,
    ConfirmCorrection,
    ExecuteCorrection,
    RefuseCorrection,
    RequestCorrection,
    SheetCommand,
    UnlockColumn,
    WithdrawCorrection,
)
from ledger.sheet.grounds import CorrectionCause, Evidence, EvidenceKind, FoundBy
from ledger.sheet.state import Place
from ledger.vocabulary import MIDTERM, CorrectionId, Mark, MarkState, Role, SubjectKind
from web.demo import casting
from web.demo.days import november
from web.demo.evidence import as_pdf, as_png, kept, marked_paper, teacher_book
from web.demo.marks import chance_for, higher
from web.demo.school import School, SheetPlan
from web.demo.stage import Actor, Script, Stage, name_of, teacher_of
from web.marks import shown_mark


@dataclass(frozen=True, slots=True)
class Why:
    """What went wrong, in the words of the teacher, and who noticed it."""

    cause: CorrectionCause
    found_by: FoundBy
    reason: str


def correction_of(sheet: SheetPlan) -> CorrectionId:
    """The id of the one request that the story makes about a sheet."""
    return CorrectionId(name_of(f"correction/{sheet.class_plan.name}/{sheet.subject}"))


@dataclass(frozen=True, slots=True)
class Dossier:
    """One biên bản to be: of which sheet, why, how many cells, and when it was asked for."""

    sheet: SheetPlan
    why: Why
    asked_at: datetime
    cells: int = 1

    @property
    def correction_id(self) -> CorrectionId:
        return correction_of(self.sheet)

    @property
    def asked(self) -> Mapping[str, object]:
        """The field by which every later step names the request."""
        return {"correction_id": self.correction_id}

    def request(self, stage: Stage) -> None:
        stage.do(
            RequestCorrection,
            self.sheet,
            teacher_of(self.sheet),
            **self.asked,
            cells=stage.corrections(self.sheet, self.right_marks(stage)),
            cause=self.why.cause,
            reason=self.why.reason,
            found_by=self.why.found_by,
            evidence=self._evidence(stage),
        )

    def right_marks(self, stage: Stage) -> dict[Place, Mark]:
        """The cells in question with the marks that should stand there."""
        if self.cells > 2:
            return _shifted_back(stage, self.sheet, self.cells)
        chance = chance_for(f"correction/{self.sheet.sheet_id}")
        pupils = [pupil.pupil_id for pupil in self.sheet.class_plan.pupils]
        places = [(pupil, MIDTERM) for pupil in chance.sample(pupils, len(pupils))]
        scored = [p for p in places if stage.mark(self.sheet, p).state is MarkState.SCORED]
        return {
            place: _another(stage.mark(self.sheet, place), self.sheet)
            for place in scored[: self.cells]
        }

    def _evidence(self, stage: Stage) -> tuple[Evidence, ...]:
        name = self.sheet.class_plan.name
        marks = [shown_mark(mark) for mark in self.right_marks(stage).values()]
        test, book = marked_paper(name, marks[0]), teacher_book(name, marks)
        return (
            kept(
                stage.evidence,
                as_png(test),
                kind=EvidenceKind.TEST_PAPER,
                media_type="image/png",
            ),
            kept(
                stage.evidence,
                as_pdf(book),
                kind=EvidenceKind.TEACHER_BOOK,
                media_type="application/pdf",
            ),
        )


def _another(mark: Mark, sheet: SheetPlan) -> Mark:
    if sheet.kind is SubjectKind.COMMENT:
        return Mark.of("not-passed" if mark.passed else "passed")
    raised = higher(mark, "1.0")
    return higher(mark, "-1.0") if raised is mark else raised


def _shifted_back(stage: Stage, sheet: SheetPlan, count: int) -> dict[Place, Mark]:
    """The marks of neighbouring rows, each moved up by one: the slip of who typed a row too low."""
    places = [(pupil.pupil_id, MIDTERM) for pupil in sheet.class_plan.pupils[8 : 8 + count + 1]]
    marks = [stage.mark(sheet, place) for place in places]
    moved = zip(places, marks[1:], marks, strict=False)
    return {place: below for place, below, own in moved if below is not own}


def _approve(stage: Stage, dossier: Dossier, by: Actor) -> None:
    """Approve what stands there now, with password and code."""
    sheet_id = dossier.sheet.sheet_id
    correction = stage.ledger.sheet(sheet_id).corrections[dossier.correction_id]
    stage.do(
        ApproveCorrection,
        dossier.sheet,
        by,
        **dossier.asked,
        statement=statement_of(sheet_id, correction, by.at(stage.now)),
        attestation=Attestation(method=ApprovalMethod.PASSWORD_TOTP),
    )


@dataclass(frozen=True, slots=True)
class Steps:
    """Who takes which step of the demo school's dossiers."""

    school: School
    script: Script

    def request(self, dossier: Dossier) -> None:
        self.script.add(dossier.asked_at, dossier.request)

    def confirm(self, dossier: Dossier, at: datetime) -> None:
        self._step(ConfirmCorrection, dossier, self._confirmer(dossier), at)

    def ask_back(self, dossier: Dossier, at: datetime, question: str) -> None:
        by = self._confirmer(dossier)
        self._step(AskBackCorrection, dossier, by, at, question=question)

    def answer(self, dossier: Dossier, at: datetime, answer: str) -> None:
        self._step(AnswerCorrection, dossier, teacher_of(dossier.sheet), at, answer=answer)

    def approve(self, dossier: Dossier, at: datetime, *, in_place: bool = False) -> None:
        by = principal = Actor(self.school.person("hiệu-trưởng"), Role.PRINCIPAL)
        if in_place:
            deputy = self.school.person("hiệu-phó-1")
            by = Actor(deputy, Role.PRINCIPAL, principal.person)
        self.script.add(at, lambda stage: _approve(stage, dossier, by))

    def teacher_executes(self, dossier: Dossier, at: datetime) -> None:
        self._step(ExecuteCorrection, dossier, teacher_of(dossier.sheet), at)

    def administrator_executes(self, dossier: Dossier, at: datetime) -> None:
        by = Actor(self.school.person("quản-trị"), Role.ADMINISTRATOR)
        self._step(ExecuteCorrection, dossier, by, at)

    def refuse(self, dossier: Dossier, by: Actor, at: datetime, reason: str) -> None:
        self._step(RefuseCorrection, dossier, by, at, reason=reason)

    def withdraw(self, dossier: Dossier, at: datetime) -> None:
        self._step(WithdrawCorrection, dossier, teacher_of(dossier.sheet), at)

    def executed(self, dossier: Dossier, *, in_place: bool = False) -> None:
        """The whole way, within two days of the request."""
        at = dossier.asked_at
        self.request(dossier)
        self.confirm(dossier, at + timedelta(hours=1, minutes=12))
        self.approve(dossier, at + timedelta(hours=23, minutes=31), in_place=in_place)
        self.teacher_executes(dossier, at + timedelta(hours=24, minutes=4))
        self.administrator_executes(dossier, at + timedelta(hours=24, minutes=9))

    def _confirmer(self, dossier: Dossier) -> Actor:
        homeroom = dossier.sheet.class_plan.homeroom_teacher
        if homeroom == dossier.sheet.teacher:
            return Actor(self.school.person("hiệu-phó-1"), Role.VICE_PRINCIPAL)
        return Actor(homeroom, Role.HOMEROOM_TEACHER)

    def _step(
        self, kind: type[SheetCommand], dossier: Dossier, by: Actor, at: datetime, **asked: object
    ) -> None:
        fields = {**dossier.asked, **asked}
        self.script.add(at, lambda stage: stage.do(kind, dossier.sheet, by, **fields))


_TYPED_WRONG: Final = Why(
    CorrectionCause.TYPING,
    FoundBy.TEACHER,
    "Nhập nhầm điểm so với bài kiểm tra đã trả; đã đối chiếu với sổ cá nhân.",
)
_ADDED_WRONG: Final = Why(
    CorrectionCause.ADDING_UP,
    FoundBy.PUPIL,
    "Cộng sót điểm một câu khi chấm, phát hiện khi trả bài cho học sinh.",
)
_RE_MARKED: Final = Why(
    CorrectionCause.RE_MARKED,
    FoundBy.PARENT,
    "Chấm phúc khảo theo đơn của phụ huynh; hai giáo viên chấm lại thống nhất điểm mới.",
)
_MISSED: Final = Why(
    CorrectionCause.MISSED_WORK,
    FoundBy.DEPARTMENT_HEAD,
    "Chấm sót mặt sau của bài làm, tổ trưởng phát hiện khi kiểm tra bài đã chấm.",
)
_SHIFTED: Final = Why(
    CorrectionCause.WRONG_ROW,
    FoundBy.HOMEROOM_TEACHER,
    "Nhập lệch một dòng từ số thứ tự 9, các điểm sau bị đẩy xuống học sinh kế tiếp.",
)


def write_corrections(school: School, script: Script) -> None:
    """One or more biên bản for every status."""
    steps = Steps(school, script)
    _write_executed(school, steps)
    _write_ended(school, steps)
    _write_under_way(school, steps)


def _write_executed(school: School, steps: Steps) -> None:
    asked = november(11, 9, 20)
    steps.executed(Dossier(school.sheet(*casting.EXECUTED), _TYPED_WRONG, asked, cells=2))
    shifted = school.sheet(*casting.EXECUTED_SHIFTED_ROWS)
    steps.executed(Dossier(shifted, _SHIFTED, november(12, 8, 5), cells=9))
    homeroom = school.sheet(*casting.EXECUTED_FOR_HOMEROOM)
    steps.executed(Dossier(homeroom, _TYPED_WRONG, november(12, 14, 10)))
    deputy = school.sheet(*casting.EXECUTED_IN_PLACE_OF)
    steps.executed(Dossier(deputy, _ADDED_WRONG, november(17, 10, 2)), in_place=True)


def _write_ended(school: School, steps: Steps) -> None:
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    refused = Dossier(school.sheet(*casting.REFUSED), _ADDED_WRONG, november(12, 15, 40))
    steps.request(refused)
    steps.confirm(refused, november(13, 7, 55))
    why = "Bài kiểm tra kèm theo không có chữ ký của giáo viên chấm; đề nghị bổ sung minh chứng."
    steps.refuse(refused, principal, november(13, 10, 15), why)

    stopped = Dossier(school.sheet(*casting.REFUSED_BY_HOMEROOM), _TYPED_WRONG, november(13, 9, 0))
    steps.request(stopped)
    homeroom = Actor(stopped.sheet.class_plan.homeroom_teacher, Role.HOMEROOM_TEACHER)
    why = "Điểm đề nghị khác với điểm trên bài đã trả cho học sinh."
    steps.refuse(stopped, homeroom, november(13, 16, 30), why)

    withdrawn = Dossier(school.sheet(*casting.WITHDRAWN), _ADDED_WRONG, november(16, 9, 45))
    steps.request(withdrawn)
    steps.confirm(withdrawn, november(16, 14, 0))
    steps.withdraw(withdrawn, november(17, 8, 10))
    _write_voided(school, steps)


def _write_voided(school: School, steps: Steps) -> None:
    """The column is opened for another pupil, and the teacher changes the frozen mark as well."""
    sheet = school.sheet(*casting.VOIDED)
    dossier = Dossier(sheet, _ADDED_WRONG, november(16, 14, 20))
    steps.request(dossier)
    steps.confirm(dossier, november(16, 15, 5))
    steps.approve(dossier, november(17, 7, 40))
    principal = Actor(school.person("hiệu-trưởng"), Role.PRINCIPAL)
    until = november(18, 17)
    reason = "Mở cột để nhập điểm kiểm tra bù cho một học sinh nghỉ ốm."
    steps.script.add(
        november(17, 9, 30),
        lambda stage: stage.do(
            UnlockColumn, sheet, principal, column=MIDTERM, until=until, reason=reason
        ),
    )
    steps.script.add(
        november(17, 10, 12),
        lambda stage: stage.enter(sheet, teacher_of(sheet), dossier.right_marks(stage)),
    )


def _write_under_way(school: School, steps: Steps) -> None:
    half = Dossier(school.sheet(*casting.HALF_EXECUTED), _TYPED_WRONG, november(18, 8, 30), cells=2)
    steps.request(half)
    steps.confirm(half, november(18, 10, 0))
    steps.approve(half, november(19, 8, 0))
    steps.teacher_executes(half, november(19, 14, 25))

    approved = Dossier(school.sheet(*casting.APPROVED), _ADDED_WRONG, november(18, 13, 50))
    steps.request(approved)
    steps.confirm(approved, november(18, 16, 15))
    steps.approve(approved, november(20, 7, 45))

    for number, key in enumerate(casting.CONFIRMED):
        dossier = Dossier(school.sheet(*key), _TYPED_WRONG, november(19, 9 + number, 15))
        steps.request(dossier)
        steps.ask_back(dossier, november(19, 14, 20 + number), "Điểm này đã báo cho học sinh chưa?")
        steps.answer(dossier, november(19, 16, 40 + number), "Đã báo khi trả bài hôm thứ Ba.")
        steps.confirm(dossier, november(20, 8, 5 + number))
    fresh, questioned = (
        Dossier(school.sheet(*key), why, november(20, 9 + number, 40))
        for number, (key, why) in enumerate(
            zip(casting.REQUESTED, (_RE_MARKED, _MISSED), strict=True)
        )
    )
    steps.request(fresh)
    steps.request(questioned)
    question = "Xin gửi thêm ảnh trang sổ cá nhân có điểm của phần còn thiếu."
    steps.ask_back(questioned, november(20, 13, 35), question)
