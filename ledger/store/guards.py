"""Whether the triggers of a ledger stand as they were made, and how they are put back."""

from typing import Final

from sqlalchemy import Connection, text

from ledger.store.triggers import GUARDS, REFUSAL, Guard

# A trigger stands when it is defined as it was made, awake in every session, and refuses as it
# was told to: whoever owns the database could as well leave it there and empty its function.
_STANDING_ON_POSTGRESQL: Final = text("""
    SELECT pg_catalog.pg_get_triggerdef(pg_trigger.oid, true)
    FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE nspname = pg_catalog.current_schema() AND tgenabled = 'A' AND prosrc = :refusal
    """)
_STANDING_ON_SQLITE: Final = text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")


def fallen_guards(connection: Connection) -> list[Guard]:
    """The guards that are missing, altered or asleep; [] where all stand."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(_STANDING_ON_POSTGRESQL, {"refusal": REFUSAL})
    else:
        found = connection.execute(_STANDING_ON_SQLITE)
    standing = set(found.scalars())
    return [guard for guard in GUARDS[connection.dialect.name] if guard.statement not in standing]


def put_back(connection: Connection) -> list[Guard]:
    """Make every guard that has fallen anew, and return those."""
    fallen = fallen_guards(connection)
    on_postgresql = connection.dialect.name == "postgresql"
    if fallen and on_postgresql:
        connection.exec_driver_sql(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger"
            f" LANGUAGE plpgsql AS $${REFUSAL}$$".replace("%", "%%")
        )
    for guard in fallen:
        of_table = f" ON {guard.table}" if on_postgresql else ""
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard.name}{of_table}")
        connection.exec_driver_sql(guard.statement)
        if on_postgresql:
            # A plain trigger sleeps in a session whose session_replication_role is "replica".
            connection.exec_driver_sql(
                f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}"
            )
    return fallen
