"""Where rules meet the store: load states, decide, append; all of a command's facts or none."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from eventsourcing.persistence import IntegrityError

from ledger.command import Command
from ledger.credentials.commands import CREDENTIALS_STREAM
from ledger.credentials.state import Credentials
from ledger.dossiers.commands import dossiers_stream
from ledger.dossiers.state import Dossiers
from ledger.line import Fact, Line
from ledger.past import Past
from ledger.points import AtMoment, Point
from ledger.privacy.commands import PRIVACY_STREAM
from ledger.privacy.state import Privacy
from ledger.reader import ClassKey
from ledger.refusal import CommandIdReused, Refused
from ledger.results.commands import results_stream
from ledger.results.state import Results
from ledger.rulebooks import (
    CREDENTIALS,
    DOSSIERS,
    PRIVACY,
    RESULTS,
    SCHOOL,
    SHEETS,
    SIGNALS,
    SUPERVISION,
    YEARS,
    rulebook_of,
)
from ledger.school.commands import SCHOOL_STREAM, year_stream
from ledger.school.school import School
from ledger.school.year import Year
from ledger.sheet.commands import EnterMarks, RequestCorrection, SheetCommand
from ledger.sheet.facts import AttemptRefused
from ledger.sheet.state import Place, Sheet
from ledger.signals.commands import signals_stream
from ledger.signals.state import Signals
from ledger.states import KeptStates, SeenStates
from ledger.store.codec import to_line, to_stored_events
from ledger.store.recorder import (
    CommandAlreadyRecorded,
    CommandKey,
    LedgerRecorder,
    RecordedCommand,
)
from ledger.supervision.commands import supervision_stream
from ledger.supervision.state import Supervision
from ledger.vocabulary import CommandId, SheetId

# Each lost race means that another writer got through, so this many in a row on one sheet is no
# contention between people any more but a fault that must be seen.
_TRIES: Final = 100


def attempts_stream(sheet_id: SheetId) -> UUID:
    """The stream that keeps the refused attempts on a sheet."""
    return uuid5(sheet_id, "refused-attempts")


def recorded_as(command_id: UUID, fact: Fact) -> UUID:
    """The id under which the append of a fact is recorded: a refused attempt's is its own."""
    if isinstance(fact, AttemptRefused):
        return uuid5(command_id, fact.refusal)
    return command_id


def digest_of(*commands: Command) -> bytes:
    """SHA-256 of what is asked, by whom; a resend may come later or in a new session."""
    asked = (
        f"{command.NAME}\n{command.model_dump_json(exclude={'at': True, 'by': {'session'}})}"
        for command in commands
    )
    return hashlib.sha256("\n".join(asked).encode()).digest()


