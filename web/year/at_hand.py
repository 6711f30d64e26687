"""A planned school year that somebody is setting up, and what all its pages and commands share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import Depends, Request
from fastapi.responses import Response

from ledger.refusal import Refused
from ledger.school.calendar import local_day
from ledger.school.commands import YearCommand, year_stream
from ledger.school.refusals import YearNotPlanned
from ledger.school.year import Year
from ledger.vocabulary import PersonId, Role
from web.access.identity import SignedIn, User
from web.access.permissions import SETS_UP
from web.desk import Desk, DeskDep
from web.forms import NO_ERRORS, FormErrors, command_id_of, see
from web.rendering import render

YEARS: Final = "/quan-tri/nam-hoc"


@dataclass(frozen=True, slots=True)
class YearAtHand:
    """The year of one request, and who sets it up."""

    request: Request
    desk: Desk
    user: SignedIn
    school_year: str

    @property
    def path(self) -> str:
        return f"{YEARS}/{self.school_year}"

    @property
    def today(self) -> date:
        return local_day(self.desk.clock())

    def year(self) -> Year:
        """The year as it is now."""
        return self.desk.ledger.year(self.school_year)

    def staff(self, *roles: Role) -> list[PersonId]:
        """Who acts in one of these roles today, in the order of a list of names."""
        school = self.desk.ledger.school()
        found = {person for role in roles for person in school.members(role, self.today)}
        return self.desk.names().in_order(found)

    def asked(self, form_id: UUID, *roles: Role) -> dict[str, Any]:
        """What the commands of one form share; the author acts in the first role that is held."""
        return {
            "command_id": command_id_of(form_id),
            "by": self.user.acting_as_one_of(*(roles or SETS_UP)),
            "at": self.desk.clock(),
            "school_year": self.school_year,
        }

    def record(self, commands: Sequence[YearCommand]) -> int:
        """Record all of them or none; how many changes of the year that made. Raises `Refused`."""
        if not commands:
            return 0
        lines = self.desk.handle_together(commands)
        stream = year_stream(self.school_year)
        return sum(line.stream_id == stream for line in lines)

    def errors(self, refused: Refused) -> FormErrors:
        return FormErrors.of(self.request, refused)

    def done(self, place: str, count: int) -> Response:
        """After a form: the page that shows what it did."""
        mark = "&" if "?" in place else "?"
        return see(f"{self.path}{place}{mark}da_ghi={count}")

    def page(
        self,
        template: str,
        *,
        errors: FormErrors = NO_ERRORS,
        **context: Any,  # noqa: ANN401  (whatever the template shows)
    ) -> Response:
        """A page of the year; each knows the year as it is now and how many changes were made."""
        told = self.request.query_params.get("da_ghi", "")
        return render(
            self.request,
            f"year/{template}",
            status=errors.status,
            hand=self,
            year=self.year(),
            names=self.desk.names(),
            errors=errors,
            recorded=int(told[:6]) if told.isascii() and told.isdecimal() else None,
            **context,
        )


def _at_hand(school_year: str, request: Request, desk: DeskDep, user: User) -> YearAtHand:
    """The year named in the path; raises YearNotPlanned."""
    user.must_act_as(*SETS_UP)
    if desk.ledger.year(school_year).planned is None:
        raise YearNotPlanned(school_year=school_year)
    return YearAtHand(request, desk, user, school_year)


AtHand = Annotated[YearAtHand, Depends(_at_hand)]
