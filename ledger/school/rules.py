"""The rule books' tables of contents: which rule answers which command of school and year."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ledger.line import Fact
from ledger.reader import Reader
from ledger.school import (
    assigning,
    closing,
    commands,
    enrolling,
    facts,
    founding,
    locking,
    opening,
    planning,
    refusals,
    restarting,
)
from ledger.school.school import School
from ledger.school.year import Year

SCHOOL_RULES: Final[Mapping[type[commands.SchoolCommand], Callable[..., Sequence[Fact]]]] = (
    MappingProxyType(
        {
            commands.DescribeSchool: founding.describe_school,
            commands.JoinStaff: founding.join_staff,
            commands.ChangeStaffRoles: founding.change_staff_roles,
            commands.LeaveStaff: founding.leave_staff,
            commands.GiveDelegation: founding.give_delegation,
            commands.EndDelegation: founding.end_delegation,
            commands.RestartLog: restarting.restart_log,
        }
    )
)

_Rule = Callable[[Any, Year], Sequence[Fact]]
YEAR_RULES: Final[Mapping[type[commands.YearCommand], _Rule]] = MappingProxyType(
    {
        commands.PlanYear: planning.plan_year,
        commands.AdoptPolicy: planning.adopt_policy,
        commands.AmendCalendar: planning.amend_calendar,
        commands.PlanSubject: planning.plan_subject,
        commands.DropSubject: planning.drop_subject,
        commands.FormClass: planning.form_class,
        commands.FormDepartment: planning.form_department,
        commands.UnassignTeacher: assigning.unassign_teacher,
        commands.SetClassList: enrolling.set_class_list,
        commands.EnrolPupils: enrolling.enrol_pupils,
        commands.TransferIn: enrolling.transfer_in,
        commands.ChangeClass: enrolling.change_class,
        commands.LeaveSchool: enrolling.leave_school,
        commands.SetTestDate: planning.set_test_date,
        commands.SetRegularDeadline: planning.set_regular_deadline,
        commands.OpenSemester: opening.open_semester,
    }
)

# These look at the staff of the school, or at the sheets, as well.
_ReadingRule = Callable[[Any, Year, Reader], Sequence[Fact]]
READING_RULES: Final[Mapping[type[commands.YearCommand], _ReadingRule]] = MappingProxyType(
    {
        commands.AssignHomeroom: assigning.assign_homeroom,
        commands.AssignTeacher: assigning.assign_teacher,
        commands.DecideLock: locking.decide_lock,
        commands.DecideUnlock: locking.decide_unlock,
        commands.DecideDeadline: locking.decide_deadline,
        commands.CloseYear: closing.close_year,
    }
)


def decide_school(
    command: commands.SchoolCommand, school: School, _reader: Reader
) -> Sequence[Fact]:
    """The facts that the command makes of the school, [] where it is so; raises `Refused`."""
    return SCHOOL_RULES[type(command)](command, school)


def decide_year(command: commands.YearCommand, year: Year, reader: Reader) -> Sequence[Fact]:
    """The facts that the command makes of the year, [] where it is so; raises `Refused`."""
    if year.planned is None and not isinstance(command, commands.PlanYear):
        raise refusals.YearNotPlanned(school_year=command.school_year)
    decided = _decided(command, year, reader)
    _nobody_erased(decided, reader)
    return decided


def _decided(command: commands.YearCommand, year: Year, reader: Reader) -> Sequence[Fact]:
    if rule := YEAR_RULES.get(type(command)):
        return rule(command, year)
    return READING_RULES[type(command)](command, year, reader)


def _nobody_erased(decided: Sequence[Fact], reader: Reader) -> None:
    """Refuse to list an erased pupil: the id would stand for somebody without a name."""
    for fact in decided:
        match fact:
            case facts.ClassListSet() | facts.PupilsEnrolled():
                coming = {entry.pupil for entry in fact.pupils}
            case facts.PupilTransferredIn():
                coming = {fact.pupil}
            case _:
                continue
        if erased := coming & reader.privacy().erased.keys():
            raise refusals.PupilWasErased(pupils=sorted(erased))
