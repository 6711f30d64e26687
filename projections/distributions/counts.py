"""How often each mark was given in some cells, and in which sheet the cells are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ledger.vocabulary import (
    FINAL,
    MIDTERM,
    Mark,
    MarkState,
    PersonId,
    SheetId,
    SubjectKind,
)
from projections.distributions.summary import Scores

# The column that no sheet has: the semester's average, or Đạt or Chưa đạt (ĐTBmhk).
AVERAGE: Final = "average"


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """Where a sheet stands, and who is there now."""

    sheet_id: SheetId
    school_year: str
    semester: int
    grade: int
    class_group: str
    subject: str
    kind: SubjectKind
    teachers: tuple[PersonId, ...]
    homeroom_teacher: PersonId


@dataclass(frozen=True, slots=True)
class MarkCounts:
    """How often each mark stands in the cells of pupils who are in the class; blank ones too."""

    marks: Mapping[Mark, int] = field(default_factory=dict)

    @classmethod
    def together(cls, parts: Iterable["MarkCounts"]) -> "MarkCounts":
        """The cells of all parts counted together."""
        found: Counter[Mark] = Counter()
        for part in parts:
            found.update(part.marks)
        return cls(found)

    @property
    def scores(self) -> Scores:
        """The marks that pupils' work was given, in tenths, lowest first; 0 is one of them.

        A 0 by rule, for who was absent for good, is no work of the pupil's (TT22 Điều 7).
        """
        return {
            int(mark.score * 10): count
            for mark, count in sorted(self.marks.items(), key=lambda item: item[0].score or 0)
            if mark.score is not None
        }

    @property
    def passed(self) -> int:
        return sum(count for mark, count in self.marks.items() if mark.passed)

    @property
    def not_passed(self) -> int:
        return sum(count for mark, count in self.marks.items() if mark.passed is False)

    @property
    def given(self) -> int:
        """How many cells hold a mark for a pupil's work."""
        return self.of_state(MarkState.SCORED)

    @property
    def left_out(self) -> Mapping[MarkState, int]:
        """How many cells hold no mark for a pupil's work, by what stands there instead."""
        counts = {state: self.of_state(state) for state in MarkState if state is not _COUNTED}
        return {state: count for state, count in counts.items() if count}

    def of_state(self, state: MarkState) -> int:
        return sum(count for mark, count in self.marks.items() if mark.state is state)


_COUNTED: Final = MarkState.SCORED


def book_order(column: str) -> tuple[int, str]:
    """The order of the columns in the book; the average stands behind them."""
    kinds = ("regular", MIDTERM, FINAL, AVERAGE)
    return kinds.index(column.partition("-")[0]), column
