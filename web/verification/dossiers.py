"""Whether every dossier is what the lines say: its file, its signatures, what lies inside."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, get_args
from uuid import UUID

from ledger.credentials.facts import AnyCredentialsFact
from ledger.credentials.state import NO_CREDENTIALS_YET, evolve_credentials
from ledger.dossiers.facts import DossierDisposed, DossierDrafted
from ledger.line import Line
from ledger.sheet.facts import SheetOpened
from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore
from ledger.store.keys import KeyFolder, KeyUnusable
from ledger.verification.checks import Batch
from ledger.verification.findings import Finding
from ledger.verification.source import Source
from ledger.vocabulary import CorrectionId
from web.dossiers.account import Account, LineMissing, account_of, disagreements
from web.dossiers.flaws import Flaw, Found
from web.dossiers.signed_file import revision_flaws
from web.refusals import AcceptedRootUnreadable, NoSchoolAuthority
from web.signing.trust import Trust
from web.wording.dossier_checks import flaw_sentence

_OF_CREDENTIALS: Final = get_args(AnyCredentialsFact)
_OF_LINES: Final = "dossier-lines-differ"
_CODES: Final[Mapping[Flaw, str]] = MappingProxyType(
    {
        **dict.fromkeys((Flaw.PDF_UNREADABLE, Flaw.PDF_FOREIGN), "dossier-file-differs"),
        **{flaw: "dossier-signature-wrong" for flaw in Flaw if flaw.value.startswith("signature-")},
        **dict.fromkeys(
            (Flaw.EVIDENCE_DIFFERS, Flaw.RECORD_MISSING, Flaw.RECORD_DIFFERS),
            "dossier-content-differs",
        ),
        Flaw.ARCHIVE_FAILS: "dossier-archive-fails",
    }
)


class DossierCheck:
    """The newest file of each dossier, opened beside its lines.

    Whether that file is there and unaltered is a matter of evidence, and found there. A dossier
    that still awaits a signature is none that is wrong.
    """

    def __init__(self, store: EvidenceStore, keys: KeyFolder | None) -> None:
        self._store = store
        self._keys = keys
        self._steps: dict[CorrectionId, list[Line]] = defaultdict(list)
        self._opened: dict[UUID, Line] = {}
        self._drafted: dict[CorrectionId, Line] = {}
        self._credentials = NO_CREDENTIALS_YET
        self._right = 0

    @property
    def checked(self) -> Mapping[str, int]:
        return {"dossiers": self._right}

    def take(self, batch: Batch) -> Iterator[Finding]:
        lines = [line for line in batch.lines if line]
        self._credentials = evolve_credentials(
            self._credentials, (line for line in lines if isinstance(line.fact, _OF_CREDENTIALS))
        )
        for line in lines:
            if isinstance(line.fact, SheetOpened):
                self._opened[line.stream_id] = line
            elif correction_id := getattr(line.fact, "correction_id", None):
                self._steps[correction_id].append(line)
                if isinstance(line.fact, DossierDrafted):
                    self._drafted[correction_id] = line
                elif isinstance(line.fact, DossierDisposed):
                    self._drafted.pop(correction_id, None)
        yield from ()

    def finish(self, source: Source) -> Iterator[Finding]:  # noqa: ARG002  (as every check)
        for correction_id, drafted in self._drafted.items():
            assert isinstance(drafted.fact, DossierDrafted), "kept under its fact"
            found = list(self._of_one(correction_id, drafted.fact))
            self._right += not found
            for one in found:
                code, number = _CODES.get(one.flaw, _OF_LINES), str(drafted.fact.number)
                yield Finding(code, drafted.position, number, "", flaw_sentence(one))

    def _of_one(self, correction_id: CorrectionId, drafted: DossierDrafted) -> Iterator[Found]:
        opened = self._opened.get(drafted.sheet)
        lines = [*([opened] if opened else []), *self._steps[correction_id]]
        try:
            account = account_of(correction_id, lines, self._credentials)
        except LineMissing as missing:
            yield Found(Flaw.LINE_MISSING, str(missing))
            return
        for found in (*disagreements(account), *self._of_file(account)):
            waits = found.flaw is Flaw.SIGNATURE_AWAITED and account.dossier.archived is None
            # Approvals are a check of their own, also of corrections without a dossier.
            if not (found.is_note or waits or found.flaw is Flaw.APPROVAL_DIFFERS):
                yield found

    def _of_file(self, account: Account) -> Iterator[Found]:
        try:
            pdf = self._store.read(account.dossier.revision.sha256)
        except (EvidenceMissing, EvidenceAltered):
            return
        # What reads signatures takes seconds to load, and many a ledger has no dossier.
        from web.dossiers.inside import flaws_inside  # noqa: PLC0415

        trust = _trust_in(self._keys)
        # Without any root nobody can say how long a signature holds.
        blind = not (trust.roots or trust.school)
        yield from revision_flaws(pdf, account)
        for found in flaws_inside(pdf, account, trust):
            if not (blind and found.flaw is Flaw.ARCHIVE_FAILS):
                yield found


def _trust_in(keys: KeyFolder | None) -> Trust:
    """Whom the school believes, as far as its folder of keys can be read."""
    from web.signing.authority import SchoolAuthority  # noqa: PLC0415  (slow to load, as above)

    if keys is None:
        return Trust()
    try:
        school = SchoolAuthority.in_folder(keys).roots
    except (NoSchoolAuthority, KeyUnusable):
        school = ()
    try:
        return Trust.in_folder(keys.folder, school=school)
    except AcceptedRootUnreadable:
        return Trust(school=school)
