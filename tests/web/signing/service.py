"""A signing service (CSC API v1) on this machine, which keeps one key and asks for a PIN."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final

from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key

from tests.web.signing.token import PIN

CREDENTIAL: Final = "khoa-cua-lan"
_PSS: Final = "1.2.840.113549.1.1.10"
_SHA256: Final = "2.16.840.1.101.3.4.2.1"


@dataclass
class Service:
    """What it is asked, and what it answers; `broken` spoils what it signs."""

    certificates: list[bytes]
    key: RSAPrivateKey
    url: str = ""
    broken: bool = False
    agreed: set[str] = field(default_factory=set)

    def answer(self, what: str, asked: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to a request; None to refuse it."""
        if asked.get("credentialID") != CREDENTIAL:
            return None
        if what == "credentials/info":
            known = [b64encode(each).decode() for each in self.certificates]
            key = {"algo": [_PSS], "status": "enabled", "len": 2048}
            return {"cert": {"certificates": known}, "key": key, "multisign": 1, "SCAL": "2"}
        if what == "credentials/authorize":
            if asked.get("PIN") != PIN:
                return None
            (hashed,) = asked["hash"]
            self.agreed.add(hashed)
            return {"SAD": f"agreed to {hashed}"}
        (hashed,) = asked["hash"]
        if asked["SAD"] != f"agreed to {hashed}" or hashed not in self.agreed:
            return None
        assert (asked["signAlgo"], asked["hashAlgo"]) == (_PSS, _SHA256)
        return {"signatures": [b64encode(self._signed(b64decode(hashed))).decode()]}

    def _signed(self, hashed: bytes) -> bytes:
        made = self.key.sign(hashed, PSS(MGF1(SHA256()), 32), Prehashed(SHA256()))
        return made[::-1] if self.broken else made


@contextmanager
def signing_service(certificates: list[bytes], key: PrivateKeyInfo) -> Iterator[Service]:
    """Serve it on a port of this machine."""
    loaded = load_der_private_key(key.dump(), password=None)
    assert isinstance(loaded, RSAPrivateKey)
    service = Service(certificates, loaded)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = service.answer(self.path.removeprefix("/csc/v1/"), asked)
            content = json.dumps(answer or {"error": "invalid_request"}).encode()
            self.send_response(200 if answer else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing at the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield service
    server.shutdown()
    thread.join()
    server.server_close()
