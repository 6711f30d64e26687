"""A dossier as a school makes it: drawn, signed by three with the school's keys, archived."""

from typing import Any, Final
from uuid import uuid4

from ledger.credentials.commands import EnrolCertificate, FoundAuthority
from ledger.credentials.facts import SigningWay
from ledger.dossiers.state import Dossier
from ledger.vocabulary import CommandId, CorrectionId
from tests.browser.stage import PUPILS, STAFF, Stage
from tests.passkeys import Phone, enrol_passkey
from tests.school import KHOA, LAN, NGOC, Voice, numbered_id
from tests.web.filed import correct, dossier_of
from tests.web.published import describe
from web.dossiers import filing
from web.signing.authority import SchoolAuthority
from web.signing.certificates import der, fingerprint
from web.signing.means import by_school

DOSSIER: Final = CorrectionId(numbered_id(8501))
PIN: Final = "295817"
SIGNERS: Final = (LAN, KHOA, NGOC)


def file_one(stage: Stage, *, signatures: int = 3, archived: bool = True) -> Dossier:
    """Correct a mark, approved by passkey, and make the dossier of it, with so many signatures."""
    give_keys(stage)
    phone = Phone()
    enrol_passkey(stage.desk, NGOC.at(stage.clock()), phone)
    correct(stage, DOSSIER, PUPILS[0], "regular-1", phone=phone)
    view = stage.desk.corrections.find(DOSSIER)
    assert view is not None
    dossier = filing.draft(stage.desk, view, LAN.author)
    for voice in SIGNERS[:signatures]:
        stage.clock.forward(hours=1)
        dossier = sign(stage, voice)
    if archived:
        stage.clock.forward(hours=1)
        dossier = filing.archive(stage.desk, dossier, KHOA.author)
    return dossier


def sign(stage: Stage, voice: Voice, correction_id: CorrectionId = DOSSIER) -> Dossier:
    signer = by_school(stage.desk, voice.person, PIN, address="127.0.0.1")
    before = dossier_of(stage, correction_id)
    return filing.sign(stage.desk, before, signer, voice.author, voice.author.role)


def give_keys(stage: Stage) -> None:
    """Describe the school, found its authority, and give a key to each who signs."""
    describe(stage)
    desk, at, authority = stage.desk, stage.clock(), found_authority(stage)
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


def found_authority(stage: Stage) -> SchoolAuthority:
    """Begin the school's own authority, or the next one."""
    authority = SchoolAuthority.found(stage.desk.keys, "Trường THCS Hoa Phượng", stage.clock())
    root = authority.root.certificate
    stage.desk.handle(
        FoundAuthority(
            **_asked(stage, NGOC),
            certificate=fingerprint(der(root)),
            valid_until=root.not_valid_after_utc,
        )
    )
    return authority


def _asked(stage: Stage, voice: Voice) -> dict[str, Any]:
    return {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}
