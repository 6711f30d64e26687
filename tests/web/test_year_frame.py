"""The school's own rules, its calendar and its subjects, through the pages."""

from datetime import date

import pytest

from ledger.vocabulary import Role
from tests.browser.stage import Stage
from tests.web.conftest import SignIn
from tests.web.year import PATH, YearStage, send

RULES = {
    "midterm_working_days": "12",
    "final_working_days": "14",
    "correction_days_before_final": "7",
    "reopening_grace_minutes": "0",
    "single_subject_policy": "imagined-good.1",
    "demanded_evidence": ["teacher-book", "test-paper"],
    "signers": ["principal", "subject-teacher"],
    "reason": "Nghị quyết hội đồng trường",
}


@pytest.fixture
def at_year(stage: Stage) -> YearStage:
    at_year = YearStage(stage)
    at_year.plan()
    return at_year


def test_the_principal_adopts_other_rules(at_year: YearStage, signed_in: SignIn) -> None:
    assert send(signed_in("ngoc"), "/khung", **RULES).status_code == 303
    policy = at_year.year.policy
    assert (policy.midterm_working_days, policy.reopening_grace_minutes) == (12, 0)
    assert policy.demanded_evidence == ("teacher-book", "test-paper")
    assert policy.signers == (Role.SUBJECT_TEACHER, Role.PRINCIPAL)
    assert policy.homeroom_confirms is False
    assert policy.single_subject_policy == "imagined-good.1"
    page = signed_in("ngoc").get(f"{PATH}/khung").text
    assert "Quy chế mẫu: 10 ngày." in page
    assert 'value="12"' in page


def test_who_is_not_the_principal_reads_the_rules(at_year: YearStage, signed_in: SignIn) -> None:
    assert "Chỉ hiệu trưởng ban hành" in signed_in("khoa").get(f"{PATH}/khung").text
    assert send(signed_in("khoa"), "/khung", **RULES).status_code == 403
    assert at_year.year.version == 1


def test_unfit_rules_are_said_at_their_fields(at_year: YearStage, signed_in: SignIn) -> None:
    unfit = {**RULES, "midterm_working_days": "0", "signers": [], "reason": " "}
    answer = send(signed_in("ngoc"), "/khung", **unfit)
    assert answer.status_code == 422
    for name in ("midterm_working_days", "signers", "reason"):
        assert f'id="{name}-error"' in answer.text
    assert at_year.year.version == 1


def test_the_calendar_shows_the_nations_days_and_takes_the_schools(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    assert "Quốc khánh" in client.get(f"{PATH}/lich").text
    lines = {
        "day": ["2027-11-20", "2027-11-22", ""],
        "works": ["1", "0", "0"],
        "why": ["Học bù", "Nghỉ ngày Nhà giáo", ""],
    }
    send(client, "/lich", **lines, saturdays_work="true")
    calendar = at_year.year.calendar
    assert [(entry.day, entry.works) for entry in calendar.exceptions] == [
        (date(2027, 11, 20), True),
        (date(2027, 11, 22), False),
    ]
    assert (calendar.version, calendar.saturdays_work) == (1, True)
    assert "school-1" in client.get(f"{PATH}/lich").text


def test_an_unfit_calendar_is_shown_again_as_typed(at_year: YearStage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    lines = {"day": ["", "2027-11-22"], "works": ["0", "0"], "why": ["Bão", "Nghỉ"]}
    answer = send(client, "/lich", **lines)
    assert answer.status_code == 422
    assert 'value="Bão"' in answer.text
    twice = {"day": ["2027-11-22"] * 2, "works": ["0", "1"], "why": ["Nghỉ bão", "Học bù"]}
    assert "ghi hai lần" in send(client, "/lich", **twice).text
    assert at_year.year.calendar.version == 0


def test_the_programme_is_planned_at_once_and_keeps_what_the_school_has(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    send(client, "/mon-hoc", **{"lessons~6~toan~": "150"})
    answer = send(client, "/mon-hoc/theo-chuong-trinh", grades=["6", "7"])
    assert answer.headers["location"] == f"{PATH}/mon-hoc?da_ghi=23"
    subjects = at_year.year.subjects
    assert len(subjects) == 24
    assert subjects[6, "toan"].lessons_per_year == 150
    assert (subjects[7, "cong-nghe"].regular_count, subjects[7, "ngu-van"].regular_count) == (2, 4)
    again = send(client, "/mon-hoc/theo-chuong-trinh", grades=["6", "7"])
    assert again.headers["location"] == f"{PATH}/mon-hoc?da_ghi=0"


def test_lessons_are_changed_and_an_emptied_cell_drops_the_subject(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    send(client, "/mon-hoc/theo-chuong-trinh", grades=["8"])
    cells = {
        "lessons~8~cong-nghe~52": "35",
        "lessons~8~tin-hoc~35": "",
        "lessons~8~toan~140": "140",
        "lessons~8~ma-thuat~": "35",
    }
    assert send(client, "/mon-hoc", **cells).headers["location"] == f"{PATH}/mon-hoc?da_ghi=2"
    subjects = at_year.year.subjects
    assert subjects[8, "cong-nghe"].regular_count == 2
    assert (8, "tin-hoc") not in subjects
    assert (8, "ma-thuat") not in subjects


def test_unreadable_lessons_change_nothing(at_year: YearStage, signed_in: SignIn) -> None:
    cells = {"lessons~8~toan~": "140", "lessons~8~tin-hoc~": "ba lăm"}
    answer = send(signed_in("khoa"), "/mon-hoc", **cells)
    assert answer.status_code == 422
    assert 'value="ba lăm"' in answer.text
    assert not at_year.year.subjects


def test_a_subject_has_its_own_number_of_marks_and_semesters(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    fields = {"lessons": "52", "regular_count": "3", "semesters": ["2"]}
    send(client, "/mon-hoc/9/cong-nghe", **fields)
    planned = at_year.year.subjects[9, "cong-nghe"]
    assert (planned.regular_count, planned.semesters) == (3, (2,))
    unfit = {"lessons": "0", "regular_count": "12", "semesters": []}
    answer = send(client, "/mon-hoc/9/cong-nghe", **unfit)
    assert answer.status_code == 422
    assert client.get(f"{PATH}/mon-hoc/9/ma-thuat").status_code == 404


def test_a_subject_with_sheets_stands(stage: Stage, signed_in: SignIn) -> None:
    at_year, client = YearStage(stage), signed_in("khoa")
    at_year.set_up()
    at_year.open()
    assert "kế hoạch không đổi được nữa" in client.get(f"{PATH}/mon-hoc/6/toan").text
    answer = send(client, "/mon-hoc", **{"lessons~6~toan~70": "35"})
    assert answer.status_code == 409
    assert "Đã mở bảng điểm môn Toán của khối 6" in answer.text
