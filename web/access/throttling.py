"""How long to wait after wrong passwords: counted in the database, so by all processes."""

import hashlib
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    Text,
    delete,
    insert,
    select,
)

from web.moments import UtcMoment
from web.refusals import TooManySignIns

_WINDOW: Final = timedelta(minutes=15)
_FREE_TRIES: Final = 5
_LONGEST_WAIT: Final = 300.0
# A whole school comes from one address, so an address alone never locks anybody out: past this
# number it only takes an account's five free tries down to one.
_ADDRESS_TRIES: Final = 20
_ADDRESS_WINDOW: Final = timedelta(minutes=1)

metadata = MetaData()

failure = Table(
    "sign_in_failure",
    metadata,
    Column("failure_id", Text, primary_key=True),
    Column("account_key", Text, nullable=False, index=True),
    Column("address", Text, nullable=False, index=True),
    Column("at", UtcMoment, nullable=False),
)


def account_key(username: str) -> str:
    """A key for the name as typed: people type their password there by mistake, so it is hashed."""
    return hashlib.sha256(username.strip().lower().encode()).hexdigest()


def must_wait(connection: Connection, username: str, address: str, now: datetime) -> None:
    """Raise TooManySignIns with the seconds to wait, if this account has to wait."""
    key = account_key(username)
    mine = _moments(connection, failure.c.account_key == key, since=now - _WINDOW)
    around = _moments(connection, failure.c.address == address, since=now - _ADDRESS_WINDOW)
    free = 1 if len(around) > _ADDRESS_TRIES else _FREE_TRIES
    if len(mine) < free:
        return
    wait = min(5.0 * 2 ** min(len(mine) - free, 10), _LONGEST_WAIT)
    left = (max(mine) + timedelta(seconds=wait) - now).total_seconds()
    if left > 0:
        raise TooManySignIns(seconds=int(left) + 1)


def note_failure(
    connection: Connection, username: str, address: str, *, failure_id: str, now: datetime
) -> None:
    """Count one wrong password; what is too old to matter is forgotten on the way."""
    connection.execute(delete(failure).where(failure.c.at < now - _WINDOW))
    connection.execute(
        insert(failure).values(
            failure_id=failure_id, account_key=account_key(username), address=address, at=now
        )
    )


def forget_failures(connection: Connection, username: str) -> None:
    """Start counting anew, after a right password."""
    connection.execute(delete(failure).where(failure.c.account_key == account_key(username)))


def _moments(
    connection: Connection, whose: ColumnElement[bool], *, since: datetime
) -> list[datetime]:
    query = select(failure.c.at).where(whose, failure.c.at >= since)
    return list(connection.execute(query).scalars())
