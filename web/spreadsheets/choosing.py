"""Which worksheet of a workbook is meant, and what its title says against what is wanted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from web.spreadsheets.layouts import Candidate
from web.spreadsheets.problem import FileRefused, Problem
from web.spreadsheets.spelling import same_class, same_subject
from web.spreadsheets.titles import Title


@dataclass(frozen=True, slots=True)
class Wanted:
    """The sheet of the ledger that the file has to be about."""

    class_group: str
    subject_name: str
    semester: int
    school_year: str

    def __str__(self) -> str:
        return (
            f"lớp {self.class_group}, môn {self.subject_name}, "
            f"học kì {self.semester}, năm học {self.school_year}"
        )


def chosen(candidates: Sequence[Candidate], wanted: Wanted) -> Candidate:
    """The one worksheet that is about what is wanted; raises FileRefused if that is not one.

    A single worksheet is taken even if its title is about something else, so that the person is
    told which word of which cell is wrong.
    """
    if len(candidates) == 1:
        return candidates[0]
    fitting = [each for each in candidates if not list(objections(each.title, wanted))]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise FileRefused("no-sheet-fits", wanted=wanted, sheets=_names(candidates))
    raise FileRefused("several-sheets-fit", sheets=_names(fitting))


def objections(title: Title, wanted: Wanted) -> Iterator[Problem]:
    """Each word of the title that is about another class, subject, semester or year."""
    for said in title.class_groups:
        if not same_class(said.text, wanted.class_group):
            yield _other("class", said.cell, said.text, wanted.class_group)
    for said in title.subjects:
        if not same_subject(said.text, wanted.subject_name):
            yield _other("subject", said.cell, said.text, wanted.subject_name)
    for said in title.semesters:
        if said.text != str(wanted.semester):
            yield _other("semester", said.cell, said.text, str(wanted.semester))
    for said in title.school_years:
        if said.text != wanted.school_year:
            yield _other("school-year", said.cell, said.text, wanted.school_year)


def silences(title: Title) -> Iterator[Problem]:
    """What the title does not say, so that the person looks for themselves."""
    if not title.class_groups:
        yield Problem("nothing-on-class")
    if not title.subjects:
        yield Problem("nothing-on-subject")
    if not title.semesters:
        yield Problem("nothing-on-semester")
    if not title.school_years:
        yield Problem("nothing-on-school-year")


def _other(what: str, cell: str, found: str, wanted: str) -> Problem:
    return Problem(f"other-{what}", cell, {"found": found, "wanted": wanted})


def _names(candidates: Sequence[Candidate]) -> str:
    return ", ".join(each.sheet.name for each in candidates)
