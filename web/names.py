"""Names of people for one page: the ledger holds ids, and the directory is asked once per page."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from uuid import UUID

from ledger.collation import class_list_order
from ledger.people import People, PersonName, Pupil, StaffMember
from ledger.privacy.state import Privacy
from ledger.vocabulary import PersonId, PupilId
from web.wording.privacy_words import ERASED, RESTRICTED

UNKNOWN = "(không rõ tên)"


class Names:
    """A lookup that reads the staff once, and each pupil once."""

    def __init__(self, people: People, privacy: Privacy, *, shows_restricted: bool = False) -> None:
        self._people = people
        self._erased = privacy.erased.keys()
        self._restricted = frozenset(() if shows_restricted else privacy.restricted)
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
        """What the known pupils among these are called, read in one question.

        Who is erased or restricted is called so, with a tag to tell the rows of a table apart.
        """
        wanted = set(pupils)
        if missing := wanted - self._pupils.keys():
            shown, hidden = self._parted(missing)
            self._pupils.update(self._people.pupil_names(shown))
            self._pupils.update({pupil: self._in_place_of(pupil) for pupil in hidden})
        return {pupil: self._pupils[pupil] for pupil in wanted & self._pupils.keys()}

    def details(self, pupils: Iterable[PupilId]) -> Mapping[PupilId, Pupil]:
        """All that is known about those of these pupils whose personal data may be shown."""
        shown, _ = self._parted(pupils)
        return self._people.pupils(shown)

    def hides(self, pupil: PupilId) -> bool:
        """Whether the personal data of a pupil is erased, or may not be shown here."""
        return pupil in self._erased or pupil in self._restricted

    def _parted(self, pupils: Iterable[PupilId]) -> tuple[list[PupilId], list[PupilId]]:
        """Those whose names may be shown, and the others."""
        shown: list[PupilId] = []
        hidden: list[PupilId] = []
        for pupil in pupils:
            (hidden if self.hides(pupil) else shown).append(pupil)
        return shown, hidden

    def _in_place_of(self, pupil: PupilId) -> PersonName:
        word = ERASED if pupil in self._erased else RESTRICTED
        return PersonName(family_name=word, given_name=f"#{pupil.hex[-6:]}")

    @cached_property
    def _staff(self) -> Mapping[UUID, StaffMember]:
        return self._people.staff_members()
