"""One school year in which every fact of dossiers happens at least once."""

from datetime import UTC, date, datetime

from ledger.credentials.facts import SigningWay
from ledger.dossiers import facts
from ledger.dossiers.facts import Keeping, PaperKind, Revision, Signer
from ledger.vocabulary import Role
from tests.scenario import Past
from tests.school import BOOK, FIX, FIX_AGAIN, HOA, KHOA, LAN, MAI, NGOC, SHEET

CERTIFICATE = "c0" * 32
DRAFT, SIGNED, ARCHIVED = (
    Revision(sha256=digit * 64, size=size)
    for digit, size in (("1", 60_000), ("2", 90_000), ("3", 150_000))
)
_SIGNED_AT = datetime(2026, 11, 20, 3, 15, tzinfo=UTC)

DRAFTED = facts.DossierDrafted(
    correction_id=FIX,
    sheet=SHEET,
    number=7,
    revision=DRAFT,
    position=4_771,
    root="a" * 64,
    signers=(
        Signer(role=Role.SUBJECT_TEACHER, person=LAN.person),
        Signer(role=Role.ADMINISTRATOR, person=KHOA.person),
        Signer(role=Role.PRINCIPAL, person=NGOC.person),
    ),
    papers=(PaperKind.CLASS_BOOK, PaperKind.SCHOOL_RECORD),
    reason="Tên cơ quan chủ quản ghi sai",
)

DOSSIERS: tuple[Past, ...] = (
    HOA.wrote(
        facts.PaperIssued(
            paper=PaperKind.SCHOOL_RECORD,
            class_group="6A1",
            semester=None,
            issued_on=date(2026, 11, 2),
            note="Học bạ của cả lớp",
        )
    ),
    KHOA.wrote(DRAFTED),
    LAN.wrote(
        facts.DossierSigned(
            correction_id=FIX,
            role=Role.SUBJECT_TEACHER,
            previous=DRAFT.sha256,
            revision=SIGNED,
            certificate=CERTIFICATE,
            way=SigningWay.SCHOOL,
            claimed_at=_SIGNED_AT,
            timestamped_at=_SIGNED_AT,
        )
    ),
    MAI.wrote(
        facts.PaperCorrected(
            correction_id=FIX, paper=PaperKind.CLASS_BOOK, note="Trang 12, dòng 7, mực đỏ"
        )
    ),
    NGOC.wrote(
        facts.DossierArchived(
            correction_id=FIX,
            previous=SIGNED.sha256,
            revision=ARCHIVED,
            holds_until=date(2041, 11, 20),
        )
    ),
    NGOC.wrote(
        facts.KeepingSet(
            keeping=Keeping(years_after_leaving=5, ordered_by="Quyết định số 12/QĐ-THCS")
        )
    ),
    MAI.wrote(facts.DisposalProposed(correction_id=FIX_AGAIN, reason="Học sinh đã ra trường")),
    NGOC.wrote(facts.DisposalDeclined(correction_id=FIX_AGAIN, reason="Còn đơn chưa giải quyết")),
    NGOC.wrote(facts.DossierDisposed(correction_id=FIX, files=(ARCHIVED.sha256, BOOK.sha256))),
)
