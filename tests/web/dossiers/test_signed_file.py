"""Which revision a file is, by its bytes alone, where the lines know of more than one draft."""

from dataclasses import replace
from hashlib import sha256

import pytest

from ledger.dossiers.facts import Revision
from tests.web.dossiers.unpacked import Left
from web.dossiers.account import Account, account_of
from web.dossiers.bundle import Bundle
from web.dossiers.flaws import Flaw
from web.dossiers.proven import prove_lines
from web.dossiers.signed_file import kept_last_at, revision_flaws


@pytest.fixture(scope="module")
def bundle(left: Left) -> Bundle:
    return Bundle.parse(left.content)


@pytest.fixture(scope="module")
def account(left: Left, bundle: Bundle) -> Account:
    return account_of(bundle.manifest.correction_id, prove_lines(bundle.lines, left.policy).lines)


def flaws(pdf: bytes, account: Account) -> list[tuple[Flaw, str]]:
    return [(one.flaw, one.where) for one in revision_flaws(pdf, account)]


def test_a_draft_that_was_made_anew_is_known_as_such(account: Account) -> None:
    pdf = b"%PDF-1.7 the draft before\n"
    before = Revision(sha256=sha256(pdf).hexdigest(), size=len(pdf))
    assert flaws(pdf, account) == [(Flaw.PDF_FOREIGN, "")]
    assert flaws(pdf, replace(account, replaced=(before,))) == [(Flaw.PDF_DRAFT_REPLACED, "")]


def test_the_newest_file_has_to_begin_as_each_one_before(bundle: Bundle, account: Account) -> None:
    first, *others = account.dossier.signatures
    elsewhere = Revision(sha256="a" * 64, size=first.fact.revision.size)
    changed = first._replace(fact=first.fact.model_copy(update={"revision": elsewhere}))
    dossier = replace(account.dossier, signatures=(changed, *others))
    assert flaws(bundle.pdf, account) == []
    assert flaws(bundle.pdf, replace(account, dossier=dossier)) == [(Flaw.REVISIONS_BROKEN, "1")]


def test_it_was_kept_when_the_last_of_its_lines_was_written(account: Account) -> None:
    assert kept_last_at(account) == account.steps[-1].at
    assert kept_last_at(account) > account.dossier.signatures[-1].at
