"""Who is erased stays erased, what others need stays, and so does all where the rules refuse."""

from pathlib import Path
from typing import Any
from uuid import uuid4, uuid5

import pytest

from ledger.people import Pupil
from ledger.privacy import commands
from ledger.privacy.facts import ErasureId
from ledger.privacy.leaving import Leaver
from ledger.privacy.refusals import (
    CorrectionsStillOpen,
    ErasureNeedsAnother,
    PersonalDataIsErased,
    RetentionNotOver,
)
from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.school.commands import EnrolPupils, LeaveSchool
from ledger.school.refusals import PupilWasErased
from ledger.verification.verifying import verify
from ledger.vocabulary import CommandId, CorrectionId, PupilId, Role
from tests.browser.stage import Stage, copied_stage
from tests.school import CLOCKWORK, HOA, KHOA, LAN, MAI, NGOC, numbered_id
from tests.web.conftest import SignIn
from tests.web.filed import OLD, dossier_of, draft, file_old_dossier, papers
from tests.web.leavers import (
    CLASS,
    ERASURE,
    FIRST_DAY,
    LEFT_ON,
    MATHS,
    MINH,
    NGA,
    SHORT,
    YEAR,
    ask_to_erase,
    decides,
    erase,
    evidence_of,
    open_old_year,
)


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a year long over, in which Ngà is asked to be erased, made once."""
    folder = tmp_path_factory.mktemp("erased") / "school"
    with copied_stage(built_school, folder) as stage:
        open_old_year(stage)
        ask_to_erase(stage)
    return folder


def test_a_file_that_somebody_else_needs_later_stays(stage: Stage) -> None:
    files, desk = evidence_of(stage), stage.desk
    correction = desk.corrections.list(with_evidence=files[0])[0]
    photos = [desk.evidence.read(one) for one in files]
    erase(stage)
    for photo in photos:
        desk.evidence.put(photo)
    version = desk.ledger.sheet(MATHS).cell((MINH, "midterm")).version
    again = {"correction_id": CorrectionId(numbered_id(8202)), "evidence": correction.evidence}
    stage.says(LAN.about(MATHS), "requests", (MINH, "midterm", "6.5", version), **again)
    desk.dispose_of_erased()
    assert desk.evidence.digests() >= set(files)
    assert not desk.vault.known_of([NGA])


def test_the_code_of_an_erased_pupil_names_somebody_new(stage: Stage) -> None:
    erase(stage)
    people = stage.desk.people
    assert people.pupils_by_code(["9Q7-0412"]) == {}
    new = Pupil(pupil_id=PupilId(uuid4()), code="9Q7-0412", family_name="Lò Thị", given_name="Sen")
    people.register_pupils([new])
    assert people.pupils_by_code(["9Q7-0412"])["9Q7-0412"].pupil_id == new.pupil_id
    assert stage.desk.names().pupil(NGA) == "(đã xóa dữ liệu cá nhân) #008101"


def test_who_is_erased_stays_erased(stage: Stage) -> None:
    erase(stage)
    asked: dict[str, Any] = {"command_id": CommandId(uuid4()), "by": CLOCKWORK.author}
    of_year: dict[str, Any] = {"school_year": YEAR, "at": stage.clock()}
    leaves = LeaveSchool(**asked, **of_year, pupil=NGA, until=LEFT_ON, reason="Chuyển trường")
    stage.desk.handle(leaves)
    asked["command_id"] = CommandId(uuid4())
    back = {"class_group": CLASS, "pupils": (NGA,), "since": FIRST_DAY}
    with pytest.raises(PupilWasErased):
        stage.desk.handle(EnrolPupils.model_validate({**asked, **of_year, **back}))
    for command in (commands.LiftRestriction, commands.RestrictPersonalData):
        with pytest.raises(PersonalDataIsErased):
            decides(stage, NGOC, command, pupil=NGA, reason="Xin xem lại")
    # Somebody who writes past the rules gets no further than the next start.
    known = Pupil(pupil_id=NGA, code="9Q7-0412", family_name="Kiều", given_name="Ngà")
    stage.desk.people.register_pupils([known])
    assert stage.desk.names().pupil(NGA) == "(đã xóa dữ liệu cá nhân) #008101"
    stage.desk.dispose_of_erased()
    assert not stage.desk.vault.known_of([NGA])


def refused_to_erase(stage: Stage) -> type[Refused]:
    with pytest.raises(Refused) as caught:
        erase(stage)
    assert NGA not in stage.desk.ledger.privacy().erased
    assert stage.desk.vault.known_of([NGA])
    assert stage.desk.evidence.digests() >= set(evidence_of(stage))
    return type(caught.value)


def test_nothing_is_destroyed_while_a_law_orders_keeping(stage: Stage) -> None:
    longer = SHORT.model_copy(update={"years": 50})
    decides(stage, NGOC, commands.SetRetention, retention=longer)
    assert refused_to_erase(stage) is RetentionNotOver


def test_nothing_is_destroyed_while_a_mark_is_disputed(stage: Stage) -> None:
    version = stage.desk.ledger.sheet(MATHS).cell((NGA, "midterm")).version
    correction = stage.desk.corrections.list()[0]
    again = {"correction_id": CorrectionId(numbered_id(8203)), "evidence": correction.evidence}
    stage.says(LAN.about(MATHS), "requests", (NGA, "midterm", "9.0", version), **again)
    assert refused_to_erase(stage) is CorrectionsStillOpen


def test_a_form_sent_again_after_all_those_years_registers_nobody(
    stage: Stage, signed_in: SignIn
) -> None:
    """The id of who is transferred in is made of the form's own id."""
    form = uuid4()
    pupil = PupilId(uuid5(form, "pupil"))
    asked: dict[str, Any] = {"command_id": CommandId(uuid4()), "by": CLOCKWORK.author}
    group: dict[str, Any] = {"school_year": YEAR, "class_group": CLASS, "since": FIRST_DAY}
    stage.desk.handle(EnrolPupils(**asked, **group, at=stage.clock(), pupils=(pupil,)))
    other = ErasureId(numbered_id(8303))
    ask_to_erase(stage, pupil, other)
    decides(stage, NGOC, commands.ApproveErasure, erasure_id=other)
    fields = {
        "command_id": str(form),
        "code": "9Q7-0499",
        "family_name": "Lò Thị",
        "given_name": "Sen",
        "since": FIRST_DAY.isoformat(),
        "reason": "Chuyển đến theo đơn",
    }
    page = f"/quan-tri/nam-hoc/{YEAR}/danh-sach/{CLASS}/tiep-nhan"
    answer = signed_in("khoa").post(page, data=fields)
    assert answer.status_code == 409
    assert "nhập em như học sinh mới" in answer.text
    assert not stage.desk.vault.known_of([pupil])


