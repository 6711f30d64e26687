"""A small school that has lived: marks, a lock, a correction with evidence, checkpoints."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from ledger.command import Command
from ledger.results.commands import WriteHomeroomComments
from ledger.results.facts import PupilComment
from ledger.results.terms import Term
from ledger.sheet.grounds import Evidence, EvidenceKind
from ledger.store.keys import KeyFolder
from ledger.vocabulary import CommandId
from tests.school import AN, BAO, CHI, HOA, KHOA, LAN, NGOC, NOW, SHEET
from tests.tampering.place import WITNESSES, Databases, Place
from tests.tampering.publishing import ORIGIN, publisher
from tests.web.spreadsheets.school import YEAR, school
from web.desk import Desk
from web.witness.answering import begin_witness

PAPERS = (b"a photo of the test paper of An", b"a photo of a page of the teacher's book")


@dataclass(frozen=True)
class Built:
    """The school as it stands, and as it was backed up after its first checkpoint."""

    now: Place
    yesterday: Place


def build(databases: Databases, root: Path) -> Built:
    """Let the school live; the last lines are under no checkpoint yet."""
    place = Place(databases.new(root / "now"), root / "now")
    _appoint_witnesses(place)
    desk = school(place.settings)
    tell = _hour_by_hour(desk)
    tell(
        LAN.enters((AN, "regular-1", "7.0", 0), (BAO, "regular-1", "9.0", 0)),
        LAN.enters((AN, "midterm", "6.5", 0), (BAO, "midterm", "7.0", 0)),
        LAN.enters((CHI, "midterm", "0.0", 0)),
    )
    _publish(place, desk)
    desk.engine.dispose()  # PostgreSQL copies no database that somebody has open.
    yesterday = databases.copied(place, root / "yesterday")
    read = desk.ledger.sheet(SHEET).cell((AN, "midterm")).version
    tell(
        LAN.closes("midterm"),
        NGOC.locks(),
        LAN.requests((AN, "midterm", "8.5", read), evidence=_evidence(desk)),
        HOA.confirms(),
        NGOC.approves(),
    )
    _publish(place, desk)
    tell(LAN.executes(), KHOA.executes(), _comments(desk))
    _publish(place, desk)
    _take_away(place, desk)
    tell(NGOC.unlocks(NOW + timedelta(days=30)), LAN.enters((CHI, "regular-1", "5.5", 0)))
    desk.engine.dispose()
    return Built(place, yesterday)


def _hour_by_hour(desk: Desk) -> Callable[..., None]:
    hours = iter(range(1, 100))

    def tell(*commands: Command) -> None:
        for command in commands:
            desk.handle(command.model_copy(update={"at": NOW + timedelta(hours=next(hours))}))

    return tell


def _appoint_witnesses(place: Place) -> None:
    """Give the log its key and two witnesses that know it; write down the policy."""
    log = place.keys.begin_log(ORIGIN)
    lines = [f"log {log.verifier}"]
    for name in WITNESSES:
        witness = begin_witness(place.root / name, name)
        witness.memory.trust(log.verifier)
        witness.memory.close()
        lines.append(f"witness {name} {witness.key.verifier} https://{name}.example/")
    lines += [f"group both all {' '.join(WITNESSES)}", "quorum both"]
    (KeyFolder(place.data / "keys").folder / "policy").write_text("\n".join(lines) + "\n")


def _publish(place: Place, desk: Desk) -> None:
    with publisher(place, desk.engine) as publishing:
        assert publishing.publish()
        assert not publishing.standing().without_quorum


def _evidence(desk: Desk) -> tuple[Evidence, ...]:
    kinds = (EvidenceKind.TEST_PAPER, EvidenceKind.TEACHER_BOOK)
    for paper in PAPERS:
        desk.evidence.put(paper)
    return tuple(
        Evidence(
            kind=kind,
            sha256=sha256(paper).hexdigest(),
            size=len(paper),
            media_type="image/jpeg",
        )
        for kind, paper in zip(kinds, PAPERS, strict=True)
    )


def _comments(desk: Desk) -> WriteHomeroomComments:
    digests = desk.comments.keep({AN: "Em An chăm học.", BAO: "Em Bảo cần đi học đều hơn."})
    return WriteHomeroomComments(
        command_id=CommandId(uuid4()),
        by=HOA.author,
        at=NOW,
        school_year=YEAR,
        class_group="6A1",
        term=Term.SEMESTER_1,
        comments=tuple(PupilComment(pupil=pupil, digest=one) for pupil, one in digests.items()),
    )


def _take_away(place: Place, desk: Desk) -> None:
    """What the vice-principal carries home on a stick."""
    place.notebook.mkdir()
    (place.notebook / "policy").write_bytes((place.data / "keys" / "policy").read_bytes())
    newest = desk.checkpoints.latest(ORIGIN)
    assert newest is not None
    (place.notebook / "checkpoint").write_bytes(newest.note.to_bytes())
