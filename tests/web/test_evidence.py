"""Evidence: what is taken in, what is made of it, and who may look at it."""

from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ledger.sheet.grounds import EvidenceKind
from ledger.store.evidence import EvidenceMissing, EvidenceStore
from tests.browser.stage import PUPILS, Stage
from tests.school import FIX, HOA, LAN
from tests.web.conftest import SignIn
from tests.web.files import huge_picture, locked_pdf, pdf, picture
from web.corrections.evidence import (
    LARGEST,
    MOST,
    Upload,
    check_together,
    fit_content,
    media_type_of,
    take_in,
)
from web.corrections.unsent import TooManyUnsent, UnsentFiles
from web.refusals import EvidenceUnfit
from web.wording import refusal_sentence


@pytest.fixture
def store(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def upload(content: bytes, name: str = "bài.png") -> Upload:
    return Upload(EvidenceKind.TEST_PAPER, name, content)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(picture(), "image/png"), (picture("JPEG"), "image/jpeg"), (pdf(), "application/pdf")],
    ids=["png", "jpeg", "pdf"],
)
def test_a_fit_file_is_kept_under_the_hash_that_the_fact_names(
    store: EvidenceStore, content: bytes, media_type: str
) -> None:
    (evidence,) = take_in([upload(content)], store)
    kept = store.read(evidence.sha256)
    assert evidence.media_type == media_type
    assert evidence.size == len(kept)
    assert evidence.sha256 == sha256(kept).hexdigest()


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_what_a_picture_tells_of_its_taker_is_left_out(store: EvidenceStore, form: str) -> None:
    content = picture(form, secret="21.0278, 105.8342")
    assert b"105.8342" in content
    (evidence,) = take_in([upload(content)], store)
    kept = store.read(evidence.sha256)
    assert b"105.8342" not in kept
    with Image.open(BytesIO(kept)) as image:
        assert image.size == (40, 30)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"GIF89a" + bytes(50), "other-type"),
        (b"<svg onload='alert(1)'>", "other-type"),
        (b"MZ" + bytes(50), "other-type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "broken"),
        (picture()[:60], "broken"),
        (b"\xff\xd8\xff" + bytes(50), "broken"),
        (huge_picture(), "too-large-picture"),
        (b"%PDF-1.7\n" + bytes(50), "broken"),
        (pdf()[:200], "broken"),
        (pdf(script=True), "active"),
        (pdf(launch=True), "active"),
        (pdf(attachment=True), "active"),
        (locked_pdf(), "encrypted"),
        (picture() + bytes(LARGEST), "too-big"),
    ],
)
def test_an_unfit_file_is_named_and_nothing_is_kept(
    store: EvidenceStore, tmp_path: Path, content: bytes, why: str
) -> None:
    with pytest.raises(EvidenceUnfit) as refused:
        take_in([upload(picture()), upload(content, "x.bin")], store)
    assert refused.value.details == {"why": why, "name": "x.bin"}
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    ("sizes", "why"),
    [([1] * (MOST + 1), "too-many"), ([LARGEST] * 5, "too-much")],
    ids=["too-many", "too-much"],
)
def test_a_request_has_only_so_many_files(sizes: list[int], why: str) -> None:
    with pytest.raises(EvidenceUnfit) as refused:
        check_together(sizes)
    assert refused.value.details["why"] == why
    check_together([1] * MOST)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_a_photo_that_only_phones_open_is_told_what_to_do(brand: bytes) -> None:
    with pytest.raises(EvidenceUnfit) as refused:
        fit_content(upload(b"\x00\x00\x00\x24ftyp" + brand + bytes(40), "IMG_1.HEIC"))
    assert "HEIC" in refusal_sentence(refused.value, names=None)  # type: ignore[arg-type]


def test_a_large_photo_is_kept_upright_and_as_large_as_an_archive_needs() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # Taken with the phone upright: to be turned by a quarter.
    file = BytesIO()
    Image.new("RGB", (6000, 4000), "white").save(file, "JPEG", exif=exif)
    with Image.open(BytesIO(fit_content(upload(file.getvalue())))) as image:
        assert image.size == (1733, 2600)
        assert not image.getexif()


def test_a_photo_kept_without_loss_becomes_as_small_as_others() -> None:
    noise = Image.effect_noise((1200, 1000), 90).convert("RGB")
    file = BytesIO()
    noise.save(file, "PNG")
    kept = fit_content(upload(file.getvalue()))
    assert media_type_of(kept) == "image/jpeg"
    assert len(kept) < len(file.getvalue()) / 2


@pytest.fixture
def evidence(stage: Stage) -> str:
    """A file that a correction carries; its hash."""
    (kept,) = take_in([upload(picture())], stage.desk.evidence)
    stage.says(LAN, "enters", (PUPILS[0], "midterm", "4.5", 0))
    stage.says(LAN, "closes", "midterm", leaving_blanks=True)
    version = stage.version(1, "midterm")
    stage.says(LAN, "requests", (PUPILS[0], "midterm", "6.5", version), evidence=(kept,))
    assert stage.desk.corrections.find(FIX)
    return kept.sha256


@pytest.mark.parametrize("who", ["lan", "hoa", "khoa", "duc", "ngoc"])
def test_who_has_a_part_in_the_correction_sees_its_file(
    evidence: str, signed_in: SignIn, who: str
) -> None:
    answer = signed_in(who).get(f"/minh-chung/{evidence}")
    assert answer.status_code == 200
    assert sha256(answer.content).hexdigest() == evidence
    assert answer.headers["content-type"] == "image/png"


@pytest.mark.parametrize("who", ["vinh", "quyen", "mai"])
def test_others_do_not_learn_that_the_file_exists(
    evidence: str, signed_in: SignIn, who: str
) -> None:
    client = signed_in(who)
    there, nowhere = client.get(f"/minh-chung/{evidence}"), client.get(f"/minh-chung/{'0' * 64}")
    assert there.status_code == nowhere.status_code == 404
    assert there.text == nowhere.text


def test_a_file_is_shown_in_a_sandbox_of_its_own(evidence: str, signed_in: SignIn) -> None:
    headers = signed_in("lan").get(f"/minh-chung/{evidence}").headers
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"].startswith("inline; filename=")
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["..%2F..%2Fledger.db", "x", "A" * 64])
def test_an_address_names_no_other_file(signed_in: SignIn, name: str) -> None:
    assert signed_in("ngoc").get(f"/minh-chung/{name}").status_code == 404


def test_one_person_puts_by_only_so_many_files_a_day(tmp_path: Path) -> None:
    unsent, today = UnsentFiles(tmp_path), date(2026, 10, 5)
    folder = tmp_path / today.isoformat() / LAN.person.hex
    for number in range(200):
        place = folder / "00" / f"{number:064x}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    with pytest.raises(TooManyUnsent):
        unsent.keep(LAN.person, b"one more", today=today)
    assert unsent.keep(HOA.person, b"of somebody else", today=today)
    assert unsent.keep(LAN.person, b"tomorrow", today=today + timedelta(days=1))


@pytest.mark.parametrize("name", ["..", "../../ledger.db", "x", "A" * 64, ""])
def test_the_name_of_an_unsent_file_names_no_other(tmp_path: Path, name: str) -> None:
    (tmp_path / "ledger.db").touch()
    with pytest.raises(EvidenceMissing):
        UnsentFiles(tmp_path).read(LAN.person, name, today=date(2026, 10, 5))
