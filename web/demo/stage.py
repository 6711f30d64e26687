"""The stage: scenes in the order of their moments, each acted by commands and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, cast
from uuid import UUID, uuid5

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.credentials.commands import CredentialsCommand
from ledger.dossiers.commands import DossierCommand
from ledger.refusal import Refused
from ledger.results.commands import ResultsCommand
from ledger.school.commands import SchoolCommand, YearCommand
from ledger.sheet.commands import AnyCommand, CellCorrection, CellEntry, EnterMarks, SheetCommand
from ledger.sheet.state import Place
from ledger.store.evidence import EvidenceStore
from ledger.supervision.commands import SupervisionCommand
from ledger.vocabulary import Author, CommandId, Mark, PersonId, Role, SessionId, SheetId
from web.demo.days import SCHOOL_YEAR
from web.demo.school import DEMO, SheetPlan

Marks = Mapping[Place, Mark]
AskedOfYear = tuple[type[YearCommand], Mapping[str, object]]

FIRST_COMMAND: Final = CommandId(uuid5(DEMO, "command/1"))


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in a role, perhaps for another person."""

    person: PersonId
    role: Role
    on_behalf_of: PersonId | None = None

    def at(self, moment: datetime) -> Author:
        """The author of what the actor does that day: one session per person and day."""
        session = uuid5(DEMO, f"session/{self.person}/{moment.date()}")
        return Author(
            person=self.person,
            role=self.role,
            on_behalf_of=self.on_behalf_of,
            session=SessionId(session),
        )


def teacher_of(sheet: SheetPlan) -> Actor:
    """The teacher who does the typing of a sheet, acting as such."""
    return Actor(sheet.teacher, Role.SUBJECT_TEACHER)


class StoryGoesWrong(AssertionError):
    """The ledger answered otherwise than the story has it: the demo or a rule was changed."""


@dataclass(slots=True)
class Stage:
    """Where scenes act: a ledger, the files of evidence, and the moment of the scene."""

    ledger: GradeLedger
    evidence: EvidenceStore
    now: datetime
    _commands: int = 0

    def do(self, kind: type[SheetCommand], sheet: SheetPlan, by: Actor, /, **asked: object) -> None:
        """Give a command now; the story is wrong if it is refused."""
        command = self._command(kind, sheet.sheet_id, by, **asked)
        try:
            self.ledger.handle(command)
        except Refused as refusal:
            message = (
                f"{sheet.class_plan.name} {sheet.subject}: {refusal.code} for {command!r:.400}"
            )
            raise StoryGoesWrong(message) from refusal

    def do_for_school(
        self, kind: type[SchoolCommand | CredentialsCommand], by: Actor, /, **asked: object
    ) -> None:
        """Give a command that the school as a whole answers."""
        self._give(kind, by, **asked)

    def do_for_year(self, by: Actor, *asked: AskedOfYear) -> None:
        """Give commands that the school year answers: one act, all of it or nothing."""
        act = {**self._asked(by), "school_year": SCHOOL_YEAR}
        commands = [kind.model_validate({**act, **fields}) for kind, fields in asked]
        try:
            self.ledger.handle_together(commands)
        except Refused as refusal:
            message = f"{refusal.code} {refusal.details} for {commands!r:.400}"
            raise StoryGoesWrong(message) from refusal

    def note(
        self, kind: type[SupervisionCommand | DossierCommand], by: Actor, /, **asked: object
    ) -> None:
        """Give a command about how the year is looked after, or about its papers."""
        self._give(kind, by, school_year=SCHOOL_YEAR, **asked)

    def do_for_class(self, kind: type[ResultsCommand], by: Actor, /, **asked: object) -> None:
        """Give a command about the results of one class."""
        self._give(kind, by, school_year=SCHOOL_YEAR, **asked)

    def _give(self, kind: type[Command], by: Actor, /, **asked: object) -> None:
        command = kind.model_validate({**self._asked(by), **asked})
        try:
            self.ledger.handle(command)
        except Refused as refusal:
            message = f"{refusal.code} {refusal.details} for {command!r:.400}"
            raise StoryGoesWrong(message) from refusal

    def be_refused(
        self, kind: type[SheetCommand], sheet: SheetPlan, by: Actor, /, **asked: object
    ) -> None:
        """Try something that is not allowed; the story is wrong if it is."""
        command = self._command(kind, sheet.sheet_id, by, **asked)
        try:
            self.ledger.handle(command)
        except Refused:
            return
        raise StoryGoesWrong(f"nobody refused {command!r:.400}")

    def enter(self, sheet: SheetPlan, by: Actor, marks: Marks) -> None:
        """Enter, change or clear marks, having read the sheet just before."""
        self.do(EnterMarks, sheet, by, entries=self.entries(sheet, marks))

    def entries(self, sheet: SheetPlan, marks: Marks) -> tuple[CellEntry, ...]:
        """A batch that has read each cell as it stands."""
        state = self.ledger.sheet(sheet.sheet_id)
        return tuple(
            CellEntry(pupil=pupil, column=column, mark=mark, read_version=version)
            for (pupil, column), mark in marks.items()
            for version in [state.cell((pupil, column)).version]
        )

    def corrections(self, sheet: SheetPlan, marks: Marks) -> tuple[CellCorrection, ...]:
        """The cells of a request to correct, each read as it stands."""
        return tuple(
            CellCorrection(
                pupil=entry.pupil,
                column=entry.column,
                after=entry.mark,
                read_version=entry.read_version,
            )
            for entry in self.entries(sheet, marks)
        )

    def mark(self, sheet: SheetPlan, place: Place) -> Mark:
        """The mark that stands in a cell."""
        return self.ledger.sheet(sheet.sheet_id).cell(place).mark

    def _command(
        self, kind: type[SheetCommand], sheet_id: SheetId, by: Actor, /, **asked: object
    ) -> AnyCommand:
        command = kind.model_validate({"sheet_id": sheet_id, **self._asked(by), **asked})
        return cast("AnyCommand", command)

    def _asked(self, by: Actor) -> dict[str, object]:
        """What every command has; the same ids in every run, so two demos have the same bytes."""
        self._commands += 1
        command_id = uuid5(DEMO, f"command/{self._commands}")
        return {"command_id": command_id, "by": by.at(self.now), "at": self.now}


Act = Callable[[Stage], None]


@dataclass(frozen=True, order=True, slots=True)
class Scene:
    """What happens at a moment; scenes of one moment keep the order they were written in."""

    at: datetime
    number: int
    act: Act = field(compare=False)


@dataclass(slots=True)
class Script:
    """All scenes of the story, written in any order, and played in that of their moments."""

    scenes: list[Scene] = field(default_factory=list)

    def add(self, at: datetime, act: Act) -> None:
        self.scenes.append(Scene(at, len(self.scenes), act))

    def play(self, stage: Stage, *, step: Callable[[int], None] = lambda _done: None) -> None:
        """Act all scenes; `step` is told how many are done."""
        for done, scene in enumerate(sorted(self.scenes), 1):
            stage.now = scene.at
            scene.act(stage)
            step(done)


def entering(sheet: SheetPlan, by: Actor, marks: Marks) -> Act:
    """The act of entering these marks, for a script that names many."""
    return lambda stage: stage.enter(sheet, by, marks)


def name_of(what: str) -> UUID:
    """An id that the story gives by name: a correction's, say."""
    return uuid5(DEMO, what)
