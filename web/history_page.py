"""What the history pages ask of the projection, and the rows as their templates read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, Field

from ledger.sheet.facts import AttemptRefused
from ledger.vocabulary import PersonId, PupilId, Role, SheetId
from projections.history import HistoryCounts, HistoryFilter, HistoryRow
from web.access.identity import SignedIn
from web.access.permissions import HasPeople, is_teacher_of
from web.desk import Desk
from web.moments import shown_day
from web.names import Names

ROWS_PER_PAGE: Final = 100
SEES_ATTEMPTS: Final = (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ADMINISTRATOR)
MARK_CHANGES: Final = "thay-doi-diem"


def _blank_is_none(text: object) -> object:
    """A filter left empty in a form asks nothing."""
    return None if text == "" else text


Blank = BeforeValidator(_blank_is_none)


class HistoryQuery(BaseModel, frozen=True, extra="ignore"):
    """The filters as they stand in the address of the page."""

    lop: Annotated[str | None, Blank] = None
    mon: Annotated[str | None, Blank] = None
    nguoi: Annotated[PersonId | None, Blank] = None
    hoc_sinh: Annotated[PupilId | None, Blank] = None
    tu: Annotated[date | None, Blank] = None
    den: Annotated[date | None, Blank] = None
    loai: Annotated[str | None, Blank] = None
    sau_chinh_thuc: bool = False
    tu_choi: bool = False
    truoc: Annotated[int | None, Blank, Field(ge=1)] = None

    def filter(self, *, sheet_id: SheetId | None, sees_attempts: bool) -> HistoryFilter:
        """The question to the projection; attempts only for who may see them."""
        kinds = (self.loai,) if self.loai and self.loai != MARK_CHANGES else None
        wanted = self.tu_choi or self.loai == AttemptRefused.NAME
        return HistoryFilter(
            sheet_id=sheet_id,
            class_group=self.lop,
            subject=self.mon,
            person=self.nguoi,
            pupil=self.hoc_sinh,
            day_from=self.tu,
            day_to=self.den,
            kinds=kinds,
            only_after_official=self.sau_chinh_thuc,
            only_mark_changes=self.loai == MARK_CHANGES,
            attempts=wanted and sees_attempts,
        )

    def older_than(self, position: int) -> str:
        """The query string of the page that goes on below `position`."""
        kept = self.model_dump(mode="json", exclude_defaults=True)
        flags = {name: "true" for name in ("sau_chinh_thuc", "tu_choi") if kept.pop(name, False)}
        return urlencode({**kept, **flags, "truoc": position})


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """One page of rows with the counts of everything that the filters find."""

    days: tuple[tuple[str, tuple[HistoryRow, ...]], ...]
    counts: HistoryCounts
    people: Mapping[PersonId, int]
    kinds: Mapping[str, int]
    older: str | None


def may_see_attempts(user: SignedIn, sheet: HasPeople | None) -> bool:
    """Refused attempts are for the school's leaders, the administrator and the own teachers."""
    return user.may_act_as(*SEES_ATTEMPTS) or (sheet is not None and is_teacher_of(user, sheet))


def read_history(desk: Desk, query: HistoryQuery, asked: HistoryFilter) -> HistoryPage:
    """Read one page; the choices of people and kinds are counted as if they were not chosen."""
    rows = desk.history.search(asked, before=query.truoc, limit=ROWS_PER_PAGE + 1)
    shown, more = rows[:ROWS_PER_PAGE], len(rows) > ROWS_PER_PAGE
    counts = desk.history.counts(asked)
    every_person, every_kind = counts, counts
    if asked.person:
        every_person = desk.history.counts(replace(asked, person=None))
    if asked.kinds or asked.only_mark_changes:
        every_kind = desk.history.counts(replace(asked, kinds=None, only_mark_changes=False))
    return HistoryPage(
        days=by_day(shown),
        counts=counts,
        people=every_person.by_person,
        kinds=every_kind.by_kind,
        older=query.older_than(shown[-1].position) if more else None,
    )


def by_day(rows: Iterable[HistoryRow]) -> tuple[tuple[str, tuple[HistoryRow, ...]], ...]:
    """The rows under the day on which they happened in Việt Nam."""
    return tuple(
        (day, tuple(of_day)) for day, of_day in groupby(rows, key=lambda row: shown_day(row.at))
    )


def know_pupils(names: Names, rows: Sequence[HistoryRow]) -> Names:
    """Read the names of all pupils on the page in one question."""
    names.pupils(
        pupil
        for row in rows
        for pupil in (row.pupil, *(cell.pupil for cell in row.cells))
        if pupil is not None
    )
    return names
