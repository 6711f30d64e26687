"""Whether the triggers stand that refuse to change what was written, and no others do."""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import text

from ledger.store.guards import fallen_guards
from ledger.store.triggers import GUARDS
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Source

_STRANGERS: Final = {
    "sqlite": text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"),
    # A rule can turn an insertion into anything else, as a trigger can; row security hides lines.
    "postgresql": text("""
        SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
        UNION ALL
        SELECT rulename, tablename FROM pg_rules WHERE schemaname = current_schema()
        UNION ALL
        SELECT 'row security', relname FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relrowsecurity
        """),
}


class GuardCheck:
    """The guards of the ledger's tables."""

    def __init__(self) -> None:
        self._standing = 0

    @property
    def checked(self) -> Mapping[str, int]:
        return {"guards": self._standing}

    def take(self, batch: Batch) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:
        guards = GUARDS[source.dialect]
        fallen = fallen_guards(source.connection)
        self._standing = len(guards) - len(fallen)
        for guard in fallen:
            yield Finding("guard-fallen", None, f"{guard.table} · {guard.name}", guard.name, "")
        named = {guard.name for guard in guards}
        tables = {guard.table for guard in guards}
        for name, table in source.connection.execute(_STRANGERS[source.dialect]):
            if table in tables and name not in named:
                yield Finding("guard-unknown", None, f"{table} · {name}", "", name)
