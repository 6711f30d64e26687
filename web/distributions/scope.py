"""Whose marks a person may look at as a distribution."""

from collections.abc import Collection
from typing import Final, Protocol

from ledger.school.year import Year
from ledger.vocabulary import PersonId, Role
from web.access.identity import SignedIn
from web.progress.scope import LEADS, Scope

# Staff only, and of them who has marks to answer for: pupils and parents have no accounts, and who
# runs the program or enters marks on behalf of others judges nobody's.
SEES_DISTRIBUTIONS: Final = (
    *LEADS,
    Role.DEPARTMENT_HEAD,
    Role.SUBJECT_TEACHER,
    Role.HOMEROOM_TEACHER,
)


class HasPlace(Protocol):
    """A sheet, as far as it says whose marks are on it."""

    @property
    def subject(self) -> str: ...
    @property
    def class_group(self) -> str: ...
    @property
    def teachers(self) -> Collection[PersonId]: ...


class SeenSheets:
    """Leaders see all, heads their department's subjects, teachers their own sheets and class."""

    def __init__(self, user: SignedIn, year: Year) -> None:
        self._may_look = user.may_act_as(*SEES_DISTRIBUTIONS)
        self._scope = Scope.of(user, year)

    @property
    def everything(self) -> bool:
        return self._scope.everything

    def sees(self, place: HasPlace) -> bool:
        scope = self._scope
        return self._may_look and (
            scope.everything
            or place.subject in scope.subjects
            or place.class_group in scope.classes
            or (scope.teaches and scope.person in place.teachers)
        )
