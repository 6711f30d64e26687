"""The phones of the demo's deciders: their secret is known, so that a visitor can approve."""

from datetime import date
from typing import Final

import pyotp

from ledger.credentials.commands import EnrolAuthenticator
from ledger.vocabulary import Role
from web.demo.days import moment
from web.demo.school import School
from web.demo.stage import Act, Actor, Script
from web.desk import Desk

SECRET: Final = "SODIEMTRUONGMAUSODIEMTRUONGMAUXY"  # noqa: S105  (printed: people are invented)

_SET_UP: Final = date(2026, 8, 10)
_DECIDERS: Final = {
    "hiệu-trưởng": Role.PRINCIPAL,
    "hiệu-phó-1": Role.VICE_PRINCIPAL,
    "hiệu-phó-2": Role.VICE_PRINCIPAL,
}


def write_codes(school: School, script: Script) -> None:
    """Who decides sets up a phone in the first days of the year."""
    for minute, (post, role) in enumerate(_DECIDERS.items()):
        by = Actor(school.person(post), role)
        script.add(moment(_SET_UP, 9, minute), _enrolling(by))


def _enrolling(by: Actor) -> Act:
    return lambda stage: stage.do_for_school(EnrolAuthenticator, by)


def open_phones(desk: Desk, school: School) -> None:
    """Let the phones of the story count; the facts that they were set up are in the ledger."""
    for post in _DECIDERS:
        person = school.person(post)
        desk.authenticators.begin(person, secret=SECRET)
        since = desk.ledger.credentials().authenticators[person]
        desk.authenticators.enrol(person, now=since)


def code_of_the_demo(desk: Desk) -> str:
    """What the phones show now; the demo's clock is its own, so a real phone shows another."""
    return pyotp.TOTP(SECRET).at(desk.clock())
