"""Closing a year: its results are approved, and witnesses outside have seen that they are."""

from ledger.authority import only_for
from ledger.reader import Reader
from ledger.results.terms import Term
from ledger.school import commands, facts, refusals
from ledger.school.closed import YearClosed
from ledger.school.year import Year
from ledger.vocabulary import Role


def close_year(command: commands.CloseYear, year: Year, reader: Reader) -> list[facts.AnyYearFact]:
    """Again after later approvals, on a checkpoint that is over these too."""
    only_for(command.by, Role.PRINCIPAL)
    if command.by.on_behalf_of is not None:
        raise refusals.OnlyThePrincipalClosesAYear
    waiting = not_approved(year, reader)
    if waiting or not classes_of(year):
        raise refusals.ClassesAreNotApproved(classes=waiting)
    if year.closed and year.closed.fact.seal.size >= command.approved_to:
        return []
    seal = command.seal
    if seal is None or seal.size < command.approved_to:
        raise refusals.YearIsNotWitnessed(lacking=list(command.lacking))
    return [YearClosed(school_year=command.school_year, seal=seal)]


def classes_of(year: Year) -> list[str]:
    """The classes that have results: those that anybody was ever in."""
    return sorted(name for name, group in year.classes.items() if group.places)


def not_approved(year: Year, reader: Reader) -> list[str]:
    """The classes whose results of the whole year are not approved yet."""
    results = reader.results([(year.school_year, name) for name in classes_of(year)])
    return [name for (_, name), held in results.items() if held.approved(Term.YEAR) is None]
