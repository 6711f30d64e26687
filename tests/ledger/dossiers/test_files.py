"""Of a dossier's file only the newest state is needed, until all of it is disposed of."""

from ledger.dossiers.facts import DossierDisposed, DossierDrafted, DossierSigned
from ledger.dossiers.files import DossierFiles
from tests.ledger.dossiers.story import FIRST, LAST, SECOND, THIRD, drafted
from tests.ledger.dossiers.test_signing import BY_ALL, archived
from tests.scenario import lines_of
from tests.school import BOOK, FIX, FIX_AGAIN, REASON


def test_every_state_but_the_newest_is_superseded() -> None:
    files, states = DossierFiles(), []
    for line in lines_of(BY_ALL):
        files.take(line.fact)
        if isinstance(line.fact, DossierDrafted | DossierSigned):
            states.append(line.fact.revision.sha256)
    assert files.superseded == set(states[:-1])
    files.take(archived())
    assert files.superseded == set(states)
    assert LAST.sha256 not in files.superseded


def test_a_draft_made_anew_supersedes_the_one_before_and_no_other_dossiers() -> None:
    files = DossierFiles()
    files.take(drafted())
    files.take(drafted(correction_id=FIX_AGAIN, number=2, revision=THIRD))
    files.take(drafted(revision=SECOND, reason=REASON))
    assert files.superseded == {FIRST.sha256}
    # Should the very same file come back, it is needed again.
    files.take(drafted(revision=FIRST, reason=REASON))
    assert files.superseded == {SECOND.sha256}


def test_what_is_disposed_of_is_told_by_the_fact() -> None:
    files = DossierFiles()
    files.take(DossierDisposed(correction_id=FIX, files=(LAST.sha256, BOOK.sha256)))
    assert files.disposed == {LAST.sha256, BOOK.sha256}
