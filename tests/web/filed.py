"""The stage with executed corrections and their biên bản, in every state that a register knows."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, Final, TypeVar
from uuid import uuid4

from ledger.credentials.commands import EnrolCertificate
from ledger.credentials.facts import SigningWay
from ledger.dossiers import commands
from ledger.dossiers.commands import DossierCommand
from ledger.dossiers.facts import PaperKind, Revision
from ledger.dossiers.state import Dossier
from ledger.sheet.approving import statement_of
from ledger.sheet.attestation import ApprovalMethod, Attestation
from ledger.sheet.grounds import Evidence, EvidenceKind
from ledger.vocabulary import CommandId, CorrectionId, PupilId, SheetId
from tests.browser.stage import MATHS, PUPILS, Stage
from tests.passkeys import Phone
from tests.school import HOA, KHOA, LAN, NGOC, Voice, numbered_id
from tests.web import leavers
from tests.web.files import picture
from web.corrections.evidence import Upload, take_in

Kind = TypeVar("Kind", bound=DossierCommand)

YEAR: Final = "2026-2027"
ARCHIVED, AWAITED, HALF_SIGNED, UNFILED, OLD = (
    CorrectionId(numbered_id(number)) for number in (8401, 8402, 8403, 8404, 8405)
)
_SIGN: Final = (LAN, KHOA, NGOC)


def file_dossiers(stage: Stage) -> None:
    """Four marks are corrected: one dossier is archived, two await signatures, one is not made."""
    enrol(stage, *_SIGN)
    for number, one in enumerate((ARCHIVED, AWAITED, HALF_SIGNED, UNFILED)):
        correct(stage, one, PUPILS[number], f"regular-{number + 1}")
    draft(stage, ARCHIVED, 1)
    sign(stage, ARCHIVED, *_SIGN)
    archive(stage, ARCHIVED)
    draft(stage, AWAITED, 2)
    draft(stage, HALF_SIGNED, 3)
    sign(stage, HALF_SIGNED, LAN, KHOA)


def file_old_dossier(stage: Stage) -> None:
    """A mark of Ngà's last year was corrected, and its dossier is archived (after `leavers`)."""
    enrol(stage, *_SIGN)
    correct(stage, OLD, leavers.NGA, "regular-1", sheet_id=leavers.MATHS)
    draft(stage, OLD, 1)
    sign(stage, OLD, *_SIGN)
    archive(stage, OLD)


def enrol(stage: Stage, *voices: Voice) -> None:
    """Each of them signs with a certificate of two years."""
    for voice in voices:
        stage.desk.handle(
            EnrolCertificate(
                **_asked(stage, voice),
                person=voice.person,
                certificate=certificate_of(voice),
                way=SigningWay.SCHOOL,
                valid_from=stage.clock() - timedelta(days=1),
                valid_until=stage.clock() + timedelta(days=730),
            )
        )


def certificate_of(voice: Voice) -> str:
    return sha256(voice.person.bytes).hexdigest()


def correct(
    stage: Stage,
    correction_id: CorrectionId,
    pupil: PupilId,
    column: str,
    *,
    sheet_id: SheetId = MATHS,
    evidence: Sequence[Evidence] = (),
    phone: Phone | None = None,
) -> None:
    """A mark of Lan's is entered, closed, and corrected by everybody who has to.

    With a phone, the principal approves by the passkey in it.
    """
    lan = LAN.about(sheet_id)
    stage.says(lan, "enters", (pupil, column, "0.0", 0))
    stage.says(lan, "closes", column, leaving_blanks=True)
    version = stage.desk.ledger.sheet(sheet_id).cell((pupil, column)).version
    asked = (pupil, column, "8.5", version)
    kept = tuple(evidence) or papers(stage, column)
    stage.says(lan, "requests", asked, correction_id=correction_id, evidence=kept)
    stage.says(HOA.about(sheet_id), "confirms", correction_id)
    if phone:
        _approve_by_passkey(stage, sheet_id, correction_id, phone)
    else:
        stage.says(NGOC.about(sheet_id), "approves", correction_id)
    stage.says(lan, "executes", correction_id)
    stage.says(KHOA.about(sheet_id), "executes", correction_id)


