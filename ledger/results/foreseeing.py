"""What corrected marks would change in the results: shown before a correction is approved."""

from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ledger.reader import Reader
from ledger.results.comparing import Difference, Part, compared
from ledger.results.computing import pupil_results
from ledger.results.facts import PupilResults
from ledger.results.records import ClassRecords, gather
from ledger.results.summer import OPEN_OUTCOMES, after_summer
from ledger.results.terms import Term, term_of
from ledger.sheet.state import Place, Sheet
from ledger.vocabulary import Mark, PupilId, SheetId


def consequences_of(
    reader: Reader, sheet_id: SheetId, changes: Mapping[Place, Mark]
) -> list[Difference]:
    """What other marks in a sheet would change, in whichever classes the pupils are today."""
    opened = reader.sheets([sheet_id])[sheet_id].opened
    if opened is None:
        return []
    year = reader.year(opened.school_year)
    if year.planned is None or opened.class_group not in year.classes:
        return []
    today = (year.class_of(pupil) for pupil, _ in changes)
    classes = dict.fromkeys((opened.class_group, *(name for name in today if name)))
    return [
        difference
        for name in classes
        for difference in consequences(gather(reader, opened.school_year, name), sheet_id, changes)
    ]


def consequences(
    records: ClassRecords, sheet_id: SheetId, changes: Mapping[Place, Mark]
) -> list[Difference]:
    """What the results of a class would be with these marks in a sheet that they rest on.

    Of semester and year, and of who goes up after summer where that was approved. What stands
    before is what was approved last, or else what the marks make of it now.
    """
    sheet = records.sheets.get(sheet_id)
    if sheet is None or sheet.opened is None:
        return []
    after = records.with_sheet(sheet_id, with_marks(sheet, changes))
    pupils = {pupil for pupil, _ in changes}
    found: list[Difference] = []
    for term in (term_of(sheet.opened.semester), Term.YEAR):
        before = _standing(records, term, pupils)
        found += compared(before, _computed(after, term, pupils), term)
    return [*found, *_after_summer(after, pupils)]


def with_marks(sheet: Sheet, changes: Mapping[Place, Mark]) -> Sheet:
    """The sheet as it would be with these marks; nothing is recorded."""
    cells = {place: sheet.cell(place)._replace(mark=mark) for place, mark in changes.items()}
    return replace(sheet, cells={**sheet.cells, **cells})


def _computed(records: ClassRecords, term: Term, pupils: Collection[PupilId]) -> list[PupilResults]:
    members = records.members(term)
    return [pupil_results(records, one, term) for one in members if one.pupil in pupils]


def _standing(records: ClassRecords, term: Term, pupils: Collection[PupilId]) -> list[PupilResults]:
    return [
        records.own.approved_of(term, now.pupil) or now for now in _computed(records, term, pupils)
    ]


def _after_summer(after: ClassRecords, pupils: AbstractSet[PupilId]) -> Iterator[Difference]:
    summer, year = after.own.approved_after_summer(), after.own.approved(Term.YEAR)
    if summer is None or year is None:
        return
    approved = {each.pupil: each.promotion for each in summer.fact.pupils}
    for now in _computed(after, Term.YEAR, approved.keys() & pupils):
        promotion = now.promotion
        if promotion and promotion.outcome in OPEN_OUTCOMES:
            promotion = after_summer(after, year, now, over=True).promotion
        if promotion != approved[now.pupil]:
            part = Part.PROMOTION_AFTER_SUMMER
            before = approved[now.pupil]
            yield Difference(now.pupil, Term.YEAR, part, None, before, promotion)
