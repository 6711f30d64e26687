"""A real proof and everything that can be done to it, for whoever checks proofs to agree on."""

import json
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from ledger.store.recorder import entry
from ledger.trust.checkpoint import Checkpoint, MalformedCheckpoint
from ledger.trust.merkle import ProofFails, inclusion_proof, leaf_hash, root
from ledger.trust.note import Note, NotSigned, SignatureInvalid
from ledger.trust.policy import MalformedPolicy, Policy, QuorumNotMet
from ledger.trust.proof import MalformedProof, TlogProof
from tests.ledger.trust.signers import AT, ORIGIN, log_key, policy_text, signed, witness_key

POLICY = policy_text("hieu-pho", "phong-gd", least="1")
INDEX = 8
REFUSALS = (
    *(MalformedPolicy, MalformedProof, MalformedCheckpoint, ProofFails),
    *(NotSigned, SignatureInvalid, QuorumNotMet),
)
STREAM = "5b53607b-389f-5b89-b142-df69580dcf36"


class Case(NamedTuple):
    """What a checker is given, and whether it may believe it."""

    name: str
    entry: bytes
    proof: bytes
    policy: bytes
    holds: bool


def entry_of(index: int) -> bytes:
    """A line as the ledger stores it, with letters of every length."""
    state = {
        "at": "2026-10-05T01:00:00+00:00",
        "by": {"person": "00000000-0000-4000-8000-000000000008", "role": "secretary"},
        "command": "00000000-0000-4000-8000-000000000009",
        "fact": {"column": "midterm", "after": "6.5", "reason": "Nhập bù 🎓 «đợt 2»"},
        "shape": 1,
    }
    content = json.dumps(state, ensure_ascii=False, separators=(",", ":")).encode()
    return entry(index, STREAM, version=index + 1, topic="mark-entered", state=content)


@cache
def leaves() -> list[bytes]:
    return [leaf_hash(entry_of(index)) for index in range(13)]


def note_of(*names: str, size: int = 13) -> Note:
    return signed(Checkpoint(ORIGIN, size, root(leaves()[:size])), by=names)


def proof_with(note: Note, *, index: int = INDEX, extra: bytes | None = None) -> bytes:
    size = int(note.text.split("\n")[1])
    return TlogProof(index, tuple(inclusion_proof(index, size, leaves())), note, extra).to_bytes()


GOOD = Case(
    "as it came", entry_of(INDEX), proof_with(note_of("phong-gd")), POLICY.encode(), holds=True
)
BAD = GOOD._replace(holds=False)


def _misplaced() -> Case:
    one = leaf_hash(entry_of(1))
    note = signed(Checkpoint(ORIGIN, 1, one), by=["phong-gd"])
    return BAD._replace(
        name="misplaced", entry=entry_of(1), proof=TlogProof(0, (), note).to_bytes()
    )


# The log has signed a line that says another number than its place: no ledger writes that.
MISPLACED = _misplaced()


def good_ones() -> Iterator[Case]:
    both = note_of("hieu-pho", "phong-gd")
    again = witness_key("hieu-pho").cosign(both.text, at=AT + 60)
    false = witness_key("hieu-pho").cosign("another text\n", at=AT)
    yield GOOD
    yield GOOD._replace(name="both witnesses", proof=proof_with(both))
    yield GOOD._replace(name="a stranger too", proof=proof_with(note_of("phong-gd", "stranger")))
    yield GOOD._replace(name="extra data", proof=proof_with(both, extra=b"extra"))
    yield GOOD._replace(name="empty extra data", proof=proof_with(both, extra=b""))
    yield GOOD._replace(
        name="the second line of a witness is passed over",
        proof=proof_with(Note(both.text, (*both.signatures, again, false))),
    )
    alone = note_of("phong-gd", size=INDEX + 1)
    yield GOOD._replace(name="the last line", proof=proof_with(alone))
    yield GOOD._replace(
        name="the only line",
        entry=entry_of(0),
        proof=proof_with(note_of("phong-gd", size=1), index=0),
    )
    for name, text in (
        ("no witness asked", policy_text()),
        ("a comment and spaces", f"# của trường\n\n \t{POLICY.replace(' ', chr(9) + ' ')}\n"),
        ("addresses", POLICY.replace("\n", " https://a.example/ \n", 3)),
        ("a name of other letters", POLICY.replace("cua-truong", "của-trường-日本")),
    ):
        yield GOOD._replace(name=name, policy=text.encode())
    yield GOOD._replace(
        name="a name of no letters", policy=POLICY.encode().replace(b"cua-truong", b"\x80\xff")
    )


