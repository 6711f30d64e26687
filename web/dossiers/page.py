"""A dossier as its page shows it: each place and its signature, and what this person may do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from ledger.credentials.facts import SigningWay
from ledger.credentials.state import Certificate
from ledger.dossiers.facts import Revision, Signer
from ledger.dossiers.state import Dossier, DossierStatus, Signed
from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.sheet.correction import CorrectionStatus
from ledger.vocabulary import Role
from projections.corrections import CorrectionView
from web.access.identity import SignedIn
from web.desk import Desk
from web.dossiers.checking import signatures_in
from web.dossiers.contents import gather
from web.dossiers.turns import symbol_at
from web.refusals import NoSchoolKey
from web.wording import dossiers as words

if TYPE_CHECKING:
    from web.signing.found import FoundSignature

MAKES: Final = (
    *(Role.SUBJECT_TEACHER, Role.ADMINISTRATOR, Role.SECRETARY),
    *(Role.VICE_PRINCIPAL, Role.PRINCIPAL),
)
TICKS: Final = (
    *(Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER, Role.ADMINISTRATOR),
    *(Role.SECRETARY, Role.VICE_PRINCIPAL, Role.PRINCIPAL),
)
# An authority of time may be slow to answer, and so may a school.
RENEWED_BEFORE: Final = timedelta(days=365)
ARCHIVES: Final = (*MAKES, Role.HOMEROOM_TEACHER)


@dataclass(frozen=True, slots=True)
class Place:
    """A place to sign: whose it is, as what; what the line and the check say once it is signed."""

    signer: Signer
    title: str
    signed: Signed | None
    found: "FoundSignature | None"


@dataclass(frozen=True, slots=True)
class Way:
    """A way to sign that is open to a person; `ready`: whether all that it needs is there."""

    way: SigningWay
    ready: bool

    @property
    def path(self) -> str:
        """The last part of the path of its form."""
        return words.PATHS[self.way]


@dataclass(frozen=True, slots=True)
class DossierPage:
    """A biên bản: number, places, states of the file; `ways` are empty when it is not one's turn.

    `checked` says whether the file could be read for its signatures.
    """

    dossier: Dossier
    symbol: str
    places: Sequence[Place]
    revisions: Sequence[tuple[Revision, str]]
    ways: Sequence[Way]
    role: Role | None
    checked: bool
    may_redraft: bool
    may_tick: bool
    may_archive: bool
    may_renew: bool


def page_of(desk: Desk, user: SignedIn, dossier: Dossier) -> DossierPage:
    """The page of a dossier for one person."""
    try:
        found, checked = signatures_in(desk, dossier), True
    except Refused:
        found, checked = {}, False
    waiting = dossier.next_signer
    is_open = not (dossier.archived or dossier.disposed)
    mine = is_open and waiting is not None and waiting.person == user.person
    signs_anew = not dossier.signatures or user.may_act_as(Role.PRINCIPAL)
    return DossierPage(
        dossier=dossier,
        symbol=symbol_at(desk, dossier),
        places=_places(desk, dossier, found),
        revisions=_revisions(dossier),
        ways=ways_of(desk, user) if mine else (),
        role=waiting.role if waiting and mine else None,
        checked=checked,
        may_redraft=is_open and user.may_act_as(*MAKES) and signs_anew,
        may_tick=is_open and user.may_act_as(*TICKS),
        may_archive=dossier.status is DossierStatus.COMPLETE and user.may_act_as(*ARCHIVES),
        may_renew=ends_soon(dossier, local_day(desk.clock())) and user.may_act_as(*ARCHIVES),
    )


def ways_of(desk: Desk, user: SignedIn) -> list[Way]:
    """How a person may sign here, the way that the person is prepared for first."""
    credentials, now = desk.ledger.credentials(), desk.clock()
    mine = [one for one in credentials.certificates_of(user.person) if one.is_usable(now)]
    ways = []
    if credentials.authority:
        ways.append(Way(SigningWay.SCHOOL, _has_key(desk, user)))
    if desk.settings.device:
        ways.append(Way(SigningWay.DEVICE, _has(mine, SigningWay.DEVICE)))
    if desk.settings.remote:
        ways.append(Way(SigningWay.REMOTE, _has(mine, SigningWay.REMOTE)))
    outside = any(one.way is not SigningWay.SCHOOL for one in mine)
    ways.append(Way(SigningWay.UPLOADED, outside))
    # A public certificate before the school's own key; without either, that key is soonest made.
    later = {one: one.ready is (one.way is SigningWay.SCHOOL) for one in ways}
    return sorted(ways, key=lambda one: (not one.ready, later[one]))


def why_not_made(desk: Desk, view: CorrectionView) -> Refused | None:
    """What stands in the way of making the biên bản now; None if nothing does."""
    if view.status is not CorrectionStatus.EXECUTED:
        return None
    try:
        gather(desk, view.correction_id, at=desk.clock())
    except Refused as refused:
        return refused
    return None


def _has(certificates: Sequence[Certificate], way: SigningWay) -> bool:
    return any(one.way is way for one in certificates)


def _has_key(desk: Desk, user: SignedIn) -> bool:
    try:
        desk.school_keys.of(user.person)
    except NoSchoolKey:
        return False
    return True


def ends_soon(dossier: Dossier, today: date) -> bool:
    """Whether the proof in the archive ends so soon that it is renewed now."""
    if dossier.archived is None or dossier.disposed:
        return False
    return dossier.archived.holds_until - today < RENEWED_BEFORE


def _places(desk: Desk, dossier: Dossier, found: Mapping[Role, "FoundSignature"]) -> list[Place]:
    school, day = desk.ledger.school(), local_day(dossier.made.at)
    given = {one.fact.role: one for one in dossier.signatures}
    return [
        Place(
            signer=one,
            title=words.title_of(one.role, own=one.role in school.roles_of(one.person, day)),
            signed=given.get(one.role),
            found=found.get(one.role),
        )
        for one in dossier.drafted.signers
    ]


def _revisions(dossier: Dossier) -> list[tuple[Revision, str]]:
    """Each state of the file and what made it, the oldest first."""
    told = [words.DRAFTED, *(words.signed_as(one.fact.role) for one in dossier.signatures)]
    told += [words.RENEWED if number else words.ARCHIVED for number in range(len(dossier.archives))]
    return list(zip(dossier.revisions, told, strict=True))
