"""What people read about marks that stand off: a title, a sentence with its figures, reasons."""

import pytest

from ledger.signals.finding import Place, SignalKind
from ledger.vocabulary import sheet_id_of
from web.wording.distribution_signal_words import EXPLANATIONS, SENTENCES, TITLES
from web.wording.signal_telling import Told, place_name

KINDS = tuple(SignalKind)[tuple(SignalKind).index(SignalKind.MARKS_HIGH) :]


def told(column: str | None = None, **figures: float) -> Told:
    place = Place(semester=1, grade=6, class_group="6A1", subject="toan", column=column)
    return Told(
        figures={name: str(value) for name, value in figures.items()},
        place=place,
        where=place_name(place),
    )


def test_every_kind_has_its_words() -> None:
    assert {*TITLES} == {*SENTENCES} == {*EXPLANATIONS} == {*KINDS}
    assert all(2 <= len(reasons) <= 4 for reasons in EXPLANATIONS.values())


CASES = {
    SignalKind.MARKS_HIGH: (
        told("final", mean=8.42, expected=7.21, pupils=40),
        (
            "Điểm trung bình của Toán, lớp 6A1, học kì I, ĐĐGck là 8,4 (40 học sinh), cao hơn "
            "1,2 điểm so với mức 7,2 dự kiến theo mặt bằng của khối và kết quả của chính lớp ở "
            "các môn và các cột khác."
        ),
    ),
    SignalKind.MARKS_LOW: (
        told(mean=5.0, expected=6.5, pupils=38),
        (
            "Điểm trung bình của Toán, lớp 6A1, học kì I là 5,0 (38 học sinh), thấp hơn 1,5 "
            "điểm so với mức 6,5 dự kiến theo mặt bằng của khối và kết quả của chính lớp ở các "
            "môn và các cột khác."
        ),
    ),
    SignalKind.UPPER_TAIL: (
        told("midterm", found=6, expected=0.78, pupils=39),
        (
            "6 trong 39 học sinh ở Toán, lớp 6A1, học kì I, ĐĐGgk có điểm cao vượt hẳn kết quả "
            "của chính các em ở môn khác và cột khác; ở một lớp như các lớp khác chỉ có khoảng "
            "0,8 học sinh như vậy."
        ),
    ),
    SignalKind.SPREAD_COLLAPSED: (
        told("final", spread=0.31, expected=1.2, mean=7.94, pupils=40),
        (
            "Điểm của Toán, lớp 6A1, học kì I, ĐĐGck chênh nhau rất ít: độ lệch chuẩn 0,3 "
            "điểm, trong khi dự kiến 1,2 (điểm trung bình 7,9, 40 học sinh)."
        ),
    ),
    SignalKind.BUNCHED_ABOVE_THRESHOLD: (
        told(threshold=5.0, averages=0, above=30, below=1, expected=17.4),
        (
            "Ở Toán, lớp 6A1, học kì I, 30 điểm từ 5,0 đến dưới 6,0 và 1 điểm từ 4,0 đến dưới "
            "5,0; theo phân bố của lớp và thói quen cho điểm trong trường, ngay trên mốc 5,0 "
            "dự kiến khoảng 17,4."
        ),
    ),
    SignalKind.COLUMNS_APART: (
        told("final", regular=9.07, periodic=6.42, gap=2.65, expected=-0.2),
        (
            "Toán, lớp 6A1, học kì I, ĐĐGck: trung bình 6,4, điểm thường xuyên trung bình 9,1. "
            "Điểm thường xuyên cao hơn 2,7 điểm, trong khi mức chênh dự kiến theo các lớp cùng "
            "khối là thấp hơn 0,2 điểm."
        ),
    ),
    SignalKind.APART_FROM_EARLIER_TERM: (
        told(mean=8.3, earlier=7.1, moved=1.1),
        (
            "Điểm trung bình của Toán, lớp 6A1, học kì I là 8,3, học kì trước là 7,1: cao hơn "
            "1,1 điểm so với mức thay đổi của các lớp cùng khối và của chính lớp ở các môn "
            "khác."
        ),
    ),
}


@pytest.mark.parametrize("kind", CASES, ids=str)
def test_a_sentence_says_its_figures(kind: SignalKind) -> None:
    signal, sentence = CASES[kind]
    assert SENTENCES[kind](signal) == sentence


def test_a_copy_says_of_what_it_is_one() -> None:
    figures = {"equal": 38.0, "pupils": 40.0, "expected": 5.7, "constant": 0.0}
    place = Place(
        semester=1, class_group="6A1", subject="toan", column="regular-2", other_column="regular-1"
    )
    same = SENTENCES[SignalKind.COLUMN_COPIED](
        Told(figures=figures, place=place, where=place_name(place))
    )
    assert same.startswith("38 trong 40 học sinh ở Toán, lớp 6A1, học kì I, ")
    assert "có điểm giống hệt điểm ở" in same
    other = place.model_copy(update={"other_sheet": sheet_id_of("2025-2026", 1, "6A2", "toan")})
    moved = SENTENCES[SignalKind.COLUMN_COPIED](
        Told(figures=figures | {"constant": -0.5}, place=other, where=place_name(other))
    )
    assert "chênh đúng 0,5 điểm so với" in moved
    assert "của một lớp khác, theo thứ tự trong danh sách" in moved
