"""The sentences of the refusals to make, sign, archive and dispose of a dossier."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from web.moments import shown_day, shown_moment
from web.wording.building import Builder, Details, KnowsNames, listed, plain
from web.wording.papers import PAPERS
from web.wording.school import EVIDENCE_KINDS, ended, role_name


def _disposed(details: Details, names: KnowsNames) -> str:
    at = details.get("at")
    when = f" lúc {shown_moment(at)}" if isinstance(at, datetime) else ""
    who = f" theo quyết định của {names.staff(details['by'])}" if details.get("by") else ""
    return f"Hồ sơ này đã được tiêu hủy{when}{who}; trong sổ chỉ còn mã băm của các tệp."


def _number(details: Details, _names: KnowsNames) -> str:
    number = details.get("number")
    next_one = f" (số kế tiếp là {number})" if number else ""
    return f"Vừa có một biên bản khác lấy số này{next_one}. Hãy lập lại biên bản."


def _nobody(details: Details, _names: KnowsNames) -> str:
    role = details.get("role")
    who = f" với tư cách {role_name(role).lower()}" if role else ""
    return (
        f"Quy định của trường cần một người ký{who}, nhưng trường không có ai giữ vai trò đó. "
        "Hãy phân công người, rồi lập biên bản."
    )


def _somebody_else(details: Details, names: KnowsNames) -> str:
    person = details.get("person")
    who = f" Chỗ này của {names.staff(person)}." if person else ""
    return f"Đây không phải chỗ ký của bạn.{who}"


def _turn(details: Details, _names: KnowsNames) -> str:
    role = details.get("role")
    who = f" Người ký kế tiếp: {role_name(role).lower()}." if role else ""
    return f"Chưa đến lượt bạn ký.{who}"


def _out_of_date(details: Details, _names: KnowsNames) -> str:
    first, last = details.get("valid_from"), details.get("valid_until")
    span = ""
    if isinstance(first, datetime) and isinstance(last, datetime):
        span = f" (có giá trị từ {shown_moment(first)} đến {shown_moment(last)})"
    return f"Chứng thư chữ ký số không còn giá trị lúc này{span}. Hãy dùng chứng thư khác."


def _unsigned(details: Details, _names: KnowsNames) -> str:
    roles = listed(role_name(role).lower() for role in details.get("roles", ()))
    return f"Biên bản còn thiếu chữ ký{f' của: {roles}' if roles else ''}."


def _papers(details: Details, _names: KnowsNames) -> str:
    papers = listed(PAPERS[paper] for paper in details.get("papers", ()))
    return (
        f"Còn sổ giấy chưa sửa theo biên bản{f': {papers}' if papers else ''}. "
        "Sửa xong, hãy đánh dấu từng loại trên trang của biên bản."
    )


def _still_kept(details: Details, _names: KnowsNames) -> str:
    until, ordered_by = details.get("until"), details.get("ordered_by")
    last = f" ít nhất đến hết {shown_day(until)}" if isinstance(until, date) else ""
    rule = f" theo {ended(ordered_by)}" if isinstance(ordered_by, str) else "."
    return f"Hồ sơ còn phải lưu{last}{rule}"


def _lost(details: Details, _names: KnowsNames) -> str:
    kind = EVIDENCE_KINDS.get(str(details.get("kind", "")), "")
    which = f" ({kind[:1].lower()}{kind[1:]})" if kind else ""
    return (
        f"Một tệp minh chứng{which} đã mất hoặc không còn đúng với mã băm trong sổ nên chưa lập "
        "được biên bản. Hãy báo quản trị hệ thống khôi phục tệp từ bản sao lưu."
    )


DOSSIER_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "school-not-described": plain(
            "Chưa khai báo tên trường, cơ quan chủ quản và địa danh nên chưa lập được biên bản. "
            "Hãy khai báo ở trang của trường."
        ),
        "evidence-not-kept": _lost,
        "dossier-not-drawn": plain(
            "Chưa dựng được tệp biên bản vì lỗi của phần mềm; điểm đã sửa vẫn giữ nguyên. Hãy báo "
            "quản trị hệ thống xem nhật ký của máy chủ, rồi lập lại."
        ),
        "dossier-file-lost": plain(
            "Không còn tệp biên bản như mã băm đã ghi trong sổ. Hãy báo quản trị hệ thống lấy lại "
            "tệp từ bản sao lưu; sổ biết chính xác đó phải là tệp nào."
        ),
        "no-such-dossier": plain("Đề nghị này chưa có biên bản."),
        "correction-not-executed": plain(
            "Điểm chưa được sửa nên chưa lập biên bản được; biên bản ghi lại việc đã làm xong."
        ),
        "dossier-is-disposed": _disposed,
        "dossier-is-archived": plain(
            "Biên bản đã đủ chữ ký và đã lưu trữ, không thêm gì được nữa."
        ),
        "dossier-number-not-next": _number,
        "dossier-signer-missing": _nobody,
        "dossier-draft-is-signed": plain(
            "Biên bản đã có chữ ký, nên chỉ hiệu trưởng cho lập lại, và phải ghi lý do."
        ),
        "not-your-signature": _somebody_else,
        "not-your-turn-to-sign": _turn,
        "dossier-revision-moved-on": plain(
            "Biên bản vừa có thêm chữ ký hoặc được lập lại sau khi bạn mở trang. Hãy xem bản mới "
            "nhất rồi ký bản đó."
        ),
        "dossier-revision-does-not-grow": plain(
            "Tệp không dài hơn bản trước. Chữ ký số chỉ thêm vào cuối tệp, không sửa phần đã có."
        ),
        "certificate-not-enrolled": plain(
            "Chứng thư chữ ký số này chưa đăng ký cho bạn, hoặc đã thôi dùng. Hãy đăng ký chứng "
            "thư ở trang của bạn, rồi ký lại."
        ),
        "certificate-out-of-date": _out_of_date,
        "paper-not-demanded": plain("Biên bản này không yêu cầu sửa loại sổ giấy đó."),
        "dossier-signatures-missing": _unsigned,
        "dossier-papers-not-corrected": _papers,
        "paper-issued-tomorrow": plain(
            "Chỉ ghi nhận sổ, học bạ đã in hoặc đã phát hành; ngày phải từ hôm nay trở về trước."
        ),
        "dossier-not-archived": plain("Chỉ tiêu hủy được hồ sơ đã lưu trữ."),
        "dossier-still-kept": _still_kept,
        "dossier-disposal-not-proposed": plain(
            "Chưa ai đề nghị tiêu hủy hồ sơ này. Việc tiêu hủy cần hai người: một người đề nghị, "
            "hiệu trưởng quyết định."
        ),
        "dossier-disposal-needs-another": plain(
            "Người đã đề nghị tiêu hủy không được tự quyết định: việc này luôn cần hai người."
        ),
        "dossier-files-still-needed": plain(
            "Có tệp còn dùng cho hồ sơ khác nên không tiêu hủy được. Hãy mở lại trang rồi làm lại."
        ),
    }
)
