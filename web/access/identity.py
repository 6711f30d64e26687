"""Who is asking: the signed-in person of a request, and the role they act in.

Roles are facts of the school: an account only says who somebody is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends, Request

from ledger.school.calendar import local_day
from ledger.vocabulary import Author, PersonId, Role, SessionId
from web.desk import DeskDep
from web.refusals import AccountLacksRole, NotSignedIn

PLAIN_COOKIE: Final = "grade-ledger-session"
# A browser takes a cookie of this name only over HTTPS and only from this very host.
SECURE_COOKIE: Final = "__Host-grade-ledger-session"

# Whoever sits at the server: in charge of it, and perhaps nobody of the staff.
AT_THE_TERMINAL: Final = Author(
    person=PersonId(UUID("5f0a3c52-94c1-4d0e-8f43-2b7d6c0e9a11")), role=Role.SYSTEM
)

FRESH_FOR: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a session, with the roles that the school gives the person today.

    `acts_for` is the principal in whose place the person may decide today.
    """

    session_id: SessionId
    person: PersonId
    username: str
    full_name: str
    roles: frozenset[Role]
    reauthenticated_at: datetime
    acts_for: PersonId | None = None

    @property
    def acting_roles(self) -> frozenset[Role]:
        """The person's own roles, and the principal's where the person acts for the principal."""
        return self.roles | {Role.PRINCIPAL} if self.acts_for else self.roles

    def may_act_as(self, *roles: Role) -> bool:
        return not self.acting_roles.isdisjoint(roles)

    def acting_as(self, role: Role, *, on_behalf_of: PersonId | None = None) -> Author:
        """The author of a command in this role; raises AccountLacksRole where it is not held.

        Who decides in the principal's place does so in the principal's name.
        """
        if role in self.roles:
            return Author(
                person=self.person, role=role, on_behalf_of=on_behalf_of, session=self.session_id
            )
        if role is Role.PRINCIPAL and self.acts_for:
            return Author(
                person=self.person, role=role, on_behalf_of=self.acts_for, session=self.session_id
            )
        raise AccountLacksRole(roles=[role])

    def acting_as_one_of(self, *roles: Role) -> Author:
        """The author in the first of these roles that is held; raises AccountLacksRole."""
        for role in roles:
            if role in self.acting_roles:
                return self.acting_as(role)
        raise AccountLacksRole(roles=list(roles))

    def trying_as(self, *roles: Role) -> Author:
        """The author in the first of these roles that is held, else in the first role of all.

        So the ledger itself refuses who has none of them, and keeps the attempt for auditors.
        Guards nothing by itself: what is not a command needs `must_act_as`.
        """
        return self.acting_as_one_of(*roles, *sorted(self.roles))

    def must_act_as(self, *roles: Role) -> None:
        """Raise AccountLacksRole unless one of these roles is held."""
        if not self.may_act_as(*roles):
            raise AccountLacksRole(roles=list(roles))

    def is_fresh(self, moment: datetime) -> bool:
        """Whether the password was given less than five minutes ago."""
        return moment - self.reauthenticated_at < FRESH_FOR


def cookie_name(request: Request) -> str:
    return SECURE_COOKIE if request.url.scheme == "https" else PLAIN_COOKIE


def signed_in(request: Request, desk: DeskDep) -> SignedIn:
    """The person behind the session cookie; raises NotSignedIn.

    Who left the staff is not signed in from that day on, whatever became of the account.
    """
    token = request.cookies.get(cookie_name(request))
    moment = desk.clock()
    session = desk.accounts.session(token, now=moment) if token else None
    if session is None:
        raise NotSignedIn
    person, school, today = session.account.person, desk.ledger.school(), local_day(moment)
    roles = school.roles_of(person, today)
    if not roles:
        raise NotSignedIn
    member = desk.people.staff_members([person]).get(person)
    user = SignedIn(
        session_id=session.session_id,
        person=person,
        username=session.account.username,
        full_name=member.full_name if member else session.account.username,
        roles=roles,
        reauthenticated_at=session.reauthenticated_at,
        acts_for=school.acts_for(person, today),
    )
    request.state.user = user  # The page's top bar shows it, whatever the route renders.
    return user


User = Annotated[SignedIn, Depends(signed_in)]
