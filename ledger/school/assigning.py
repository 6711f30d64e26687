"""Who teaches what where, and who leads a class."""

from ledger.authority import SETS_UP, only_for
from ledger.reader import Reader
from ledger.school import commands, facts, refusals
from ledger.school.calendar import local_day
from ledger.school.year import ClassOfYear, Year
from ledger.vocabulary import PersonId, Role


def assign_homeroom(
    command: commands.AssignHomeroom, year: Year, reader: Reader
) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    group = class_of_year(year, command.class_group)
    if group.homeroom_teacher == command.teacher:
        return []
    _is_here(reader, command.teacher, Role.HOMEROOM_TEACHER, command)
    assigned = facts.HomeroomAssigned(
        class_group=command.class_group, teacher=command.teacher, since=command.since
    )
    return [assigned]


def assign_teacher(
    command: commands.AssignTeacher, year: Year, reader: Reader
) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    group = class_of_year(year, command.class_group)
    if (group.grade, command.subject) not in year.subjects:
        raise refusals.SubjectNotPlanned(grade=group.grade, subject=command.subject)
    if command.teacher in year.teachers.get((command.class_group, command.subject), ()):
        return []
    _is_here(reader, command.teacher, Role.SUBJECT_TEACHER, command)
    assigned = facts.TeacherAssigned(
        class_group=command.class_group,
        subject=command.subject,
        teacher=command.teacher,
        since=command.since,
    )
    return [assigned]


def unassign_teacher(command: commands.UnassignTeacher, year: Year) -> list[facts.AnyYearFact]:
    only_for(command.by, *SETS_UP)
    class_of_year(year, command.class_group)
    teachers = year.teachers.get((command.class_group, command.subject), ())
    if command.teacher not in teachers:
        raise refusals.NotAssigned(class_group=command.class_group, subject=command.subject)
    place = (command.class_group, command.subject)
    if len(teachers) == 1 and any(place in sheets for sheets in year.sheets.values()):
        raise refusals.SubjectNeedsATeacher(class_group=place[0], subject=place[1])
    ended = facts.TeacherUnassigned(
        class_group=command.class_group,
        subject=command.subject,
        teacher=command.teacher,
        until=command.until,
    )
    return [ended]


def class_of_year(year: Year, class_group: str) -> ClassOfYear:
    """The class; raises NoSuchClass."""
    group = year.classes.get(class_group)
    if group is None:
        raise refusals.NoSuchClass(class_group=class_group)
    return group


def _is_here(
    reader: Reader,
    person: PersonId,
    role: Role,
    command: commands.AssignHomeroom | commands.AssignTeacher,
) -> None:
    day = max(command.since, local_day(command.at))
    if role not in reader.school().roles_of(person, day):
        raise refusals.NotATeacher(person=person, role=role)
