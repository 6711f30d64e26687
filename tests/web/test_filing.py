"""A dossier from the executed correction to the archive: file and line always fit together."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.credentials.commands import WithdrawCertificate
from ledger.credentials.facts import SigningWay
from ledger.dossiers.refusals import (
    CertificateNotEnrolled,
    DraftIsSigned,
    NotYourSignature,
    NotYourTurnToSign,
    SignaturesAreMissing,
)
from ledger.dossiers.state import DossierStatus
from ledger.refusal import Refused
from ledger.verification.verifying import verify
from ledger.vocabulary import CorrectionId, Role
from tests.browser.stage import PUPILS, Stage, copied_stage
from tests.school import DUC, HOA, KHOA, LAN, NGOC, REASON, Voice, numbered_id
from tests.web import dying_filer
from tests.web.filed import correct
from tests.web.signing_staff import (
    PIN,
    asked,
    correct_a_mark,
    corrected,
    filed,
    give_keys,
    open_small_school,
    signs,
)
from tests.web.test_disposing import ROOT, opened, settings
from web.dossiers.files import newest_file
from web.dossiers.filing import archive, draft, sign, take_upload
from web.dossiers.turns import Turn
from web.refusals import DossierFileLost, SignedFileUnfit
from web.settings import Settings
from web.signing.means import by_school, trust_of
from web.signing.validating import signatures_of

__all__ = ["settings"]

OTHER = CorrectionId(numbered_id(8501))


@pytest.fixture
def small(settings: Settings) -> Iterator[Stage]:
    """A school on one of the two databases, with a corrected mark and keys to sign with."""
    with opened(settings) as stage:
        open_small_school(stage)
        correct_a_mark(stage)
        give_keys(stage)
        yield stage


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a biên bản that awaits its first signature, made once."""
    folder = tmp_path_factory.mktemp("filing") / "school"
    with copied_stage(built_school, folder) as stage:
        correct_a_mark(stage)
        give_keys(stage)
        draft(stage.desk, corrected(stage.desk), KHOA.author)
    return folder


def signed_elsewhere(stage: Stage, voice: Voice, pdf: bytes | None = None) -> bytes:
    """What comes back when somebody signs the file that was taken away."""
    turn = Turn(stage.desk, filed(stage.desk), voice.author, voice.author.role)
    signer = by_school(stage.desk, voice.person, PIN, address="")
    return signer.sign(pdf or turn.file, turn.asked(signer.way))


def refuses_upload(stage: Stage, uploaded: bytes, voice: Voice = LAN) -> object:
    """Why a file is refused; nothing of it is kept."""
    desk, before = stage.desk, stage.desk.evidence.digests()
    with pytest.raises(SignedFileUnfit) as caught:
        take_upload(desk, filed(desk), uploaded, voice.author, voice.author.role)
    assert desk.evidence.digests() == before
    assert len(filed(desk).signatures) == 0
    return caught.value.details["why"]


def test_three_sign_and_it_is_archived(small: Stage) -> None:
    desk, photos = small.desk, small.desk.evidence.digests()
    draft(desk, corrected(desk), KHOA.author)
    for voice in (LAN, KHOA, NGOC):
        small.clock.forward(minutes=5)
        signs(small, voice)
        assert desk.evidence.digests() == photos | {filed(desk).revision.sha256}
    assert filed(desk).status is DossierStatus.COMPLETE
    archive(desk, filed(desk), NGOC.author)
    dossier = filed(desk)
    assert dossier.status is DossierStatus.ARCHIVED
    assert desk.evidence.digests() == photos | {dossier.revision.sha256}
    pdf = newest_file(desk, dossier)
    assert [len(pdf) >= each.size for each in dossier.revisions] == [True] * 5
    found = signatures_of(pdf, trust_of(desk), at=small.clock())
    assert [one.field for one in found] == ["subject-teacher", "administrator", "principal"]
    assert all(one.holds and one.internal for one in found)
    assert [one.covers for one in found] == [one.fact.revision.size for one in dossier.signatures]
    report = verify(desk.engine, evidence=desk.evidence)
    assert report.is_clean, report.findings
    assert "evidence-orphaned" not in report.counts


