"""A biên bản as paper: the decree's to the eye, PDF/A-3b to programs, the same bytes always."""

import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from ledger.vocabulary import Mark, Role
from tests.school import FIX
from tests.web.dossiers import made_up, programs
from web.dossiers.document import Appearance, appearance, checked_at, draw
from web.dossiers.record import Approval, Consequences, Record
from web.papers.typesetting import Box
from web.wording.papers import abbreviation, official_day

A4 = (595.28, 841.89)
MILLIMETRE = 72 / 25.4
ANOTHER_PROCESS = """
import sys
from tests.web.dossiers import made_up
from web.dossiers.document import draw
sys.stdout.buffer.write(draw(made_up.record(), [made_up.DATA]).pdf)
"""


def words_of(record: Record, folder: Path) -> str:
    """The words of the biên bản, with one space between them."""
    return " ".join(programs.text_of(draw(record, []).pdf, folder).split())


def pages_of(record: Record, folder: Path) -> list[str]:
    return programs.text_of(draw(record, []).pdf, folder, "-layout").split("\f")[:-1]


def test_the_same_record_gives_the_same_bytes_in_another_process_too() -> None:
    here = draw(made_up.record(), [made_up.DATA]).pdf
    there = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS], check=True, capture_output=True
    ).stdout
    assert sha256(there).digest() == sha256(here).digest()


def test_other_programs_find_it_sound_and_archivable(tmp_path: Path) -> None:
    pdf = draw(made_up.record(), [made_up.DATA]).pdf
    programs.check(pdf, tmp_path)
    fonts = programs.fonts_of(pdf, tmp_path)
    assert {row[0].partition("+")[2].partition("-")[0] for row in fonts} == {"Tinos"}
    assert all(row[4] == "yes" for row in fonts)  # embedded
    metadata = PdfReader(BytesIO(pdf)).xmp_metadata
    assert metadata is not None
    assert (metadata.pdfaid_part, metadata.pdfaid_conformance) == ("3", "B")


def test_what_lies_inside_comes_out_byte_for_byte(tmp_path: Path) -> None:
    files = [
        made_up.DATA,
        made_up.attached(1, bytes(range(256)) * 40),
        made_up.attached(2, b"\x00"),
    ]
    pdf = draw(made_up.record(), files).pdf
    inside = programs.attachments_of(pdf, tmp_path)
    assert inside == {file.name: file.content for file in files}
    assert pdf.count(b"/AFRelationship") == 3


def test_it_says_what_happened(tmp_path: Path) -> None:
    words = words_of(made_up.record(), tmp_path)
    assert unicodedata.is_normalized("NFC", words)
    for said in (
        "UBND PHƯỜNG AN BIÊN",
        "TRƯỜNG THCS HOA PHƯỢNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/BB-THCSHP",
        "An Biên, ngày 05 tháng 10 năm 2026",
        "Thông tư số 22/2021/TT-BGDĐT",
        "Chấm sót câu 4 của bài kiểm tra giữa kì.",
        "Người phát hiện: cha mẹ học sinh.",
        "Có điểm kiểm tra, đánh giá cuối kì.",
        "1. Trần Thị Ngọc Lan (giáo viên bộ môn) đề nghị sửa chữa (đề nghị số ĐN-0042)",
        "4. Trần Thị Ngọc Lan (giáo viên bộ môn) trả lời: “Đã bổ sung ảnh chụp.”",
        "xác nhận bằng mật khẩu và mã xác thực một lần",
        "9c" * 32,
        "khóa lại ngay lúc 09:47 ngày 05/10/2026",
        "Kết quả môn Toán, học kì I",
        "Học bạ in ngày 12/10/2026 mang điểm cũ.",
        "VII. SỔ GIẤY PHẢI SỬA",
        "Hồ sơ được lưu giữ đến khi học sinh ra trường.",
        "Ủy ban nhân dân phường An Biên (Phòng Văn hóa - Xã hội);",
    ):
        assert said in words


def test_every_page_says_what_it_was_made_from(tmp_path: Path) -> None:
    pages = pages_of(made_up.record(45), tmp_path)
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "Biên bản số 07/BB-THCSHP, lập lúc 10:19 ngày 05/10/2026." in page
        assert f"Trang {number} / {len(pages)}." in page
        assert "tới dòng 1.240" in page
        assert made_up.ROOT in page
        above = page.split("\n", 1)[0].strip()
        assert (above == str(number)) == (number > 1)


def test_a_long_table_begins_anew_on_each_page_and_loses_nobody(tmp_path: Path) -> None:
    record = made_up.record(45)
    pages = pages_of(record, tmp_path)
    with_lines = [page for page in pages if "2100" in page]
    assert len(with_lines) > 1
    assert all("Mã HS" in page for page in with_lines)
    assert all(one.code in "".join(with_lines) for one in record.lines)


def test_what_looks_like_markup_is_printed_as_it_was_typed(tmp_path: Path) -> None:
    name, reason = "#evil[0] $x$ *đậm* @nhãn", '#read("/etc/passwd") = Tiêu đề \\u{41} // hết'
    record = made_up.record(reason=reason, lines=(made_up.corrected(1, name),))
    words = words_of(record, tmp_path)
    assert reason in words
    assert all(word in words for word in name.split())


