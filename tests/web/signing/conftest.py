"""Authorities, keys and signed papers, made once: keys take long to make."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import repeat

import pytest

from ledger.store.keys import KeyFolder
from tests.web.signing.outside import Outside, authority_outside
from tests.web.signing.paper import FIELDS, NAMES, NOON, SCHOOL, asked, paper
from tests.web.signing.service import Service, signing_service
from tests.web.signing.token import Token, plugged_in
from web.signing.authority import KeyPair, SchoolAuthority, new_key
from web.signing.school import SchoolSigner
from web.signing.trust import Trust


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeyFolder:
    return KeyFolder(tmp_path_factory.mktemp("school") / "keys")


@pytest.fixture(scope="session")
def authority(keys: KeyFolder) -> SchoolAuthority:
    return SchoolAuthority.found(keys, SCHOOL, NOON - timedelta(days=30))


@pytest.fixture(scope="session")
def pairs(authority: SchoolAuthority) -> Mapping[str, KeyPair]:
    """A key of the school for each who signs, by the field."""
    made = {}
    for field in FIELDS:
        key = new_key()
        made[field] = KeyPair(key, authority.issue(key.public_key(), NAMES[field], NOON))
    return made


@pytest.fixture(scope="session")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    with authority_outside(tmp_path_factory.mktemp("outside")) as served:
        yield served


@pytest.fixture(scope="session")
def trust(authority: SchoolAuthority, outside: Outside) -> Trust:
    """The school and the authority outside are believed, and nothing was withdrawn."""
    revoked = authority.revocation_lists({}, NOON)
    return Trust(roots=(outside.root,), school=authority.roots, revoked=revoked)


@pytest.fixture(scope="session")
def revisions(authority: SchoolAuthority, pairs: Mapping[str, KeyPair]) -> list[bytes]:
    """The paper without a signature, and after each of three by keys of the school."""
    made = [paper()]
    for number, field in enumerate(FIELDS):
        at = NOON + timedelta(minutes=number)
        signer = SchoolSigner(pairs[field], authority, authority.timestamper(repeat(at).__next__))
        made.append(signer.sign(made[-1], asked(field, at=at)))
    return made


@pytest.fixture(scope="session")
def token(outside: Outside, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """A token with a certificate of the authority outside."""
    folder = tmp_path_factory.mktemp("token")
    with plugged_in(folder, outside.certificate("lan"), outside.key("lan")) as token:
        yield token


@pytest.fixture(scope="session")
def service(outside: Outside) -> Iterator[Service]:
    """A signing service with a certificate of the authority outside."""
    chain = [outside.certificate("lan"), outside.root]
    with signing_service(chain, outside.key("lan")) as service:
        yield service
