"""Names of people for one page: the ledger holds ids, and the directory is asked once per page."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from uuid import UUID

from ledger.collation import class_list_order
from ledger.people import People, PersonName, StaffMember
from ledger.vocabulary import PersonId, PupilId

UNKNOWN = "(không rõ tên)"


class Names:
    """A lookup that reads the staff once, and each pupil once."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._pupils: dict[PupilId, PersonName] = {}

    def staff(self, person: UUID | None) -> str:
        """The full name of a member of staff; a sentence stays readable where it is not known."""
        member = self._staff.get(person) if person else None
        return member.full_name if member else UNKNOWN

    def in_order(self, people: Iterable[PersonId]) -> list[PersonId]:
        """Members of staff in the order of a list of names; the unknown come last."""

        def place(person: PersonId) -> tuple[bool, object]:
            member = self._staff.get(person)
            return member is None, class_list_order(
                *((member.given_name, member.family_name) if member else ("", ""))
            )

        return sorted(people, key=place)

    def pupil(self, pupil: PupilId) -> str:
        """The full name of a pupil."""
        known = self.pupils([pupil]).get(pupil)
        return known.full_name if known else UNKNOWN

    def pupils(self, pupils: Iterable[PupilId]) -> Mapping[PupilId, PersonName]:
        """The names of the known pupils among these, read in one question."""
        wanted = set(pupils)
        if missing := wanted - self._pupils.keys():
            self._pupils.update(self._people.pupil_names(missing))
        return {pupil: self._pupils[pupil] for pupil in wanted & self._pupils.keys()}

    @cached_property
    def _staff(self) -> Mapping[UUID, StaffMember]:
        return self._people.staff_members()
