"""Keys of the school: behind a PIN and the master key, in a table that names nobody."""

import stat
from datetime import timedelta
from uuid import uuid4

import pytest
from cryptography import x509
from sqlalchemy import Engine, select

from ledger.sealing import new_key as new_master_key
from ledger.store.keys import KeyExposed, KeyFolder, KeyOfAnother
from ledger.vocabulary import PersonId
from tests.web.signing.paper import NAMES, NOON, SCHOOL, TEACHER
from web.access.throttling import metadata as of_throttling
from web.refusals import NoSchoolAuthority, NoSchoolKey, PinUnfit, TooManyPins, WrongPin
from web.signing.authority import INTERNAL, SchoolAuthority
from web.signing.certificates import der, fingerprint
from web.signing.school_keys import SchoolKeys, check_pin, school_key

LAN, PIN, OTHER = PersonId(uuid4()), "260503", "971826"
MASTER = new_master_key()
HERE = "10.0.0.7"


@pytest.fixture
def kept(engine: Engine) -> SchoolKeys:
    of_throttling.create_all(engine)
    kept = SchoolKeys(engine, MASTER)
    kept.create_tables()
    return kept


def give(kept: SchoolKeys, authority: SchoolAuthority, pin: str = PIN) -> str:
    return kept.give(authority, LAN, NAMES[TEACHER], pin=pin, at=NOON).certificate


def test_a_key_opens_with_its_pin(kept: SchoolKeys, authority: SchoolAuthority) -> None:
    known_by = give(kept, authority)
    pair = kept.open(LAN, PIN, address=HERE, now=NOON)
    assert fingerprint(der(pair.certificate)) == known_by == kept.of(LAN)
    assert pair.key.public_key() == pair.certificate.public_key()
    pair.certificate.verify_directly_issued_by(authority.root.certificate)
    assert pair.certificate.subject.rfc4514_string() == (
        f"CN={NAMES[TEACHER]},OU={INTERNAL},O={SCHOOL},C=VN"
    )


def test_wrong_pins_have_to_wait(kept: SchoolKeys, authority: SchoolAuthority) -> None:
    give(kept, authority)
    for _ in range(5):
        with pytest.raises(WrongPin):
            kept.open(LAN, OTHER, address=HERE, now=NOON)
    with pytest.raises(TooManyPins) as early:
        kept.open(LAN, PIN, address=HERE, now=NOON)
    seconds = early.value.details["seconds"]
    assert isinstance(seconds, int)
    kept.open(LAN, PIN, address=HERE, now=NOON + timedelta(seconds=seconds))


def test_another_pin_for_the_same_key(kept: SchoolKeys, authority: SchoolAuthority) -> None:
    known_by = give(kept, authority)
    kept.change_pin(LAN, PIN, OTHER, address=HERE, now=NOON)
    assert kept.of(LAN) == known_by
    kept.open(LAN, OTHER, address=HERE, now=NOON)
    with pytest.raises(WrongPin):
        kept.open(LAN, PIN, address=HERE, now=NOON)


def test_a_new_key_takes_the_place_of_the_one_before(
    kept: SchoolKeys, authority: SchoolAuthority
) -> None:
    first = give(kept, authority)
    second = give(kept, authority, OTHER)
    assert kept.of(LAN) == second != first
    assert list(kept.withdrawn().values()) == [NOON]


def test_a_withdrawn_key_is_destroyed_and_listed(
    kept: SchoolKeys, authority: SchoolAuthority, engine: Engine
) -> None:
    known_by = give(kept, authority)
    serial = kept.open(LAN, PIN, address=HERE, now=NOON).certificate.serial_number
    later = NOON + timedelta(days=1)
    for at in (later, later + timedelta(days=1)):  # Told twice, it stays the first moment.
        kept.withdraw(known_by, at=at)
    assert kept.withdrawn() == {serial: later}
    with pytest.raises(NoSchoolKey):
        kept.open(LAN, PIN, address=HERE, now=later)
    with engine.connect() as connection:
        assert connection.execute(select(school_key.c.box)).scalars().all() == [None]
    (content,) = authority.revocation_lists(kept.withdrawn(), later)
    told = x509.load_der_x509_crl(content)
    entry = told.get_revoked_certificate_by_serial_number(serial)
    assert entry is not None
    assert entry.revocation_date_utc == later


def test_a_stolen_table_opens_with_no_pin(
    kept: SchoolKeys, authority: SchoolAuthority, engine: Engine
) -> None:
    give(kept, authority)
    with pytest.raises(KeyOfAnother):
        SchoolKeys(engine, new_master_key()).open(LAN, PIN, address=HERE, now=NOON)
    with engine.connect() as connection:
        (row,) = connection.execute(select(school_key)).all()
    assert b"PRIVATE KEY" not in row.box
    assert NAMES[TEACHER].encode() not in row.box


@pytest.mark.parametrize("pin", ["", "26050", "26050a", "000000", "123456", "876543", "26 0503"])
def test_a_pin_that_is_easily_guessed(pin: str) -> None:
    with pytest.raises(PinUnfit):
        check_pin(pin)


def test_the_root_is_the_owners_secret(keys: KeyFolder, authority: SchoolAuthority) -> None:
    file = keys.folder / "authority-1.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    root = SchoolAuthority.in_folder(keys).root.certificate
    assert root == authority.root.certificate
    assert root.subject.rfc4514_string() == f"CN={INTERNAL},O={SCHOOL},C=VN"
    file.chmod(0o640)
    try:
        with pytest.raises(KeyExposed):
            SchoolAuthority.in_folder(keys)
    finally:
        file.chmod(0o600)


def test_an_authority_is_followed_by_the_next(keys: KeyFolder, authority: SchoolAuthority) -> None:
    folder = KeyFolder(keys.folder.parent / "renewed")
    with pytest.raises(NoSchoolAuthority):
        SchoolAuthority.in_folder(folder)
    folder.folder.mkdir()
    first = folder.folder / "authority-1.key"
    first.write_bytes((keys.folder / first.name).read_bytes())
    first.chmod(0o600)
    after = SchoolAuthority.found(folder, SCHOOL, NOON)
    assert after.roots[1:] == authority.roots
    assert (folder.folder / "authority-2.key").exists()
    first.write_text("damaged")
    with pytest.raises(KeyOfAnother):
        SchoolAuthority.in_folder(folder)
