"""Whose marks a person may look at as a distribution."""

from typing import Final, Protocol

from ledger.school.year import Year
from ledger.vocabulary import Role
from web.access.identity import SignedIn
from web.access.permissions import HasPeople, is_homeroom_teacher_of, is_teacher_of
from web.progress.scope import LEADS, departments_led

# Staff only, and of them who has marks to answer for: pupils and parents have no accounts, and who
# runs the program or enters marks on behalf of others judges nobody's.
SEES_DISTRIBUTIONS: Final = (
    *LEADS,
    Role.DEPARTMENT_HEAD,
    Role.SUBJECT_TEACHER,
    Role.HOMEROOM_TEACHER,
)


class HasSubject(HasPeople, Protocol):
    """A sheet, as far as it says whose marks are on it."""

    @property
    def subject(self) -> str: ...


class SeenSheets:
    """Leaders see all, heads their department's subjects, teachers their own sheets and class."""

    def __init__(self, user: SignedIn, year: Year) -> None:
        self._user = user
        self._sees_everything = user.may_act_as(*LEADS)
        self._led = frozenset(
            subject for one in departments_led(user, year) for subject in one.subjects
        )

    def sees(self, sheet: HasSubject) -> bool:
        return (
            self._sees_everything
            or sheet.subject in self._led
            or is_teacher_of(self._user, sheet)
            or is_homeroom_teacher_of(self._user, sheet)
        )
