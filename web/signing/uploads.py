"""A PDF that was signed elsewhere comes back: it is taken only if one signature was added to it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, StandardDiffPolicy
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.rules.file_structure_rules import CatalogModificationRule
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields

from web.refusals import SignedFileUnfit
from web.signing.found import FoundSignature, Remark
from web.signing.revising import BROKEN, Unreadable, read
from web.signing.trust import Trust
from web.signing.validating import signatures_of

# So far a clock may be ahead of ours.
_AHEAD: Final = timedelta(minutes=10)
# The first signature may certify the paper, of which the catalog takes a note.
_OF_THE_FIRST: Final = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule({*ROOT_EXEMPT_STRICT_COMPARISON, "/Perms"}),
        *DEFAULT_DIFF_POLICY.global_rules[1:],
    ],
    form_rule=DEFAULT_DIFF_POLICY.form_rule,
)
_REASONS: Final = (
    (Remark.REVOKED, "revoked"),
    (Remark.EXPIRED, "expired"),
    (Remark.WEAK, "weak"),
)


def accept(
    previous: bytes,
    uploaded: bytes,
    *,
    field: str,
    certificate: str,
    trust: Trust,
    at: datetime,
) -> FoundSignature:
    """The one new signature of a PDF that continues `previous`; raises SignedFileUnfit.

    It must be in this field, made with this certificate (SHA-256), hold, and be all that was
    added. Where the school has named roots in `keys/roots`, its chain must lead to one of them;
    where it has named none, the remark NOT_TRUSTED stays.
    """
    if not uploaded.startswith(previous):
        raise SignedFileUnfit(why="not-a-continuation")
    try:
        before = read(previous)
        known = {each.field_name for each in before.embedded_regular_signatures}
        after = signatures_of(uploaded, trust, at=at)
        changed = _changed_fields(before, read(uploaded))
    except (Unreadable, *BROKEN) as broken:
        raise SignedFileUnfit(why="unreadable") from broken
    new = _only_new(known, after)
    for why in _faults(new, field, certificate, trust, at):
        raise SignedFileUnfit(why=why)
    if changed is None or changed - {field} or not all(each.holds for each in after):
        raise SignedFileUnfit(why="changed-more")
    return new


def _only_new(known: set[str], after: list[FoundSignature]) -> FoundSignature:
    added = [each for each in after if each.field not in known]
    if not added:
        raise SignedFileUnfit(why="not-signed")
    if len(added) > 1:
        raise SignedFileUnfit(why="several-signatures")
    return added[0]


def _faults(
    new: FoundSignature, field: str, certificate: str, trust: Trust, at: datetime
) -> Iterator[str]:
    """What is wrong with a signature, the nearest explanation for its signer first."""
    if new.field != field:
        yield "wrong-field"
    if not (new.intact and new.valid):
        yield "invalid"
    if new.certificate != certificate:
        yield "wrong-certificate"
    for remark, why in _REASONS:
        if remark in new.remarks:
            yield why
    if Remark.COVERS_PART in new.remarks:
        yield "covers-part"
    if not new.trusted and (trust.roots or new.internal):
        yield "not-trusted"
    claimed = new.timestamped_at or new.claimed_at
    if claimed is None or claimed > at + _AHEAD:
        yield "wrong-time"


def _changed_fields(previous: PdfFileReader, uploaded: PdfFileReader) -> set[str] | None:
    """The fields whose value or look the new bytes touch; None if they touch more than fields.

    Every revision in between is looked at, as one may undo what another did.
    """
    last = previous.xrefs.total_revisions - 1
    if _fields(previous) != _fields(uploaded):
        return None
    policy = DEFAULT_DIFF_POLICY if previous.embedded_signatures else _OF_THE_FIRST
    result = policy.review_file(uploaded, last, doc_mdp=MDPPerm.FILL_FORMS)
    return set(result.changed_form_fields) if isinstance(result, DiffResult) else None


def _fields(reader: PdfFileReader) -> set[str]:
    return {name for name, _, _ in enumerate_sig_fields(reader)}
