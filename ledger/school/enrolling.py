"""Who is in which class, and with which number."""

from collections.abc import Sequence
from datetime import date

from ledger.authority import SETS_UP, only_for
from ledger.school import commands, facts, refusals
from ledger.school.assigning import class_of_year
from ledger.school.year import ClassOfYear, Year
from ledger.sheet import refusals as sheet_refusals
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import PupilId, columns_of


def set_class_list(command: commands.SetClassList, year: Year) -> list[facts.AnyYearFact]:
    """Numbers are fixed for the year, so a list is set anew only before any sheet has them."""
    only_for(command.by, *SETS_UP)
    group = class_of_year(year, command.class_group)
    if year.opened:
        raise refusals.SemesterAlreadyOpen(semesters=sorted(year.opened))
    _may_be_listed(command.pupils, command.class_group, year)
    if group.present == list(group.places) == list(command.pupils):
        return []
    listed = facts.ClassListSet(
        class_group=command.class_group,
        pupils=_numbered(command.pupils, first=1),
        since=command.since,
    )
    return [listed]


def enrol_pupils(command: commands.EnrolPupils, year: Year) -> list[facts.AnyYearFact]:
    """Newcomers go to the end of the list; who comes back gets the old number again."""
    only_for(command.by, *SETS_UP)
    group = class_of_year(year, command.class_group)
    _may_be_listed(command.pupils, command.class_group, year)
    present = set(group.present)
    coming = [pupil for pupil in command.pupils if pupil not in present]
    if not coming:
        return []
    back = [
        NumberedPupil(pupil=pupil, number=group.places[pupil].number)
        for pupil in coming
        if pupil in group.places
    ]
    new = [pupil for pupil in coming if pupil not in group.places]
    enrolled = facts.PupilsEnrolled(
        class_group=command.class_group,
        pupils=(*back, *_numbered(new, first=group.next_number)),
        since=command.since,
    )
    return [enrolled]


def transfer_in(command: commands.TransferIn, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    group = class_of_year(year, command.class_group)
    _fit(command, group.grade, year)
    _may_be_listed([command.pupil], command.class_group, year)
    if command.pupil in group.present:
        return []
    kept = group.places.get(command.pupil)
    arrived = facts.PupilTransferredIn(
        pupil=command.pupil,
        class_group=command.class_group,
        number=kept.number if kept else group.next_number,
        since=command.since,
        reason=command.reason,
        marks=tuple(mark for mark in command.marks if not mark.mark.is_blank),
    )
    return [arrived]


def _fit(command: commands.TransferIn, grade: int, year: Year) -> None:
    """Refuse a mark that no sheet could take, also of a semester that is still to be opened.

    Found only then, it would keep the whole semester from being opened.
    """
    for mark in command.marks:
        planned = year.subjects.get((grade, mark.subject))
        if planned is None or mark.semester not in planned.semesters:
            raise refusals.SubjectNotPlanned(grade=grade, subject=mark.subject)
        if mark.column not in columns_of(planned.regular_count):
            raise sheet_refusals.NoSuchColumn(column=mark.column)
        if not mark.mark.fits(planned.kind):
            place = (command.pupil, mark.column)
            raise sheet_refusals.MarkDoesNotFitSubject(cells=[place], kind=planned.kind)
    places = [(mark.semester, mark.subject, mark.column) for mark in command.marks]
    if twice := [place for place in places if places.count(place) > 1]:
        raise sheet_refusals.CellNamedTwice(cells=[(command.pupil, twice[0][2])])


def change_class(command: commands.ChangeClass, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    target = class_of_year(year, command.to_class)
    current = _class_of(command.pupil, year)
    if current == command.to_class:
        return []
    if year.classes[current].grade != target.grade:
        raise refusals.ClassOfAnotherGrade(from_class=current, to_class=command.to_class)
    _not_before_coming(command.since, command.pupil, year.classes[current])
    kept = target.places.get(command.pupil)
    changed = facts.PupilChangedClass(
        pupil=command.pupil,
        from_class=current,
        to_class=command.to_class,
        number=kept.number if kept else target.next_number,
        since=command.since,
        reason=command.reason,
    )
    return [changed]


def leave_school(command: commands.LeaveSchool, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    current = _class_of(command.pupil, year)
    _not_before_coming(command.until, command.pupil, year.classes[current])
    left = facts.PupilLeftSchool(
        pupil=command.pupil,
        class_group=current,
        until=command.until,
        reason=command.reason,
    )
    return [left]


def _class_of(pupil: PupilId, year: Year) -> str:
    current = year.class_of(pupil)
    if current is None:
        raise refusals.PupilNotInSchool(pupils=[pupil])
    return current


def _not_before_coming(day: date, pupil: PupilId, group: ClassOfYear) -> None:
    since = group.places[pupil].since
    if day < since:
        raise refusals.DaysInWrongOrder(first=since, last=day)


def _may_be_listed(pupils: Sequence[PupilId], class_group: str, year: Year) -> None:
    if len(set(pupils)) < len(pupils):
        raise refusals.PupilListedTwice(pupils=sorted({p for p in pupils if pupils.count(p) > 1}))
    elsewhere = {
        pupil: name
        for name, group in year.classes.items()
        if name != class_group
        for pupil in set(group.present).intersection(pupils)
    }
    if elsewhere:
        raise refusals.PupilInAnotherClass(
            pupils=sorted(elsewhere), class_group=next(iter(elsewhere.values()))
        )


def _numbered(pupils: Sequence[PupilId], *, first: int) -> tuple[NumberedPupil, ...]:
    return tuple(
        NumberedPupil(pupil=pupil, number=number) for number, pupil in enumerate(pupils, first)
    )
