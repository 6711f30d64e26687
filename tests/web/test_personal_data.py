"""Personal data on the pages: found, told, restricted, asked to be erased, and decided."""

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.privacy.facts import ErasureId, Ground, Requester
from ledger.privacy.state import ErasureStatus
from ledger.school.commands import ChangeStaffRoles
from ledger.vocabulary import CommandId, Role
from tests.browser.stage import PUPILS, Stage, copied_stage
from tests.school import DUC, KHOA, NGOC
from tests.staff import PASSWORD, delegate
from tests.web.conftest import SignIn
from tests.web.leavers import (
    ERASURE,
    MINH,
    NGA,
    NGA_IS,
    PERSONAL,
    YEAR,
    ask_to_erase,
    evidence_of,
    open_old_year,
    shorten_retention,
)
from tests.web.strict_page import StrictPage

PUPIL = f"{PERSONAL}/hoc-sinh/{NGA}"
REQUEST = f"{PERSONAL}/yeu-cau/{ERASURE}"
ASKED = {
    "requested_by": Requester.PARENT.value,
    "ground": Ground.REQUEST.value,
    "reason": "Đơn của mẹ em, ngày 02/10/2026",
}


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a year long over, made once."""
    folder = tmp_path_factory.mktemp("personal") / "school"
    with copied_stage(built_school, folder) as stage:
        open_old_year(stage)
    return folder


def send(client: TestClient, path: str, fields: Mapping[str, str]) -> httpx2.Response:
    return client.post(path, data={"command_id": str(uuid4()), **fields})


def text(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return StrictPage(answer.text).text


def status(stage: Stage, erasure_id: UUID = ERASURE) -> ErasureStatus:
    return stage.desk.ledger.privacy().erasures[ErasureId(erasure_id)].status


def test_leavers_are_listed_by_year_and_anybody_is_found_by_name_or_code(
    signed_in: SignIn,
) -> None:
    client = signed_in("khoa")
    leavers = text(client, f"{PERSONAL}?nam={YEAR}")
    assert "Tạ Quang Minh" in leavers
    assert "14/12/2018" in leavers
    assert "Kiều Thị Bích Ngà" in leavers  # finished grade 9
    for wanted in ("bích ngà", "bich nga", "9q7-0412"):
        found = text(client, f"{PERSONAL}?nam={YEAR}&q={wanted}")
        assert "Kiều Thị Bích Ngà" in found
        assert "Tạ Quang Minh" not in found
    assert "Không có học sinh nào" in text(client, f"{PERSONAL}?nam={YEAR}&q=!!")


def test_a_school_without_years_has_nobody_to_find(stage: Stage, signed_in: SignIn) -> None:
    assert "Không có yêu cầu nào đang chờ." in text(signed_in("ngoc"), PERSONAL)
    assert "Chưa có việc nào" in text(signed_in("ngoc"), f"{PERSONAL}/so-theo-doi")
    assert not stage.desk.ledger.privacy().version


def test_the_report_tells_everything_that_is_held(signed_in: SignIn) -> None:
    told = text(signed_in("mai"), PUPIL)
    for words in (*NGA_IS[:3], "Nữ", "9A1", "Em Bích Ngà chăm học", "1 đề nghị, 2 tệp", str(NGA)):
        assert words in told
    for fact in ("Mở bảng điểm", "Nhập điểm", "Gửi đề nghị sửa điểm", "Ghi nhận xét"):
        assert fact in told


def test_a_pupil_on_no_list_has_no_report(signed_in: SignIn) -> None:
    answer = signed_in("khoa").get(f"{PERSONAL}/hoc-sinh/{PUPILS[0]}")
    assert answer.status_code == 404
    assert "không có trong danh sách lớp của năm học nào" in answer.text


def test_while_a_law_orders_keeping_the_page_offers_to_restrict_instead(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("khoa")
    told = text(client, PUPIL)
    assert "phải giữ đến hết 31/12/2039" in told
    assert "Hạn chế xử lí" in told
    assert "Gửi yêu cầu xóa" not in told
    answer = send(client, f"{PUPIL}/yeu-cau-xoa", ASKED)
    assert answer.status_code == 409
    assert "phải giữ đến hết 31/12/2039" in answer.text
    restricted = send(client, f"{PUPIL}/han-che", {"reason": "Đơn của phụ huynh"})
    assert restricted.status_code == 303
    assert stage.desk.names().pupil(NGA) == "Học sinh đã hạn chế xử lí #008101"
    assert "Đang hạn chế xử lí" in text(client, PUPIL)


def test_the_principal_lifts_what_the_administrator_restricted(
    stage: Stage, signed_in: SignIn
) -> None:
    send(signed_in("khoa"), f"{PUPIL}/han-che", {"reason": "Đơn của phụ huynh"})
    lifting = {"reason": "Phụ huynh rút đơn"}
    assert send(signed_in("khoa"), f"{PUPIL}/thoi-han-che", lifting).status_code == 403
    assert send(signed_in("ngoc"), f"{PUPIL}/thoi-han-che", lifting).status_code == 303
    assert stage.desk.names().pupil(NGA) == "Kiều Thị Bích Ngà"


def test_a_request_goes_from_the_secretary_to_the_principal_and_is_done(
    stage: Stage, signed_in: SignIn
) -> None:
    shorten_retention(stage)
    files = evidence_of(stage)
    answer = send(signed_in("mai"), f"{PUPIL}/yeu-cau-xoa", ASKED)
    assert answer.status_code == 303
    page = answer.headers["location"]
    principal = signed_in("ngoc")
    assert "1 yêu cầu xóa dữ liệu cá nhân chờ bạn quyết định" in text(principal, "/")
    assert "Kiều Thị Bích Ngà" in text(principal, PERSONAL)
    shown = text(principal, page)
    assert "1 nhận xét của giáo viên chủ nhiệm" in shown
    assert "2 tệp minh chứng và biên bản chỉ liên quan đến em này" in shown
    assert send(principal, f"{page}/duyet", {"understood": "yes"}).status_code == 303
    (done,) = stage.desk.ledger.privacy().erased.values()
    assert done.evidence == files
    assert "đã xóa" in text(principal, page)
    assert "Dữ liệu cá nhân của học sinh này đã xóa vĩnh viễn." in text(principal, PUPIL)
    register = text(principal, f"{PERSONAL}/so-theo-doi")
    assert "Hủy cùng 2 tệp minh chứng" in register
    assert str(stage.desk.ledger.recorder.head().position) in register


def test_what_is_missing_in_a_request_is_told_beside_its_field(
    stage: Stage, signed_in: SignIn
) -> None:
    shorten_retention(stage)
    answer = send(signed_in("khoa"), f"{PUPIL}/yeu-cau-xoa", {"ground": "?", "reason": "x"})
    assert answer.status_code == 422
    for sentence in ("Hãy chọn người yêu cầu.", "Hãy chọn căn cứ.", "Hãy ghi lý do"):
        assert sentence in answer.text
    assert not stage.desk.ledger.privacy().erasures


def test_erasing_asks_for_a_tick_and_for_the_password_again(
    stage: Stage, signed_in: SignIn
) -> None:
    ask_to_erase(stage)
    principal = signed_in("ngoc")
    stage.clock.forward(minutes=6)
    unseen = send(principal, f"{REQUEST}/duyet", {"password": PASSWORD})
    assert unseen.status_code == 422
    assert "Hãy đánh dấu vào ô này để xác nhận." in unseen.text
    bare = send(principal, f"{REQUEST}/duyet", {"understood": "yes"})
    assert bare.status_code == 403
    wrong = send(principal, f"{REQUEST}/duyet", {"understood": "yes", "password": "sai rồi"})
    assert wrong.status_code == 403
    assert "Mật khẩu không đúng" in wrong.text
    assert status(stage) is ErasureStatus.REQUESTED
    given = {"understood": "yes", "password": PASSWORD}
    assert send(principal, f"{REQUEST}/duyet", given).status_code == 303
    assert status(stage) is ErasureStatus.ERASED


def test_sent_twice_the_approval_is_one(stage: Stage, signed_in: SignIn) -> None:
    ask_to_erase(stage)
    principal, form = signed_in("ngoc"), {"command_id": str(uuid4()), "understood": "yes"}
    for _ in range(2):
        assert principal.post(f"{REQUEST}/duyet", data=form).status_code == 303
    late = send(principal, f"{REQUEST}/duyet", {"understood": "yes"})
    assert late.status_code == 409
    assert "Yêu cầu này đã được giải quyết: đã xóa" in late.text


def test_who_acts_in_the_principals_place_declines_but_never_erases(
    stage: Stage, signed_in: SignIn
) -> None:
    ask_to_erase(stage)
    delegate(stage.desk, DUC)
    deputy = signed_in("duc")
    assert "Chỉ đích thân hiệu trưởng duyệt việc xóa." in text(deputy, REQUEST)
    refused = send(deputy, f"{REQUEST}/duyet", {"understood": "yes"})
    assert refused.status_code == 403
    assert "chỉ đích thân hiệu trưởng quyết định" in refused.text
    assert send(deputy, f"{REQUEST}/tu-choi", {"reason": "Đơn thiếu chữ ký"}).status_code == 303
    assert status(stage) is ErasureStatus.DECLINED
    assert "Đơn thiếu chữ ký" in text(deputy, REQUEST)


def test_a_request_is_withdrawn(stage: Stage, signed_in: SignIn) -> None:
    ask_to_erase(stage)
    assert send(signed_in("mai"), f"{REQUEST}/rut", {"reason": "ok"}).status_code == 422
    assert send(signed_in("mai"), f"{REQUEST}/rut", {"reason": "Gia đình đổi ý"}).status_code == 303
    assert status(stage) is ErasureStatus.WITHDRAWN


def test_nobody_erases_what_they_asked_for(stage: Stage, signed_in: SignIn) -> None:
    """The principal of a small school may be its administrator too."""
    shorten_retention(stage)
    answer = send(signed_in("khoa"), f"{PUPIL}/yeu-cau-xoa", ASKED)
    page = answer.headers["location"]
    give_principal_to(stage)
    own = signed_in("khoa")
    assert "Bạn đã ghi yêu cầu này" in text(own, page)
    refused = send(own, f"{page}/duyet", {"understood": "yes"})
    assert refused.status_code == 403
    assert "việc xóa luôn cần hai người" in refused.text


def give_principal_to(stage: Stage) -> None:
    stage.desk.handle(
        ChangeStaffRoles(
            command_id=CommandId(uuid4()),
            by=NGOC.author,
            at=stage.clock(),
            person=KHOA.person,
            roles=frozenset({Role.ADMINISTRATOR, Role.PRINCIPAL}),
            since=stage.clock().date(),
        )
    )


def test_the_principal_sets_how_long_data_is_kept(stage: Stage, signed_in: SignIn) -> None:
    principal = signed_in("ngoc")
    assert "hiệu trưởng chưa quyết định" in text(principal, PERSONAL)
    fields = {"years": "7", "legal_basis": "Quyết định số 12/QĐ-THCS"}
    assert send(principal, f"{PERSONAL}/luu-giu", {**fields, "years": "0"}).status_code == 422
    assert send(principal, f"{PERSONAL}/luu-giu", fields).status_code == 303
    assert stage.desk.ledger.privacy().retention.years == 7
    assert "7 năm sau năm rời trường, theo Quyết định số 12/QĐ-THCS." in text(principal, PERSONAL)


def test_two_requests_about_one_pupil_do_not_wait_together(stage: Stage, signed_in: SignIn) -> None:
    ask_to_erase(stage, MINH)
    page = f"{PERSONAL}/hoc-sinh/{MINH}"
    assert "Có yêu cầu xóa đang chờ hiệu trưởng quyết định." in text(signed_in("mai"), page)
    again = send(signed_in("khoa"), f"{page}/yeu-cau-xoa", ASKED)
    assert again.status_code == 409
    assert "đang chờ hiệu trưởng quyết định" in again.text


def test_the_secretary_comes_there_through_the_administration(signed_in: SignIn) -> None:
    shown = signed_in("mai").get("/quan-tri").text
    assert PERSONAL in shown
    assert "/quan-tri/nam-hoc" not in shown
