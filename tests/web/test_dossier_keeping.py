"""Dossiers are kept as ordered, and destroyed by two people: their files go, the lines stay."""

from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.dossiers.state import DossierStatus
from ledger.verification.verifying import verify
from tests.browser.stage import Stage, copied_stage
from tests.web.conftest import SignIn
from tests.web.filed import (
    ARCHIVED,
    OLD,
    correct,
    dossier_of,
    draft,
    file_dossiers,
    file_old_dossier,
)
from tests.web.leavers import ERASURE, MATHS, NGA, PERSONAL, YEAR, ask_to_erase, open_old_year
from tests.web.published import describe
from tests.web.strict_page import StrictPage
from web.desk import open_desk
from web.settings import Settings

KEEPING = "/ho-so/luu-giu"
PAGE = f"{KEEPING}/{OLD}"


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with an archived dossier of a year long over, made once."""
    folder = tmp_path_factory.mktemp("kept") / "school"
    with copied_stage(built_school, folder) as stage:
        describe(stage)
        open_old_year(stage)
        file_old_dossier(stage)
    return folder


def text(client: TestClient, path: str = KEEPING) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(StrictPage(answer.text).text.split())


def send(client: TestClient, path: str, fields: Mapping[str, str]) -> httpx2.Response:
    return client.post(path, data={"command_id": str(uuid4()), **fields})


def propose(client: TestClient) -> httpx2.Response:
    fields = {"dossier": str(OLD), "reason": "Hết thời hạn lưu"}
    return send(client, f"{KEEPING}/de-nghi", fields)


def destroy(client: TestClient) -> httpx2.Response:
    return send(client, f"{PAGE}/tieu-huy", {"understood": "yes"})


def test_what_is_over_is_listed_with_its_rule(signed_in: SignIn) -> None:
    page = text(signed_in("khoa"))
    assert "Hết thời hạn lưu (1)" in page
    assert "01/BB-THCSHP" in page
    assert "đến khi học sinh ra trường, theo Quy chế của trường, Điều 11.2a." in page
    assert "mặc định" in page
    assert "05/10/2026, hết thời hạn lưu" in text(signed_in("khoa"), f"/ho-so?nam={YEAR}")


def test_two_people_dispose_of_a_dossier(stage: Stage, signed_in: SignIn) -> None:
    newest = dossier_of(stage, OLD).revision.sha256
    evidence = {file.sha256 for file in stage.desk.corrections.find(OLD).evidence}  # type: ignore[union-attr]
    assert propose(signed_in("mai")).status_code == 303
    principal = signed_in("ngoc")
    assert "chờ hiệu trưởng quyết định (1)" in text(principal)
    assert "2 tệp minh chứng của đề nghị này" in text(principal, PAGE)
    answer = destroy(principal)
    assert answer.headers["location"] == f"/ho-so?nam={YEAR}&muc=da-huy"
    assert dossier_of(stage, OLD).status is DossierStatus.DISPOSED
    assert stage.desk.evidence.digests().isdisjoint({newest, *evidence})
    assert "đã hủy" in text(principal, f"/ho-so?nam={YEAR}&muc=da-huy")
    assert principal.get(PAGE).status_code == 409
    assert verify(stage.desk.engine, evidence=stage.desk.evidence).is_clean


def test_a_photo_that_another_correction_has_too_stays(stage: Stage, signed_in: SignIn) -> None:
    shared = stage.desk.corrections.find(OLD).evidence  # type: ignore[union-attr]
    correct(stage, ARCHIVED, NGA, "regular-2", sheet_id=MATHS, evidence=shared)
    draft(stage, ARCHIVED, 2)
    propose(signed_in("mai"))
    assert "2 tệp minh chứng mà đề nghị khác còn cần" in text(signed_in("ngoc"), PAGE)
    destroy(signed_in("ngoc"))
    kept = stage.desk.evidence.digests()
    assert dossier_of(stage, OLD).revision.sha256 not in kept
    assert kept >= {file.sha256 for file in shared}


def test_an_older_copy_of_the_files_is_cleared_at_the_next_start(
    stage: Stage, signed_in: SignIn, tmp_path: Path
) -> None:
    newest = dossier_of(stage, OLD).revision.sha256
    paper = stage.desk.evidence.read(newest)
    propose(signed_in("mai"))
    destroy(signed_in("ngoc"))
    stage.desk.evidence.put(paper)
    again = open_desk(Settings.in_folder(tmp_path / "school"), clock=stage.clock)
    assert newest not in again.evidence.digests()
    again.engine.dispose()


def test_a_paper_about_who_is_erased_goes_with_the_person(stage: Stage, signed_in: SignIn) -> None:
    ask_to_erase(stage)
    paper = dossier_of(stage, OLD).revision.sha256
    principal = signed_in("ngoc")
    approves = f"{PERSONAL}/yeu-cau/{ERASURE}/duyet"
    assert send(principal, approves, {"understood": "yes"}).status_code == 303
    assert paper not in stage.desk.evidence.digests()
    page = text(principal, f"/ho-so/{OLD}")
    assert "Tệp biên bản đã hủy cùng dữ liệu cá nhân" in page
    assert "lấy lại tệp từ bản sao lưu" not in page
    assert propose(signed_in("mai")).status_code == 303
    assert destroy(principal).status_code == 303


def test_nobody_disposes_alone_or_unseen(stage: Stage, signed_in: SignIn) -> None:
    unproposed = destroy(signed_in("ngoc"))
    assert (unproposed.status_code, "Chưa ai đề nghị tiêu hủy" in unproposed.text) == (409, True)
    propose(signed_in("khoa"))
    unseen = send(signed_in("ngoc"), f"{PAGE}/tieu-huy", {})
    assert (unseen.status_code, "đánh dấu vào ô này" in unseen.text) == (422, True)
    stage.clock.forward(minutes=10)
    principal = signed_in("ngoc")
    stage.clock.forward(minutes=6)
    assert destroy(principal).status_code == 403
    assert dossier_of(stage, OLD).status is DossierStatus.ARCHIVED


def test_the_principal_keeps_a_dossier_on(stage: Stage, signed_in: SignIn) -> None:
    propose(signed_in("khoa"))
    client = signed_in("ngoc")
    assert send(client, f"{PAGE}/giu-tiep", {"reason": "x"}).status_code == 422
    assert send(client, f"{PAGE}/giu-tiep", {"reason": "Thanh tra còn cần"}).status_code == 303
    assert dossier_of(stage, OLD).disposal is None
    assert "Hết thời hạn lưu (1)" in text(client)


def test_a_proposal_names_dossiers_whose_time_is_over(stage: Stage, signed_in: SignIn) -> None:
    client = signed_in("khoa")
    nothing = send(client, f"{KEEPING}/de-nghi", {"reason": "Hết thời hạn lưu"})
    assert (nothing.status_code, "Hãy chọn ít nhất một hồ sơ." in nothing.text) == (422, True)
    other = {"dossier": str(ARCHIVED), "reason": "Hết thời hạn lưu"}
    assert send(client, f"{KEEPING}/de-nghi", other).status_code == 404
    assert dossier_of(stage, OLD).disposal is None


def test_the_principal_lets_them_be_kept_longer(stage: Stage, signed_in: SignIn) -> None:
    client, path = signed_in("ngoc"), f"{KEEPING}/thoi-han/{YEAR}"
    assert send(client, path, {"years": "101", "ordered_by": "Quyết định 12"}).status_code == 422
    longer = {"years": "10", "ordered_by": "Quyết định số 12/QĐ-THCS"}
    assert send(client, path, longer).headers["location"] == KEEPING
    page = text(client)
    assert "và thêm 10 năm, theo Quyết định số 12/QĐ-THCS." in page
    assert "hết hạn sớm nhất: 31/12/2029" in page
    assert "Hết thời hạn lưu (0)" in page
    assert "giữ đến hết 31/12/2029" in text(client, f"/ho-so?nam={YEAR}")
    assert propose(signed_in("khoa")).status_code == 404
    assert client.get(f"{KEEPING}/thoi-han/2011-2012").status_code == 404
    assert dossier_of(stage, OLD).disposal is None


def test_a_dossier_of_pupils_at_school_is_not_over(stage: Stage, signed_in: SignIn) -> None:
    file_dossiers(stage)
    page = text(signed_in("khoa"))
    assert "2026-2027" in page
    assert signed_in("khoa").get(f"{KEEPING}/{uuid4()}").status_code == 404
