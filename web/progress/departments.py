"""What the page of a department shows: its members' progress, scores, targets and proposals."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ledger.school.facts import DepartmentFormed
from ledger.supervision.state import Proposal, Supervision
from ledger.vocabulary import PersonId, SheetId
from projections.gradebook import SheetCard
from projections.progress import ColumnProgress, Grouping
from web.desk import Desk
from web.progress.overview import Overview
from web.progress.scores import ColumnScores, by_class, by_grade


@dataclass(frozen=True, slots=True)
class ScoresAsked:
    """The column whose classes are asked for; None of it where nobody asked."""

    grade: int | None = None
    subject: str = ""
    column: str = ""

    def is_about(self, one: ColumnProgress) -> bool:
        return (one.grade, one.subject, one.column) == (self.grade, self.subject, self.column)


NOTHING_ASKED: Final = ScoresAsked()


@dataclass(frozen=True, slots=True)
class DepartmentPage:
    """A department in one semester; `classes` are of the column that was asked for."""

    formed: DepartmentFormed
    members: Overview
    scores: tuple[ColumnScores, ...]
    classes: tuple[ColumnScores, ...]
    proposals: tuple["ProposalShown", ...]
    supervision: Supervision
    columns: tuple[ColumnProgress, ...]

    @property
    def places(self) -> list[tuple[SheetId, PersonId, ColumnProgress]]:
        """Whom a proposal may be made to, and about which sheet."""
        sheets = {one.sheet_id: one for one in self.columns}
        return [
            (sheet_id, person, one)
            for sheet_id, one in sheets.items()
            for person in one.teachers
            if person in self.formed.members
        ]

    @property
    def grades(self) -> list[int]:
        return sorted({one.grade for one in self.columns})

    @property
    def column_names(self) -> list[str]:
        """The columns that any sheet has, in the order of the book with most of them."""
        return sorted({one.column for one in self.columns}, key=_book_order)


def _book_order(column: str) -> tuple[int, str]:
    return ("regular", "midterm", "final").index(column.partition("-")[0]), column


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposal and the sheet that it is about."""

    proposal: Proposal
    card: SheetCard | None


def proposals_shown(desk: Desk, proposals: Iterable[Proposal]) -> tuple[ProposalShown, ...]:
    """The proposals with their sheets: what is still open first, then the newest."""
    proposals = list(proposals)
    cards = {
        card.sheet_id: card
        for card in desk.gradebook.sheets(sheet_ids={one.made.sheet for one in proposals})
    }
    newest = sorted(proposals, key=lambda one: one.said.at, reverse=True)
    ordered = sorted(newest, key=lambda one: one.closed is not None)
    return tuple(ProposalShown(one, cards.get(one.made.sheet)) for one in ordered)


def department_page(
    desk: Desk,
    formed: DepartmentFormed,
    school_year: str,
    columns: Iterable[ColumnProgress],
    asked: ScoresAsked,
) -> DepartmentPage:
    """Look at the columns of the department's subjects in one semester."""
    mine = [one for one in columns if one.subject in formed.subjects]
    sheets = desk.ledger.sheets({one.sheet_id for one in mine})
    supervision = desk.ledger.supervision(school_year)
    return DepartmentPage(
        formed=formed,
        members=Overview.of(mine, Grouping.TEACHER, desk.names(), desk.clock()),
        scores=tuple(by_grade(mine, sheets, supervision)),
        classes=tuple(by_class(filter(asked.is_about, mine), sheets, supervision)),
        proposals=proposals_shown(desk, supervision.proposals_of(formed.department)),
        supervision=supervision,
        columns=tuple(mine),
    )