def bad_policies() -> Iterator[Case]:
    for name, old, new in (
        ("both witnesses asked", "group cua-truong 1", "group cua-truong all"),
        ("more than there are", "group cua-truong 1", "group cua-truong 3"),
        ("no number", "group cua-truong 1", "group cua-truong ١"),
        ("a leading zero", "group cua-truong 1", "group cua-truong 01"),
        ("another log", str(log_key().verifier), str(log_key(seed=7).verifier)),
        ("another origin", str(log_key().verifier), str(log_key("so-diem/khac").verifier)),
        ("no log", "log ", "# log "),
        ("a witness as the log", "log ", f"log {witness_key('x').verifier}\n# "),
        ("no quorum", "quorum", "# quorum"),
        ("quorum twice", "quorum", "quorum hieu-pho\nquorum"),
        ("an unknown quorum", "quorum cua-truong", "quorum ai-do"),
        ("a member twice", "hieu-pho phong-gd\n", "hieu-pho hieu-pho\n"),
        ("a name twice", "witness phong-gd", "witness hieu-pho"),
        ("named none", "witness phong-gd", "witness none"),
        ("carriage returns", "\n", "\r\n"),
        ("a no-break space", "quorum ", "quorum\u00a0"),
        ("a broken key", "+", "+0"),
        ("a word too many", "quorum cua-truong", "quorum cua-truong # xong"),
        ("nothing", POLICY, ""),
    ):
        yield BAD._replace(name=f"policy: {name}", policy=POLICY.replace(old, new).encode())
    line = next(one for one in POLICY.split("\n") if one.startswith("witness phong"))
    yield BAD._replace(
        name="policy: a key twice",
        policy=f"{line.replace('witness phong-gd', 'witness x')}\n{POLICY}".encode(),
    )


_TEXT = GOOD.proof.decode()
_LINES = _TEXT.split("\n")

# What is replaced in the text of the proof, by what.
PROOF_CHANGES = (
    ("another version", "@v1", "@v2"),
    ("another index", "index 8", "index 9"),
    ("a leading zero", "index 8", "index 08"),
    ("a negative index", "index 8", "index -8"),
    ("a plus", "index 8", "index +8"),
    ("other digits", "index 8", "index ٨"),
    ("a space behind", "index 8", "index 8 "),
    ("a huge index", "index 8", "index 9223372036854775808"),
    ("a longer index than any", "index 8", f"index {'8' * 60}"),
    ("two indexes", "index 8\n", "index 8\nindex 8\n"),
    ("carriage returns", "\n", "\r\n"),
    ("a byte order mark", "c2sp.org", "\ufeffc2sp.org"),
    ("extra that is no base64", "index 8", "extra ???\nindex 8"),
    ("another size", "\n13\n", "\n14\n"),
    ("another origin", f"\n{ORIGIN}\n", f"\n{ORIGIN}x\n"),
    ("an extension nobody signed", "\n\n— ", "\nthêm\n\n— "),
    ("no blank line", "\n\n— ", "\n— "),
    ("another dash", "— ", "- "),
    ("a no-break space", f"— {ORIGIN} ", f"— {ORIGIN}\u00a0"),
    ("url base64", "+", "-"),
    ("a control character", "\n13\n", "\n13\x0b\n"),
    ("a zero byte", "\n13\n", "\n13\x00\n"),
    ("a line after the end", _TEXT, f"{_TEXT}x\n"),
    ("a blank line after the end", _TEXT, f"{_TEXT}\n"),
    ("no line end", _TEXT, _TEXT[:-1]),
    ("nothing", _TEXT, ""),
    ("only the head", _TEXT, _TEXT.partition("\n\n")[0]),
    ("half a signature", _LINES[-2], _LINES[-2][:-8]),
    ("stray bits", _LINES[2], _LINES[2][:-2] + chr(ord(_LINES[2][-2]) + 1) + "="),
    ("a hash less", f"{_LINES[2]}\n", ""),
    ("a hash more", f"{_LINES[2]}\n", f"{_LINES[2]}\n{_LINES[2]}\n"),
    ("swapped hashes", f"{_LINES[2]}\n{_LINES[3]}", f"{_LINES[3]}\n{_LINES[2]}"),
    ("64 hashes", f"{_LINES[2]}\n", f"{_LINES[2]}\n" * 64),
    ("101 signatures", f"{_LINES[-2]}\n", f"{_LINES[-2]}\n" * 101),
)


