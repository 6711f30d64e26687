"""TT22: promotion, re-assessment in summer and the titles of a year."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from ledger.circulars.outcomes import Outcome, Promotion, Shortfall
from ledger.circulars.tt22 import Award, award, promotion, reassessable
from tests.ledger.circulars.pupils import COMMENT, SCORED, comment, scored

D = Decimal


@pytest.mark.parametrize("conduct", ["Tốt", "Khá", "Đạt"])
@pytest.mark.parametrize("study", ["Tốt", "Khá", "Đạt"])
@pytest.mark.parametrize("days_absent", [0, 45])
def test_who_passes_in_conduct_study_and_attendance_goes_up(
    conduct: str, study: str, days_absent: int
) -> None:
    assert promotion(conduct, study, days_absent=days_absent) == Promotion(Outcome.PROMOTED)


@pytest.mark.parametrize(
    ("conduct", "study", "days_absent", "reasons"),
    [
        ("Tốt", "Tốt", 46, ["too-many-days-absent"]),
        ("Chưa đạt", "Tốt", 46, ["conduct-not-passed", "too-many-days-absent"]),
        ("Tốt", "Chưa đạt", 46, ["study-not-passed", "too-many-days-absent"]),
        # The Ministry's public answer: with both Chưa đạt the grade is repeated.
        ("Chưa đạt", "Chưa đạt", 0, ["conduct-not-passed", "study-not-passed"]),
    ],
)
def test_some_shortfalls_no_summer_can_mend(
    conduct: str, study: str, days_absent: int, reasons: Sequence[str]
) -> None:
    for after in (None, "Tốt"):
        found = promotion(
            conduct,
            study,
            days_absent=days_absent,
            conduct_after_summer=after,
            study_after_summer=after,
        )
        assert found is not None
        assert (found.outcome, [*found.reasons]) == (Outcome.NOT_PROMOTED, reasons)


@pytest.mark.parametrize(
    ("after", "outcome", "reasons"),
    [
        (None, "conduct-training-in-summer", ["conduct-not-passed"]),
        ("Đạt", "promoted-after-summer", ["conduct-not-passed"]),
        (
            "Chưa đạt",
            "not-promoted",
            ["conduct-not-passed", "conduct-not-passed-after-summer"],
        ),
    ],
)
def test_conduct_alone_is_mended_by_training(
    after: str | None, outcome: str, reasons: Sequence[str]
) -> None:
    found = promotion("Chưa đạt", "Đạt", days_absent=3, conduct_after_summer=after)
    assert found is not None
    assert (found.outcome, [*found.reasons]) == (outcome, reasons)


@pytest.mark.parametrize(
    ("after", "left", "outcome"),
    [
        (None, ("toan",), Outcome.REASSESSMENT_IN_SUMMER),
        ("Đạt", (), Outcome.PROMOTED_AFTER_SUMMER),
        ("Đạt", ("toan",), Outcome.PROMOTED_AFTER_SUMMER),
        ("Chưa đạt", ("toan",), Outcome.REASSESSMENT_IN_SUMMER),
        ("Chưa đạt", (), Outcome.NOT_PROMOTED),
    ],
)
def test_study_alone_is_mended_by_re_assessment(
    after: str | None, left: tuple[str, ...], outcome: Outcome
) -> None:
    found = promotion("Đạt", "Chưa đạt", days_absent=0, study_after_summer=after, to_reassess=left)
    assert found is not None
    assert found.outcome is outcome
    assert found.reasons[0] is Shortfall.STUDY
    assert found.subjects == (left if outcome is Outcome.REASSESSMENT_IN_SUMMER else ())


def test_nothing_is_decided_without_a_level_of_the_year() -> None:
    assert promotion(None, "Tốt", days_absent=0) is None
    assert promotion("Tốt", None, days_absent=0) is None


def test_subjects_under_five_or_not_passed_are_assessed_again() -> None:
    averages = scored("5*5.0 4.9 3.4 0.0")
    assert reassessable(averages, comment(not_passed=1), conduct="Đạt") == (
        *SCORED[5:],
        COMMENT[0],
    )


@pytest.mark.parametrize(
    ("averages", "conduct"),
    [
        ("6*8.0 2*4.9", "Tốt"),  # Đạt: 4.9 is under 5.0 and needs no re-assessment
        ("5*5.0 3*3.0", "Chưa đạt"),
    ],
)
def test_only_who_misses_study_alone_is_assessed_again(averages: str, conduct: str) -> None:
    assert reassessable(scored(averages), comment(), conduct=conduct) == ()


def test_a_missing_result_is_not_assessed_again() -> None:
    averages = scored("5*5.0 3*3.0") | {SCORED[0]: None}
    assert reassessable(averages, comment(), conduct="Đạt") == ()


@pytest.mark.parametrize(
    ("conduct", "study", "averages", "title"),
    [
        ("Tốt", "Tốt", "6*9.0 2*6.5", "Học sinh Xuất sắc"),
        ("Tốt", "Tốt", "5*9.0 3*8.9", "Học sinh Giỏi"),
        ("Tốt", "Tốt", "6*8.0 2*6.5", "Học sinh Giỏi"),
        ("Khá", "Tốt", "8*10.0", None),
        ("Tốt", "Khá", "7*9.0 4.9", None),  # lifted to Khá by Điều 9.3, no further
        ("Tốt", None, "8*9.0", None),
        (None, "Tốt", "8*9.0", None),
    ],
)
def test_the_titles_of_a_year(
    conduct: str | None, study: str | None, averages: str, title: str | None
) -> None:
    found = award(conduct, study, scored(averages))
    assert (None if found is None else str(found)) == title


def test_there_are_two_titles() -> None:
    assert [*Award] == ["Học sinh Xuất sắc", "Học sinh Giỏi"]
