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

from ledger.credentials.facts import AnyCredentialsFact
from ledger.dossiers.facts import AnyDossierFact
from ledger.line import Fact, Line
from ledger.privacy.facts import AnyPrivacyFact
from ledger.refusal import LineTooLong
from ledger.results.facts import AnyResultsFact
from ledger.school.facts import AnySchoolFact, AnyYearFact
from ledger.sheet.facts import AnyFact
from ledger.signals.facts import AnySignalsFact
from ledger.supervision.facts import AnySupervisionFact
from ledger.vocabulary import Author, CommandId

Body = dict[str, Any]
_Shared = tuple[Author, datetime, CommandId]

# The facts of each kind of stream.
ROOMS: Final = (
    *(AnyFact, AnySchoolFact, AnyYearFact, AnyResultsFact, AnySupervisionFact),
    *(AnyPrivacyFact, AnyDossierFact, AnyCredentialsFact, AnySignalsFact),
)
FACTS: Final[Mapping[str, type[Fact]]] = MappingProxyType(
    {fact.NAME: fact for room in ROOMS for fact in get_args(room)}
)


def _with_grounds(request: Body) -> Body:
    """A request of the days when nobody was asked what went wrong and who had noticed it."""
    lifted = {name: value for name, value in request.items() if name != "late"}
    late_because = ["after-last-day"] if request["late"] else []
    return {**lifted, "cause": "other", "found_by": "teacher", "late_because": late_because}


def _without_attestation(approval: Body) -> Body:
    """An approval of the days when the password alone was asked for, and nothing kept of it."""
    return {**approval, "statement": None, "attestation": None}


# One function lifts a stored fact from shape n to n + 1. Prefer a new fact to a new shape where
# the meaning changed.
Upcasters = Mapping[tuple[str, int], Callable[[Body], Body]]
UPCASTERS: Final[Upcasters] = MappingProxyType(
    {
        ("correction-requested", 1): _with_grounds,
        ("correction-approved", 1): _without_attestation,
    }
)

# A bundle of entries (c2sp.org/tlog-tiles) has two bytes for the length of each. The rest is for
# what stands in the entry before the state.
LONGEST_STATE: Final = 65_535 - 200

# Where the fact stands in a state as this module writes it. No text that anybody types comes
# before it, so the first place that looks so is the right one.
_FACT: Final = b',"fact":'
_END: Final = {fact.SHAPE: b',"shape":%d}' % fact.SHAPE for fact in FACTS.values()}


def to_stored_events(lines: Sequence[Line]) -> list[StoredEvent]:
    """The rows of one append. All lines share author, moment and command, encoded once.

    Raises LineTooLong.
    """
    if not lines:
        return []
    envelope = _envelope(lines[0])
    rows = [
        StoredEvent(
            originator_id=line.stream_id,
            originator_version=line.version,
            topic=line.fact.NAME,
            state=b'%b,"fact":%b,"shape":%d}'
            % (envelope, line.fact.__pydantic_serializer__.to_json(line.fact), line.fact.SHAPE),
        )
        for line in lines
    ]
    if any(len(row.state) > LONGEST_STATE for row in rows):
        raise LineTooLong
    return rows


def _envelope(line: Line) -> bytes:
    moment = line.at.astimezone(UTC).isoformat()
    author = line.by.model_dump_json(exclude_none=True)
    return f'{{"at":"{moment}","by":{author},"command":"{line.command_id}"'.encode()


def to_line(
    stored: Notification | StoredEvent, *, position: int = 0, upcasters: Upcasters = UPCASTERS
) -> Line:
    """The line of a stored row; rows of old shapes are lifted to today's."""
    envelope, _, rest = stored.state.partition(_FACT)
    known = FACTS.get(stored.topic)
    if known and rest.endswith(end := _END[known.SHAPE]):
        fact = known.__pydantic_validator__.validate_json(rest[: -len(end)])
        by, at, command_id = _opened(envelope)
    else:
        body = from_json(stored.state)
        fact = _to_fact(stored.topic, body["shape"], body["fact"], upcasters=upcasters)
        by, at, command_id = _shared(body)
    if isinstance(stored, Notification):
        position = stored.id
    stream = stored.originator_id
    stream_id = stream if isinstance(stream, UUID) else UUID(stream)
    return Line(stream_id, stored.originator_version, fact, by, at, command_id, position)


def _to_fact(name: str, shape: int, body: Body, *, upcasters: Upcasters) -> Fact:
    while upcast := upcasters.get((name, shape)):
        body, shape = upcast(body), shape + 1
    return FACTS[name].model_validate(body)


# Lines come in runs of one command, whose envelope is one and the same text.
@lru_cache(maxsize=1024)
def _opened(envelope: bytes) -> _Shared:
    return _shared(from_json(envelope + b"}"))


def _shared(body: Body) -> _Shared:
    by = Author.model_validate(body["by"])
    return by, datetime.fromisoformat(body["at"]), CommandId(UUID(body["command"]))