def bad_proofs() -> Iterator[Case]:
    for name, old, new in PROOF_CHANGES:
        yield BAD._replace(name=f"proof: {name}", proof=_TEXT.replace(old, new).encode())
    yield BAD._replace(name="proof: not UTF-8", proof=GOOD.proof.replace(b"\n13\n", b"\n13\xff\n"))
    yield BAD._replace(name="proof: nobody saw it", proof=proof_with(note_of()))
    yield BAD._replace(name="proof: strangers saw it", proof=proof_with(note_of("stranger")))
    cosigned = note_of("phong-gd")
    false = witness_key("hieu-pho").cosign("another text\n", at=AT)
    yield BAD._replace(name="proof: a forgery", proof=proof_with(cosigned.signed_with(false)))
    late = witness_key("hieu-pho").cosign(cosigned.text, at=2**63)
    yield BAD._replace(name="proof: too late", proof=proof_with(cosigned.signed_with(late)))


def bad_entries() -> Iterator[Case]:
    for name, content in (
        ("another mark", GOOD.entry.replace(b"6.5", b"9.5")),
        ("another line", entry_of(7)),
        ("a byte more", GOOD.entry + b"\n"),
        ("a byte less", GOOD.entry[:-1]),
        ("nothing", b""),
        ("carriage returns", GOOD.entry.replace(b"\n", b"\r\n")),
        ("a byte order mark", b"\xef\xbb\xbf" + GOOD.entry),
        ("a leaf instead of its line", leaves()[INDEX]),
    ):
        yield BAD._replace(name=f"entry: {name}", entry=content)


def flipped() -> Iterator[Case]:
    """One bit flipped in each line of the proof, and here and there in the entry."""
    at = 0
    for number, line in enumerate(GOOD.proof.splitlines(keepends=True)):
        for place in {at, at + len(line) // 2, at + len(line) - 1}:
            yield BAD._replace(
                name=f"flipped: line {number}, byte {place}", proof=_flip(GOOD.proof, place)
            )
        at += len(line)
    for place in range(0, len(GOOD.entry), 23):
        yield BAD._replace(name=f"flipped: entry {place}", entry=_flip(GOOD.entry, place))


def _flip(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 2]) + content[at + 1 :]


def believed(case: Case) -> bool:
    """What the ledger's own rules say; any other error than a refusal is a fault of theirs."""
    try:
        TlogProof.parse(case.proof).verify(leaf_hash(case.entry), Policy.parse(case.policy))
    except REFUSALS:
        return False
    return True


def scrambled(count: int) -> Iterator[Case]:
    """Good cases with a few bytes changed, added or taken out by chance, and what they come to."""
    chance = Random(count)
    good = list(good_ones())
    for number in range(count):
        case = chance.choice(good)
        part = chance.choice(["entry", "proof", "policy"])
        content: bytes = getattr(case, part)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(content))
            instead = chance.choice(
                [b"", b"\n", b" ", content[at : at + 1] * 2, chance.randbytes(1)]
            )
            content = content[:at] + instead + content[at + 1 :]
        parts = {"entry": case.entry, "proof": case.proof, "policy": case.policy, part: content}
        changed = Case(f"scrambled {number}: {case.name}, {part}", **parts, holds=False)
        yield changed._replace(holds=believed(changed))


@cache
def every_case() -> list[Case]:
    """Those with a verdict that was thought of, and some with whatever the ledger says."""
    known = [*good_ones(), *bad_policies(), *bad_proofs(), *bad_entries(), *flipped()]
    return [*known, *scrambled(60)]
