"""How far the ledger is sealed, as the leaders see it: one card, and the page behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from ledger.publishing.publisher import UNREADABLE, Standing
from ledger.store.checkpoints import Published
from ledger.trust.note import SignatureInvalid
from ledger.trust.policy import Policy
from web.desk import Desk
from web.moments import shown_moment
from web.wording import publishing as words
from web.wording.numbers import shown_count

# Every school day has news, so a day without any witness is a day on which something is wrong.
_SILENCE: Final = timedelta(hours=24)
# A witness answers within seconds and is asked again each minute.
_PATIENCE: Final = timedelta(minutes=10)
_SHOWN: Final = 60
WIDTH: Final = 600


@dataclass(frozen=True, slots=True)
class WitnessRow:
    """A witness of the policy: whether it has cosigned the newest checkpoint, or why not."""

    name: str
    cosigned_at: datetime | None
    label: str
    look: str


@dataclass(frozen=True, slots=True)
class Sealing:
    """The card: how things stand now, and what of it is wrong."""

    standing: Standing
    age: str
    witnesses: Sequence[WitnessRow]
    wrongs: Sequence[str]


def sealing_of(desk: Desk) -> Sealing:
    """The card as of now."""
    standing, now = desk.publisher.standing(), desk.clock()
    newest = standing.newest
    return Sealing(
        standing,
        words.age(now - newest.signed_at) if newest else "",
        [_row(standing, name) for name in (standing.policy.witnesses if standing.policy else ())],
        list(_wrongs(standing, now)),
    )


def _row(standing: Standing, name: str) -> WitnessRow:
    if moment := standing.cosigned.get(name):
        return WitnessRow(name, moment, *words.COSIGNED)
    trouble = standing.troubles.get(name)
    label, look = words.TROUBLES[trouble] if trouble else words.WAITING
    return WitnessRow(name, None, label, look)


def _wrongs(standing: Standing, now: datetime) -> Iterator[str]:
    if standing.alarm:
        yield words.alarm_sentence(standing.alarm)
    if standing.failure:
        yield words.failure_sentence(standing.failure)
    if standing.policy is None:
        return
    unseen, unsealed = standing.unseen_since, standing.unsealed_since
    if unseen and now - unseen >= _SILENCE:
        yield words.SILENT.format(moment=shown_moment(unseen))
    if unsealed and now - unsealed >= _PATIENCE:
        yield words.NO_QUORUM_YET.format(
            moment=shown_moment(unsealed),
            rule=words.quorum(standing.policy),
            count=shown_count(standing.without_quorum),
        )


@dataclass(frozen=True, slots=True)
class CheckpointRow:
    """One checkpoint of the list: who has cosigned it, and whether that was enough."""

    published: Published
    cosigned: Sequence[tuple[str, datetime]]
    look: str
    x: float = 0


def recent_rows(desk: Desk, standing: Standing) -> list[CheckpointRow]:
    """The newest checkpoints, the newest first, placed in time for the picture."""
    if standing.newest is None:
        return []
    try:
        found = desk.checkpoints.recent(standing.newest.checkpoint.origin, limit=_SHOWN)
        rows = [_checkpoint_row(one, standing.policy) for one in found]
    except (*UNREADABLE, SignatureInvalid):
        return []  # The alarm says so.
    # A clock that was put back must not draw what was signed beyond the edge.
    first, last = found[-1].signed_at, max(desk.clock(), found[0].signed_at)
    span = max((last - first).total_seconds(), 1)
    return [
        CheckpointRow(
            row.published,
            row.cosigned,
            row.look,
            round((row.published.signed_at - first).total_seconds() / span * (WIDTH - 6), 1),
        )
        for row in rows
    ]


def _checkpoint_row(published: Published, policy: Policy | None) -> CheckpointRow:
    if policy is None:
        return CheckpointRow(published, (), "alone")
    seconds = policy.cosigned(published.note)
    cosigned = [(name, datetime.fromtimestamp(at, UTC)) for name, at in seconds.items()]
    if policy.is_met_by(seconds):
        return CheckpointRow(published, cosigned, "sealed")
    return CheckpointRow(published, cosigned, "seen" if cosigned else "alone")


def gap_of(rows: Sequence[CheckpointRow]) -> float | None:
    """Where in the picture the gap begins that no quorum has closed yet; None where there is none.

    0 where none of the shown checkpoints met the quorum.
    """
    if not rows or rows[0].look == "sealed":
        return None
    return next((row.x for row in rows if row.look == "sealed"), 0.0)
