"""A reader of exported logs that knows the specifications only, and nothing of this project.

c2sp.org/tlog-tiles, tlog-checkpoint, signed-note and RFC 6962, spelled out once more.
"""

from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def number(index: int) -> str:
    text = f"{index:03d}"
    while len(text) % 3:
        text = f"0{text}"
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    return "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])


def tree_hash(hashes: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, straight from its recursion."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + tree_hash(hashes[:split]) + tree_hash(hashes[split:])).digest()


def read_tile(folder: Path, level: str, index: int, width: int) -> bytes:
    partial = "" if width == 256 else f".p/{width}"
    return (folder / "tile" / level / f"{number(index)}{partial}").read_bytes()


def read_entries(folder: Path, size: int) -> list[bytes]:
    entries = []
    for first in range(0, size, 256):
        content = read_tile(folder, "entries", first // 256, min(256, size - first))
        while content:
            length = int.from_bytes(content[:2], "big")
            entries.append(content[2 : 2 + length])
            content = content[2 + length :]
    return entries


def check(folder: Path, vkey: str) -> list[bytes]:
    """Check the whole folder against the log's key; the entries."""
    name, _key_id, encoded = vkey.split("+", 2)
    text, _, lines = (folder / "checkpoint").read_text().partition("\n\n")
    signature = next(line for line in lines.splitlines() if line.startswith(f"— {name} "))
    key = Ed25519PublicKey.from_public_bytes(b64decode(encoded)[1:])
    key.verify(b64decode(signature.split()[2])[4:], f"{text}\n".encode())
    origin, size_line, root, *_ = text.split("\n")
    assert origin == name
    size = int(size_line)
    entries = read_entries(folder, size)
    assert len(entries) == size
    level = [sha256(b"\x00" + entry).digest() for entry in entries]
    assert tree_hash(level) == b64decode(root)
    number_of_level = 0
    while level:
        for first in range(0, len(level), 256):
            some = level[first : first + 256]
            found = read_tile(folder, str(number_of_level), first // 256, len(some))
            assert found == b"".join(some), (number_of_level, first)
        whole = [level[first : first + 256] for first in range(0, len(level) - 255, 256)]
        level, number_of_level = [tree_hash(some) for some in whole], number_of_level + 1
    return entries
