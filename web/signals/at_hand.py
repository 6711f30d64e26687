"""One request about signals: who asks, about which year, and how its page is answered."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, ClassVar, Final
from uuid import UUID

from fastapi import Depends, Request

from ledger.school.refusals import YearNotPlanned
from ledger.vocabulary import PersonId, Role
from web.access.identity import User
from web.at_hand import AtHand
from web.desk import DeskDep
from web.signals.found import FoundSignals

SIGNALS: Final = "/bat-thuong"
QUESTIONS: Final = "/toi/cau-hoi"

# Who looks at signals, and in which role where both are held.
LEADERS: Final = (Role.VICE_PRINCIPAL, Role.PRINCIPAL)
# What only the principal may do with an escalated signal is done as principal.
DECIDERS: Final = (Role.PRINCIPAL, Role.VICE_PRINCIPAL)


@dataclass(frozen=True)
class SignalsAtHand(AtHand):
    """The signals of one school year as one request finds them."""

    school_year: str

    FOLDER: ClassVar[str] = "anomalies"

    @property
    def path(self) -> str:
        return f"{SIGNALS}/{self.school_year}"

    @cached_property
    def found(self) -> FoundSignals:
        return FoundSignals.of(self.desk, self.school_year, self.names)

    @property
    def principal(self) -> PersonId | None:
        """Who decides what is laid before the principal today."""
        return self.desk.ledger.school().principal_on(self.today)

    def of_year(self, form_id: UUID, *roles: Role) -> dict[str, Any]:
        """What every command about the year has."""
        return {**self.asked(form_id, *roles), "school_year": self.school_year}


def _at_hand(school_year: str, request: Request, desk: DeskDep, user: User) -> SignalsAtHand:
    """For leaders only; raises YearNotPlanned where nobody planned the year."""
    user.must_act_as(*LEADERS)
    if desk.ledger.year(school_year).planned is None:
        raise YearNotPlanned(school_year=school_year)
    return SignalsAtHand(request, desk, user, school_year)


SignalsHand = Annotated[SignalsAtHand, Depends(_at_hand)]
