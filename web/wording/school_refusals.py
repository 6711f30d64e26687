"""The sentences of the refusals of the school and its years."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from web.moments import shown_day
from web.wording.building import Builder, Details, KnowsNames, listed, plain
from web.wording.school import role_name, subject_name


def _class(details: Details) -> str:
    return f"lớp {details['class_group']}" if details.get("class_group") else "lớp này"


def _grade(details: Details) -> str:
    return f"khối {details['grade']}" if details.get("grade") else "khối này"


def _subject(details: Details) -> str:
    return f"môn {subject_name(details['subject'])}" if details.get("subject") else "môn này"


def _year_not_planned(details: Details, _names: KnowsNames) -> str:
    year = f" {details['school_year']}" if details.get("school_year") else ""
    return f"Chưa lập năm học{year}. Hãy lập năm học ở trang Quản trị trước."


def _no_circular(details: Details, _names: KnowsNames) -> str:
    year = f" {details['school_year']}" if details.get("school_year") else ""
    return (
        f"Năm học{year} không có thông tư đánh giá nào áp dụng. "
        "Hãy ghi hai năm liền nhau, từ 2011-2012 trở đi."
    )


def _day_outside(details: Details, _names: KnowsNames) -> str:
    within = ""
    if details.get("first") and details.get("last"):
        within = f", từ {shown_day(details['first'])} đến {shown_day(details['last'])}"
    return f"Ngày kiểm tra phải nằm trong học kì{within}."


def _semester_open(_details: Details, _names: KnowsNames) -> str:
    return (
        "Học kì đã mở, số thứ tự trong danh sách lớp đã cố định. "
        "Hãy thêm học sinh vào cuối danh sách thay vì lập lại cả danh sách."
    )


def _subject_not_planned(details: Details, _names: KnowsNames) -> str:
    text = f"{_subject(details)} không có trong kế hoạch của {_grade(details)}."
    return text[0].upper() + text[1:]


def _subject_has_sheets(details: Details, _names: KnowsNames) -> str:
    return (
        f"Đã mở bảng điểm {_subject(details)} của {_grade(details)}, "
        "không thay đổi kế hoạch của môn này được nữa."
    )


def _no_class(details: Details, _names: KnowsNames) -> str:
    return f"Năm học không có {_class(details)}."


def _class_formed(details: Details, _names: KnowsNames) -> str:
    text = f"{_class(details)} đã được lập cho {_grade(details)}."
    return text[0].upper() + text[1:]


def _not_a_teacher(details: Details, names: KnowsNames) -> str:
    role = role_name(str(details.get("role", "subject-teacher"))).lower()
    return f"{names.staff(details.get('person'))} không giữ vai trò {role} vào ngày này."


def _not_assigned(details: Details, _names: KnowsNames) -> str:
    return f"Giáo viên này không được phân công dạy {_subject(details)} ở {_class(details)}."


def _needs_a_teacher(details: Details, _names: KnowsNames) -> str:
    return (
        f"Bảng điểm {_subject(details)} của {_class(details)} cần ít nhất một giáo viên. "
        "Hãy phân công người dạy thay trước."
    )


def _pupils(details: Details, names: KnowsNames) -> str:
    return listed(names.pupil(pupil) for pupil in details.get("pupils", ()))


def _listed_twice(details: Details, names: KnowsNames) -> str:
    return f"Có học sinh đứng hai lần trong danh sách: {_pupils(details, names)}."


def _in_another_class(details: Details, names: KnowsNames) -> str:
    return (
        f"Học sinh đang ở {_class(details)}: {_pupils(details, names)}. "
        "Hãy dùng việc chuyển lớp, điểm sẽ đi theo."
    )


def _not_in_school(details: Details, names: KnowsNames) -> str:
    return f"Học sinh không ở lớp nào của năm học: {_pupils(details, names)}."


def _not_ready(details: Details, _names: KnowsNames) -> str:
    missing = list(_missing(details))
    if not missing:
        return "Chưa mở được học kì: năm học chưa có lớp nào."
    return f"Chưa mở được học kì. Còn thiếu: {'; '.join(missing)}."


def _missing(details: Details) -> Iterable[str]:
    if grades := details.get("without_subjects"):
        yield f"môn học của khối {listed(map(str, grades))}"
    if classes := details.get("without_homeroom"):
        yield f"giáo viên chủ nhiệm của lớp {listed(classes)}"
    if classes := details.get("without_pupils"):
        yield f"danh sách học sinh của lớp {listed(classes)}"
    if places := details.get("without_teacher"):
        named = (f"{subject_name(subject)} {class_group}" for class_group, subject in places)
        yield f"giáo viên dạy {listed(named)}"


def _not_approved(details: Details, _names: KnowsNames) -> str:
    classes = listed(details.get("classes", ()))
    return f"Chưa niêm phong được năm học: chưa duyệt kết quả cả năm của {classes or 'lớp nào'}."


def _not_witnessed(details: Details, _names: KnowsNames) -> str:
    if lacking := details.get("lacking"):
        return (
            f"Chưa niêm phong được năm học: {listed(lacking)} chưa xác nhận các kết quả đã duyệt. "
            "Máy chủ hỏi lại mỗi phút; hãy xem máy của nhân chứng có chạy không rồi làm lại."
        )
    return (
        "Chưa niêm phong được năm học: trường chưa có nhân chứng nào ở ngoài máy chủ. Quản trị "
        "thêm nhân chứng bằng lệnh grade-ledger checkpoint add-witness."
    )


SCHOOL_REFUSALS: Final[Mapping[str, Builder]] = MappingProxyType(
    {
        "not-on-staff": plain("Người này không có trong danh sách cán bộ, giáo viên của trường."),
        "already-on-staff": plain(
            "Người này đã có trong danh sách cán bộ, giáo viên. Hãy đổi vai trò nếu cần."
        ),
        "only-the-principal-makes-deciders": plain(
            "Chỉ đích thân hiệu trưởng giao hoặc thôi vai trò hiệu trưởng, phó hiệu trưởng, "
            "quản trị, và việc quyết định thay hiệu trưởng."
        ),
        "school-needs-a-principal": plain(
            "Trường cần có hiệu trưởng. Hãy giao vai trò cho người kế nhiệm trước."
        ),
        "no-principal-to-act-for": plain("Trường chưa có hiệu trưởng để giao quyết định thay."),
        "restart-needs-two": plain(
            "Bắt đầu đời niêm phong mới cần hai người: hiệu trưởng và một quản trị khác."
        ),
        "not-an-administrator": plain("Người cùng xác nhận phải đang là quản trị của trường."),
        "ledger-is-not-behind": plain(
            "Sổ còn đủ các dòng đã niêm phong: chưa thấy mất dòng nào, nên sổ giữ nguyên tên niêm "
            "phong. Nếu sổ đã được dùng tiếp sau khi khôi phục thì hãy đưa tệp của lần niêm phong "
            "cuối cùng bằng --last-checkpoint."
        ),
        "ledger-is-altered": plain(
            "Sổ không nối tiếp lần niêm phong của chính nó: không chỉ mất dòng mà còn bị sửa. Hãy "
            "chạy grade-ledger verify và tìm bản sao lưu khác."
        ),
        "days-in-wrong-order": plain("Ngày cuối không được trước ngày đầu."),
        "year-not-planned": _year_not_planned,
        "year-already-planned": plain("Năm học này đã được lập."),
        "no-circular-for-year": _no_circular,
        "semesters-out-of-place": plain(
            "Ngày của hai học kì không hợp lí: mỗi học kì phải có ngày đầu trước ngày cuối, học kì "
            "II sau học kì I, và cả hai nằm trong năm học."
        ),
        "semester-already-open": _semester_open,
        "subject-not-planned": _subject_not_planned,
        "subject-has-sheets": _subject_has_sheets,
        "day-listed-twice": plain("Có ngày được ghi hai lần trong lịch của trường."),
        "no-such-class": _no_class,
        "class-already-formed": _class_formed,
        "not-a-periodic-test": plain("Chỉ kiểm tra giữa kì và cuối kì mới có ngày kiểm tra."),
        "day-outside-semester": _day_outside,
        "not-a-teacher": _not_a_teacher,
        "not-assigned": _not_assigned,
        "subject-needs-a-teacher": _needs_a_teacher,
        "pupil-listed-twice": _listed_twice,
        "pupil-in-another-class": _in_another_class,
        "pupil-not-in-school": _not_in_school,
        "pupil-was-erased": plain(
            "Có học sinh đã xóa dữ liệu cá nhân nên không vào lớp lại được. Nếu em học lại, hãy "
            "nhập em như học sinh mới."
        ),
        "class-of-another-grade": plain("Học sinh chỉ chuyển sang lớp cùng khối."),
        "semester-is-not-ready": _not_ready,
        "only-the-principal-closes-a-year": plain("Chỉ đích thân hiệu trưởng niêm phong năm học."),
        "classes-are-not-approved": _not_approved,
        "year-is-not-witnessed": _not_witnessed,
    }
)
