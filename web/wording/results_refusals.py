"""The sentences of the refusals of the results of a class."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from ledger.vocabulary import MarkState, SubjectKind
from web.moments import shown_moment
from web.wording.building import Builder, Details, KnowsNames, listed, plain
from web.wording.results import month_name, term_inside
from web.wording.school import column_name, role_name, subject_name


def _pupils(details: Details, names: KnowsNames) -> str:
    return listed(names.pupil(pupil) for pupil in details.get("pupils", ()))


def _not_homeroom(details: Details, _names: KnowsNames) -> str:
    which = f"lớp {details['class_group']}" if details.get("class_group") else "lớp này"
    return f"Bạn không phải giáo viên chủ nhiệm của {which}."


def _not_listed(details: Details, names: KnowsNames) -> str:
    return f"Học sinh không có trong danh sách lớp: {_pupils(details, names)}."


def _twice(details: Details, names: KnowsNames) -> str:
    return f"Có học sinh được ghi hai lần: {_pupils(details, names)}."


def _outside(details: Details, _names: KnowsNames) -> str:
    if not details.get("month"):
        return "Tháng này không thuộc năm học."
    return (
        f"Tháng {month_name(details['month'])} không thuộc năm học "
        f"(từ tháng {month_name(details['first'])} đến tháng {month_name(details['last'])})."
    )


def _absences(details: Details, names: KnowsNames) -> str:
    month = f"tháng {month_name(details['month'])}" if details.get("month") else "tháng"
    days = f" {details['days']} ngày" if details.get("days") else ""
    return (
        f"Số buổi nghỉ nhiều hơn số ngày của {month}{days and f' ({days.strip()})'}: "
        f"{_pupils(details, names)}. Mỗi ngày chỉ tính một buổi."
    )


def _level(details: Details, _names: KnowsNames) -> str:
    levels = listed(details.get("levels", ()))
    said = f"“{details['level']}”" if details.get("level") else "này"
    wanted = f" Hãy chọn một trong các mức: {levels}." if levels else ""
    return f"Thông tư áp dụng cho lớp không có mức {said}.{wanted}"


def _approved(details: Details, names: KnowsNames) -> str:
    what = f"Kết quả {term_inside(str(details['term']))}" if details.get("term") else "Kết quả"
    return (
        f"{what} đã được {_decider(details, names)} duyệt{_when(details)}, "
        "nên phần này không sửa được nữa. "
        "Nếu có sai sót, chỉ hiệu trưởng sửa, có ghi lý do, rồi duyệt lại kết quả."
    )


def _decider(details: Details, names: KnowsNames) -> str:
    if not details.get("by"):
        return "hiệu trưởng"
    return f"{role_name(str(details.get('role', ''))).lower()} {names.staff(details['by'])}"


def _when(details: Details) -> str:
    at = details.get("at")
    return f" lúc {shown_moment(at)}" if isinstance(at, datetime) else ""


def _incomplete(details: Details, names: KnowsNames) -> str:
    lacks = list(_lacks(details, names))
    term = f" {term_inside(str(details['term']))}" if details.get("term") else ""
    if not lacks:
        return f"Chưa duyệt được kết quả{term}: còn phần chưa hoàn thành."
    return f"Chưa duyệt được kết quả{term}. Còn thiếu: {'; '.join(lacks)}."


def _lacks(details: Details, names: KnowsNames) -> Iterator[str]:
    if details.get("nobody"):
        yield "học sinh trong danh sách lớp"
    if sheets := details.get("sheets"):
        yield "bảng điểm chưa mở: " + listed(
            f"{subject_name(subject)} {class_group} (học kì {_roman(semester)})"
            for class_group, semester, subject in sheets
        )
    if columns := details.get("columns"):
        yield "cột chưa chốt hoặc chưa khóa: " + listed(map(_column, columns))
    yield from _missing_marks(details.get("marks", ()), names)
    if entries := details.get("entries"):
        yield "điểm nhập hộ chờ giáo viên xác nhận: " + listed(
            f"{_column(each)}, {names.staff(each.teacher)}" for each in entries
        )
    if results := details.get("results"):
        yield "chưa tính được kết quả: " + listed(
            f"{names.pupil(pupil)} ({subject_name(subject)})" for pupil, subject in results
        )
    if conduct := details.get("conduct"):
        yield "kết quả rèn luyện (hạnh kiểm): " + listed(
            f"{names.pupil(pupil)} ({term_inside(term)})" for pupil, term in conduct
        )
    if attendance := details.get("attendance"):
        yield "số buổi nghỉ học: " + _by_month(attendance)
    if terms := details.get("terms"):
        yield "duyệt kết quả: " + listed(
            f"{term_inside(term)} của lớp {class_group}" for class_group, term in terms
        )


def _missing_marks(marks: Iterable[Any], names: KnowsNames) -> Iterator[str]:
    marks = list(marks)
    for state, title in (
        (MarkState.BLANK, "ô còn trống"),
        (MarkState.AWAITING_MAKE_UP, "học sinh chờ kiểm tra bù"),
    ):
        if of_state := [mark for mark in marks if mark.state is state]:
            yield f"{title}: " + listed(
                f"{names.pupil(mark.pupil)} ({subject_name(mark.subject)}, "
                f"{column_name(mark.column)}, học kì {_roman(mark.semester)})"
                for mark in of_state
            )


def _by_month(attendance: Iterable[tuple[str, Any]]) -> str:
    count: dict[str, int] = {}
    for month, _pupil in attendance:
        count[month] = count.get(month, 0) + 1
    return listed(
        (f"tháng {month_name(month)} ({pupils} học sinh)" for month, pupils in count.items()),
        most=12,
    )


def _column(each: Any) -> str:  # noqa: ANN401 - an open column, or one with waiting entries
    return (
        f"{subject_name(each.subject)} {each.class_group} "
        f"({column_name(each.column)}, học kì {_roman(each.semester)})"
    )


def _roman(semester: int) -> str:
    return ("I", "II")[semester - 1]


def _revision(details: Details, names: KnowsNames) -> str:
    return (
        f"Kết quả đã được {_decider(details, names)} duyệt{_when(details)} và nay có thay đổi. "
        "Hãy ghi lý do để duyệt lại; kết quả đã duyệt trước đó vẫn được giữ."
    )


def _summer_over(details: Details, _names: KnowsNames) -> str:
    last = details.get("last_day")
    until = f"Hạn cuối là ngày {last:%d/%m/%Y}." if isinstance(last, date) else ""
    return (
        "Kết quả đánh giá lại và rèn luyện trong hè phải hoàn thành trước ngày 31 tháng 8. " + until
    ).strip()


def _summer_approved(details: Details, names: KnowsNames) -> str:
    return (
        f"Kết quả xét lên lớp sau hè đã được {_decider(details, names)} duyệt{_when(details)}, "
        "không ghi thêm được nữa."
    )


def _not_open(details: Details, names: KnowsNames) -> str:
    who = _pupils(details, names) or "Học sinh này"
    what = f"môn {subject_name(details['subject'])}" if details.get("subject") else "môn này"
    subjects = listed(subject_name(subject) for subject in details.get("subjects", ()))
    allowed = f" Các môn được đánh giá lại: {subjects}." if subjects else ""
    return f"{who} không thuộc diện đánh giá lại {what}.{allowed}"


def _no_training(details: Details, names: KnowsNames) -> str:
    return f"{_pupils(details, names) or 'Học sinh này'} không thuộc diện rèn luyện trong hè."


def _misfit(details: Details, _names: KnowsNames) -> str:
    what = f"Môn {subject_name(details['subject'])}" if details.get("subject") else "Môn này"
    if details.get("kind") == SubjectKind.COMMENT:
        return f"{what} đánh giá bằng nhận xét: chỉ ghi Đ (Đạt) hoặc CĐ (Chưa đạt)."
    return f"{what} đánh giá bằng điểm số: hãy ghi một điểm từ 0 đến 10."


def _summer_open(details: Details, names: KnowsNames) -> str:
    return (
        f"Còn học sinh chưa có đủ kết quả trong hè: {_pupils(details, names)}. "
        "Nếu các em không dự, hãy chọn giữ nguyên kết quả cả năm của các em."
    )


RESULTS_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "not-homeroom-of-this-class": _not_homeroom,
        "pupil-not-on-class-list": _not_listed,
        "pupil-named-twice": _twice,
        "month-outside-school-year": _outside,
        "more-absences-than-days": _absences,
        "level-not-of-circular": _level,
        "conduct-year-is-computed": plain(
            "Kết quả rèn luyện cả năm được xác định từ hai học kì theo thông tư, không ghi riêng."
        ),
        "results-are-approved": _approved,
        "results-are-not-complete": _incomplete,
        "revision-needs-a-reason": _revision,
        "year-is-not-approved": plain(
            "Kết quả cả năm của lớp chưa được duyệt, nên chưa biết học sinh nào phải "
            "đánh giá lại hoặc rèn luyện trong hè."
        ),
        "summer-is-over": _summer_over,
        "summer-is-approved": _summer_approved,
        "not-open-to-reassessment": _not_open,
        "not-in-conduct-training": _no_training,
        "result-does-not-fit-subject": _misfit,
        "summer-is-not-complete": _summer_open,
    }
)
