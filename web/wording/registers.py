"""The words of the dossier register: where a biên bản stands, and what is to be done next."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, Protocol

from ledger.dossiers.facts import Keeping, Signer
from ledger.dossiers.state import DossierStatus
from projections.dossiers import DossierView
from web.moments import shown_day
from web.wording.school import ended, role_name

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cho-toi-ky": "Chờ tôi ký",
        "dang-lam": "Đang làm",
        "da-luu-tru": "Đã lưu trữ",
        "da-huy": "Đã hủy",
        "tat-ca": "Tất cả",
    }
)

# What an empty part says, and what comes next.
EMPTY_PARTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "cho-toi-ky": (
            "Không có biên bản nào chờ bạn ký",
            "Khi đến lượt bạn, biên bản hiện ở đây và ở trang Việc cần làm.",
        ),
        "dang-lam": (
            "Không có biên bản nào đang làm",
            "Biên bản được lập sau khi đề nghị sửa điểm đã thực hiện xong.",
        ),
        "da-luu-tru": (
            "Chưa có hồ sơ nào được lưu trữ",
            "Biên bản đủ chữ ký, sổ giấy đã sửa xong thì lưu trữ được, ở trang của biên bản đó.",
        ),
        "da-huy": (
            "Chưa có hồ sơ nào bị tiêu hủy",
            "Hết thời hạn lưu, hồ sơ được một người đề nghị tiêu hủy và hiệu trưởng quyết định.",
        ),
        "tat-ca": (
            "Năm học này chưa có biên bản nào để bạn xem",
            "Biên bản được lập sau khi đề nghị sửa điểm đã thực hiện xong.",
        ),
    }
)

# What a printed paper covers: its semester, None for the whole year.
TERMS_OF_PAPERS: Final[Mapping[str, tuple[int | None, str]]] = MappingProxyType(
    {"1": (1, "Học kì I"), "2": (2, "Học kì II"), "ca-nam": (None, "Cả năm")}
)

WORKSHEET: Final = "Sổ đăng ký biên bản"

# The columns of the register in a spreadsheet.
COLUMNS_OF_REGISTER: Final = (
    *(("Số, ký hiệu", 18), ("Ngày lập", 12), ("Lớp", 8), ("Môn", 24), ("Học kì", 12)),
    *(("Học sinh", 30), ("Sửa điểm", 44), ("Người đề nghị", 28), ("Tình trạng", 34)),
    ("Ngày lưu trữ", 13),
)


def title_of(school_year: str) -> str:
    return f"SỔ ĐĂNG KÝ BIÊN BẢN SỬA CHỮA ĐIỂM, MỨC ĐÁNH GIÁ, NĂM HỌC {school_year}"


class Stands(Protocol):
    """A biên bản, as far as it says where it stands."""

    @property
    def status(self) -> DossierStatus: ...

    @property
    def next_signer(self) -> Signer | None: ...


def state_of(dossier: Stands, waiting: str = "") -> tuple[str, str]:
    """Where a biên bản stands, and the look of its chip; `waiting` is who signs next, by name."""
    match dossier.status:
        case DossierStatus.AWAITS_SIGNATURES:
            signer = dossier.next_signer
            assert signer is not None, "somebody is still to sign"
            return f"chờ ký: {role_name(signer.role).lower()} {waiting}".rstrip(), "warn"
        case DossierStatus.AWAITS_PAPERS:
            return "đủ chữ ký, chờ sửa sổ giấy", "warn"
        case DossierStatus.COMPLETE:
            return "đủ chữ ký, chờ lưu trữ", "warn"
        case DossierStatus.ARCHIVED:
            return "đã lưu trữ", "ok"
        case DossierStatus.DISPOSED:
            return "đã hủy", "quiet"


def last_day(until: date) -> str:
    """The last day of keeping; of who stands on no list any more there is none."""
    return shown_day(until) if until > date.min else "không còn em nào trong danh sách"


def kept_until(until: date, today: date) -> str:
    """How long an archived biên bản is kept, beside its chip."""
    return f"giữ đến hết {shown_day(until)}" if until >= today else "hết thời hạn lưu"


def signed_so_far(dossier: DossierView) -> str:
    return f"{dossier.signed}/{len(dossier.signers)} chữ ký"


def change_in_words(column: str, before: str, after: str) -> str:
    """One corrected mark in a cell of a spreadsheet."""
    return f"{column}: {before or 'trống'} → {after or 'trống'}"


def shown_term(semester: int | None) -> str:
    return next(word for number, word in TERMS_OF_PAPERS.values() if number == semester)


def shown_keeping(keeping: Keeping) -> str:
    """The rule of keeping as half a sentence: "đến khi học sinh ra trường, theo Quy chế …"."""
    years = keeping.years_after_leaving
    after = f" và thêm {years} năm" if years else ""
    return f"đến khi học sinh ra trường{after}, theo {ended(keeping.ordered_by)}"
