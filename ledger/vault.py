"""The vault: everything that identifies a person, sealed under a key of that person's own.

The key lies in a table apart, wrapped by the master key, which is outside the database. With the
key destroyed, no copy of the boxes opens any more, wherever it is kept.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    and_,
    delete,
    event,
    exists,
    insert,
    or_,
    select,
    union,
)

from ledger.sealing import DoesNotOpen, MasterKey, PersonKey, new_key
from ledger.store.database import writing
from ledger.store.keys import KeyFolder, KeyMissing, KeyOfAnother
from ledger.store.scrubbing import scrub

metadata: Final = MetaData()

vault_key = Table(
    "vault_key",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
)

vault_box = Table(
    "vault_box",
    metadata,
    # By the field first: a page asks for the names of many, and for all names of the staff.
    Column("field", Text, primary_key=True),
    Column("person_id", Uuid, primary_key=True, index=True),
    Column("box", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

vault_code = Table(
    "vault_code",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("lookup", LargeBinary, primary_key=True),
    Column("person_id", Uuid, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# The fields by whose text a person is found, which is why each text may be there only once.
FOUND_BY: Final = frozenset({"pupil-code", "staff-code"})

# Texts by field, as they are to be sealed; None takes a field away.
Texts = Mapping[str, str | None]


@event.listens_for(vault_key, "after_create")
@event.listens_for(vault_box, "after_create")
def _keep_no_samples(table: Table, connection: Connection, **_: object) -> None:
    """Forbid PostgreSQL to sample what is sealed for its planner: samples outlive the rows."""
    if connection.dialect.name == "postgresql":
        sealed = table.columns.keys()[-1]
        connection.exec_driver_sql(f"ALTER TABLE {table.name} ALTER {sealed} SET STATISTICS 0")


_LOG: Final = logging.getLogger(__name__)
# So many keys are tried before a master key is held to be another vault's: one may be damaged.
_TRIED: Final = 5


class NotInVault(LookupError):
    """The person is not known here: never was, or was erased."""


class Vault:
    """What is personal, over its tables. Every method is one transaction; nothing is remembered."""

    def __init__(self, engine: Engine, master_key: bytes) -> None:
        self._engine = engine
        self._master = MasterKey(master_key)

    def admit(self, people: Mapping[UUID, Texts]) -> None:
        """Seal what is known of new persons, each under a fresh key.

        IntegrityError from the database, and nothing done, if a person or a code is known.
        """
        if not people:
            return
        keys = {person: new_key() for person in people}
        with writing(self._engine) as connection:
            wrapped = [
                {"person_id": person, "wrapped": self._master.wrap(person, key)}
                for person, key in keys.items()
            ]
            connection.execute(insert(vault_key), wrapped)
            self._put(connection, people, keys)

    def seal(self, people: Mapping[UUID, Texts], *, strangers_left_out: bool = False) -> None:
        """Seal these fields anew, leaving the others as they are.

        NotInVault for a person who is not known, unless such are to be left out; IntegrityError
        from the database if a code is another's. Nothing is done then.
        """
        if not people:
            return
        with writing(self._engine) as connection:
            # Locked, always in the same order: an erasure at the same time comes before or after.
            asked = (
                select(vault_key)
                .where(vault_key.c.person_id.in_(people))
                .order_by(vault_key.c.person_id)
                .with_for_update()
            )
            keys = {
                row.person_id: self._master.unwrap(row.person_id, row.wrapped)
                for row in connection.execute(asked)
            }
            if not strangers_left_out and (strangers := people.keys() - keys.keys()):
                raise NotInVault(*strangers)
            if known := {person: texts for person, texts in people.items() if person in keys}:
                self._take_away(connection, known)
                self._put(connection, known, keys)

    def open(
        self, fields: Iterable[str], persons: Iterable[UUID] | None = None
    ) -> Mapping[UUID, Mapping[str, str]]:
        """The texts of these fields by person, of these persons or of all.

        Who has a box that does not open is left out altogether: half of a person would soon be
        written back as if it were the whole.
        """
        asked = (
            select(vault_box.c.person_id, vault_box.c.field, vault_box.c.box, vault_key.c.wrapped)
            .join(vault_key, vault_key.c.person_id == vault_box.c.person_id)
            .where(vault_box.c.field.in_(list(fields)))
        )
        if persons is not None:
            asked = asked.where(vault_box.c.person_id.in_(list(persons)))
        keys: dict[UUID, bytes] = {}
        boxes: dict[UUID, dict[str, bytes]] = defaultdict(dict)
        with self._engine.connect() as connection:
            for person, field, box, wrapped in connection.execute(asked):
                keys[person] = wrapped
                boxes[person][field] = box
        return dict(self._opened(keys, boxes))

    def find(self, kind: str, codes: Iterable[str]) -> Mapping[str, UUID]:
        """Whose these codes are; an unknown one is left out."""
        lookups = {self._master.lookup(kind, code): code for code in codes}
        asked = select(vault_code.c.lookup, vault_code.c.person_id).where(
            vault_code.c.kind == kind, vault_code.c.lookup.in_(list(lookups))
        )
        with self._engine.connect() as connection:
            return {lookups[bytes(row.lookup)]: row.person_id for row in connection.execute(asked)}

    def erase(self, *persons: UUID) -> bool:
        """Destroy keys, boxes and codes of persons, who need not be there any more.

        Whether the place they took in the files was cleared too; where not, because somebody was
        reading or the role has no right to, the same may be asked again.
        """
        with writing(self._engine) as connection:
            for table in (vault_key, vault_box, vault_code):
                connection.execute(delete(table).where(table.c.person_id.in_(persons)))
        return scrub(self._engine, (vault_key.name, vault_box.name, vault_code.name))

    def known_of(self, persons: Collection[UUID]) -> frozenset[UUID]:
        """Those of these persons of whom anything at all is kept, be it only a box or a code."""
        if not persons:
            return frozenset()
        kept = union(*(select(table.c.person_id) for table in (vault_key, vault_box, vault_code)))
        with self._engine.connect() as connection:
            return frozenset(connection.execute(kept).scalars()).intersection(persons)

    def check_master_key(self) -> None:
        """Raise KeyOfAnother where the master key is not the one that wrapped the keys here."""
        with self._engine.connect() as connection:
            tried = connection.execute(select(vault_key).limit(_TRIED)).all()
        if tried and not any(self._unwraps(row.person_id, row.wrapped) for row in tried):
            raise KeyOfAnother("vault.key")

    def _unwraps(self, person: UUID, wrapped: bytes) -> bool:
        try:
            self._master.unwrap(person, wrapped)
        except DoesNotOpen:
            return False
        return True

    def _opened(
        self, keys: Mapping[UUID, bytes], boxes: Mapping[UUID, Mapping[str, bytes]]
    ) -> Iterator[tuple[UUID, Mapping[str, str]]]:
        for person, sealed in boxes.items():
            try:
                key = PersonKey(person, self._master.unwrap(person, keys[person]))
                texts = {field: key.open(field, box) for field, box in sealed.items()}
            except DoesNotOpen as broken:
                _LOG.warning("does not open: %s", str(broken).replace("\n", " "))
                continue
            yield person, texts

    def _put(
        self, connection: Connection, people: Mapping[UUID, Texts], keys: Mapping[UUID, bytes]
    ) -> None:
        boxes, codes = [], []
        for person, texts in people.items():
            key = PersonKey(person, keys[person])
            for field, text in texts.items():
                if text is None:
                    continue
                box = key.seal(field, text)
                boxes.append({"person_id": person, "field": field, "box": box})
                if field in FOUND_BY:
                    lookup = self._master.lookup(field, text)
                    codes.append({"kind": field, "lookup": lookup, "person_id": person})
        for table, rows in ((vault_code, codes), (vault_box, boxes)):
            if rows:
                connection.execute(insert(table), rows)

    def _take_away(self, connection: Connection, people: Mapping[UUID, Texts]) -> None:
        """Remove the fields that are written anew, all at once: two may change their codes."""
        by_fields: dict[frozenset[str], list[UUID]] = defaultdict(list)
        for person, texts in people.items():
            by_fields[frozenset(texts)].append(person)
        for table, field in ((vault_code, vault_code.c.kind), (vault_box, vault_box.c.field)):
            chosen = (
                and_(field.in_(fields), table.c.person_id.in_(persons))
                for fields, persons in by_fields.items()
            )
            connection.execute(delete(table).where(or_(*chosen)))


def open_vault(engine: Engine, keys: KeyFolder) -> Vault:
    """The vault of a school; its tables and its master key are made where nobody is in it yet.

    Raises KeyMissing and KeyOfAnother: with another key, what is sealed could never be opened.
    """
    metadata.create_all(engine)
    try:
        master_key = keys.vault_key()
    except KeyMissing:
        with engine.connect() as connection:
            if connection.execute(select(exists(select(vault_key.c.person_id)))).scalar():
                raise
        master_key = _begun(keys)
    vault = Vault(engine, master_key)
    vault.check_master_key()
    return vault


def _begun(keys: KeyFolder) -> bytes:
    try:
        return keys.begin_vault()
    except FileExistsError:
        # Another process has begun it meanwhile.
        return keys.vault_key()
