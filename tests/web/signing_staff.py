"""A school that can file: it has a name and an authority, and its people have keys to sign with."""

from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from ledger.credentials.commands import EnrolCertificate, FoundAuthority
from ledger.credentials.facts import SigningWay
from ledger.dossiers.state import Dossier
from ledger.people import Pupil, StaffMember
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import CommandId, CorrectionId
from projections.corrections import CorrectionView
from tests.browser.stage import MATHS, PUPILS, STAFF, Stage
from tests.school import FIX, KHOA, LAN, NGOC, Voice
from tests.staff import join
from tests.web.filed import correct
from tests.web.published import describe
from web.desk import Desk
from web.dossiers.files import dossier_of
from web.dossiers.filing import sign
from web.signing.authority import SchoolAuthority
from web.signing.certificates import der, fingerprint
from web.signing.means import by_school

PIN: Final = "260503"
SIGNERS: Final = (LAN, KHOA, NGOC)
YEAR: Final = "2026-2027"


def open_small_school(stage: Stage) -> None:
    """Two pupils and one sheet in an empty database; nobody can sign in, which takes time."""
    desk = stage.desk
    for voice, family, given in STAFF.values():
        member = StaffMember(person_id=voice.person, family_name=family, given_name=given)
        desk.people.register_staff([member])
        join(desk, voice.person, voice.author.role)
    for number, pupil in enumerate(PUPILS[:2], 1):
        known = Pupil(
            pupil_id=pupil, code=f"HS{number:04}", family_name="Đặng Thị", given_name="Yến"
        )
        desk.people.register_pupils([known])
    numbered = tuple(NumberedPupil(pupil=one, number=n) for n, one in enumerate(PUPILS[:2], 1))
    stage.says(KHOA.about(MATHS), "opens", pupils=numbered)


def correct_a_mark(stage: Stage, column: str = "midterm") -> None:
    """The school has a name, and a mark of the first pupil was corrected by everybody."""
    describe(stage)
    correct(stage, FIX, PUPILS[0], column)


def give_keys(stage: Stage, *voices: Voice) -> None:
    """The school founds its authority, and each of them has a key of it behind the PIN."""
    desk = stage.desk
    authority = SchoolAuthority.found(desk.keys, "Trường THCS Hoa Phượng", desk.clock())
    root = authority.root.certificate
    desk.handle(
        FoundAuthority(
            **asked(stage, NGOC),
            certificate=fingerprint(der(root)),
            valid_until=root.not_valid_after_utc,
        )
    )
    for voice in voices or SIGNERS:
        name = desk.names().staff(voice.person)
        key = desk.school_keys.give(authority, voice.person, name, pin=PIN, at=desk.clock())
        enrol(stage, voice, key.certificate, SigningWay.SCHOOL, (key.valid_from, key.valid_until))


def enrol(
    stage: Stage,
    voice: Voice,
    certificate: str,
    way: SigningWay,
    valid: tuple[datetime, datetime],
) -> None:
    """Bind somebody to a certificate, as the person does."""
    stage.desk.handle(
        EnrolCertificate(
            **asked(stage, voice),
            person=voice.person,
            certificate=certificate,
            way=way,
            valid_from=valid[0],
            valid_until=valid[1],
        )
    )


def corrected(desk: Desk, correction_id: CorrectionId = FIX) -> CorrectionView:
    view = desk.corrections.find(correction_id)
    assert view is not None
    return view


def filed(desk: Desk, correction_id: CorrectionId = FIX) -> Dossier:
    """The dossier as it is now."""
    dossier = dossier_of(desk, YEAR, correction_id)
    assert dossier is not None
    return dossier


def signs(stage: Stage, voice: Voice) -> Dossier:
    """Let somebody sign the dossier with the school's key, in their role."""
    desk = stage.desk
    signer = by_school(desk, voice.person, PIN, address="")
    return sign(desk, filed(desk), signer, voice.author, voice.author.role)


def asked(stage: Stage, voice: Voice) -> dict[str, Any]:
    return {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}
