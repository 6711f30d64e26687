"""What can be foreseen to go wrong with a school's database, told in one sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.persistence import OperationalError as NotRecorded
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)

from ledger.store.database import NotALedgerAddress
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
    except (NotALedgerAddress, ArgumentError, NoSuchModuleError, NotRecorded, OSError) as failure:
        raise _no_database(failure) from failure
    except DatabaseError as failure:
        # Not the kinds that mean a fault of ours, such as a wrong statement: those are to be seen.
        if type(failure) not in {DatabaseError, InterfaceError, OperationalError}:
            raise
        raise _no_database(failure.orig or failure) from failure


def _no_database(failure: BaseException) -> Failed:
    lines = str(failure).strip().splitlines()
    return Failed("no-database", reason=lines[0] if lines else type(failure).__name__)
