"""Attacks on the files of dossiers, and lines about signatures that nobody gave."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from ledger.credentials.facts import SigningWay
from ledger.dossiers.commands import SignDossier
from ledger.dossiers.facts import Revision
from ledger.dossiers.state import Dossier
from ledger.vocabulary import CommandId, Role
from tests.school import FIX, KHOA, NOW
from tests.tampering.attack import LOOKING, WITH_A_DOSSIER, Needs, attack
from tests.tampering.scene import Scene
from web.desk import Desk, open_desk

_YEAR = "2026-2027"
_ON = (WITH_A_DOSSIER,)


def _desk(scene: Scene) -> Desk:
    return open_desk(scene.place.settings, clock=lambda: NOW + timedelta(days=32))


def _dossier(scene: Scene) -> Dossier:
    desk = _desk(scene)
    dossier = desk.ledger.dossiers(_YEAR).of[FIX]
    desk.engine.dispose()
    return dossier


def _file(scene: Scene, digest: str) -> Path:
    return scene.place.data / "evidence" / digest[:2] / digest


def _newest(scene: Scene) -> Path:
    return _file(scene, _dossier(scene).revision.sha256)


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-altered", on=_ON)
def strip_the_last_signature(scene: Scene) -> None:
    paper, draft = _newest(scene), _dossier(scene).revisions[0]
    paper.write_bytes(paper.read_bytes()[: draft.size])


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-missing", on=_ON)
def put_the_draft_in_the_place_of_what_was_signed(scene: Scene) -> None:
    paper, draft = _newest(scene), _dossier(scene).revisions[0]
    older = _file(scene, draft.sha256)
    older.parent.mkdir(exist_ok=True)
    older.write_bytes(paper.read_bytes()[: draft.size])
    paper.unlink()


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-altered", on=_ON)
def add_to_a_signed_paper(scene: Scene) -> None:
    with _newest(scene).open("ab") as paper:
        paper.write(b"% one more page\n")


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-altered", on=_ON)
def put_other_evidence_into_a_signed_paper(scene: Scene) -> None:
    paper = _newest(scene)
    content = paper.read_bytes()
    place = content.index(b"/EmbeddedFile")
    stream = content.index(b"stream", place) + 20
    paper.write_bytes(content[:stream] + bytes(8) + content[stream + 8 :])


@attack(Needs.FILES, found_by=LOOKING, shown_as="evidence-missing", on=_ON)
def remove_a_signed_paper(scene: Scene) -> None:
    _newest(scene).unlink()


@attack(Needs.APPLICATION, found_by=LOOKING, shown_as="dossier-signature-wrong", on=_ON)
def write_a_signature_that_nobody_gave(scene: Scene) -> None:
    desk = _desk(scene)
    before = desk.ledger.dossiers(_YEAR).of[FIX].revision.sha256
    longer = desk.evidence.read(before) + b"% signed, as it were\n"
    (certificate,) = desk.ledger.credentials().certificates_of(KHOA.person)
    desk.handle(
        SignDossier(
            command_id=CommandId(uuid4()),
            by=KHOA.author,
            at=desk.clock(),
            school_year=_YEAR,
            correction_id=FIX,
            role=Role.ADMINISTRATOR,
            previous=before,
            revision=Revision(sha256=desk.evidence.put(longer), size=len(longer)),
            certificate=certificate.sha256,
            way=SigningWay.SCHOOL,
            claimed_at=desk.clock(),
        )
    )
    desk.engine.dispose()
