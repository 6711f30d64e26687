"""What somebody was asked about signals: the sentence, the questions and the own answers."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.signals.state import Handled, Question
from ledger.vocabulary import PersonId
from web.desk import Desk
from web.names import Names
from web.signals.found import FoundSignal, told_signal


@dataclass(frozen=True, slots=True)
class AskedOf:
    """A signal as who was asked about it sees it: nothing of what others said."""

    school_year: str
    signal: FoundSignal
    questions: tuple[Question, ...]
    waits: bool
    closed: bool


def asked_of(desk: Desk, person: PersonId, names: Names) -> list[AskedOf]:
    """All that a person was ever asked, what waits for an answer first, then the newest first."""
    found = list(_asked_of(desk, person, names))
    found.sort(key=lambda one: one.questions[-1].at, reverse=True)
    return sorted(found, key=lambda one: not one.waits)


def waiting_for(desk: Desk, person: PersonId) -> int:
    """How many signals wait for an answer of the person."""
    return sum(len(desk.ledger.signals(year).to_answer_by(person)) for year in _years(desk))


def _asked_of(desk: Desk, person: PersonId, names: Names) -> Iterator[AskedOf]:
    for year in _years(desk):
        for handled in desk.ledger.signals(year).of.values():
            if mine := _questions_to(person, handled):
                yield AskedOf(
                    school_year=year,
                    signal=told_signal(desk, handled, names),
                    questions=mine,
                    waits=handled.awaits_answer_by(person),
                    closed=handled.closed is not None,
                )


def _questions_to(person: PersonId, handled: Handled) -> tuple[Question, ...]:
    return tuple(one for one in handled.questions if one.asked.teacher == person)


def _years(desk: Desk) -> list[str]:
    return list(dict.fromkeys(year for year, _ in desk.progress.semesters()))
