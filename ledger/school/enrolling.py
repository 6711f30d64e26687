"""Who is in which class, and with which number."""

from collections.abc import Sequence

from ledger.authority import SETS_UP, only_for
from ledger.school import commands, facts, refusals
from ledger.school.assigning import class_of_year
from ledger.school.year import Year
from ledger.sheet.facts import NumberedPupil
from ledger.vocabulary import PupilId


def set_class_list(command: commands.SetClassList, year: Year) -> list[facts.AnyYearFact]:
    """Numbers are fixed for the year, so a list is set anew only before any sheet has them."""
    only_for(command.by, *SETS_UP)
    group = class_of_year(year, command.class_group)
    if year.opened:
        raise refusals.SemesterAlreadyOpen(semesters=sorted(year.opened))
    _may_be_listed(command.pupils, command.class_group, year)
    if list(group.places) == list(command.pupils):
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
    _may_be_listed([command.pupil], command.class_group, year)
    if command.pupil in group.present:
        return []
    for mark in command.marks:
        planned = year.subjects.get((group.grade, mark.subject))
        if planned is None:
            raise refusals.SubjectNotPlanned(grade=group.grade, subject=mark.subject)
    kept = group.places.get(command.pupil)
    arrived = facts.PupilTransferredIn(
        pupil=command.pupil,
        class_group=command.class_group,
        number=kept.number if kept else group.next_number,
        since=command.since,
        reason=command.reason,
        marks=command.marks,
    )
    return [arrived]


def change_class(command: commands.ChangeClass, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    target = class_of_year(year, command.to_class)
    current = _class_of(command.pupil, year)
    if current == command.to_class:
        return []
    if year.classes[current].grade != target.grade:
        raise refusals.ClassOfAnotherGrade(from_class=current, to_class=command.to_class)
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
    left = facts.PupilLeftSchool(
        pupil=command.pupil,
        class_group=_class_of(command.pupil, year),
        until=command.until,
        reason=command.reason,
    )
    return [left]


def _class_of(pupil: PupilId, year: Year) -> str:
    current = year.class_of(pupil)
    if current is None:
        raise refusals.PupilNotInSchool(pupils=[pupil])
    return current


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
