"""Carry lines from the ledger to the projections, each line once, and build them anew."""

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Lock
from typing import Final, Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    inspect,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError

from ledger.line import Line
from ledger.store.codec import to_line
from ledger.store.database import writing
from ledger.store.failures import is_passing
from ledger.store.recorder import LedgerRecorder
from projections.anomalies.fold import AnomaliesFold
from projections.corrections.fold import CorrectionsFold
from projections.dossiers.fold import DossiersFold
from projections.gradebook.fold import GradebookFold
from projections.history.fold import HistoryFold
from projections.progress.fold import ProgressFold
from projections.tables import for_single_questions, insert_unless_there

BATCH: Final = 5_000
_TRIES: Final = 5

metadata: Final = MetaData()

projection: Final = Table(
    "projection",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("position", BigInteger, nullable=False),
)

_POSITIONS: Final = select(projection.c.name, projection.c.version, projection.c.position)
_named: Final = projection.c.name == bindparam("of_name")
# One statement takes the row and moves it on: whoever comes second waits here for the first,
# then finds another position than the one expected, and so applies nothing.
_MOVE: Final = (
    update(projection)
    .where(_named, projection.c.version == bindparam("of_version"))
    .where(projection.c.position == bindparam("expected"))
    .values(position=bindparam("reached"))
    .returning(projection.c.position)
)
_TAKE: Final = update(projection).where(_named).values(position=projection.c.position)
_RESET: Final = (
    update(projection).where(_named).values(version=bindparam("new_version"), position=0)
)


