"""Marks that pupils bring along: from the paper of another school, or from another class."""

from collections.abc import Collection, Iterable, Iterator

from ledger.command import Command
from ledger.school import facts
from ledger.school.touched import Touched
from ledger.sheet.commands import BringMarks, BroughtMark
from ledger.sheet.facts import Provenance
from ledger.sheet.state import Sheet
from ledger.vocabulary import PupilId, SheetId


def bring_transferred(
    touched: Touched, semester: int, paper: facts.PupilTransferredIn
) -> Iterator[Command]:
    """The marks of a newcomer's paper, into the sheets of the class that are open."""
    year = touched.year
    for subject in dict.fromkeys(mark.subject for mark in paper.marks):
        if (paper.class_group, subject) in year.sheets[semester]:
            sheet_id = year.sheet_id(semester, paper.class_group, subject)
            marks = _on_paper(paper, semester, subject)
            yield from _bring(
                touched, sheet_id, paper.pupil, marks, Provenance(reason=paper.reason)
            )


def bring_along(
    touched: Touched, semester: int, change: facts.PupilChangedClass
) -> Iterator[Command]:
    """The marks of the old class, into the cells of the new one that hold none."""
    year = touched.year
    pairs = {
        year.sheet_id(semester, change.from_class, subject): year.sheet_id(
            semester, change.to_class, subject
        )
        for class_group, subject in sorted(year.sheets[semester])
        if class_group == change.from_class and (change.to_class, subject) in year.sheets[semester]
    }
    sheets = touched.reader.sheets([*pairs, *pairs.values()])
    for old_id, new_id in pairs.items():
        new = sheets[new_id]
        marks = [
            brought
            for brought in _on_sheet(sheets[old_id], change.pupil)
            if brought.column in new.columns
            and new.cell((change.pupil, brought.column)).mark.is_blank
        ]
        provenance = Provenance(sheet=old_id, reason=change.reason)
        yield from _bring(touched, new_id, change.pupil, marks, provenance)


def bring_to_opened(
    touched: Touched, semester: int, opened: Collection[tuple[str, str]]
) -> Iterator[Command]:
    """Marks for sheets that were not open yet when the pupil came to the class.

    A class formed in the middle of a semester gets its sheets only once it has pupils.
    """
    year = touched.year
    came = dict.fromkeys(change.pupil for change in year.moved)
    came.update(dict.fromkeys(paper.pupil for paper in year.transferred))
    classes = {pupil: year.class_of(pupil) for pupil in came}
    for class_group, subject in opened:
        sheet_id = year.sheet_id(semester, class_group, subject)
        for pupil in (pupil for pupil in came if classes[pupil] == class_group):
            for marks, provenance in _earned(touched, semester, subject, pupil, opened):
                yield from _bring(touched, sheet_id, pupil, marks, provenance)


def _earned(
    touched: Touched,
    semester: int,
    subject: str,
    pupil: PupilId,
    opened: Collection[tuple[str, str]],
) -> Iterator[tuple[list[BroughtMark], Provenance]]:
    """What the last class with a sheet holds; where there was none, what the papers say."""
    year = touched.year
    for change in reversed(year.moved):
        place = (change.from_class, subject)
        had_sheet = place in year.sheets[semester] and place not in opened
        if change.pupil == pupil and had_sheet and year.reaches(semester, change.since):
            old_id = year.sheet_id(semester, *place)
            old = touched.reader.sheets([old_id])[old_id]
            yield _on_sheet(old, pupil), Provenance(sheet=old_id, reason=change.reason)
            return
    seen: set[str] = set()
    for paper in reversed(year.transferred):  # of two papers the later one holds
        if paper.pupil == pupil:
            marks = _on_paper(paper, semester, subject)
            fresh = [brought for brought in marks if brought.column not in seen]
            seen.update(brought.column for brought in fresh)
            yield fresh, Provenance(reason=paper.reason)


def _on_paper(paper: facts.PupilTransferredIn, semester: int, subject: str) -> list[BroughtMark]:
    return [
        BroughtMark(column=mark.column, mark=mark.mark)
        for mark in paper.marks
        if (mark.subject, mark.semester) == (subject, semester)
    ]


def _on_sheet(sheet: Sheet, pupil: PupilId) -> list[BroughtMark]:
    marks = {column: sheet.cell((pupil, column)).mark for column in sheet.columns}
    return [
        BroughtMark(column=column, mark=mark) for column, mark in marks.items() if not mark.is_blank
    ]


def _bring(
    touched: Touched,
    sheet_id: SheetId,
    pupil: PupilId,
    marks: Iterable[BroughtMark],
    provenance: Provenance,
) -> Iterator[Command]:
    if brought := tuple(marks):
        yield BringMarks(
            **touched.asked(sheet_id), pupil=pupil, marks=brought, provenance=provenance
        )
