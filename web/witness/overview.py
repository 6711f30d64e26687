"""What a person sees of a witness: each school, how long it has been silent, what is suspected."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ledger.trust.note import VerifierKey
from web.witness.answering import Witness
from web.witness.memory import Cosigned, Suspect

# A school publishes within a minute whenever there is news, and on any school day there is.
SILENT_AFTER: Final = timedelta(days=1)


class Condition(StrEnum):
    """How things are with a school: it speaks, is silent, never spoke, or is not listened to."""

    HEARD = "heard"
    SILENT = "silent"
    NEVER_HEARD = "never-heard"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class WatchedSchool:
    """A school, and what was cosigned of it last."""

    origin: str
    keys: Sequence[VerifierKey]
    last: Cosigned | None
    condition: Condition


@dataclass(frozen=True, slots=True)
class Alarm:
    """What to look at first of a log that is suspected, and how much more there is.

    A log that parted from what was cosigned is refused every minute from then on.
    """

    suspect: Suspect
    more: int


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it, as of one moment."""

    key: VerifierKey
    schools: Sequence[WatchedSchool]
    suspects: Sequence[Suspect]
    at: datetime

    @property
    def alarms(self) -> Sequence[Alarm]:
        """One for each log: a proof before a suspicion, and the earliest of its kind.

        A log that has ended, as after a restored backup, is suspected no more; a proof stays one.
        """
        of_each: dict[str, list[Suspect]] = defaultdict(list)
        for suspect in sorted(self.suspects, key=_urgency):
            of_each[suspect.checkpoint.origin].append(suspect)
        ended = {one.origin for one in self.schools if one.condition is Condition.ENDED}
        return [
            Alarm(first, len(more))
            for origin, (first, *more) in sorted(of_each.items())
            if first.is_proof or origin not in ended
        ]

    @property
    def silent(self) -> Sequence[WatchedSchool]:
        return [one for one in self.schools if one.condition is Condition.SILENT]


def overview(witness: Witness) -> Overview:
    """How things are with a witness now."""
    now = witness.clock()
    schools = [
        WatchedSchool(log.origin, log.keys, log.last, _condition(log.keys, log.last, now))
        for log in witness.memory.logs()
    ]
    return Overview(witness.key.verifier, schools, witness.memory.suspects(), now)


def _urgency(suspect: Suspect) -> tuple[bool, datetime]:
    return not suspect.is_proof, suspect.at


def _condition(keys: Sequence[VerifierKey], last: Cosigned | None, now: datetime) -> Condition:
    if not keys:
        return Condition.ENDED
    if last is None:
        return Condition.NEVER_HEARD
    return Condition.SILENT if now - last.at > SILENT_AFTER else Condition.HEARD
