"""One month's attendance of a class, as its page shows it and as its form sends it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.results.facts import PupilAbsences
from ledger.results.records import ClassRecords
from ledger.results.terms import Term, first_day_of, last_day_of, months_of
from ledger.vocabulary import PupilId
from web.forms import Typed
from web.year.sent import SentForm

_MOST = 31


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """A pupil; `here` says whether the month has a day on which the pupil was in the class."""

    pupil: PupilId
    number: int
    here: bool
    known: PupilAbsences | None


def rows_of(records: ClassRecords, month: str) -> Sequence[AttendanceRow]:
    """Everybody on the class list, in the order of the numbers."""
    known = records.own.absences.get(month, {})
    first, last = first_day_of(month), last_day_of(month)
    rows = [
        AttendanceRow(
            pupil,
            place.number,
            place.since <= last and (place.until is None or place.until >= first),
            known.get(pupil),
        )
        for pupil, place in records.group.places.items()
    ]
    return sorted(rows, key=lambda row: row.number)


def recorded_months(records: ClassRecords) -> dict[str, bool]:
    """The months of the school year, each with whether it is written down for everybody."""
    return {
        month: all(row.known for row in rows_of(records, month) if row.here)
        for month in months_of(records.year, Term.YEAR)
    }


def typed_absences(sent: SentForm, rows: Sequence[AttendanceRow]) -> tuple[PupilAbsences, ...]:
    """What was typed; an empty field is 0, a field that was not sent says nothing.

    Raises `Refused` with all that is no number.
    """
    typed = Typed()
    found = []
    for row in rows:
        names = [f"{kind}-{row.pupil}" for kind in ("co", "khong")]
        if not row.here or any(name not in sent.fields for name in names):
            continue
        counts = [
            typed.number(sent.text(name) or "0", name=name, least=0, most=_MOST) for name in names
        ]
        with_leave, without_leave = (count or 0 for count in counts)
        if sent.text(f"shown-{row.pupil}") == f"{with_leave}/{without_leave}":
            continue  # Nobody touched it here, and somebody else may have changed it meanwhile.
        found.append(
            PupilAbsences(pupil=row.pupil, with_leave=with_leave, without_leave=without_leave)
        )
    typed.check()
    return tuple(found)
