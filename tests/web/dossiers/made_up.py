"""A biên bản of an invented school, as full as one can be."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ledger.dossiers.facts import Keeping, PaperKind
from ledger.results.comparing import Difference, Part
from ledger.results.facts import StudyResult
from ledger.results.terms import Term
from ledger.school.facts import SchoolDescribed
from ledger.sheet.attestation import ApprovalMethod, Attestation
from ledger.sheet.facts import CorrectionLine
from ledger.sheet.grounds import CorrectionCause, Evidence, EvidenceKind, FoundBy, LateReason
from ledger.vocabulary import Mark, PupilId, Role, SubjectKind, sheet_id_of
from tests.school import FIX, numbered_id
from web.dossiers.record import (
    Approval,
    Asked,
    Consequences,
    Corrected,
    Course,
    Exhibit,
    FactLine,
    Head,
    Record,
    Signature,
    Step,
)
from web.papers.typesetting import Attachment

BEGAN = datetime(2026, 10, 5, 2, 14, tzinfo=UTC)
ROOT = "5d41402abc4b2a76b9719d911017c592ae2f5a3c1b0e9d8c7f6a5b4c3d2e1f00"
SCHOOL = SchoolDescribed(
    since=date(2026, 8, 1),
    school_name="Trường THCS Hoa Phượng",
    governing_body="Ủy ban nhân dân phường An Biên",
    department="Sở Giáo dục và Đào tạo Hải Phòng",
    school_code="31000001",
    place="An Biên",
)
NAMES = ("Nguyễn Thị Phượng Uyên", "Trần Văn Bảo", "Đặng Thị Ngọc Ánh", "Lê Hoàng Bảo Trân")
TEACHER = Signature(Role.SUBJECT_TEACHER, "Trần Thị Ngọc Lan")
HOMEROOM = Signature(Role.HOMEROOM_TEACHER, "Lê Thị Hoa")
ADMINISTRATOR = Signature(Role.ADMINISTRATOR, "Bùi Đăng Khoa")
PRINCIPAL = Signature(Role.PRINCIPAL, "Nguyễn Thị Ngọc")
DEPUTY = Signature(Role.PRINCIPAL, "Vũ Minh Đức", deputy=True)
DATA = Attachment("bien-ban.json", b"{}", "application/json", "Bảng kê", "data")


def attached(number: int, content: bytes) -> Attachment:
    """A file of evidence, of any bytes."""
    name = f"minh-chung-{number:02}.jpg"
    return Attachment(name, content, "image/jpeg", "Bài kiểm tra", "source")


def step(signature: Signature, minutes: int, *, instead_of: str | None = None) -> Step:
    """A step taken some minutes after the first one; its line's number follows from that."""
    at = BEGAN + timedelta(minutes=minutes)
    return Step(signature.name, signature.role, at, 1_200 + minutes, instead_of)


def corrected(number: int, name: str = "") -> Corrected:
    line = CorrectionLine(
        pupil=PupilId(numbered_id(200 + number)),
        column=("final", "regular-1", "midterm")[number % 3],
        before=Mark.of(("7.5", "8.0", "0.0", "")[number % 4]),
        after=Mark.of(("8.5", "10.0", "6.5")[number % 3]),
    )
    return Corrected(line, f"2100{number:06}", name or NAMES[number % len(NAMES)])


def record(count: int = 3, /, **changed: object) -> Record:
    """A biên bản of so many lines; or with what is changed."""
    told: dict[str, Any] = {
        **_of_the_sheet(),
        "course": COURSE,
        "lines": tuple(corrected(number) for number in range(1, count + 1)),
        "evidence": (_exhibit(1, "image/jpeg", 1), _exhibit(2, "application/pdf", 3)),
        "consequences": _consequences(),
        "papers": tuple(PaperKind),
        "keeping": Keeping(years_after_leaving=0, ordered_by="Quy chế của trường"),
        "signatures": (TEACHER, ADMINISTRATOR, PRINCIPAL),
        "head": Head(1_240, ROOT),
        "facts": (FactLine(1_200, "correction-requested"),),
    }
    return Record(**{**told, **changed})


def _of_the_sheet() -> dict[str, Any]:
    return {
        "number": 7,
        "request_number": 42,
        "made_at": BEGAN + timedelta(minutes=65),
        "school": SCHOOL,
        "address": "https://so-diem.example.edu.vn",
        "correction_id": FIX,
        "sheet_id": sheet_id_of("2026-2027", 1, "6A1", "toan"),
        "school_year": "2026-2027",
        "semester": 1,
        "class_group": "6A1",
        "subject": "toan",
        "kind": SubjectKind.SCORED,
        "circular": "tt22",
        "cause": CorrectionCause.MISSED_WORK,
        "reason": "Chấm sót câu 4 của bài kiểm tra giữa kì",
        "found_by": FoundBy.PARENT,
        "late_because": (LateReason.FINAL_MARK,),
    }


COURSE = Course(
    requested=step(TEACHER, 0),
    questions=(
        Asked(step(PRINCIPAL, 12), "Bài của em Bảo đâu?", is_answer=False),
        Asked(step(TEACHER, 13), "Đã bổ sung ảnh chụp.", is_answer=True),
    ),
    confirmed=step(HOMEROOM, 10),
    approval=Approval(
        step(PRINCIPAL, 25), "9c" * 32, Attestation(method=ApprovalMethod.PASSWORD_TOTP)
    ),
    executed_by=(step(TEACHER, 30), step(ADMINISTRATOR, 33)),
    executed_at=BEGAN + timedelta(minutes=33),
    relocked_at=BEGAN + timedelta(minutes=33),
)


def _exhibit(number: int, media_type: str, sheets: int) -> Exhibit:
    digest = f"{number}b2c3d4e" * 8
    file = Evidence(
        kind=EvidenceKind.TEST_PAPER, sha256=digest, size=345_678, media_type=media_type
    )
    return Exhibit(file, f"minh-chung-{number:02}", sheets)


def _consequences() -> Consequences:
    pupil = PupilId(numbered_id(201))
    better = StudyResult(level="Tốt", base="Tốt")
    changes = (
        Difference(pupil, Term.SEMESTER_1, Part.SUBJECT, "toan", Mark.of("7.9"), Mark.of("8.1")),
        Difference(pupil, Term.SEMESTER_1, Part.STUDY, None, None, better),
        Difference(pupil, Term.YEAR, Part.AWARD, None, None, "Học sinh Giỏi"),
    )
    outdated = ("Học bạ in ngày 12/10/2026 mang điểm cũ.",)
    return Consequences(known=True, changes=changes, names={pupil: NAMES[1]}, outdated=outdated)
