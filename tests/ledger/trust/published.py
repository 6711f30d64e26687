"""The published vectors, read from the files beside this module; their README names the sources."""

import json
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_VECTORS = Path(__file__).parent / "vectors"


def published(name: str) -> Any:  # noqa: ANN401  (as different as the sources are)
    return json.loads((_VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def from_hex(hashes: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in hashes]


def from_base64(hashes: Sequence[str]) -> list[bytes]:
    return [b64decode(one) for one in hashes]
