"""What the homeroom teacher writes down: attendance, conduct, comments."""

from ledger.reader import Reader
from ledger.results import commands, facts, refusals
from ledger.results.guards import listed_once, not_approved, only_who_leads
from ledger.results.records import ClassRecords, gather
from ledger.results.state import Results
from ledger.results.terms import Term, last_day_of, months_of, terms_of_month


def record_attendance(
    command: commands.RecordAttendance, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    records = gather(reader, command.school_year, command.class_group)
    only_who_leads(records, command.by)
    pupils = [entry.pupil for entry in command.absences]
    listed_once(records, pupils)
    terms = terms_of_month(records.year, command.month)
    if not terms:
        months = months_of(records.year, Term.YEAR)
        raise refusals.MonthOutsideSchoolYear(month=command.month, first=months[0], last=months[-1])
    days = last_day_of(command.month).day
    if too_many := [entry.pupil for entry in command.absences if entry.total > days]:
        raise refusals.MoreAbsencesThanDays(month=command.month, days=days, pupils=too_many)
    known = results.absences.get(command.month, {})
    new = tuple(entry for entry in command.absences if known.get(entry.pupil) != entry)
    if not new:
        return []
    not_approved(results, terms, [entry.pupil for entry in new], command.by, command.reason)
    recorded = facts.AttendanceRecorded(
        school_year=command.school_year,
        class_group=command.class_group,
        month=command.month,
        absences=new,
        reason=command.reason,
    )
    return [recorded]


def assess_conduct(
    command: commands.AssessConduct, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    records = gather(reader, command.school_year, command.class_group)
    only_who_leads(records, command.by)
    listed_once(records, [entry.pupil for entry in command.pupils])
    if command.term is Term.YEAR and not records.circular.judges_conduct_year:
        raise refusals.ConductYearIsComputed(circular=records.circular.code)
    for entry in command.pupils:
        level_of_circular(records, entry.level)
    known = results.conduct.get(command.term, {})
    new = tuple(entry for entry in command.pupils if known.get(entry.pupil) != entry.level)
    if not new:
        return []
    # A semester's conduct is in the year's too, unless that is a judgement of its own.
    terms = dict.fromkeys((command.term, Term.YEAR))
    if records.circular.judges_conduct_year:
        terms = {command.term: None}
    not_approved(results, terms, [entry.pupil for entry in new], command.by, command.reason)
    assessed = facts.ConductAssessed(
        school_year=command.school_year,
        class_group=command.class_group,
        term=command.term,
        pupils=new,
        reason=command.reason,
    )
    return [assessed]


def write_comments(
    command: commands.WriteHomeroomComments, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    """No result rests on a comment, but it is printed beside them: it is frozen with them."""
    records = gather(reader, command.school_year, command.class_group)
    only_who_leads(records, command.by)
    listed_once(records, [entry.pupil for entry in command.comments])
    known = results.comments.get(command.term, {})
    new = tuple(entry for entry in command.comments if known.get(entry.pupil) != entry.digest)
    if not new:
        return []
    pupils = [entry.pupil for entry in new]
    not_approved(results, [command.term], pupils, command.by, command.reason)
    written = facts.HomeroomCommentWritten(
        school_year=command.school_year,
        class_group=command.class_group,
        term=command.term,
        comments=new,
        reason=command.reason,
    )
    return [written]


def level_of_circular(records: ClassRecords, level: str) -> None:
    """Refuse a word that the circular of the class does not have."""
    levels = [each.value for each in records.circular.conduct_levels]
    if level not in levels:
        raise refusals.LevelNotOfCircular(level=level, levels=levels)
