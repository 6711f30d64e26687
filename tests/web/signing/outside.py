"""An authority outside the school, over HTTP: certificates, revocation lists, timestamps."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, Final

from asn1crypto import x509
from asn1crypto.keys import PrivateKeyInfo
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig, KeyLabel, PKIArchitecture
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Response

from tests.web.signing.paper import NOON
from web.signing.waiting import result_of

_ALWAYS: Final = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2050-01-01T00:00:00+0000"}
_LONGER: Final = {**_ALWAYS, "valid-to": "2060-01-01T00:00:00+0000"}
_LISTED: Final = {
    "id": "crl_distribution_points",
    "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": ["root"]}},
}


def _usage(*usages: str) -> dict[str, Any]:
    value = {"schema": "key-usage", "params": list(usages)}
    return {"id": "key_usage", "critical": True, "smart-value": value}


def _signer(key: str = "signer", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    signs = [_usage("digital_signature", "non_repudiation"), _LISTED]
    about = {"subject": "signer", "subject-key": key, "issuer": "root", "validity": _ALWAYS}
    return {**about, "extensions": signs, **more}


def _certificates() -> dict[str, Any]:
    of_time = {"id": "extended_key_usage", "critical": True, "value": ["time_stamping"]}
    is_authority = {"id": "basic_constraints", "critical": True, "value": {"ca": True}}
    vouches = [is_authority, _usage("key_cert_sign", "crl_sign")]
    tsa = _signer("tsa", subject="tsa", validity=_LONGER)
    revoked = {"revoked-since": "2026-01-01T00:00:00+0000", "reason": "key_compromise"}
    ended = {**_ALWAYS, "valid-to": "2026-11-10T00:00:00+0000"}
    return {
        "root": {"subject": "root", "issuer": "root", "validity": _ALWAYS, "extensions": vouches},
        "tsa": tsa | {"extensions": [_usage("digital_signature"), of_time, _LISTED]},
        "lan": _signer(),
        "curve": _signer("curve"),
        "weak": _signer("weak"),
        "revoked": _signer(revocation=revoked),
        "ended": _signer(validity=ended),
    }


def _services() -> dict[str, Any]:
    lists = {"for-issuer": "root", "signing-key": "root", "simulated-update-schedule": "P30D"}
    return {
        "crl-repo": {"root": lists},
        "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
    }


def _configuration() -> dict[str, Any]:
    names = {
        "root": "CA Công cộng",
        "tsa": "Dấu thời gian Công cộng",
        "signer": "Trần Thị Ngọc Lan",
    }
    keys = {name: {"path": f"{name}.pem"} for name in ("root", "tsa", *_SIGNING)}
    architecture = {
        "keyset": "keys",
        "entities": {name: {"common-name": called} for name, called in names.items()},
        "certs": _certificates(),
        "services": _services(),
    }
    return {
        "keysets": {"keys": {"keys": keys}},
        "pki-architectures": {"outside": architecture},
    }


_SIGNING: Final = ("signer", "curve", "weak")


@dataclass(frozen=True)
class Outside:
    """The authority; `lan`, `curve`, `weak`, `revoked` and `ended` are certificates of a person."""

    made: PKIArchitecture
    url: str

    @property
    def root(self) -> bytes:
        return self.certificate("root")

    @property
    def tsa(self) -> str:
        return f"{self.url}/outside/tsa/tsa"

    def certificate(self, label: str) -> bytes:
        return bytes(self.made.get_cert(CertLabel(label)).dump())

    def key(self, label: str) -> PrivateKeyInfo:
        named = {"lan": "signer", "revoked": "signer", "ended": "signer"}.get(label, label)
        return self.made.key_set.get_private_key(KeyLabel(named))

    def signs(
        self,
        pdf: bytes,
        field: str,
        label: str = "lan",
        *,
        timestamper: TimeStamper | None = None,
        pss: bool = False,
        certify: bool = False,
        at: datetime = NOON,
    ) -> bytes:
        """Sign with a program of the person's own, which has other habits than ours."""
        store = SimpleCertificateStore()
        store.register(x509.Certificate.load(self.root))
        own = x509.Certificate.load(self.certificate(label))
        signer = SimpleSigner(own, self.key(label), store, prefer_pss=pss)
        about = PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=certify,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        )
        program = _Program(about, signer, timestamper=timestamper)
        program.at = at
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        result: bytes = result_of(program.async_sign_pdf(writer)).getvalue()
        return result


class _Program(PdfSigner):
    at: datetime

    def init_signing_session(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        session = super().init_signing_session(*given, **named)
        session.system_time = self.at
        return session


@contextmanager
def authority_outside(folder: Path) -> Iterator[Outside]:
    """Serve it on a port of this machine, at noon for ever."""
    _write_keys(folder)
    # Its address stands in what it issues, so it needs a port before it has anything to serve.
    nothing_yet = Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
    server = make_server("127.0.0.1", 0, nothing_yet, threaded=True, request_handler=_Quiet)
    url = f"http://127.0.0.1:{server.port}"
    configured = CertomancerConfig(_configuration(), str(folder), external_url_prefix=url)
    label = ArchLabel("outside")
    made = configured.get_pki_arch(label)
    server.app = Animator(AnimatorArchStore({label: made}), at_time=NOON, with_web_ui=False)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Outside(made, url)
    server.shutdown()
    thread.join()
    server.server_close()


def _write_keys(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    keys: dict[str, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey] = {
        "root": ec.generate_private_key(ec.SECP256R1()),
        "curve": ec.generate_private_key(ec.SECP256R1()),
        "tsa": rsa.generate_private_key(65537, 2048),
        "signer": rsa.generate_private_key(65537, 2048),
        "weak": rsa.generate_private_key(65537, 1024),  # noqa: S505 - too short on purpose
    }
    for name, key in keys.items():
        text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{name}.pem").write_bytes(text)


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing at the terminal."""
