"""The files of a form that is not sent yet: taken in at once, named by the form from then on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile

from ledger.school.calendar import local_day
from ledger.sheet.grounds import Evidence, EvidenceKind
from ledger.store.evidence import EvidenceAltered, EvidenceMissing
from ledger.vocabulary import PersonId
from web.corrections.evidence import LARGEST, Upload, check_together, evidence_of, fit_content
from web.corrections.unsent import TooManyUnsent
from web.desk import Desk
from web.refusals import EvidenceUnfit


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What is kept for the form, and every file that was not taken with its reason."""

    files: tuple[Evidence, ...]
    unfit: tuple[EvidenceUnfit, ...]


def take_uploads(desk: Desk, person: PersonId, sent: FormData) -> TakenIn:
    """Keep what was uploaded with the form, beside what it already names of this person's own."""
    files: list[Evidence] = []
    unfit: list[EvidenceUnfit] = []
    for value in dict.fromkeys(map(str, sent.getlist("giu"))):
        try:
            files.append(_named(desk, person, value))
        except (ValueError, EvidenceMissing, EvidenceAltered):
            unfit.append(EvidenceUnfit(why="gone"))
    for upload in uploads_of(sent):
        try:
            files.append(_kept(desk, person, upload))
        except EvidenceUnfit as why:
            unfit.append(why)
        except TooManyUnsent:
            unfit.append(EvidenceUnfit(why="too-many-unsent"))
    return TakenIn(tuple(dict.fromkeys(files)), tuple(unfit))


def put_in_archive(desk: Desk, person: PersonId, files: Iterable[Evidence]) -> None:
    """Let the files stand where those are that facts name; raises EvidenceUnfit, EvidenceMissing.

    The form's own copies go by themselves: whoever sends it twice must find them again.
    """
    files = list(files)
    check_together([file.size for file in files])
    for file in files:
        desk.evidence.put(desk.unsent.read(person, file.sha256, today=local_day(desk.clock())))


def _named(desk: Desk, person: PersonId, value: str) -> Evidence:
    kind, _, digest = value.partition(":")
    content = desk.unsent.read(person, digest, today=local_day(desk.clock()))
    return evidence_of(EvidenceKind(kind), content, digest)


def _kept(desk: Desk, person: PersonId, upload: Upload) -> Evidence:
    content = fit_content(upload)
    digest = desk.unsent.keep(person, content, today=local_day(desk.clock()))
    return evidence_of(upload.kind, content, digest)


def uploads_of(sent: FormData) -> Iterator[Upload]:
    for kind in EvidenceKind:
        for file in sent.getlist(kind.value):
            # A file field left empty arrives as a file without a name.
            if isinstance(file, UploadFile) and file.filename:
                yield Upload(kind, file.filename[:80], file.file.read(LARGEST + 1))
