"""Where the pupils of a class go in the next school year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ledger.collation import class_list_order
from ledger.results.promoting import next_class_list
from ledger.results.records import ClassRecords
from ledger.results.terms import Term
from ledger.school.commands import EnrolPupils, SetClassList, YearCommand
from ledger.school.school_years import school_year_from
from ledger.school.year import Year
from ledger.vocabulary import PupilId
from web.desk import Desk
from web.forms import Typed
from web.year.sent import SentForm

LAST_GRADE: Final = 9


@dataclass(frozen=True, slots=True)
class Group:
    """Pupils who go the same way: `placed` says in which class of the next year they already are.

    `name` is that of the form's field; `classes` are those that they may be put into.
    """

    name: str
    pupils: Sequence[PupilId]
    placed: Mapping[PupilId, str]
    classes: Sequence[str]

    @property
    def waiting(self) -> list[PupilId]:
        return [pupil for pupil in self.pupils if pupil not in self.placed]

    @property
    def is_offered(self) -> bool:
        """Whether there is somebody to put somewhere."""
        return bool(self.waiting and self.classes)


@dataclass(frozen=True, slots=True)
class NextYear:
    """`leaves` says that who goes up has finished the school."""

    school_year: str
    approved: bool
    year: Year
    going_up: Group
    staying: Group
    undecided: Sequence[PupilId]
    leaves: bool


def next_year_of(desk: Desk, records: ClassRecords) -> NextYear:
    school_year = school_year_from(int(records.year.school_year[5:]))
    year, grade = desk.ledger.year(school_year), records.group.grade
    listed = next_class_list(records.own)
    return NextYear(
        school_year=school_year,
        approved=records.own.approved(Term.YEAR) is not None,
        year=year,
        going_up=_group("len_lop", listed.going_up, year, grade + 1),
        staying=_group("o_lai", listed.staying, year, grade),
        undecided=listed.undecided,
        leaves=grade == LAST_GRADE,
    )


def _group(name: str, pupils: Sequence[PupilId], year: Year, grade: int) -> Group:
    placed = {pupil: found for pupil in pupils if (found := year.class_of(pupil))}
    classes = sorted(each for each, group in year.classes.items() if group.grade == grade)
    return Group(name, pupils, placed, classes)


def enrolments(
    desk: Desk, following: NextYear, sent: SentForm, asked: dict[str, Any], today: date
) -> Iterator[YearCommand]:
    """A command for each group that a class was chosen for. Raises FormIncomplete."""
    typed, chosen = Typed(), []
    offered = [one for one in (following.going_up, following.staying) if one.is_offered]
    for group in offered:
        if name := sent.text(group.name):
            if name not in group.classes:
                typed.wrong(group.name, "no-class")
            chosen.append((name, group.waiting))
    if offered and not chosen:
        typed.wrong(offered[0].name, "no-class")
    typed.check()
    year = following.year
    for name, pupils in chosen:
        one = {**asked, "school_year": following.school_year, "class_group": name}
        if year.opened:
            yield EnrolPupils(**one, pupils=_in_order(desk, pupils), since=today)
            continue
        whole = _in_order(desk, [*year.classes[name].present, *pupils])
        yield SetClassList(**one, pupils=whole, since=min(today, year.frame(1).first))


def _in_order(desk: Desk, pupils: Sequence[PupilId]) -> tuple[PupilId, ...]:
    """By tên, then họ đệm, in Vietnamese order, as class lists are kept."""
    named = desk.people.pupil_names(pupils)

    def place(pupil: PupilId) -> tuple[bool, object]:
        known = named.get(pupil)
        names = (known.given_name, known.family_name) if known else ("", "")
        return known is None, class_list_order(*names)

    return tuple(sorted(pupils, key=place))
