"""Policies: which are read, whom they believe, and that a quorum is counted right."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint
from ledger.trust.note import Algorithm, Note, NotSigned, SignatureInvalid, SigningKey, VerifierKey
from ledger.trust.policy import MalformedPolicy, Policy, QuorumNotMet
from tests.ledger.trust.published import published
from tests.ledger.trust.signers import AT, ORIGIN, log_key, policy, signed, witness_key

FORMATS = published("formats")
CHECKPOINT = Checkpoint(ORIGIN, 42, bytes(32))
NAMES = ("w1", "w2", "w3", "w4", "w5", "w6")


def keys() -> dict[str, str]:
    """What stands for the placeholders in the published policies."""
    one = witness_key("w1").verifier
    return {
        **{name: str(witness_key(name).verifier) for name in NAMES},
        "log": str(log_key().verifier),
        "w1_renamed": str(VerifierKey("impostor.example", one.algorithm, one.public)),
        "w1_signing": str(VerifierKey("w1", Algorithm.ED25519, one.public)),
        "ecdsa": "ecdsa.example.com+00000000+AgECAw==",
        "unknown": "unknown.example.com+00000000+YwAAAA==",
    }


def parsed(template: str) -> Policy:
    # The one that is not UTF-8 is written with the letter of the same number.
    return Policy.parse(template.format_map(keys()).encode("latin-1"))


@pytest.mark.parametrize("name", FORMATS["policies"])
def test_the_published_policies_are_read(name: str) -> None:
    found = parsed(FORMATS["policies"][name])
    assert found.quorum in {"none", *found.witnesses, *found.groups}


def test_the_example_of_the_specification_means_what_it_says() -> None:
    found = parsed(FORMATS["policies"]["spec example"])
    assert list(found.logs) == [log_key().verifier]
    assert list(found.witnesses) == ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
    assert {name: group.least for name, group in found.groups.items()} == {
        "X-witnesses": 2,
        "Y-witnesses": 1,
        "X-and-Y": 2,
    }
    assert found.groups["X-and-Y"].members == ("X-witnesses", "Y-witnesses")


def test_addresses_are_kept_and_may_be_missing() -> None:
    found = parsed(FORMATS["policies"]["urls optional and opaque"])
    assert list(found.logs.values()) == ["https://log.example.com/"]
    assert found.witnesses["w1"].url is None
    spaced = parsed(FORMATS["policies"]["whitespace and comments"])
    assert spaced.witnesses["w1"].url == "https://w1.example.com/"


@pytest.mark.parametrize("name", FORMATS["malformed_policies"])
def test_the_published_malformed_policies_are_refused(name: str) -> None:
    with pytest.raises(MalformedPolicy):
        parsed(FORMATS["malformed_policies"][name])


@pytest.mark.parametrize("case", FORMATS["satisfied"]["cases"], ids=repr)
def test_the_published_quorum_is_met_by_whom_it_should(case: Mapping[str, object]) -> None:
    found = parsed(FORMATS["satisfied"]["policy"])
    signers = case["signers"]
    assert isinstance(signers, list)
    note = signed(CHECKPOINT, by=signers)
    assert found.is_met_by(found.cosigned(note)) == case["met"]


def test_a_checkpoint_that_holds_says_which_log_and_who_saw_it_when() -> None:
    checked = policy("w1", "w2", least="1").check(signed(CHECKPOINT, by=["w2", "stranger"]))
    assert checked.checkpoint == CHECKPOINT
    assert checked.log == log_key().verifier
    assert checked.cosigned == {"w2": AT}


def test_without_enough_witnesses_it_is_not_believed() -> None:
    with pytest.raises(QuorumNotMet):
        policy("w1", "w2").check(signed(CHECKPOINT, by=["w1", "stranger"]))


def test_two_lines_of_one_witness_are_one_witness() -> None:
    note = signed(CHECKPOINT, by=["w1"])
    again = witness_key("w1").cosign(note.text, at=AT + 9)
    twice = Note(note.text, (*note.signatures, again))
    with pytest.raises(QuorumNotMet):
        policy("w1", "w2").check(twice)


@pytest.mark.parametrize(
    "key",
    [log_key("so-diem/truong-khac"), log_key(seed=7)],
    ids=["another log", "another key of the same name"],
)
def test_a_checkpoint_of_another_log_is_not_believed(key: SigningKey) -> None:
    with pytest.raises(NotSigned):
        policy().check(signed(Checkpoint(key.name, 42, bytes(32)), key=key))


def test_a_known_log_may_not_speak_for_another() -> None:
    other = log_key("so-diem/truong-khac", seed=7)
    with pytest.raises(NotSigned):
        policy(key=other).check(signed(CHECKPOINT, key=other))


def test_without_a_log_nothing_is_believed() -> None:
    with pytest.raises(NotSigned):
        Policy.parse(b"quorum none\n").check(signed(CHECKPOINT))


def test_a_false_cosignature_of_a_known_witness_spoils_the_whole() -> None:
    note = signed(CHECKPOINT, by=["w1"])
    other = witness_key("w2").cosign("another text\n", at=AT)
    with pytest.raises(SignatureInvalid):
        policy("w1", "w2", least="1").check(note.signed_with(other))


def test_what_a_log_signed_must_be_a_checkpoint() -> None:
    text = f"{ORIGIN}\nchào\n"
    with pytest.raises(MalformedCheckpoint):
        policy().check(Note(text, (log_key().sign(text),)))


@st.composite
def quorums(draw: st.DrawFn) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Groups over groups over witnesses, each name in at most one of them; the last is the root."""
    free = list(NAMES)
    groups: dict[str, tuple[int, tuple[str, ...]]] = {}
    for number in range(draw(st.integers(1, 4))):
        members = draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
        groups[f"g{number}"] = draw(st.integers(1, len(members))), tuple(members)
        free = [name for name in free if name not in members] + [f"g{number}"]
    return groups


def recounted(
    name: str, groups: Mapping[str, tuple[int, tuple[str, ...]]], seen: frozenset[str]
) -> bool:
    if name not in groups:
        return name in seen
    least, members = groups[name]
    return [recounted(member, groups, seen) for member in members].count(True) >= least


@given(quorums(), st.frozensets(st.sampled_from(NAMES)))
def test_a_quorum_is_what_a_naive_recount_says(
    groups: dict[str, tuple[int, tuple[str, ...]]], seen: frozenset[str]
) -> None:
    top = list(groups)[-1]
    text = "".join(
        [
            *(f"witness {name} {witness_key(name).verifier}\n" for name in NAMES),
            *(f"group {name} {least} {' '.join(of)}\n" for name, (least, of) in groups.items()),
            f"quorum {top}\n",
        ]
    )
    met = Policy.parse(text.encode()).is_met_by(dict.fromkeys(seen, AT))
    assert met == recounted(top, groups, seen)
