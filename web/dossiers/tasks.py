"""What dossiers ask of a person today, for the first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ledger.dossiers.state import DossierStatus
from ledger.vocabulary import Role
from projections.dossiers import DossierView
from web.access.identity import SignedIn
from web.desk import Desk
from web.dossiers.register import symbols_of

_UNFINISHED: Final = (
    *(DossierStatus.AWAITS_SIGNATURES, DossierStatus.AWAITS_PAPERS),
    DossierStatus.COMPLETE,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A biên bản that waits, and which sheet it is about."""

    dossier: DossierView
    symbol: str
    class_group: str
    subject: str


@dataclass(frozen=True, slots=True)
class DossierTasks:
    """What waits: for the person's signature, to be corrected on paper, to be archived.

    Paper and archive are the administrator's, and who has signed is told of them too; `disposals`
    counts what the principal has to decide on.
    """

    to_sign: Sequence[Waiting] = ()
    on_paper: Sequence[Waiting] = ()
    to_archive: Sequence[Waiting] = ()
    disposals: int = 0

    def __bool__(self) -> bool:
        return any((self.to_sign, self.on_paper, self.to_archive, self.disposals))


def dossier_tasks(desk: Desk, user: SignedIn) -> DossierTasks:
    """The tasks of the person; a fixed number of questions."""
    unfinished = desk.dossiers.list(status=_UNFINISHED)
    waiting = _about(desk, [one for one in unfinished if _concerns(user, one)])
    to_sign = [one for one in waiting if _is_next(user, one.dossier)]
    by_status = {
        status: [one for one in waiting if one.dossier.status is status] for status in _UNFINISHED
    }
    proposed: Sequence[DossierView] = ()
    if user.may_act_as(Role.PRINCIPAL):
        proposed = desk.dossiers.list(status=DossierStatus.ARCHIVED, disposal_proposed=True)
    return DossierTasks(
        to_sign=to_sign,
        on_paper=by_status[DossierStatus.AWAITS_PAPERS],
        to_archive=by_status[DossierStatus.COMPLETE],
        disposals=len(proposed),
    )


def _concerns(user: SignedIn, one: DossierView) -> bool:
    if one.status is DossierStatus.AWAITS_SIGNATURES:
        return _is_next(user, one)
    signs = any(signer.person == user.person for signer in one.signers)
    return signs or Role.ADMINISTRATOR in user.roles


def _is_next(user: SignedIn, one: DossierView) -> bool:
    return one.next_signer is not None and one.next_signer.person == user.person


def _about(desk: Desk, dossiers: Sequence[DossierView]) -> list[Waiting]:
    if not dossiers:
        return []
    cards = desk.gradebook.sheets(sheet_ids={one.sheet_id for one in dossiers})
    sheets = {card.sheet_id: card for card in cards}
    return [
        Waiting(one, symbol, sheets[one.sheet_id].class_group, sheets[one.sheet_id].subject)
        for one, symbol in zip(dossiers, symbols_of(desk, dossiers), strict=True)
    ]
