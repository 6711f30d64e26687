"""Signed notes and their keys: as strict as those who made them, and byte for byte theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.note import (
    MOST_SIGNATURES,
    Algorithm,
    MalformedKey,
    MalformedNote,
    Note,
    NotSigned,
    Signature,
    SignatureInvalid,
    SigningKey,
    VerifierKey,
)
from tests.ledger.trust.published import published

GO = published("golang-note")
TEXT = GO["text"]
PETER = VerifierKey.parse(GO["peter"]["key"])
ENOCH = VerifierKey.parse(GO["enoch"]["key"])
PETERS, ENOCHS = GO["peter"]["signature"], GO["enoch"]["signature"]

names = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="+"), min_size=1)
seeds = st.binary(min_size=32, max_size=32)
lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
texts = st.lists(lines, min_size=1, max_size=5).map(lambda them: "".join(f"{it}\n" for it in them))


def mangled(key: str) -> list[str]:
    """Every part of a key, and the key with each of its letters replaced by the next one."""
    places = range(len(key))
    parts = [key[start:end] for start in places for end in range(start + 1, len(key) + 1)]
    changed = [f"{key[:at]}{chr(ord(key[at]) + 1)}{key[at + 1 :]}" for at in places]
    return [*(part for part in parts if part != key), *changed, ""]


def test_no_mangled_key_is_read() -> None:
    assert str(PETER) == GO["peter"]["key"]
    for text in [*mangled(GO["peter"]["key"]), *GO["bad_keys"]]:
        with pytest.raises(MalformedKey):
            VerifierKey.parse(text)


def test_no_mangled_signing_key_is_read_and_none_is_repeated_in_the_error() -> None:
    whole = GO["peter"]["signing_key"]
    assert SigningKey.parse(whole).to_text() == whole
    for text in mangled(whole):
        with pytest.raises(MalformedKey) as refused:
            SigningKey.parse(text)
        assert str(refused.value) == "not a private key"


@pytest.mark.parametrize("text", published("formats")["malformed_keys"])
def test_other_malformed_keys_are_refused(text: str) -> None:
    with pytest.raises(MalformedKey):
        VerifierKey.parse(text)


def test_a_cosigning_key_in_use_is_read() -> None:
    text = published("formats")["cosigning_key"]
    key = VerifierKey.parse(text)
    assert (str(key), key.algorithm) == (text, Algorithm.COSIGNATURE)


def test_the_published_key_signs_the_published_note() -> None:
    signed = Note(TEXT, (SigningKey.parse(GO["peter"]["signing_key"]).sign(TEXT),))
    assert signed.to_bytes().decode() == f"{TEXT}\n{PETERS}"


def test_only_known_keys_are_believed() -> None:
    note = Note.parse(f"{TEXT}\n{PETERS}{ENOCHS}".encode())
    assert note.text == TEXT
    assert set(note.verified([PETER])) == {PETER}
    assert set(note.verified([PETER, ENOCH, ENOCH])) == {PETER, ENOCH}
    with pytest.raises(NotSigned):
        note.verified_by_any([])


@pytest.mark.parametrize(
    "renamed",
    [PETERS.replace("PeterNeumann", "CarmenSandiego"), PETERS.replace("x08g", "xxxx")],
    ids=["another name", "another id"],
)
def test_a_signature_under_another_name_or_id_is_passed_over(renamed: str) -> None:
    note = Note.parse(f"{TEXT}\n{renamed}{ENOCHS}".encode())
    assert set(note.verified([PETER, ENOCH])) == {ENOCH}


@pytest.mark.parametrize("line", [PETERS[:60] + "ABCD" + PETERS[60:], PETERS.replace("ZJ", "ZK")])
def test_a_false_signature_of_a_known_key_spoils_the_note(line: str) -> None:
    note = Note.parse(f"{TEXT}\n{line}{ENOCHS}".encode())
    assert set(note.verified([ENOCH])) == {ENOCH}
    with pytest.raises(SignatureInvalid):
        note.verified([PETER, ENOCH])


def test_of_a_key_that_signed_twice_the_first_line_counts() -> None:
    false = ENOCHS[:60] + "ABCD" + ENOCHS[60:]
    note = Note.parse(f"{TEXT}\n{PETERS}{PETERS}{ENOCHS}{false}".encode())
    assert set(note.verified([PETER, ENOCH])) == {PETER, ENOCH}


@pytest.mark.parametrize("template", GO["malformed"])
def test_what_is_no_note_is_refused(template: str) -> None:
    text = template.format(text=TEXT, peter=PETERS, peter_unended=PETERS.removesuffix("\n"))
    with pytest.raises(MalformedNote):
        Note.parse(text.encode())


@pytest.mark.parametrize(
    "name",
    ["", "a b", "a+b", "a\u00a0b", "a\u2003b", "a\u3000b", "a\u0085b", "a\u2028b", "a\x1fb"],
)
def test_a_name_has_no_space_of_any_script_and_no_plus(name: str) -> None:
    with pytest.raises(MalformedKey):
        SigningKey.from_seed(name, Algorithm.ED25519, bytes(32))
    with pytest.raises(MalformedNote):
        Note.parse(f"{TEXT}\n{PETERS.replace('PeterNeumann', name)}".encode())


@pytest.mark.parametrize("name", ["a\u200bb", "trường.example/sổ-điểm", "a\u202eb", "日本"])
def test_every_other_name_is_one(name: str) -> None:
    key = SigningKey.from_seed(name, Algorithm.ED25519, bytes(32))
    note = Note(TEXT, (key.sign(TEXT),))
    assert set(Note.parse(note.to_bytes()).verified([key.verifier])) == {key.verifier}


@pytest.mark.parametrize("letter", [chr(code) for code in range(32) if code != 10])
def test_no_control_character_stands_in_a_note(letter: str) -> None:
    for text in (f"a{letter}b\n\n{PETERS}", f"{TEXT}\n{PETERS[:-1]}{letter}\n"):
        with pytest.raises(MalformedNote):
            Note.parse(text.encode())


def test_a_note_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(MalformedNote):
        Note.parse(b"\xff" + f"{TEXT}\n{PETERS}".encode())


def test_more_signatures_than_anybody_has_witnesses_are_refused() -> None:
    most = Note.parse(f"{TEXT}\n{PETERS * MOST_SIGNATURES}".encode())
    assert len(most.signatures) == MOST_SIGNATURES
    with pytest.raises(MalformedNote):
        Note.parse(f"{TEXT}\n{PETERS * (MOST_SIGNATURES + 1)}".encode())


@pytest.mark.parametrize(
    "encoded",
    ["AAAA", "AAAAAA==", "AAAAAAA", "AAAAAAB=", "AAAAAA-_", "AA AAAA=", "AAAAAAA=AAAA"],
    ids=["three bytes", "four bytes", "unpadded", "stray bits", "url", "space", "two ends"],
)
def test_base64_is_spelled_in_one_way(encoded: str) -> None:
    with pytest.raises(MalformedNote):
        Signature.parse(f"— name {encoded}")


def test_the_example_of_the_specification_is_signed() -> None:
    example = published("c2sp")["note"]
    key = VerifierKey.parse(example["key"])
    note = Note.parse(example["note"].encode())
    assert set(note.verified_by_any([key])) == {key}
    assert note.to_bytes().decode() == example["note"]


def test_a_text_with_blank_lines_ends_at_the_last_one() -> None:
    poem = published("c2sp")["poem"]
    note = Note.parse(poem.encode())
    assert note.text.endswith("\n\ned è subito sera.\n")
    assert [line.name for line in note.signatures] == ["quasimodo.example/salvatore"]
    assert note.to_bytes().decode() == poem


def test_a_cosignature_tells_its_moment() -> None:
    example = published("formats")["cosignature"]
    assert Signature.parse(example["line"]).cosigned_at == example["cosigned_at"]


@given(names, seeds, texts)
def test_a_note_round_trips_byte_for_byte_and_is_signed(name: str, seed: bytes, text: str) -> None:
    log = SigningKey.from_seed(name, Algorithm.ED25519, seed)
    witness = SigningKey.from_seed(name, Algorithm.COSIGNATURE, seed)
    note = Note(text, (log.sign(text), witness.cosign(text, at=1_700_000_000)))
    content = note.to_bytes()
    assert Note.parse(content) == note
    assert Note.parse(content).to_bytes() == content
    assert set(note.verified([log.verifier, witness.verifier])) == {log.verifier, witness.verifier}
    assert VerifierKey.parse(str(log.verifier)) == log.verifier
    assert SigningKey.parse(witness.to_text()).verifier == witness.verifier


@given(seeds, st.integers(0, 2**63 - 1), st.integers(0, 575))
def test_a_cosignature_with_any_bit_flipped_is_none(seed: bytes, at: int, bit: int) -> None:
    witness = SigningKey.from_seed("witness", Algorithm.COSIGNATURE, seed)
    good = witness.cosign(TEXT, at=at)
    witness.verifier.verify(TEXT, good)
    spoiled = int.from_bytes(good.value, "big") ^ 1 << bit
    bad = Signature(good.name, good.key_id, spoiled.to_bytes(len(good.value), "big"))
    with pytest.raises(SignatureInvalid):
        witness.verifier.verify(TEXT, bad)


def test_a_moment_that_nobody_can_mean_is_no_cosignature() -> None:
    witness = SigningKey.from_seed("witness", Algorithm.COSIGNATURE, bytes(32))
    with pytest.raises(SignatureInvalid):
        witness.verifier.verify(TEXT, witness.cosign(TEXT, at=2**63))


def test_the_signature_of_a_log_is_no_cosignature_and_the_other_way() -> None:
    log = SigningKey.from_seed("one", Algorithm.ED25519, bytes(32))
    witness = SigningKey.from_seed("one", Algorithm.COSIGNATURE, bytes(32))
    signature, cosignature = log.sign(TEXT), witness.cosign(TEXT, at=1)
    with pytest.raises(SignatureInvalid):
        log.verifier.verify(TEXT, cosignature)
    with pytest.raises(SignatureInvalid):
        witness.verifier.verify(TEXT, signature)
