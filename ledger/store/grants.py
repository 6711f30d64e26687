"""What the application's role may do on PostgreSQL: read and add lines, move the head, no more.

Its own tables, which a rebuild drops and makes anew, it creates and owns. The schema and the
tables of the ledger belong to somebody else, so that no slip and no stolen password of the
application can put a guard aside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, inspect, text

from ledger.store.triggers import ONLY_GROWING

RIGHTS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(ONLY_GROWING, frozenset({"SELECT", "INSERT"})),
        "head": frozenset({"SELECT", "UPDATE"}),
    }
)
_CHANGING: Final = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")

# Named in full throughout: the application may create functions in its schema, and one that fits
# better than the server's own would be called by the owner, with the owner's rights.

# What makes a role as mighty as an owner, whatever was granted to it.
_MIGHTY: Final = text("""
    SELECT rolsuper, rolcreaterole,
        pg_catalog.pg_has_role(oid, 'pg_execute_server_program', 'MEMBER'),
        pg_catalog.pg_has_role(oid, 'pg_write_server_files', 'MEMBER')
    FROM pg_roles WHERE rolname = :role
    """)
_OWNS: Final = text("""
    SELECT 'database', datname::text FROM pg_database
    WHERE datname = pg_catalog.current_database()
        AND pg_catalog.pg_has_role(:role, datdba, 'MEMBER')
    UNION ALL
    SELECT 'schema', nspname FROM pg_namespace
    WHERE nspname = pg_catalog.current_schema()
        AND pg_catalog.pg_has_role(:role, nspowner, 'MEMBER')
    UNION ALL
    SELECT 'table', relname FROM pg_class
    WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = pg_catalog.current_schema())
        AND relname = ANY(:tables) AND pg_catalog.pg_has_role(:role, relowner, 'MEMBER')
    UNION ALL
    SELECT 'function', proname FROM pg_proc
    WHERE pronamespace = (SELECT oid FROM pg_namespace WHERE nspname = pg_catalog.current_schema())
        AND proname = 'refuse_change' AND pg_catalog.pg_has_role(:role, proowner, 'MEMBER')
    """)
_MAY: Final = {
    "INSERT": text("SELECT pg_catalog.has_any_column_privilege(:role, :table, 'INSERT')"),
    "UPDATE": text("SELECT pg_catalog.has_any_column_privilege(:role, :table, 'UPDATE')"),
    "DELETE": text("SELECT pg_catalog.has_table_privilege(:role, :table, 'DELETE')"),
    "TRUNCATE": text("SELECT pg_catalog.has_table_privilege(:role, :table, 'TRUNCATE')"),
    "TRIGGER": text("SELECT pg_catalog.has_table_privilege(:role, :table, 'TRIGGER')"),
}
_OTHERS_OF_THE_SCHEMA: Final = text("""
    SELECT relname FROM pg_class
    JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = pg_catalog.current_schema() AND relkind = 'r' AND NOT relname = ANY(:tables)
        AND pg_catalog.pg_get_userbyid(relowner) <> :role
    ORDER BY relname
    """)


@dataclass(frozen=True, slots=True)
class Excess:
    """One right that a role has too many: "superuser", "owns table", "UPDATE"; and on what."""

    right: str
    on: str


class NoSuchRole(LookupError):
    """The server knows no role of this name."""


class RoleOwnsTheLedger(ValueError):
    """The role is the one that is preparing: it would own what it must not own."""


def current_role(connection: Connection) -> str:
    """The role whose rights this connection has."""
    role: str = connection.execute(text("SELECT current_user")).scalar_one()
    return role


def grant(connection: Connection, role: str) -> None:
    """Give the role what the application needs, and take from it what it must not have.

    The connection's own role keeps, or becomes, the owner of the ledger; all other tables of the
    schema become the application's. Raises NoSuchRole, RoleOwnsTheLedger.
    """
    if not connection.execute(_MIGHTY, {"role": role}).first():
        raise NoSuchRole(role)
    if current_role(connection) == role:
        raise RoleOwnsTheLedger(role)
    schema: str = connection.execute(text("SELECT pg_catalog.current_schema()")).scalar_one()
    quoted = connection.dialect.identifier_preparer.quote_identifier
    named, place = quoted(role), quoted(schema)
    others = connection.execute(_OTHERS_OF_THE_SCHEMA, {"role": role, "tables": [*RIGHTS]})
    for statement in (
        f"ALTER SCHEMA {place} OWNER TO CURRENT_USER",
        "ALTER FUNCTION refuse_change() OWNER TO CURRENT_USER",
        f"GRANT USAGE, CREATE ON SCHEMA {place} TO {named}",
        *(f"ALTER TABLE {quoted(name)} OWNER TO {named}" for name in others.scalars()),
        *(f"ALTER TABLE {table} OWNER TO CURRENT_USER" for table in RIGHTS),
        *(f"REVOKE ALL ON {table} FROM PUBLIC, {named}" for table in RIGHTS),
        *(
            f"GRANT {', '.join(sorted(rights))} ON {table} TO {named}"
            for table, rights in RIGHTS.items()
        ),
    ):
        connection.exec_driver_sql(statement)


def excess(connection: Connection, role: str | None = None) -> list[Excess]:
    """What a role, by default the connection's, may do and must not; [] where it is as it should.

    Of a superuser that alone is said: everything else follows.
    """
    role = role or current_role(connection)
    superuser, *mighty = connection.execute(_MIGHTY, {"role": role}).one()
    if superuser:
        return [Excess("superuser", role)]
    kinds = ("creates roles", "runs programs", "writes files")
    found = [Excess(kind, role) for kind, has in zip(kinds, mighty, strict=True) if has]
    owned = connection.execute(_OWNS, {"role": role, "tables": [*RIGHTS]})
    found += [Excess(f"owns {kind}", name) for kind, name in owned]
    there = inspect(connection).get_table_names()
    for table, rights in RIGHTS.items():
        for right in _CHANGING if table in there else ():
            asked = {"role": role, "table": table}
            if right not in rights and connection.execute(_MAY[right], asked).scalar_one():
                found.append(Excess(right, table))
    return found
