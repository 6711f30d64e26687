"""What the page of a distribution shows: the marks asked for, beside those of grade and school."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Final, Protocol

from ledger.vocabulary import PersonId, SheetId, SubjectKind
from projections.distributions.counts import AVERAGE, MarkCounts, SheetPlace
from projections.distributions.past import PastDistributions
from projections.distributions.read import Distributions
from projections.distributions.summary import Scores, Summary, band_shares, bands
from web.access.identity import SignedIn
from web.desk import Desk
from web.distributions.asking import AskedMarks
from web.distributions.scope import SeenSheets
from web.names import Names
from web.progress.semesters import ChosenSemester
from web.refusals import NotForYourEyes
from web.wording import distribution_words as words
from web.wording.school import column_name

Key = int | str | PersonId
# As many as can be told apart on a phone.
MOST_BOXES: Final = 8
MOST_SEMESTERS: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """How a look is divided: the parts that a sheet belongs to, and what asks for one of them."""

    field: str
    keys_of: Callable[[SheetPlace], tuple[Key, ...]]


PARTS: Final[Mapping[str, Part]] = MappingProxyType(
    {
        "lop": Part("class_group", lambda place: (place.class_group,)),
        # A sheet of two teachers is the work of both.
        "giao-vien": Part("teacher", lambda place: place.teachers),
        "khoi": Part("grade", lambda place: (place.grade,)),
    }
)


class Source(Protocol):
    """Where the counts come from: the gradebook as it stands, or a point of the past."""

    def by_sheet(
        self, places: Iterable[SheetPlace], column: str
    ) -> Mapping[SheetId, MarkCounts]: ...
    def by_column(self, places: Iterable[SheetPlace]) -> Mapping[str, MarkCounts]: ...


@dataclass(frozen=True, slots=True)
class Group:
    """Some sheets under one name, and the marks of the column in them."""

    label: str
    places: tuple[SheetPlace, ...]
    counts: MarkCounts

    @property
    def scores(self) -> Scores:
        return self.counts.scores

    @property
    def summary(self) -> Summary | None:
        return Summary.of(self.scores)

    @property
    def bands(self) -> tuple[int, ...]:
        return bands(self.scores)

    @property
    def band_shares(self) -> tuple[int, ...]:
        return band_shares(self.bands)


@dataclass(frozen=True, slots=True)
class Row:
    """A part of what is looked at, and the address that looks at it alone."""

    group: Group
    link: str


@dataclass(frozen=True, slots=True)
class Choices:
    """All that the form may ask for of what the person sees."""

    subjects: tuple[str, ...]
    grades: tuple[int, ...]
    classes: tuple[str, ...]
    teachers: tuple[PersonId, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DistributionPage:
    """`groups` begin with what is looked at; they are empty until a column is chosen.

    `sees_all` is whether the groups lack no sheet of the subject that the person may not see.

    `columns` and `semesters` are its marks in the order of time, as (label, scores).
    """

    asked: AskedMarks
    choices: Choices
    sees_all: bool
    kind: SubjectKind | None
    groups: tuple[Group, ...]
    rows: tuple[Row, ...]
    columns: tuple[tuple[str, Scores], ...]
    semesters: tuple[tuple[str, Scores], ...]

    @property
    def looked_at(self) -> Group | None:
        return self.groups[0] if self.groups else None

    @property
    def compared(self) -> list[tuple[str, Scores]]:
        """What charts set side by side."""
        return [(group.label, group.scores) for group in self.groups]

    @property
    def boxes(self) -> list[tuple[str, Scores]]:
        """The same with the parts of what is looked at, as long as they are few."""
        parts = self.rows if 1 < len(self.rows) <= MOST_BOXES else ()
        return self.compared + [(row.group.label, row.group.scores) for row in parts]


def distribution_page(
    desk: Desk, user: SignedIn, chosen: ChosenSemester, asked: AskedMarks, names: Names
) -> DistributionPage:
    """Look at the marks; raises NotForYourEyes where all that is asked for is others'."""
    looking = _Looking(desk, user, chosen, asked, names)
    places = looking.places if asked.subject else []
    is_complete = bool(places and asked.column in looking.choices.columns)
    is_scored = is_complete and places[0].kind is SubjectKind.SCORED
    return DistributionPage(
        asked=asked,
        choices=looking.choices,
        sees_all=looking.sees_all,
        kind=places[0].kind if places else None,
        groups=looking.groups() if is_complete else (),
        rows=looking.rows() if is_complete else (),
        columns=looking.over_columns() if is_scored else (),
        semesters=looking.over_semesters() if is_scored else (),
    )


