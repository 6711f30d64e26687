"""The departments that a list of staff names: who belongs to them and who leads them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.school.facts import DepartmentFormed
from ledger.vocabulary import PersonId, Role
from web.spreadsheets.spelling import spoken
from web.spreadsheets.staff_lists import ListedStaff
from web.year.departments import code_of


class NamedDepartment(NamedTuple):
    """A department as it is after the import; `head` is None where nobody clearly leads it."""

    code: str
    title: str
    head: PersonId | None
    members: tuple[PersonId, ...]
    subjects: tuple[str, ...]


def departments_named(
    people: Sequence[ListedStaff], formed: Mapping[str, DepartmentFormed]
) -> Iterator[NamedDepartment]:
    """Each department of the list; a formed one keeps its members and, unless named, its head."""
    by_title: dict[str, list[ListedStaff]] = {}
    for person in people:
        if person.department:
            by_title.setdefault(spoken(person.department), []).append(person)
    known = {spoken(one.title): one for one in formed.values()}
    for title, members in by_title.items():
        code = code_of(members[0].department or "")
        yield _department(members, code, known.get(title) or formed.get(code))


def _department(
    members: Sequence[ListedStaff], code: str, known: DepartmentFormed | None
) -> NamedDepartment:
    title = known.title if known else members[0].department or ""
    heads = [one.person_id for one in members if Role.DEPARTMENT_HEAD in one.roles]
    head = heads[0] if len(heads) == 1 else known.head if known and not heads else None
    subjects = [subject for one in members for subject in one.subjects]
    return NamedDepartment(
        code=known.department if known else code,
        title=title,
        head=head,
        members=tuple(
            dict.fromkeys([*(known.members if known else ()), *(one.person_id for one in members)])
        ),
        subjects=tuple(dict.fromkeys([*(known.subjects if known else ()), *subjects])),
    )
