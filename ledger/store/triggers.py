"""The second guard of the ledger: triggers that refuse to change what was once written.

They stop a mistake, on whichever path it comes. Whoever owns the database can drop them, and
only the signed heads kept elsewhere show that.
"""

from collections.abc import Mapping, Sequence
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

# The error is of no class that could be taken for a conflict to retry.
_REFUSE: Final = """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger only grows: % of % is refused', TG_OP, TG_TABLE_NAME;
    END
    $$
    """


# ENABLE ALWAYS: a plain trigger sleeps in a session whose session_replication_role is
# "replica". Statement triggers, since TRUNCATE fires no other and an UPDATE of no row is
# refused as well.
def _always(name: str, table: str, when: str, scope: str) -> tuple[str, str]:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} {scope} EXECUTE FUNCTION refuse_change()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    )


_POSTGRESQL: Final = (
    _REFUSE,
    *(
        statement
        for table in ONLY_GROWING
        for statement in _always(
            f"{table}_only_grows", table, "UPDATE OR DELETE OR TRUNCATE", "FOR EACH STATEMENT"
        )
    ),
    *_always("head_stays", "head", "DELETE OR TRUNCATE", "FOR EACH STATEMENT"),
    *_always(
        "head_never_goes_back",
        "head",
        "UPDATE",
        "FOR EACH ROW WHEN (NEW.position < OLD.position)",
    ),
)


def _refused(name: str, when: str) -> str:
    message = f"the ledger only grows: refused by {name}"
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


# INSERT OR REPLACE deletes the row in its way, and the DELETE trigger fires only where the
# connection has set recursive_triggers. A connection that is not ours has not, so a third
# trigger on each table refuses any key that exists.
def _only_grows(table: str, is_there: str) -> tuple[str, ...]:
    exists = f"EXISTS (SELECT 1 FROM {table} WHERE {is_there})"  # noqa: S608  (all of it is written above)
    return (
        _refused(f"{table}_no_update", f"UPDATE ON {table}"),
        _refused(f"{table}_no_delete", f"DELETE ON {table}"),
        _refused(f"{table}_no_replace", f"INSERT ON {table} WHEN {exists}"),
    )


_SQLITE: Final = (
    *(
        statement
        for table, is_there in ONLY_GROWING.items()
        for statement in _only_grows(table, is_there)
    ),
    _refused("head_no_delete", "DELETE ON head"),
    _refused("head_no_replace", "INSERT ON head WHEN EXISTS (SELECT 1 FROM head)"),
    _refused("head_no_way_back", "UPDATE ON head WHEN NEW.position < OLD.position"),
)

TRIGGERS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
)
