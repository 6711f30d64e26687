"""The register of dossiers: who sees which, what is found, and what comes as a spreadsheet."""

import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import event
from starlette.testclient import TestClient

from ledger.sheet.correction import CorrectionStatus
from tests.browser.stage import PUPILS, Stage, copied_stage
from tests.web.conftest import SignIn
from tests.web.filed import ARCHIVED, AWAITED, UNFILED, YEAR, file_dossiers
from tests.web.published import describe
from tests.web.strict_page import StrictPage


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with four corrected marks, three of them on a biên bản; made once."""
    folder = tmp_path_factory.mktemp("filed") / "school"
    with copied_stage(built_school, folder) as stage:
        describe(stage)
        file_dossiers(stage)
    return folder


def text(client: TestClient, query: str = "") -> str:
    answer = client.get(f"/ho-so{query}")
    assert answer.status_code == 200, answer.text
    return " ".join(StrictPage(answer.text).text.split())


def test_the_register_opens_at_what_waits_for_the_person(signed_in: SignIn) -> None:
    teacher = text(signed_in("lan"))
    assert "Chờ tôi ký (1) Đang làm (2) Đã lưu trữ (1) Đã hủy (0) Tất cả (3)" in teacher
    assert "02/BB-" in teacher
    assert "03/BB-" not in teacher
    assert "chờ ký: giáo viên bộ môn" in teacher
    principal = text(signed_in("ngoc"))
    assert "chờ ký: hiệu trưởng" in principal
    assert "2/3 chữ ký" in principal
    assert "02/BB-" not in principal


def test_an_archived_dossier_is_in_its_part(signed_in: SignIn) -> None:
    page = signed_in("duc").get("/ho-so?muc=da-luu-tru").text
    assert f'href="/ho-so/{ARCHIVED}"' in page
    assert "đã lưu trữ" in page
    assert f'href="/ho-so/{AWAITED}"' not in page


def test_a_corrected_mark_without_a_paper_stands_on_top(stage: Stage, signed_in: SignIn) -> None:
    page = signed_in("khoa").get("/ho-so").text
    assert "Đã sửa điểm, chưa lập biên bản (1)" in page
    assert f'href="/ho-so/{UNFILED}"' in page
    assert stage.desk.dossiers.find(UNFILED) is None


def test_a_stranger_to_the_sheet_sees_no_dossier(signed_in: SignIn) -> None:
    page = text(signed_in("vinh"))
    assert "Tất cả (0)" in page
    assert "chưa lập biên bản" not in page


def test_the_secretary_keeps_the_numbers_and_opens_no_dossier(signed_in: SignIn) -> None:
    page = signed_in("mai").get("/ho-so?muc=tat-ca").text
    assert "Tất cả (3)" in page
    assert "03/BB-" in page
    assert f'href="/ho-so/{ARCHIVED}"' not in page
    assert f'href="/ho-so/{UNFILED}"' not in page


# The pupils have these names and codes in the order of the dossiers' numbers.
@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        ("2", 2),
        ("02/BB", 2),
        (" 3/bb-thcs ", 3),
        ("lê minh chi", 2),
        ("LE MINH CHI", 2),
        (unicodedata.normalize("NFD", "Lê Minh Chi"), 2),
        ("dũng", 3),
        ("hs0001", 1),
    ],
    ids=["number", "short-sign", "sign", "name", "no-tones", "nfd", "given-name", "code"],
)
def test_a_dossier_is_found(signed_in: SignIn, wanted: str, number: int) -> None:
    answer = signed_in("ngoc").get("/ho-so", params={"q": wanted, "muc": "tat-ca"})
    page = StrictPage(answer.text).text
    assert "Tất cả (1)" in page
    assert f"0{number}/BB-" in page


@pytest.mark.parametrize("wanted", ["toán 6a1", "tran thi ngoc lan", "ĐĐGtx"])
def test_class_subject_teacher_and_column_find_all(signed_in: SignIn, wanted: str) -> None:
    answer = signed_in("ngoc").get("/ho-so", params={"q": wanted})
    assert "Tất cả (3)" in StrictPage(answer.text).text


@pytest.mark.parametrize("wanted", ["9", "!!", "hoàng thị", "<zz>", "0"])
def test_what_is_not_there_is_not_found(signed_in: SignIn, wanted: str) -> None:
    answer = signed_in("ngoc").get("/ho-so", params={"q": wanted})
    page = StrictPage(answer.text).text
    assert "Tất cả (0)" in page
    assert "Không tìm thấy biên bản nào" in page


def test_a_year_without_corrections_is_none_of_the_years(stage: Stage, signed_in: SignIn) -> None:
    assert f"năm học {YEAR}" in text(signed_in("ngoc"), "?nam=2011-2012")
    assert stage.desk.corrections.years(CorrectionStatus.EXECUTED) == (YEAR,)
    assert stage.desk.corrections.years(CorrectionStatus.REFUSED) == ()


def test_the_number_of_questions_does_not_grow_with_the_rows(
    stage: Stage, signed_in: SignIn
) -> None:
    client = signed_in("ngoc")
    asked: list[str] = []
    event.listen(stage.desk.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    client.get("/ho-so?muc=cho-toi-ky")
    one, asked[:] = len(asked), []
    client.get("/ho-so?muc=tat-ca")
    assert len(asked) == one


def test_the_register_comes_as_a_spreadsheet_of_texts(signed_in: SignIn) -> None:
    answer = signed_in("mai").get(f"/ho-so/so-dang-ky?nam={YEAR}")
    assert f"so-dang-ky-bien-ban-{YEAR}.xlsx" in answer.headers["content-disposition"]
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert str(rows[0][0]).startswith("SỔ ĐĂNG KÝ BIÊN BẢN")
    assert [str(row[0])[:3] for row in rows[3:]] == ["01/", "02/", "03/"]
    first = rows[3]
    assert first[2:4] == ["6A1", "Toán"]
    assert first[6] == "ĐĐGtx 1: 0 → 8,5"
    assert first[8] == "đã lưu trữ"
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert len(PUPILS) > len(rows)
