"""One school and one year in which every fact happens at least once."""

from datetime import date

from ledger.school import facts
from ledger.school.calendar import DayException, WorkCalendar
from ledger.school.policy import SEED_REGULATION
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import Mark, Role, SubjectKind
from tests.scenario import Past
from tests.school import (
    AN,
    BAO,
    CHI,
    DIEP,
    DUC,
    HOA,
    KHOA,
    LAN,
    NEXT_WEEK,
    NGOC,
    REASON,
    TUAN,
    VINH,
)

YEAR_NAME = "2026-2027"
SUMMER, FIRST_DAY, LAST_DAY = date(2026, 8, 20), date(2026, 9, 7), date(2027, 5, 25)

SCHOOL: tuple[Past, ...] = (
    KHOA.wrote(
        facts.SchoolDescribed(
            since=SUMMER,
            school_name="Trường THCS Hoa Phượng",
            governing_body="UBND phường An Biên",
            department="Sở GDĐT Hải Phòng",
            school_code="31000001",
            place="An Biên",
        )
    ),
    KHOA.wrote(facts.StaffJoined(person=NGOC.person, roles=(Role.PRINCIPAL,), since=SUMMER)),
    KHOA.wrote(facts.StaffJoined(person=DUC.person, roles=(Role.SUBJECT_TEACHER,), since=SUMMER)),
    NGOC.wrote(
        facts.StaffRolesChanged(person=DUC.person, roles=(Role.VICE_PRINCIPAL,), since=SUMMER)
    ),
    NGOC.wrote(
        facts.DelegationGiven(
            deputy=DUC.person, since=SUMMER, until=FIRST_DAY, reason="Hiệu trưởng đi công tác"
        )
    ),
    NGOC.wrote(facts.DelegationEnded(deputy=DUC.person, reason="Hiệu trưởng đã về")),
    NGOC.wrote(facts.StaffLeft(person=DUC.person, until=LAST_DAY)),
)

YEAR: tuple[Past, ...] = (
    KHOA.wrote(
        facts.YearPlanned(
            school_year=YEAR_NAME,
            semesters=(
                facts.SemesterFrame(first=FIRST_DAY, last=date(2027, 1, 10)),
                facts.SemesterFrame(first=date(2027, 1, 18), last=LAST_DAY),
            ),
            policy=SEED_REGULATION,
        )
    ),
    NGOC.wrote(
        facts.PolicyAdopted(
            policy=SEED_REGULATION.model_copy(update={"midterm_working_days": 7}), reason=REASON
        )
    ),
    KHOA.wrote(
        facts.CalendarAmended(
            calendar=WorkCalendar(
                version=1,
                exceptions=(DayException(day=FIRST_DAY, works=False, why="Khai giảng"),),
            )
        )
    ),
    KHOA.wrote(
        facts.SubjectPlanned(
            grade=6,
            subject="toan",
            kind=SubjectKind.SCORED,
            lessons_per_year=140,
            regular_count=4,
            semesters=(1, 2),
        )
    ),
    KHOA.wrote(facts.SubjectDropped(grade=7, subject="tin-hoc")),
    KHOA.wrote(facts.ClassFormed(class_group="6A1", grade=6)),
    KHOA.wrote(facts.ClassFormed(class_group="6A2", grade=6)),
    KHOA.wrote(
        facts.DepartmentFormed(
            department="toan-tin",
            title="Tổ Toán – Tin",
            head=TUAN.person,
            members=(LAN.person, VINH.person),
            subjects=("toan", "tin-hoc"),
        )
    ),
    KHOA.wrote(facts.HomeroomAssigned(class_group="6A1", teacher=HOA.person, since=SUMMER)),
    KHOA.wrote(
        facts.TeacherAssigned(class_group="6A1", subject="toan", teacher=LAN.person, since=SUMMER)
    ),
    KHOA.wrote(
        facts.TeacherUnassigned(
            class_group="6A1", subject="toan", teacher=LAN.person, until=LAST_DAY
        )
    ),
    KHOA.wrote(
        facts.ClassListSet(
            class_group="6A1",
            pupils=(NumberedPupil(pupil=AN, number=1), NumberedPupil(pupil=BAO, number=2)),
            since=SUMMER,
        )
    ),
    KHOA.wrote(
        facts.PupilsEnrolled(
            class_group="6A1", pupils=(NumberedPupil(pupil=CHI, number=3),), since=SUMMER
        )
    ),
    KHOA.wrote(
        facts.PupilTransferredIn(
            pupil=DIEP,
            class_group="6A1",
            number=4,
            since=FIRST_DAY,
            reason="Trường THCS Sao Mai, học bạ số 12",
            marks=(
                facts.TransferredMark(
                    subject="toan", semester=1, column="regular-1", mark=Mark.of("0.0")
                ),
            ),
        )
    ),
    KHOA.wrote(
        facts.PupilChangedClass(
            pupil=DIEP,
            from_class="6A1",
            to_class="6A2",
            number=1,
            since=FIRST_DAY,
            reason="Theo đơn của gia đình",
        )
    ),
    KHOA.wrote(
        facts.PupilLeftSchool(
            pupil=CHI, class_group="6A1", until=LAST_DAY, reason="Chuyển trường theo gia đình"
        )
    ),
    NGOC.wrote(
        facts.TestDateSet(
            grade=6,
            subject="toan",
            semester=1,
            column="midterm",
            day=date(2026, 11, 16),
            deadline=NEXT_WEEK,
            calendar="holidays-0.109/national-1/school-1",
            reason=REASON,
        )
    ),
    NGOC.wrote(facts.RegularDeadlineSet(semester=1, deadline=NEXT_WEEK, reason=REASON)),
    KHOA.wrote(facts.SemesterOpened(semester=1, sheets=(("6A1", "toan"),))),
)
