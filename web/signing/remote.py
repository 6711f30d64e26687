"""Sign with a service that keeps the person's key and asks the person (CSC API v1).

What the service wants to know from the person is given for one signature and kept nowhere.
"""

from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import ClientError, ClientResponseError, ClientSession, ClientTimeout
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    base64_digest,
    fetch_certs_in_csc_credential,
)
from pyhanko.sign.timestamps import TimeStamper

from ledger.credentials.facts import SigningWay
from web.refusals import SigningFailed
from web.signing.algorithms import mechanism
from web.signing.certificates import fingerprint
from web.signing.embedding import signed
from web.signing.port import Asked
from web.signing.waiting import result_of

# The person may have to find a phone and agree there.
_PATIENCE: Final = 120
_FOR_QUESTIONS: Final = 15
_LONGEST_SIGNATURE: Final = 512


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person gives the service for one signature; which of them, the service says."""

    token: str | None = field(default=None, repr=False)
    pin: str | None = field(default=None, repr=False)
    one_time: str | None = field(default=None, repr=False)


class RemoteSigner:
    """A person's key at a signing service, for one signature."""

    way = SigningWay.REMOTE

    def __init__(
        self, service: str, credential: str, consent: Consent, timestamper: TimeStamper
    ) -> None:
        """Take the service's address before "/csc/v1" and its name for the person's key."""
        self._at = CSCServiceSessionInfo(service, credential, oauth_token=consent.token)
        self._consent = consent
        self._timestamper = timestamper

    def certificate(self) -> str:
        """The SHA-256 of the certificate that the service has now; raises SigningFailed."""
        return result_of(self._asked_for_certificate())

    def sign(self, pdf: bytes, asked: Asked) -> bytes:
        """The PDF with this signature; raises SigningFailed and CertificateUnfit."""
        return result_of(self._signed(pdf, asked))

    async def _asked_for_certificate(self) -> str:
        async with ClientSession() as session:
            known = await self._credential(session)
        return fingerprint(known.signing_cert.dump())

    async def _signed(self, pdf: bytes, asked: Asked) -> bytes:
        async with ClientSession() as session:
            known = await self._credential(session)
            agreeing = _Agreeing(session, self._at, known, self._consent)
            return await signed(pdf, asked, _Service(session, agreeing), self._timestamper)

    async def _credential(self, session: ClientSession) -> CSCCredentialInfo:
        async with _answers():
            return await fetch_certs_in_csc_credential(session, self._at, _FOR_QUESTIONS)


class _Agreeing(CSCAuthorizationManager):
    """Hands the person's consent to the service, bound to the one hash that is to be signed."""

    def __init__(
        self,
        session: ClientSession,
        at: CSCServiceSessionInfo,
        known: CSCCredentialInfo,
        consent: Consent,
    ) -> None:
        super().__init__(at, known)
        self._session = session
        self._consent = consent

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        asked = self.format_csc_auth_request(
            pin=self._consent.pin, otp=self._consent.one_time, hash_b64s=hash_b64s
        )
        return self.parse_csc_auth_response(await self.ask("credentials/authorize", asked))

    async def ask(self, what: str, asked: dict[str, Any]) -> dict[str, Any]:
        async with (
            _answers(),
            self._session.post(
                self.csc_session_info.endpoint_url(what),
                headers=self.auth_headers,
                json=asked,
                raise_for_status=True,
                timeout=ClientTimeout(total=_PATIENCE),
            ) as response,
        ):
            answer: dict[str, Any] = await response.json()
            return answer


class _Service(CSCSigner):
    """The library's signer without its batches, so that a failure says what it was."""

    def __init__(self, session: ClientSession, agreeing: _Agreeing) -> None:
        super().__init__(session, agreeing)
        self._signature_mechanism = mechanism(agreeing.credential_info.signing_cert)
        self._agreeing = agreeing

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - as the library declares it
    ) -> bytes:
        if dry_run:
            return bytes(_LONGEST_SIGNATURE)
        hashed = base64_digest(data, digest_algorithm)
        async with _answers():
            asked = await self.format_csc_signing_req([hashed], digest_algorithm)
            answer = await self._agreeing.ask("signatures/signHash", asked)
            (signature,) = answer["signatures"]
            return b64decode(signature)


@asynccontextmanager
async def _answers() -> AsyncIterator[None]:
    """Raise SigningFailed for whatever keeps the service from a usable answer."""
    try:
        yield
    except ClientResponseError as refused:
        raise SigningFailed(why="service-refused") from refused
    except (ClientError, OSError) as silent:
        raise SigningFailed(why="no-answer") from silent
    except SigningError as wrapped:
        if isinstance(wrapped.__cause__, ClientResponseError):
            raise SigningFailed(why="service-refused") from wrapped
        unreached = isinstance(wrapped.__cause__, ClientError | OSError)
        raise SigningFailed(why="no-answer" if unreached else "unknown-answer") from wrapped
    except (ValueError, LookupError, TypeError) as unknown:
        raise SigningFailed(why="unknown-answer") from unknown
