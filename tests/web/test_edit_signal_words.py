"""What is said of signals about changed marks."""

import re
from decimal import Decimal
from uuid import UUID

import pytest

from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import PersonId, sheet_id_of
from web.wording.edit_signal_words import EXPLANATIONS, SENTENCES, TITLES
from web.wording.signal_telling import Told, place_name, shown_number, shown_percent

SOMEBODY = PersonId(UUID(int=1))
SHEET = Place(
    semester=1,
    grade=6,
    class_group="6A1",
    subject="toan",
    sheet=sheet_id_of("2026-2027", 1, "6A1", "toan"),
)
PERSON = Place(person=SOMEBODY, semester=1)
THEIRS = SHEET.model_copy(update={"person": SOMEBODY, "column": "midterm", "window": 7})
WAYS = {"up": "30", "down": "11", "mean-change": "0.84"}
SORT = {"found": "9", "edits": "12", "rate": "0.75", "entries-rate": "0", "school-rate": "0.021"}
AGAIN = {"edits": "4", "days": "3", "people": "2", "returns": "1", "school-rate": "0.02"}
OFTEN = {"edits": "41", "entries": "230", "rate": "0.178", "school-rate": "0.021", **WAYS}
K = SignalKind
# The kind, where, its figures as a finding keeps them, and what must be read in the sentence.
SAID = (
    (
        K.CHANGED_OFTEN,
        PERSON,
        OFTEN,
        "Nguyễn Văn An đã sửa 41 lần điểm đã nhập trong học kì I (17,8%",
    ),
    (K.CHANGED_OFTEN, SHEET, OFTEN, "Bảng điểm Toán, lớp 6A1, học kì I có 41 lần sửa"),
    (K.MARK_CHANGED_AGAIN, THEIRS, AGAIN | {"before": "6.5", "after": "8"}, "từ 6,5 thành 8,0"),
    (K.MARK_CHANGED_AGAIN, THEIRS, AGAIN, "4 lần trong 3 ngày, 1 lần trở lại"),
    (
        K.MARK_CHANGED_AGAIN,
        SHEET,
        {"marks": "6", "edited": "9", "most": "4", "school-rate": "0.02"},
        "6 trong 9 điểm đã sửa",
    ),
    (K.CLEARED_AND_REENTERED, PERSON, SORT, "9 trong 12 lần sửa điểm của Nguyễn Văn An"),
    (
        K.CHANGED_IN_WINDOW,
        THEIRS,
        {"edits": "20", "marks": "40", "rate": "0.5", "columns": "1", "usual": "1.2", **WAYS},
        "sửa 20 trong 40 điểm (50%) của bảng điểm Toán, lớp 6A1, học kì I, ĐĐGgk",
    ),
    (
        K.CHANGED_IN_WINDOW,
        Place(person=SOMEBODY, window=7),
        {"edits": "20", "marks": "90", "rate": "0.2222", "columns": "3", "usual": "1.2", **WAYS},
        "của 3 cột điểm",
    ),
    (K.CHANGED_BEFORE_DEADLINE, SHEET, SORT, "24 giờ cuối trước hạn"),
    (K.CHANGED_AT_ODD_HOURS, PERSON, SORT, "từ 22 giờ đến 5 giờ sáng (75%"),
    (K.CHANGED_BY_ANOTHER, THEIRS, {"edits": "12", "of-edits": "13", **WAYS}, "không dạy lớp này"),
    (
        K.ONE_DIRECTION,
        SHEET,
        {"up": "20", "down": "0", "rate": "1", "school-rate": "0.65", "mean-change": "0.84"},
        "20 điểm được sửa tăng ở bảng điểm Toán, lớp 6A1, học kì I, không điểm nào",
    ),
    (
        K.ONE_DIRECTION,
        PERSON,
        {"up": "1", "down": "20", "rate": "0.95", "school-rate": "0.35", "mean-change": "-0.84"},
        "chỉ 1 điểm theo chiều ngược lại, trung bình giảm 0,8 điểm",
    ),
    (
        K.CROSSES_THRESHOLDS,
        SHEET,
        {"up": "16", "crossed": "15", "just": "14", "expected": "5.3", "expected-just": "1.1"},
        "15 trong 16 điểm được sửa tăng ở bảng điểm",
    ),
    (
        K.LIFTS_RESULTS,
        PERSON,
        {"averages": "12", "lifted": "10", "expected": "1.4", "levels": "3"},
        "3 học sinh nhờ đó có kết quả học tập ở mức cao hơn.",
    ),
    (
        K.CORRECTION_ASKED_AGAIN,
        THEIRS,
        {"again": "4", "refusals": "5", "marks": "1"},
        "đề nghị lại 4",
    ),
    (
        K.ATTEMPTS_REFUSED,
        Place(person=SOMEBODY),
        {"attempts": "22", "occasions": "20", "usual": "0.5"},
        "22 lần thử bị từ chối vào 20 dịp",
    ),
)


@pytest.mark.parametrize(("kind", "place", "figures", "read"), SAID)
def test_a_sentence_says_its_figures(
    kind: SignalKind, place: Place, figures: dict[str, str | float], read: str
) -> None:
    person = "Nguyễn Văn An" if place.person else ""
    said = SENTENCES[kind](Told(figures, place, person, place_name(place)))
    assert read in said
    assert said.endswith(".")
    # No decimal point, no gap, nothing that was not filled in.
    assert not re.search(r"\d\.\d(?!\d\d)|  |\{|None|,,", said)


def test_every_edit_kind_has_its_words() -> None:
    kinds = {kind for kind, *_ in SAID}
    assert set(TITLES) == set(SENTENCES) == set(EXPLANATIONS) == kinds
    assert all(2 <= len(reasons) <= 4 for reasons in EXPLANATIONS.values())


@pytest.mark.parametrize(
    ("number", "shown"),
    [("7.85", "7,9"), ("8", "8"), ("0", "0"), ("-0.04", "0"), ("-0.25", "-0,3"), ("100", "100")],
)
def test_a_number_is_read_with_a_comma(number: str, shown: str) -> None:
    assert shown_number(Decimal(number)) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0", "0%"), ("0.0004", "dưới 0,1%"), ("0.0005", "0,1%"), ("0.1815", "18,2%"), ("1", "100%")],
)
def test_a_share_is_read_in_percent(share: str, shown: str) -> None:
    assert shown_percent(Decimal(share)) == shown


def test_a_count_is_read_with_a_point_between_thousands() -> None:
    assert Told({"edits": 12480.0}, Place()).count("edits") == "12.480"


def test_a_mark_keeps_its_decimal() -> None:
    assert Told({"after": "8"}, Place()).mark("after") == "8,0"


def test_a_place_of_the_whole_school_has_no_name() -> None:
    assert place_name(Place(person=SOMEBODY)) == ""
    assert place_name(Place(grade=7, subject="toan")) == "Toán, khối 7"
