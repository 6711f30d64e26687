"""The signals of a year: what the screen finds now, and what people did about any of them.

A signal that people acted on stays when its statistics let go of it, as it was noted last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from ledger.signals.facts import SignalStatus
from ledger.signals.finding import Finding, SignalId, SignalKind
from ledger.signals.refusals import NoSuchSignal
from ledger.signals.state import Handled, Signals
from ledger.vocabulary import PersonId, SheetId
from projections.gradebook import SheetCard
from web.desk import Desk
from web.names import Names
from web.signals.telling import sentence_of, where_of
from web.wording.signal_sentences import EXPLANATIONS, TITLES
from web.wording.signals_words import strength_of


@dataclass(frozen=True, slots=True)
class FoundSignal:
    """One signal of a list: as it is now, or as it was noted last where it stands out no more.

    `positions` are the lines behind it, empty where it is about marks and where it does not stand
    out any more. `concerned` are whom it is about: its person and who teaches its sheet.
    """

    finding: Finding
    handled: Handled | None
    stands_out: bool
    positions: tuple[int, ...]
    card: SheetCard | None
    sentence: str
    where: str

    @property
    def signal_id(self) -> SignalId:
        return self.finding.signal_id

    @property
    def kind(self) -> SignalKind:
        return self.finding.kind

    @property
    def title(self) -> str:
        return TITLES[self.finding.kind]

    @property
    def explanations(self) -> tuple[str, ...]:
        """Innocent explanations that are worth checking."""
        return EXPLANATIONS[self.finding.kind]

    @property
    def status(self) -> SignalStatus:
        return self.handled.status if self.handled else SignalStatus.NEW

    @property
    def q(self) -> float:
        return float(self.finding.q)

    @property
    def strength(self) -> tuple[str, str]:
        """How strong it is, as a word with the look of its chip."""
        return strength_of(self.q)

    @property
    def concerned(self) -> tuple[PersonId, ...]:
        person = self.finding.place.person
        teachers = self.card.teachers if self.card else ()
        return tuple(dict.fromkeys((*((person,) if person else ()), *teachers)))

    @property
    def semester(self) -> int | None:
        return self.finding.place.semester or (self.card.semester if self.card else None)

    @property
    def grade(self) -> int | None:
        return self.finding.place.grade or (self.card.grade if self.card else None)

    @property
    def class_group(self) -> str | None:
        return self.finding.place.class_group or (self.card.class_group if self.card else None)

    @property
    def subject(self) -> str | None:
        return self.finding.place.subject or (self.card.subject if self.card else None)


@dataclass(frozen=True)
class FoundSignals:
    """All signals of a year, what people did, and how many tests the screen has made."""

    signals: tuple[FoundSignal, ...]
    tested: int
    position: int
    state: Signals

    @classmethod
    def of(cls, desk: Desk, school_year: str, names: Names) -> Self:
        screened, state = desk.anomalies.screened(school_year), desk.ledger.signals(school_year)
        cards = {card.sheet_id: card for card in desk.gradebook.sheets()}
        found = {
            signal.signal_id: _found(
                signal.finding(max(screened.position, 1)), state, cards, names, signal.positions
            )
            for signal in screened.signals
        }
        for signal_id, handled in state.of.items():
            if signal_id not in found:
                found[signal_id] = _found(handled.finding, state, cards, names, None)
        # Strongest first; what is closed needs nobody, and what let go least of all.
        ordered = sorted(
            found.values(),
            key=lambda one: (one.status is SignalStatus.CLOSED, not one.stands_out),
        )
        return cls(tuple(ordered), screened.tested, screened.position, state)

    @property
    def concerned(self) -> frozenset[PersonId]:
        """Everybody whom some signal is about."""
        return frozenset(person for one in self.signals for person in one.concerned)

    def one(self, signal_id: SignalId) -> FoundSignal:
        """The signal with this id; raises NoSuchSignal."""
        try:
            return self._by_id[signal_id]
        except KeyError:
            raise NoSuchSignal from None

    @cached_property
    def _by_id(self) -> Mapping[SignalId, FoundSignal]:
        return {one.signal_id: one for one in self.signals}


def told_signal(desk: Desk, handled: Handled, names: Names) -> FoundSignal:
    """One signal that people acted on, as it was noted last, without a look at the others."""
    sheet = handled.finding.place.sheet
    page = desk.gradebook.sheet(sheet) if sheet else None
    cards = {page.card.sheet_id: page.card} if page else {}
    state = Signals(of={handled.finding.signal_id: handled})
    return _found(handled.finding, state, cards, names, None)


def _found(
    finding: Finding,
    state: Signals,
    cards: Mapping[SheetId, SheetCard],
    names: Names,
    positions: tuple[int, ...] | None,
) -> FoundSignal:
    """`positions` are None where the signal does not stand out any more."""
    return FoundSignal(
        finding=finding,
        handled=state.of.get(finding.signal_id),
        stands_out=positions is not None,
        positions=positions or (),
        card=cards.get(finding.place.sheet) if finding.place.sheet else None,
        sentence=sentence_of(finding, names),
        where=where_of(finding),
    )
