"""What can be foreseen to go wrong with a school's database, told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import OperationalError as NotRecorded
from psycopg2.errors import InsufficientPrivilege
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)

from ledger.store.database import NotALedgerAddress
from ledger.store.keys import KeyUnusable
from projections.runner import ProjectionIsOfAnotherVersion
from web.commands.failing import Failed


@contextmanager
def foreseen() -> Iterator[None]:
    """Turn what databases do into `Failed`; what nobody foresaw passes through."""
    try:
        yield
    except BrokenPipeError:
        raise  # Somebody read enough of the output.
    except ProjectionIsOfAnotherVersion as failure:
        raise Failed("program-too-old") from failure
    except KeyUnusable as unusable:
        raise Failed(unusable.code, name=unusable.args[0]) from unusable
    except (NotALedgerAddress, ArgumentError, NoSuchModuleError, NotRecorded, OSError) as failure:
        raise _no_database(failure) from failure
    except DatabaseError as failure:
        if isinstance(failure.orig, InsufficientPrivilege):
            raise Failed("right-missing", reason=_first_line(failure.orig)) from failure
        # Not the kinds that mean a fault of ours, such as a wrong statement: those are to be seen.
        if type(failure) not in {DatabaseError, InterfaceError, OperationalError}:
            raise
        raise _no_database(failure.orig or failure) from failure


def _no_database(failure: BaseException) -> Failed:
    return Failed("no-database", reason=_first_line(failure))


def _first_line(failure: BaseException) -> str:
    lines = str(failure).strip().splitlines()
    return lines[0] if lines else type(failure).__name__
