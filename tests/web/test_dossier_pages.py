"""A dossier through its pages: made by itself, signed in four ways, ticked off, archived."""

from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.credentials.facts import SigningWay
from ledger.dossiers.commands import DisposeOfDossier, ProposeDisposal
from ledger.dossiers.facts import PaperKind
from ledger.dossiers.state import DossierStatus
from tests.browser.stage import PUPILS, Stage, build_stage, copied_stage
from tests.school import FIX, HOA, KHOA, LAN, MAI, NGOC, REASON
from tests.web.conftest import SignIn
from tests.web.filed import OLD, does, dossier_of, file_old_dossier, papers
from tests.web.leavers import open_old_year
from tests.web.published import describe
from tests.web.signing_staff import (
    PIN,
    correct_a_mark,
    corrected,
    enrol,
    filed,
    give_keys,
    signs,
)
from tests.web.test_filing import signed_elsewhere
from web.dossiers.files import newest_file
from web.dossiers.filing import draft

PAGE = f"/ho-so/{FIX}"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with a final mark that was corrected, so the paper books are wrong as well."""
    folder = tmp_path_factory.mktemp("pages") / "school"
    with copied_stage(built_school, folder) as stage:
        correct_a_mark(stage, "final")
        give_keys(stage)
        draft(stage.desk, corrected(stage.desk), KHOA.author)
    return folder


def sends(
    client: TestClient, stage: Stage, path: str, role: str = "subject-teacher", **more: str
) -> httpx2.Response:
    """Send a form of signing as the page of this moment gives it."""
    form = {"role": role, "revision": filed(stage.desk).revision.sha256}
    return client.post(f"{PAGE}/ky/{path}", data={**form, **more})


def almost_executed(stage: Stage) -> None:
    """A correction that only waits for the administrator."""
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    asked = (PUPILS[0], "midterm", "6.5", stage.version(1, "midterm"))
    stage.says(LAN, "requests", asked, evidence=papers(stage, "almost"))
    stage.says(HOA, "confirms")
    stage.says(NGOC, "approves")
    stage.says(LAN, "executes")


class TestDraftedByItself:
    @pytest.fixture
    def stage(self, built_class: Path, tmp_path: Path) -> object:
        with copied_stage(built_class, tmp_path / "school") as stage:
            almost_executed(stage)
            yield stage

    @pytest.fixture(scope="session")
    def built_class(self, tmp_path_factory: pytest.TempPathFactory) -> Path:
        folder = tmp_path_factory.mktemp("plain") / "school"
        build_stage(folder, pupil_count=2).desk.engine.dispose()
        return folder

    def test_with_the_last_execution(self, stage: Stage, signed_in: SignIn) -> None:
        describe(stage)
        khoa = signed_in("khoa")
        assert executes(khoa).status_code == 303
        page = khoa.get(f"/de-nghi/{FIX}").text
        assert "Mở biên bản" in page
        assert "chờ ký: giáo viên bộ môn" in page
        assert "Biên bản 1</a>: chờ ký" in khoa.get("/de-nghi?muc=da-xong").text

    def test_or_it_is_told_why_not_and_made_later(self, stage: Stage, signed_in: SignIn) -> None:
        """The school has not said what it is called; the marks are corrected all the same."""
        khoa = signed_in("khoa")
        assert executes(khoa).status_code == 303
        assert stage.mark(1, "midterm") == "6.5"
        assert "chưa lập được biên bản" in khoa.get(f"/de-nghi/{FIX}").text
        assert "Chưa lập được: " in khoa.get(PAGE).text
        refused = khoa.post(f"{PAGE}/lap")
        assert refused.status_code == 409
        assert "Chưa thực hiện được" in refused.text
        describe(stage)
        assert khoa.post(f"{PAGE}/lap").status_code == 303
        assert "Biên bản 01/BB-THCSHP" in khoa.get(PAGE).text


def executes(client: TestClient) -> httpx2.Response:
    return client.post(f"/de-nghi/{FIX}/thuc-hien", data={"command_id": str(uuid4())})


def test_three_people_sign_with_their_pins_and_the_books_are_ticked_off(
    stage: Stage, signed_in: SignIn
) -> None:
    lan, khoa, ngoc = (signed_in(name) for name in ("lan", "khoa", "ngoc"))
    assert sends(lan, stage, "noi-bo", pin=PIN).status_code == 303
    assert sends(khoa, stage, "noi-bo", "administrator", pin=PIN).status_code == 303
    assert sends(ngoc, stage, "noi-bo", "principal", pin=PIN).status_code == 303
    page = ngoc.get(PAGE).text
    assert page.count("Toàn vẹn: nội dung không thay đổi kể từ khi ký.") == 3
    assert "đủ chữ ký, chờ sửa sổ giấy" in page
    for paper in PaperKind:
        assert filed(stage.desk).status is DossierStatus.AWAITS_PAPERS
        ticks = {"command_id": str(uuid4()), "paper": paper.value, "note": "Trang 12, dòng 7"}
        assert khoa.post(f"{PAGE}/so-giay", data=ticks).status_code == 303
    assert filed(stage.desk).status is DossierStatus.ARCHIVED
    assert "Đã lưu trữ. Tệp mang đủ bằng chứng" in lan.get(PAGE).text


def test_a_pin_that_is_wrong_or_left_out_is_told_beside_its_field(
    stage: Stage, signed_in: SignIn
) -> None:
    lan = signed_in("lan")
    wrong = sends(lan, stage, "noi-bo", pin="000000")
    assert (wrong.status_code, "Mã PIN không đúng" in wrong.text) == (403, True)
    empty = sends(lan, stage, "noi-bo")
    assert (empty.status_code, "Hãy nhập mã PIN." in empty.text) == (422, True)
    assert not filed(stage.desk).signatures


def test_a_form_sent_twice_signs_once(stage: Stage, signed_in: SignIn) -> None:
    lan = signed_in("lan")
    revision = filed(stage.desk).revision.sha256
    form = {"role": "subject-teacher", "revision": revision, "pin": PIN}
    for _ in range(2):
        assert lan.post(f"{PAGE}/ky/noi-bo", data=form).status_code == 303
    assert len(filed(stage.desk).signatures) == 1


def test_what_was_made_anew_since_it_was_read_is_not_signed(
    stage: Stage, signed_in: SignIn
) -> None:
    lan, read = signed_in("lan"), filed(stage.desk).revision.sha256
    stage.clock.forward(minutes=1)
    anew = signed_in("khoa").post(f"{PAGE}/lap-lai", data={"reason": REASON})
    assert anew.status_code == 303
    form = {"role": "subject-teacher", "revision": read, "pin": PIN}
    refused = lan.post(f"{PAGE}/ky/noi-bo", data=form)
    assert (refused.status_code, "được lập lại sau khi bạn mở trang" in refused.text) == (409, True)
    assert f"Lập lại vì: {REASON}" in lan.get(PAGE).text


def test_only_whose_turn_it_is_finds_a_form_and_may_sign(stage: Stage, signed_in: SignIn) -> None:
    khoa = signed_in("khoa")
    assert "Đến lượt bạn ký" not in khoa.get(PAGE).text
    early = sends(khoa, stage, "noi-bo", "administrator", pin=PIN)
    assert (early.status_code, "Chưa đến lượt bạn ký" in early.text) == (409, True)
    other = sends(khoa, stage, "noi-bo", pin=PIN)
    assert (other.status_code, "không phải chỗ ký của bạn" in other.text) == (403, True)
    assert not filed(stage.desk).signatures


def test_a_signed_paper_is_made_anew_by_the_principal_only(stage: Stage, signed_in: SignIn) -> None:
    signs(stage, LAN)
    assert "Lập lại biên bản" not in signed_in("khoa").get(PAGE).text
    refused = signed_in("khoa").post(f"{PAGE}/lap-lai", data={"reason": REASON})
    assert refused.status_code == 409
    ngoc = signed_in("ngoc")
    assert ngoc.post(f"{PAGE}/lap-lai", data={"reason": ""}).status_code == 422
    stage.clock.forward(minutes=1)
    assert ngoc.post(f"{PAGE}/lap-lai", data={"reason": REASON}).status_code == 303
    assert not filed(stage.desk).signatures


def test_a_file_signed_elsewhere_is_handed_in(stage: Stage, signed_in: SignIn) -> None:
    lan = signed_in("lan")
    taken = lan.get(f"{PAGE}/bien-ban.pdf?tai=true")
    assert taken.content == newest_file(stage.desk, filed(stage.desk))
    assert taken.headers["content-disposition"].startswith("attachment")
    unknown = hand_in(lan, stage, taken.content)
    assert (unknown.status_code, "chưa đăng ký cho bạn" in unknown.text) == (409, True)
    (key,) = stage.desk.ledger.credentials().certificates_of(LAN.person)
    enrol(stage, LAN, key.sha256, SigningWay.UPLOADED, (key.valid_from, key.valid_until))
    assert hand_in(lan, stage, b"").status_code == 422
    stripped = hand_in(lan, stage, taken.content)
    assert (stripped.status_code, "chưa có chữ ký nào mới" in stripped.text) == (409, True)
    signed = signed_elsewhere(stage, LAN)
    assert hand_in(lan, stage, signed).status_code == 303
    assert newest_file(stage.desk, filed(stage.desk)) == signed


def hand_in(client: TestClient, stage: Stage, content: bytes) -> httpx2.Response:
    form = {"role": "subject-teacher", "revision": filed(stage.desk).revision.sha256}
    file = ("bien-ban.pdf", content, "application/pdf")
    return client.post(f"{PAGE}/ky/tep", data=form, files={"file": file})


def test_a_school_without_token_and_service_says_so(stage: Stage, signed_in: SignIn) -> None:
    lan = signed_in("lan")
    absent = sends(lan, stage, "thiet-bi", pin="1234")
    assert (absent.status_code, "Không thấy thiết bị ký số" in absent.text) == (409, True)
    silent = sends(lan, stage, "tu-xa", credential="khoa-cua-lan")
    assert (silent.status_code, "không trả lời" in silent.text) == (409, True)
    assert not filed(stage.desk).signatures


def test_the_password_is_asked_for_again_where_no_pin_is(stage: Stage, signed_in: SignIn) -> None:
    lan, signed = signed_in("lan"), signed_elsewhere(stage, LAN)
    until = stage.clock().replace(year=2028)
    enrol(stage, LAN, "d" * 64, SigningWay.UPLOADED, (stage.clock(), until))
    stage.clock.forward(minutes=6)
    refused = hand_in(lan, stage, signed)
    assert (refused.status_code, "nhập lại mật khẩu" in refused.text) == (403, True)
    assert not filed(stage.desk).signatures


def test_a_lost_file_is_told_on_the_page(stage: Stage, signed_in: SignIn) -> None:
    signs(stage, LAN)
    stage.desk.evidence.remove(filed(stage.desk).revision.sha256)
    khoa = signed_in("khoa")
    assert "Không còn tệp biên bản" in khoa.get(PAGE).text
    assert khoa.get(f"{PAGE}/bien-ban.pdf").status_code == 404
    refused = sends(khoa, stage, "noi-bo", "administrator", pin=PIN)
    assert refused.status_code == 404


def test_strangers_do_not_learn_that_there_is_one(stage: Stage, signed_in: SignIn) -> None:
    for username in ("vinh", "mai", "quyen"):
        for path in (PAGE, f"{PAGE}/bien-ban.pdf", f"/ho-so/{uuid4()}"):
            assert signed_in(username).get(path).status_code == 404
    assert signed_in("hoa").get(PAGE).status_code == 200


def test_the_file_is_read_in_a_sandbox(signed_in: SignIn) -> None:
    answer = signed_in("hoa").get(f"{PAGE}/bien-ban.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith("inline")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_of_a_disposed_dossier_its_hashes_are_shown(stage: Stage, signed_in: SignIn) -> None:
    open_old_year(stage)
    file_old_dossier(stage)
    last = dossier_of(stage, OLD).revision.sha256
    does(stage, MAI, ProposeDisposal, OLD, reason=REASON)
    does(stage, NGOC, DisposeOfDossier, OLD, files=(last,))
    assert last not in stage.desk.evidence.digests()
    page = signed_in("ngoc").get(f"/ho-so/{OLD}").text
    assert "Nguyễn Thị Ngọc quyết định tiêu hủy" in page
    assert last in page
    gone = signed_in("ngoc").get(f"/ho-so/{OLD}/bien-ban.pdf")
    assert (gone.status_code, "trong sổ chỉ còn mã băm" in gone.text) == (409, True)
