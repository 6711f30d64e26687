"""Who may do what is asked, as far as the role alone says it."""

from typing import Final

from ledger.refusal import NotForYourRole
from ledger.vocabulary import Author, Role

# Who prepares the book: the year, the classes, who is on a sheet.
SETS_UP: Final = (Role.ADMINISTRATOR, Role.VICE_PRINCIPAL, Role.PRINCIPAL, Role.SYSTEM)

# Nobody else acts for another person: a mark entered "on behalf of" somebody who cannot confirm it
# would keep its column from ever being closed.
_ACT_FOR_OTHERS: Final = (Role.SECRETARY, Role.PRINCIPAL, Role.SYSTEM)


def only_for(by: Author, *roles: Role) -> None:
    """Refuse every role but these, and acting for somebody else in a role that never does."""
    if by.role not in roles:
        raise NotForYourRole(role=by.role, allowed=list(roles))
    if by.on_behalf_of is not None and by.role not in _ACT_FOR_OTHERS:
        raise NotForYourRole(role=by.role, allowed=list(_ACT_FOR_OTHERS))
