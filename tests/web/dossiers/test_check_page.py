"""The page on which anybody checks a biên bản, and the file that leaves by the dossier's page."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from starlette.testclient import TestClient

from ledger.dossiers.facts import DossierDisposed
from ledger.dossiers.refusals import DossierIsDisposed
from tests.browser.stage import Stage, copied_stage
from tests.school import KHOA
from tests.web.conftest import SignIn
from tests.web.dossiers.unpacked import Left, packed
from tests.web.filed import dossier_of
from tests.web.real_dossier import DOSSIER, found_authority
from tests.web.strict_page import StrictPage
from web.access.security import BODY_LIMIT
from web.dossiers import filing
from web.dossiers.contents import gather
from web.dossiers.document import checked_at
from web.dossiers.exporting import export
from web.dossiers.files import newest_file
from web.dossiers.record import Head
from web.routes import dossier_check

PAGE = "/kiem-chung/ho-so"


@pytest.fixture
def stage(left: Left, tmp_path: Path) -> Iterator[Stage]:
    """Give the school that the dossier left, to one test."""
    with copied_stage(left.school, tmp_path / "school") as stage:
        stage.clock.forward(hours=5)
        yield stage


def told(answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(StrictPage(answer.text).text.split())


def checked(client: TestClient, content: bytes) -> httpx2.Response:
    return client.post(PAGE, files={"file": ("tep", content)})


def test_whoever_sees_the_dossier_takes_it_away(
    signed_in: SignIn, anonymous: TestClient, left: Left
) -> None:
    path = f"/ho-so/{DOSSIER}/xuat"
    assert f'href="{path}"' in signed_in("lan").get(f"/ho-so/{DOSSIER}").text
    answer = signed_in("lan").get(path)
    assert answer.headers["content-type"] == "application/zip"
    assert 'filename="ho-so-001-2026-2027.zip"' in answer.headers["content-disposition"]
    assert answer.content == left.content, "the same bytes each time"
    assert signed_in("quyen").get(path).status_code == 404
    assert anonymous.get(path).status_code == 303


def test_a_whole_dossier_is_checked_by_our_own_key(anonymous: TestClient, left: Left) -> None:
    page = told(checked(anonymous, left.content))
    assert "ĐÚNG: hồ sơ còn nguyên và khớp với sổ." in page
    assert "sổ của trường đã ghi thêm" not in page
    assert "đã lưu trữ" in page
    # Anybody may ask, so neither names nor marks are told.
    assert not {"Lan", "Trần", "Toán", "8,5", "6A1"} & set(page.split())
    stripped = left.files
    stripped["bien-ban.pdf"] = stripped["bien-ban.pdf"][:-1]
    assert "KHÔNG ĐÚNG" in told(checked(anonymous, packed(stripped)))


@pytest.mark.parametrize(
    ("revision", "more", "said"),
    [
        (4, b"", "đúng là bản mới nhất"),
        (3, b"", "không ai (chỉ thiếu phần lưu trữ)"),
        (2, b"", "Thiếu chữ ký của: hiệu trưởng."),
        (0, b"", "Thiếu chữ ký của: giáo viên bộ môn, quản trị hệ thống, hiệu trưởng."),
        (4, b"%", "có thứ được thêm vào"),
        (2, b"%", "phần sau đã bị sửa"),
    ],
    ids=["newest", "before the archive", "stripped", "draft", "longer", "altered"],
)
def test_a_paper_alone_is_known_by_its_bytes(
    anonymous: TestClient, left: Left, revision: int, more: bytes, said: str
) -> None:
    pdf = left.files["bien-ban.pdf"][: left.revisions[revision].size] + more
    page = told(checked(anonymous, pdf))
    assert said in page
    assert "số 1, năm học 2026-2027" in page


def test_a_foreign_paper_is_not_known_and_not_opened(anonymous: TestClient) -> None:
    page = told(checked(anonymous, b"%PDF-1.7\n" + b"1 0 obj\n" * 100_000))
    assert "không có biên bản nào như vậy" in page
    assert "Sổ của trường đang ghi" not in page


def code_of(stage: Stage) -> str:
    drafted = dossier_of(stage, DOSSIER).drafted
    return f"{DOSSIER}.{drafted.position}.{drafted.root[:16]}"


def test_the_code_on_the_paper_leads_to_its_dossier(anonymous: TestClient, stage: Stage) -> None:
    drafted = dossier_of(stage, DOSSIER).drafted
    record = gather(stage.desk, DOSSIER, at=stage.clock())
    head = Head(drafted.position, drafted.root)
    printed = checked_at(replace(record, head=head, address="https://so.example"))
    assert printed == f"https://so.example{PAGE}?bb={code_of(stage)}"
    page = told(anonymous.get(printed.removeprefix("https://so.example")))
    assert "Mã trên giấy đúng là của biên bản này" in page
    assert "số 1, năm học 2026-2027" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "chưa bao giờ có"),
        (lambda code: code.replace(".", ".9", 1), "chưa bao giờ có"),
        (lambda code: "1" + code[1:], "không có biên bản nào như vậy"),
        (lambda code: code[:-1], "không có biên bản nào như vậy"),
        (lambda code: "-" * 36 + code[36:], "không có biên bản nào như vậy"),
        (lambda _: "", "không có biên bản nào như vậy"),
        (lambda _: "<script>" * 1_000, "không có biên bản nào như vậy"),
    ],
    ids=["root", "position", "correction", "cut", "no id", "empty", "markup"],
)
def test_another_code_is_told_as_such(
    anonymous: TestClient, stage: Stage, change: Callable[[str], str], said: str
) -> None:
    page = told(anonymous.get(PAGE, params={"bb": change(code_of(stage))}))
    assert said in page


@pytest.mark.parametrize("content", [b"", b"PK", b"hello"], ids=["nothing", "half", "text"])
def test_what_is_no_file_of_ours_is_refused(anonymous: TestClient, content: bytes) -> None:
    answer = checked(anonymous, content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_file_beyond_the_limit_is_refused_with_a_page(anonymous: TestClient) -> None:
    assert checked(anonymous, bytes(BODY_LIMIT)).status_code == 413


def test_one_dossier_is_checked_at_a_time(anonymous: TestClient, left: Left) -> None:
    with dossier_check.TURN:
        answer = checked(anonymous, left.content)
    assert answer.status_code == 409
    assert "checking-is-busy" in answer.text


def test_a_school_without_a_key_believes_no_file(
    anonymous: TestClient, left: Left, stage: Stage
) -> None:
    for key in stage.desk.keys.folder.glob("log-*.key"):
        key.unlink()
    answer = checked(anonymous, left.content)
    assert answer.status_code == 422
    assert "chưa có khóa niêm phong" in answer.text


def test_without_its_paper_no_dossier_leaves(signed_in: SignIn, left: Left, stage: Stage) -> None:
    revision = dossier_of(stage, DOSSIER).revision.sha256
    stage.desk.evidence.remove(revision)
    answer = signed_in("lan").get(f"/ho-so/{DOSSIER}/xuat")
    assert answer.status_code == 404
    assert "dossier-file-lost" in answer.text


def test_a_disposed_dossier_has_no_file(stage: Stage) -> None:
    gone = DossierDisposed(correction_id=DOSSIER, files=())
    with pytest.raises(DossierIsDisposed):
        newest_file(stage.desk, replace(dossier_of(stage, DOSSIER), disposed=gone))


def test_an_archive_that_was_renewed_after_decades_is_sound(
    anonymous: TestClient, left: Left, stage: Stage
) -> None:
    stage.clock.forward(days=365 * 28)
    found_authority(stage)
    renewed = filing.renew(stage.desk, dossier_of(stage, DOSSIER), KHOA.author)
    assert renewed.archived
    assert renewed.archived.holds_until.year > 2080
    page = told(checked(anonymous, export(stage.desk, DOSSIER).content))
    assert "ĐÚNG: hồ sơ còn nguyên và khớp với sổ." in page
    older = told(checked(anonymous, left.content))
    assert "ĐÚNG" in older
    assert "sổ của trường đã ghi thêm" in older
