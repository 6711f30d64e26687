"""The stage with a year long over: class 9A1 of 2018-2019, marks, comments, and a correction."""

from datetime import date
from typing import Any, Final, TypeVar
from uuid import uuid4

from ledger.people import Gender, Pupil
from ledger.privacy import commands as privacy
from ledger.privacy.commands import PrivacyCommand
from ledger.privacy.facts import ErasureId, Ground, Requester, Retention
from ledger.results import commands as results
from ledger.results.facts import PupilComment, PupilConduct
from ledger.results.terms import Term
from ledger.school import commands
from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import CommandId, CorrectionId, PupilId, SheetId, SubjectKind, sheet_id_of
from tests.browser.stage import Stage
from tests.school import CLOCKWORK, HOA, LAN, MAI, NGOC, Voice, numbered_id
from tests.web.files import picture
from web.corrections.evidence import Upload, take_in
from web.year.frames import usual_frames

Kind = TypeVar("Kind", bound=PrivacyCommand)

YEAR: Final = "2018-2019"
CLASS: Final = "9A1"
FIRST_DAY: Final = usual_frames(2018)[0].first
MATHS: Final[SheetId] = sheet_id_of(YEAR, 1, CLASS, "toan")
NGA, MINH = PupilId(numbered_id(8101)), PupilId(numbered_id(8102))
# What identifies Ngà, and may stand nowhere once she is erased.
NGA_IS: Final = ("Kiều Thị Bích Ngà", "9Q7-0412", "17/03/2004", "2004-03-17", "Em Bích Ngà")
CORRECTION: Final = CorrectionId(numbered_id(8201))
ERASURE: Final = ErasureId(numbered_id(8301))
PERSONAL: Final = "/quan-tri/du-lieu-ca-nhan"
LEFT_ON: Final = date(2018, 12, 14)
SHORT: Final = Retention(years=5, legal_basis="Quyết định số 12/QĐ-THCS về lưu trữ hồ sơ")


def open_old_year(stage: Stage) -> None:
    """Ngà finished grade 9, Minh left in December; a correction was about Ngà alone."""
    _register(stage)
    of_year: dict[str, Any] = {**_asked(stage, CLOCKWORK), "school_year": YEAR}
    group = {**of_year, "class_group": CLASS}
    stage.desk.handle_together(
        [
            commands.PlanYear(**of_year, semesters=usual_frames(2018)),
            commands.PlanSubject(
                **of_year, grade=9, subject="toan", kind=SubjectKind.SCORED, lessons_per_year=140
            ),
            commands.FormClass(**group, grade=9),
            commands.AssignHomeroom(**group, teacher=HOA.person, since=FIRST_DAY),
            commands.AssignTeacher(**group, subject="toan", teacher=LAN.person, since=FIRST_DAY),
            commands.SetClassList(**group, pupils=(NGA, MINH), since=FIRST_DAY),
            commands.OpenSemester(**of_year, semester=1),
        ]
    )
    _correct(stage)
    _write_down(stage)
    leaves = {**group, "command_id": CommandId(uuid4()), "pupil": MINH, "until": LEFT_ON}
    del leaves["class_group"]
    stage.desk.handle(commands.LeaveSchool(**leaves, reason="Chuyển đến Trường THCS Lê Lợi"))


def _register(stage: Stage) -> None:
    nga = Pupil(
        pupil_id=NGA,
        code="9Q7-0412",
        family_name="Kiều Thị Bích",
        given_name="Ngà",
        birth_date=date(2004, 3, 17),
        gender=Gender.FEMALE,
    )
    minh = Pupil(pupil_id=MINH, code="9Q7-0413", family_name="Tạ Quang", given_name="Minh")
    stage.desk.people.register_pupils([nga, minh])


def _correct(stage: Stage) -> None:
    """Lan asks for another mark of Ngà, with two photos, and takes it back."""
    photos = [
        Upload(kind, "a.png", picture(size=(40, 30 + number)))
        for number, kind in enumerate((EvidenceKind.TEACHER_BOOK, EvidenceKind.TEST_PAPER))
    ]
    kept = take_in(photos, stage.desk.evidence)
    lan = LAN.about(MATHS)
    stage.says(lan, "enters", (NGA, "midterm", "7.5", 0), (MINH, "midterm", "6.0", 0))
    stage.says(lan, "closes", "midterm")
    version = stage.desk.ledger.sheet(MATHS).cell((NGA, "midterm")).version
    asked = (NGA, "midterm", "8.5", version)
    stage.says(lan, "requests", asked, correction_id=CORRECTION, evidence=tuple(kept))
    stage.says(lan, "withdraws", CORRECTION)


def _write_down(stage: Stage) -> None:
    digests = stage.desk.comments.keep({NGA: "Em Bích Ngà chăm học"})
    act = {**_asked(stage, HOA), "school_year": YEAR, "class_group": CLASS}
    comments = tuple(PupilComment(pupil=pupil, digest=one) for pupil, one in digests.items())
    levels = tuple(PupilConduct(pupil=pupil, level="Tốt") for pupil in (NGA, MINH))
    stage.desk.handle_together(
        [
            results.WriteHomeroomComments(**act, term=Term.SEMESTER_1, comments=comments),
            results.AssessConduct(**act, term=Term.SEMESTER_1, pupils=levels),
        ]
    )


def _asked(stage: Stage, voice: Voice) -> dict[str, Any]:
    return {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}


def decides(stage: Stage, voice: Voice, command: type[Kind], **content: Any) -> None:  # noqa: ANN401
    """Let somebody give a command about personal data now."""
    stage.desk.handle(command(**{**_asked(stage, voice), **content}))


def shorten_retention(stage: Stage) -> None:
    decides(stage, NGOC, privacy.SetRetention, retention=SHORT)


def ask_to_erase(stage: Stage, pupil: PupilId = NGA, erasure_id: ErasureId = ERASURE) -> None:
    """The retention is five years, and Mai writes down what the mother of Ngà asked for."""
    shorten_retention(stage)
    decides(
        stage,
        MAI,
        privacy.RequestErasure,
        erasure_id=erasure_id,
        pupil=pupil,
        requested_by=Requester.PARENT,
        ground=Ground.REQUEST,
        reason="Đơn của mẹ em, ngày 02/10/2026",
    )


def evidence_of(stage: Stage) -> tuple[str, ...]:
    """The hashes of the photos that came with the correction, in order."""
    correction = stage.desk.corrections.find(CORRECTION)
    assert correction is not None
    return tuple(sorted(one.sha256 for one in correction.evidence))


def erase(stage: Stage) -> None:
    """Ngọc approves what was asked for."""
    files = evidence_of(stage)
    decides(stage, NGOC, privacy.ApproveErasure, erasure_id=ERASURE, evidence=files)
