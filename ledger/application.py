"""Where rules meet the store: load a sheet, decide, append; all of a command's facts or none."""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final
from uuid import UUID, uuid5

from eventsourcing.persistence import IntegrityError

from ledger.line import Fact, Line
from ledger.sheet import refusals
from ledger.sheet.commands import AnyCommand, EnterMarks, RequestCorrection
from ledger.sheet.decide import decide
from ledger.sheet.facts import AttemptRefused
from ledger.sheet.state import Place, Sheet, evolve
from ledger.store.codec import to_line, to_stored_events
from ledger.store.recorder import (
    CommandAlreadyRecorded,
    CommandKey,
    LedgerRecorder,
    RecordedCommand,
)
from ledger.vocabulary import CommandId, SheetId

# Each lost race means that another writer got through, so this many in a row on one sheet is no
# contention between people any more but a fault that must be seen.
_TRIES: Final = 100
_SHEETS_KEPT: Final = 512


def attempts_stream(sheet_id: SheetId) -> UUID:
    """The stream that keeps the refused attempts on a sheet."""
    return uuid5(sheet_id, "refused-attempts")


def digest_of(command: AnyCommand) -> bytes:
    """SHA-256 of what the command asks, by whom; a resend may come later or in a new session."""
    asked = command.model_dump_json(exclude={"at": True, "by": {"session"}})
    return hashlib.sha256(f"{command.NAME}\n{asked}".encode()).digest()


class GradeLedger:
    """The application: one school's ledger behind one method. Safe to share between threads."""

    def __init__(self, recorder: LedgerRecorder) -> None:
        self.recorder = recorder
        self._sheets: OrderedDict[SheetId, Sheet] = OrderedDict()
        self._guard = Lock()

    def handle(self, command: AnyCommand) -> Sequence[Line]:
        """Record what the command makes of its sheet and return the lines; [] if it is so already.

        Sent twice, a command happens once and the same lines are returned. Raises `Refused`;
        a refusal that auditors will ask about is itself recorded, in a stream of its own.
        """
        key = CommandKey(command.command_id, digest_of(command))
        # The kept state may be behind what other processes wrote. Facts decided on it cannot get
        # in, since their versions are taken; any other answer is given on the newest state only.
        sheet = self._kept(command.sheet_id)
        for _ in range(_TRIES):
            refusal = None
            try:
                if facts := decide(command, sheet):
                    return self._append(command, sheet, facts, key)
            except IntegrityError:
                sheet = self.sheet(command.sheet_id)
                continue  # Somebody wrote to the sheet first: decide again on the new state.
            except refusals.Refused as refused:
                refusal = refused
            newest = self.sheet(command.sheet_id)
            if newest.version == sheet.version:
                return self._answer_without_facts(command, key, refusal)
            sheet = newest
        raise IntegrityError(command.sheet_id)

    def sheet(self, sheet_id: SheetId) -> Sheet:
        """The state of a sheet now; only lines newer than the kept state are read."""
        kept = self._kept(sheet_id)
        newer = self.recorder.select_events(sheet_id, gt=kept.version)
        return self._keep(sheet_id, evolve(kept, map(to_line, newer))) if newer else kept

    def lines(self, stream_id: UUID) -> list[Line]:
        """Every line of a stream, oldest first, without their positions in the ledger."""
        return [to_line(stored) for stored in self.recorder.select_events(stream_id)]

    def _append(
        self, command: AnyCommand, sheet: Sheet, facts: Sequence[Fact], key: CommandKey
    ) -> Sequence[Line]:
        lines = _lines_of(command, command.sheet_id, facts, after=sheet.version)
        try:
            positions = self.recorder.insert_events(to_stored_events(lines), command=key)
        except CommandAlreadyRecorded as already:
            return self._lines_at(already.recorded, key)
        recorded = _lines_of(
            command, command.sheet_id, facts, after=sheet.version, position=positions[0]
        )
        self._keep(command.sheet_id, evolve(sheet, recorded))
        return recorded

    def _answer_without_facts(
        self, command: AnyCommand, key: CommandKey, refusal: refusals.Refused | None
    ) -> Sequence[Line]:
        """What a command that changes nothing gets: its lines of before, a refusal, or []."""
        recorded = self._recorded(key)
        if recorded or refusal is None:
            return recorded
        if refusal.kept:
            self._keep_attempt(command, refusal)
        raise refusal

    def _kept(self, sheet_id: SheetId) -> Sheet:
        with self._guard:
            return self._sheets.get(sheet_id, _NOTHING_YET)

    def _keep(self, sheet_id: SheetId, sheet: Sheet) -> Sheet:
        with self._guard:
            kept = self._sheets.get(sheet_id)
            if kept is None or kept.version < sheet.version:
                self._sheets[sheet_id] = sheet
            self._sheets.move_to_end(sheet_id)
            if len(self._sheets) > _SHEETS_KEPT:
                self._sheets.popitem(last=False)
        return sheet

    def _recorded(self, key: CommandKey) -> Sequence[Line]:
        recorded = self.recorder.find_command(key.command_id)
        return self._lines_at(recorded, key) if recorded else []

    def _lines_at(self, recorded: RecordedCommand, key: CommandKey) -> Sequence[Line]:
        if recorded.digest != key.digest:
            raise refusals.CommandIdReused(command_id=key.command_id)
        first, last = recorded.first_position, recorded.last_position
        rows = self.recorder.select_notifications(first, last - first + 1, stop=last)
        return [to_line(row) for row in rows]

    def _keep_attempt(self, command: AnyCommand, refusal: refusals.Refused) -> None:
        """Record the attempt once, however often the same command is sent."""
        fact = AttemptRefused(
            sheet=command.sheet_id,
            command=command.NAME,
            refusal=refusal.code,
            cells=_cells_named(command),
        )
        key = CommandKey(uuid5(command.command_id, refusal.code), digest_of(command))
        stream_id = attempts_stream(command.sheet_id)
        for _ in range(_TRIES):
            last = self.recorder.select_events(stream_id, desc=True, limit=1)
            after = last[0].originator_version if last else 0
            line = _lines_of(command, stream_id, [fact], after=after)
            try:
                self.recorder.insert_events(to_stored_events(line), command=key)
            except CommandAlreadyRecorded:
                return
            except IntegrityError:
                continue  # Another attempt on this sheet was kept at the same time.
            return


_NOTHING_YET: Final = Sheet()


def _lines_of(
    command: AnyCommand, stream_id: UUID, facts: Sequence[Fact], *, after: int, position: int = 0
) -> list[Line]:
    """The facts as lines after the version `after`, from `position` on if they are recorded."""
    by, at, command_id = command.by, command.at, CommandId(command.command_id)
    return [
        Line(stream_id, after + 1 + n, fact, by, at, command_id, position and position + n)
        for n, fact in enumerate(facts)
    ]


def _cells_named(command: AnyCommand) -> tuple[Place, ...]:
    match command:
        case EnterMarks(entries=cells) | RequestCorrection(cells=cells):
            return tuple((cell.pupil, cell.column) for cell in cells)
        case _:
            return ()
