"""The sentences of a biên bản about corrected marks, and of the signatures on it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from ledger.dossiers.facts import PaperIssued
from ledger.sheet.attestation import ApprovalMethod
from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import Role, SubjectKind
from web.moments import shown_day, shown_moment
from web.wording.papers import PAPERS
from web.wording.results import term_inside
from web.wording.school import SEMESTERS

EXHIBITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        EvidenceKind.TEACHER_BOOK: "Sổ cá nhân của giáo viên",
        EvidenceKind.TEST_PAPER: "Bài kiểm tra",
        EvidenceKind.LEARNING_PRODUCT: "Sản phẩm học tập",
        EvidenceKind.OTHER: "Minh chứng khác",
    }
)

WAYS_OF_APPROVING: Final[Mapping[str, str]] = MappingProxyType(
    {
        ApprovalMethod.PASSWORD_TOTP: "mật khẩu và mã xác thực một lần",
        ApprovalMethod.PASSKEY: "khóa truy cập (passkey)",
    }
)

DATA_INSIDE: Final = "Nội dung biên bản cho phần mềm đọc"
NO_MARK: Final = "(trống)"
INTERNAL_SIGNATURE: Final = "Chữ ký nội bộ của trường, không phải chứng thư công cộng"

_CONFIRMING: Final[Mapping[Role, str]] = MappingProxyType(
    {Role.VICE_PRINCIPAL: "xác nhận thay giáo viên chủ nhiệm, là người đề nghị"}
)


class Told(NamedTuple):
    """A step in words: who, as what, when, and the number of its line in the ledger."""

    who: str
    role: str
    at: str
    position: str

    def __str__(self) -> str:
        return f"{self.who} ({self.role[:1].lower()}{self.role[1:]})"

    @property
    def line(self) -> str:
        return f"lúc {self.at} (dòng sổ {self.position})"


def request_number(number: int) -> str:
    """The number of the request that people quote: "ĐN-0042"."""
    return f"ĐN-{number:04d}"


def instead_of(principal: str) -> str:
    return f"Phó hiệu trưởng, thay Hiệu trưởng {principal}"


def sheet_line(
    class_group: str, subject: str, semester: str, school_year: str, kind: SubjectKind
) -> str:
    """Which sheet: its class, subject and semester, and how the subject is assessed."""
    assessed = "điểm số" if kind is SubjectKind.SCORED else "nhận xét (Đạt, Chưa đạt)"
    return (
        f"lớp {class_group}, môn {subject}, {semester}, năm học {school_year}; "
        f"đánh giá bằng {assessed}"
    )


def total_of(lines: int) -> str:
    return f"{lines:02} điểm, mức đánh giá được sửa chữa"


def requested(told: Told, number: str) -> str:
    return f"{told} đề nghị sửa chữa (đề nghị số {number}) {told.line}."


def confirmed(told: Told, role: Role) -> str:
    did = _CONFIRMING.get(role, "xác nhận việc sửa chữa điểm, mức đánh giá")
    return f"{told} {did} {told.line}."


def said(told: Told, text: str, *, answer: bool) -> str:
    """A question that was asked back, or the answer to it."""
    did = "trả lời" if answer else "yêu cầu làm rõ"
    return f"{told} {did}: “{text}” {told.line}."


def approved(told: Told, way: str | None) -> str:
    """The principal's opinion; with how it was confirmed, where that was asked for then."""
    how = f"; xác nhận bằng {way}" if way else ""
    return f"Ý kiến phê duyệt: {told} đồng ý sửa chữa như đề nghị, {told.line}{how}."


def statement(digest: str) -> str:
    return f"Mã băm (SHA-256) của nội dung đã phê duyệt: {digest}"


def took_part(told: Told) -> str:
    return f"{told} thực hiện sửa chữa trên phần mềm {told.line}."


def executed(at: str, relocked_at: datetime | None) -> str:
    """When the marks were replaced, and when the columns were locked again."""
    again = f"; khóa lại ngay lúc {shown_moment(relocked_at)}" if relocked_at else ""
    return f"Điểm, mức đánh giá đúng có hiệu lực lúc {at}{again}."


def foot(symbol: str, at: datetime) -> str:
    return f"Biên bản số {symbol}, lập lúc {shown_moment(at)}."


def check_at(address: str | None) -> str:
    if address is None:
        return "Mã QR: số nhận dạng biên bản, dòng cuối và 16 chữ số đầu của giá trị gốc."
    return f"Quét mã QR hoặc mở {address}/kiem-chung/ho-so để kiểm chứng biên bản này."


def signed_by(name: str, role: str, at: str) -> list[str]:
    """The lines of the stamp that shows a signature."""
    return [f"Ký bởi: {name}", f"Vai trò: {role}", f"Thời gian: {at}"]


def proof_inside(position: int) -> str:
    return f"Dòng {position} của sổ cái và bằng chứng"


def outdated_results(class_group: str, term: str | None, approved: str, *, changes: bool) -> str:
    """Approved results that rested on the old marks, and whether they have to be approved anew.

    `term` is None for the approval of who goes up after summer; `approved` says by whom and when.
    """
    what = f"Kết quả {term_inside(term)}" if term else "Kết quả xét lên lớp sau hè"
    then = "phải duyệt lại" if changes else "kết quả này không đổi"
    return f"{what} của lớp {class_group} do {approved} dựa trên điểm cũ; {then}."


def approved_by(who: str, at: datetime) -> str:
    return f"{who} duyệt lúc {shown_moment(at)}"


def outdated_paper(issued: PaperIssued) -> str:
    """A paper that was printed or issued with the old marks on it."""
    term = SEMESTERS[issued.semester] if issued.semester else "cả năm"
    return (
        f"{PAPERS[issued.paper]}, lớp {issued.class_group}, {term[:1].lower()}{term[1:]}, in hoặc "
        f"phát hành ngày {shown_day(issued.issued_on)} ({issued.note}), mang điểm cũ."
    )


def closing(proofs: int, years_after_leaving: int) -> str:
    """The last sentences above the signatures: how the paper came about, and how long it stays."""
    inside = f" và {proofs:02} bằng chứng của các dòng sổ" if proofs else ""
    longer = f" và thêm {years_after_leaving} năm" if years_after_leaving else ""
    return (
        "Biên bản được lập bằng phần mềm từ các dòng của sổ cái; tệp PDF này mang theo các tệp "
        f"minh chứng, bảng kê bien-ban.json{inside}. Hồ sơ được lưu giữ đến khi học sinh ra "
        f"trường{longer}."
    )
