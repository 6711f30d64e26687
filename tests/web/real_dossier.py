"""A dossier as a school makes it: drawn, signed by three with the school's keys, archived."""

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

from ledger.credentials.commands import EnrolCertificate, FoundAuthority
from ledger.credentials.facts import SigningWay
from ledger.dossiers import commands
from ledger.dossiers.facts import Revision
from ledger.vocabulary import CommandId, CorrectionId
from tests.browser.stage import PUPILS, STAFF, Stage
from tests.school import KHOA, LAN, NGOC, Voice, numbered_id
from tests.web.filed import correct, does, dossier_of
from tests.web.published import describe
from web.dossiers.attached import attachments_of
from web.dossiers.contents import gather
from web.dossiers.document import Appearance, Drawn, appearance, draw
from web.signing import archiving
from web.signing.authority import SchoolAuthority
from web.signing.certificates import der, fingerprint
from web.signing.fields import with_fields
from web.signing.means import by_school, timestamper_of, trust_of
from web.signing.port import Asked

DOSSIER: Final = CorrectionId(numbered_id(8501))
PIN: Final = "295817"
SIGNERS: Final = (LAN, KHOA, NGOC)


def file_one(stage: Stage, *, signatures: int = 3, archived: bool = True) -> None:
    """Correct a mark and make the dossier of it, with so many signatures."""
    give_keys(stage)
    correct(stage, DOSSIER, PUPILS[0], "regular-1")
    drawn = draft(stage)
    for voice in SIGNERS[:signatures]:
        stage.clock.forward(hours=1)
        sign(stage, voice, drawn)
    if archived:
        stage.clock.forward(hours=1)
        archive(stage)


def give_keys(stage: Stage) -> None:
    """Describe the school, found its authority, and give a key to each who signs."""
    describe(stage)
    desk, at = stage.desk, stage.clock()
    authority = SchoolAuthority.found(desk.keys, "Trường THCS Hoa Phượng", at)
    root = authority.root.certificate
    desk.handle(
        FoundAuthority(
            **_asked(stage, NGOC),
            certificate=fingerprint(der(root)),
            valid_until=root.not_valid_after_utc,
        )
    )
    for voice, family, given in STAFF.values():
        if voice in SIGNERS:
            name = f"{family} {given}"
            issued = desk.school_keys.give(authority, voice.person, name, pin=PIN, at=at)
            desk.handle(
                EnrolCertificate(
                    **_asked(stage, voice),
                    person=voice.person,
                    way=SigningWay.SCHOOL,
                    **issued._asdict(),
                )
            )


def draft(stage: Stage) -> Drawn:
    desk = stage.desk
    record = gather(desk, DOSSIER, at=stage.clock())
    drawn = draw(record, attachments_of(desk, record))
    does(
        stage,
        LAN,
        commands.DraftDossier,
        DOSSIER,
        sheet=record.sheet_id,
        number=record.number,
        revision=_kept(stage, with_fields(drawn.pdf, drawn.boxes)),
        position=record.head.position,
        root=record.head.root,
    )
    return drawn


def sign(stage: Stage, voice: Voice, drawn: Drawn) -> None:
    desk, role, at = stage.desk, voice.author.role, stage.clock()
    signer = by_school(desk, voice.person, PIN, address="127.0.0.1")
    seen = Appearance("Người kí", role, at, drawn.boxes[role], internal=True)
    asked = Asked(
        field=role,
        name="Người kí",
        reason="Biên bản sửa chữa điểm",
        place="Hà Nội",
        at=at,
        appearance=appearance(seen),
        first=not dossier_of(stage, DOSSIER).signatures,
    )
    does(
        stage,
        voice,
        commands.SignDossier,
        DOSSIER,
        role=role,
        certificate=signer.certificate(),
        way=SigningWay.SCHOOL,
        claimed_at=at,
        timestamped_at=at,
        **_grown(stage, lambda pdf: signer.sign(pdf, asked)),
    )


def archive(stage: Stage) -> None:
    desk, at = stage.desk, stage.clock()
    trust, timestamper = trust_of(desk), timestamper_of(desk)
    grown = _grown(stage, lambda pdf: archiving.archive(pdf, trust, timestamper, at=at))
    pdf = desk.evidence.read(grown["revision"].sha256)
    until = archiving.holds_until(pdf, trust, at=at)
    does(stage, KHOA, commands.ArchiveDossier, DOSSIER, holds_until=until, **grown)


def _grown(stage: Stage, grow: Callable[[bytes], bytes]) -> dict[str, Any]:
    before = dossier_of(stage, DOSSIER).revision.sha256
    grown = {
        "previous": before,
        "revision": _kept(stage, grow(stage.desk.evidence.read(before))),
    }
    stage.desk.evidence.remove(before)
    return grown


def _kept(stage: Stage, content: bytes) -> Revision:
    return Revision(sha256=stage.desk.evidence.put(content), size=len(content))


def _asked(stage: Stage, voice: Voice) -> dict[str, Any]:
    return {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}
