"""How the marks of a column are tallied against a target."""

from ledger.sheet.state import replay
from ledger.supervision.facts import MinimumShare
from ledger.vocabulary import Mark, PupilId, SubjectKind
from tests.scenario import lines_of
from tests.school import AN, BAO, CHI, DIEP, OPENED, OPENED_FOR_COMMENTS, entered
from web.progress.scores import ShareReached, Tally

FROM_5 = MinimumShare(at_least=Mark.of("5.0"), percent=50)


def tally(*marks: tuple[PupilId, str], kind: SubjectKind = SubjectKind.SCORED) -> Tally:
    opened = OPENED if kind is SubjectKind.SCORED else OPENED_FOR_COMMENTS
    facts = [entered(pupil, "midterm", text) for pupil, text in marks]
    return Tally.of(replay(lines_of([opened, *facts])), "midterm")


def test_each_score_falls_into_its_band() -> None:
    found = tally((AN, "1.9"), (BAO, "5.0"), (CHI, "10.0"))
    assert found.bands == (1, 0, 0, 1, 0, 1)
    assert found.total == 3
    assert found.reaching(FROM_5) == 2


def test_a_zero_by_rule_counts_as_nought_and_what_is_exempt_or_awaited_counts_nothing() -> None:
    found = tally((AN, "zero-by-rule"), (BAO, "exempt"), (CHI, "awaiting-make-up"))
    assert (found.total, found.bands) == (1, (1, 0, 0, 0, 0, 0))


def test_who_is_not_in_the_class_counts_nothing() -> None:
    assert tally((DIEP, "9.0")).total == 0


def test_a_subject_with_comments_counts_passed_and_absent_is_not_passed() -> None:
    found = tally((AN, "passed"), (BAO, "zero-by-rule"), kind=SubjectKind.COMMENT)
    share = MinimumShare(at_least=Mark.of("passed"), percent=60)
    assert (found.reaching(share), found.total, found.bands) == (1, 2, (0,) * 6)


def test_two_tallies_together_are_one() -> None:
    both = tally((AN, "5.0")) + tally((AN, "5.0"), (BAO, "2.0"))
    assert (both.total, both.bands) == (3, (0, 1, 0, 2, 0, 0))


def test_a_share_is_missed_only_below_it_and_never_of_nothing() -> None:
    assert [ShareReached(FROM_5, part, 4).missed for part in (1, 2, 3)] == [True, False, False]
    assert not ShareReached(FROM_5, 0, 0).missed


def test_a_third_is_below_thirty_four_percent() -> None:
    share = MinimumShare(at_least=Mark.of("5.0"), percent=34)
    assert ShareReached(share, 1, 3).missed
