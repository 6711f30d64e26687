"""One request about dossiers: who asks, as what, and how its page is answered."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from fastapi import Depends, Request

from ledger.vocabulary import Role
from web.access.identity import User
from web.at_hand import AtHand
from web.desk import DeskDep

DOSSIERS: Final = "/ho-so"

# Who notes what was printed of any class; a homeroom teacher that of the own one.
OF_ALL_CLASSES: Final = (
    *(Role.ADMINISTRATOR, Role.SECRETARY),
    *(Role.VICE_PRINCIPAL, Role.PRINCIPAL),
)
NOTES_PAPERS: Final = (*OF_ALL_CLASSES, Role.HOMEROOM_TEACHER)


@dataclass(frozen=True)
class DossiersAtHand(AtHand):
    """Dossiers as one request finds them."""

    FOLDER: ClassVar[str] = "dossiers"


def _at_hand(request: Request, desk: DeskDep, user: User) -> DossiersAtHand:
    return DossiersAtHand(request, desk, user)


DossiersHand = Annotated[DossiersAtHand, Depends(_at_hand)]
