"""Classes whose year left something to the summer, and what is asked then."""

from ledger.results import commands, facts
from ledger.results.terms import Term
from ledger.vocabulary import Mark
from tests.ledger.results.scenario import AUGUST, Book, Frame, all_marks, complete
from tests.school import AN, HOA, NGOC, Voice

CLASS = {"school_year": "2026-2027", "class_group": "6A1"}
FRAME = Frame()
ART, MATHS, CIVICS = "nghe-thuat", "toan", "gdcd"
TEACHER, HEAD = HOA.at(AUGUST), NGOC.at(AUGUST)
TERMS = (Term.SEMESTER_1, Term.SEMESTER_2, Term.YEAR)
WEAK = all_marks(FRAME, "6.0", toan="3.4", gdcd="4.9", nghe_thuat="not-passed")


def weak_year() -> Book:
    """An's year is Chưa đạt for maths, civics and the arts; the principal approved it."""
    return complete(marks=WEAK).approved(*TERMS)


def untrained_year() -> Book:
    """An's marks are good, and the conduct is Chưa đạt."""
    return complete(level="Chưa đạt").approved(*TERMS)


def reassesses(
    book: Book, subject: str, text: str, voice: Voice = TEACHER, **changed: object
) -> commands.RecordReassessment:
    asked = {"pupil": AN, "subject": subject, "result": Mark.of(text), **changed}
    return book.asks(voice, commands.RecordReassessment, **asked)


def trained(book: Book, level: str, voice: Voice = TEACHER) -> commands.ReassessConduct:
    return book.asks(voice, commands.ReassessConduct, pupil=AN, level=level)


def approval(
    book: Book, voice: Voice = HEAD, *, leaving_absent: bool = False
) -> commands.ApprovePromotionAfterSummer:
    return book.asks(voice, commands.ApprovePromotionAfterSummer, leaving_absent=leaving_absent)


def after_tests(book: Book, **texts: str) -> Book:
    """The subjects, dashes as _, were assessed again with these results."""
    for name, text in texts.items():
        (fact,) = book.when(reassesses(book, name.replace("_", "-"), text)).decided()
        book = book.wrote(HOA.wrote(fact))
    return book


def approved(book: Book, *, leaving_absent: bool = False) -> Book:
    (fact,) = book.when(approval(book, leaving_absent=leaving_absent)).decided()
    return book.wrote(NGOC.at(AUGUST).wrote(fact))


def outcome(book: Book) -> facts.PupilAfterSummer:
    summer = book.class_results(book.frame.school_year, book.frame.class_group)
    newest = summer.approved_after_summer()
    assert newest is not None
    (of_pupil,) = newest.fact.pupils
    return of_pupil
