"""Every refusal and every fact has its sentence, and the sentences say what they should."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import get_args
from uuid import UUID, uuid4

import pytest

import ledger
import web
from ledger.refusal import NotForYourRole, Refused
from ledger.sheet import refusals
from ledger.sheet.commands import AnyCommand
from ledger.sheet.correction import CorrectionStatus
from ledger.sheet.state import Cell
from ledger.store.codec import FACTS as KEPT_FACTS
from ledger.vocabulary import Mark, PersonId, PupilId, Role, SubjectKind
from web import refusals as web_refusals
from web.wording import (
    ATTEMPTS,
    CORRECTION_STATUSES,
    FACTS,
    REFUSALS,
    ROLES,
    SUBJECTS,
    refusal_sentence,
)


class Known:
    """Names for the tests."""

    def staff(self, person: UUID | None) -> str:
        return "Trần Thị Lan" if person else "(không rõ tên)"

    def pupil(self, _pupil: PupilId) -> str:
        return "Nguyễn Văn An"


@dataclass
class Told:
    """A refusal and what its sentence must say."""

    refused: Refused
    words: tuple[str, ...]


NOON = datetime(2026, 10, 5, 5, 0, tzinfo=UTC)
PUPIL, TEACHER = PupilId(uuid4()), PersonId(uuid4())
CELLS = [(PUPIL, "midterm")]


def every_refusal() -> list[type[Refused]]:
    """Import every room, so that no refusal declared anywhere is missed."""
    for package in (ledger, web):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    found, waiting = [], [Refused]
    while waiting:
        below = waiting.pop().__subclasses__()
        found += [each for each in below if "code" in vars(each)]
        waiting += below
    return found


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal() -> None:
    codes = [refusal.code for refusal in every_refusal()]
    assert len(set(codes)) == len(codes)
    assert set(REFUSALS) == set(codes)


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_sentence_stands_even_without_details(code: str) -> None:
    sentence = REFUSALS[code]({}, Known())
    assert sentence.endswith((".", "?"))
    assert unicodedata.is_normalized("NFC", sentence)
    assert "None" not in sentence


@pytest.mark.parametrize(
    "told",
    [
        Told(
            refusals.SheetIsLocked(
                column="midterm",
                whole_sheet=True,
                by=TEACHER,
                role=Role.PRINCIPAL,
                at=NOON,
                reason="Khóa sổ giữa kì",
                until=None,
                cells=CELLS,
            ),
            (
                "Bảng điểm đã bị khóa bởi hiệu trưởng Trần Thị Lan lúc 12:00 ngày 05/10/2026.",
                "Lý do: Khóa sổ giữa kì. Muốn sửa, hãy gửi đề nghị sửa điểm.",
            ),
        ),
        Told(
            refusals.SheetIsLocked(
                column="midterm",
                whole_sheet=False,
                by=TEACHER,
                role=Role.PRINCIPAL,
                at=NOON,
                reason="Bù",
                until=NOON,
                cells=CELLS,
            ),
            ("Cột ĐĐGgk được hiệu trưởng Trần Thị Lan mở khóa đến 12:00", "nay đã khóa lại"),
        ),
        Told(refusals.DeadlineHasPassed(column="final", deadline=NOON), ("ĐĐGck", "12:00")),
        Told(
            refusals.DeadlineHasPassed(
                column="final",
                deadline=NOON,
                by=TEACHER,
                role=Role.PRINCIPAL,
                at=NOON - timedelta(hours=4),
                reason="Lịch của Sở",
            ),
            ("Hạn do hiệu trưởng Trần Thị Lan đặt lúc 08:00 ngày 05/10/2026, lý do: Lịch của Sở",),
        ),
        Told(
            refusals.ColumnIsClosed(column="midterm", by=TEACHER, at=NOON, cells=CELLS),
            ("Trần Thị Lan chốt lúc 12:00",),
        ),
        Told(
            refusals.CellsMovedOn(
                cells=[(PUPIL, "midterm", Cell(Mark.of("8.0"), 3, TEACHER, NOON))]
            ),
            ("Nguyễn Văn An (ĐĐGgk, Trần Thị Lan sửa lúc 12:00",),
        ),
        Told(
            refusals.MarkDoesNotFitSubject(cells=CELLS, kind=SubjectKind.COMMENT),
            ("Nguyễn Văn An (ĐĐGgk)", "Đ (Đạt) hoặc CĐ"),
        ),
        Told(
            NotForYourRole(role=Role.SECRETARY, allowed=[Role.PRINCIPAL]),
            ("vai trò thư ký", "dành cho hiệu trưởng"),
        ),
        Told(refusals.CorrectionIsSettled(status=CorrectionStatus.REFUSED), ("bị từ chối",)),
        Told(refusals.EvidenceIsMissing(kinds=["teacher-book"]), ("ảnh sổ cá nhân",)),
        Told(refusals.ColumnHasBlanks(column="midterm", pupils=[PUPIL] * 7), ("và 2 mục khác",)),
        Told(web_refusals.TooManySignIns(seconds=40), ("sau 40 giây",)),
        Told(web_refusals.AccountLacksRole(roles=[Role.PRINCIPAL]), ("(hiệu trưởng)",)),
        Told(web_refusals.EvidenceUnfit(why="encrypted", name="a.pdf"), ("“a.pdf” có mật khẩu",)),
    ],
    ids=lambda told: told.refused.code,
)
def test_a_sentence_says_who_when_and_what_now(told: Told) -> None:
    sentence = refusal_sentence(told.refused, Known())
    for words in told.words:
        assert words in sentence


def test_every_fact_has_a_sentence() -> None:
    assert set(FACTS) == set(KEPT_FACTS)


def test_every_command_can_be_named_as_an_attempt() -> None:
    parts = get_args(AnyCommand)
    assert set(ATTEMPTS) == {command.NAME for command in parts}


def test_every_role_and_status_has_a_word() -> None:
    assert set(ROLES) == set(Role)
    assert set(CORRECTION_STATUSES) == set(CorrectionStatus)


def test_the_subjects_are_eight_with_marks_and_four_with_comments() -> None:
    kinds = [subject.kind for subject in SUBJECTS.values()]
    assert kinds.count(SubjectKind.SCORED) == 8
    assert kinds.count(SubjectKind.COMMENT) == 4
    assert [SUBJECTS["cong-nghe"].regular_count_in(grade) for grade in (6, 7, 8, 9)] == [2, 2, 3, 3]