def test_letters_that_no_font_has_become_squares_and_tones_go_to_their_letters(
    tmp_path: Path,
) -> None:
    apart = unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh đã hỏi")
    words = words_of(made_up.record(reason=f"{apart} \N{PARTY POPPER}"), tmp_path)
    assert "Lí do: Đặng Thị Ngọc Ánh đã hỏi \N{WHITE SQUARE}." in words


def test_every_vietnamese_letter_is_there(tmp_path: Path) -> None:
    plain = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = [unicodedata.normalize("NFC", f"{one}{tone}") for one in plain for tone in tones]
    reason = " ".join([*letters, "đ", "Đ"])
    # Where single letters stand apart, other programs guess which gaps are spaces.
    words = words_of(made_up.record(reason=reason), tmp_path).replace(" ", "")
    assert reason.replace(" ", "") in words


def test_a_word_without_an_end_does_not_leave_the_page(tmp_path: Path) -> None:
    endless = "W" * 300
    name = made_up.corrected(1, endless[:80])
    pdf = draw(made_up.record(reason=endless, lines=(name,)), []).pdf
    inside = Box(0, 30 * MILLIMETRE, 0, A4[0] - 15 * MILLIMETRE, A4[1])
    pages = PdfReader(BytesIO(pdf)).pages
    seen = [_cut(pdf, inside._replace(page=page), tmp_path) for page in range(len(pages))]
    assert "".join(seen).count("W") == 380


@pytest.mark.parametrize(
    "signatures",
    [
        (made_up.PRINCIPAL,),
        (made_up.TEACHER, made_up.ADMINISTRATOR, made_up.PRINCIPAL),
        (made_up.TEACHER, made_up.HOMEROOM, made_up.ADMINISTRATOR, made_up.PRINCIPAL),
    ],
    ids=len,
)
@pytest.mark.parametrize("lines", [1, 17, 45])
def test_places_to_sign_are_on_one_page_inside_the_margins_and_apart(
    signatures: tuple[Any, ...], lines: int
) -> None:
    drawn = draw(made_up.record(lines, signatures=signatures), [])
    assert list(drawn.boxes) == [each.role for each in signatures]
    boxes = drawn.boxes.values()
    assert {box.page for box in boxes} == {len(PdfReader(BytesIO(drawn.pdf)).pages) - 1}
    for box in boxes:
        assert box.left >= 30 * MILLIMETRE - 1
        assert box.right <= A4[0] - 15 * MILLIMETRE
        assert 20 * MILLIMETRE <= box.bottom < box.top <= A4[1] - 20 * MILLIMETRE
    assert not any(_overlap(*pair) for pair in combinations(boxes, 2))


def _overlap(one: Box, other: Box) -> bool:
    beside = one.right <= other.left or other.right <= one.left
    above = one.bottom >= other.top or other.bottom >= one.top
    return not (beside or above)


def test_a_place_to_sign_is_between_the_title_and_the_name(tmp_path: Path) -> None:
    drawn = draw(made_up.record(), [])
    for signature in (made_up.TEACHER, made_up.ADMINISTRATOR, made_up.PRINCIPAL):
        box = drawn.boxes[signature.role]
        # Poppler counts from the top; a line below the place is the name, one above the hint.
        around = Box(box.page, box.left - 2, box.bottom - 22, box.right + 2, box.top + 14)
        seen = " ".join(_cut(drawn.pdf, around, tmp_path).split())
        assert seen.startswith("(Ký, ghi rõ họ tên")
        assert seen.endswith(signature.name)
        assert not _cut(drawn.pdf, box, tmp_path).strip()


def _cut(pdf: bytes, box: Box, folder: Path) -> str:
    """The words in a part of a page."""
    page = str(box.page + 1)
    place = [round(box.left), round(A4[1] - box.top), round(box.width), round(box.height)]
    named = [
        text for pair in zip("xyWH", place, strict=True) for text in (f"-{pair[0]}", str(pair[1]))
    ]
    return programs.text_of(pdf, folder, "-f", page, "-l", page, *named)


def test_a_deputy_signs_in_the_principals_place(tmp_path: Path) -> None:
    decided = made_up.step(made_up.DEPUTY, 25, instead_of="Nguyễn Thị Ngọc")
    course = replace(made_up.COURSE, approval=Approval(decided, None, None))
    record = made_up.record(signatures=(made_up.TEACHER, made_up.DEPUTY), course=course)
    words = words_of(record, tmp_path)
    assert "KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG" in words
    assert "Vũ Minh Đức (phó hiệu trưởng, thay Hiệu trưởng Nguyễn Thị Ngọc) đồng ý" in words
    assert "KT." not in words_of(made_up.record(), tmp_path)


