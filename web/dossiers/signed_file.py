"""A dossier's file beside its lines: which revision it is, and whether its signatures are those."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from ledger.dossiers.facts import DossierArchived, DossierDrafted, DossierSigned, Revision
from ledger.dossiers.state import Dossier, Signed
from web.dossiers.account import Account
from web.dossiers.flaws import Flaw, Found
from web.signing.found import WRONG, FoundSignature

# Each of these facts names a revision that was kept when it was written.
_KEEPS = (DossierDrafted, DossierSigned, DossierArchived)


def revision_flaws(pdf: bytes, account: Account) -> Iterator[Found]:
    """What the file is instead of the newest revision, and whether that continues the others.

    Only hashes are compared, so that a stranger's bytes are not even opened.
    """
    dossier = account.dossier
    revisions = dossier.revisions
    if _is(pdf, dossier.revision):
        for number, earlier in enumerate(revisions[:-1]):
            if not _begins_with(pdf, earlier):
                yield Found(Flaw.REVISIONS_BROKEN, str(number), earlier.sha256)
        return
    digest = sha256(pdf).hexdigest()
    if any(one.sha256 == digest for one in revisions):
        signed = next(number for number, one in enumerate(revisions) if one.sha256 == digest)
        yield Found(Flaw.PDF_OLDER, ", ".join(_missing(dossier, signed)), str(signed))
    elif any(one.sha256 == digest for one in account.replaced):
        yield Found(Flaw.PDF_DRAFT_REPLACED, told=digest)
    elif _begins_with(pdf, dossier.revision):
        yield Found(Flaw.PDF_LONGER, told=str(len(pdf) - dossier.revision.size))
    elif any(_begins_with(pdf, one) for one in revisions):
        last = max(number for number, one in enumerate(revisions) if _begins_with(pdf, one))
        yield Found(Flaw.PDF_ALTERED, str(last), digest)
    else:
        yield Found(Flaw.PDF_FOREIGN, told=digest)


def signature_flaws(account: Account, found: list[FoundSignature]) -> Iterator[Found]:
    """Each signature that the lines name, in the newest file; and each that none names."""
    by_field = {one.field: one for one in found}
    for signed in account.dossier.signatures:
        one = by_field.pop(signed.fact.role, None)
        if one is None:
            yield Found(Flaw.SIGNATURE_MISSING, signed.fact.role)
        else:
            yield from _of_one(signed, one)
    for field, one in by_field.items():
        yield Found(Flaw.SIGNATURE_UNKNOWN, field, one.certificate)


def kept_last_at(account: Account) -> datetime:
    """When the newest revision was kept: by then its signatures were there, says the ledger."""
    kept = (line.at for line in account.steps if isinstance(line.fact, _KEEPS))
    return max(kept)


def archived_at(account: Account) -> datetime:
    """When the dossier was archived first; what renews that later proves no new signature."""
    return min(line.at for line in account.steps if isinstance(line.fact, DossierArchived))


def _of_one(signed: Signed, one: FoundSignature) -> Iterator[Found]:
    role = signed.fact.role
    if one.certificate != signed.fact.certificate:
        yield Found(Flaw.SIGNATURE_OF_ANOTHER, role, one.certificate)
    if one.covers != signed.fact.revision.size:
        yield Found(Flaw.SIGNATURE_COVERS_OTHER, role, str(one.covers))
    wrong = [remark for remark in one.remarks if remark in WRONG]
    if wrong:
        yield Found(Flaw.SIGNATURE_BROKEN, role, ", ".join(wrong))
    if notable := [remark for remark in one.remarks if remark not in WRONG]:
        yield Found(Flaw.SIGNATURE_REMARK, role, ", ".join(notable))


def _missing(dossier: Dossier, signed: int) -> Iterator[str]:
    """The roles whose signatures came after so many."""
    yield from (one.fact.role for one in dossier.signatures[signed:])


def _is(content: bytes, revision: Revision) -> bool:
    return len(content) == revision.size and sha256(content).hexdigest() == revision.sha256


def _begins_with(content: bytes, revision: Revision) -> bool:
    return len(content) >= revision.size and _is(content[: revision.size], revision)
