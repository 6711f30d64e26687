"""Verify a dossier as it left the house: from one file, without the school and its server.

The PDF is opened only when the log has signed for its hash and nothing else is wrong: what is not
proven is not even read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography import x509

from ledger.dossiers.commands import dossiers_stream
from ledger.trust.note import MalformedKey, VerifierKey
from ledger.trust.policy import CheckedCheckpoint, Policy
from web.dossiers.account import Account, LineMissing, account_of, disagreements, foreign_lines
from web.dossiers.bundle import Bundle, BundleUnreadable, Manifest, places_of
from web.dossiers.flaws import Flaw, Found
from web.dossiers.inside import flaws_inside
from web.dossiers.proven import Proven, prove_lines
from web.dossiers.signed_file import revision_flaws
from web.signing.certificates import der
from web.signing.trust import Trust


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it; `account` is None where the lines do not make up a dossier.

    `sealed` is the checkpoint that the lines are under, with who cosigned it when; None where
    nothing is proven. `lines` says how many are.
    """

    manifest: Manifest
    lines: int
    sealed: CheckedCheckpoint | None
    account: Account | None
    flaws: Sequence[Found]
    notes: Sequence[Found]

    @property
    def is_sound(self) -> bool:
        return not self.flaws


def verify(content: bytes, *, policy: Policy | None = None, trust: Trust | None = None) -> Verified:
    """Check all there is to check; raises BundleUnreadable.

    Without a key in the policy, the log's key is taken from the file, and that is told. Without
    trust the roots in the file are taken: whose a certificate is, the lines say anyhow.
    """
    bundle = Bundle.parse(content)
    believed = policy if policy and policy.logs else _with_its_own_key(bundle.manifest, policy)
    proven = prove_lines(bundle.lines, believed)
    found = list(proven.found)
    if believed is not policy:
        found.append(Found(Flaw.LOG_KEY_FROM_FILE, told=bundle.manifest.log_key))
    if proven.sealed and not proven.sealed.cosigned:
        found.append(Found(Flaw.NO_WITNESS))
    account = _account(bundle.manifest, proven, found)
    if account:
        found += _of_account(bundle, account, proven)
        found += revision_flaws(bundle.pdf, account)
        if all(one.is_note or one.flaw is Flaw.SIGNATURE_AWAITED for one in found):
            found += flaws_inside(bundle.pdf, account, trust or trust_in(bundle, account))
    return Verified(
        manifest=bundle.manifest,
        lines=len(proven.lines),
        sealed=proven.sealed,
        account=account,
        flaws=[one for one in found if not one.is_note],
        notes=[one for one in found if one.is_note],
    )


def _with_its_own_key(manifest: Manifest, policy: Policy | None) -> Policy:
    try:
        key = VerifierKey.parse(manifest.log_key)
    except MalformedKey as malformed:
        raise BundleUnreadable("log-key-malformed") from malformed
    asked = policy or Policy()
    return Policy(asked.quorum, {key: None}, asked.witnesses, asked.groups)


def _account(manifest: Manifest, proven: Proven, found: list[Found]) -> Account | None:
    try:
        return account_of(manifest.correction_id, proven.lines)
    except LineMissing as missing:
        found.append(Found(Flaw.LINE_MISSING, str(missing)))
        return None


def _of_account(bundle: Bundle, account: Account, proven: Proven) -> Iterator[Found]:
    yield from foreign_lines(bundle.manifest.correction_id, proven.lines)
    yield from disagreements(account)
    streams = {line.stream_id for line in proven.lines if line.fact is account.dossier.drafted}
    said = bundle.manifest
    dossier = account.dossier
    told = {
        "school_year": streams == {dossiers_stream(said.school_year)},
        "number": said.number == dossier.drafted.number,
        "signers": said.signers == places_of(dossier),
        "revisions": said.revisions == dossier.revisions,
    }
    for name, is_right in told.items():
        if not is_right:
            yield Found(Flaw.MANIFEST_DIFFERS, name)


def trust_in(bundle: Bundle, account: Account) -> Trust:
    """The roots in the file: of the school's own authority those that its lines name."""
    own = {one.certificate for one in account.credentials.authorities}
    school: list[bytes] = []
    others: list[bytes] = []
    for pem in bundle.roots.values():
        try:
            root = der(x509.load_pem_x509_certificate(pem))
        except ValueError:
            continue  # Then no certificate leads to it, which is told of each that should.
        (school if sha256(root).hexdigest() in own else others).append(root)
    return Trust(tuple(others), tuple(school))
