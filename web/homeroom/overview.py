"""The classes that a person leads, with what is still to be written down of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ledger.results.records import ClassRecords
from ledger.results.terms import Term, last_day_of, term_of
from ledger.school.year import Year
from ledger.vocabulary import Role
from web.access.identity import SignedIn
from web.desk import Desk
from web.homeroom.attendance import recorded_months


@dataclass(frozen=True, slots=True)
class ClassToDo:
    """One class: months that are over and not written down, and pupils without conduct."""

    class_group: str
    pupil_count: int
    months: tuple[str, ...]
    term: Term
    without_conduct: int


def led_classes(desk: Desk, user: SignedIn, year: Year, today: date) -> Iterator[ClassToDo]:
    """The own classes of a homeroom teacher; every class for who leads the school."""
    everywhere = user.may_act_as(Role.PRINCIPAL, Role.VICE_PRINCIPAL)
    chosen = [
        name
        for name, group in sorted(year.classes.items())
        if everywhere
        or (group.homeroom_teacher == user.person and Role.HOMEROOM_TEACHER in user.roles)
    ]
    held = desk.ledger.results([(year.school_year, name) for name in chosen])
    results = {name: each for (_, name), each in held.items()}
    term = term_of(max(year.opened, default=1))
    for name in chosen:
        records = ClassRecords(year, name, {}, results)
        over = [
            month
            for month, recorded in recorded_months(records).items()
            if not recorded and last_day_of(month) < today
        ]
        assessed = records.own.conduct.get(term, {})
        lacking = [each for each in records.members(term) if each.pupil not in assessed]
        yield ClassToDo(name, len(records.group.present), tuple(over), term, len(lacking))
