"""One sentence per fact of the school and its years."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.school import facts
from ledger.school.closed import YearClosed
from ledger.school.incarnation import LogRestarted

SCHOOL_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.SchoolDescribed.NAME: "Ghi tên trường và cơ quan chủ quản",
        facts.StaffJoined.NAME: "Cán bộ, giáo viên vào trường",
        facts.StaffRolesChanged.NAME: "Đổi vai trò của cán bộ, giáo viên",
        facts.StaffLeft.NAME: "Cán bộ, giáo viên rời trường",
        facts.DelegationGiven.NAME: "Hiệu trưởng giao quyết định thay (KT. Hiệu trưởng)",
        facts.DelegationEnded.NAME: "Thôi giao quyết định thay hiệu trưởng",
        LogRestarted.NAME: "Bắt đầu đời niêm phong mới, vì mất dòng đã niêm phong hoặc mất khóa",
        facts.YearPlanned.NAME: "Lập năm học",
        facts.PolicyAdopted.NAME: "Đổi quy định riêng của trường",
        facts.CalendarAmended.NAME: "Đổi ngày nghỉ, ngày làm bù của trường",
        facts.SubjectPlanned.NAME: "Đưa môn học vào kế hoạch của khối",
        facts.SubjectDropped.NAME: "Bỏ môn học khỏi kế hoạch của khối",
        facts.ClassFormed.NAME: "Lập lớp",
        facts.DepartmentFormed.NAME: "Lập hoặc đổi tổ chuyên môn",
        facts.HomeroomAssigned.NAME: "Phân công giáo viên chủ nhiệm",
        facts.TeacherAssigned.NAME: "Phân công giảng dạy",
        facts.TeacherUnassigned.NAME: "Thôi phân công giảng dạy",
        facts.ClassListSet.NAME: "Lập danh sách lớp",
        facts.PupilsEnrolled.NAME: "Thêm học sinh vào lớp",
        facts.PupilTransferredIn.NAME: "Tiếp nhận học sinh chuyển đến",
        facts.PupilChangedClass.NAME: "Học sinh chuyển lớp",
        facts.PupilLeftSchool.NAME: "Học sinh rời trường",
        facts.TestDateSet.NAME: "Đặt ngày kiểm tra",
        facts.RegularDeadlineSet.NAME: "Đặt hạn nhập điểm thường xuyên",
        facts.SemesterOpened.NAME: "Mở học kì",
        YearClosed.NAME: "Niêm phong năm học",
    }
)
