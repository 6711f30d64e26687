"""Who may note what: inspections by the leaders, targets and proposals by department heads."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from ledger.authority import only_for
from ledger.line import Fact
from ledger.reader import Reader
from ledger.school.calendar import local_day
from ledger.school.facts import DepartmentFormed
from ledger.school.refusals import NoSuchClass, SubjectNotPlanned, YearNotPlanned
from ledger.school.year import Year
from ledger.sheet.refusals import NoSuchColumn, SheetNotOpen
from ledger.sheet.state import Sheet
from ledger.supervision import bands, commands, facts, refusals
from ledger.supervision.state import Proposal, Supervision
from ledger.vocabulary import PersonId, Role, columns_of


def remark_inspection(
    command: commands.RemarkInspection, supervision: Supervision, reader: Reader
) -> list[facts.AnySupervisionFact]:
    """Every month the vice-principal inspects the book and writes a remark (Điều 4.1)."""
    only_for(command.by, Role.VICE_PRINCIPAL, Role.PRINCIPAL)
    year = _planned_year(command, reader)
    if command.class_group not in year.classes:
        raise NoSuchClass(class_group=command.class_group)
    if command.month not in months_of(year):
        raise refusals.MonthOutsideYear(month=command.month)
    if command.month > f"{local_day(command.at):%Y-%m}":
        raise refusals.MonthNotBegun(month=command.month)
    said = supervision.remarks.get((command.class_group, command.month))
    if said and (said[-1].text, said[-1].by.person) == (command.remark, command.by.person):
        return []
    remarked = facts.InspectionRemarked(
        class_group=command.class_group, month=command.month, remark=command.remark
    )
    return [remarked]


def months_of(year: Year) -> list[str]:
    """The months that have a day of the school year, "2026-09" and on."""
    return list(_months(year.frame(1).first, year.frame(2).last))


def _months(first: date, last: date) -> Iterator[str]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{number // 12:04}-{number % 12 + 1:02}"


def set_score_target(
    command: commands.SetScoreTarget, supervision: Supervision, reader: Reader
) -> list[facts.AnySupervisionFact]:
    only_for(command.by, Role.DEPARTMENT_HEAD)
    year = _planned_year(command, reader)
    department = _led_department(year, command.by.person, command.subject)
    planned = year.subjects.get((command.grade, command.subject))
    if planned is None:
        raise SubjectNotPlanned(grade=command.grade, subject=command.subject)
    if command.column not in {None, *columns_of(planned.regular_count)}:
        raise NoSuchColumn(column=command.column)
    if not all(bands.may_begin_a_target(one.at_least, planned.kind) for one in command.shares):
        raise refusals.TargetDoesNotFitSubject(kind=planned.kind)
    if bands.contradict(command.shares):
        raise refusals.TargetsContradict
    key = (command.grade, command.subject, command.column)
    known = supervision.targets.get(key)
    if command.shares == (known.shares if known else ()):
        return []
    target = facts.ScoreTargetSet(
        department=department.department,
        grade=command.grade,
        subject=command.subject,
        column=command.column,
        shares=command.shares,
    )
    return [target]


def make_proposal(
    command: commands.MakeProposal, supervision: Supervision, reader: Reader
) -> list[facts.AnySupervisionFact]:
    """The head proposes how a member treats a test that misses the target (Điều 5.3)."""
    only_for(command.by, Role.DEPARTMENT_HEAD)
    year = _planned_year(command, reader)
    if command.proposal_id in supervision.proposals:
        raise refusals.ProposalIdReused
    sheet = reader.sheets([command.sheet])[command.sheet]
    if sheet.opened is None or sheet.opened.school_year != command.school_year:
        raise SheetNotOpen
    subject = sheet.opened.subject
    department = _led_department(year, command.by.person, subject, member=command.teacher)
    _teaches(sheet, command)
    made = facts.ProposalMade(
        proposal_id=command.proposal_id,
        department=department.department,
        teacher=command.teacher,
        sheet=command.sheet,
        column=command.column,
        text=command.text,
    )
    return [made]


def _teaches(sheet: Sheet, command: commands.MakeProposal) -> None:
    if command.teacher not in sheet.teachers:
        raise refusals.TeacherNotOnSheet(person=command.teacher)
    if command.column not in sheet.columns:
        raise NoSuchColumn(column=command.column)


def answer_proposal(
    command: commands.AnswerProposal, supervision: Supervision, _reader: Reader
) -> list[facts.AnySupervisionFact]:
    only_for(command.by, Role.SUBJECT_TEACHER, Role.HOMEROOM_TEACHER)
    proposal = _known(command, supervision)
    if proposal.made.teacher != command.by.person:
        raise refusals.NotYourProposal
    _still_open(proposal)
    if proposal.answers and proposal.answers[-1].text == command.text:
        return []
    return [facts.ProposalAnswered(proposal_id=command.proposal_id, text=command.text)]


def close_proposal(
    command: commands.CloseProposal, supervision: Supervision, reader: Reader
) -> list[facts.AnySupervisionFact]:
    """The head of the department closes it, also one who came after the head that made it."""
    only_for(command.by, Role.DEPARTMENT_HEAD)
    year = _planned_year(command, reader)
    proposal = _known(command, supervision)
    formed = year.departments.get(proposal.made.department)
    if formed is None or formed.head != command.by.person:
        raise refusals.NotYourDepartment
    _still_open(proposal)
    return [facts.ProposalClosed(proposal_id=command.proposal_id, reason=command.reason)]


def _planned_year(command: commands.SupervisionCommand, reader: Reader) -> Year:
    year = reader.year(command.school_year)
    if year.planned is None:
        raise YearNotPlanned(school_year=command.school_year)
    return year


def _led_department(
    year: Year, head: PersonId, subject: str, *, member: PersonId | None = None
) -> DepartmentFormed:
    """The department that the person leads and that has the subject, and the member if given."""
    for formed in year.departments.values():
        has_member = member is None or member in formed.members
        if formed.head == head and subject in formed.subjects and has_member:
            return formed
    raise refusals.NotYourDepartment(subject=subject, person=member)


def _known(
    command: commands.AnswerProposal | commands.CloseProposal, supervision: Supervision
) -> Proposal:
    proposal = supervision.proposals.get(command.proposal_id)
    if proposal is None:
        raise refusals.NoSuchProposal
    return proposal


def _still_open(proposal: Proposal) -> None:
    if closed := proposal.closed:
        raise refusals.ProposalIsClosed(by=closed.by.person, at=closed.at, reason=closed.text)


SUPERVISION_RULES: Final[Mapping[type[commands.SupervisionCommand], Callable[..., Any]]] = (
    MappingProxyType(
        {
            commands.RemarkInspection: remark_inspection,
            commands.SetScoreTarget: set_score_target,
            commands.MakeProposal: make_proposal,
            commands.AnswerProposal: answer_proposal,
            commands.CloseProposal: close_proposal,
        }
    )
)


def decide_supervision(
    command: commands.SupervisionCommand, supervision: Supervision, reader: Reader
) -> Sequence[Fact]:
    """The facts that the command makes of the supervision, [] where it is so; raises `Refused`."""
    facts_made: Sequence[Fact] = SUPERVISION_RULES[type(command)](command, supervision, reader)
    return facts_made
