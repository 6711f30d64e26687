"""Accounts and their sessions: who may sign in with which password, and who is signed in now."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Engine,
    ForeignKey,
    RowMapping,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from ledger.store.database import writing
from ledger.vocabulary import PersonId, Role, SessionId
from web.access.passwords import check_strength, hashed, matches, needs_rehash
from web.access.throttling import forget_failures, metadata, must_wait, note_failure
from web.moments import UtcMoment
from web.refusals import NoSuchAccount, UsernameTaken, WrongPassword, WrongSignIn

ActingRoles = Callable[[PersonId, datetime], frozenset[Role]]

_IDLE: Final = timedelta(hours=8)
# Who may unlock, approve or change accounts must not leave an open session behind.
_IDLE_IN_POWER: Final = timedelta(minutes=30)
_IN_POWER: Final = frozenset({Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR})
_LONGEST: Final = timedelta(days=7)
# Seen is written this seldom: reading a page should not cost a durable write.
_SEEN_EVERY: Final = timedelta(minutes=1)

account = Table(
    "account",
    metadata,
    Column("person_id", Uuid, primary_key=True),
    Column("username", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
)

session = Table(
    "session",
    metadata,
    Column("session_id", Uuid, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("person_id", Uuid, ForeignKey(account.c.person_id), nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("seen_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
    Column("reauthenticated_at", UtcMoment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Account:
    """A person's way in, no more: which roles the person may act in is a fact of the school."""

    person: PersonId
    username: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    session_id: SessionId
    account: Account
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    reauthenticated_at: datetime


