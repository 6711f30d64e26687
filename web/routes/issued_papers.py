"""Which books, reports and học bạ left the computer: so that a late correction reaches them too."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from ledger.dossiers.commands import IssuePaper
from ledger.dossiers.facts import PaperKind
from ledger.refusal import Refused
from ledger.school.refusals import NoSuchClass
from web.dossiers.at_hand import (
    DOSSIERS,
    NOTES_PAPERS,
    OF_ALL_CLASSES,
    DossiersAtHand,
    DossiersHand,
)
from web.forms import NO_ERRORS, FormErrors, Typed, see
from web.privacy.finding import planned_years
from web.wording import papers as paper_words
from web.wording import registers as words
from web.year.sent import Sent, SentForm

ISSUED: Final = f"{DOSSIERS}/giay-da-in"

router = APIRouter(prefix=ISSUED, include_in_schema=False)


def _who_notes(hand: DossiersHand) -> DossiersAtHand:
    hand.user.must_act_as(*NOTES_PAPERS)
    return hand


NotingHand = Annotated[DossiersAtHand, Depends(_who_notes)]


@router.get("")
def show_issued(hand: NotingHand, nam: str = "") -> Response:
    """What was noted of a year, and the form to note more."""
    return _page(hand, _chosen_year(hand, nam))


@router.post("")
def note_issued(hand: NotingHand, sent: Sent) -> Response:
    """Note that one kind of paper was printed for some classes: for all of them, or for none."""
    school_year = _chosen_year(hand, sent.text("nam"))
    if not _classes(hand, school_year):
        raise NoSuchClass
    try:
        hand.desk.handle_together(_commands(hand, school_year, sent))
    except Refused as refused:
        return _page(hand, school_year, hand.errors(refused), sent)
    return see(f"{ISSUED}?nam={school_year}")


def _commands(hand: DossiersAtHand, school_year: str, sent: SentForm) -> list[IssuePaper]:
    typed = Typed()
    if sent.text("paper") not in set(PaperKind):
        typed.wrong("paper", "no-paper")
    if sent.text("semester") not in words.TERMS_OF_PAPERS:
        typed.wrong("semester", "no-semester")
    classes = [each for each in _classes(hand, school_year) if each in sent.texts("class_group")]
    if not classes:
        typed.wrong("class_group", "no-classes")
    issued_on = typed.day(sent.text("issued_on"), name="issued_on")
    note = typed.reason(sent.text("reason"))
    typed.check()
    asked = hand.asked(sent.form_id, *NOTES_PAPERS)
    semester = words.TERMS_OF_PAPERS[sent.text("semester")][0]
    return [
        IssuePaper(
            **asked,
            school_year=school_year,
            paper=PaperKind(sent.text("paper")),
            class_group=class_group,
            semester=semester,
            issued_on=issued_on or date.min,
            note=note,
        )
        for class_group in classes
    ]


def _chosen_year(hand: DossiersAtHand, wanted: str) -> str:
    """The year that is wanted, else the newest that is planned; "" where there is none."""
    years = planned_years(hand.desk, hand.today)
    return wanted if wanted in years else next(iter(years), "")


def _classes(hand: DossiersAtHand, school_year: str) -> list[str]:
    """The classes whose papers this person may note: a homeroom teacher the own ones."""
    if not school_year:
        return []
    classes = hand.desk.ledger.year(school_year).classes
    of_all, person = hand.user.may_act_as(*OF_ALL_CLASSES), hand.user.person
    return sorted(name for name, one in classes.items() if of_all or one.homeroom_teacher == person)


def _page(
    hand: DossiersAtHand,
    school_year: str,
    errors: FormErrors = NO_ERRORS,
    sent: SentForm | None = None,
) -> Response:
    issued = hand.desk.ledger.dossiers(school_year).papers if school_year else ()
    return hand.page(
        "issued_papers.html",
        errors=errors,
        years=planned_years(hand.desk, hand.today),
        school_year=school_year,
        issued=sorted(issued, key=lambda one: (one.fact.issued_on, one.at), reverse=True),
        classes=_classes(hand, school_year),
        chosen=set(sent.texts("class_group")) if sent else set(),
        typed={name: sent.text(name) if sent else "" for name in _FIELDS},
        papers=paper_words.PAPERS,
        words=words,
    )


_FIELDS: Final = ("paper", "semester", "issued_on", "reason")
