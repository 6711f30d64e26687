"""Codes of a phone on both databases: each is taken once, however many ask at the same time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from ledger.vault import Vault
from ledger.vault import metadata as of_the_vault
from tests.school import LAN, NGOC, NOW
from tests.staff import SECRET, code_at
from web.access.authenticators import Authenticators
from web.access.throttling import metadata
from web.refusals import CodeUsedAlready, NoAuthenticator, WrongCode

HERE = "10.0.0.9"


@pytest.fixture
def authenticators(engine: Engine) -> Authenticators:
    """Ngọc confirms with codes."""
    of_the_vault.create_all(engine)
    metadata.create_all(engine)
    vault = Vault(engine, b"k" * 32)
    vault.admit({NGOC.person: {"staff-name": "Ngọc"}})
    made = Authenticators(engine, vault)
    made.begin(NGOC.person, secret=SECRET)
    made.enrol(NGOC.person, now=NOW)
    return made


def test_one_code_sent_by_many_at_once_is_taken_once(authenticators: Authenticators) -> None:
    def take(_number: int) -> bool:
        try:
            authenticators.check(NGOC.person, code_at(NOW), address=HERE, now=NOW)
        except CodeUsedAlready:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_one_recovery_code_is_taken_once(authenticators: Authenticators) -> None:
    authenticators.remove(NGOC.person)
    authenticators.begin(NGOC.person)
    code, *others = authenticators.enrol(NGOC.person, now=NOW)

    def take(_number: int) -> bool:
        try:
            authenticators.use_recovery_code(NGOC.person, code, address=HERE, now=NOW)
        except WrongCode:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, range(4))) == 1
    assert authenticators.count_of_recovery_codes(NGOC.person) == len(others)


def test_who_has_no_phone_or_gave_it_up_has_no_code(authenticators: Authenticators) -> None:
    authenticators.remove(NGOC.person)
    for person in (NGOC.person, LAN.person):
        with pytest.raises(NoAuthenticator):
            authenticators.check(person, code_at(NOW), address=HERE, now=NOW)


def test_a_new_secret_makes_the_old_codes_worthless(authenticators: Authenticators) -> None:
    authenticators.begin(NGOC.person)  # nothing, while the first counts
    authenticators.check(NGOC.person, code_at(NOW), address=HERE, now=NOW)
    authenticators.remove(NGOC.person)
    authenticators.begin(NGOC.person)
    later = NOW + timedelta(minutes=1)
    with pytest.raises(WrongCode):
        authenticators.check(NGOC.person, code_at(later), address=HERE, now=later)
