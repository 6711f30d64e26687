"""Which lines of the ledger name somebody: the person has a right to know what is held."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import Engine, func, select, text

from ledger.store.tables import event

# The id stands in the bytes of a state as it is written, 36 letters that nothing else looks like.
_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sqlite": "instr(state, :person) > 0",
        "postgresql": "position(:person in state) > 0",
    }
)


class NamingLines(NamedTuple):
    """The lines of one kind of fact that name a person: how many, the first and last position."""

    topic: str
    lines: int
    first: int
    last: int


def lines_naming(engine: Engine, person: UUID) -> list[NamingLines]:
    """The lines that name the person, by kind of fact, the earliest first; reads the whole log."""
    position = event.c.position
    asked = (
        select(event.c.topic, func.count(), func.min(position), func.max(position))
        .where(text(_NAMES[engine.dialect.name]))
        .group_by(event.c.topic)
        .order_by(func.min(position))
    )
    with engine.connect() as connection:
        found = connection.execute(asked, {"person": str(person).encode()})
        return [NamingLines(*row) for row in found]
