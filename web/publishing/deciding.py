"""What a school usually decides of its witnesses: any one to publish, all to close a year."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from ledger.store.keys import KeyFolder
from ledger.trust.note import Algorithm, VerifierKey
from ledger.trust.policy import NO_QUORUM, Group, MalformedPolicy, Policy, Witness

# How many of the witnesses each policy asks for.
USUAL: Final[Mapping[str, str]] = MappingProxyType({"policy": "any", "policy-close-year": "all"})
_ALL_OF_THEM: Final = "tat-ca-nhan-chung"


class PolicyIsItsOwn(Exception):
    """Somebody has written the policy another way; only they know what a new witness means there.

    The name of the file.
    """


class WitnessHasAnotherKey(Exception):
    """A witness of this name is there already, with another key."""


def add_witness(keys: KeyFolder, witness: Witness) -> None:
    """Add a witness to both policies, or change the address of one that is there.

    Raises PolicyIsItsOwn, WitnessHasAnotherKey and MalformedPolicy before anything is written. A
    second try completes what was written by half.
    """
    written = {
        name: _written(with_witness(name, keys.policy(name) or Policy(), witness, least), least)
        for name, least in USUAL.items()
    }
    for name, content in written.items():
        keys.decide(name, content)


def witness_of(name: str, vkey: str, url: str) -> Witness:
    """The witness that a person has typed; raises MalformedKey and MalformedPolicy."""
    key, address = VerifierKey.parse(vkey), urlsplit(url)
    if key.algorithm is not Algorithm.COSIGNATURE:
        raise MalformedPolicy("a key of another kind")
    if address.scheme not in {"http", "https"} or not address.netloc:
        raise MalformedPolicy("not an address")
    return Witness(name, key, url)


def with_witness(file: str, policy: Policy, witness: Witness, least: str) -> Policy:
    """The policy with one more witness, if it is written the usual way."""
    names = tuple(policy.witnesses)
    group = policy.groups.get(policy.quorum)
    usual = group is None and policy.quorum == NO_QUORUM and not names
    if group and group.members == names and len(policy.groups) == 1:
        usual = group.least == (1 if least == "any" else len(names))
    if not usual:
        raise PolicyIsItsOwn(file)
    known = policy.witnesses.get(witness.name)
    if known and known.key != witness.key:
        raise WitnessHasAnotherKey(witness.name)
    witnesses = {**policy.witnesses, witness.name: witness}
    needed = 1 if least == "any" else len(witnesses)
    groups = {_ALL_OF_THEM: Group(needed, tuple(witnesses))}
    return replace(policy, quorum=_ALL_OF_THEM, witnesses=witnesses, groups=groups)


def _written(policy: Policy, least: str) -> bytes:
    """The file of the policy; raises MalformedPolicy where it would not be read as meant."""
    content = "".join(f"{line}\n" for line in _lines(policy, least)).encode()
    if Policy.parse(content) != policy:
        raise MalformedPolicy("not read as it was meant")
    return content


def _lines(policy: Policy, least: str) -> Iterator[str]:
    for log, url in policy.logs.items():
        yield f"log {log} {url}" if url else f"log {log}"
    for witness in policy.witnesses.values():
        yield f"witness {witness.name} {witness.key} {witness.url or ''}".rstrip()
    for name, group in policy.groups.items():
        yield f"group {name} {least} {' '.join(group.members)}"
    yield f"quorum {policy.quorum}"
