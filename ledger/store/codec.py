"""Lines to stored bytes and back: permanent names, shapes, and upcasters for old shapes.

The state of a line is compact UTF-8 JSON: `at` (UTC), `by`, `command`, `fact`, `shape`. These
bytes are hashed into the ledger's tree, so they are kept as written and never serialised again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, get_args
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent
from pydantic_core import from_json

from ledger.line import Fact, Line
from ledger.sheet.facts import AnyFact
from ledger.vocabulary import Author, CommandId

Body = dict[str, Any]

FACTS: Final[Mapping[str, type[Fact]]] = MappingProxyType(
    {fact.NAME: fact for fact in get_args(AnyFact)}
)

# One function lifts a stored fact from shape n to n + 1. Prefer a new fact to a new shape where
# the meaning changed. Nothing was ever stored in another shape than 1 yet.
Upcasters = Mapping[tuple[str, int], Callable[[Body], Body]]
UPCASTERS: Final[Upcasters] = MappingProxyType({})


def to_stored_events(lines: Sequence[Line]) -> list[StoredEvent]:
    """The rows of one append. All lines share author, moment and command, encoded once."""
    if not lines:
        return []
    envelope = _envelope(lines[0])
    return [
        StoredEvent(
            originator_id=line.stream_id,
            originator_version=line.version,
            topic=line.fact.NAME,
            state=b'%b,"fact":%b,"shape":%d}'
            % (envelope, line.fact.__pydantic_serializer__.to_json(line.fact), line.fact.SHAPE),
        )
        for line in lines
    ]


def _envelope(line: Line) -> bytes:
    moment = line.at.astimezone(UTC).isoformat()
    author = line.by.model_dump_json(exclude_none=True)
    return f'{{"at":"{moment}","by":{author},"command":"{line.command_id}"'.encode()


def to_line(
    stored: Notification | StoredEvent, *, position: int = 0, upcasters: Upcasters = UPCASTERS
) -> Line:
    """The line of a stored row; rows of old shapes are lifted to today's."""
    body = from_json(stored.state)
    by = body["by"]
    return Line(
        stream_id=_uuid(str(stored.originator_id)),
        version=stored.originator_version,
        fact=_to_fact(stored.topic, body["shape"], body["fact"], upcasters=upcasters),
        by=_author(by["person"], by["role"], by.get("on_behalf_of"), by.get("session")),
        at=datetime.fromisoformat(body["at"]),
        command_id=CommandId(_uuid(body["command"])),
        position=stored.id if isinstance(stored, Notification) else position,
    )


def _to_fact(name: str, shape: int, body: Body, *, upcasters: Upcasters) -> Fact:
    while upcast := upcasters.get((name, shape)):
        body, shape = upcast(body), shape + 1
    return FACTS[name].model_validate(body)


# Lines come in runs of one stream, one command and one author: parsing those once per run is a
# third of the cost of reading a line.
@lru_cache(maxsize=4096)
def _uuid(text: str) -> UUID:
    return UUID(text)


@lru_cache(maxsize=4096)
def _author(person: str, role: str, on_behalf_of: str | None, session: str | None) -> Author:
    return Author.model_validate(
        {"person": person, "role": role, "on_behalf_of": on_behalf_of, "session": session}
    )
