"""The keys that the school's authority gave to persons, each behind the person's own PIN.

A key is sealed twice: by the PIN (argon2id, AES-256-GCM), and around that by the vault's master
key, which is outside the database. So whoever stole the database cannot try out PINs, and whoever
has the server and the master key has to try each of them slowly.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from secrets import token_bytes
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import (
    Column,
    Engine,
    LargeBinary,
    MetaData,
    Row,
    Table,
    Text,
    Uuid,
    insert,
    select,
    update,
)

from ledger.store.database import writing
from ledger.store.keys import KeyOfAnother
from ledger.vocabulary import PersonId
from web.access.throttling import forget_failures, must_wait, note_failure
from web.moments import UtcMoment
from web.refusals import NoSchoolKey, PinUnfit, TooManyPins, TooManySignIns, WrongPin
from web.signing.authority import KeyPair, SchoolAuthority, new_key
from web.signing.certificates import der, fingerprint

_PIN: Final = re.compile(r"[0-9]{6,32}")
_ROW: Final = "01234567890123456789"
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32
_MEMORY_KIB: Final = 64 * 1024
_ROUNDS: Final = 3

metadata: Final = MetaData()

school_key = Table(
    "school_key",
    metadata,
    Column("certificate", Text, primary_key=True),  # its SHA-256: a certificate bears a name
    Column("person_id", Uuid, nullable=False, index=True),
    Column("serial", Text, nullable=False),
    Column("issued_at", UtcMoment, nullable=False),
    Column("withdrawn_at", UtcMoment, nullable=True),
    Column("box", LargeBinary, nullable=True),  # None once it is withdrawn
)


class Issued(NamedTuple):
    """A key that a person was given: its certificate's SHA-256, and while it is valid."""

    certificate: str
    valid_from: datetime
    valid_until: datetime


