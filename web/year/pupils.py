"""The list of a class with those who left it, and the marks that a pupil brings along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import uuid5

from ledger.people import Pupil
from ledger.school.commands import year_stream
from ledger.school.facts import (
    PupilChangedClass,
    PupilLeftSchool,
    PupilTransferredIn,
    SubjectPlanned,
    TransferredMark,
)
from ledger.school.year import Year
from ledger.vocabulary import CommandId, PupilId, SubjectKind, columns_of
from web.desk import Desk
from web.forms import Typed
from web.marks import typed_mark
from web.year.sent import SentForm

_LONGEST_CODE: Final = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the class list; what follows `came_because` is of who left.

    `moved` is the first day in `to_class`, for who changed class.
    """

    pupil: PupilId
    number: int
    since: date
    known: Pupil | None
    came_because: str
    until: date | None
    to_class: str | None
    moved: date | None
    why: str


def class_list(desk: Desk, year: Year, class_group: str) -> list[Listed]:
    """Everybody who has ever been on the list, by number."""
    places = year.classes[class_group].places
    known = desk.names().details(places)
    left, came = _movements(desk, year, class_group)
    listed = []
    for pupil, place in sorted(places.items(), key=lambda item: item[1].number):
        leaving = left.get(pupil) if place.until else None
        moved = leaving if isinstance(leaving, PupilChangedClass) else None
        listed.append(
            Listed(
                pupil=pupil,
                number=place.number,
                since=place.since,
                known=known.get(pupil),
                came_because=came.get(pupil, ""),
                until=place.until,
                to_class=moved.to_class if moved else None,
                moved=moved.since if moved else None,
                why=leaving.reason if leaving else "",
            )
        )
    return listed


_Leaving = PupilLeftSchool | PupilChangedClass


def _movements(
    desk: Desk, year: Year, class_group: str
) -> tuple[Mapping[PupilId, _Leaving], Mapping[PupilId, str]]:
    """The last leaving of each pupil from the class, and why each newcomer came to it."""
    left: dict[PupilId, _Leaving] = {}
    came: dict[PupilId, str] = {}
    for line in desk.ledger.lines(year_stream(year.school_year)):
        match line.fact:
            case PupilLeftSchool() as fact if fact.class_group == class_group:
                left[fact.pupil] = fact
            case PupilChangedClass() as fact if fact.from_class == class_group:
                left[fact.pupil] = fact
            case PupilChangedClass() as fact if fact.to_class == class_group:
                came[fact.pupil] = fact.reason
            case PupilTransferredIn() as fact if fact.class_group == class_group:
                came[fact.pupil] = fact.reason
            case _:
                pass
    return left, came


@dataclass(frozen=True, slots=True)
class BroughtSubject:
    """A subject of a semester in the table of brought marks, and its columns."""

    planned: SubjectPlanned
    columns: Sequence[str]


def brought_subjects(year: Year, grade: int, semester: int) -> list[BroughtSubject]:
    return [
        BroughtSubject(planned, columns_of(planned.regular_count))
        for planned in year.subjects_of(grade, semester)
    ]


def brought_marks(
    year: Year, grade: int, sent: SentForm, typed: Typed
) -> tuple[TransferredMark, ...]:
    """The marks that were typed into the table; what is wrong is noted at its cell."""
    columns = {
        (semester, brought.planned.subject, column): brought.planned.kind
        for semester in (1, 2)
        for brought in brought_subjects(year, grade, semester)
        for column in brought.columns
    }
    marks = []
    for (semester, subject, column), text in sent.touched("mark", parts=3):
        kind = columns.get((int(semester) if semester in {"1", "2"} else 0, subject, column))
        if kind is not None:
            name = f"mark-{semester}-{subject}-{column}"
            mark = _brought(text, kind, typed, name=name)
            if mark:
                marks.append((int(semester), subject, column, mark))
    return tuple(
        TransferredMark.model_validate(
            {"semester": semester, "subject": subject, "column": column, "mark": mark}
        )
        for semester, subject, column, mark in marks
    )


def _brought(text: str, kind: SubjectKind, typed: Typed, *, name: str) -> str | None:
    """The stored text of a mark; None for an empty cell and for what is wrong."""
    try:
        mark = typed_mark(text)
    except ValueError:
        typed.wrong(name, "not-a-mark")
        return None
    if not mark.fits(kind):
        typed.wrong(name, "mark-of-other-kind")
        return None
    return None if mark.is_blank else mark.text


def pupils_of_codes(desk: Desk, sent: SentForm, typed: Typed) -> list[PupilId]:
    """The pupils whose codes were typed, in that order; an unknown code is noted."""
    codes = dict.fromkeys(sent.text("codes").replace(",", " ").replace(";", " ").split())
    known = desk.people.pupils_by_code(codes)
    if not codes or len(known) < len(codes):
        typed.wrong("codes", "no-pupil")
    return [known[code].pupil_id for code in codes if code in known]


def newcomer(desk: Desk, sent: SentForm, typed: Typed, command_id: CommandId) -> Pupil:
    """The pupil that the form names: known by the code, or new with the form's own id.

    So the same form sent twice names the same pupil. What is wrong is noted.
    """
    code, family, given = (
        " ".join(sent.text(name).split()) for name in ("code", "family_name", "given_name")
    )
    if not 1 <= len(code) <= _LONGEST_CODE:
        typed.wrong("code", "no-code")
    for name, text in (("family_name", family), ("given_name", given)):
        if not 1 <= len(text) <= 80:
            typed.wrong(name, "no-name")
    born = (
        typed.day(sent.text("birth_date"), name="birth_date") if sent.text("birth_date") else None
    )
    typed.check()
    new = Pupil(
        pupil_id=PupilId(uuid5(command_id, "pupil")),
        code=code,
        family_name=family,
        given_name=given,
        birth_date=born,
    )
    known = desk.people.pupils_by_code([code]).get(code)
    if known and known.full_name != new.full_name:
        typed.wrong("code", "code-of-another")
        typed.check()
    return known or new
