"""A token in software (SoftHSM2) with one key, in a folder of its own."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pkcs11
from asn1crypto.keys import PrivateKeyInfo
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from web.signing.certificates import fingerprint
from web.signing.device import Device

MODULE: Final = Path("/usr/lib/softhsm/libsofthsm2.so")
LABEL: Final = "ban-giam-hieu"
PIN: Final = "260503"


@dataclass(frozen=True)
class Token:
    """A token that is plugged in, and the certificate of its key."""

    device: Device
    certificate: str


@contextmanager
def plugged_in(folder: Path, certificate: bytes, key: PrivateKeyInfo) -> Iterator[Token]:
    """Begin a token with this key, for as long as this process lives: the module is loaded once."""
    (folder / "tokens").mkdir(parents=True)
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    try:
        named = ("--label", LABEL, "--so-pin", "99999999", "--pin", PIN)
        subprocess.run(
            ["softhsm2-util", "--init-token", "--free", *named], check=True, capture_output=True
        )
        token = pkcs11.lib(str(MODULE)).get_token(token_label=LABEL)
        about = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.ID: b"\x01"}
        with token.open(user_pin=PIN, rw=True) as session:
            own = decode_rsa_private_key(key["private_key"].parsed.dump())
            session.create_object({**own, **about, pkcs11.Attribute.SIGN: True})
            session.create_object({**decode_x509_certificate(certificate), **about})
        yield Token(Device(MODULE, LABEL), fingerprint(certificate))
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before
