"""One sentence per line of a school year: what exactly was decided, with its names and days."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from ledger.line import Fact
from ledger.school import facts
from ledger.school.closed import YearClosed
from ledger.school.policy import Policy
from web.moments import shown_day, shown_moment
from web.wording.building import KnowsNames, listed
from web.wording.lock_facts import LOCK_TELLERS
from web.wording.school import (
    EVIDENCE_KINDS,
    SEMESTERS,
    column_name,
    ended,
    role_name,
    semester_inside,
    subject_name,
)

_Teller = Callable[[Any, KnowsNames], str]


def year_sentence(fact: Fact, names: KnowsNames) -> str:
    """What a fact of the year says to people."""
    return _TELLERS[type(fact)](fact, names)


def _planned(fact: facts.YearPlanned, _names: KnowsNames) -> str:
    frames = (
        f"{SEMESTERS[number]} từ {shown_day(frame.first)} đến {shown_day(frame.last)}"
        for number, frame in enumerate(fact.semesters, 1)
    )
    return f"Lập năm học {fact.school_year}: {'; '.join(frames)}. {_rules(fact.policy)}"


def _policy(fact: facts.PolicyAdopted, _names: KnowsNames) -> str:
    return f"Đổi quy định riêng của trường. {_rules(fact.policy)} Lý do: {ended(fact.reason)}"


def _rules(policy: Policy) -> str:
    evidence = listed(EVIDENCE_KINDS[kind].lower() for kind in policy.demanded_evidence)
    signers = listed((role_name(role).lower() for role in policy.signers), most=9)
    confirms = "có" if policy.homeroom_confirms else "không có"
    return (
        f"Nhập điểm giữa kì trong {policy.midterm_working_days} ngày làm việc, cuối kì trong "
        f"{policy.final_working_days} ngày làm việc; sửa điểm đến {_before_final(policy)} kiểm tra "
        f"cuối kì; minh chứng: {evidence or 'loại nào cũng được'}; {confirms} xác nhận của giáo "
        f"viên chủ nhiệm; tự mở lại cột trong {policy.reopening_grace_minutes} phút; người ký: "
        f"{signers}."
    )


def _before_final(policy: Policy) -> str:
    return f"{policy.correction_days_before_final} ngày trước ngày"


def _calendar(fact: facts.CalendarAmended, _names: KnowsNames) -> str:
    calendar = fact.calendar
    days = listed(
        (
            f"{shown_day(entry.day)} {'làm bù' if entry.works else 'nghỉ'} ({entry.why})"
            for entry in calendar.exceptions
        ),
        most=10,
    )
    saturdays = "; thứ Bảy là ngày làm việc" if calendar.saturdays_work else ""
    own = f"{days or 'không có ngày riêng'}{saturdays}"
    return f"Lịch của trường, phiên bản {calendar.version}: {own}."


def _subject_planned(fact: facts.SubjectPlanned, _names: KnowsNames) -> str:
    semesters = listed(semester_inside(number) for number in fact.semesters)
    return (
        f"Môn {subject_name(fact.subject)} ở khối {fact.grade}: {fact.lessons_per_year} tiết cả "
        f"năm, {fact.regular_count} điểm thường xuyên mỗi học kì, dạy {semesters}."
    )


def _subject_dropped(fact: facts.SubjectDropped, _names: KnowsNames) -> str:
    return f"Bỏ môn {subject_name(fact.subject)} khỏi kế hoạch của khối {fact.grade}."


def _class_formed(fact: facts.ClassFormed, _names: KnowsNames) -> str:
    return f"Lập lớp {fact.class_group}, khối {fact.grade}."


def _department(fact: facts.DepartmentFormed, names: KnowsNames) -> str:
    members = listed((names.staff(person) for person in fact.members), most=30)
    subjects = listed((subject_name(code) for code in fact.subjects), most=20)
    return (
        f"Tổ chuyên môn {fact.title}: tổ trưởng {names.staff(fact.head)}; tổ viên: "
        f"{members or 'chưa có'}; môn: {subjects or 'chưa có'}."
    )


def _homeroom(fact: facts.HomeroomAssigned, names: KnowsNames) -> str:
    return (
        f"{names.staff(fact.teacher)} chủ nhiệm lớp {fact.class_group} từ {shown_day(fact.since)}."
    )


def _assigned(fact: facts.TeacherAssigned, names: KnowsNames) -> str:
    return (
        f"{names.staff(fact.teacher)} dạy {subject_name(fact.subject)} lớp {fact.class_group} "
        f"từ {shown_day(fact.since)}."
    )


def _unassigned(fact: facts.TeacherUnassigned, names: KnowsNames) -> str:
    return (
        f"{names.staff(fact.teacher)} thôi dạy {subject_name(fact.subject)} lớp "
        f"{fact.class_group}, ngày cuối {shown_day(fact.until)}."
    )


def _listed_pupils(fact: facts.ClassListSet | facts.PupilsEnrolled, names: KnowsNames) -> str:
    return listed(f"{entry.number}. {names.pupil(entry.pupil)}" for entry in fact.pupils)


def _class_list(fact: facts.ClassListSet, names: KnowsNames) -> str:
    return (
        f"Lập danh sách lớp {fact.class_group} gồm {len(fact.pupils)} học sinh từ "
        f"{shown_day(fact.since)}: {_listed_pupils(fact, names)}."
    )


def _enrolled(fact: facts.PupilsEnrolled, names: KnowsNames) -> str:
    return (
        f"Thêm {len(fact.pupils)} học sinh vào lớp {fact.class_group} từ {shown_day(fact.since)}: "
        f"{_listed_pupils(fact, names)}."
    )


def _transferred(fact: facts.PupilTransferredIn, names: KnowsNames) -> str:
    marks = f", kèm {len(fact.marks)} điểm" if fact.marks else ", không kèm điểm"
    return (
        f"Tiếp nhận {names.pupil(fact.pupil)} vào lớp {fact.class_group}, số thứ tự {fact.number}, "
        f"từ {shown_day(fact.since)}{marks}. Nguồn: {ended(fact.reason)}"
    )


def _changed_class(fact: facts.PupilChangedClass, names: KnowsNames) -> str:
    return (
        f"{names.pupil(fact.pupil)} chuyển từ lớp {fact.from_class} sang lớp {fact.to_class}, số "
        f"thứ tự {fact.number}, từ {shown_day(fact.since)}. Lý do: {ended(fact.reason)}"
    )


def _left(fact: facts.PupilLeftSchool, names: KnowsNames) -> str:
    return (
        f"{names.pupil(fact.pupil)} (lớp {fact.class_group}) rời trường, ngày cuối "
        f"{shown_day(fact.until)}. Lý do: {ended(fact.reason)}"
    )


def _test_date(fact: facts.TestDateSet, _names: KnowsNames) -> str:
    return (
        f"Kiểm tra {column_name(fact.column)} môn {subject_name(fact.subject)} khối {fact.grade}, "
        f"{semester_inside(fact.semester)}: ngày {shown_day(fact.day)}, hạn nhập "
        f"{shown_moment(fact.deadline)}. Lý do: {ended(fact.reason)}"
    )


def _regular_deadline(fact: facts.RegularDeadlineSet, _names: KnowsNames) -> str:
    return (
        f"Hạn nhập điểm thường xuyên {semester_inside(fact.semester)}: "
        f"{shown_moment(fact.deadline)}. Lý do: {ended(fact.reason)}"
    )


def _opened(fact: facts.SemesterOpened, _names: KnowsNames) -> str:
    classes = len({class_group for class_group, _ in fact.sheets})
    return f"Mở {semester_inside(fact.semester)}: {len(fact.sheets)} bảng điểm của {classes} lớp."


def _closed(fact: YearClosed, _names: KnowsNames) -> str:
    witnesses = listed(one.witness for one in fact.seal.cosigned)
    return (
        f"Niêm phong năm học {fact.school_year}: {fact.seal.size} dòng sổ, nhân chứng {witnesses} "
        "đã xác nhận."
    )


_TELLERS: Final[Mapping[type[Fact], _Teller]] = MappingProxyType(
    {
        facts.YearPlanned: _planned,
        facts.PolicyAdopted: _policy,
        facts.CalendarAmended: _calendar,
        facts.SubjectPlanned: _subject_planned,
        facts.SubjectDropped: _subject_dropped,
        facts.ClassFormed: _class_formed,
        facts.DepartmentFormed: _department,
        facts.HomeroomAssigned: _homeroom,
        facts.TeacherAssigned: _assigned,
        facts.TeacherUnassigned: _unassigned,
        facts.ClassListSet: _class_list,
        facts.PupilsEnrolled: _enrolled,
        facts.PupilTransferredIn: _transferred,
        facts.PupilChangedClass: _changed_class,
        facts.PupilLeftSchool: _left,
        facts.TestDateSet: _test_date,
        facts.RegularDeadlineSet: _regular_deadline,
        facts.SemesterOpened: _opened,
        YearClosed: _closed,
        **LOCK_TELLERS,
    }
)
