"""The first page tells whom a biên bản waits for, and nobody else."""

from pathlib import Path
from uuid import uuid4

import pytest
from starlette.testclient import TestClient

from tests.browser.stage import Stage, copied_stage
from tests.school import KHOA, LAN, NGOC
from tests.web.conftest import SignIn
from tests.web.filed import AWAITED, OLD, file_dossiers, file_old_dossier, sign
from tests.web.leavers import open_old_year
from tests.web.published import describe
from tests.web.strict_page import StrictPage


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with dossiers in every state, made once."""
    folder = tmp_path_factory.mktemp("waits") / "school"
    with copied_stage(built_school, folder) as stage:
        describe(stage)
        file_dossiers(stage)
        open_old_year(stage)
        file_old_dossier(stage)
    return folder


def home(client: TestClient) -> str:
    return " ".join(StrictPage(client.get("/").text).text.split())


def test_who_signs_next_is_asked(stage: Stage, signed_in: SignIn) -> None:
    asked = "Biên bản chờ bạn ký (1) 02/BB-THCSHP: 6A1 · Toán"
    assert asked in home(signed_in("lan"))
    assert "Biên bản chờ bạn ký (1) 03/BB-THCSHP" in home(signed_in("ngoc"))
    assert "Biên bản chờ bạn ký" not in home(signed_in("khoa"))
    sign(stage, AWAITED, LAN)
    assert "Biên bản chờ bạn ký" not in home(signed_in("lan"))
    assert asked in home(signed_in("khoa"))


def test_what_is_signed_waits_for_the_archive(stage: Stage, signed_in: SignIn) -> None:
    sign(stage, AWAITED, LAN, KHOA, NGOC)
    for who in ("lan", "khoa"):
        assert "chờ lưu trữ (1) 02/BB-THCSHP" in home(signed_in(who))
    for who in ("vinh", "mai"):
        assert "Biên bản" not in home(signed_in(who))


def test_the_principal_is_asked_to_decide_on_a_disposal(signed_in: SignIn) -> None:
    fields = {"command_id": str(uuid4()), "dossier": str(OLD), "reason": "Hết thời hạn lưu"}
    assert signed_in("mai").post("/ho-so/luu-giu/de-nghi", data=fields).status_code == 303
    assert "1 đề nghị tiêu hủy hồ sơ chờ bạn quyết định" in home(signed_in("ngoc"))
    assert "tiêu hủy" not in home(signed_in("khoa"))