def test_drafted_twice_it_is_one_paper(stage: Stage) -> None:
    desk, before = stage.desk, filed(stage.desk)
    files = desk.evidence.digests()
    assert draft(desk, corrected(desk), LAN.author) == before
    assert desk.evidence.digests() == files


def test_two_papers_made_at_once_have_two_numbers(stage: Stage) -> None:
    desk = stage.desk
    others = [OTHER, CorrectionId(numbered_id(8502))]
    for number, one in enumerate(others, 2):
        correct(stage, one, PUPILS[number], f"regular-{number}")
    files = desk.evidence.digests()
    with ThreadPoolExecutor(2) as threads:
        views = [corrected(desk, one) for one in others]
        made = list(threads.map(lambda view: draft(desk, view, LAN.author), views))
    assert {one.drafted.number for one in made} == {2, 3}
    assert desk.evidence.digests() == files | {one.revision.sha256 for one in made}


def test_made_anew_it_keeps_its_number_and_the_file_before_is_gone(stage: Stage) -> None:
    desk, before = stage.desk, filed(stage.desk)
    stage.clock.forward(hours=1)
    draft(desk, corrected(desk), LAN.author, reason=REASON)
    anew = filed(desk)
    assert (anew.drafted.number, anew.drafted.reason) == (before.drafted.number, REASON)
    assert before.revision.sha256 not in desk.evidence.digests()
    signs(stage, LAN)
    with pytest.raises(DraftIsSigned):
        draft(desk, corrected(desk), LAN.author, reason=REASON)
    assert filed(desk).revision.sha256 in desk.evidence.digests()
    stage.clock.forward(hours=1)
    draft(desk, corrected(desk), NGOC.author, reason=REASON)
    assert not filed(desk).signatures
    assert verify(desk.engine, evidence=desk.evidence).is_clean


def test_nobody_signs_in_the_place_of_another_or_before_the_turn(stage: Stage) -> None:
    desk = stage.desk
    signer = by_school(desk, KHOA.person, PIN, address="")
    with pytest.raises(NotYourTurnToSign):
        sign(desk, filed(desk), signer, KHOA.author, Role.ADMINISTRATOR)
    with pytest.raises(NotYourSignature):
        sign(desk, filed(desk), signer, KHOA.author, Role.SUBJECT_TEACHER)
    with pytest.raises(SignaturesAreMissing):
        archive(desk, filed(desk), KHOA.author)
    stranger = HOA.acting_as(Role.HOMEROOM_TEACHER)
    with pytest.raises(NotYourSignature):
        take_upload(desk, filed(desk), b"%PDF", stranger.author, Role.HOMEROOM_TEACHER)


def test_a_file_signed_elsewhere_is_taken_once(stage: Stage) -> None:
    desk = stage.desk
    uploaded = signed_elsewhere(stage, LAN)
    take_upload(desk, filed(desk), uploaded, LAN.author, Role.SUBJECT_TEACHER)
    dossier = filed(desk)
    assert newest_file(desk, dossier) == uploaded
    assert take_upload(desk, dossier, uploaded, LAN.author, Role.SUBJECT_TEACHER) == dossier


def test_a_file_that_is_not_this_paper_with_one_signature_more_is_refused(stage: Stage) -> None:
    desk, ours = stage.desk, newest_file(stage.desk, filed(stage.desk))
    assert refuses_upload(stage, b"GIF89a") == "not-a-continuation"
    assert refuses_upload(stage, ours) == "not-signed"
    correct(stage, OTHER, PUPILS[1], "regular-1")
    foreign = newest_file(desk, draft(desk, corrected(desk, OTHER), LAN.author))
    assert refuses_upload(stage, signed_elsewhere(stage, LAN, foreign)) == "not-a-continuation"
    assert refuses_upload(stage, ours + b"\n%%EOF\n") in {"unreadable", "not-signed"}
    assert refuses_upload(stage, signed_elsewhere(stage, KHOA, ours)) == "wrong-field"


