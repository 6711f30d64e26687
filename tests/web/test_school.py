"""The school's own page: its name from day to day, its staff, its delegations, and its log."""

from datetime import date
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.school.calendar import local_day
from ledger.school.commands import SCHOOL_STREAM
from ledger.vocabulary import Role
from tests.browser.stage import PASSWORD, PUPILS, Stage
from tests.school import DUC, HOA, LAN, NGOC
from tests.staff import delegate
from tests.web.conftest import SignIn

SCHOOL = "/quan-tri/truong"
DESCRIPTION = {
    "since": "2026-09-01",
    "school_name": "Trường THCS Hoa Phượng",
    "governing_body": "Ủy ban nhân dân phường Hoa Phượng",
    "department": "Sở Giáo dục và Đào tạo Hải Phòng",
    "school_code": "31000501",
    "place": "Hải Phòng",
}


def describe(client: TestClient, **changed: str) -> httpx2.Response:
    form = {"command_id": str(uuid4()), **DESCRIPTION, **changed}
    return client.post(f"{SCHOOL}/mo-ta", data=form)


def give(client: TestClient, **changed: str) -> httpx2.Response:
    form = {
        "command_id": str(uuid4()),
        "deputy": str(DUC.person),
        "first_day": "2026-10-05",
        "last_day": "2026-10-09",
        "reason": "Hiệu trưởng đi công tác",
        **changed,
    }
    return client.post(f"{SCHOOL}/quyet-dinh-thay", data=form)


def end(client: TestClient, reason: str = "Hiệu trưởng về sớm") -> httpx2.Response:
    form = {"command_id": str(uuid4()), "reason": reason}
    return client.post(f"{SCHOOL}/quyet-dinh-thay/{DUC.person}", data=form)


def lines_of_school(stage: Stage) -> int:
    return len(stage.desk.ledger.lines(SCHOOL_STREAM))


def test_the_name_of_the_school_holds_from_its_day(signed_in: SignIn) -> None:
    client = signed_in("khoa")
    assert "Chưa ghi tên trường" in client.get(SCHOOL).text
    assert describe(client).headers["location"] == SCHOOL
    later = {"since": "2027-01-01", "school_name": "Trường THCS và THPT Hoa Phượng"}
    assert describe(client, **later).status_code == 303
    shown = client.get(SCHOOL).text
    assert "<dd>Trường THCS Hoa Phượng</dd>" in shown
    assert "Từ 01/01/2027: Trường THCS và THPT Hoa Phượng" in shown
    assert 'value="Trường THCS Hoa Phượng"' in client.get(f"{SCHOOL}/mo-ta").text


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"since": "hôm qua"}, "Hãy chọn ngày."),
        ({"school_name": "  "}, "Hãy ghi tên, từ 1 đến 200 ký tự."),
        ({"place": "x" * 201}, "Hãy ghi tên, từ 1 đến 200 ký tự."),
    ],
)
def test_an_unfit_description_is_shown_again(
    stage: Stage, signed_in: SignIn, changed: dict[str, str], sentence: str
) -> None:
    before = lines_of_school(stage)
    answer = describe(signed_in("khoa"), **changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert DESCRIPTION["governing_body"] in answer.text
    assert lines_of_school(stage) == before


def test_the_staff_stand_under_their_roles_with_their_days(signed_in: SignIn) -> None:
    shown = signed_in("duc").get(SCHOOL).text
    assert "Giáo viên chủ nhiệm (2)" in shown
    teachers = shown.split("Giáo viên chủ nhiệm (2)")[1]
    assert "<td>Lê Thị Hoa</td><td>03/08/2026</td><td>–</td>" in teachers


def test_a_delegation_ends_by_itself(stage: Stage, signed_in: SignIn) -> None:
    assert give(signed_in("ngoc")).status_code == 303
    shown = signed_in("duc").get("/toi").text
    assert "Hiệu trưởng (thay hiệu trưởng)" in shown
    assert "Vũ Minh Đức" in signed_in("duc").get(SCHOOL).text.split("nhan-su")[0]
    stage.clock.forward(days=5)
    assert "(thay hiệu trưởng)" not in signed_in("duc").get("/toi").text
    today = local_day(stage.clock())
    assert stage.desk.ledger.school().acts_for(DUC.person, today) is None


def test_a_delegation_is_ended_before_its_last_day(stage: Stage, signed_in: SignIn) -> None:
    principal = signed_in("ngoc")
    give(principal)
    assert "từ 3 đến 500 ký tự" in end(principal, reason="").text
    assert end(principal).status_code == 303
    assert "Không có ai đang được giao quyết định thay." in principal.get(SCHOOL).text
    assert "(thay hiệu trưởng)" not in signed_in("duc").get("/toi").text
    before = lines_of_school(stage)
    assert end(principal).status_code == 303
    assert lines_of_school(stage) == before


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"deputy": ""}, "Hãy chọn một người trong danh sách."),
        ({"deputy": str(PUPILS[0])}, "không có trong danh sách cán bộ, giáo viên"),
        ({"last_day": "2026-10-04"}, "Ngày cuối không được trước ngày đầu."),
        ({"first_day": ""}, "Hãy chọn ngày."),
        ({"reason": "–"}, "từ 3 đến 500 ký tự"),
    ],
)
def test_an_unfit_delegation_is_shown_again(
    stage: Stage, signed_in: SignIn, changed: dict[str, str], sentence: str
) -> None:
    before = lines_of_school(stage)
    assert sentence in give(signed_in("ngoc"), **changed).text
    assert lines_of_school(stage) == before


