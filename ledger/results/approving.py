"""The principal approves the results of a term, and later revisions of them."""

from typing import Final

from ledger.authority import only_for
from ledger.reader import Reader
from ledger.results import commands, facts, refusals
from ledger.results.comparing import differences
from ledger.results.completeness import missing
from ledger.results.computing import class_results
from ledger.results.guards import decided
from ledger.results.records import gather, sheets_of
from ledger.results.state import Results
from ledger.vocabulary import Role

# With fifteen subjects a pupil's results of a year are up to 1,800 bytes, and a line holds 65,000.
_ON_A_LINE: Final = 30


def approve_results(
    command: commands.ApproveResults, results: Results, reader: Reader
) -> list[facts.AnyResultsFact]:
    """What is approved is never changed: a later approval is a revision beside it."""
    only_for(command.by, Role.PRINCIPAL)
    records = gather(reader, command.school_year, command.class_group)
    lacks = missing(records, command.term, command.at)
    if not lacks.nothing:
        raise refusals.ResultsAreNotComplete(term=command.term, **lacks.as_details())
    approval = results.approved(command.term)
    if approval:
        changed = differences(records, command.term)
        if not changed:
            return []
        if command.reason is None:
            raise refusals.RevisionNeedsAReason(differences=changed, **decided(approval))
    sheet_ids = sheets_of(records.year, command.class_group, command.term)
    approved = facts.TermResultsApproved(
        school_year=command.school_year,
        class_group=command.class_group,
        term=command.term,
        revision=approval.fact.revision + 1 if approval else 1,
        circular=records.circular.code,
        policy=records.year.policy.single_subject_policy,
        basis=tuple(
            facts.SheetVersion(sheet=sheet_id, version=records.sheets[sheet_id].version)
            for sheet_id in sheet_ids
        ),
        results=class_results(records, command.term),
        reason=command.reason,
    )
    return _on_lines(approved)


def _on_lines(approved: facts.TermResultsApproved) -> list[facts.AnyResultsFact]:
    """The approval, and behind it the results for which its line would be too long."""
    first, *others = _parts(approved.results)
    return [
        approved.model_copy(update={"results": first}),
        *(
            facts.TermResultsContinued(
                school_year=approved.school_year,
                class_group=approved.class_group,
                term=approved.term,
                revision=approved.revision,
                results=more,
            )
            for more in others
        ),
    ]


def _parts(results: tuple[facts.PupilResults, ...]) -> list[tuple[facts.PupilResults, ...]]:
    """The results in as many parts as lines are needed, at least one."""
    starts = range(0, max(len(results), 1), _ON_A_LINE)
    return [results[first : first + _ON_A_LINE] for first in starts]
