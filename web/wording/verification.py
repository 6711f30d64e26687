"""What people read of a verification: a sentence for each finding, and what was looked at."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Final

from ledger.verification import Finding, Report
from web.moments import shown_moment
from web.wording.numbers import shown_count

_SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "position-missing": "Thiếu dòng {expected}: sau chỗ này sổ nhảy sang dòng {found}.",
        "version-out-of-order": (
            "Dòng {position} không nối tiếp luồng {where}: phải là phiên bản {expected}, "
            "sổ ghi {found}."
        ),
        "line-malformed": "Dòng {position} chứa dữ liệu không thể là một dòng sổ.",
        "leaf-differs": "Nội dung dòng {position} không khớp với mã băm ghi cùng dòng.",
        "head-not-one": "Phải có đúng một đầu sổ, ở đây có {found}.",
        "head-malformed": "Đầu sổ không đọc được.",
        "head-position-differs": "Đầu sổ ghi dòng cuối là {found}, trong sổ là {expected}.",
        "head-root-differs": (
            "Các dòng trong sổ không cho ra gốc cây ghi ở đầu sổ; chỗ bị đổi nằm trong khoảng "
            "dòng {where}."
        ),
        "fact-unreadable": "Dòng {position} ghi sự việc “{where}” nhưng nội dung không đọc được.",
        "command-out-of-place": "Yêu cầu {where} nhận các dòng không phải của mình ({found}).",
        "command-differs": "Dòng {position} thuộc yêu cầu {expected}, bảng yêu cầu ghi {found}.",
        "line-without-command": "Không có yêu cầu nào nhận dòng {position}.",
        "seals-missing": "Không có các bảng lưu các lần niêm phong và chữ ký của nhân chứng.",
        "checkpoint-malformed": "Lần niêm phong {where} không đọc được.",
        "checkpoint-row-differs": "Lần niêm phong {where} được lưu khác với bản đã ký.",
        "checkpoint-unsigned": "Lần niêm phong {where} không có chữ ký của khóa sổ đã biết.",
        "checkpoint-beyond-end": (
            "Sổ đã niêm phong đến dòng {expected} ({where}), nay chỉ còn {found} dòng: phần sau đã "
            "mất."
        ),
        "checkpoint-differs": (
            "Các dòng trong sổ không cho ra gốc cây đã ký ở {where}: có dòng bị đổi, sớm nhất là "
            "dòng {position}."
        ),
        "cosignature-malformed": "Chữ ký của nhân chứng {where} không đọc được.",
        "cosignature-row-differs": "Chữ ký của nhân chứng {where} được lưu khác với bản đã ký.",
        "cosignature-orphaned": (
            "Còn chữ ký của nhân chứng {where} nhưng không còn lần niêm phong mà nhân chứng đã ký."
        ),
        "cosignature-invalid": "Chữ ký mang tên nhân chứng {found} ở {where} là chữ ký giả.",
        "told-head-differs": (
            "Dòng {position} ghi gốc cây ({where}) mà các dòng trước nó không cho ra: có dòng bị "
            "đổi."
        ),
        "remembered-unsigned": "Đầu sổ giữ ở ngoài ({where}) thiếu chữ ký đúng của {expected}.",
        "remembered-beyond-end": (
            "Đầu sổ giữ ở ngoài ({where}) có {expected} dòng, sổ này chỉ có {found} dòng."
        ),
        "remembered-differs": (
            "Sổ này không phải là sổ mà đầu sổ giữ ở ngoài ({where}) đã ghi nhận: trong {position} "
            "dòng đầu có dòng bị đổi."
        ),
        "approval-proof-wrong": (
            "Lần duyệt ở dòng {position} (đề nghị {where}) không đúng với nội dung được duyệt, "
            "hoặc không phải do khóa truy cập của người duyệt ký."
        ),
        "evidence-missing": "Thiếu tệp minh chứng {where} mà dòng {position} nêu.",
        "evidence-altered": "Tệp minh chứng {where} mà dòng {position} nêu đã bị đổi nội dung.",
        "dossier-lines-differ": (
            "Các dòng sổ về biên bản số {where} (lập ở dòng {position}) không khớp nhau."
        ),
        "dossier-file-differs": (
            "Tệp của biên bản số {where} (lập ở dòng {position}) không phải tệp mà sổ ghi."
        ),
        "dossier-signature-wrong": (
            "Biên bản số {where} (lập ở dòng {position}) có chữ ký không đúng với sổ."
        ),
        "dossier-content-differs": (
            "Bên trong biên bản số {where} (lập ở dòng {position}) khác với sổ."
        ),
        "dossier-archive-fails": (
            "Biên bản số {where} (lập ở dòng {position}) không giữ giá trị đủ lâu như sổ ghi."
        ),
        "guard-fallen": "Trigger canh giữ {where} đã bị gỡ, bị đổi hoặc bị tắt.",
        "guard-unknown": "Có trigger hoặc rule lạ {where}, không phải của chương trình.",
        "projection-differs": "Bảng tra cứu {where} hiện khác với sổ.",
        "projection-ahead": (
            "Bảng tra cứu “{where}” ghi đã đọc đến dòng {found}, sổ chỉ có {expected} dòng."
        ),
        "projection-malformed": "Bảng tra cứu {where} bị mất hoặc sai cột.",
        "projection-not-replayed": (
            "Không dựng lại được bảng tra cứu “{where}” từ dòng {position} trở đi: có dòng mà "
            "chương trình không thể đã viết."
        ),
        "vault-missing": "Không có các bảng của kho dữ liệu cá nhân: {where}.",
        "vault-key-closed": "Khóa riêng của người mang mã {where} không mở được.",
        "vault-key-of-another": "Khóa kho không mở được khóa riêng nào: đây là khóa của kho khác.",
        "vault-box-orphaned": "Dữ liệu cá nhân {where} không còn khóa riêng để mở.",
        "vault-box-closed": "Dữ liệu cá nhân {where} không mở được: đã bị đổi hoặc đặt sai chỗ.",
        "vault-comment-differs": "Nhận xét {where} không còn là nhận xét mà sổ giữ mã băm.",
        "vault-code-differs": "Bảng tìm người theo mã số ghi sai ở {where}.",
        "vault-erased-person": (
            "Dòng {position} ghi đã xóa dữ liệu của {where}, nhưng kho vẫn còn khóa của người đó."
        ),
        "vault-person-missing": "Kho thiếu họ tên của {where}, người mà dòng {position} nêu.",
        "database-damaged": "Cơ sở dữ liệu tự báo bị hỏng: {found}",
        "database-unreadable": "Cơ sở dữ liệu ngừng trả lời giữa chừng: {found}",
        "moment-goes-back": (
            "Dòng {position} ghi lúc {found}, sớm hơn dòng đứng trước ({expected}); đồng hồ máy "
            "chủ có thể đã bị chỉnh."
        ),
        "log-key-lost": (
            "Khóa của {where} đã mất và không ai đem khóa công khai của nó theo, nên chưa kiểm chữ "
            "ký của đời niêm phong ấy; gốc cây thì đã so."
        ),
        "log-key-not-given": "Chưa có khóa công khai của sổ nên chưa kiểm chữ ký của sổ.",
        "witness-unknown": (
            "“{where}” đã ký {found} lần niêm phong nhưng không có trong danh sách nhân chứng; các "
            "chữ ký này không được tính."
        ),
        "evidence-orphaned": (
            "Tệp minh chứng {where} không được dòng nào nêu, hoặc đã có bản mới thay."
        ),
        "projection-behind": (
            "Bảng tra cứu “{where}” mới đọc đến dòng {found} trên {expected}; phần đã đọc thì khớp."
        ),
        "projection-not-compared": (
            "Bảng tra cứu “{where}” chưa so được: chưa dựng, do bản chương trình khác dựng, hoặc "
            "có dòng không đọc được."
        ),
        "vault-keys-apart": (
            "Đây là bản sao lưu: khóa riêng của từng người để ở tệp khác, nên chưa mở thử dữ liệu "
            "cá nhân."
        ),
        "vault-key-not-given": "Chưa có khóa kho nên chưa mở thử dữ liệu cá nhân.",
    }
)

CHECKED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "lines": "dòng sổ, băm lại từng dòng và dựng lại cây",
        "streams": "luồng, phiên bản liền nhau",
        "facts": "sự việc đọc được đúng loại",
        "commands": "yêu cầu, mỗi dòng thuộc đúng một yêu cầu",
        "checkpoints": "lần niêm phong, so với gốc cây dựng lại",
        "cosignatures": "chữ ký đúng của nhân chứng",
        "approvals": "lần duyệt, so với nội dung được duyệt và khóa truy cập của người duyệt",
        "told-heads": "gốc cây do chính các dòng ghi lại, so với gốc cây dựng lại",
        "remembered": "đầu sổ giữ ở ngoài, so với gốc cây dựng lại",
        "guards": "trigger canh giữ không cho sửa, xóa, đang đứng vững",
        "evidence": "tệp minh chứng và biên bản đúng mã băm",
        "dossiers": "biên bản, so chữ ký và nội dung với sổ",
        "projection-rows": "dòng của bảng tra cứu, so với bảng dựng lại từ sổ",
        "vault-keys": "khóa riêng trong kho dữ liệu cá nhân",
        "vault-boxes": "mục dữ liệu cá nhân mở được đúng người",
    }
)

# What no such check can find, said wherever its outcome is shown.
LIMITS: Final = (
    (
        "Các dòng viết sau lần niêm phong mới nhất mà nhân chứng đã ký hoặc người kiểm giữ được: "
        "ai chiếm được máy chủ có thể viết lại phần đuôi này."
    ),
    (
        "Điểm sai được nhập đúng thủ tục bởi người có quyền, hoặc bằng tài khoản bị chiếm: sổ chỉ "
        "chứng minh ai đã ghi gì, khi nào."
    ),
    "Việc không hề được ghi vào sổ.",
    "Khi không kèm đầu sổ giữ ở ngoài: cả cuốn sổ bị thay bằng một cuốn khác ký bằng khóa bị lộ.",
)

PASSED: Final = "Không phát hiện sai lệch."
FAILED: Final = "Phát hiện {count} sai lệch."
FIRST: Final = "Sai lệch đầu tiên ở dòng {position}."
PASTED: Final = "đầu sổ dán vào trang"
MORE: Final = "… và {count} trường hợp nữa cùng loại."


NOTHING_SEALED: Final = "Sổ chưa được niêm phong lần nào."
NOBODY_SIGNED: Final = "Chưa có nhân chứng nào trong danh sách ký niêm phong sổ này."
WITNESSED: Final = "Nhân chứng đã ký đến dòng {size} ({by})."
TAIL: Final = "Sau đó còn {count} dòng chưa ai ở ngoài ghi nhận."


def outcome(report: Report) -> str:
    """The whole of it in one sentence."""
    if report.is_clean:
        return PASSED
    said = FAILED.format(count=shown_count(report.count_of_findings))
    position = report.findings[0].position
    return f"{said} {FIRST.format(position=shown_count(position))}" if position else said


def looked_at(report: Report) -> Iterator[tuple[int, str]]:
    """How many of what were looked at; of what there was none, nothing is said."""
    return ((count, CHECKED[name]) for name, count in report.checked.items() if count)


def witnessed(report: Report) -> str:
    """How far somebody outside has signed, and what is left after that."""
    seen = report.latest_cosigned
    if seen is None:
        return NOBODY_SIGNED if report.checkpoints else NOTHING_SEALED
    by = ", ".join(f"{name}, {posix_moment(at)}" for name, at in seen.cosigned.items())
    said = WITNESSED.format(size=shown_count(seen.size), by=by)
    tail = report.lines - seen.size
    return f"{said} {TAIL.format(count=shown_count(tail))}" if tail > 0 else said


def posix_moment(seconds: int) -> str:
    """A witness's moment; one beyond every calendar is shown as the number that it is."""
    try:
        return shown_moment(datetime.fromtimestamp(seconds, UTC))
    except (OverflowError, ValueError, OSError):
        return str(seconds)


def kept_moment(text: str) -> str:
    """A moment as it is stored; what is none is shown as it stands there."""
    try:
        return shown_moment(datetime.fromisoformat(text))
    except ValueError:
        return text


def left_out(found: Sequence[Finding], counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Of which codes more was found than is told, and how many."""
    told = Counter(finding.code for finding in found)
    return ((code, counts[code] - count) for code, count in told.items() if counts[code] > count)


def finding_sentence(finding: Finding) -> str:
    """What was found, for people."""
    shown = kept_moment if finding.code == "moment-goes-back" else str
    return _SENTENCES[finding.code].format(
        position=finding.position,
        where=finding.where,
        expected=shown(finding.expected),
        found=shown(finding.found),
    )
