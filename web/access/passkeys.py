"""Passkeys (WebAuthn): a key pair in a phone or computer that opens by finger, face or PIN.

Nothing is remembered between a question and its answer. The challenge to register is made of the
session and the form; the challenge to approve is the SHA-256 of the approval, so that the answer
is a signature that stays with the line and can be checked by anybody.
"""

import hashlib
import json
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import Request
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ledger.credentials.state import Passkey
from ledger.sheet.attestation import Assertion
from web.access.identity import SignedIn
from web.refusals import PasskeyUnfit

_LONGEST_ANSWER: Final = 20_000
_ASSERTED: Final = ("clientDataJSON", "authenticatorData", "signature")


class Site(NamedTuple):
    """Where the browser is: a passkey belongs to a host, and answers to its pages alone."""

    host: str
    origin: str

    @classmethod
    def of(cls, request: Request) -> Self | None:
        """The site of a request; None where browsers know no passkeys: HTTP, and bare numbers."""
        address = urlsplit(str(request.base_url))
        host = address.hostname or ""
        if address.scheme != "https" and host != "localhost":
            return None
        return None if _is_number(host) else cls(host, f"{address.scheme}://{address.netloc}")


class Registered(NamedTuple):
    """A new passkey: its id and its public key (COSE), both base64url."""

    credential: str
    public_key: str


def to_register(
    site: Site, user: SignedIn, form_id: UUID, known: Sequence[Passkey]
) -> dict[str, Any]:
    """What the browser is asked to make a passkey with; `known` are those it must not make anew."""
    options = generate_registration_options(
        rp_id=site.host,
        rp_name="Sổ điểm",
        user_id=user.person.bytes,
        user_name=user.username,
        user_display_name=user.full_name,
        challenge=_challenge_to_register(user, form_id),
        exclude_credentials=_described(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return options_to_json_dict(options)


def registered(site: Site | None, user: SignedIn, form_id: UUID, answer: str) -> Registered:
    """The passkey that a browser made; raises PasskeyUnfit."""
    site = _known(site)
    try:
        made = verify_registration_response(
            credential=_read(answer),
            expected_challenge=_challenge_to_register(user, form_id),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except WebAuthnException as unfit:
        raise PasskeyUnfit(why="wrong-answer") from unfit
    return Registered(
        bytes_to_base64url(made.credential_id), bytes_to_base64url(made.credential_public_key)
    )


def to_confirm(site: Site, statement: str, passkeys: Sequence[Passkey]) -> dict[str, Any]:
    """What the browser is asked to sign a statement (SHA-256, hex) with one of these passkeys."""
    options = generate_authentication_options(
        rp_id=site.host,
        challenge=bytes.fromhex(statement),
        allow_credentials=_described(passkeys),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def confirmed(
    site: Site | None, statement: str, passkeys: Sequence[Passkey], answer: str
) -> Assertion:
    """The signature of a statement by one of a person's passkeys; raises PasskeyUnfit."""
    site, told = _known(site), _read(answer)
    passkey = next((one for one in passkeys if one.credential == told.get("id")), None)
    if passkey is None:
        raise PasskeyUnfit(why="not-yours")
    try:
        verify_authentication_response(
            credential=told,
            expected_challenge=bytes.fromhex(statement),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            # Counters tell of copies only where an authenticator counts; synced ones never do.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
        client_data, authenticator_data, signature = (told["response"][name] for name in _ASSERTED)
        return Assertion(
            credential=passkey.credential,
            client_data=client_data,
            authenticator_data=authenticator_data,
            signature=signature,
        )
    except (WebAuthnException, ValueError) as unfit:
        raise PasskeyUnfit(why="wrong-answer") from unfit


def _challenge_to_register(user: SignedIn, form_id: UUID) -> bytes:
    """Of this session and form: an answer made for another page fits nowhere else."""
    asked = f"grade-ledger enrol-passkey 1\n{user.session_id}\n{form_id}\n"
    return hashlib.sha256(asked.encode()).digest()


def _read(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer) if len(answer) <= _LONGEST_ANSWER else None
    except ValueError as unreadable:
        raise PasskeyUnfit(why="wrong-answer") from unreadable
    if not isinstance(told, dict):
        raise PasskeyUnfit(why="wrong-answer")
    return told


def _described(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(one.credential)) for one in passkeys
    ]


def _known(site: Site | None) -> Site:
    if site is None:
        raise PasskeyUnfit(why="not-here")
    return site


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
