"""The ledger's own verification opens every dossier: what is wrong with one is a finding.

Each file here was kept by whoever has the application's hands, past what the program checks first.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ledger.credentials.facts import SigningWay
from ledger.dossiers import commands
from ledger.dossiers.facts import Revision
from ledger.verification import CODES
from tests.browser.stage import PUPILS, Stage, copied_stage
from tests.school import KHOA, LAN, NGOC, Voice
from tests.web.filed import correct, does, dossier_of
from tests.web.real_dossier import DOSSIER, give_keys, sign
from web.dossiers import filing
from web.dossiers.attached import attachments_of
from web.dossiers.contents import gather
from web.dossiers.document import draw
from web.signing.fields import with_fields
from web.verification.conducting import Brought, conduct


@pytest.fixture(scope="module")
def corrected(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with keys for those who sign, and a corrected mark without a dossier."""
    folder = tmp_path_factory.mktemp("corrected") / "school"
    with copied_stage(built_school, folder) as stage:
        give_keys(stage)
        correct(stage, DOSSIER, PUPILS[0], "regular-1")
    return folder


@pytest.fixture
def stage(corrected: Path, tmp_path: Path) -> Iterator[Stage]:
    with copied_stage(corrected, tmp_path / "school") as stage:
        yield stage


def verified(stage: Stage, *, with_keys: bool = True) -> tuple[dict[str, str], int]:
    """What verifying finds, by its code, and how many dossiers are right."""
    desk = stage.desk
    brought = Brought.of_school(desk.keys if with_keys else None, desk.evidence)
    report = conduct(desk.engine, brought, at=stage.clock(), by="", database="").report
    return {one.code: one.found for one in report.findings}, report.checked.get("dossiers", 0)


def drafts(stage: Stage) -> None:
    view = stage.desk.corrections.find(DOSSIER)
    assert view is not None
    filing.draft(stage.desk, view, LAN.author)


def keeps_draft(stage: Stage, pdf: bytes) -> None:
    record = gather(stage.desk, DOSSIER, at=stage.clock())
    does(
        stage,
        LAN,
        commands.DraftDossier,
        DOSSIER,
        sheet=record.sheet_id,
        number=record.number,
        revision=_kept(stage, pdf),
        position=record.head.position,
        root=record.head.root,
    )


def drafts_junk(stage: Stage) -> None:
    keeps_draft(stage, b"%PDF-1.7\n%%EOF\n")


def drafts_without_evidence(stage: Stage) -> None:
    record = gather(stage.desk, DOSSIER, at=stage.clock())
    data = [one for one in attachments_of(stage.desk, record) if one.relationship == "data"]
    drawn = draw(record, data)
    keeps_draft(stage, with_fields(drawn.pdf, drawn.boxes))


def keeps_signature(stage: Stage, voice: Voice, pdf: bytes) -> None:
    (certificate,) = stage.desk.ledger.credentials().certificates_of(voice.person)
    does(
        stage,
        voice,
        commands.SignDossier,
        DOSSIER,
        role=voice.author.role,
        previous=dossier_of(stage, DOSSIER).revision.sha256,
        revision=_kept(stage, pdf),
        certificate=certificate.sha256,
        way=SigningWay.SCHOOL,
        claimed_at=stage.clock(),
    )


def signs_nothing(stage: Stage) -> None:
    drafts(stage)
    keeps_signature(stage, LAN, newest(stage) + b"% signed, as it were\n")


def signs_another_paper(stage: Stage) -> None:
    """A signed file that does not begin with what the others have signed."""
    drafts(stage)
    sign(stage, LAN)
    keeps_signature(stage, KHOA, b"%PDF-1.7\n" + newest(stage))


def archives_nothing(stage: Stage) -> None:
    drafts(stage)
    for voice in (LAN, KHOA, NGOC):
        keeps_signature(stage, voice, newest(stage) + b"% signed, as it were\n")
    does(
        stage,
        KHOA,
        commands.ArchiveDossier,
        DOSSIER,
        previous=dossier_of(stage, DOSSIER).revision.sha256,
        revision=_kept(stage, newest(stage) + b"\n"),
        holds_until=date(2040, 1, 1),
    )


def newest(stage: Stage) -> bytes:
    return stage.desk.evidence.read(dossier_of(stage, DOSSIER).revision.sha256)


def _kept(stage: Stage, content: bytes) -> Revision:
    return Revision(sha256=stage.desk.evidence.put(content), size=len(content))


CASES: dict[str, Callable[[Stage], None]] = {
    "dossier-file-differs": drafts_junk,
    "dossier-content-differs": drafts_without_evidence,
    "dossier-signature-wrong": signs_nothing,
    "dossier-lines-differ": signs_another_paper,
    "dossier-archive-fails": archives_nothing,
}


def test_a_dossier_that_is_right_is_counted(stage: Stage) -> None:
    assert verified(stage) == ({}, 0)
    drafts(stage)
    sign(stage, LAN)
    assert verified(stage) == ({}, 1)
    assert verified(stage, with_keys=False) == ({}, 1)


@pytest.mark.parametrize("code", CASES)
def test_what_is_wrong_with_a_dossier_is_found(stage: Stage, code: str) -> None:
    CASES[code](stage)
    found, right = verified(stage)
    assert found.get(code), found
    assert right == 0


def test_every_code_of_dossiers_has_its_case() -> None:
    assert CASES.keys() == {code for code in CODES if code.startswith("dossier-")}


def test_a_draft_that_names_another_head_is_found(stage: Stage) -> None:
    record = gather(stage.desk, DOSSIER, at=stage.clock())
    does(
        stage,
        LAN,
        commands.DraftDossier,
        DOSSIER,
        sheet=record.sheet_id,
        number=record.number,
        revision=_kept(stage, b"%PDF-1.7\n"),
        position=record.head.position,
        root="a" * 64,
    )
    assert verified(stage)[0]["told-head-differs"] == record.head.root
