"""The words of official papers, as Nghị định 30/2020 wants them written."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from ledger.dossiers.facts import PaperKind
from ledger.school.facts import SchoolDescribed
from ledger.vocabulary import Role
from web.moments import VIETNAM
from web.wording.school import role_name

# Since this day a school stands under a ward or commune, whose office for schools is this one.
_TWO_TIERS: Final = date(2025, 7, 1)
_WARD_OFFICE: Final = "Phòng Văn hóa - Xã hội"

_CIRCULARS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tt22": (
            "Căn cứ Thông tư số 22/2021/TT-BGDĐT ngày 20 tháng 7 năm 2021 của Bộ trưởng Bộ Giáo "
            "dục và Đào tạo quy định về đánh giá học sinh trung học cơ sở và học sinh trung học "
            "phổ thông (Điều 20: giáo viên chủ nhiệm xác nhận việc sửa chữa điểm, mức đánh giá);"
        ),
        "tt58": (
            "Căn cứ Thông tư số 58/2011/TT-BGDĐT ngày 12 tháng 12 năm 2011 của Bộ trưởng Bộ Giáo "
            "dục và Đào tạo ban hành Quy chế đánh giá, xếp loại học sinh trung học cơ sở và học "
            "sinh trung học phổ thông;"
        ),
        "tt58-tt26": (
            "Căn cứ Thông tư số 58/2011/TT-BGDĐT ngày 12 tháng 12 năm 2011 của Bộ trưởng Bộ Giáo "
            "dục và Đào tạo, được sửa đổi, bổ sung bởi Thông tư số 26/2020/TT-BGDĐT ngày 26 tháng "
            "8 năm 2020;"
        ),
    }
)

# The regulation that a school starts from.
_REGULATION: Final = (
    "Căn cứ Quy chế quản lí, sử dụng hệ thống quản trị trong nhà trường (khoản 2 Điều 11: sửa chữa "
    "điểm, sửa chữa mức đánh giá);"
)

PAPERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        PaperKind.CLASS_BOOK: "Sổ theo dõi và đánh giá học sinh (theo lớp học)",
        PaperKind.TEACHER_BOOK: "Sổ theo dõi và đánh giá học sinh (của giáo viên)",
        PaperKind.SCHOOL_RECORD: "Học bạ",
        PaperKind.REPORT: "Báo cáo, thống kê và phiếu thông báo kết quả đã in",
    }
)

FORMS: Final[Mapping[str, str]] = MappingProxyType(
    {"application/pdf": "tệp PDF", "image/jpeg": "ảnh JPEG", "image/png": "ảnh PNG"}
)


def grounds(circular: str, request: str, requested_on: str) -> list[str]:
    """What a biên bản rests on: the circular, the school's regulation, the teacher's request."""
    return [
        _CIRCULARS[circular],
        _REGULATION,
        f"Căn cứ đề nghị sửa chữa điểm, mức đánh giá số {request} ngày {requested_on},",
    ]


def recipients(school: SchoolDescribed, day: date) -> list[str]:
    """Who gets the paper (Nơi nhận): the governing body of that day, the department, the files."""
    body = school.governing_body
    office = f"{body} ({_WARD_OFFICE})" if day >= _TWO_TIERS else body
    return [f"{office};", f"{school.department};", "Lưu: VT, hồ sơ sửa chữa điểm."]


def official_day(moment: date) -> str:
    """A day as official papers have it: the day below 10 and January, February with a zero."""
    day = moment.astimezone(VIETNAM) if isinstance(moment, datetime) else moment
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def official_moment(moment: datetime) -> str:
    """A moment as official papers have it: "09 giờ 14 phút, ngày 05 tháng 10 năm 2026"."""
    return f"{moment.astimezone(VIETNAM):%H giờ %M phút}, {official_day(moment)}"


def in_short(body: str) -> str:
    """A governing body in a heading, where only one line fits."""
    return body.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")


def unbroken(words: str) -> str:
    """Words that stay on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def symbol_of(number: int, school_name: str) -> str:
    """The number and sign of a biên bản: "07/BB-THCSHP" for Trường THCS Hoa Phượng."""
    return f"{number:02}/BB-{abbreviation(school_name)}"


def abbreviation(school_name: str) -> str:
    """A school's letters: those of its kind, and the first one of each word of its name."""
    short = school_name.replace("Trung học cơ sở", "THCS").replace("trung học cơ sở", "THCS")
    words = [word for word in short.split() if word.lower() != "trường"]
    letters = (word if word.isupper() else word[0].upper() for word in words if word[0].isalnum())
    return "".join(letters)


def titles_of(role: Role, *, deputy: bool) -> list[str]:
    """The lines above a signature; a deputy signs in the principal's place."""
    title = role_name(role).upper()
    return [f"KT. {title}", role_name(Role.VICE_PRINCIPAL).upper()] if deputy else [title]


def hint_of(role: Role) -> str:
    """What is to be done at the place of a signature."""
    stamped = role is Role.PRINCIPAL
    return "(Ký, ghi rõ họ tên và đóng dấu)" if stamped else "(Ký, ghi rõ họ tên)"
