"""The score bands of a department's columns against its targets, over grades and by class."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ledger.sheet.state import Sheet
from ledger.supervision import bands
from ledger.supervision.facts import MinimumShare, ScoreTargetSet
from ledger.supervision.state import Supervision
from ledger.vocabulary import MARKS, Mark, MarkState, SheetId, SubjectKind
from projections.progress import ColumnProgress

_LOWEST: Final = MARKS["0.0"]
_NOT_PASSED: Final = MARKS["not-passed"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each mark was given in a column; what is exempt or still to come is left out."""

    marks: Mapping[Mark, int] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, column: str) -> "Tally":
        """The marks of the pupils who are in the class."""
        marks = (sheet.cell((pupil, column)).mark for pupil in sheet.pupils)
        return cls(Counter(_counted(mark, sheet.kind) for mark in marks if _counts(mark)))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(Counter(self.marks) + Counter(other.marks))

    @property
    def total(self) -> int:
        return sum(self.marks.values())

    @property
    def bands(self) -> tuple[int, ...]:
        """How many marks fall into each score band, lowest first."""
        found = [0] * (len(bands.BOUNDS) + 1)
        for mark, count in self.marks.items():
            if mark.score is not None:
                found[bands.band_of(mark.score)] += count
        return tuple(found)

    def reaching(self, share: MinimumShare) -> int:
        """How many marks are as good as the share begins at, or better."""
        return sum(count for mark, count in self.marks.items() if bands.reaches(mark, share))


def _counts(mark: Mark) -> bool:
    return mark.state in {MarkState.SCORED, MarkState.ZERO_BY_RULE}


def _counted(mark: Mark, kind: SubjectKind) -> Mark:
    """Who was absent without a make-up test has 0, or "Chưa đạt" (TT22/2021 Điều 7)."""
    if mark.state is not MarkState.ZERO_BY_RULE:
        return mark
    return _LOWEST if kind is SubjectKind.SCORED else _NOT_PASSED


@dataclass(frozen=True, slots=True)
class ShareReached:
    """A share that was aimed at, and how many of how many marks reach it."""

    share: MinimumShare
    part: int
    total: int

    @property
    def missed(self) -> bool:
        """Whether marks are there, and too few of them are good enough."""
        return self.part * 100 < self.share.percent * self.total


@dataclass(frozen=True, slots=True)
class ColumnScores:
    """The marks of a column in one class, or in all classes of a grade (`one` is None then)."""

    grade: int
    subject: str
    column: str
    kind: SubjectKind
    tally: Tally
    reached: tuple[ShareReached, ...]
    target: ScoreTargetSet | None
    one: ColumnProgress | None = None

    @property
    def missed(self) -> bool:
        return any(share.missed for share in self.reached)


_FIVE: Final = MinimumShare(at_least=MARKS["5.0"], percent=0)
_PASSED: Final = MinimumShare(at_least=bands.PASSED, percent=0)


def by_grade(
    columns: Iterable[ColumnProgress],
    sheets: Mapping[SheetId, Sheet],
    supervision: Supervision,
) -> list[ColumnScores]:
    """The columns of each grade and subject counted together, those without any mark left out."""
    tallies: dict[tuple[int, str, str], Tally] = {}
    kinds: dict[tuple[int, str, str], SubjectKind] = {}
    for one in columns:
        key = (one.grade, one.subject, one.column)
        tallies[key] = tallies.get(key, Tally()) + Tally.of(sheets[one.sheet_id], one.column)
        kinds[key] = one.kind
    return [
        _scores(key, kinds[key], tally, supervision)
        for key, tally in tallies.items()
        if tally.total
    ]


def by_class(
    columns: Iterable[ColumnProgress],
    sheets: Mapping[SheetId, Sheet],
    supervision: Supervision,
) -> list[ColumnScores]:
    """Each column by itself."""
    return [
        _scores(
            (one.grade, one.subject, one.column),
            one.kind,
            Tally.of(sheets[one.sheet_id], one.column),
            supervision,
            one,
        )
        for one in columns
    ]


def _scores(
    key: tuple[int, str, str],
    kind: SubjectKind,
    tally: Tally,
    supervision: Supervision,
    one: ColumnProgress | None = None,
) -> ColumnScores:
    target = supervision.target(*key)
    usual = _PASSED if kind is SubjectKind.COMMENT else _FIVE
    shares = target.shares if target else (usual,)
    reached = tuple(ShareReached(share, tally.reaching(share), tally.total) for share in shares)
    return ColumnScores(*key, kind, tally, reached, target, one)
