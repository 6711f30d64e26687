"""The composition root: everything one school's process works with, put together once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from ledger.application import GradeLedger
from ledger.command import Command
from ledger.comments import Comments
from ledger.credentials.facts import CertificateWithdrawn
from ledger.dossiers.facts import DossierDisposed
from ledger.line import Line
from ledger.people import People
from ledger.privacy.facts import PersonalDataErased
from ledger.publishing.publisher import Publisher
from ledger.recovery.backup import Backup
from ledger.recovery.place import BackupPlace
from ledger.school.calendar import local_day
from ledger.store.checkpoints import Checkpoints
from ledger.store.database import open_database
from ledger.store.evidence import EvidenceStore
from ledger.store.keys import KeyFolder
from ledger.store.recorder import LedgerRecorder
from ledger.store.tables import create_tables
from ledger.vault import Vault, open_vault
from ledger.vocabulary import PersonId, Role
from projections.anomalies.read import Anomalies
from projections.corrections import Corrections
from projections.dossiers import DossierRegister
from projections.gradebook import Gradebook
from projections.history import History
from projections.progress import Progress
from projections.runner import Projections
from web.access.accounts import Accounts, ActingRoles
from web.access.authenticators import Authenticators
from web.backups import backup_into, held_by
from web.corrections.unsent import UnsentFiles
from web.dossiers.disposing import dispose_of_disposed, remove_superseded
from web.names import Names
from web.privacy.disposing import dispose_of_erased
from web.publishing.asking import ask_over_http
from web.publishing.origin import ended_origins, origin_of
from web.settings import Settings
from web.signing.school_keys import SchoolKeys

Clock = Callable[[], datetime]


def now() -> datetime:
    """The moment in UTC; people are shown the time of Việt Nam."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Desk:
    """What routes, the command line, the demo and the tests reach the school through."""

    engine: Engine
    ledger: GradeLedger
    projections: Projections
    gradebook: Gradebook
    history: History
    corrections: Corrections
    dossiers: DossierRegister
    progress: Progress
    anomalies: Anomalies
    vault: Vault
    people: People
    comments: Comments
    accounts: Accounts
    authenticators: Authenticators
    evidence: EvidenceStore
    unsent: UnsentFiles
    keys: KeyFolder
    checkpoints: Checkpoints
    publisher: Publisher
    backup: Backup | None
    school_keys: SchoolKeys
    settings: Settings
    clock: Clock = now

    def handle(self, command: Command) -> Sequence[Line]:
        """Record a command and bring every projection up to it, so people see their own write.

        Also after a refusal, since the attempt may have been kept. Raises `Refused`.
        """
        return self.handle_together([command])

    def handle_together(self, commands: Sequence[Command]) -> Sequence[Line]:
        """The same for several commands of one form: all of them, or none."""
        try:
            lines = self.ledger.handle_together(commands)
            self.publisher.notice(lines)
        finally:
            self.projections.catch_up()
        if any(isinstance(line.fact, PersonalDataErased) for line in lines):
            self.dispose_of_erased()
        if any(isinstance(line.fact, DossierDisposed) for line in lines):
            self.dispose_of_disposed()
        if any(isinstance(line.fact, CertificateWithdrawn) for line in lines):
            self.destroy_withdrawn_keys()
        return lines

    def dispose_of_erased(self) -> None:
        """Destroy whatever is still kept of those whom the facts say to be erased."""
        privacy = self.ledger.privacy()
        dispose_of_erased(privacy, self.vault, self.evidence, self.corrections)

    def dispose_of_disposed(self) -> None:
        """Remove whatever is still kept of the dossiers that the facts say to be disposed of."""
        dispose_of_disposed(self.ledger, self.dossiers, self.evidence, self.corrections)

    def destroy_withdrawn_keys(self) -> None:
        """Destroy whatever is still kept of the keys that the facts say to be withdrawn."""
        known = self.ledger.credentials().certificates.values()
        self.school_keys.withdraw_all(
            {one.sha256: one.withdrawn_at for one in known if one.withdrawn_at}
        )

    def living_by(self, clock: Clock) -> "Desk":
        """The same desk by another clock."""
        return replace(self, clock=clock, publisher=self.publisher.living_by(clock))

    def names(self) -> Names:
        """A lookup of names for one page, without those that may not be shown."""
        return Names(self.people, self.ledger.privacy())

    def names_in_full(self) -> Names:
        """The same with the names of the restricted, for who manages personal data."""
        return Names(self.people, self.ledger.privacy(), shows_restricted=True)


def open_desk(settings: Settings, *, clock: Clock = now) -> Desk:
    """Open a school: its tables are created where missing and its projections are brought up."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.url)
    create_tables(engine)
    recorder = LedgerRecorder(engine)
    ledger = GradeLedger(recorder)
    keys, checkpoints = KeyFolder(settings.data_folder / "keys"), Checkpoints(engine)
    vault, evidence = open_vault(engine, keys), EvidenceStore(settings.data_folder / "evidence")
    place = _backup_place(settings)
    backup = backup_into(place, recorder, engine, evidence, keys, clock=clock) if place else None
    desk = Desk(
        engine=engine,
        ledger=ledger,
        projections=Projections(engine, recorder),
        gradebook=Gradebook(engine),
        history=History(engine),
        corrections=Corrections(engine),
        dossiers=DossierRegister(engine),
        progress=Progress(engine),
        anomalies=Anomalies(engine),
        vault=vault,
        people=People(vault),
        comments=Comments(vault),
        accounts=Accounts(engine, _acting_roles_in(ledger)),
        authenticators=Authenticators(engine, vault),
        evidence=evidence,
        unsent=UnsentFiles(settings.data_folder / "unsent"),
        keys=keys,
        checkpoints=checkpoints,
        publisher=_publisher(
            ledger, settings, checkpoints=checkpoints, keys=keys, backup=backup, clock=clock
        ),
        backup=backup,
        school_keys=SchoolKeys(engine, keys.vault_key()),
        settings=settings,
        clock=clock,
    )
    _bring_up(desk)
    return desk


def _backup_place(settings: Settings) -> BackupPlace | None:
    if settings.backup is None:
        return None
    return BackupPlace.in_folder(settings.backup, settings.backup_keys)


def _publisher(
    ledger: GradeLedger,
    settings: Settings,
    *,
    checkpoints: Checkpoints,
    keys: KeyFolder,
    backup: Backup | None,
    clock: Clock,
) -> Publisher:
    return Publisher(
        ledger.recorder,
        checkpoints,
        keys,
        ask=ask_over_http,
        origin=origin_of(ledger, settings.origin),
        clock=clock,
        held=held_by(backup),
        ended=ended_origins(ledger),
    )


def _bring_up(desk: Desk) -> None:
    """Make the tables that are missing, and finish what a process before left undone."""
    desk.accounts.create_tables()
    desk.school_keys.create_tables()
    desk.projections.create_tables()
    desk.projections.catch_up()
    desk.dispose_of_erased()
    desk.dispose_of_disposed()
    desk.destroy_withdrawn_keys()
    remove_superseded(desk.ledger, desk.dossiers, desk.evidence)


def _acting_roles_in(ledger: GradeLedger) -> ActingRoles:
    """What the school's facts say of a person on the day of a moment, a delegation included."""

    def acting_roles(person: PersonId, moment: datetime) -> frozenset[Role]:
        school, today = ledger.school(), local_day(moment)
        in_place_of = {Role.PRINCIPAL} if school.acts_for(person, today) else set()
        return school.roles_of(person, today) | in_place_of

    return acting_roles


def _desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(_desk_of)]
