"""The reminder list: what each teacher still has to enter, late or due within a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ledger.vocabulary import PersonId
from projections.progress import ColumnProgress, Grouping, Standing, grouped
from web.names import Names
from web.progress.overview import urgency
from web.wording.supervision_words import reminder_text


@dataclass(frozen=True, slots=True)
class Reminder:
    """One teacher's late and coming due columns, and the text to send."""

    person: PersonId
    name: str
    columns: tuple[ColumnProgress, ...]
    late: int
    text: str


def reminders(columns: Iterable[ColumnProgress], names: Names, moment: datetime) -> list[Reminder]:
    """One reminder per teacher who has something late or coming due, by name."""
    pressing = [one for one in columns if one.standing(moment) in _PRESSING]
    by_teacher = {group.key: group for group in grouped(pressing, Grouping.TEACHER, moment)}
    found = []
    for person in names.in_order(key for key in by_teacher if not isinstance(key, str)):
        of_teacher = sorted(by_teacher[person].columns, key=lambda one: urgency(one, moment))
        name = names.staff(person)
        found.append(
            Reminder(
                person=person,
                name=name,
                columns=tuple(of_teacher),
                late=by_teacher[person].standings[Standing.LATE],
                text=reminder_text(name, of_teacher, moment),
            )
        )
    return found


_PRESSING = (Standing.LATE, Standing.COMING_DUE)
