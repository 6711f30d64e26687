"""One clear sentence per refusal code: what is so, who made it so, and what to do now."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ledger.refusal import Refused
from ledger.vocabulary import SubjectKind
from web.moments import shown_moment
from web.wording.access_refusals import ACCESS_REFUSALS
from web.wording.building import Builder, Details, KnowsNames, listed, plain
from web.wording.credentials_refusals import CREDENTIALS_REFUSALS
from web.wording.dossier_refusals import DOSSIER_REFUSALS
from web.wording.lock_refusals import LOCK_REFUSALS
from web.wording.privacy_refusals import PRIVACY_REFUSALS
from web.wording.results_refusals import RESULTS_REFUSALS
from web.wording.school import CORRECTION_STATUSES, EVIDENCE_KINDS, column_name, role_name
from web.wording.school_refusals import SCHOOL_REFUSALS
from web.wording.signals_refusals import SIGNALS_REFUSALS
from web.wording.signing_refusals import SIGNING_REFUSALS
from web.wording.supervision_refusals import SUPERVISION_REFUSALS


def refusal_sentence(refused: Refused, names: KnowsNames) -> str:
    """The sentence that a person reads for a refusal."""
    return REFUSALS[refused.code](refused.details, names)


def _cells(details: Details, names: KnowsNames) -> str:
    places = [(cell[0], cell[1]) for cell in details.get("cells", ())]
    return listed(f"{names.pupil(pupil)} ({column_name(column)})" for pupil, column in places)


def _pupils(details: Details, names: KnowsNames) -> str:
    return listed(names.pupil(pupil) for pupil in details.get("pupils", ()))


def _when(details: Details, key: str) -> str:
    moment = details.get(key)
    return shown_moment(moment) if isinstance(moment, datetime) else "một lúc trước"


def _column(details: Details) -> str:
    return column_name(str(details.get("column", "")))


def _role(details: Details, _names: KnowsNames) -> str:
    allowed = listed(role_name(role).lower() for role in details.get("allowed", ()))
    if not allowed:
        return "Vai trò của bạn không được làm việc này."
    own = role_name(str(details.get("role", ""))).lower()
    return f"Với vai trò {own}, bạn không làm được việc này; việc này dành cho {allowed}."


def _account_lacks(details: Details, _names: KnowsNames) -> str:
    wanted = listed(role_name(role).lower() for role in details.get("roles", ()))
    return (
        "Tài khoản của bạn không có vai trò cần cho việc này"
        + (f" ({wanted})." if wanted else ".")
        + " Nếu cần, hãy liên hệ quản trị hệ thống."
    )


def _locked(details: Details, names: KnowsNames) -> str:
    what = "Bảng điểm" if details.get("whole_sheet") else f"Cột {_column(details)}"
    who = f"{role_name(str(details.get('role', ''))).lower()} {names.staff(details.get('by'))}"
    if details.get("until"):
        state = f"{what} được {who} mở khóa đến {_when(details, 'until')} và nay đã khóa lại."
    else:
        state = f"{what} đã bị khóa bởi {who} lúc {_when(details, 'at')}."
    reason = f" Lý do: {details['reason']}." if details.get("reason") else ""
    return f"{state}{reason} Muốn sửa, hãy gửi đề nghị sửa điểm."


def _deadline(details: Details, names: KnowsNames) -> str:
    return (
        f"Đã hết hạn nhập cột {_column(details)} (hạn {_when(details, 'deadline')}), nên cột đã "
        f"khóa.{_who_set_it(details, names)} Muốn sửa, hãy gửi đề nghị sửa điểm."
    )


def _who_set_it(details: Details, names: KnowsNames) -> str:
    if not details.get("by"):
        return ""
    who = f"{role_name(str(details.get('role', ''))).lower()} {names.staff(details['by'])}"
    why = f"lý do: {details['reason']}" if details.get("reason") else "khi mở bảng điểm"
    return f" Hạn do {who} đặt lúc {_when(details, 'at')}, {why}."


def _closed(details: Details, names: KnowsNames) -> str:
    return (
        f"Cột {_column(details)} đã được {names.staff(details.get('by'))} chốt lúc "
        f"{_when(details, 'at')}, điểm trong cột là chính thức. "
        "Muốn sửa, hãy mở lại cột khi còn được phép, hoặc gửi đề nghị sửa điểm."
    )


def _grace(details: Details, _names: KnowsNames) -> str:
    return (
        f"Cột {_column(details)} chốt lúc {_when(details, 'closed_at')}; thời gian tự mở lại đã "
        f"hết lúc {_when(details, 'until')}. Hãy nhờ phó hiệu trưởng hoặc hiệu trưởng mở lại."
    )


def _no_column(details: Details, _names: KnowsNames) -> str:
    return f"Bảng điểm không có cột {_column(details)}."


def _column_open(details: Details, _names: KnowsNames) -> str:
    return f"Cột {_column(details)} chưa chốt, không cần mở lại."


def _until(details: Details, _names: KnowsNames) -> str:
    return f"Thời hạn mở khóa ({_when(details, 'until')}) phải ở sau thời điểm hiện tại."


def _not_on_sheet(details: Details, names: KnowsNames) -> str:
    return f"Học sinh không có trong bảng điểm: {_pupils(details, names)}."


def _hold_marks(details: Details, names: KnowsNames) -> str:
    return f"Ô đã có điểm, không nhận điểm chuyển đến: {_cells(details, names)}."


def _has_left(details: Details, names: KnowsNames) -> str:
    return f"Học sinh đã rời lớp, không nhập điểm nữa: {_pupils(details, names)}."


def _twice(details: Details, names: KnowsNames) -> str:
    return f"Một ô điểm được ghi hai lần: {_cells(details, names)}. Hãy giữ lại một."


def _misfit(details: Details, names: KnowsNames) -> str:
    wanted = (
        "môn này đánh giá bằng điểm số từ 0 đến 10"
        if details.get("kind") == SubjectKind.SCORED
        else "môn này chỉ ghi Đ (Đạt) hoặc CĐ (Chưa đạt)"
    )
    return f"Điểm không hợp với môn học: {_cells(details, names)}; {wanted}."


def _zeros(details: Details, names: KnowsNames) -> str:
    return (
        "Điểm 0 do không dự kiểm tra chỉ dùng cho cột giữa kì và cuối kì: "
        f"{_cells(details, names)}."
    )


def _moved(details: Details, names: KnowsNames) -> str:
    told = []
    for pupil, column, cell in details.get("cells", ()):
        who, at = names.staff(cell.by), _when({"at": cell.at}, "at")
        told.append(f"{names.pupil(pupil)} ({column_name(column)}, {who} sửa lúc {at})")
    return f"Điểm đã được người khác thay đổi sau khi bạn mở trang: {listed(told)}. Hãy xem lại."


def _blanks(details: Details, names: KnowsNames) -> str:
    return (
        f"Cột {_column(details)} còn thiếu điểm của: {_pupils(details, names)}. "
        "Hãy nhập nốt, hoặc xác nhận chốt cột dù còn thiếu."
    )


def _unconfirmed(details: Details, names: KnowsNames) -> str:
    return (
        f"Cột {_column(details)} có điểm nhập hộ chưa được giáo viên xác nhận: "
        f"{_pupils(details, names)}."
    )


def _drafts(details: Details, names: KnowsNames) -> str:
    return (
        f"Điểm chưa chính thức nên không cần đề nghị: {_cells(details, names)}. "
        "Hãy sửa ngay trên bảng điểm."
    )


def _same(details: Details, names: KnowsNames) -> str:
    return f"Điểm đề nghị trùng với điểm đang ghi: {_cells(details, names)}."


def _held(details: Details, names: KnowsNames) -> str:
    return f"Ô điểm đang nằm trong một đề nghị khác chưa xong: {_cells(details, names)}."


def _evidence(details: Details, _names: KnowsNames) -> str:
    kinds = listed(EVIDENCE_KINDS[kind].lower() for kind in details.get("kinds", ()))
    return f"Đề nghị còn thiếu minh chứng: {kinds or 'cần ít nhất một tệp'}."


def _stale(details: Details, _names: KnowsNames) -> str:
    added = details.get("added")
    what = (
        f"người đề nghị đã trả lời và gửi thêm {added} tệp minh chứng"
        if added
        else "nội dung, hoặc quyền quyết định thay của bạn, không còn như trang đã hiện"
    )
    return f"Chưa duyệt, vì từ lúc bạn mở trang đề nghị này đã khác: {what}. Hãy xem lại rồi duyệt."


def _settled(details: Details, _names: KnowsNames) -> str:
    word, _ = CORRECTION_STATUSES.get(str(details.get("status", "")), ("đã xong", ""))
    return f"Đề nghị này không còn mở nữa ({word.lower()})."


def _too_many(details: Details, _names: KnowsNames) -> str:
    return f"Bạn đã nhập sai mật khẩu nhiều lần. Hãy thử lại sau {details.get('seconds', 60)} giây."


def _weak(details: Details, _names: KnowsNames) -> str:
    return f"Mật khẩu cần ít nhất {details.get('shortest', 10)} ký tự và không chứa tên đăng nhập."


def _taken(details: Details, _names: KnowsNames) -> str:
    return (
        f"Tên đăng nhập “{details.get('username', '')}” đã có người dùng, "
        "hoặc người này đã có tài khoản."
    )


_UNFIT_FILES: Final = {
    "too-many": "Chỉ gửi được nhiều nhất {limit} tệp minh chứng.",
    "too-much": "Các tệp minh chứng cộng lại lớn hơn {limit} MB. Hãy bỏ bớt tệp.",
    "too-many-unsent": "Hôm nay bạn đã tải lên quá nhiều tệp mà chưa gửi. Hãy gửi đề nghị đang "
    "làm trước.",
    "gone": "Có tệp tải lên từ trước nay không còn được giữ. Hãy chọn lại tệp ấy.",
    "phone-only": "Ảnh “{name}” ở dạng HEIC của điện thoại. Hãy chụp lại bằng nút “Chụp ảnh”, hoặc "
    "đổi máy ảnh sang dạng JPEG (“Tương thích nhất”).",
    "too-big": "Tệp “{name}” lớn hơn 10 MB.",
    "empty": "Tệp “{name}” rỗng.",
    "other-type": "Tệp “{name}” không phải PDF, JPEG hoặc PNG.",
    "broken": "Không đọc được tệp “{name}”; có thể tệp đã hỏng.",
    "too-large-picture": "Ảnh “{name}” có quá nhiều điểm ảnh.",
    "encrypted": "Tệp PDF “{name}” có mật khẩu; hãy gửi bản không đặt mật khẩu.",
    "active": "Tệp PDF “{name}” chứa mã lệnh hoặc tệp đính kèm nên không nhận được.",
}


def _unfit(details: Details, _names: KnowsNames) -> str:
    sentence = _UNFIT_FILES[str(details.get("why", "broken"))]
    return sentence.format_map({"name": "", **details})


REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        **SCHOOL_REFUSALS,
        **RESULTS_REFUSALS,
        **SUPERVISION_REFUSALS,
        **PRIVACY_REFUSALS,
        **SIGNING_REFUSALS,
        **CREDENTIALS_REFUSALS,
        **ACCESS_REFUSALS,
        **DOSSIER_REFUSALS,
        **SIGNALS_REFUSALS,
        **LOCK_REFUSALS,
        "command-id-reused": plain(
            "Mã thao tác này đã dùng cho một việc khác. Hãy tải lại trang và làm lại."
        ),
        "line-too-long": plain(
            "Việc này quá lớn để ghi thành một dòng sổ. Hãy chia nhỏ rồi làm lại từng phần; chưa "
            "có gì được ghi."
        ),
        "sheet-not-open": plain("Không có bảng điểm này."),
        "not-for-your-role": _role,
        "not-your-sheet": plain("Bạn không được phân công ở bảng điểm này."),
        "secretary-needs-a-teacher": plain(
            "Thư ký chỉ nhập hộ một giáo viên của bảng điểm; hãy chọn giáo viên được nhập hộ."
        ),
        "secretary-enters-periodic-tests-only": plain(
            "Thư ký chỉ nhập hộ điểm giữa kì và cuối kì; điểm thường xuyên do giáo viên nhập."
        ),
        "sheet-already-open": plain("Bảng điểm này đã được mở từ trước."),
        "pupils-numbered-twice": plain(
            "Danh sách có hai học sinh cùng số thứ tự, hoặc một học sinh ghi hai lần."
        ),
        "sheet-needs-a-teacher": plain("Bảng điểm phải có ít nhất một giáo viên."),
        "no-such-column": _no_column,
        "sheet-is-locked": _locked,
        "deadline-has-passed": _deadline,
        "column-is-closed": _closed,
        "column-is-open": _column_open,
        "grace-is-over": _grace,
        "nothing-is-locked": plain("Không có gì đang khóa để mở."),
        "unlock-must-end-later": _until,
        "pupil-not-on-sheet": _not_on_sheet,
        "pupil-has-left": _has_left,
        "cell-named-twice": _twice,
        "mark-does-not-fit-subject": _misfit,
        "zero-by-rule-is-for-periodic-tests": _zeros,
        "cells-hold-marks": _hold_marks,
        "cells-moved-on": _moved,
        "column-has-blanks": _blanks,
        "entries-await-confirmation": _unconfirmed,
        "mark-is-not-official": _drafts,
        "nothing-to-correct": _same,
        "cell-is-in-a-correction": _held,
        "evidence-is-missing": _evidence,
        "no-such-correction": plain("Không có đề nghị sửa điểm này."),
        "correction-id-reused": plain("Đề nghị này đã được gửi rồi."),
        "correction-is-void": plain(
            "Đề nghị đã mất hiệu lực vì điểm đã thay đổi sau khi gửi. "
            "Hãy xem lại điểm và gửi đề nghị mới nếu còn cần."
        ),
        "correction-is-settled": _settled,
        "requester-may-not-confirm": plain(
            "Người đề nghị không được tự xác nhận; phó hiệu trưởng sẽ xác nhận đề nghị này."
        ),
        "requester-may-not-approve": plain("Người đề nghị không được tự duyệt."),
        "not-your-request": plain(
            "Chỉ người đã gửi đề nghị mới rút đề nghị hoặc trả lời câu hỏi về đề nghị được."
        ),
        "correction-awaits-answer": plain(
            "Đề nghị đang chờ người gửi trả lời câu hỏi; có câu trả lời rồi mới xác nhận, duyệt "
            "hoặc hỏi thêm được."
        ),
        "nothing-was-asked": plain("Không có câu hỏi nào đang chờ bạn trả lời."),
        "awaits-confirmation": plain("Giáo viên chủ nhiệm chưa xác nhận đề nghị này."),
        "approval-is-stale": _stale,
        "awaits-approval": plain("Hiệu trưởng chưa duyệt đề nghị này."),
        "already-approved": plain(
            "Đề nghị đã được duyệt, không từ chối hay hỏi lại được nữa; người gửi vẫn có thể rút."
        ),
        "executors-must-differ": plain(
            "Người thực hiện phải khác người đề nghị, người duyệt và người thực hiện còn lại."
        ),
        "account-lacks-role": _account_lacks,
        "not-signed-in": plain("Bạn chưa đăng nhập, hoặc phiên làm việc đã hết hạn."),
        "wrong-sign-in": plain("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too-many-sign-ins": _too_many,
        "password-needed": plain("Hãy nhập lại mật khẩu để làm việc này."),
        "wrong-password": plain("Mật khẩu không đúng, chưa có gì được thực hiện."),
        "password-too-weak": _weak,
        "username-taken": _taken,
        "no-such-account": plain("Không có tài khoản này."),
        "not-for-your-eyes": plain("Bạn không có quyền xem trang này."),
        "no-such-department": plain("Năm học không có tổ chuyên môn này."),
        "no-such-evidence": plain("Không có tệp minh chứng này."),
        "no-such-line": plain("Sổ không có dòng này, hoặc dòng không thuộc trang này."),
        "line-not-published-yet": plain(
            "Dòng này chưa nằm dưới dấu niêm phong nào nên chưa có bằng chứng. Hãy thử lại sau một "
            "phút; nếu vẫn chưa được, hãy báo quản trị hệ thống."
        ),
        "line-differs-from-published": plain(
            "Dòng này không khớp với dấu niêm phong mà sổ đã ký: có thể cơ sở dữ liệu đã bị sửa. "
            "Không có bằng chứng nào được đưa ra. Hãy báo ngay hiệu trưởng và quản trị hệ thống để "
            "kiểm chứng toàn bộ sổ."
        ),
        "evidence-unfit": _unfit,
        "file-is-stale": plain(
            "Từ lúc xem trước đến nay danh sách của trường đã thay đổi. Hãy chọn tệp lần nữa."
        ),
        "form-incomplete": plain("Mẫu còn thiếu hoặc sai ở một số ô."),
        "point-unreadable": plain(
            "Không đọc được thời điểm muốn xem. Hãy chọn một ngày giờ, ví dụ 10:30 ngày "
            "20/11/2026, hoặc một số dòng của sổ."
        ),
        "checking-is-busy": plain(
            "Đang có người khác kiểm chứng một hồ sơ. Hãy đợi vài giây rồi thử lại."
        ),
        "comes-from-elsewhere": plain(
            "Yêu cầu không đến từ trang này nên không được thực hiện. Hãy mở lại trang và thử lại."
        ),
    }
)
