"""Checking the proof of a line in a browser: the same verdicts as everywhere, in plain words."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE, check_accessible, check_fits
from tests.browser.stage import MATHS, PUPILS, Stage
from tests.ledger.trust.mutations import GOOD, MISPLACED, POLICY, every_case
from tests.ledger.trust.signers import log_key, witness_key
from tests.school import LAN
from tests.web.published import describe

OpenPage = Callable[..., Page]
HERE = LAN.about(MATHS)
LOG = str(log_key().verifier)
SEEN, UNSEEN = str(witness_key("phong-gd").verifier), str(witness_key("hieu-pho").verifier)
RIGHT, WRONG = "ĐÚNG: dòng này nằm trong sổ", "KHÔNG CHỨNG MINH ĐƯỢC"

# What a reason for people may be; anything else is a slip in the script, and no verdict.
VERDICTS = """async (cases) => {
  const { verify, Refused } = await import("/static/proof.js");
  const bytes = (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const verdicts = [];
  for (const one of cases) {
    try {
      await verify(...one.map(bytes));
      verdicts.push("holds");
    } catch (reason) {
      verdicts.push(reason instanceof Refused ? "refused" : `${reason}`);
    }
  }
  return verdicts;
}"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The two files of a good proof."""
    entry, proof = tmp_path / "dong-9.entry", tmp_path / "dong-9.tlog-proof"
    entry.write_bytes(GOOD.entry)
    proof.write_bytes(GOOD.proof)
    return entry, proof


def check(page: Page, *files: Path, keys: str) -> None:
    page.get_by_label("1. Bằng chứng").set_input_files(list(files))
    page.get_by_label("2. Khóa công khai mà bạn tin").fill(keys)
    page.get_by_role("button", name="Kiểm chứng").click()


def test_the_browser_believes_what_the_ledger_believes_and_nothing_else(
    open_page: OpenPage,
) -> None:
    page = open_page("lan", "/kiem-chung")
    cases = [*every_case(), MISPLACED]
    encoded = [
        [b64encode(one).decode() for one in (case.entry, case.proof, case.policy)] for case in cases
    ]
    verdicts = page.evaluate(VERDICTS, encoded)
    expected = {case.name: "holds" if case.holds else "refused" for case in cases}
    assert dict(zip(expected, verdicts, strict=True)) == expected


def test_a_mark_is_taken_home_and_checked_by_somebody_else(
    open_page: OpenPage, stage: Stage, tmp_path: Path
) -> None:
    describe(stage)
    stage.says(HERE, "enters", (PUPILS[0], "midterm", "6.5", 0))
    stage.says(HERE, "enters", (PUPILS[0], "midterm", "0.0", stage.version(1, "midterm")))
    page = open_page("lan", f"/so-diem/{MATHS}/o/{PUPILS[0]}/midterm", size=PHONE)
    check_fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bằng chứng").first.click()
    kept = tmp_path / download.value.suggested_filename
    download.value.save_as(kept)

    page.context.clear_cookies()
    sent: list[str] = []
    page.goto("/kiem-chung")
    page.on("request", lambda request: sent.append(request.url))
    check_accessible(page)
    page.get_by_role("button", name="Chép vào ô khóa").click()
    page.get_by_label("1. Bằng chứng").set_input_files(kept)
    page.get_by_role("button", name="Kiểm chứng").click()
    result = page.get_by_role("status").filter(has_text=RIGHT)
    expect(result).to_contain_text("6,5 → 0")
    expect(result).to_contain_text("so-diem/hn-0501")
    expect(result).to_contain_text("Không có ai trong những khóa bạn đưa")
    expect(result).to_contain_text("08:00:00 ngày 05/10/2026")
    check_accessible(page)
    for width, height in (PHONE, LAPTOP):
        page.set_viewport_size({"width": width, "height": height})
        check_fits(page)
    assert sent == []


def test_keys_or_a_policy_say_who_is_believed(
    open_page: OpenPage, files: tuple[Path, Path]
) -> None:
    page = open_page("lan", "/kiem-chung")
    result = page.get_by_role("status")
    for keys, expected in (
        (LOG, RIGHT),
        (f"{LOG}\n{SEEN}\n", RIGHT),
        (f"{LOG}\n{SEEN}\n{UNSEEN}", WRONG),
        (POLICY, RIGHT),
        (POLICY.replace("group cua-truong 1", "group cua-truong all"), WRONG),
        (SEEN, WRONG),
        ("", WRONG),
        (LOG.replace("thcs", "thpt"), WRONG),
    ):
        check(page, *files, keys=keys)
        expect(result.filter(has_text=expected)).to_be_visible()
    check(page, *files, keys=f"{LOG}\n{SEEN}\n{UNSEEN}")
    expect(result).to_contain_text("Chưa đủ nhân chứng. Mới thấy: phong-gd.")
    page.get_by_text("Tùy chọn").click()
    page.get_by_label("Cần ít nhất mấy nhân chứng").fill("1")
    page.get_by_role("button", name="Kiểm chứng").click()
    expect(result).to_contain_text("phong-gd: 21:13:20 ngày 21/09/2026")


def test_files_that_are_no_proof_are_told_and_nothing_is_believed(
    open_page: OpenPage, files: tuple[Path, Path], tmp_path: Path
) -> None:
    entry, proof = files
    altered = tmp_path / "altered.entry"
    altered.write_bytes(GOOD.entry.replace(b"6.5", b"9.5"))
    packed = tmp_path / "packed.zip"
    with ZipFile(packed, "w", compression=8) as archive:
        archive.write(entry, entry.name)
    page = open_page("lan", "/kiem-chung", size=PHONE)
    result = page.get_by_role("status")
    for chosen, reason in (
        ([altered, proof], "dòng hoặc bằng chứng đã bị sửa"),
        ([entry], "Hãy chọn tệp nén bằng chứng"),
        ([entry, altered, proof], "Hãy chọn tệp nén bằng chứng"),
        ([packed], "Hãy giải nén rồi chọn hai tệp"),
    ):
        check(page, *chosen, keys=LOG)
        expect(result).to_contain_text(WRONG)
        expect(result).to_contain_text(reason)
    check_fits(page)
    check_accessible(page)


def test_a_browser_that_cannot_check_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page("lan", "/kiem-chung", script=False)
    expect(page.get_by_text("tools/verify_proof.py")).to_be_visible()
    page = open_page("lan", "/dang-nhap")
    page.add_init_script("delete SubtleCrypto.prototype.generateKey")
    page.goto("/kiem-chung")
    expect(page.get_by_text("Trình duyệt này chưa kiểm chứng được")).to_be_visible()
    expect(page.get_by_role("button", name="Kiểm chứng")).to_be_hidden()
