"""Classes, homeroom teachers, assignments and departments, through the pages."""

from uuid import uuid4

import pytest

from ledger.school import commands
from tests.browser.stage import Stage
from tests.school import HOA, LAN, QUYEN, VINH
from tests.web.conftest import SignIn
from tests.web.year import FIRST, PATH, YearStage, send
from web.year.classes import TooManyClasses, in_order, named_classes
from web.year.departments import code_of

DAY = FIRST.isoformat()


@pytest.fixture
def at_year(stage: Stage) -> YearStage:
    at_year = YearStage(stage)
    at_year.set_up()
    return at_year


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("6A1-6A4, 7A1-7A2", "6A1 6A2 6A3 6A4 7A1 7A2"),
        ("6a1 – 6a2", "6A1 6A2"),
        ("9B; 8C\n9B", "9B 8C"),
        ("6A-6C", "6A 6B 6C"),
        ("6.9-6.11", "6.9 6.10 6.11"),
        ("", ""),
    ],
)
def test_classes_are_named_as_people_write_them(text: str, names: str) -> None:
    found = named_classes(text)
    assert [name for name, _ in found] == names.split()
    assert all(grade == int(name[0]) for name, grade in found)


@pytest.mark.parametrize(
    "text", ["A1", "10A1", "6A4-6A1", "6A1-7A1", "6A1-6B", "6A1-", "-6A1", "6A1-6A2-6A3", "6Ă1"]
)
def test_what_names_no_class_is_seen(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (the page has one sentence for all of them)
        named_classes(text)


@pytest.mark.parametrize("text", ["6A1-6A61", "6A1-6A999999", "6A1-6A40 7A1-7A40"])
def test_nobody_forms_a_thousand_classes_by_a_slip(text: str) -> None:
    with pytest.raises(TooManyClasses):
        named_classes(text)


def test_classes_stand_in_the_order_of_their_numbers() -> None:
    assert in_order(["7A1", "6A10", "6B", "6A2"]) == ["6A2", "6A10", "6B", "7A1"]


def test_classes_are_formed_once(at_year: YearStage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    answer = send(client, "/lop", classes="6A1-6A3, 9B")
    assert answer.headers["location"] == f"{PATH}/lop?da_ghi=2"
    assert {name: group.grade for name, group in at_year.year.classes.items()} == {
        "6A1": 6,
        "6A2": 6,
        "6A3": 6,
        "9B": 9,
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Không đọc được tên lớp"), ("lớp 6", "Không đọc được"), ("6A1-6A99", "nhiều nhất 60")],
)
def test_unreadable_names_are_shown_again(
    signed_in: SignIn, at_year: YearStage, text: str, sentence: str
) -> None:
    answer = send(signed_in("khoa"), "/lop", classes=text)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{text}"' in answer.text


def test_only_the_homeroom_teachers_that_were_changed_are_sent_on(
    at_year: YearStage, signed_in: SignIn
) -> None:
    fields = {
        f"teacher~6A1~{HOA.person}": str(QUYEN.person),
        f"teacher~6A2~{QUYEN.person}": str(QUYEN.person),
        "since": DAY,
    }
    answer = send(signed_in("khoa"), "/lop/chu-nhiem", **fields)
    assert answer.headers["location"] == f"{PATH}/lop?da_ghi=1"
    assert at_year.year.classes["6A1"].homeroom_teacher == QUYEN.person


def test_who_is_no_homeroom_teacher_leads_no_class(at_year: YearStage, signed_in: SignIn) -> None:
    fields = {f"teacher~6A1~{HOA.person}": str(LAN.person), "since": DAY}
    answer = send(signed_in("khoa"), "/lop/chu-nhiem", **fields)
    assert answer.status_code == 409
    assert "không giữ vai trò giáo viên chủ nhiệm" in answer.text
    fields = {f"teacher~6A1~{HOA.person}": "", "since": "?"}
    assert send(signed_in("khoa"), "/lop/chu-nhiem", **fields).status_code == 422


def assigning(at: str = "them", **changed: object) -> dict[str, object]:
    places = ["6A1~nghe-thuat", "6A2~nghe-thuat", "6A2~toan"]
    form = {"teacher": str(QUYEN.person), "day": DAY, "action": at, "places": places}
    return {**form, **changed}


def test_a_teacher_is_assigned_to_many_places_at_once_beside_others(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    answer = send(client, "/phan-cong?khoi=6", **assigning())
    assert answer.headers["location"] == f"{PATH}/phan-cong?khoi=6&da_ghi=3"
    assert at_year.year.teachers["6A1", "nghe-thuat"] == (VINH.person, QUYEN.person)
    page = client.get(f"{PATH}/phan-cong").text
    assert "Nghệ thuật: 6A1, 6A2; Toán: 6A2" in page


def test_a_teacher_is_taken_off_several_places_or_none(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    send(client, "/phan-cong", **assigning())
    answer = send(client, "/phan-cong", **assigning("thoi", places=["6A2~toan", "6A1~toan"]))
    assert answer.status_code == 404
    assert "không được phân công dạy môn Toán ở lớp 6A1" in answer.text
    assert QUYEN.person in at_year.year.teachers["6A2", "toan"]
    send(client, "/phan-cong", **assigning("thoi"))
    assert at_year.year.teachers["6A2", "toan"] == (LAN.person,)


def test_an_open_sheet_keeps_a_teacher(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.open()
    fields = assigning("thoi", teacher=str(LAN.person), places=["6A1~toan"])
    answer = send(signed_in("khoa"), "/phan-cong", **fields)
    assert answer.status_code == 409
    assert "phân công người dạy thay trước" in answer.text


def test_a_teacher_is_replaced_in_one_step_even_on_open_sheets(
    at_year: YearStage, signed_in: SignIn
) -> None:
    at_year.open()
    fields = assigning(places=["6A1~toan", "6A2~toan"], instead_of=str(LAN.person))
    once = {**fields, "command_id": str(uuid4())}
    for _ in range(2):  # sent twice, it is answered as the first time
        answer = send(signed_in("khoa"), "/phan-cong", **once)
        assert answer.headers["location"] == f"{PATH}/phan-cong?da_ghi=4"
    assert at_year.year.teachers["6A1", "toan"] == (QUYEN.person,)
    sheet_id = at_year.year.sheet_id(1, "6A1", "toan")
    assert at_year.stage.desk.ledger.sheet(sheet_id).teachers == {QUYEN.person}


def test_nobody_is_replaced_where_he_does_not_teach(at_year: YearStage, signed_in: SignIn) -> None:
    fields = assigning(places=["6A1~toan", "6A1~nghe-thuat"], instead_of=str(LAN.person))
    answer = send(signed_in("khoa"), "/phan-cong", **fields)
    assert answer.status_code == 404
    assert "không được phân công dạy môn Nghệ thuật ở lớp 6A1" in answer.text
    assert at_year.year.teachers["6A1", "toan"] == (LAN.person,)


def test_what_is_missing_in_an_assignment_is_said_and_ticks_stay(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    answer = send(client, "/phan-cong", **assigning(teacher=""))
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 3
    answer = send(client, "/phan-cong", **assigning(places=["9Z~toan", "6A1~ma-thuat", "?"]))
    assert "Hãy đánh dấu ít nhất một lớp và môn" in answer.text
    assert at_year.year.teachers["6A2", "toan"] == (LAN.person,)


def test_a_missing_teacher_shows_in_the_matrix(at_year: YearStage, signed_in: SignIn) -> None:
    at_year.do(commands.FormClass, class_group="7A1", grade=7)
    at_year.do(commands.PlanSubject, grade=7, subject="tin-hoc", kind="scored", lessons_per_year=35)
    client = signed_in("khoa")
    assert "Còn thiếu 1 phân công" in client.get(f"{PATH}/phan-cong").text
    only = client.get(f"{PATH}/phan-cong?khoi=7").text
    assert "7A1~tin-hoc" in only
    assert "6A1~toan" not in only


@pytest.mark.parametrize(
    ("title", "code"),
    [("Tổ Toán – Tin", "to-toan-tin"), ("Đoàn, Đội", "doan-doi"), ("…", ""), ("a" * 90, "a" * 40)],
)
def test_a_department_has_a_code_of_plain_letters(title: str, code: str) -> None:
    assert code_of(title) == code


def test_a_department_is_formed_and_changed(at_year: YearStage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    form = {"title": "Tổ Toán – Tin", "head": str(LAN.person), "subjects": ["toan"]}
    send(client, "/to", **form)
    changed = {**form, "department": "to-toan-tin", "members": [str(VINH.person), "?"]}
    send(client, "/to", **changed)
    department = at_year.year.departments["to-toan-tin"]
    assert department.members == (LAN.person, VINH.person)
    assert department.subjects == ("toan",)
    assert "Tổ Toán – Tin" in client.get(f"{PATH}/to").text


def test_a_department_without_head_or_name_is_shown_again(
    at_year: YearStage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    form = {"title": "Tổ Toán – Tin", "head": str(LAN.person)}
    send(client, "/to", **form)
    assert "Đã có tổ mang tên này" in send(client, "/to", **form).text
    assert send(client, "/to", title="…", head="").status_code == 422
    assert len(at_year.year.departments) == 1


def test_a_subject_that_no_programme_knows_is_in_no_department(
    at_year: YearStage, signed_in: SignIn
) -> None:
    form = {"title": "Tổ Toán", "head": str(LAN.person), "subjects": ["toan", "<b>", "ma-thuat"]}
    assert send(signed_in("khoa"), "/to", **form).status_code == 303
    assert at_year.year.departments["to-toan"].subjects == ("toan",)
