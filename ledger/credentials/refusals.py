"""Every way a passkey or certificate is refused, in order of precedence; codes are permanent."""

from ledger.refusal import Refused, Standing


class CertificateIsYourOwn(Refused):
    """Everybody binds their own certificate; nobody binds one to somebody else."""

    code = "certificate-is-your-own"
    standing = Standing.NOT_YOUR_PLACE


class OnlyThePrincipalFounds(Refused):
    """The school's own authority is begun by the principal in person."""

    code = "only-the-principal-founds"
    standing = Standing.NOT_YOUR_PLACE


class NoSuchPasskey(Refused):
    """Nobody registered this passkey."""

    code = "no-such-passkey"
    standing = Standing.NO_SUCH_THING


class PasskeyTaken(Refused):
    """The passkey was registered before: by somebody else, or and revoked since."""

    code = "passkey-taken"


class NoSuchCertificate(Refused):
    """Nobody is bound to this certificate."""

    code = "no-such-certificate"
    standing = Standing.NO_SUCH_THING


class CertificateTaken(Refused):
    """The certificate is bound to somebody else."""

    code = "certificate-taken"


class CertificateIsWithdrawn(Refused):
    """The certificate was withdrawn; that is for ever, and a new one is needed."""

    code = "certificate-is-withdrawn"


class CertificateNotValidNow(Refused):
    """The certificate is not valid yet or no longer: `valid_from` and `valid_until` say when."""

    code = "certificate-not-valid-now"
