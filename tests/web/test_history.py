"""The history pages: of one mark, of a sheet, of the school, and who may see which."""

import re

import pytest
from fastapi.testclient import TestClient

from ledger import refusal
from ledger.refusal import Refused
from ledger.sheet import refusals
from tests.browser.stage import MATHS, PUPILS, SPORTS, Stage
from tests.school import LAN, MAI, NGOC, VINH
from tests.web.conftest import SignIn
from web.wording.attempts import ATTEMPT_REASONS

AN, BAO = PUPILS[0], PUPILS[1]
MARK = f"/so-diem/{MATHS}/o/{AN}/final"
SHEET = f"/so-diem/{MATHS}/lich-su"
HERE = LAN.about(MATHS)


def rows_in(html: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="dong-(\d+)"', html)]


def test_a_mark_never_entered_says_so(signed_in: SignIn) -> None:
    answer = signed_in("lan").get(MARK)
    assert answer.status_code == 200
    assert "Chưa từng nhập" in answer.text


def test_whose_eyes_it_is_not_for_is_told_that_instead(signed_in: SignIn) -> None:
    answer = signed_in("vinh").get(MARK)
    assert answer.status_code == 403
    assert "Chưa từng nhập" not in answer.text


def test_a_mark_tells_who_when_on_whose_behalf_and_from_what(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(MAI.about(MATHS).on_behalf_of(LAN), "enters", (AN, "final", "7.5", 0))
    stage.clock.forward(minutes=5)
    stage.says(HERE, "enters", (AN, "final", "0.0", stage.version(1, "final")))
    page = signed_in("hoa").get(MARK).text
    assert "<b>Hoàng Thị Mai</b> (Thư ký, thay Trần Thị Ngọc Lan)" in page
    assert '<del class="old">7,5</del> → <ins class="new">0</ins>' in page
    assert "08:05 ngày 05/10/2026 · cột đang mở" in page
    assert "Điểm hiện tại 0" in page
    assert rows_in(page) == sorted(rows_in(page), reverse=True)


def test_a_mark_deleted_and_entered_again_is_one_change(signed_in: SignIn, stage: Stage) -> None:
    for text in ("7.5", "", "9.0"):
        stage.says(HERE, "enters", (AN, "final", text, stage.version(1, "final")))
    page = signed_in("lan").get(MARK).text
    assert '<del class="old">7,5</del> → <ins class="new">9</ins>' in page
    assert "rồi nhập lại: tính là một thay đổi." in page
    counts = signed_in("duc").get("/lich-su").text
    assert "<b>1</b> lần tăng điểm" in counts


@pytest.mark.parametrize(
    ("username", "sees"), [("lan", True), ("duc", True), ("khoa", True), ("hoa", False)]
)
def test_refused_attempts_are_shown_to_those_who_may_see_them(
    signed_in: SignIn, stage: Stage, username: str, *, sees: bool
) -> None:
    stage.says(NGOC.about(MATHS), "locks_column", "final")
    with pytest.raises(Refused):
        stage.says(HERE, "enters", (AN, "final", "7.5", 0))
    client = signed_in(username)
    for path in (MARK, f"{SHEET}?tu_choi=true", f"{SHEET}?loai=attempt-refused"):
        assert ("sheet-is-locked" in client.get(path).text) == sees, path


def test_the_history_of_a_sheet_is_for_who_sees_the_sheet(signed_in: SignIn) -> None:
    assert signed_in("hoa").get(SHEET).status_code == 200
    assert signed_in("vinh").get(SHEET).status_code == 403


@pytest.mark.parametrize(
    ("username", "status"),
    [("duc", 200), ("ngoc", 200), ("khoa", 200), ("lan", 403), ("hoa", 403), ("mai", 403)],
)
def test_the_history_of_the_school_is_for_who_audits_it(
    signed_in: SignIn, username: str, status: int
) -> None:
    assert signed_in(username).get("/lich-su").status_code == status


def test_filters_find_by_subject_person_kind_day_and_officialness(
    signed_in: SignIn, stage: Stage
) -> None:
    stage.says(HERE, "enters", (AN, "final", "7.5", 0))
    stage.says(VINH.about(SPORTS), "enters", (AN, "final", "passed", 0))
    stage.clock.forward(days=1)
    stage.says(HERE, "enters", (AN, "final", "6.0", stage.version(1, "final")))
    client = signed_in("duc")

    def found(query: str) -> int:
        return len(rows_in(client.get(f"/lich-su?{query}").text))

    assert found("loai=mark-entered") == 2
    assert found("loai=mark-entered&mon=toan") == 1
    assert found(f"loai=mark-entered&nguoi={VINH.person}") == 1
    assert found("loai=thay-doi-diem&tu=2026-10-06&den=2026-10-06&lop=6A1") == 1
    assert found("loai=thay-doi-diem&sau_chinh_thuc=true") == 0
    assert "<b>1</b> lần giảm điểm" in client.get("/lich-su?tu=2026-10-06").text


def test_filters_left_empty_ask_nothing_and_nonsense_is_refused(signed_in: SignIn) -> None:
    client = signed_in("duc")
    assert client.get("/lich-su?lop=&mon=&nguoi=&loai=&tu=&den=").status_code == 200
    assert client.get("/lich-su?tu=hom-qua").status_code == 422


def test_what_nothing_matches_says_what_to_do_next(signed_in: SignIn) -> None:
    page = signed_in("duc").get("/lich-su?lop=9A9").text
    assert "Không có dòng nào" in page


def test_pages_go_on_below_a_position_and_each_line_has_its_address(
    signed_in: SignIn, stage: Stage
) -> None:
    for text in ["7.0", "8.0"] * 60:
        stage.says(HERE, "enters", (AN, "final", text, stage.version(1, "final")))
    client = signed_in("duc")
    first = client.get("/lich-su?mon=toan").text
    older = re.search(r'href="/lich-su\?([^"]*truoc=\d+)" rel="next"', first)
    assert older is not None
    second = client.get(f"/lich-su?{older[1].replace('&amp;', '&')}").text
    assert len(rows_in(first)) == 100
    assert min(rows_in(first)) > max(rows_in(second))
    line = rows_in(first)[50]
    assert rows_in(client.get(f"/lich-su?mon=toan&truoc={line + 1}").text)[0] == line


def test_an_unknown_column_or_pupil_is_not_found(signed_in: SignIn) -> None:
    client = signed_in("lan")
    assert client.get(f"/so-diem/{MATHS}/o/{AN}/regular-9").status_code == 404
    assert client.get(f"/so-diem/{MATHS}/o/{PUPILS[40]}/final").status_code == 404


def test_nobody_reads_history_without_signing_in(anonymous: TestClient) -> None:
    for path in (MARK, SHEET, "/lich-su"):
        assert anonymous.get(path).status_code == 303


def test_every_kept_refusal_has_its_few_words() -> None:
    every = [getattr(room, name) for room in (refusal, refusals) for name in dir(room)]
    kinds = [kind for kind in every if isinstance(kind, type) and issubclass(kind, Refused)]
    assert {kind.code for kind in kinds if kind.kept} == set(ATTEMPT_REASONS)
