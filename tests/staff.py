"""How people come to a school in tests: they join its staff with roles, and get a way in."""

from datetime import date, datetime
from typing import Final
from uuid import uuid4

import pyotp

from ledger.credentials.commands import EnrolAuthenticator
from ledger.school.commands import GiveDelegation, JoinStaff
from ledger.vocabulary import CommandId, PersonId, Role
from tests.school import CLOCKWORK, NGOC, REASON, Voice
from web.access.accounts import Account
from web.desk import Desk

SUMMER: Final = date(2026, 8, 3)
CHRISTMAS: Final = date(2026, 12, 25)
PASSWORD: Final = "bảng đen phấn trắng"


def join(desk: Desk, person: PersonId, *roles: Role) -> None:
    """Let a person join the staff, as the system does when a school is set up."""
    desk.handle(
        JoinStaff(
            command_id=CommandId(uuid4()),
            by=CLOCKWORK.author,
            at=desk.clock(),
            person=person,
            roles=frozenset(roles),
            since=SUMMER,
        )
    )


def employ(
    desk: Desk, person: PersonId, *roles: Role, username: str, password: str = PASSWORD
) -> None:
    """Let a person join the staff with these roles, unless on it already, and sign in."""
    if person not in desk.ledger.school().staff:
        join(desk, person, *roles)
    desk.accounts.create(Account(person, username), password)


def delegate(desk: Desk, deputy: Voice, *, until: date = CHRISTMAS) -> None:
    """Let a deputy decide in the principal's place, from the summer on."""
    desk.handle(
        GiveDelegation(
            command_id=CommandId(uuid4()),
            by=NGOC.author,
            at=desk.clock(),
            deputy=deputy.person,
            since=SUMMER,
            until=until,
            reason=REASON,
        )
    )


# What the phones of the tests share with the ledger.
SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrol_phone(desk: Desk, voice: Voice) -> None:
    """Let somebody confirm with codes from now on; nothing for who does already."""
    if desk.authenticators.since(voice.person) is not None:
        return
    command_id = CommandId(uuid4())
    desk.handle(EnrolAuthenticator(command_id=command_id, by=voice.author, at=desk.clock()))
    desk.authenticators.begin(voice.person, secret=SECRET)
    desk.authenticators.enrol(voice.person, now=desk.clock())


def code_at(moment: datetime) -> str:
    """The code that the phones of the tests show at a moment."""
    return pyotp.TOTP(SECRET).at(moment)
