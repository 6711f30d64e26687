"""Codes from a phone (TOTP, RFC 6238): six digits that change every half minute.

The secret that phone and ledger share is sealed in the vault, under the person's own key. A code
is taken once: the database remembers the time step of the last one, for all processes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Final
from uuid import uuid4

import pyotp
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Table,
    Text,
    Uuid,
    delete,
    func,
    insert,
    select,
    update,
)

from ledger.store.database import writing
from ledger.vault import Vault
from ledger.vocabulary import PersonId, SessionId
from web.access.passwords import read_aloud
from web.access.throttling import forget_failures, metadata, must_wait, note_failure
from web.moments import UtcMoment
from web.refusals import CodeUsedAlready, NoAuthenticator, TooManyCodes, TooManySignIns, WrongCode

FRESH_FOR: Final = timedelta(minutes=5)
ISSUER: Final = "Sổ điểm"

_FIELD: Final = "authenticator"  # of the vault
_STEP: Final = 30  # seconds
# The clocks of phone and server may differ by one step, and people need time to type.
_SKEW: Final = 1
_RECOVERY_CODES: Final = 8
_NEVER: Final = -1

authenticator = Table(
    "authenticator",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("enrolled_at", UtcMoment),  # None until a first code was right
    Column("last_step", BigInteger, nullable=False),
    Column("given_in", Uuid),  # the session that the last code was given in
    Column("given_at", UtcMoment),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    # Of 79 random bits, so that nobody finds the code that gives a hash.
    Column("code_hash", Text, primary_key=True),
)


@dataclass(frozen=True, slots=True)
class SharedSecret:
    """What a phone is told once: the secret as text, and the address that a QR code holds."""

    text: str
    uri: str


class Authenticators:
    """Whose phone makes codes; every method is one short transaction beside the vault's."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def begin(self, person: PersonId, *, secret: str | None = None) -> None:
        """Make a new secret, which counts once a code of it was given; nothing if one counts."""
        if self.since(person) is not None:
            return
        self._vault.seal({person: {_FIELD: secret or pyotp.random_base32()}})
        with writing(self._engine) as connection:
            _forget(connection, person)
            row = {"person_id": person, "last_step": _NEVER}
            connection.execute(insert(authenticator).values(row))

    def begun(self, person: PersonId, username: str) -> SharedSecret | None:
        """The secret that waits for its first code, to be shown to its owner alone."""
        waits = select(authenticator.c.person_id).where(
            authenticator.c.person_id == person, authenticator.c.enrolled_at.is_(None)
        )
        with self._engine.connect() as connection:
            if connection.execute(waits).scalar() is None:
                return None
        secret = self._secret(person)
        return SharedSecret(
            secret, pyotp.TOTP(secret, name=username, issuer=ISSUER).provisioning_uri()
        )

    def since(self, person: PersonId) -> datetime | None:
        """Since when the person confirms with codes; None for who does not."""
        asked = select(authenticator.c.enrolled_at).where(authenticator.c.person_id == person)
        with self._engine.connect() as connection:
            since: datetime | None = connection.execute(asked).scalar()
            return since

    def count_of_recovery_codes(self, person: PersonId) -> int:
        """How many recovery codes are left."""
        asked = select(func.count()).where(recovery_code.c.person_id == person)
        with self._engine.connect() as connection:
            return connection.execute(asked).scalar_one()

    def check(self, person: PersonId, code: str, *, address: str, now: datetime) -> None:
        """Take a code, which counts for nothing else afterwards.

        Raises NoAuthenticator, WrongCode, CodeUsedAlready and TooManyCodes.
        """
        self._take(person, code, address=address, now=now, session=None)

    def give(
        self, person: PersonId, session: SessionId, code: str, *, address: str, now: datetime
    ) -> None:
        """Take a code, after which the session need not give another for five minutes.

        Raises NoAuthenticator, WrongCode, CodeUsedAlready and TooManyCodes.
        """
        if self.since(person) is None:
            raise NoAuthenticator
        self._take(person, code, address=address, now=now, session=session)

    def is_fresh(self, session: SessionId, *, now: datetime) -> bool:
        """Whether a code was given in this session less than five minutes ago."""
        asked = select(authenticator.c.given_at).where(authenticator.c.given_in == session)
        with self._engine.connect() as connection:
            given_at = connection.execute(asked).scalar()
        return given_at is not None and now - given_at < FRESH_FOR

    def enrol(self, person: PersonId, *, now: datetime) -> Sequence[str]:
        """Let the codes count from now on; the recovery codes, which nobody is told again."""
        codes = [read_aloud(groups=4) for _ in range(_RECOVERY_CODES)]
        with writing(self._engine) as connection:
            mine = authenticator.c.person_id == person
            connection.execute(update(authenticator).where(mine).values(enrolled_at=now))
            rows = [{"person_id": person, "code_hash": _digest(code)} for code in codes]
            connection.execute(insert(recovery_code), rows)
        return codes

    def use_recovery_code(
        self, person: PersonId, code: str, *, address: str, now: datetime
    ) -> None:
        """Take a recovery code, once; raises NoAuthenticator, WrongCode and TooManyCodes."""
        if self.since(person) is None:
            raise NoAuthenticator
        self._must_wait(person, address, now)
        with writing(self._engine) as connection:
            used = connection.execute(
                delete(recovery_code).where(
                    recovery_code.c.person_id == person,
                    recovery_code.c.code_hash == _digest(code),
                )
            )
            if used.rowcount:
                forget_failures(connection, _counted_as(person))
                return
        self._count_failure(person, address, now)
        raise WrongCode

    def remove(self, person: PersonId) -> None:
        """Forget the secret and what belongs to it; nothing if there is none."""
        self._vault.seal({person: {_FIELD: None}}, strangers_left_out=True)
        with writing(self._engine) as connection:
            _forget(connection, person)

    def _take(
        self,
        person: PersonId,
        code: str,
        *,
        address: str,
        now: datetime,
        session: SessionId | None,
    ) -> None:
        self._must_wait(person, address, now)
        secret = self._secret(person)
        step = _step_of(secret, code, now)
        if step is None:
            self._count_failure(person, address, now)
            raise WrongCode
        with writing(self._engine) as connection:
            taken = connection.execute(
                update(authenticator)
                .where(authenticator.c.person_id == person, authenticator.c.last_step < step)
                .values(last_step=step, given_in=session, given_at=now if session else None)
            )
            if not taken.rowcount:
                raise CodeUsedAlready
            forget_failures(connection, _counted_as(person))

    def _secret(self, person: PersonId) -> str:
        found = self._vault.open([_FIELD], [person]).get(person)
        if not found:
            raise NoAuthenticator
        return found[_FIELD]

    def _must_wait(self, person: PersonId, address: str, now: datetime) -> None:
        try:
            with self._engine.connect() as connection:
                must_wait(connection, _counted_as(person), address, now)
        except TooManySignIns as early:
            raise TooManyCodes(**early.details) from early

    def _count_failure(self, person: PersonId, address: str, now: datetime) -> None:
        with writing(self._engine) as connection:
            failure = uuid4().hex
            note_failure(connection, _counted_as(person), address, failure_id=failure, now=now)


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, around now; None where it is of none."""
    typed = "".join(code.split())
    made, step = pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    for near in range(step - _SKEW, step + _SKEW + 1):
        if compare_digest(made.generate_otp(near).encode(), typed.encode()):
            return near
    return None


def _counted_as(person: PersonId) -> str:
    """Apart from the password's: who gives that rightly begins no new count of wrong codes."""
    return f"code {person}"


def _digest(code: str) -> str:
    return hashlib.sha256("".join(code.lower().replace("-", "").split()).encode()).hexdigest()


def _forget(connection: Connection, person: PersonId) -> None:
    for table in (authenticator, recovery_code):
        connection.execute(delete(table).where(table.c.person_id == person))
