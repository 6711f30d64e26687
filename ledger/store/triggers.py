"""The second guard of the ledger: triggers that refuse to change what was once written.

They stop a mistake, on whichever path it comes. Whoever owns the database can drop them, and
only the signed heads kept elsewhere show that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

# Tables that are only added to, and when a row of each is one that is there already.
ONLY_GROWING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "event": (
            "position = NEW.position OR (originator_id = NEW.originator_id"
            " AND originator_version = NEW.originator_version)"
        ),
        "command": "command_id = NEW.command_id",
        "checkpoint": "origin = NEW.origin AND size = NEW.size",
        "cosignature": (
            "origin = NEW.origin AND size = NEW.size"
            " AND witness = NEW.witness AND cosigned_at = NEW.cosigned_at"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger of the ledger: its table, and the statement that makes it.

    The statement is spelled as the database itself tells it, so that the two can be compared.
    """

    name: str
    table: str
    statement: str


# The error is of no class that could be taken for a conflict to retry.
REFUSAL: Final = """
    BEGIN
        RAISE EXCEPTION 'the ledger only grows: % of % is refused', TG_OP, TG_TABLE_NAME;
    END
    """


def _refusing(name: str, table: str, when: str, scope: str) -> Guard:
    made = f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {scope}"
    return Guard(name, table, f"{made} EXECUTE FUNCTION refuse_change()")


# Statement triggers, since TRUNCATE fires no other and an UPDATE of no row is refused as well.
_POSTGRESQL: Final = (
    *(
        _refusing(f"{table}_only_grows", table, "DELETE OR UPDATE OR TRUNCATE", "STATEMENT")
        for table in ONLY_GROWING
    ),
    _refusing("head_stays", "head", "DELETE OR TRUNCATE", "STATEMENT"),
    _refusing(
        "head_never_goes_back", "head", "UPDATE", 'ROW WHEN (new."position" < old."position")'
    ),
)


def _aborting(name: str, table: str, when: str, *, only: str = "") -> Guard:
    made = f"CREATE TRIGGER {name} BEFORE {when} ON {table}{only and f' WHEN {only}'}"
    message = f"the ledger only grows: refused by {name}"
    return Guard(name, table, f"{made} BEGIN SELECT RAISE(ABORT, '{message}'); END")


# INSERT OR REPLACE deletes the row in its way, and the DELETE trigger fires only where the
# connection has set recursive_triggers. A connection that is not ours has not, so a third
# trigger on each table refuses any key that exists.
def _only_grows(table: str, is_there: str) -> tuple[Guard, ...]:
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {is_there})"  # noqa: S608  (all of it is written above)
    return (
        _aborting(f"{table}_no_update", table, "UPDATE"),
        _aborting(f"{table}_no_delete", table, "DELETE"),
        _aborting(f"{table}_no_replace", table, "INSERT", only=exists),
    )


_SQLITE: Final = (
    *(guard for table, is_there in ONLY_GROWING.items() for guard in _only_grows(table, is_there)),
    _aborting("head_no_delete", "head", "DELETE"),
    _aborting("head_no_replace", "head", "INSERT", only="EXISTS (SELECT 1 FROM head)"),
    _aborting("head_no_way_back", "head", "UPDATE", only="NEW.position < OLD.position"),
)

GUARDS: Final[Mapping[str, Sequence[Guard]]] = MappingProxyType(
    {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
)
