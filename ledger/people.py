"""The one place where names are: facts hold random ids, and this directory says whose they are.

Everything that identifies a person (names, codes, birth dates) stays in these tables, outside the
hashed bytes, so that it can be sealed or erased without touching the ledger.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Engine,
    MetaData,
    Select,
    Table,
    Text,
    Uuid,
    false,
    insert,
    select,
    update,
)

from ledger.vocabulary import PersonId, PupilId, Value

metadata = MetaData()

pupil = Table(
    "pupil",
    metadata,
    Column("pupil_id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("family_name", Text, nullable=False),
    Column("given_name", Text, nullable=False),
    Column("birth_date", Date),
    Column("gender", Text),
    Column("ethnicity", Text),
    Column("has_disability", Boolean, nullable=False, server_default=false()),
)

staff = Table(
    "staff",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("code", Text, unique=True),
    Column("family_name", Text, nullable=False),
    Column("given_name", Text, nullable=False),
)

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


class Pupil(Value):
    """A pupil as the class list names one; `code` is the Ministry's or the school's pupil code.

    Gender, ethnicity and disability are kept because the school's reports count by them, and
    nothing else about a child is: what is not needed may not be asked for (Luật 91/2025/QH15).
    """

    pupil_id: PupilId
    code: Code
    family_name: Name
    given_name: Name
    birth_date: date | None = None
    gender: Gender | None = None
    ethnicity: Ethnicity | None = None
    has_disability: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class StaffMember(Value):
    """A member of staff; `code` is the staff code of the Ministry or the school, if known."""

    person_id: PersonId
    family_name: Name
    given_name: Name
    code: Code | None = None

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class People:
    """The directory over its tables; every method is one transaction and a handful of queries."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create_tables(self) -> None:
        metadata.create_all(self._engine)

    def register_pupils(self, pupils: Iterable[Pupil]) -> None:
        """Add pupils; IntegrityError from the database if a code or id is known already."""
        if rows := [entry.model_dump() for entry in pupils]:
            with self._engine.begin() as connection:
                connection.execute(insert(pupil), rows)

    def change_pupils(self, pupils: Iterable[Pupil]) -> None:
        """Write what is known about pupils anew; who is not in the directory is left out."""
        with self._engine.begin() as connection:
            for entry in pupils:
                changed = update(pupil).where(pupil.c.pupil_id == entry.pupil_id)
                connection.execute(changed.values(entry.model_dump(exclude={"pupil_id"})))

    def register_staff(self, members: Iterable[StaffMember]) -> None:
        """Add members of staff; IntegrityError from the database if a code or id is known."""
        if rows := [entry.model_dump() for entry in members]:
            with self._engine.begin() as connection:
                connection.execute(insert(staff), rows)

    def change_staff(self, members: Iterable[StaffMember]) -> None:
        """Write what is known about members of staff anew; who is unknown is left out."""
        with self._engine.begin() as connection:
            for entry in members:
                changed = update(staff).where(staff.c.person_id == entry.person_id)
                connection.execute(changed.values(entry.model_dump(exclude={"person_id"})))

    def pupils(self, pupil_ids: Iterable[PupilId]) -> Mapping[PupilId, Pupil]:
        """The named pupils by id; an unknown id is left out."""
        found = self._read(select(pupil).where(pupil.c.pupil_id.in_(list(pupil_ids))))
        return {row["pupil_id"]: Pupil.model_validate(row) for row in found}

    def pupils_by_code(self, codes: Iterable[str]) -> Mapping[str, Pupil]:
        """The pupils with these codes, by code; an unknown code is left out."""
        found = self._read(select(pupil).where(pupil.c.code.in_(list(codes))))
        return {row["code"]: Pupil.model_validate(row) for row in found}

    def staff_members(self, person_ids: Iterable[UUID] | None = None) -> Mapping[UUID, StaffMember]:
        """The named members of staff by id, or all of them."""
        query = select(staff)
        if person_ids is not None:
            query = query.where(staff.c.person_id.in_(list(person_ids)))
        return {row["person_id"]: StaffMember.model_validate(row) for row in self._read(query)}

    def _read(self, query: Select[Any]) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]