def test_who_wrote_the_request_down_does_not_approve_it(stage: Stage) -> None:
    principal = MAI.acting_as(Role.PRINCIPAL)
    with pytest.raises(ErasureNeedsAnother):
        decides(stage, principal, commands.ApproveErasure, erasure_id=ERASURE)


def test_a_dossier_of_the_erased_alone_goes_with_them(stage: Stage) -> None:
    file_old_dossier(stage)
    desk, newest = stage.desk, dossier_of(stage, OLD).revision.sha256
    paper = desk.evidence.read(newest)
    erase_with_all_files(stage)
    assert newest in desk.ledger.privacy().erased[NGA].evidence
    assert newest not in desk.evidence.digests()
    desk.evidence.put(paper)
    desk.dispose_of_erased()
    assert newest not in desk.evidence.digests()
    report = verify(desk.engine, evidence=desk.evidence)
    assert report.is_clean, report.findings


def test_a_dossier_of_somebody_else_too_stays(stage: Stage) -> None:
    file_old_dossier(stage)
    correction_id = CorrectionId(numbered_id(8204))
    correct_both(stage, correction_id)
    draft(stage, correction_id, 2)
    erase_with_all_files(stage)
    kept = dossier_of(stage, correction_id).revision.sha256
    assert kept in stage.desk.evidence.digests()
    assert kept not in stage.desk.ledger.privacy().erased[NGA].evidence


def erase_with_all_files(stage: Stage) -> None:
    """Approve the erasure with all files that may go, as the page does."""
    desk = stage.desk
    leaver = Leaver(NGA, desk.ledger.privacy(), desk.ledger, local_day(stage.clock()))
    files = tuple(sorted(leaver.evidence))
    decides(stage, NGOC, commands.ApproveErasure, erasure_id=ERASURE, evidence=files)


def correct_both(stage: Stage, correction_id: CorrectionId) -> None:
    sheet = stage.desk.ledger.sheet(MATHS)
    cells = [
        (pupil, "midterm", "8.5", sheet.cell((pupil, "midterm")).version) for pupil in (NGA, MINH)
    ]
    lan = LAN.about(MATHS)
    kept = papers(stage, "both")
    stage.says(lan, "requests", *cells, correction_id=correction_id, evidence=kept)
    stage.says(HOA.about(MATHS), "confirms", correction_id)
    stage.says(NGOC.about(MATHS), "approves", correction_id)
    stage.says(lan, "executes", correction_id)
    stage.says(KHOA.about(MATHS), "executes", correction_id)
