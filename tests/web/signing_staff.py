"""The stage with what filing needs: the school has a name and an authority, people have keys."""

from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from ledger.credentials.commands import EnrolCertificate, FoundAuthority
from ledger.credentials.facts import SigningWay
from ledger.vocabulary import CommandId
from projections.corrections import CorrectionView
from tests.browser.stage import PUPILS, Stage
from tests.school import FIX, KHOA, LAN, NGOC, Voice
from tests.web.filed import correct
from tests.web.published import describe
from web.desk import Desk
from web.signing.authority import SchoolAuthority
from web.signing.certificates import der, fingerprint

PIN: Final = "260503"
SIGNERS: Final = (LAN, KHOA, NGOC)


def correct_a_mark(stage: Stage) -> None:
    """The school has a name, and a mark of the first pupil was corrected by everybody."""
    describe(stage)
    correct(stage, FIX, PUPILS[0], "midterm")


def give_keys(stage: Stage, *voices: Voice) -> None:
    """The school founds its authority, and each of them has a key of it behind the PIN."""
    desk = stage.desk
    authority = SchoolAuthority.found(desk.keys, "Trường THCS Hoa Phượng", desk.clock())
    root = authority.root.certificate
    desk.handle(
        FoundAuthority(
            **_asked(stage, NGOC),
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
            **_asked(stage, voice),
            person=voice.person,
            certificate=certificate,
            way=way,
            valid_from=valid[0],
            valid_until=valid[1],
        )
    )


def corrected(desk: Desk) -> CorrectionView:
    view = desk.corrections.find(FIX)
    assert view is not None
    return view


def _asked(stage: Stage, voice: Voice) -> dict[str, Any]:
    return {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}
