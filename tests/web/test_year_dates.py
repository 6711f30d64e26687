"""The days of tests, and the deadlines that follow from them, through the pages."""

from datetime import UTC, date, datetime

import pytest

from tests.browser.stage import Stage
from tests.web.conftest import SignIn
from tests.web.year import PATH, YearStage, send

DAYS = "/ngay-kiem-tra?hk=1&khoi=6"
WHY = {"reason": "Kế hoạch giáo dục"}


@pytest.fixture
def at_year(stage: Stage) -> YearStage:
    at_year = YearStage(stage)
    at_year.set_up()
    return at_year


def test_days_are_set_for_each_subject_and_the_deadline_is_counted(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    cells = {"day~toan~midterm~": "2027-11-01", "day~toan~final~": "2027-12-20"}
    answer = send(client, DAYS, **cells, **WHY)
    assert answer.headers["location"] == f"{PATH}{DAYS}&da_ghi=2"
    tests = at_year.year.tests
    assert tests[6, "toan", 1, "midterm"].day == date(2027, 11, 1)
    assert tests[6, "toan", 1, "midterm"].deadline.date() == date(2027, 11, 15)
    page = client.get(f"{PATH}{DAYS}").text
    assert "Hạn nhập 15/11/2027" in page
    assert "national-1/school-0" in page


def test_one_day_is_set_for_the_whole_grade(at_year: YearStage, signed_in: SignIn) -> None:
    fields = {"column": "final", "day": "2027-12-20", **WHY}
    send(signed_in("khoa"), "/ngay-kiem-tra/ca-khoi?hk=1&khoi=6", **fields)
    assert {key: test.day for key, test in at_year.year.tests.items()} == {
        (6, "toan", 1, "final"): date(2027, 12, 20),
        (6, "nghe-thuat", 1, "final"): date(2027, 12, 20),
    }


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"day~toan~midterm~": "2028-02-01", **WHY}, "Ngày phải nằm trong học kì"),
        ({"day~toan~midterm~2027-11-01": "", **WHY}, "Hãy chọn ngày."),
        ({"day~toan~midterm~": "2027-11-01", "reason": ""}, "Hãy ghi lý do"),
    ],
)
def test_an_unfit_day_sets_none(
    at_year: YearStage, signed_in: SignIn, cells: dict[str, str], sentence: str
) -> None:
    answer = send(signed_in("khoa"), DAYS, **{"day~nghe-thuat~midterm~": "2027-11-02"}, **cells)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="2027-11-02"' in answer.text
    assert not at_year.year.tests


def test_what_is_no_test_of_the_grade_is_left_out(at_year: YearStage, signed_in: SignIn) -> None:
    cells = {"day~toan~regular-1~": "2027-11-01", "day~ma-thuat~final~": "2027-11-01"}
    assert send(signed_in("khoa"), DAYS, **cells, **WHY).status_code == 303
    assert not at_year.year.tests


def test_regular_marks_have_one_deadline(at_year: YearStage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    fields = {"deadline": "2027-12-31T17:00", **WHY}
    send(client, "/ngay-kiem-tra/thuong-xuyen?hk=1&khoi=6", **fields)
    assert at_year.year.regular_deadlines == {1: datetime(2027, 12, 31, 10, 0, tzinfo=UTC)}
    assert 'value="2027-12-31T17:00"' in client.get(f"{PATH}{DAYS}").text
    unfit = send(client, "/ngay-kiem-tra/thuong-xuyen?hk=1&khoi=6", deadline="mai", reason="")
    assert unfit.status_code == 422
    first_moment = {"deadline": "0001-01-01T00:00", **WHY}
    slip = send(client, "/ngay-kiem-tra/thuong-xuyen?hk=1&khoi=6", **first_moment)
    assert slip.status_code == 422


def test_only_the_principal_moves_days_of_an_open_semester(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.open()
    cells = {"day~toan~midterm~": "2027-11-01", **WHY}
    refused = send(signed_in("khoa"), DAYS, **cells)
    assert refused.status_code == 403
    assert "chỉ hiệu trưởng dời ngày" in refused.text
    regular = {"deadline": "2027-12-31T17:00", **WHY}
    place = "/ngay-kiem-tra/thuong-xuyen?hk=1&khoi=6"
    assert send(signed_in("khoa"), place, **regular).status_code == 403
    assert send(signed_in("ngoc"), DAYS, **cells).status_code == 303
    page = at_year.stage.desk.gradebook.sheet(at_year.year.sheet_id(1, "6A1", "toan"))
    assert page is not None
    assert (
        page.card.column("midterm").deadline == at_year.year.tests[6, "toan", 1, "midterm"].deadline
    )


def test_a_grade_without_subjects_says_the_next_step(at_year: YearStage, signed_in: SignIn) -> None:
    page = signed_in("khoa").get(f"{PATH}/ngay-kiem-tra?hk=2&khoi=9").text
    assert "Khối 9 chưa có môn học" in page
