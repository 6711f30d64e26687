"""How the principal confirms an approval: password and code, or a passkey that signs it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel

from ledger.sheet.approving import statement_of
from ledger.sheet.attestation import ApprovalMethod, Attestation
from ledger.sheet.refusals import ApprovalIsStale
from ledger.vocabulary import Role
from projections.corrections import CorrectionView
from web.access.identity import SignedIn
from web.access.passkeys import Site, confirmed, to_confirm
from web.demo.codes import code_of_the_demo
from web.demo.creation import is_demo
from web.desk import Desk
from web.forms import address_of, take_password
from web.refusals import CodeNeeded, SecondFactorNeeded

# The statement of no approval: the ledger says why it refuses, and nothing else can come of it,
# even if the correction may be approved a moment later.
UNCONFIRMED: Final[Mapping[str, Any]] = MappingProxyType({"statement": "0" * 64})

_STATEMENT: Final = re.compile(r"[0-9a-f]{64}")


class StepForm(BaseModel):
    """A step as it is sent: what the person says, and what it is confirmed with.

    `statement` is the SHA-256 of what the page showed, `answer` a passkey's signature of it (JSON).
    """

    command_id: UUID
    reason: str = ""
    password: str | None = None
    code: str = ""
    statement: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Confirming:
    """What the page offers to who may approve.

    `statement` is the SHA-256 of what it shows. `passkey` is what the browser is asked to sign it
    with, None where the person has no passkey or the browser knows none on this page.
    """

    statement: str
    has_codes: bool
    asks_code: bool
    has_passkeys: bool
    passkey: Mapping[str, Any] | None
    code_of_the_demo: str = ""


def confirming(request: Request, desk: Desk, user: SignedIn, view: CorrectionView) -> Confirming:
    """The ways in which this person can confirm the approval as it stands now."""
    correction = desk.ledger.sheet(view.sheet_id).corrections[view.correction_id]
    statement = statement_of(view.sheet_id, correction, user.acting_as(Role.PRINCIPAL))
    passkeys = desk.ledger.credentials().passkeys_of(user.person)
    site = Site.of(request)
    return Confirming(
        statement=statement,
        has_codes=confirms_with_codes(desk, user),
        asks_code=not desk.authenticators.is_fresh(user.session_id, now=desk.clock()),
        has_passkeys=bool(passkeys),
        passkey=to_confirm(site, statement, passkeys) if site and passkeys else None,
        code_of_the_demo=code_of_the_demo(desk) if is_demo(desk) else "",
    )


def confirms_with_codes(desk: Desk, user: SignedIn) -> bool:
    """Whether a code of the person's phone counts: the ledger says so, and the secret is there."""
    enrolled = user.person in desk.ledger.credentials().authenticators
    return enrolled and desk.authenticators.since(user.person) is not None


def confirm(
    request: Request,
    desk: Desk,
    user: SignedIn,
    form: StepForm,
) -> dict[str, Any]:
    """What the command says of how the approval was confirmed; nothing has been done by then.

    A passkey's answer is enough, else password and code are taken. Raises SecondFactorNeeded,
    PasskeyUnfit, and what the password and the code raise.
    """
    if not _STATEMENT.fullmatch(form.statement):
        raise ApprovalIsStale
    passkeys = desk.ledger.credentials().passkeys_of(user.person)
    if form.answer:
        signed = confirmed(Site.of(request), form.statement, passkeys, form.answer)
        attestation = Attestation(method=ApprovalMethod.PASSKEY, assertion=signed)
    elif confirms_with_codes(desk, user):
        take_password(request, desk, user, form.password)
        _take_code(request, desk, user, form.code)
        attestation = Attestation(method=ApprovalMethod.PASSWORD_TOTP)
    else:
        raise SecondFactorNeeded(passkeys=len(passkeys))
    return {"statement": form.statement, "attestation": attestation}


def _take_code(request: Request, desk: Desk, user: SignedIn, code: str) -> None:
    now = desk.clock()
    if desk.authenticators.is_fresh(user.session_id, now=now):
        return
    if not code.strip():
        raise CodeNeeded
    desk.authenticators.give(
        user.person, user.session_id, code, address=address_of(request), now=now
    )
