"""What the log has published of itself: its checkpoints, and what witnesses have added to them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Engine, ScalarSelect, Select, func, insert, select
from sqlalchemy.exc import DBAPIError

from ledger.store import tables
from ledger.store.database import writing
from ledger.store.failures import is_collision
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Note, Signature

_checkpoint: Final = tables.checkpoint.c
_cosignature: Final = tables.cosignature.c


@dataclass(frozen=True, slots=True)
class Published:
    """A checkpoint as it is kept: the note with every cosignature, and when it was signed.

    `signed_at` is the server's own clock. Nothing here is believed because it is in the table:
    whoever relies on a note checks it by a policy.
    """

    checkpoint: Checkpoint
    note: Note
    signed_at: datetime


class Checkpoints:
    """The checkpoints of one ledger over their tables, which only grow."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, note: Note, *, signed_at: datetime) -> None:
        """Keep what the log has signed; a checkpoint of this size that is there already stays."""
        checkpoint = Checkpoint.parse(note.text)
        self._add(
            insert(tables.checkpoint).values(
                origin=checkpoint.origin,
                size=checkpoint.size,
                root=checkpoint.root,
                note=note.to_bytes(),
                signed_at=signed_at.isoformat(),
            )
        )

    def keep_cosignature(self, checkpoint: Checkpoint, cosignature: Signature) -> None:
        """Keep what a witness has answered, once; the caller has checked it."""
        self._add(
            insert(tables.cosignature).values(
                origin=checkpoint.origin,
                size=checkpoint.size,
                witness=cosignature.name,
                cosigned_at=cosignature.cosigned_at,
                line=str(cosignature),
            )
        )

    def latest(self, origin: str) -> Published | None:
        """The largest checkpoint of a log."""
        return next(self._read(_of(origin).order_by(_checkpoint.size.desc()).limit(1)), None)

    def latest_cosigned(self, origin: str, *, least: int = 1) -> Published | None:
        """The largest checkpoint that at least so many different keys have cosigned."""
        asked = _of(origin).where(_cosigners() >= least)
        return next(self._read(asked.order_by(_checkpoint.size.desc()).limit(1)), None)

    def recent(self, origin: str, *, limit: int) -> Sequence[Published]:
        """The largest checkpoints of a log, the newest first."""
        return list(self._read(_of(origin).order_by(_checkpoint.size.desc()).limit(limit)))

    def origins(self) -> frozenset[str]:
        """The logs of which something is kept: one for each incarnation that has published."""
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(_checkpoint.origin).distinct()))

    def covering(
        self, origin: str, position: int, *, by: Collection[str] = (), least: int = 0
    ) -> Published | None:
        """The smallest checkpoint that a line is under.

        With `least`, the smallest that so many of the keys of these names have cosigned.
        """
        asked = _of(origin).where(_checkpoint.size >= position)
        if least:
            asked = asked.where(_cosigners(_cosignature.witness.in_(by)) >= least)
        return next(self._read(asked.order_by(_checkpoint.size).limit(1)), None)

    def all(self) -> Iterator[Published]:
        """Every checkpoint, by origin and size."""
        return self._read(select(tables.checkpoint).order_by(_checkpoint.origin, _checkpoint.size))

    def _read(self, question: Select[Any]) -> Iterator[Published]:
        with self._engine.connect() as connection:
            rows = connection.execute(question).all()
            chosen = question.subquery()
            same = (_cosignature.origin == chosen.c.origin) & (_cosignature.size == chosen.c.size)
            asked = select(tables.cosignature).join(chosen, same).order_by(_cosignature.cosigned_at)
            lines: dict[tuple[str, int], list[str]] = defaultdict(list)
            for row in connection.execute(asked):
                lines[row.origin, row.size].append(row.line.removesuffix("\n"))
        for row in rows:
            added = [Signature.parse(line) for line in lines[row.origin, row.size]]
            yield Published(
                Checkpoint(row.origin, row.size, bytes(row.root)),
                Note.parse(bytes(row.note)).signed_with(*added),
                datetime.fromisoformat(row.signed_at),
            )

    def _add(self, statement: Any) -> None:  # noqa: ANN401  (any insertion)
        try:
            with writing(self._engine) as connection:
                connection.execute(statement)
        except DBAPIError as failure:
            if not is_collision(failure):
                raise


def _of(origin: str) -> Select[Any]:
    return select(tables.checkpoint).where(_checkpoint.origin == origin)


def _cosigners(*of: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many different keys have cosigned a checkpoint.

    Counted for each one that is looked at, and few are: the one that is asked for mostly stands at
    the end where the search begins, and beside years of them a sum over all would be felt.
    """
    return (
        select(func.count(_cosignature.witness.distinct()))
        .where(_cosignature.origin == _checkpoint.origin, _cosignature.size == _checkpoint.size)
        .where(*of)
        .scalar_subquery()
    )