class SchoolKeys:
    """The table of the keys; `master_key` is the vault's, out of which another is derived here."""

    def __init__(self, engine: Engine, master_key: bytes) -> None:
        self._engine = engine
        derived = HKDF(SHA256(), _KEY_BYTES, salt=None, info=b"grade-ledger school-key")
        self._outer = AESGCM(derived.derive(master_key))

    def create_tables(self) -> None:
        metadata.create_all(self._engine)

    def give(
        self, authority: SchoolAuthority, person: PersonId, name: str, *, pin: str, at: datetime
    ) -> Issued:
        """Make a key for a person behind a PIN of the person's choice; raises PinUnfit.

        The key that the person had is withdrawn with the same stroke.
        """
        check_pin(pin)
        key = new_key()
        certificate = authority.issue(key.public_key(), name, at)
        known_by = fingerprint(der(certificate))
        row = {
            "certificate": known_by,
            "person_id": person,
            "serial": str(certificate.serial_number),
            "issued_at": at,
            "box": self._sealed(person, pin, KeyPair(key, certificate)),
        }
        with writing(self._engine) as connection:
            mine = (school_key.c.person_id == person) & school_key.c.withdrawn_at.is_(None)
            connection.execute(update(school_key).where(mine).values(withdrawn_at=at, box=None))
            connection.execute(insert(school_key).values(row))
        return Issued(known_by, certificate.not_valid_before_utc, certificate.not_valid_after_utc)

    def of(self, person: PersonId) -> str:
        """The certificate (SHA-256) of the key that a person has; raises NoSchoolKey."""
        return str(self._row(person).certificate)

    def open(self, person: PersonId, pin: str, *, address: str, now: datetime) -> KeyPair:
        """The person's key; raises NoSchoolKey, WrongPin and TooManyPins."""
        row = self._row(person)
        counted_as = f"pin {row.certificate}"
        try:
            with self._engine.connect() as connection:
                must_wait(connection, counted_as, address, now)
        except TooManySignIns as early:
            raise TooManyPins(**early.details) from early
        opened = self._opened(row, pin)
        with writing(self._engine) as connection:
            if opened is None:
                failure = uuid4().hex
                note_failure(connection, counted_as, address, failure_id=failure, now=now)
            else:
                forget_failures(connection, counted_as)
        if opened is None:
            raise WrongPin
        return opened

    def change_pin(
        self, person: PersonId, old: str, new: str, *, address: str, now: datetime
    ) -> None:
        """Put the same key behind another PIN; raises what `open` does, and PinUnfit."""
        check_pin(new)
        opened = self.open(person, old, address=address, now=now)
        box = self._sealed(person, new, opened)
        with writing(self._engine) as connection:
            mine = school_key.c.certificate == fingerprint(der(opened.certificate))
            connection.execute(update(school_key).where(mine).values(box=box))

    def withdraw(self, certificate: str, *, at: datetime) -> None:
        """Destroy a key; what it signed before stays signed. An unknown one is no matter."""
        with writing(self._engine) as connection:
            found = (school_key.c.certificate == certificate) & school_key.c.withdrawn_at.is_(None)
            connection.execute(update(school_key).where(found).values(withdrawn_at=at, box=None))

    def withdraw_all(self, withdrawn: Mapping[str, datetime]) -> None:
        """Destroy those of these that are still there: a process died before it did."""
        with self._engine.connect() as connection:
            kept = school_key.c.withdrawn_at.is_(None)
            usable = set(connection.scalars(select(school_key.c.certificate).where(kept)))
        for certificate in sorted(usable & withdrawn.keys()):
            self.withdraw(certificate, at=withdrawn[certificate])

    def withdrawn(self) -> Mapping[int, datetime]:
        """When which serial number was withdrawn."""
        asked = select(school_key.c.serial, school_key.c.withdrawn_at).where(
            school_key.c.withdrawn_at.is_not(None)
        )
        with self._engine.connect() as connection:
            return {int(row.serial): row.withdrawn_at for row in connection.execute(asked)}

    def _row(self, person: PersonId) -> Row[Any]:
        mine = (school_key.c.person_id == person) & school_key.c.withdrawn_at.is_(None)
        with self._engine.connect() as connection:
            row = connection.execute(select(school_key).where(mine)).one_or_none()
        if row is None:
            raise NoSchoolKey
        return row

    def _sealed(self, person: PersonId, pin: str, pair: KeyPair) -> bytes:
        place = _place(person, fingerprint(der(pair.certificate)))
        salt, nonce, outer = (token_bytes(size) for size in (_SALT_BYTES, *[_NONCE_BYTES] * 2))
        inner = _by_pin(pin, salt).encrypt(nonce, pair.to_pem(), place)
        return outer + self._outer.encrypt(outer, salt + nonce + inner, place)

    def _opened(self, row: Row[Any], pin: str) -> KeyPair | None:
        """The key in a row; None for another PIN. Another master key raises KeyOfAnother."""
        place = _place(row.person_id, row.certificate)
        try:
            inside = self._outer.decrypt(row.box[:_NONCE_BYTES], row.box[_NONCE_BYTES:], place)
        except InvalidTag as foreign:
            raise KeyOfAnother("vault.key") from foreign
        salt, sealed = inside[:_SALT_BYTES], inside[_SALT_BYTES:]
        try:
            cipher = _by_pin(pin, salt)
            pem = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], place)
        except InvalidTag:
            return None
        return KeyPair.from_pem(pem)


def check_pin(pin: str) -> None:
    """Raise PinUnfit for less than six digits, one digit only, or digits in a row."""
    in_a_row = pin in _ROW or pin in _ROW[::-1]
    if not _PIN.fullmatch(pin) or len(set(pin)) == 1 or in_a_row:
        raise PinUnfit


def _by_pin(pin: str, salt: bytes) -> AESGCM:
    derived = hash_secret_raw(
        pin.encode(),
        salt,
        time_cost=_ROUNDS,
        memory_cost=_MEMORY_KIB,
        parallelism=1,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )
    return AESGCM(derived)


def _place(person: UUID, certificate: str) -> bytes:
    return f"school-key\n{person}\n{certificate}".encode()
