"""Every way the web itself says no, before a command reaches the score sheet."""

from ledger.refusal import Refused, Standing


class AccountLacksRole(Refused):
    """The account does not hold the role that the action or the page needs."""

    code = "account-lacks-role"
    standing = Standing.NOT_YOUR_PLACE


class NotSignedIn(Refused):
    """Nobody is signed in, or the session has ended."""

    code = "not-signed-in"
    standing = Standing.NOT_YOUR_PLACE


class WrongSignIn(Refused):
    """No such account, or another password: which of the two is not told."""

    code = "wrong-sign-in"
    standing = Standing.NOT_YOUR_PLACE


class TooManySignIns(Refused):
    """Too many wrong passwords lately; `seconds` says how long to wait."""

    code = "too-many-sign-ins"
    standing = Standing.NOT_YOUR_PLACE


class PasswordNeeded(Refused):
    """The action asks for the password again, and it was left out."""

    code = "password-needed"
    standing = Standing.NOT_YOUR_PLACE


class WrongPassword(Refused):
    """The password given again is wrong."""

    code = "wrong-password"
    standing = Standing.NOT_YOUR_PLACE


class SecondFactorNeeded(Refused):
    """The password alone decides nothing about official marks, and nothing else was set up."""

    code = "second-factor-needed"
    standing = Standing.NOT_YOUR_PLACE


class CodeNeeded(Refused):
    """The action asks for a code of the phone, and it was left out."""

    code = "code-needed"
    standing = Standing.NOT_YOUR_PLACE


class WrongCode(Refused):
    """The code is not of the person's phone, or not of these seconds; nor a recovery code."""

    code = "wrong-code"
    standing = Standing.NOT_YOUR_PLACE


class CodeUsedAlready(Refused):
    """The code is right and was taken before; a code is taken once."""

    code = "code-used-already"
    standing = Standing.NOT_YOUR_PLACE


class TooManyCodes(Refused):
    """Too many wrong codes lately; `seconds` says how long to wait."""

    code = "too-many-codes"
    standing = Standing.NOT_YOUR_PLACE


class NoAuthenticator(Refused):
    """No phone makes codes for this person."""

    code = "no-authenticator"


class LostFactorNeedsAnother(Refused):
    """Who lost what they confirm with does not remove it as administrator."""

    code = "lost-factor-needs-another"
    standing = Standing.NOT_YOUR_PLACE


class PasskeyUnfit(Refused):
    """A passkey's answer is not taken; `why` is one of the reasons that the sentences know."""

    code = "passkey-unfit"


class PasswordTooWeak(Refused):
    """A new password is shorter than it must be, or holds the name of the account."""

    code = "password-too-weak"


class UsernameTaken(Refused):
    """Another account has this name."""

    code = "username-taken"


class NoSuchAccount(Refused):
    """There is no such account."""

    code = "no-such-account"
    standing = Standing.NO_SUCH_THING


class NotForYourEyes(Refused):
    """The person has no part in the sheet, correction or file."""

    code = "not-for-your-eyes"
    standing = Standing.NOT_YOUR_PLACE


class NoSuchDepartment(Refused):
    """The year has no such department."""

    code = "no-such-department"
    standing = Standing.NO_SUCH_THING


class NoSuchEvidence(Refused):
    """No correction that the person may see carries this file."""

    code = "no-such-evidence"
    standing = Standing.NO_SUCH_THING


class NoSuchLine(Refused):
    """The ledger has no line at this position, or none that belongs to the page."""

    code = "no-such-line"
    standing = Standing.NO_SUCH_THING


class SchoolNotDescribed(Refused):
    """Nobody has said what the school is called, which stands at the head of every paper."""

    code = "school-not-described"


class EvidenceNotKept(Refused):
    """A file of evidence is lost or altered: its `kind`, and its `sha256`."""

    code = "evidence-not-kept"


class DossierNotDrawn(Refused):
    """The biên bản could not be typeset: a fault of ours, which the log tells."""

    code = "dossier-not-drawn"


class DossierFileLost(Refused):
    """The newest file of a dossier is gone or altered: its `sha256`."""

    code = "dossier-file-lost"
    standing = Standing.NO_SUCH_THING


class ReportNotDrawn(Refused):
    """The monthly report could not be typeset: a fault of ours, which the log tells."""

    code = "report-not-drawn"


class ReportFileLost(Refused):
    """The file of a monthly report is gone or altered: its `sha256`."""

    code = "report-file-lost"
    standing = Standing.NO_SUCH_THING


class LineNotPublishedYet(Refused):
    """No checkpoint covers the line, so there is no proof of it yet."""

    code = "line-not-published-yet"


class LineDiffersFromPublished(Refused):
    """The line is not what the log has signed: somebody wrote into the database."""

    code = "line-differs-from-published"


class EvidenceUnfit(Refused):
    """An uploaded file may not be kept; `why` is one of the reasons that the sentences know."""

    code = "evidence-unfit"


class FileIsStale(Refused):
    """What a file was compared with when it was previewed has changed since."""

    code = "file-is-stale"


class FormIncomplete(Refused):
    """Fields of a form are missing or cannot be read; `fields` says which, and why each."""

    code = "form-incomplete"


class PointUnreadable(Refused):
    """An address asks for a sheet as of no readable day, moment or position."""

    code = "point-unreadable"


class ComesFromElsewhere(Refused):
    """A writing request was not sent by a page of this site."""

    code = "comes-from-elsewhere"
    standing = Standing.NOT_YOUR_PLACE


class SigningFailed(Refused):
    """Nothing was signed; `why` is one of the reasons that the sentences know."""

    code = "signing-failed"


class SignedFileUnfit(Refused):
    """A PDF that came back signed is not taken; `why` is one of the reasons of the sentences."""

    code = "signed-file-unfit"


class CertificateUnfit(Refused):
    """A person may not sign with this certificate; `why` is one of the reasons of the sentences."""

    code = "certificate-unfit"


class PinUnfit(Refused):
    """A new PIN is no row of digits, shorter than it must be, or easily guessed."""

    code = "pin-unfit"


class WrongPin(Refused):
    """The PIN does not open the person's key."""

    code = "wrong-pin"
    standing = Standing.NOT_YOUR_PLACE


class TooManyPins(Refused):
    """Too many wrong PINs lately; `seconds` says how long to wait."""

    code = "too-many-pins"
    standing = Standing.NOT_YOUR_PLACE


class NoSchoolAuthority(Refused):
    """The school has not founded an authority of its own."""

    code = "no-school-authority"


class NoSchoolKey(Refused):
    """The school's authority has not given this person a key, or has taken it back."""

    code = "no-school-key"
    standing = Standing.NO_SUCH_THING


class AcceptedRootUnreadable(Refused):
    """A file in `keys/roots` holds no certificate, so nobody can say whom the school believes."""

    code = "accepted-root-unreadable"


class ArchivingFailed(Refused):
    """The proofs of the signatures could not be put into the file; `why` says what is missing."""

    code = "archiving-failed"


class CheckingIsBusy(Refused):
    """Somebody else has a dossier checked just now; the same may be asked again in a moment."""

    code = "checking-is-busy"