def test_giving_and_ending_a_delegation_ask_for_the_password(
    stage: Stage, signed_in: SignIn
) -> None:
    principal, before = signed_in("ngoc"), lines_of_school(stage)
    stage.clock.forward(minutes=6)
    assert "Hãy nhập lại mật khẩu" in give(principal).text
    assert lines_of_school(stage) == before
    assert give(principal, password=PASSWORD).status_code == 303


def test_nobody_but_the_principal_in_person_delegates(stage: Stage, signed_in: SignIn) -> None:
    delegate(stage.desk, DUC)
    before = lines_of_school(stage)
    for who in ("khoa", "duc"):
        client = signed_in(who)
        assert give(client, last_day="2027-05-31").status_code == 403
        assert end(client).status_code == 403
        assert client.get(f"{SCHOOL}/quyet-dinh-thay").status_code == 403
        assert "Thôi giao quyết định thay" not in client.get(SCHOOL).text
    assert lines_of_school(stage) == before


def test_every_line_of_the_school_is_told(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("ngoc")
    describe(client)
    give(client)
    end(client)
    change = {"command_id": str(uuid4()), "roles": ["subject-teacher", "secretary"]}
    client.post(f"/quan-tri/tai-khoan/{LAN.person}", data=change | {"active": "true"})
    leaving = {"command_id": str(uuid4()), "until": "2026-10-31"}
    client.post(f"/quan-tri/tai-khoan/{HOA.person}/roi-truong", data=leaving)
    shown = client.get(f"{SCHOOL}/nhat-ky").text
    for sentence in (
        "Máy chủ (dòng lệnh)",
        "Nguyễn Thị Ngọc (hiệu trưởng)",
        "Phạm Quang Vinh vào trường từ 03/08/2026, vai trò: giáo viên bộ môn.",
        "Từ 01/09/2026: Trường THCS Hoa Phượng; cơ quan chủ quản: Ủy ban nhân dân phường",
        "Vũ Minh Đức được quyết định thay hiệu trưởng từ 05/10/2026 đến hết 09/10/2026. Lý do:",
        "Vũ Minh Đức thôi quyết định thay hiệu trưởng. Lý do: Hiệu trưởng về sớm",
        "Trần Thị Ngọc Lan đổi vai trò từ 05/10/2026: giáo viên bộ môn, thư ký.",
        "Lê Thị Hoa rời trường, ngày cuối 31/10/2026.",
    ):
        assert sentence in shown
    assert shown.count('<th scope="row" class="number">') == lines_of_school(stage)


def test_an_old_log_has_pages(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("ngoc")
    for number in range(60):
        describe(client, place=f"Nơi {number}")
    first = client.get(f"{SCHOOL}/nhat-ky").text
    assert first.count('<th scope="row" class="number">') == 50
    assert "Cũ hơn" in first
    second = client.get(f"{SCHOOL}/nhat-ky?trang=2").text
    assert second.count('<th scope="row" class="number">') == lines_of_school(stage) - 50
    assert "Mới hơn" in second
    assert "Không có dòng nào" in client.get(f"{SCHOOL}/nhat-ky?trang=99").text


def test_a_principal_is_followed_by_another_before_leaving(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("ngoc")
    leaving = {"command_id": str(uuid4()), "until": "2026-10-31"}
    answer = client.post(f"/quan-tri/tai-khoan/{NGOC.person}/roi-truong", data=leaving)
    assert "Trường cần có hiệu trưởng" in answer.text
    follow = {"command_id": str(uuid4()), "roles": ["principal"], "active": "true"}
    assert client.post(f"/quan-tri/tai-khoan/{DUC.person}", data=follow).status_code == 303
    answer = client.post(f"/quan-tri/tai-khoan/{NGOC.person}/roi-truong", data=leaving)
    assert answer.status_code == 303
    november = date(2026, 11, 1)
    assert stage.desk.ledger.school().members(Role.PRINCIPAL, november) == [DUC.person]
