"""What a biên bản says is what the ledger says, of then and not of now."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from ledger.dossiers.facts import PaperKind
from ledger.dossiers.refusals import CorrectionNotExecuted
from ledger.school.commands import DescribeSchool
from ledger.sheet.grounds import CorrectionCause, Evidence, EvidenceKind, FoundBy, LateReason
from ledger.sheet.refusals import NoSuchCorrection
from ledger.vocabulary import CommandId, Mark, Role
from tests.browser.stage import MATHS, PUPILS, Stage, copied_stage
from tests.school import (
    ANSWER,
    CLOCKWORK,
    DUC,
    FIX,
    FIX_AGAIN,
    HOA,
    KHOA,
    LAN,
    NGOC,
    QUESTION,
)
from tests.staff import delegate
from tests.web.filed import correct, draft, papers
from tests.web.files import pdf
from tests.web.published import describe
from web.dossiers.contents import gather
from web.dossiers.record import Exhibit, Record, Signature
from web.refusals import EvidenceNotKept


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with one corrected mark, made once."""
    folder = tmp_path_factory.mktemp("corrected") / "school"
    with copied_stage(built_school, folder) as stage:
        describe(stage)
        correct(stage, FIX, PUPILS[0], "midterm")
    return folder


def record_of(stage: Stage) -> Record:
    return gather(stage.desk, FIX, at=stage.clock())


def test_it_says_who_did_what_by_which_line(stage: Stage) -> None:
    record = record_of(stage)
    assert record.course.requested.who == "Trần Thị Ngọc Lan"
    assert record.course.confirmed
    assert (record.course.confirmed.who, record.course.confirmed.role) == (
        "Lê Thị Hoa",
        Role.HOMEROOM_TEACHER,
    )
    assert record.course.approval.step.who == "Nguyễn Thị Ngọc"
    assert [step.who for step in record.course.executed_by] == [
        "Trần Thị Ngọc Lan",
        "Bùi Đăng Khoa",
    ]
    assert record.course.executed_at == record.course.relocked_at == stage.clock()
    (one,) = record.lines
    assert (one.code, one.name) == ("HS0001", "Trần Văn Bảo")
    assert (one.line.before, one.line.after) == (Mark.of("0.0"), Mark.of("8.5"))
    assert (record.cause, record.found_by) == (CorrectionCause.ADDING_UP, FoundBy.PUPIL)
    assert record.signatures == (
        Signature(Role.SUBJECT_TEACHER, "Trần Thị Ngọc Lan"),
        Signature(Role.ADMINISTRATOR, "Bùi Đăng Khoa"),
        Signature(Role.PRINCIPAL, "Nguyễn Thị Ngọc"),
    )


def test_its_lines_are_those_of_the_correction_and_its_head_the_ledgers(stage: Stage) -> None:
    record = record_of(stage)
    stored = stage.desk.ledger.recorder.select_notifications(1, 1_000)
    assert [one.name for one in record.facts] == [
        "correction-requested",
        "correction-confirmed",
        "correction-approved",
        "correction-execution-agreed",
        "correction-execution-agreed",
        "mark-corrected",
        "correction-executed",
        "column-relocked",
    ]
    by_position = {line.id: line.topic for line in stored}
    assert all(by_position[one.position].startswith(one.name) for one in record.facts)
    head = stage.desk.ledger.recorder.head()
    assert (record.head.position, record.head.root) == (head.position, head.root.hex())


def test_evidence_is_counted_by_sheets(stage: Stage) -> None:
    photo = papers(stage, "a sheet")[0]
    scanned = pdf(pages=3)
    kept = stage.desk.evidence.put(scanned)
    scan = Evidence(
        kind=EvidenceKind.TEST_PAPER, sha256=kept, size=len(scanned), media_type="application/pdf"
    )
    correct(stage, FIX_AGAIN, PUPILS[1], "regular-1", evidence=(photo, scan))
    record = gather(stage.desk, FIX_AGAIN, at=stage.clock())
    assert record.evidence == (
        Exhibit(photo, "minh-chung-01.png", 1),
        Exhibit(scan, "minh-chung-02.pdf", 3),
    )


def test_no_paper_tells_of_what_is_not_done(stage: Stage) -> None:
    with pytest.raises(NoSuchCorrection):
        gather(stage.desk, FIX_AGAIN, at=stage.clock())
    lan = LAN.about(MATHS)
    cell = (PUPILS[0], "midterm", "9.0", stage.version(1, "midterm"))
    stage.says(lan, "requests", cell, correction_id=FIX_AGAIN, evidence=papers(stage, "again"))
    with pytest.raises(CorrectionNotExecuted):
        gather(stage.desk, FIX_AGAIN, at=stage.clock())