class Accounts:
    """The accounts of one school; every method is one short transaction, hashing left outside.

    `acting_roles` says in which roles a person may act at a moment: whoever has none is not let
    in, and whoever is in power is put out sooner.
    """

    def __init__(self, engine: Engine, acting_roles: ActingRoles) -> None:
        self._engine = engine
        self._acting_roles = acting_roles

    def create_tables(self) -> None:
        metadata.create_all(self._engine)

    def create(self, new: Account, password: str) -> None:
        """Add an account; raises UsernameTaken (name or person has one) and PasswordTooWeak."""
        check_strength(password, new.username)
        row = {
            "person_id": new.person,
            "username": new.username.strip().lower(),
            "password_hash": hashed(password),
            "active": new.active,
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(account).values(row))
        except IntegrityError as taken:
            raise UsernameTaken(username=new.username) from taken

    def put_in_use(self, person: PersonId, *, active: bool) -> None:
        """Let an account be used, or no longer; whoever is signed in with it is put out."""
        with writing(self._engine) as connection:
            found = connection.execute(
                update(account).where(account.c.person_id == person).values(active=active)
            )
            if found.rowcount == 0:
                raise NoSuchAccount
            _end_sessions(connection, session.c.person_id == person)

    def set_password(self, person: PersonId, password: str) -> None:
        """Give an account another password; whoever is signed in with the old one is put out."""
        check_strength(password, self.find(person).username)
        stored = hashed(password)
        with writing(self._engine) as connection:
            _store_hash(connection, person, stored)
            _end_sessions(connection, session.c.person_id == person)

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(account).order_by(account.c.username)).mappings()
            return [_account(row) for row in rows]

    def find(self, person: PersonId) -> Account:
        """The account of a person; raises NoSuchAccount."""
        row = self._row(account.c.person_id == person)
        if row is None:
            raise NoSuchAccount
        return _account(row)

    def sign_in(
        self, username: str, password: str, *, address: str, device: str, now: datetime
    ) -> str:
        """Start a session and return its token; raises WrongSignIn and TooManySignIns.

        Who is not, or no longer, on the staff is answered as a wrong password is.
        """
        self._must_wait(username, address, now)
        row = self._row(account.c.username == username.strip().lower())
        roles = self._acting_roles(PersonId(row["person_id"]), now) if row else frozenset()
        usable = row is not None and row["active"] and bool(roles)
        right = matches(password, row["password_hash"] if row and usable else None)
        if row is None or not right:
            self._count_failure(username, address, now)
            raise WrongSignIn
        renewed = hashed(password) if needs_rehash(row["password_hash"]) else None
        token = secrets.token_urlsafe(32)
        new = _new_session(row, token, device, now, ends=now + _idle(roles))
        with writing(self._engine) as connection:
            forget_failures(connection, username)
            if renewed:
                _store_hash(connection, row["person_id"], renewed)
            connection.execute(insert(session).values(new))
            connection.execute(delete(session).where(session.c.expires_at < now))
        return token

    def session(self, token: str, *, now: datetime) -> Session | None:
        """The living session of a token, noted as seen now; None if there is none."""
        query = (
            select(session, account)
            .join(account, account.c.person_id == session.c.person_id)
            .where(session.c.token_hash == _digest(token), account.c.active)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None or row[session.c.expires_at] <= now:
            return None
        if now - row[session.c.seen_at] >= _SEEN_EVERY:
            self._note_seen(row, now)
        return _session(row)

    def sessions(self, person: PersonId, *, now: datetime) -> list[Session]:
        """Where a person is signed in, the latest first."""
        query = (
            select(session, account)
            .join(account, account.c.person_id == session.c.person_id)
            .where(session.c.person_id == person, session.c.expires_at > now)
            .order_by(session.c.seen_at.desc())
        )
        with self._engine.connect() as connection:
            return [_session(row) for row in connection.execute(query).mappings()]

    def reauthenticate(
        self, signed_in: SessionId, password: str, *, address: str, now: datetime
    ) -> None:
        """Take the password again; raises WrongPassword and TooManySignIns."""
        row = self._row(
            account.c.person_id
            == select(session.c.person_id)
            .where(session.c.session_id == signed_in)
            .scalar_subquery()
        )
        username = row["username"] if row else ""
        self._must_wait(username, address, now)
        if not matches(password, row["password_hash"] if row else None):
            self._count_failure(username, address, now)
            raise WrongPassword
        with writing(self._engine) as connection:
            forget_failures(connection, username)
            connection.execute(
                update(session)
                .where(session.c.session_id == signed_in)
                .values(reauthenticated_at=now)
            )

    def sign_out(self, ended: SessionId) -> None:
        """End one session."""
        with writing(self._engine) as connection:
            _end_sessions(connection, session.c.session_id == ended)

    def sign_out_everywhere(self, person: PersonId) -> None:
        """End every session of a person."""
        with writing(self._engine) as connection:
            _end_sessions(connection, session.c.person_id == person)

    def _row(self, which: ColumnElement[bool]) -> RowMapping | None:
        with self._engine.connect() as connection:
            found = connection.execute(select(account).where(which))
            return found.mappings().one_or_none()

    def _must_wait(self, username: str, address: str, now: datetime) -> None:
        with self._engine.connect() as connection:
            must_wait(connection, username, address, now)

    def _count_failure(self, username: str, address: str, now: datetime) -> None:
        with writing(self._engine) as connection:
            note_failure(connection, username, address, failure_id=uuid4().hex, now=now)

    def _note_seen(self, row: RowMapping, now: datetime) -> None:
        roles = self._acting_roles(PersonId(row[session.c.person_id]), now)
        ends = min(now + _idle(roles), row[session.c.created_at] + _LONGEST)
        with writing(self._engine) as connection:
            connection.execute(
                update(session)
                .where(session.c.session_id == row[session.c.session_id])
                .values(seen_at=now, expires_at=ends)
            )


def _new_session(
    row: RowMapping, token: str, device: str, now: datetime, *, ends: datetime
) -> dict[str, Any]:
    return {
        "session_id": uuid4(),
        "token_hash": _digest(token),
        "person_id": row["person_id"],
        "device": device[:200],
        "created_at": now,
        "seen_at": now,
        "expires_at": ends,
        "reauthenticated_at": now,
    }


def _idle(roles: frozenset[Role]) -> timedelta:
    return _IDLE if _IN_POWER.isdisjoint(roles) else _IDLE_IN_POWER


def _store_hash(connection: Connection, person: UUID, stored: str) -> None:
    change = update(account).where(account.c.person_id == person).values(password_hash=stored)
    connection.execute(change)


def _end_sessions(connection: Connection, which: ColumnElement[bool]) -> None:
    connection.execute(delete(session).where(which))


def _digest(token: str) -> str:
    # The table holds the digest only: who reads a copy of the database cannot sign in with it.
    return hashlib.sha256(token.encode()).hexdigest()


def _account(row: RowMapping) -> Account:
    return Account(
        person=PersonId(row[account.c.person_id]),
        username=row["username"],
        active=row["active"],
    )


def _session(row: RowMapping) -> Session:
    return Session(
        session_id=SessionId(row["session_id"]),
        account=_account(row),
        device=row["device"],
        created_at=row["created_at"],
        seen_at=row["seen_at"],
        expires_at=row["expires_at"],
        reauthenticated_at=row["reauthenticated_at"],
    )