def test_a_signature_that_was_cut_off_does_not_come_back(stage: Stage) -> None:
    desk, stripped = stage.desk, newest_file(stage.desk, filed(stage.desk))
    signs(stage, LAN)
    uploaded = signed_elsewhere(stage, KHOA, stripped)
    with pytest.raises(SignedFileUnfit) as caught:
        take_upload(desk, filed(desk), uploaded, KHOA.author, Role.ADMINISTRATOR)
    assert caught.value.details["why"] == "not-a-continuation"


def test_a_certificate_that_was_withdrawn_signs_nothing(stage: Stage) -> None:
    desk, signed = stage.desk, signed_elsewhere(stage, LAN)
    (mine,) = desk.ledger.credentials().certificates_of(LAN.person)
    withdraws = WithdrawCertificate(
        **asked(stage, LAN), certificate=mine.sha256, reason="Lộ mã PIN"
    )
    desk.handle(withdraws)
    with pytest.raises(CertificateNotEnrolled):
        take_upload(desk, filed(desk), signed, LAN.author, Role.SUBJECT_TEACHER)


def test_a_lost_file_is_told_and_nothing_is_signed(stage: Stage) -> None:
    desk = stage.desk
    desk.evidence.remove(filed(desk).revision.sha256)
    with pytest.raises(DossierFileLost) as caught:
        signs(stage, LAN)
    assert isinstance(caught.value, Refused)
    assert caught.value.details["sha256"] == filed(desk).revision.sha256
    assert not filed(desk).signatures


def test_who_dies_before_the_line_loses_nothing(stage: Stage, tmp_path: Path) -> None:
    """At worst a file is left that no line needs, which a verification tells."""
    desk, before = stage.desk, filed(stage.desk)
    files = desk.evidence.digests()
    die_at(tmp_path / "school", "sign", "command")
    assert filed(desk) == before
    assert newest_file(desk, before)
    assert len(desk.evidence.digests() - files) == 1
    report = verify(desk.engine, evidence=desk.evidence)
    assert report.is_clean
    assert report.counts["evidence-orphaned"] == 1


def test_who_dies_after_the_line_leaves_the_old_file_to_the_next_start(
    stage: Stage, tmp_path: Path
) -> None:
    desk, before = stage.desk, filed(stage.desk).revision.sha256
    folder = tmp_path / "school"
    die_at(folder, "draft", "remove")
    newest = filed(desk).revision.sha256
    assert newest != before
    assert {before, newest} <= desk.evidence.digests()
    assert verify(desk.engine, evidence=desk.evidence).counts["evidence-orphaned"] == 1
    with opened(Settings.in_folder(folder)) as later:
        assert before not in later.desk.evidence.digests()
        assert newest_file(later.desk, filed(later.desk))


def die_at(folder: Path, what: str, step: str) -> None:
    settings = Settings.in_folder(folder)
    dies = [sys.executable, dying_filer.__file__, settings.url, str(folder), what, step]
    dead = subprocess.run(dies, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert dead.returncode == dying_filer.DIED


def test_a_deputy_signs_in_the_principals_place_and_as_a_deputy(stage: Stage) -> None:
    desk = stage.desk
    of_principal = Turn(desk, filed(desk), NGOC.author, Role.PRINCIPAL).asked(SigningWay.SCHOOL)
    of_deputy = Turn(desk, filed(desk), DUC.author, Role.PRINCIPAL).asked(SigningWay.SCHOOL)
    assert of_principal.field == of_deputy.field == "principal"
    assert of_principal.reason.endswith("số 01/BB-THCSHP với tư cách hiệu trưởng")
    assert of_deputy.reason.endswith("với tư cách phó hiệu trưởng")
    assert (of_deputy.name, of_deputy.place) == ("Vũ Minh Đức", "Hà Nội")
