"""The class whose results one request is about, and who asks."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response

from ledger.results.records import ClassRecords, gather
from ledger.school.year import ClassOfYear
from ledger.vocabulary import Role, SchoolYear
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, command_id_of
from web.refusals import NotForYourEyes
from web.rendering import render

RESULTS = "/ket-qua"


@dataclass(frozen=True, slots=True)
class ResultsAtHand:
    """The results of one class, as one request asks for them."""

    request: Request
    desk: Desk
    user: SignedIn
    school_year: str
    class_group: str

    @property
    def path(self) -> str:
        return f"{RESULTS}/{self.school_year}/{quote(self.class_group)}"

    @property
    def approves(self) -> bool:
        return self.user.may_act_as(Role.PRINCIPAL)

    def records(self) -> ClassRecords:
        """What the results rest on now; raises YearNotPlanned and NoSuchClass."""
        return gather(self.desk.ledger, self.school_year, self.class_group)

    def asked(self, form_id: UUID, *roles: Role) -> dict[str, Any]:
        """What the commands of one form share; the author acts in the first role that is held."""
        return {
            "command_id": command_id_of(form_id),
            "by": self.user.acting_as_one_of(*roles),
            "at": self.desk.clock(),
            "school_year": self.school_year,
            "class_group": self.class_group,
        }

    def page(
        self,
        template: str,
        *,
        errors: FormErrors = NO_ERRORS,
        **context: Any,  # noqa: ANN401  (whatever the template shows)
    ) -> Response:
        return render(
            self.request,
            f"results/{template}",
            status=errors.status,
            hand=self,
            names=self.desk.names(),
            errors=errors,
            ask_password=not self.user.is_fresh(self.desk.clock()),
            **context,
        )


def sees_results(user: SignedIn, group: ClassOfYear | None) -> bool:
    """The school's leaders see every class, the homeroom teacher the own one.

    Who teaches one subject has no part in the results of the others.
    """
    if user.may_act_as(*SETS_UP):
        return True
    leads = group is not None and group.homeroom_teacher == user.person
    return leads and Role.HOMEROOM_TEACHER in user.roles


def _at_hand(
    school_year: SchoolYear, class_group: str, request: Request, desk: DeskDep, user: User
) -> ResultsAtHand:
    """The class named in the path; raises NotForYourEyes, also where there is no such class."""
    if not sees_results(user, desk.ledger.year(school_year).classes.get(class_group)):
        raise NotForYourEyes
    return ResultsAtHand(request, desk, user, school_year, class_group)


ResultsHand = Annotated[ResultsAtHand, Depends(_at_hand)]
