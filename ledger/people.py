"""The one place where names are: facts hold random ids, and this directory says whose they are.

Everything that identifies a person (names, codes, birth dates) is sealed in the vault, outside
the hashed bytes, so that it can be erased without touching the ledger.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import AfterValidator, Field

from ledger.vault import Texts, Vault
from ledger.vocabulary import PersonId, PupilId, Value

_PUPIL_NAME: Final = "pupil-name"
_PUPIL_CODE: Final = "pupil-code"
_BIRTH_DATE: Final = "pupil-birth-date"
_STATISTICS: Final = "pupil-statistics"
_STAFF_NAME: Final = "staff-name"
_STAFF_CODE: Final = "staff-code"
_COUNTED_BY: Final = ("gender", "ethnicity", "has_disability")

Name = Annotated[
    str,
    # Some systems export NFD, which looks the same and compares unequal.
    AfterValidator(lambda text: " ".join(unicodedata.normalize("NFC", text).split())),
    Field(min_length=1, max_length=80),
]
Ethnicity = Annotated[
    str,
    AfterValidator(lambda text: " ".join(unicodedata.normalize("NFC", text).split())),
    Field(min_length=1, max_length=40),
]


Code = Annotated[str, Field(min_length=1, max_length=20)]


class Gender(StrEnum):
    """What reports count by; None where nobody has said."""

    FEMALE = "female"
    MALE = "male"


# An error names the field and not what stood in it: errors are written into logs.
class PersonName(Value, hide_input_in_errors=True):
    """What a person is called: family and middle names, and the given name."""

    family_name: Name
    given_name: Name

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class Pupil(PersonName):
    """A pupil as the class list names one; `code` is the Ministry's or the school's pupil code.

    Gender, ethnicity and disability are kept because the school's reports count by them, and
    nothing else about a child is: what is not needed may not be asked for (Luật 91/2025/QH15).
    """

    pupil_id: PupilId
    code: Code
    birth_date: date | None = None
    gender: Gender | None = None
    ethnicity: Ethnicity | None = None
    has_disability: bool = False


class StaffMember(PersonName):
    """A member of staff; `code` is the staff code of the Ministry or the school, if known."""

    person_id: PersonId
    code: Code | None = None


class People:
    """The directory over the vault; every method is one transaction and a handful of queries.

    Who was erased is in no answer from then on, and neither is who has a box that does not open.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def register_pupils(self, pupils: Iterable[Pupil]) -> None:
        """Add pupils; IntegrityError from the database if a code or id is known already."""
        self._vault.admit({entry.pupil_id: _texts_of_pupil(entry) for entry in pupils})

    def change_pupils(self, pupils: Iterable[Pupil]) -> None:
        """Write what is known about pupils anew; who is not in the directory is left out."""
        told: dict[UUID, Texts] = {entry.pupil_id: _texts_of_pupil(entry) for entry in pupils}
        self._vault.seal(told, strangers_left_out=True)

    def register_staff(self, members: Iterable[StaffMember]) -> None:
        """Add members of staff; IntegrityError from the database if a code or id is known."""
        self._vault.admit({member.person_id: _texts_of_member(member) for member in members})

    def change_staff(self, members: Iterable[StaffMember]) -> None:
        """Write what is known about members of staff anew; who is unknown is left out."""
        told: dict[UUID, Texts] = {one.person_id: _texts_of_member(one) for one in members}
        self._vault.seal(told, strangers_left_out=True)

    def pupil_names(self, pupil_ids: Iterable[PupilId]) -> Mapping[PupilId, PersonName]:
        """What the pupils are called, by id, and nothing else about them."""
        opened = self._vault.open([_PUPIL_NAME], pupil_ids)
        return {
            PupilId(person): PersonName(**_name(texts[_PUPIL_NAME]))
            for person, texts in opened.items()
        }

    def pupils(self, pupil_ids: Iterable[PupilId]) -> Mapping[PupilId, Pupil]:
        """The named pupils by id; an unknown id is left out."""
        fields = (_PUPIL_NAME, _PUPIL_CODE, _BIRTH_DATE, _STATISTICS)
        return {
            PupilId(person): _pupil(person, texts)
            for person, texts in self._vault.open(fields, pupil_ids).items()
            if _PUPIL_NAME in texts and _PUPIL_CODE in texts
        }

    def pupils_by_code(self, codes: Iterable[str]) -> Mapping[str, Pupil]:
        """The pupils with these codes, by code; an unknown code is left out."""
        found = self._vault.find(_PUPIL_CODE, codes)
        return {pupil.code: pupil for pupil in self.pupils(map(PupilId, found.values())).values()}

    def staff_members(self, person_ids: Iterable[UUID] | None = None) -> Mapping[UUID, StaffMember]:
        """The named members of staff by id, or all of them."""
        return {
            person: StaffMember(
                person_id=PersonId(person), code=texts.get(_STAFF_CODE), **_name(texts[_STAFF_NAME])
            )
            for person, texts in self._vault.open((_STAFF_NAME, _STAFF_CODE), person_ids).items()
            if _STAFF_NAME in texts
        }


def _texts_of_pupil(pupil: Pupil) -> Texts:
    counted = pupil.model_dump(mode="json", include=set(_COUNTED_BY), exclude_defaults=True)
    return {
        _PUPIL_NAME: _name_text(pupil),
        _PUPIL_CODE: pupil.code,
        _BIRTH_DATE: pupil.birth_date.isoformat() if pupil.birth_date else None,
        _STATISTICS: json.dumps(counted, ensure_ascii=False) if counted else None,
    }


def _texts_of_member(member: StaffMember) -> Texts:
    return {_STAFF_NAME: _name_text(member), _STAFF_CODE: member.code}


def _pupil(person: UUID, texts: Mapping[str, str]) -> Pupil:
    return Pupil.model_validate(
        {
            "pupil_id": person,
            "code": texts[_PUPIL_CODE],
            "birth_date": texts.get(_BIRTH_DATE),
            **_name(texts[_PUPIL_NAME]),
            **json.loads(texts.get(_STATISTICS, "{}")),
        }
    )


def _name_text(named: PersonName) -> str:
    return f"{named.family_name}\n{named.given_name}"


def _name(text: str) -> dict[str, str]:
    family_name, _, given_name = text.partition("\n")
    return {"family_name": family_name, "given_name": given_name}
