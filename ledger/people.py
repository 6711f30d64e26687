"""The one place where names are: facts hold random ids, and this directory says whose they are.

Everything that identifies a person (names, codes, birth dates) stays in these tables, outside the
hashed bytes, so that it can be sealed or erased without touching the ledger.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    insert,
    select,
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
)

staff = Table(
    "staff",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("family_name", Text, nullable=False),
    Column("given_name", Text, nullable=False),
)

enrolment = Table(
    "enrolment",
    metadata,
    Column("school_year", Text, primary_key=True),
    Column("class_group", Text, primary_key=True),
    Column("pupil_id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    UniqueConstraint("school_year", "class_group", "number"),
)

Name = Annotated[
    str,
    # Some systems export NFD, which looks the same and compares unequal.
    AfterValidator(lambda text: " ".join(unicodedata.normalize("NFC", text).split())),
    Field(min_length=1, max_length=80),
]


class Pupil(Value):
    """A pupil as the class list names one; `code` is the Ministry's or the school's pupil code."""

    pupil_id: PupilId
    code: Annotated[str, Field(min_length=1, max_length=20)]
    family_name: Name
    given_name: Name
    birth_date: date | None = None

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


class StaffMember(Value):
    """A member of staff."""

    person_id: PersonId
    family_name: Name
    given_name: Name

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A pupil's place in a class list: the number (STT) is fixed for the year."""

    pupil_id: PupilId
    number: int


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

    def register_staff(self, members: Iterable[StaffMember]) -> None:
        """Add members of staff."""
        if rows := [entry.model_dump() for entry in members]:
            with self._engine.begin() as connection:
                connection.execute(insert(staff), rows)

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

    def enrol(self, school_year: str, class_group: str, pupil_ids: Sequence[PupilId]) -> None:
        """Put pupils at the end of a class list, in this order; who is on it already stays."""
        with self._engine.begin() as connection:
            listed = _class_list(connection, school_year, class_group)
            known = {entry.pupil_id for entry in listed}
            last = max((entry.number for entry in listed), default=0)
            new = [pupil_id for pupil_id in dict.fromkeys(pupil_ids) if pupil_id not in known]
            rows = [
                {
                    "school_year": school_year,
                    "class_group": class_group,
                    "pupil_id": pupil_id,
                    "number": number,
                }
                for number, pupil_id in enumerate(new, last + 1)
            ]
            if rows:
                connection.execute(insert(enrolment), rows)

    def class_list(self, school_year: str, class_group: str) -> list[Enrolment]:
        """The pupils of a class with their numbers, in order."""
        with self._engine.connect() as connection:
            return _class_list(connection, school_year, class_group)

    def _read(self, query: Select[Any]) -> list[dict[str, Any]]:
        with self._engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _class_list(connection: Connection, school_year: str, class_group: str) -> list[Enrolment]:
    query = (
        select(enrolment.c.pupil_id, enrolment.c.number)
        .where(enrolment.c.school_year == school_year, enrolment.c.class_group == class_group)
        .order_by(enrolment.c.number)
    )
    return [Enrolment(PupilId(row.pupil_id), row.number) for row in connection.execute(query)]