class Projection(Protocol):
    """What the runner asks of a projection.

    `name` is permanent and begins the name of each of its tables. A new `version` means that its
    tables are dropped and filled anew. `apply` never refuses a line, and takes a batch in a number
    of statements that does not depend on how many lines or cells the batch has.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> int: ...

    @property
    def metadata(self) -> MetaData: ...

    def apply(self, connection: Connection, lines: Sequence[Line]) -> None: ...


class ProjectionIsOfAnotherVersion(Exception):
    """Another version of the program has rebuilt the tables; this one must be started anew."""


def every_projection() -> Sequence[Projection]:
    """A school's projections, as this version of the program makes them."""
    return (
        AnomaliesFold(),
        CorrectionsFold(),
        DossiersFold(),
        GradebookFold(),
        HistoryFold(),
        ProgressFold(),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    """Lines read, the position each projection had reached, and which had moved on meanwhile."""

    lines: Sequence[Line]
    behind: Mapping[str, int]
    overtaken: set[str] = field(default_factory=set)

    @property
    def last(self) -> int:
        """The position of the last line read, 0 if there was none."""
        return self.lines[-1].position if self.lines else 0

    def lines_for(self, name: str) -> Sequence[Line]:
        """The lines are gapless and begin after the projection that is furthest behind."""
        if not self.lines:
            return ()
        ahead = self.behind[name] + 1 - self.lines[0].position
        return self.lines[ahead:] if ahead else self.lines


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Lines hold no cycles, and looking for some among so many costs more than decoding them."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class Projections:
    """All projections of one ledger; safe to share between threads and processes."""

    def __init__(
        self,
        engine: Engine,
        recorder: LedgerRecorder,
        projections: Sequence[Projection] | None = None,
    ) -> None:
        self._engine = engine
        self._reader = for_single_questions(engine)
        self._recorder = recorder
        every = projections or every_projection()
        # Rows are always taken in the order of the names, so that no two wait for each other.
        self._projections = {one.name: one for one in sorted(every, key=lambda one: one.name)}
        assert not any(
            following.startswith(f"{name}_") for name, following in pairwise(self._projections)
        ), "the tables of a projection are known by its name"
        self._turn = Lock()

    def create_tables(self) -> None:
        """Create what is missing, and empty a projection kept by another version of its code."""
        self._create_positions()
        for one in self._projections.values():
            with writing(self._engine) as connection:
                insert_unless_there(
                    connection, projection, {"name": one.name, "version": 0, "position": 0}
                )
                taken = connection.execute(
                    _TAKE.returning(projection.c.version), {"of_name": one.name}
                )
                if taken.scalar_one() != one.version:
                    self._start_anew(connection, one)

    def catch_up(self) -> int:
        """Apply every line recorded before the call; return how many lines were new.

        Raises what a projection raised: then that one stays where it was, with its rows, and the
        others have gone on.
        """
        return self._advance(self._projections.keys())

    def rebuild(
        self,
        names: Collection[str] | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Empty the named projections (all by default) and fill them from the first line.

        `progress(done, total)` counts lines of the ledger. KeyError for an unknown name.
        """
        chosen = sorted(self._projections if names is None else names)
        for one in [self._projections[name] for name in chosen]:
            with writing(self._engine) as connection:
                connection.execute(_TAKE, {"of_name": one.name})
                self._start_anew(connection, one)
        with _without_collecting():
            self._advance(chosen, progress)

    def positions(self) -> dict[str, int]:
        """The position of the last line that each projection has applied."""
        with self._reader.connect() as connection:
            kept = {row.name: row for row in connection.execute(_POSITIONS)}
        for name, one in self._projections.items():
            if kept[name].version != one.version:
                raise ProjectionIsOfAnotherVersion(name)
        return {name: kept[name].position for name in self._projections}

    def _advance(
        self, names: Collection[str], progress: Callable[[int, int], None] | None = None
    ) -> int:
        total = (self._recorder.max_notification_id() or 0) if progress else 0
        done, going = 0, set(names)
        failures: list[Exception] = []
        while going:
            # Threads that have all just written would otherwise all read the same lines.
            with self._turn:
                step = self._read(going)
                failed = self._apply(step)
            done += len(step.lines)
            going -= failed.keys()
            failures += failed.values()
            if progress:
                progress(min(step.last, total) or total, total)
            if len(step.lines) < BATCH and not step.overtaken:
                break
        if failures:
            raise failures[0]
        return done

    def _read(self, names: Collection[str]) -> _Step:
        behind = {name: at for name, at in self.positions().items() if name in names}
        stored = self._recorder.select_notifications(min(behind.values()) + 1, BATCH)
        return _Step([to_line(notification) for notification in stored], behind)

    def _apply(self, step: _Step) -> dict[str, Exception]:
        """Apply a step to all, in one transaction; to each by itself where one of them fails."""
        waiting = [self._projections[name] for name in step.behind if step.lines_for(name)]
        if not waiting:
            return {}
        try:
            self._commit(waiting, step)
        except Exception as failure:  # noqa: BLE001  (whatever it was, it must not stop the others)
            if len(waiting) == 1:
                return {waiting[0].name: failure}
        else:
            return {}
        failed: dict[str, Exception] = {}
        for one in waiting:
            try:
                self._commit([one], step)
            except Exception as failure:  # noqa: BLE001  (raised once the others had their lines)
                failed[one.name] = failure
        return failed

    def _commit(self, chosen: Sequence[Projection], step: _Step) -> None:
        for _ in range(_TRIES - 1):
            try:
                return self._commit_once(chosen, step)
            except DBAPIError as failure:
                if not is_passing(failure):
                    raise
        return self._commit_once(chosen, step)

    def _commit_once(self, chosen: Sequence[Projection], step: _Step) -> None:
        with writing(self._engine) as connection:
            for one in chosen:
                values = {
                    "of_name": one.name,
                    "of_version": one.version,
                    "expected": step.behind[one.name],
                    "reached": step.last,
                }
                if connection.execute(_MOVE, values).first() is None:
                    step.overtaken.add(one.name)
                else:
                    one.apply(connection, step.lines_for(one.name))

    def _start_anew(self, connection: Connection, one: Projection) -> None:
        """Drop the tables of a projection, those of older versions too, and create them empty."""
        kept = MetaData()
        prefix = f"{one.name}_"
        mine = [name for name in inspect(connection).get_table_names() if name.startswith(prefix)]
        for name in mine:
            Table(name, kept)
        kept.drop_all(connection, checkfirst=False)
        one.metadata.create_all(connection, checkfirst=False)
        connection.execute(_RESET, {"of_name": one.name, "new_version": one.version})

    def _create_positions(self) -> None:
        if inspect(self._engine).has_table(projection.name):
            return
        try:
            with writing(self._engine) as connection:
                metadata.create_all(connection)
        except DBAPIError:
            # On PostgreSQL another process may have created it meanwhile.
            if not inspect(self._engine).has_table(projection.name):
                raise
