#!/usr/bin/env python3
"""Check, without any server, that one line stands in a school's ledger.

    python3 verify_proof.py dong-9.entry dong-9.tlog-proof --policy FILE
    python3 verify_proof.py dong-9.entry dong-9.tlog-proof --log KEY --witness KEY --quorum 1

Needs Python 3.9 or newer and the package `cryptography`, and nothing of the program that made the
proof: it is short so that you, or somebody you trust, can read all of it. What it follows is
public: RFC 6962 (the tree), c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof,
tlog-policy. It says what it found in Vietnamese; the exit code is 0 when the proof holds, else 1.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import hashlib
import io
import json
import re
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG, WITNESS = 1, 4  # what a key signs: a log the text alone, a witness the text and a time
NOT_IN_NAMES = re.compile(r"[\s+\x00-\x1f\ud800-\udfff]")
LARGEST = 2**63 - 1
VIETNAM = timezone(timedelta(hours=7))


class Refused(Exception):
    """Why the proof does not hold, in a sentence for people."""


class Key(NamedTuple):
    """A public key under its name."""

    name: str
    id: bytes
    kind: int
    public: bytes


class Signature(NamedTuple):
    """One line under a note: the name and the id of a key, and what it left."""

    name: str
    key_id: bytes
    value: bytes


class Policy(NamedTuple):
    """Who is believed: the keys of logs, witnesses by name, groups of them, and which it takes."""

    logs: list[Key]
    witnesses: dict[str, Key]
    groups: dict[str, tuple[int, list[str]]]
    quorum: str


class Proven(NamedTuple):
    """What has been shown: which log, its size, and which witness saw that when (POSIX time)."""

    log: Key
    size: int
    seen: list[tuple[str, int]]


def main() -> int:
    for stream in (sys.stdout, sys.stderr):  # which some systems open without Vietnamese
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(description="Kiểm chứng một dòng của sổ điểm, không cần mạng.")
    parser.add_argument("entry", type=Path, help="tệp dong-….entry")
    parser.add_argument("proof", type=Path, help="tệp dong-….tlog-proof")
    parser.add_argument("--policy", type=Path, help="tệp quy định: tin sổ nào, nhân chứng nào")
    parser.add_argument("--log", help="khóa công khai của sổ, thay cho --policy")
    parser.add_argument("--witness", action="append", default=[], help="khóa của một nhân chứng")
    parser.add_argument("--quorum", type=int, help="cần mấy nhân chứng (mặc định: tất cả)")
    given = parser.parse_args()
    if (given.policy is None) == (given.log is None):
        parser.error("cần đúng một trong hai: --policy hoặc --log")
    if given.quorum is not None and not 0 <= given.quorum <= len(given.witness):
        parser.error("--quorum lớn hơn số khóa nhân chứng bạn đưa")
    try:
        policy = read_policy(given.policy.read_bytes() if given.policy else policy_of(given))
        entry = given.entry.read_bytes()
        proven = verify(entry, given.proof.read_bytes(), policy)
        print(plain(report(entry, proven)))
    except (Refused, OSError) as reason:
        print(plain(f"KHÔNG ĐÚNG: {reason}"))
        return 1
    return 0


def policy_of(given: argparse.Namespace) -> bytes:
    """The policy that the keys on the command line make."""
    names = [f"w{number}" for number in range(1, len(given.witness) + 1)]
    lines = [f"log {given.log}"]
    lines += [f"witness {name} {key}" for name, key in zip(names, given.witness)]
    if names and given.quorum != 0:
        lines += [f"group g {given.quorum or 'all'} {' '.join(names)}", "quorum g"]
    else:
        lines.append("quorum none")
    return "\n".join(lines).encode()


def verify(entry: bytes, content: bytes, policy: Policy) -> Proven:
    """Check everything; whatever is wrong is raised."""
    index, hashes, note = read_proof(content)
    text, signatures = read_note(note)
    logs = signed_by(policy.logs, text, signatures)
    if not logs:
        raise Refused("không có chữ ký của sổ mà bạn tin; sổ khác, hoặc khóa khác")
    origin, size, root = read_checkpoint(text)
    log = next((key for key in logs if key.name == origin), None)
    if log is None:
        raise Refused(f"sổ {origin} không ký bằng khóa của mình")
    cosigned = signed_by(list(policy.witnesses.values()), text, signatures)
    present = {name for name, key in policy.witnesses.items() if key in cosigned}
    seen = [(key.name, int.from_bytes(value[:8], "big")) for key, value in cosigned.items()]
    if policy.quorum != "none" and not is_met(policy.quorum, policy, present):
        names = ", ".join(name for name, _ in seen)
        raise Refused(f"chưa đủ nhân chứng; mới có: {names or 'không ai'}")
    if root_of(hashlib.sha256(b"\0" + entry).digest(), index, size, hashes) != root:
        raise Refused("nội dung dòng không khớp với dấu niêm phong: dòng hoặc bằng chứng đã bị sửa")
    if entry.split(b"\n", 1)[0] != str(index).encode():
        raise Refused("dòng mang số khác với chỗ của nó trong sổ")
    return Proven(log, size, seen)


def root_of(leaf: bytes, index: int, size: int, hashes: list[bytes]) -> bytes:
    """The root that the hashes lead to from this leaf (RFC 9162 section 2.1.3.2)."""
    if index >= size:
        raise Refused("dòng ở ngoài phần sổ đã niêm phong")
    left, last = list(hashes), size - 1
    reached = leaf
    while last:
        if index % 2 or index < last:
            if not left:
                raise Refused("bằng chứng bị thiếu")
            other = left.pop(0)
            pair = other + reached if index % 2 else reached + other
            reached = hashlib.sha256(b"\1" + pair).digest()
        index, last = index // 2, last // 2
    if left:
        raise Refused("bằng chứng bị thừa")
    return reached


def signed_by(keys: list[Key], text: str, signatures: list[Signature]) -> dict[Key, bytes]:
    """Which of the keys have signed, each with what it left; a false signature spoils it all."""
    known = {(key.name, key.id): key for key in keys}
    found: dict[Key, bytes] = {}
    for name, key_id, value in signatures:
        key = known.get((name, key_id))
        if key is None or key in found:
            continue
        message, signature = text.encode(), value
        if key.kind == WITNESS:
            time, signature = int.from_bytes(value[:8], "big"), value[8:]
            message = f"cosignature/v1\ntime {time}\n".encode() + message
        try:
            if len(signature) != 64 or (key.kind == WITNESS and time > LARGEST):
                raise InvalidSignature
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            raise Refused(f"chữ ký của {name} là giả") from None
        found[key] = value
    return found


def is_met(name: str, policy: Policy, present: set[str]) -> bool:
    """Whether a witness has seen the checkpoint, or enough members of a group have."""
    if name not in policy.groups:
        return name in present
    least, members = policy.groups[name]
    return sum(is_met(member, policy, present) for member in members) >= least


def read_proof(content: bytes) -> tuple[int, list[bytes], bytes]:
    """The index from 0, the hashes beside the way to the root, and the checkpoint as a note."""
    head, blank, note = content.partition(b"\n\n")
    lines = utf8(head).split("\n")
    if not blank or lines.pop(0) != "c2sp.org/tlog-proof@v1":
        raise Refused("tệp này không phải là một bằng chứng")
    if lines and lines[0].startswith("extra "):
        unbase64(lines.pop(0)[6:])
    if not lines or not lines[0].startswith("index "):
        raise Refused("bằng chứng không nói dòng thứ mấy")
    index, hashes = decimal(lines[0][6:]), [unbase64(line) for line in lines[1:]]
    if len(hashes) > 63 or any(len(one) != 32 for one in hashes):
        raise Refused("bằng chứng có giá trị băm sai cỡ")
    return index, hashes, note


def read_note(content: bytes) -> tuple[str, list[Signature]]:
    """The text that was signed, and the signatures under it, not yet checked."""
    whole = utf8(content)
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", whole):
        raise Refused("dấu niêm phong không đúng khuôn dạng")
    signatures = []
    for line in lines[:-1].split("\n"):
        found = re.fullmatch(r"— ([^ ]+) ([A-Za-z0-9+/=]+)", line)
        if not found or NOT_IN_NAMES.search(found[1]) or len(unbase64(found[2])) < 5:
            raise Refused("dấu niêm phong có dòng chữ ký sai khuôn dạng")
        value = unbase64(found[2])
        signatures.append(Signature(found[1], value[:4], value[4:]))
    if len(signatures) > 100:
        raise Refused("dấu niêm phong có quá nhiều chữ ký")
    return f"{text}\n", signatures


def read_checkpoint(text: str) -> tuple[str, int, bytes]:
    """The log's name, how many lines it has, and the root over them."""
    lines = text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise Refused("dấu niêm phong không đủ ba dòng")
    root = unbase64(lines[2])
    if len(root) != 32:
        raise Refused("dấu niêm phong có giá trị băm sai cỡ")
    return lines[0], decimal(lines[1]), root


