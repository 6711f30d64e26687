"""Every way the keeping of dossiers is refused, in order of precedence; the codes are permanent."""

from ledger.refusal import Refused, Standing


class NoSuchDossier(Refused):
    """No biên bản was made of this correction yet, or there is no such correction."""

    code = "no-such-dossier"
    standing = Standing.NO_SUCH_THING


class CorrectionNotExecuted(Refused):
    """A biên bản tells what was done, so it is made once the marks are corrected."""

    code = "correction-not-executed"


class DossierIsDisposed(Refused):
    """The dossier's files were destroyed after its time; its hashes stay. `at`, `by`."""

    code = "dossier-is-disposed"


class DossierIsArchived(Refused):
    """The dossier is complete and archived: nothing is added any more."""

    code = "dossier-is-archived"


class NumberNotNext(Refused):
    """Another biên bản got this number meanwhile; `number` is the one to print."""

    code = "dossier-number-not-next"


class SignerIsMissing(Refused):
    """The school's rules demand a signer whom nobody is: `role`."""

    code = "dossier-signer-missing"


class DraftIsSigned(Refused):
    """The biên bản bears signatures: only the principal lets it be made anew, with the reason."""

    code = "dossier-draft-is-signed"


class NotYourSignature(Refused):
    """Somebody else signs in this place: `person`."""

    code = "not-your-signature"
    standing = Standing.NOT_YOUR_PLACE
    kept = False


class NotYourTurnToSign(Refused):
    """The order of signing has somebody before: `role` signs next."""

    code = "not-your-turn-to-sign"


class RevisionMovedOn(Refused):
    """The file was signed or made anew since it was opened: read the newest and sign that."""

    code = "dossier-revision-moved-on"


class RevisionDoesNotGrow(Refused):
    """A signature only adds to a file; this one is no longer than what it should continue."""

    code = "dossier-revision-does-not-grow"


class CertificateNotEnrolled(Refused):
    """The certificate is not enrolled as the signer's, or was withdrawn."""

    code = "certificate-not-enrolled"


class CertificateOutOfDate(Refused):
    """The certificate is valid `valid_from` to `valid_until` only."""

    code = "certificate-out-of-date"


class PaperNotDemanded(Refused):
    """The biên bản does not ask for this paper to be corrected."""

    code = "paper-not-demanded"


class SignaturesAreMissing(Refused):
    """Not everybody has signed: `roles` are still to sign."""

    code = "dossier-signatures-missing"


class PapersNotCorrected(Refused):
    """Paper that carries the old mark is still to be corrected by hand: `papers`."""

    code = "dossier-papers-not-corrected"


class PaperIssuedTomorrow(Refused):
    """A paper is noted when it was issued, not before."""

    code = "paper-issued-tomorrow"


class DossierNotArchived(Refused):
    """Only an archived dossier can be disposed of."""

    code = "dossier-not-archived"


class DossierStillKept(Refused):
    """The dossier is kept until its pupils have left, and the time after: `until`, `ordered_by`.

    `until` is the last day as it is known today.
    """

    code = "dossier-still-kept"


class DisposalNotProposed(Refused):
    """Two people dispose of a dossier: one proposes it first."""

    code = "dossier-disposal-not-proposed"


class DisposalNeedsAnother(Refused):
    """Who proposed a disposal never decides on it."""

    code = "dossier-disposal-needs-another"
    standing = Standing.NOT_YOUR_PLACE


class FilesStillNeeded(Refused):
    """A file named for disposal belongs to no correction of this dossier."""

    code = "dossier-files-still-needed"
