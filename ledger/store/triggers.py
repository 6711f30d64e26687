"""The second guard of the ledger: triggers that refuse to change what was once written.

They stop a mistake, on whichever path it comes. Whoever owns the database can drop them, and
only the signed heads kept elsewhere show that.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

# ENABLE ALWAYS: a plain trigger sleeps in a session whose session_replication_role is
# "replica". Statement triggers, since TRUNCATE fires no other and an UPDATE of no row is
# refused as well. The error is of no class that could be taken for a conflict to retry.
_POSTGRESQL: Final = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the ledger only grows: % of % is refused', TG_OP, TG_TABLE_NAME;
    END
    $$
    """,
    """
    CREATE TRIGGER event_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_only_grows",
    """
    CREATE TRIGGER command_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON command
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE command ENABLE ALWAYS TRIGGER command_only_grows",
    """
    CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON head
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE head ENABLE ALWAYS TRIGGER head_stays",
    """
    CREATE TRIGGER head_never_goes_back BEFORE UPDATE ON head
        FOR EACH ROW WHEN (NEW.position < OLD.position) EXECUTE FUNCTION refuse_change()
    """,
    "ALTER TABLE head ENABLE ALWAYS TRIGGER head_never_goes_back",
)


def _refused(name: str, when: str) -> str:
    message = f"the ledger only grows: refused by {name}"
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


# INSERT OR REPLACE deletes the row in its way, and the DELETE trigger fires only where the
# connection has set recursive_triggers. A connection that is not ours has not, so a third
# trigger on each table refuses any key that exists.
_SQLITE: Final = (
    _refused("event_no_update", "UPDATE ON event"),
    _refused("event_no_delete", "DELETE ON event"),
    _refused(
        "event_no_replace",
        """
        INSERT ON event
        WHEN EXISTS (SELECT 1 FROM event WHERE position = NEW.position)
          OR EXISTS (
            SELECT 1 FROM event
            WHERE originator_id = NEW.originator_id
              AND originator_version = NEW.originator_version
          )
        """,
    ),
    _refused("command_no_update", "UPDATE ON command"),
    _refused("command_no_delete", "DELETE ON command"),
    _refused(
        "command_no_replace",
        """
        INSERT ON command
        WHEN EXISTS (SELECT 1 FROM command WHERE command_id = NEW.command_id)
        """,
    ),
    _refused("head_no_delete", "DELETE ON head"),
    _refused("head_no_replace", "INSERT ON head WHEN EXISTS (SELECT 1 FROM head)"),
    _refused("head_no_way_back", "UPDATE ON head WHEN NEW.position < OLD.position"),
)

TRIGGERS: Final[Mapping[str, Sequence[str]]] = MappingProxyType(
    {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
)