def _approve_by_passkey(
    stage: Stage, sheet_id: SheetId, correction_id: CorrectionId, phone: Phone
) -> None:
    asked = stage.desk.ledger.sheet(sheet_id).corrections[correction_id]
    statement = statement_of(sheet_id, asked, NGOC.author)
    signed = Attestation(method=ApprovalMethod.PASSKEY, assertion=phone.asserts(statement))
    approval = NGOC.about(sheet_id).at(stage.clock()).approves(correction_id, statement=statement)
    stage.desk.handle(approval.model_copy(update={"attestation": signed}))


def papers(stage: Stage, text: str) -> tuple[Evidence, ...]:
    """Photos of the teacher's own book and of the test paper, different for each text."""
    size = 30 + sum(text.encode()) % 200
    photos = [
        Upload(kind, "a.png", picture(size=(40 + number, size)))
        for number, kind in enumerate((EvidenceKind.TEACHER_BOOK, EvidenceKind.TEST_PAPER))
    ]
    return tuple(take_in(photos, stage.desk.evidence))


def draft(stage: Stage, correction_id: CorrectionId, number: int) -> None:
    view, head = stage.desk.corrections.find(correction_id), stage.desk.ledger.recorder.head()
    assert view is not None
    does(
        stage,
        LAN,
        commands.DraftDossier,
        correction_id,
        sheet=view.sheet_id,
        number=number,
        revision=_kept(stage, f"%PDF-1.7 {correction_id}\n".encode()),
        position=head.position,
        root=head.root.hex(),
    )


def sign(stage: Stage, correction_id: CorrectionId, *voices: Voice) -> None:
    for voice in voices:
        grown = _grown(stage, correction_id)
        does(
            stage,
            voice,
            commands.SignDossier,
            correction_id,
            role=voice.author.role,
            certificate=certificate_of(voice),
            way=SigningWay.SCHOOL,
            claimed_at=stage.clock(),
            **grown,
        )


def archive(stage: Stage, correction_id: CorrectionId) -> None:
    """Every paper that the biên bản demands is ticked off, then the file is archived."""
    for paper in dossier_of(stage, correction_id).uncorrected:
        note = "Trang 12, sửa bằng mực đỏ"
        does(stage, KHOA, commands.CorrectPaper, correction_id, paper=PaperKind(paper), note=note)
    grown = _grown(stage, correction_id)
    holds_until = date(2046, 10, 5)
    does(stage, KHOA, commands.ArchiveDossier, correction_id, holds_until=holds_until, **grown)


def dossier_of(stage: Stage, correction_id: CorrectionId) -> Dossier:
    return stage.desk.ledger.dossiers(_year_of(stage, correction_id)).of[correction_id]


def does(
    stage: Stage,
    voice: Voice,
    command: type[Kind],
    correction_id: CorrectionId,
    **content: Any,  # noqa: ANN401
) -> None:
    """Let somebody give a command about one dossier now."""
    asked = {**_asked(stage, voice), "school_year": _year_of(stage, correction_id)}
    stage.desk.handle(command(**{**asked, "correction_id": correction_id, **content}))


def _year_of(stage: Stage, correction_id: CorrectionId) -> str:
    view = stage.desk.corrections.find(correction_id)
    assert view is not None
    return view.school_year


def _asked(stage: Stage, voice: Voice) -> dict[str, Any]:
    return {"command_id": CommandId(uuid4()), "by": voice.author, "at": stage.clock()}


def _grown(stage: Stage, correction_id: CorrectionId) -> dict[str, Any]:
    """The file with a few bytes more, as a signature adds to it."""
    before = dossier_of(stage, correction_id).revision
    content = stage.desk.evidence.read(before.sha256) + b"% more\n"
    grown = {"previous": before.sha256, "revision": _kept(stage, content)}
    stage.desk.evidence.remove(before.sha256)
    return grown


def _kept(stage: Stage, content: bytes) -> Revision:
    return Revision(sha256=stage.desk.evidence.put(content), size=len(content))