def read_policy(content: bytes) -> Policy:
    """A policy file (c2sp.org/tlog-policy)."""
    policy, quorum = Policy([], {}, {}, ""), ""
    members: set[str] = set()
    if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", content):
        raise Refused("quy định có ký tự lạ")
    for line in content.decode(errors="surrogateescape").split("\n"):
        words = re.findall(r"[^ \t]+", line)
        if not words or words[0].startswith("#"):
            continue
        keyword, *rest = words
        named = {*policy.witnesses, *policy.groups}
        if keyword == "log" and len(rest) in (1, 2):
            policy.logs.append(read_key(rest[0], LOG))
        elif keyword == "witness" and len(rest) in (2, 3) and rest[0] not in {*named, "none"}:
            policy.witnesses[rest[0]] = read_key(rest[1], WITNESS)
        elif keyword == "group" and len(rest) >= 3 and rest[0] not in {*named, "none"}:
            of = rest[2:]
            least = {"any": "1", "all": str(len(of))}.get(rest[1], rest[1])
            once = len({*of}) == len(of) and not members & {*of} and {*of} <= named
            if not once or not re.fullmatch("[1-9][0-9]{0,8}", least) or int(least) > len(of):
                raise Refused(f"quy định có nhóm không hợp lệ: {line}")
            policy.groups[rest[0]] = (int(least), of)
            members |= {*of}
        elif keyword == "quorum" and len(rest) == 1 and not quorum and rest[0] in {*named, "none"}:
            quorum = rest[0]
        else:
            raise Refused(f"quy định có dòng không hợp lệ: {line}")
    for keys in (policy.logs, list(policy.witnesses.values())):
        if len({key.public for key in keys}) < len(keys):
            raise Refused("quy định nêu một khóa hai lần")
    if not quorum:
        raise Refused("quy định không nói cần nhân chứng nào (dòng quorum)")
    return policy._replace(quorum=quorum)


