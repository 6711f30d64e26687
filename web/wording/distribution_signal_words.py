"""Signals about how marks are distributed, as people read them, and what may lie behind."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from ledger.signals.finding import SignalKind
from web.wording.school import column_name
from web.wording.signal_telling import Told, shown_number

TITLES: Final[Mapping[SignalKind, str]] = MappingProxyType(
    {
        SignalKind.MARKS_HIGH: "Điểm cao hơn mặt bằng chung",
        SignalKind.MARKS_LOW: "Điểm thấp hơn mặt bằng chung",
        SignalKind.UPPER_TAIL: "Nhiều điểm cao vượt trội",
        SignalKind.SPREAD_COLLAPSED: "Điểm gần như bằng nhau",
        SignalKind.BUNCHED_ABOVE_THRESHOLD: "Điểm dồn ngay trên mốc",
        SignalKind.COLUMNS_APART: "Các cột điểm lệch nhau",
        SignalKind.COLUMN_COPIED: "Hai cột điểm giống nhau",
        SignalKind.APART_FROM_EARLIER_TERM: "Lệch so với học kì trước",
    }
)


def _high_or_low(told: Told) -> str:
    apart = told.value("mean") - told.value("expected")
    way = "cao" if apart > 0 else "thấp"
    return (
        f"Điểm trung bình của {told.where} là {told.mark('mean')} ({told.count('pupils')} học "
        f"sinh), {way} hơn {shown_number(abs(apart))} điểm so với mức {told.mark('expected')} dự "
        "kiến theo mặt bằng của khối và kết quả của chính lớp ở các môn và các cột khác."
    )


def _tail(told: Told) -> str:
    return (
        f"{told.count('found')} trong {told.count('pupils')} học sinh ở {told.where} có điểm cao "
        "vượt hẳn kết quả của chính các em ở môn khác và cột khác; ở một lớp như các lớp khác chỉ "
        f"có khoảng {told.number('expected')} học sinh như vậy."
    )


def _collapsed(told: Told) -> str:
    return (
        f"Điểm của {told.where} chênh nhau rất ít: độ lệch chuẩn {told.number('spread')} điểm, "
        f"trong khi dự kiến {told.number('expected')} (điểm trung bình {told.mark('mean')}, "
        f"{told.count('pupils')} học sinh)."
    )


def _bunched(told: Told) -> str:
    averages = bool(told.value("averages"))
    what = "điểm trung bình môn" if averages else "điểm"
    width = Decimal("0.5") if averages else Decimal(1)
    at = told.value("threshold")
    below, mark, above = (_mark(one) for one in (at - width, at, at + width))
    return (
        f"Ở {told.where}, {told.count('above')} {what} từ {mark} đến dưới {above} và "
        f"{told.count('below')} {what} từ {below} đến dưới {mark}; theo phân bố của lớp và thói "
        f"quen cho điểm trong trường, ngay trên mốc {mark} dự kiến khoảng "
        f"{told.number('expected')}."
    )


def _mark(number: Decimal) -> str:
    return f"{number:.1f}".replace(".", ",")


def _apart(told: Told) -> str:
    return (
        f"{told.where}: trung bình {told.mark('periodic')}, điểm thường xuyên trung bình "
        f"{told.mark('regular')}. Điểm thường xuyên {_gap(told.value('gap'))}, trong khi mức chênh "
        f"dự kiến theo các lớp cùng khối là {_gap(told.value('expected'))}."
    )


def _gap(points: Decimal) -> str:
    way = "thấp" if points < 0 else "cao"
    return f"{way} hơn {shown_number(abs(points))} điểm"


def _copied(told: Told) -> str:
    other = column_name(told.place.other_column) if told.place.other_column else ""
    if told.place.other_sheet is not None:
        other += " của một lớp khác, theo thứ tự trong danh sách"
    constant = told.value("constant")
    how = (
        f"chênh đúng {shown_number(abs(constant))} điểm so với" if constant else "giống hệt điểm ở"
    )
    return (
        f"{told.count('equal')} trong {told.count('pupils')} học sinh ở {told.where} có điểm {how} "
        f"{other}; nếu hai cột không liên quan thì chỉ khoảng {told.number('expected')} học sinh."
    )


def _moved(told: Told) -> str:
    moved = told.value("moved")
    way = "cao hơn" if moved > 0 else "thấp hơn"
    return (
        f"Điểm trung bình của {told.where} là {told.mark('mean')}, học kì trước là "
        f"{told.mark('earlier')}: {way} {shown_number(abs(moved))} điểm so với mức thay đổi của "
        "các lớp cùng khối và của chính lớp ở các môn khác."
    )


SENTENCES: Final[Mapping[SignalKind, Callable[[Told], str]]] = MappingProxyType(
    {
        SignalKind.MARKS_HIGH: _high_or_low,
        SignalKind.MARKS_LOW: _high_or_low,
        SignalKind.UPPER_TAIL: _tail,
        SignalKind.SPREAD_COLLAPSED: _collapsed,
        SignalKind.BUNCHED_ABOVE_THRESHOLD: _bunched,
        SignalKind.COLUMNS_APART: _apart,
        SignalKind.COLUMN_COPIED: _copied,
        SignalKind.APART_FROM_EARLIER_TERM: _moved,
    }
)

_TEST: Final = "Đề của lớp này khác đề của các lớp khác, hoặc kiểm tra vào thời điểm khác."
_TEACHER: Final = "Giáo viên mới nhận lớp, hoặc cho điểm nghiêm hơn hay rộng hơn người trước."

# What is worth checking before anybody is asked.
EXPLANATIONS: Final[Mapping[SignalKind, tuple[str, ...]]] = MappingProxyType(
    {
        SignalKind.MARKS_HIGH: (
            "Đề của lớp này dễ hơn, hoặc được ôn kĩ đúng phần kiểm tra.",
            "Lớp được chọn theo môn này: mạnh ở môn này mà không mạnh ở các môn khác.",
            "Nhập nhầm cột, hoặc nhập điểm theo thang khác.",
            "Đánh giá bằng sản phẩm nhóm hay dự án, cả nhóm cùng một điểm.",
        ),
        SignalKind.MARKS_LOW: (
            "Đề của lớp này khó hơn, hoặc phần kiểm tra chưa được học kĩ.",
            "Lớp thiếu giáo viên hoặc nghỉ nhiều tiết trong kì.",
            "Nhập nhầm cột, hoặc lệch một dòng trong danh sách.",
        ),
        SignalKind.UPPER_TAIL: (
            "Các em này ở đội tuyển hoặc câu lạc bộ của môn.",
            "Điểm được cộng hoặc thay bằng thành tích ở một cuộc thi.",
            "Các em này đã kiểm tra bù, hoặc được đánh giá theo hình thức khác cả lớp.",
        ),
        SignalKind.SPREAD_COLLAPSED: (
            "Đánh giá bằng sản phẩm nhóm, cả nhóm cùng một điểm.",
            "Bài kiểm tra ngắn, ít câu nên ít mức điểm.",
            "Điểm được nhập tạm để kịp hạn và chưa được sửa lại.",
        ),
        SignalKind.BUNCHED_ABOVE_THRESHOLD: (
            "Giáo viên cho các em thiếu ít điểm làm thêm bài để đạt mốc.",
            "Bài được chấm lại, hoặc làm tròn đến nửa điểm theo hướng có lợi cho học sinh.",
            "Đề có phần cơ bản vừa đúng bằng mốc này.",
        ),
        SignalKind.COLUMNS_APART: (
            "Đề kiểm tra định kì là đề chung, còn điểm thường xuyên do giáo viên tự ra đề.",
            "Điểm thường xuyên được lấy từ sản phẩm hay dự án, không phải bài viết.",
            _TEST,
        ),
        SignalKind.COLUMN_COPIED: (
            "Cùng một bài được tính cho hai cột theo kế hoạch của tổ.",
            "Dán nhầm cột khi nhập từ tệp.",
            "Ít mức điểm nên nhiều em có hai điểm bằng nhau.",
        ),
        SignalKind.APART_FROM_EARLIER_TERM: (
            _TEACHER,
            "Nội dung của học kì này dễ hoặc khó hơn hẳn với lớp này.",
            "Nhiều học sinh chuyển đến, chuyển đi hoặc chuyển lớp.",
        ),
    }
)