@pytest.mark.parametrize("content", [None, b"another"], ids=["lost", "altered"])
def test_what_cannot_be_attached_is_not_passed_over(stage: Stage, content: bytes | None) -> None:
    digest = record_of(stage).evidence[1].file.sha256
    (place,) = stage.desk.settings.data_folder.glob(f"evidence/*/{digest}")
    place.write_bytes(content) if content else place.unlink()
    with pytest.raises(EvidenceNotKept):
        record_of(stage)


def test_it_keeps_its_number_and_the_next_one_gets_the_next(stage: Stage) -> None:
    assert record_of(stage).number == 1
    correct(stage, FIX_AGAIN, PUPILS[1], "regular-1")
    draft(stage, FIX, 1)
    assert record_of(stage).number == 1
    assert gather(stage.desk, FIX_AGAIN, at=stage.clock()).number == 2


def test_the_school_is_called_what_it_was_called_that_day(stage: Stage) -> None:
    described = stage.desk.ledger.school().descriptions[-1]
    tomorrow = stage.clock() + timedelta(days=1)
    named = described.model_copy(update={"since": tomorrow.date(), "governing_body": "UBND xã Mới"})
    stage.desk.handle(
        DescribeSchool(
            command_id=CommandId(uuid4()), by=CLOCKWORK.author, at=stage.clock(), **dict(named)
        )
    )
    assert record_of(stage).school == described
    assert gather(stage.desk, FIX, at=tomorrow).school == named


def test_a_deputy_who_decided_signs_in_the_principals_place(stage: Stage) -> None:
    delegate(stage.desk, DUC)
    asked(stage)
    stage.says(HOA.about(MATHS), "confirms", FIX_AGAIN)
    stage.says(DUC.acting_as(Role.PRINCIPAL).on_behalf_of(NGOC).about(MATHS), "approves", FIX_AGAIN)
    record = executed(stage)
    assert record.course.approval.step.who == "Vũ Minh Đức"
    assert record.course.approval.step.instead_of == "Nguyễn Thị Ngọc"
    assert record.signatures[-1] == Signature(Role.PRINCIPAL, "Vũ Minh Đức", deputy=True)


def test_questions_and_answers_are_told_with_the_evidence_that_came(stage: Stage) -> None:
    first, further = asked(stage), papers(stage, "further")
    stage.says(HOA.about(MATHS), "confirms", FIX_AGAIN)
    stage.says(NGOC.about(MATHS), "asks_back", FIX_AGAIN)
    stage.says(LAN.about(MATHS), "answers", FIX_AGAIN, evidence=further)
    stage.says(NGOC.about(MATHS), "approves", FIX_AGAIN)
    record = executed(stage)
    assert [(each.step.who, each.text, each.is_answer) for each in record.course.questions] == [
        ("Nguyễn Thị Ngọc", QUESTION, False),
        ("Trần Thị Ngọc Lan", ANSWER, True),
    ]
    assert [each.file for each in record.evidence] == [*first, *further]


def asked(stage: Stage) -> tuple[Evidence, ...]:
    """Let the teacher ask for another mark of the third pupil; the evidence brought along."""
    lan, evidence = LAN.about(MATHS), papers(stage, "first")
    stage.says(lan, "enters", (PUPILS[2], "regular-1", "4.0", 0))
    stage.says(lan, "closes", "regular-1", leaving_blanks=True)
    cell = (PUPILS[2], "regular-1", "5.0", stage.version(3, "regular-1"))
    stage.says(lan, "requests", cell, correction_id=FIX_AGAIN, evidence=evidence)
    return evidence


def executed(stage: Stage) -> Record:
    stage.says(LAN.about(MATHS), "executes", FIX_AGAIN)
    stage.says(KHOA.about(MATHS), "executes", FIX_AGAIN)
    return gather(stage.desk, FIX_AGAIN, at=stage.clock())


def test_what_is_found_late_names_the_papers_to_correct(stage: Stage) -> None:
    assert record_of(stage).papers == ()
    correct(stage, FIX_AGAIN, PUPILS[1], "final")
    late = gather(stage.desk, FIX_AGAIN, at=stage.clock())
    assert late.late_because == (LateReason.FINAL_MARK,)
    assert late.papers == tuple(PaperKind)


def test_without_a_planned_year_no_consequence_is_known(stage: Stage) -> None:
    assert not record_of(stage).consequences.known
