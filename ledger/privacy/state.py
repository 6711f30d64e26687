"""Personal data as the lines make it: retention, restrictions, requests, and who is erased."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self

from ledger.line import Line
from ledger.privacy import facts
from ledger.privacy.facts import ErasureId, Retention
from ledger.privacy.retention import CAREFUL_RETENTION
from ledger.vocabulary import Author, PupilId


class Said(NamedTuple):
    """What somebody decided at some moment, and why."""

    by: Author
    at: datetime
    reason: str = ""


class ErasureStatus(StrEnum):
    """Where a request stands."""

    REQUESTED = "requested"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"

    @property
    def is_open(self) -> bool:
        return self is ErasureStatus.REQUESTED


@dataclass(frozen=True, slots=True)
class Erasure:
    """A request to erase, who wrote it down, and how it was decided."""

    requested: facts.ErasureRequested
    entered: Said
    status: ErasureStatus = ErasureStatus.REQUESTED
    decided: Said | None = None

    @property
    def erasure_id(self) -> ErasureId:
        return self.requested.erasure_id

    @property
    def pupil(self) -> PupilId:
        return self.requested.pupil


@dataclass(slots=True)
class Privacy:
    """Personal data after `version` lines. Treat it as frozen: `evolve_privacy` makes a new one."""

    version: int = 0
    retention: Retention = CAREFUL_RETENTION
    retention_decided: Said | None = None
    restricted: dict[PupilId, Said] = field(default_factory=dict)
    erasures: dict[ErasureId, Erasure] = field(default_factory=dict)
    erased: dict[PupilId, facts.PersonalDataErased] = field(default_factory=dict)

    def open_erasure_of(self, pupil: PupilId) -> Erasure | None:
        """The request about a pupil that waits for a decision."""
        waiting = (one for one in self.erasures.values() if one.status.is_open)
        return next((one for one in waiting if one.pupil == pupil), None)

    @property
    def waiting(self) -> list[Erasure]:
        """The requests that wait for a decision, the oldest first."""
        return [one for one in self.erasures.values() if one.status.is_open]

    def draft(self) -> Self:
        """A copy whose collections may be changed without touching this state."""
        draft = copy(self)
        draft.restricted, draft.erasures = self.restricted.copy(), self.erasures.copy()
        draft.erased = self.erased.copy()
        return draft


NOTHING_PRIVATE_YET: Final = Privacy()


def evolve_privacy(privacy: Privacy, lines: Iterable[Line]) -> Privacy:
    """The state after `lines`; never refuses, since what was recorded has happened."""
    draft = privacy.draft()
    for line in lines:
        _HANDLERS[type(line.fact)](line.fact, draft, line)
        draft.version = line.version
    return draft


def _retention_set(fact: facts.RetentionSet, privacy: Privacy, line: Line) -> None:
    privacy.retention, privacy.retention_decided = fact.retention, Said(line.by, line.at)


def _restricted(fact: facts.PersonalDataRestricted, privacy: Privacy, line: Line) -> None:
    privacy.restricted[fact.pupil] = Said(line.by, line.at, fact.reason)


def _lifted(fact: facts.RestrictionLifted, privacy: Privacy, _line: Line) -> None:
    privacy.restricted.pop(fact.pupil, None)


def _requested(fact: facts.ErasureRequested, privacy: Privacy, line: Line) -> None:
    entered = Said(line.by, line.at, fact.reason)
    privacy.erasures[fact.erasure_id] = Erasure(fact, entered)


def _declined(fact: facts.ErasureDeclined, privacy: Privacy, line: Line) -> None:
    _settle(privacy, fact.erasure_id, ErasureStatus.DECLINED, Said(line.by, line.at, fact.reason))


def _withdrawn(fact: facts.ErasureWithdrawn, privacy: Privacy, line: Line) -> None:
    _settle(privacy, fact.erasure_id, ErasureStatus.WITHDRAWN, Said(line.by, line.at, fact.reason))


def _erased(fact: facts.PersonalDataErased, privacy: Privacy, line: Line) -> None:
    _settle(privacy, fact.erasure_id, ErasureStatus.ERASED, Said(line.by, line.at))
    privacy.erased[fact.pupil] = fact
    privacy.restricted.pop(fact.pupil, None)


def _settle(privacy: Privacy, erasure_id: ErasureId, status: ErasureStatus, decided: Said) -> None:
    settled = replace(privacy.erasures[erasure_id], status=status, decided=decided)
    privacy.erasures[erasure_id] = settled


_HANDLERS: Final[Mapping[type, Callable[[Any, Privacy, Line], None]]] = MappingProxyType(
    {
        facts.RetentionSet: _retention_set,
        facts.PersonalDataRestricted: _restricted,
        facts.RestrictionLifted: _lifted,
        facts.ErasureRequested: _requested,
        facts.ErasureDeclined: _declined,
        facts.ErasureWithdrawn: _withdrawn,
        facts.PersonalDataErased: _erased,
    }
)
