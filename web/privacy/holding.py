"""What the school holds about a pupil: the report that the law gives a right to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.people import Pupil
from ledger.privacy.attended import classes_attended
from ledger.privacy.leaving import Leaver
from ledger.refusal import Refused
from ledger.results.commands import results_stream
from ledger.results.facts import HomeroomCommentWritten
from ledger.results.terms import Term
from ledger.school.year import ClassPlace, Year
from ledger.store.naming import NamingLines, lines_naming
from ledger.vocabulary import PupilId
from projections.corrections import CorrectionView
from web.privacy.at_hand import PrivacyAtHand
from web.privacy.disposing import needed_no_more


@dataclass(frozen=True, slots=True)
class Attended:
    """A class that the pupil was in, and the place there."""

    school_year: str
    class_group: str
    place: ClassPlace


@dataclass(frozen=True, slots=True)
class HeldComment:
    """A comment of a homeroom teacher that can still be read."""

    school_year: str
    class_group: str
    term: Term
    text: str


@dataclass(frozen=True, slots=True)
class Holding:
    """Everything about one pupil; details and comments are left out where they may not be seen.

    `disposable` is the evidence and the biên bản that would go with the pupil: nobody else's
    correction needs them.
    `obstacle` says why nothing may be erased yet, None where it may be asked for.
    """

    pupil: PupilId
    details: Pupil | None
    attended: Sequence[Attended]
    left_on: date
    kept_until: date
    comments: Sequence[HeldComment]
    corrections: Sequence[CorrectionView]
    disposable: Sequence[str]
    lines: Sequence[NamingLines]
    obstacle: Refused | None

    @property
    def line_count(self) -> int:
        return sum(each.lines for each in self.lines)

    @property
    def files(self) -> list[str]:
        """The hashes of the evidence of all corrections, each once."""
        files = (file.sha256 for one in self.corrections for file in one.evidence)
        return list(dict.fromkeys(files))


def holding_of(hand: PrivacyAtHand, pupil: PupilId) -> Holding:
    """What is held of a pupil now; raises PupilOnNoClassList."""
    desk = hand.desk
    leaver = Leaver(pupil, hand.privacy, desk.ledger, hand.today)
    details = hand.names.details([pupil]).get(pupil)
    corrections = desk.corrections.list(sheet_ids=leaver.sheet_ids)
    return Holding(
        pupil=pupil,
        details=details,
        attended=list(_attended(pupil, leaver.years)),
        left_on=leaver.left_on,
        kept_until=leaver.kept_until,
        comments=list(_comments(hand, pupil, leaver.years)) if details else [],
        corrections=[one for one in corrections if any(line.pupil == pupil for line in one.lines)],
        disposable=disposable(hand, leaver),
        lines=lines_naming(desk.engine, pupil),
        obstacle=_obstacle(leaver),
    )


def disposable(hand: PrivacyAtHand, leaver: Leaver) -> list[str]:
    """The evidence that nothing needs any more once the pupil is erased."""
    erased = {*hand.privacy.erased, leaver.pupil}
    return needed_no_more(sorted(leaver.evidence), erased, hand.desk.corrections)


def _obstacle(leaver: Leaver) -> Refused | None:
    try:
        leaver.may_be_erased()
    except Refused as refused:
        return refused
    return None


def _attended(pupil: PupilId, years: Sequence[Year]) -> Iterator[Attended]:
    for year in years:
        for name in classes_attended(pupil, year):
            yield Attended(year.school_year, name, year.classes[name].places[pupil])


def _comments(hand: PrivacyAtHand, pupil: PupilId, years: Sequence[Year]) -> Iterator[HeldComment]:
    """Every comment ever written, those that a later one replaced included."""
    for attended in _attended(pupil, years):
        stream = results_stream(attended.school_year, attended.class_group)
        for line in hand.desk.ledger.lines(stream):
            if isinstance(line.fact, HomeroomCommentWritten):
                digests = {each.pupil: each.digest for each in line.fact.comments}
                for text in _texts(hand, pupil, digests.get(pupil)):
                    yield HeldComment(
                        attended.school_year, attended.class_group, line.fact.term, text
                    )


def _texts(hand: PrivacyAtHand, pupil: PupilId, digest: str | None) -> Iterator[str]:
    if digest:
        yield from hand.desk.comments.texts({pupil: digest}).values()