class _Looking:
    """One look of one person at the marks of a semester; each question is asked once."""

    def __init__(
        self, desk: Desk, user: SignedIn, chosen: ChosenSemester, asked: AskedMarks, names: Names
    ) -> None:
        self._desk, self._user, self._chosen = desk, user, chosen
        self._asked, self._names = asked, names
        self._now = Distributions(desk.engine)
        self._source: Source = self._now
        if asked.point:
            self._source = PastDistributions(desk.ledger.as_of(asked.point.point))
        scope = self._scope_of(chosen.school_year)
        every = self._now.sheets(chosen.school_year, chosen.semester)
        self._seen = [place for place in every if scope.sees(place)]
        self.sees_all = sum(map(self._is_of_subject, every)) == len(self._of_subject)
        self.places = [place for place in self._seen if asked.is_about(place)]
        if asked.narrows and not self.places and any(map(asked.is_about, every)):
            raise NotForYourEyes

    def _scope_of(self, school_year: str) -> SeenSheets:
        return SeenSheets(self._user, self._desk.ledger.year(school_year))

    @cached_property
    def _of_subject(self) -> list[SheetPlace]:
        return [place for place in self._seen if self._is_of_subject(place)]

    def _is_of_subject(self, place: SheetPlace) -> bool:
        return self._asked.subject in {"", place.subject}

    @cached_property
    def _counted(self) -> Mapping[SheetId, MarkCounts]:
        return self._source.by_sheet(self._of_subject, self._asked.column)

    @cached_property
    def _columns(self) -> Mapping[str, MarkCounts]:
        return self._source.by_column(self.places) if self._asked.subject else {}

    @cached_property
    def choices(self) -> Choices:
        """What the form offers: parts of what is seen, of the subject once one is chosen."""
        in_grade = [one for one in self._of_subject if self._asked.grade in {None, one.grade}]
        people = {person for one in self._of_subject for person in one.teachers}
        return Choices(
            subjects=tuple(dict.fromkeys(one.subject for one in self._seen)),
            grades=tuple(dict.fromkeys(one.grade for one in self._of_subject)),
            classes=tuple(dict.fromkeys(one.class_group for one in in_grade)),
            teachers=tuple(self._names.in_order(people)),
            columns=(*self._columns, AVERAGE) if self._columns else (),
        )

    def groups(self) -> tuple[Group, ...]:
        """What is looked at, then its grade and the school, as far as they are more than it."""
        found = [self._group(words.looked_at(self._asked, self._names), self.places)]
        grades = {place.grade for place in self.places}
        if len(grades) == 1:
            (grade,) = grades
            in_grade = [place for place in self._of_subject if place.grade == grade]
            if len(in_grade) > len(self.places):
                found.append(self._group(words.grade_group(grade, len(in_grade)), in_grade))
        if len(self._of_subject) > len(found[-1].places):
            label = words.school_group(len(self._of_subject), sees_all=self.sees_all)
            found.append(self._group(label, self._of_subject))
        return tuple(found)

    def _group(self, label: str, places: Sequence[SheetPlace]) -> Group:
        parts = (self._counted[one.sheet_id] for one in places if one.sheet_id in self._counted)
        return Group(label, tuple(places), MarkCounts.together(parts))

    def rows(self) -> tuple[Row, ...]:
        """The parts of what is looked at, by class, teacher or grade."""
        part = PARTS[self._asked.by]
        found: dict[Key, list[SheetPlace]] = {}
        for place in self.places:
            for key in part.keys_of(place):
                found.setdefault(key, []).append(place)
        return tuple(
            Row(
                self._group(words.part_name(part.field, key, self._names), places),
                self._asked.link(**{part.field: key}),
            )
            for key, places in found.items()
        )

    def over_columns(self) -> tuple[tuple[str, Scores], ...]:
        return tuple(
            (column_name(column), counts.scores)
            for column, counts in self._columns.items()
            if counts.given
        )

    def _lately(self) -> Sequence[tuple[str, int]]:
        """This semester and the ones before it, newest first."""
        first = self._chosen.all.index((self._chosen.school_year, self._chosen.semester))
        return self._chosen.all[first : first + MOST_SEMESTERS]

    def over_semesters(self) -> tuple[tuple[str, Scores], ...]:
        """The same column in the semesters up to this one; a class is another in another year.

        Not as of a point: what stood in every one of them then is a question of its own.
        """
        found: list[tuple[str, Scores]] = []
        if self._asked.point:
            return ()
        for school_year, semester in reversed(self._lately()):
            if self._asked.class_group and school_year != self._chosen.school_year:
                continue
            scope, every = self._scope_of(school_year), self._now.sheets(school_year, semester)
            places = [one for one in every if self._asked.is_about(one) and scope.sees(one)]
            counted = self._source.by_sheet(places, self._asked.column)
            if scores := MarkCounts.together(counted.values()).scores:
                found.append((words.short_semester(school_year, semester), scores))
        return tuple(found)