def read_key(text: str, kind: int) -> Key:
    """A key like `name+530d903a+AekyeR…`; its id follows from name and key."""
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    content = unbase64(encoded)
    if len(content) != 33 or content[0] != kind or not name or NOT_IN_NAMES.search(name):
        raise Refused(f"không phải khóa cần dùng ở đây: {text}")
    expected = hashlib.sha256(f"{name}\n".encode() + content).digest()[:4]
    if key_id != expected.hex():
        raise Refused(f"khóa bị chép sai: {text}")
    return Key(name, expected, kind, content[1:])


def utf8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Refused("tệp không phải văn bản UTF-8") from None


def unbase64(text: str) -> bytes:
    """Base64 in the one spelling that it has."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if base64.b64encode(content).decode() != text:
        raise Refused(f"không phải base64: {text}")
    return content


def decimal(text: str) -> int:
    if not re.fullmatch("0|[1-9][0-9]{0,18}", text) or int(text) > LARGEST:
        raise Refused(f"không phải một số: {text}")
    return int(text)


def report(entry: bytes, proven: Proven) -> str:
    """What is proven, for people: the line's five parts, the log, the witnesses."""
    try:
        index, stream, version, fact, state = entry.split(b"\n", 4)
        line = json.loads(utf8(state))
        at = datetime.fromisoformat(line["at"]).astimezone(VIETNAM)
        by, said = line["by"], json.dumps(line["fact"], ensure_ascii=False)
    except (ValueError, TypeError, KeyError, OverflowError):
        raise Refused("nội dung không phải một dòng của sổ điểm") from None
    seen = [f"{name}: {moment(time)}" for name, time in proven.seen]
    seen = seen or ["không có ai trong những khóa bạn đưa: chỉ chính sổ nói như vậy"]
    return "\n".join(
        [
            "ĐÚNG: dòng này nằm trong sổ, không thiếu và không khác một byte.",
            f"  dòng số      {int(index) + 1}, trong {proven.size} dòng đã niêm phong",
            f"  luồng        {utf8(stream)}, phiên bản {utf8(version)}",
            f"  sự việc      {utf8(fact)}",
            f"  lúc          {at:%H:%M:%S ngày %d/%m/%Y} (giờ Việt Nam)",
            f"  người ghi    {json.dumps(by, ensure_ascii=False)}",
            f"  nội dung     {said}",
            f"  sổ           {proven.log.name} (khóa {proven.log.id.hex()})",
            *(f"  nhân chứng   {one}" for one in seen),
            "Điều này không nói rằng điểm ấy đúng với bài làm, cũng không nói đó là dòng cuối cùng",
            "về ô điểm này: sau nó có thể còn dòng khác. Tên học sinh không nằm trong dòng.",
        ]
    )


def moment(seconds: int) -> str:
    try:
        return f"{datetime.fromtimestamp(seconds, VIETNAM):%H:%M:%S ngày %d/%m/%Y}"
    except (OverflowError, OSError, ValueError):
        return f"giây thứ {seconds}"


def plain(text: str) -> str:
    """The text without what could play tricks with a terminal."""
    return "".join(
        one if one.isprintable() or one == "\n" else f"\\u{ord(one):04x}" for one in text
    )


if __name__ == "__main__":
    sys.exit(main())