class GradeLedger:
    """The application: one school's ledger behind one method. Safe to share between threads."""

    def __init__(self, recorder: LedgerRecorder) -> None:
        self.recorder = recorder
        self._states = KeptStates(recorder)

    def handle(self, command: Command) -> Sequence[Line]:
        """Record what the command makes of its stream, and of those it carries its facts to.

        Returns the lines, all of one append; [] if it is so already. Sent twice, a command happens
        once and the same lines are returned. Raises `Refused`; a refusal on a sheet that auditors
        will ask about is itself recorded, in a stream of its own.
        """
        return self.handle_together([command])

    def handle_together(self, commands: Sequence[Command]) -> Sequence[Line]:
        """Record several commands of one author and moment in one append: all of them, or none.

        They share their command id, and each is decided on what those before it have made.
        """
        first = commands[0]
        assert len({(one.command_id, one.by, one.at) for one in commands}) == 1, "one act"
        key = CommandKey(first.command_id, digest_of(*commands))
        states = SeenStates(self._states)
        for _ in range(_TRIES):
            refusal = None
            try:
                if lines := _decided(commands, states):
                    return self._append(lines, states, key)
            except IntegrityError:
                states.refresh()
                continue  # Somebody wrote to a stream first: decide again on the new state.
            except Refused as refused:
                refusal = refused
            if not states.refresh():
                return self._answer_without_facts(first, key, refusal)
        raise IntegrityError(first.stream_id)

    def sheet(self, sheet_id: SheetId) -> Sheet:
        """The state of a sheet now; only lines newer than the kept state are read."""
        sheet: Sheet = self._states.newest(sheet_id, SHEETS)
        return sheet

    def sheets(self, sheet_ids: Collection[SheetId]) -> Mapping[SheetId, Sheet]:
        """The states of many sheets now, in one question."""
        newest = self._states.all_newest(dict.fromkeys(sheet_ids, SHEETS))
        return {sheet_id: newest[sheet_id] for sheet_id in sheet_ids}

    def school(self) -> School:
        """The school as it is now: its names, its staff and their roles."""
        school: School = self._states.newest(SCHOOL_STREAM, SCHOOL)
        return school

    def year(self, school_year: str) -> Year:
        """A school year as it is now: its classes, pupils, teachers and dates."""
        year: Year = self._states.newest(year_stream(school_year), YEARS)
        return year

    def supervision(self, school_year: str) -> Supervision:
        """The supervision of a school year as it is now: remarks, targets, proposals."""
        stream_id = supervision_stream(school_year)
        supervision: Supervision = self._states.newest(stream_id, SUPERVISION)
        return supervision

    def results(self, keys: Collection[ClassKey]) -> Mapping[ClassKey, Results]:
        """What is written down and approved of these classes now, in one question."""
        streams = {key: results_stream(*key) for key in keys}
        newest = self._states.all_newest(dict.fromkeys(streams.values(), RESULTS))
        return {key: newest[stream_id] for key, stream_id in streams.items()}

    def class_results(self, school_year: str, class_group: str) -> Results:
        """What is written down and approved of one class now."""
        key = (school_year, class_group)
        return self.results([key])[key]

    def privacy(self) -> Privacy:
        """Whose personal data is restricted, asked to be erased or erased, as it is now."""
        privacy: Privacy = self._states.newest(PRIVACY_STREAM, PRIVACY)
        return privacy

    def credentials(self) -> Credentials:
        """What people confirm and sign with now: passkeys, certificates, the school's authority."""
        credentials: Credentials = self._states.newest(CREDENTIALS_STREAM, CREDENTIALS)
        return credentials

    def dossiers(self, school_year: str) -> Dossiers:
        """The dossiers of a school year's corrections as they are now."""
        stream_id = dossiers_stream(school_year)
        dossiers: Dossiers = self._states.newest(stream_id, DOSSIERS)
        return dossiers

    def signals(self, school_year: str) -> Signals:
        """What people did about the signals of a school year, and reported, as it is now."""
        signals: Signals = self._states.newest(signals_stream(school_year), SIGNALS)
        return signals

    def lines(self, stream_id: UUID) -> list[Line]:
        """Every line of a stream, oldest first, without their positions in the ledger."""
        return [to_line(stored) for stored in self.recorder.select_events(stream_id)]

    def as_of(self, point: Point) -> Past:
        """Everything as it stood at a point, to be asked what a rule or a page may ask now."""
        return Past(self.recorder, point)

    def lines_until(self, stream_id: UUID, point: Point) -> list[Line]:
        """The lines of a stream up to a point, oldest first, with their positions."""
        return self.as_of(point).lines(stream_id)

    def sheet_at(self, sheet_id: SheetId, point: Point) -> Sheet:
        """A sheet as it stood at a point."""
        return self.as_of(point).sheet(sheet_id)

    def school_at(self, point: Point) -> School:
        """The school as it stood at a point."""
        return self.as_of(point).school()

    def year_at(self, school_year: str, point: Point) -> Year:
        """A school year as it stood at a point."""
        return self.as_of(point).year(school_year)

    def class_results_at(self, school_year: str, class_group: str, point: Point) -> Results:
        """What was written down and approved of a class at a point."""
        return self.as_of(point).class_results(school_year, class_group)

    def moment_of(self, point: Point) -> datetime | None:
        """When a point is; a position beyond the end is where the ledger ends, 0 is never."""
        if isinstance(point, AtMoment):
            return point.moment
        last = min(point.position, self.recorder.head().position)
        for stored in self.recorder.select_notifications(last, 1, stop=last):
            return to_line(stored).at
        return None

    def _append(self, lines: list[Line], states: SeenStates, key: CommandKey) -> Sequence[Line]:
        try:
            positions = self.recorder.insert_events(to_stored_events(lines), command=key)
        except CommandAlreadyRecorded as already:
            return self._lines_at(already.recorded, key)
        states.recorded()
        return [
            # Made anew by place: `_replace` takes three times as long, on the path marks wait on.
            Line(stream_id, version, fact, by, at, command_id, position)
            for (stream_id, version, fact, by, at, command_id, _), position in zip(
                lines, positions, strict=True
            )
        ]

    def _answer_without_facts(
        self, command: Command, key: CommandKey, refusal: Refused | None
    ) -> Sequence[Line]:
        """What a command that changes nothing gets: its lines of before, a refusal, or []."""
        recorded = self._recorded(key)
        if recorded or refusal is None:
            return recorded
        if refusal.kept and isinstance(command, SheetCommand):
            self._keep_attempt(command, refusal)
        raise refusal

    def _recorded(self, key: CommandKey) -> Sequence[Line]:
        recorded = self.recorder.find_command(key.command_id)
        return self._lines_at(recorded, key) if recorded else []

    def _lines_at(self, recorded: RecordedCommand, key: CommandKey) -> Sequence[Line]:
        if recorded.digest != key.digest:
            raise CommandIdReused(command_id=key.command_id)
        first, last = recorded.first_position, recorded.last_position
        rows = self.recorder.select_notifications(first, last - first + 1, stop=last)
        return [to_line(row) for row in rows]

    def _keep_attempt(self, command: SheetCommand, refusal: Refused) -> None:
        """Record the attempt once, however often the same command is sent."""
        fact = AttemptRefused(
            sheet=command.sheet_id,
            command=command.NAME,
            refusal=refusal.code,
            cells=_cells_named(command),
        )
        key = CommandKey(recorded_as(command.command_id, fact), digest_of(command))
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


def _decided(commands: Sequence[Command], states: SeenStates) -> list[Line]:
    """The lines of the commands and of all that they carry along, on the states that are seen."""
    lines: list[Line] = []
    waiting = list(commands)
    for asked in waiting:  # grows by what each one carries along
        rulebook = rulebook_of(asked)
        state = states.of(asked.stream_id, rulebook)
        if facts := rulebook.decide(asked, state, states):
            new = _lines_of(asked, asked.stream_id, facts, after=state.version)
            after = rulebook.evolve(state, new)
            states.decide(asked.stream_id, after)
            lines += new
            waiting += rulebook.carry(asked, facts, after, states)
    return lines


def _lines_of(
    command: Command, stream_id: UUID, facts: Sequence[Fact], *, after: int
) -> list[Line]:
    """The facts as lines after the version `after`."""
    by, at, command_id = command.by, command.at, CommandId(command.command_id)
    return [
        Line(stream_id, version, fact, by, at, command_id)
        for version, fact in enumerate(facts, after + 1)
    ]


def _cells_named(command: SheetCommand) -> tuple[Place, ...]:
    match command:
        case EnterMarks(entries=cells) | RequestCorrection(cells=cells):
            return tuple((cell.pupil, cell.column) for cell in cells)
        case _:
            return ()
