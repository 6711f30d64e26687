"""What a cell of scores says."""

from math import isnan

import pytest

from web.screening.scores import judged
from web.screening.words import Role, role_of


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("0", 0),
        ("-0.0", 0),
        ("7,5", 7.5),
        ("7.25", 7.25),
        (" 8 ", 8),
        ("\u00a010", 10),
        ("08", 8),
        ("7.10", 7.1),
    ],
)
def test_a_number_is_a_score_and_so_is_0(text: str, score: float) -> None:
    assert judged(text) == score


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", "–", "...", "-1", "-1.0", "-1,00", "v", "V", "vắng", "Vắng thi", "x"),
        *("NA", "N/A", "null", "NaN", "miễn", "MIỄN"),
    ],
)
def test_what_was_not_taken_is_none(text: str) -> None:
    score = judged(text)
    assert score is not None
    assert isnan(score)


@pytest.mark.parametrize(
    "text", ["abc", "8..5", "-2", "7,5,5", "1e3", "10/10", "=1+1", "٣", "7 5", "inf", "0x1", "８"]
)
def test_what_nobody_can_read_is_neither(text: str) -> None:
    assert judged(text) is None


@pytest.mark.parametrize(
    ("header", "role"),
    [
        *(("Lớp", Role.GROUP), ("TEN_TRUONG", Role.GROUP), ("ma tinh", Role.GROUP)),
        *(("SỐ BÁO DANH", Role.CODE), ("student_id", Role.CODE), ("Họ và tên", Role.NAME)),
        *(("Điểm", Role.SCORE), ("Môn học", Role.SUBJECT), ("Điểm Toán", Role.KNOWN_SUBJECT)),
        *(("vat_li", Role.KNOWN_SUBJECT), ("Địa", Role.KNOWN_SUBJECT), ("ĐTB", Role.TOTAL)),
        *(("Điểm TB các môn", Role.TOTAL), ("ĐTBmhk1", Role.TOTAL), ("D01", Role.TOTAL)),
        *(("Tổng khối A", Role.TOTAL), ("ma_ngoai_ngu", Role.NO_SCORE), ("Khối", Role.NO_SCORE)),
        *(("Robotics", None), ("", None)),
    ],
)
def test_a_header_is_known_however_it_is_typed(header: str, role: Role | None) -> None:
    assert role_of(header) is role