def test_a_correction_in_time_that_changes_nothing_is_a_shorter_paper(tmp_path: Path) -> None:
    nothing = Consequences(known=True, changes=(), names={}, outdated=())
    record = made_up.record(papers=(), late_because=(), consequences=nothing, evidence=())
    words = words_of(record, tmp_path)
    assert "SỔ GIẤY PHẢI SỬA" not in words
    assert "VII. CAM KẾT" in words
    assert "Không làm thay đổi kết quả học kì" in words
    assert "Đề nghị không kèm tệp minh chứng." in words
    unknown = replace(record, consequences=replace(nothing, known=False))
    assert "không lưu trong sổ cái này" in words_of(unknown, tmp_path)


def test_an_approval_of_the_days_before_says_nothing_of_how(tmp_path: Path) -> None:
    plain = replace(made_up.COURSE.approval, statement=None, attestation=None)
    course = replace(made_up.COURSE, approval=plain)
    words = words_of(made_up.record(course=course), tmp_path)
    assert "Ý kiến phê duyệt: Nguyễn Thị Ngọc (hiệu trưởng) đồng ý" in words
    assert "xác nhận bằng" not in words
    assert "Mã băm (SHA-256) của nội dung" not in words


def test_a_zero_and_an_empty_cell_are_marks_too(tmp_path: Path) -> None:
    one = made_up.corrected(1)
    lines = tuple(
        replace(
            one, line=one.line.model_copy(update={"before": Mark.of(old), "after": Mark.of(new)})
        )
        for old, new in (("0.0", "4.5"), ("", "0.0"), ("not-passed", "passed"))
    )
    words = words_of(made_up.record(lines=lines), tmp_path)
    assert "0 4,5" in words
    assert "(trống) 0" in words
    assert "CĐ Đ" in words
    assert "Cộng: 03 điểm" in words


def test_before_the_two_tiers_there_is_no_ward_office(tmp_path: Path) -> None:
    old = made_up.SCHOOL.model_copy(update={"governing_body": "Ủy ban nhân dân quận Lê Chân"})
    record = made_up.record(school=old, made_at=datetime(2025, 1, 8, 3, 0, tzinfo=UTC))
    words = words_of(record, tmp_path)
    assert "UBND QUẬN LÊ CHÂN" in words
    assert "ngày 08 tháng 01 năm 2025" in words
    assert "Phòng Văn hóa" not in words


def test_the_code_names_the_paper_with_and_without_an_address() -> None:
    named = f"{FIX}.1240.{made_up.ROOT[:16]}"
    assert checked_at(made_up.record()).startswith("https://so-diem.example.edu.vn/kiem-chung")
    assert checked_at(made_up.record()).endswith(named)
    assert checked_at(made_up.record(address=None)) == named


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2027, 1, 9), "ngày 09 tháng 01 năm 2027"),
        (date(2027, 2, 28), "ngày 28 tháng 02 năm 2027"),
        (date(2027, 3, 1), "ngày 01 tháng 3 năm 2027"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
    ids=str,
)
def test_days_are_written_as_the_decree_wants_them(day: date, written: str) -> None:
    assert official_day(day) == written


def test_a_moment_at_night_in_utc_is_a_day_later_at_school() -> None:
    assert official_day(datetime(2026, 12, 31, 18, 0, tzinfo=UTC)) == "ngày 01 tháng 01 năm 2027"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Trường THCS Lê Chân", "THCSLC"),
        ("Trường Trung học cơ sở Đoàn Kết", "THCSĐK"),
        ("THCS Nguyễn Bỉnh Khiêm - Cơ sở 2", "THCSNBKCS2"),
        ("", ""),
    ],
)
def test_a_schools_letters(name: str, letters: str) -> None:
    assert abbreviation(name) == letters


@pytest.mark.parametrize("internal", [True, False])
def test_the_stamp_of_a_signature_fills_its_place(*, internal: bool, tmp_path: Path) -> None:
    box = Box(0, 85.04, 638.92, 230.55, 712.62)
    signature = Appearance("Trần Thị Ngọc Lan", Role.SUBJECT_TEACHER, made_up.BEGAN, box, internal)
    pdf = appearance(signature)
    (page,) = PdfReader(BytesIO(pdf)).pages
    assert float(page.mediabox.width) == pytest.approx(box.width, abs=0.1)
    assert float(page.mediabox.height) == pytest.approx(box.height, abs=0.1)
    words = " ".join(programs.text_of(pdf, tmp_path).split())
    assert "Ký bởi: Trần Thị Ngọc Lan" in words
    assert "Vai trò: Giáo viên bộ môn" in words
    assert "Thời gian: 09:14 ngày 05/10/2026" in words
    assert ("không phải chứng thư công cộng" in words) == internal
    assert pdf == appearance(signature)


def test_the_stamp_of_the_longest_name_is_still_one_page() -> None:
    box = Box(0, 0, 0, 145.5, 73.7)
    name = "Công Tằng Tôn Nữ Nguyễn Phước Hoàng Ngọc Bảo Trân Phượng Uyên"
    pdf = appearance(Appearance(name, Role.PRINCIPAL, made_up.BEGAN, box, internal=True))
    assert len(PdfReader(BytesIO(pdf)).pages) == 1
