"""Tell a rule about dossiers as a story: an executed correction, and what became of its paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from ledger.credentials.facts import CertificateEnrolled, SigningWay
from ledger.credentials.state import Credentials, evolve_credentials
from ledger.dossiers import commands
from ledger.dossiers.commands import DossierCommand
from ledger.dossiers.facts import DossierDrafted, Revision, Signer
from ledger.dossiers.state import NO_DOSSIERS_YET, Dossiers
from ledger.rulebooks import DOSSIERS
from ledger.school.facts import StaffJoined
from ledger.school.school import NO_SCHOOL_YET, School, evolve_school
from ledger.sheet.state import Sheet, replay
from ledger.vocabulary import CommandId, PersonId, Role
from tests.ledger.privacy.story import Known as KnownYears
from tests.ledger.sheet.correction_steps import DONE
from tests.scenario import Past, lines_of
from tests.school import FIX, HOA, KHOA, LAN, MAI, NGOC, SHEET, VINH, Voice
from tests.telling import Given

Kind = TypeVar("Kind", bound=DossierCommand)

YEAR = "2026-2027"
# An left in December, so a dossier about An is kept until then.
LEFT_ON = date(2026, 12, 11)
THEN = datetime(2026, 10, 6, 2, 0, tzinfo=UTC)
AFTERWARDS = datetime(2026, 12, 12, 1, 0, tzinfo=UTC)

FIRST, SECOND, THIRD, FOURTH, LAST, RENEWED = (
    Revision(sha256=digit * 64, size=size)
    for digit, size in (
        ("1", 60_000),
        ("2", 80_000),
        ("3", 100_000),
        ("4", 120_000),
        ("5", 150_000),
        ("6", 160_000),
    )
)
ROOT = "e" * 64
OF = {LAN.person: "0" * 63 + "1", KHOA.person: "0" * 63 + "2", NGOC.person: "0" * 63 + "3"}
SIGNERS = (
    Signer(role=Role.SUBJECT_TEACHER, person=LAN.person),
    Signer(role=Role.ADMINISTRATOR, person=KHOA.person),
    Signer(role=Role.PRINCIPAL, person=NGOC.person),
)


def staff(*voices: Voice) -> School:
    """A school with these people on its staff."""
    since = date(2020, 8, 1)
    joined = [
        StaffJoined(person=one.person, roles=(one.author.role,), since=since) for one in voices
    ]
    return evolve_school(NO_SCHOOL_YET, lines_of(joined))


def enrolled(*people: PersonId, until: datetime = THEN + timedelta(days=365)) -> Credentials:
    """Each of these people has the certificate of `OF`."""
    facts = [
        CertificateEnrolled(
            person=person,
            certificate=OF[person],
            way=SigningWay.SCHOOL,
            valid_from=THEN - timedelta(days=1),
            valid_until=until,
        )
        for person in people
    ]
    return evolve_credentials(Credentials(), lines_of(facts))


@dataclass(frozen=True)
class Known(KnownYears):
    """What a rule may look at: an executed correction, the staff and their certificates."""

    maths: Sheet = field(default_factory=lambda: replay(lines_of(DONE)))
    people: School = field(default_factory=lambda: staff(LAN, KHOA, NGOC, HOA, MAI))
    keys: Credentials = field(default_factory=lambda: enrolled(*OF))

    def school(self) -> School:
        return self.people

    def credentials(self) -> Credentials:
        return self.keys

    def dossiers(self, _school_year: str) -> Dossiers:
        return NO_DOSSIERS_YET


def given(*past: Past, known: Known | None = None) -> Given:
    return Given(DOSSIERS, lines_of(past), known or Known())


def asks(
    voice: Voice,
    command: type[Kind],
    *,
    at: datetime = THEN,
    **content: Any,  # noqa: ANN401
) -> Kind:
    """The command about the one correction of the story."""
    asked: Mapping[str, Any] = {
        "command_id": CommandId(uuid4()),
        "by": voice.author,
        "at": at,
        "school_year": YEAR,
    }
    return command(**{**asked, **content})


def drafts(
    voice: Voice = KHOA,
    revision: Revision = FIRST,
    **changed: Any,  # noqa: ANN401
) -> commands.DraftDossier:
    content = {
        "correction_id": FIX,
        "sheet": SHEET,
        "number": 1,
        "revision": revision,
        "position": 20,
        "root": ROOT,
    }
    return asks(voice, commands.DraftDossier, **{**content, **changed})


def signs(
    voice: Voice,
    role: Role,
    previous: Revision,
    revision: Revision,
    *,
    at: datetime = THEN,
    certificate: str = "",
) -> commands.SignDossier:
    return asks(
        voice,
        commands.SignDossier,
        at=at,
        correction_id=FIX,
        role=role,
        previous=previous.sha256,
        revision=revision,
        certificate=certificate or OF[voice.person],
        way=SigningWay.SCHOOL,
        claimed_at=at,
        timestamped_at=at,
    )


def drafted(**changed: Any) -> DossierDrafted:  # noqa: ANN401
    content = {
        "correction_id": FIX,
        "sheet": SHEET,
        "number": 1,
        "revision": FIRST,
        "position": 20,
        "root": ROOT,
        "signers": SIGNERS,
        "papers": (),
    }
    return DossierDrafted(**{**content, **changed})


STRANGER = VINH
