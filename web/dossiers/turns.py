"""One place in a dossier and who signs there: whether it is their turn, and what they sign."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from ledger.credentials.facts import SigningWay
from ledger.dossiers import refusals as rules
from ledger.dossiers.commands import SignDossier
from ledger.dossiers.state import Dossier
from ledger.school.calendar import local_day
from ledger.vocabulary import Author, CommandId, Role
from web.desk import Desk
from web.dossiers.document import Appearance, appearance
from web.dossiers.files import keep, newest_file
from web.papers.typesetting import Box
from web.wording import dossiers as words
from web.wording.papers import symbol_of

if TYPE_CHECKING:
    from web.signing.found import FoundSignature
    from web.signing.port import Asked


@dataclass(frozen=True)
class Turn:
    """A person at a place of a dossier, as the dossier was found."""

    desk: Desk
    dossier: Dossier
    by: Author
    role: Role

    @property
    def is_over(self) -> bool:
        """Whether this person has signed here."""
        given = ((one.fact.role, one.by.person) for one in self.dossier.signatures)
        return (self.role, self.by.person) in given

    def must_be_now(self) -> None:
        """Refuse before anything is signed whom the rules would refuse in the end."""
        dossier = self.dossier
        if dossier.disposed:
            raise rules.DossierIsDisposed
        if dossier.archived:
            raise rules.DossierIsArchived
        place = next((one for one in dossier.drafted.signers if one.role is self.role), None)
        if place is None or place.person != self.by.person:
            raise rules.NotYourSignature(person=place.person if place else None)
        if (waiting := dossier.next_signer) != place:
            raise rules.NotYourTurnToSign(role=waiting.role if waiting else None)

    @cached_property
    def file(self) -> bytes:
        """What is signed; raises DossierFileLost."""
        return newest_file(self.desk, self.dossier)

    def asked(self, way: SigningWay) -> "Asked":
        from web.signing.fields import size_of
        from web.signing.port import Asked

        at, school = self.desk.clock(), self.desk.ledger.school()
        today = local_day(at)
        called = school.described_on(today)
        acts_as = self.role
        # A deputy signs in the principal's place, and as a deputy.
        if acts_as is Role.PRINCIPAL and acts_as not in school.roles_of(self.by.person, today):
            acts_as = Role.VICE_PRINCIPAL
        name = self.desk.names().staff(self.by.person)
        # Only the size of the place matters here, wherever on the page it is.
        box = Box(0, 0.0, 0.0, *size_of(self.file, self.role.value))
        seen = Appearance(name, acts_as, at, box, internal=way is SigningWay.SCHOOL)
        return Asked(
            field=self.role.value,
            name=name,
            reason=words.reason_of_signing(symbol_at(self.desk, self.dossier), acts_as),
            place=called.place if called else "",
            at=at,
            appearance=appearance(seen),
            first=not self.dossier.signatures,
        )

    def checked(self, signed: bytes, certificate: str) -> "FoundSignature":
        """The one new signature, checked alike whoever made it; raises SignedFileUnfit."""
        from web.signing.means import trust_of
        from web.signing.uploads import accept

        return accept(
            self.file,
            signed,
            field=self.role.value,
            certificate=certificate,
            trust=trust_of(self.desk),
            at=self.desk.clock(),
        )

    def keep(self, signed: bytes, found: "FoundSignature", way: SigningWay) -> Dossier:
        """Keep the signed file and its line; raises `Refused`."""
        about = {
            **about_next(self.desk, self.dossier, self.by),
            "role": self.role,
            "certificate": found.certificate,
            "way": way,
            "claimed_at": found.claimed_at or found.timestamped_at,
            "timestamped_at": found.timestamped_at,
        }
        return keep(self.desk, signed, lambda new: SignDossier(revision=new, **about))


def symbol_at(desk: Desk, dossier: Dossier) -> str:
    """The number and sign of a biên bản, by the name that the school had that day."""
    called = desk.ledger.school().described_on(local_day(dossier.made.at))
    return symbol_of(dossier.drafted.number, called.school_name if called else "")


def about_next(desk: Desk, dossier: Dossier, by: Author) -> dict[str, Any]:
    """What every command about the next state of a dossier's file has."""
    opened = desk.ledger.sheet(dossier.drafted.sheet).opened
    assert opened is not None, "a dossier is of an open sheet"
    return {
        "command_id": CommandId(uuid4()),
        "by": by,
        "at": desk.clock(),
        "school_year": opened.school_year,
        "correction_id": dossier.correction_id,
        "previous": dossier.revision.sha256,
    }
