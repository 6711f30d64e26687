"""The register shows each biên bản: its number, where it stands and who signs next."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from ledger.dossiers import facts
from ledger.dossiers.facts import PaperKind
from ledger.dossiers.state import DossierStatus
from ledger.line import Line
from ledger.vocabulary import CorrectionId
from projections.dossiers import DossierRegister, DossierView
from projections.dossiers.fold import DossiersFold
from tests.ledger.dossiers.story import FIRST, FOURTH, LAST, SECOND, THIRD, drafted
from tests.ledger.dossiers.test_signing import BY_ALL, archived
from tests.scenario import Past, lines_of
from tests.school import FIX, FIX_AGAIN, KHOA, LAN, MAI, NGOC, OPENED

BOOK = PaperKind.CLASS_BOOK
LATE: tuple[Past, ...] = (OPENED, KHOA.wrote(drafted(papers=(BOOK,))), *BY_ALL[1:])


class Register:
    """A register that is told lines, a batch at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._fold = DossiersFold()
        self._fold.metadata.create_all(engine)
        self.answers = DossierRegister(engine)

    def told(self, *past: Past, in_one: bool = True) -> "Register":
        lines = lines_of(past)
        batches: Sequence[Sequence[Line]] = [lines] if in_one else [[line] for line in lines]
        for batch in batches:
            with self._engine.begin() as connection:
                self._fold.apply(connection, batch)
        return self

    def one(self, correction_id: CorrectionId = FIX) -> DossierView:
        found = self.answers.find(correction_id)
        assert found is not None
        return found


@pytest.fixture
def register(engine: Engine) -> Register:
    return Register(engine)


@pytest.mark.parametrize("in_one", [True, False])
def test_a_record_is_followed_to_its_archive(register: Register, *, in_one: bool) -> None:
    register.told(*LATE, in_one=in_one)
    waiting = register.one()
    assert (waiting.number, waiting.school_year) == (1, "2026-2027")
    assert waiting.status is DossierStatus.AWAITS_PAPERS
    assert waiting.uncorrected == (BOOK,)
    assert waiting.next_signer is None
    assert waiting.revisions == (FIRST, SECOND, THIRD, FOURTH)
    register.told(
        facts.PaperCorrected(correction_id=FIX, paper=BOOK, note="Trang 12"),
        NGOC.wrote(archived()),
        in_one=in_one,
    )
    done = register.one()
    assert (done.status, done.uncorrected) == (DossierStatus.ARCHIVED, ())
    assert done.revision == LAST
    assert done.holds_until == archived().holds_until
    assert done.archived_at == NGOC.moment


def test_it_says_who_signs_next(register: Register) -> None:
    register.told(OPENED, KHOA.wrote(drafted()), BY_ALL[1])
    assert register.one().next_signer == drafted().signers[1]
    assert register.one().status is DossierStatus.AWAITS_SIGNATURES
    assert [one.number for one in register.answers.list(next_signer=KHOA.person)] == [1]
    assert register.answers.list(next_signer=LAN.person) == []


def test_a_record_made_anew_has_no_signatures_but_keeps_what_was_ticked_off(
    register: Register,
) -> None:
    ticked = facts.PaperCorrected(correction_id=FIX, paper=BOOK, note="Trang 12")
    again = drafted(papers=(BOOK,), revision=LAST, reason="Sai tên")
    register.told(*LATE, ticked, NGOC.wrote(again))
    anew = register.one()
    assert (anew.signed, anew.revisions, anew.uncorrected) == (0, (LAST,), ())
    assert anew.next_signer == drafted().signers[0]


def test_a_disposal_is_proposed_declined_and_carried_out(register: Register) -> None:
    proposed = facts.DisposalProposed(correction_id=FIX, reason="Học sinh đã ra trường")
    declined = facts.DisposalDeclined(correction_id=FIX, reason="Còn đơn")
    register.told(OPENED, *BY_ALL, NGOC.wrote(archived()), MAI.wrote(proposed))
    assert register.one().disposal_proposed_by == MAI.person
    assert len(register.answers.list(disposal_proposed=True)) == 1
    register.told(NGOC.wrote(declined))
    assert register.answers.list(disposal_proposed=True) == []
    assert register.one().disposal_proposed_by is None
    register.told(
        MAI.wrote(proposed), NGOC.wrote(facts.DossierDisposed(correction_id=FIX, files=()))
    )
    gone = register.one()
    assert (gone.status, gone.disposed_by) == (DossierStatus.DISPOSED, NGOC.person)


def test_the_list_is_asked_by_year_number_status_and_correction(register: Register) -> None:
    other = drafted(correction_id=FIX_AGAIN, number=2, revision=THIRD)
    register.told(OPENED, *BY_ALL, KHOA.wrote(other))
    answers = register.answers
    assert [one.number for one in answers.list(school_year="2026-2027")] == [2, 1]
    assert answers.list(school_year="2025-2026") == []
    assert [one.correction_id for one in answers.list(number=1)] == [FIX]
    waiting = answers.list(status=DossierStatus.AWAITS_SIGNATURES)
    assert [one.number for one in waiting] == [2]
    both = answers.list(status=(DossierStatus.COMPLETE, DossierStatus.AWAITS_SIGNATURES))
    assert len(both) == 2
    assert [one.number for one in answers.list(correction_ids=[FIX_AGAIN])] == [2]
    assert answers.list(correction_ids=[]) == []
    assert answers.years() == ("2026-2027",)
    assert answers.find(CorrectionId(LAN.person)) is None
