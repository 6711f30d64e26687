"""By which algorithm a signature was made, and whether that is enough today."""

from dataclasses import dataclass
from typing import Final, Self

from asn1crypto import algos, cms, x509

_LEAST: Final = {"RSASSA-PSS": 2048, "RSA PKCS#1 v1.5": 2048, "ECDSA": 256}
_NAMES: Final = {
    "rsassa_pss": "RSASSA-PSS",
    "rsassa_pkcs1v15": "RSA PKCS#1 v1.5",
    "ecdsa": "ECDSA",
}
_HASHES: Final = {
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha512": "SHA-512",
    "sha3_256": "SHA3-256",
    "sha3_384": "SHA3-384",
    "sha3_512": "SHA3-512",
}

DIGEST: Final = "sha256"
_SALT_BYTES: Final = 32


def mechanism(certificate: x509.Certificate) -> algos.SignedDigestAlgorithm | None:
    """How a key of this certificate signs: RSASSA-PSS for RSA; None for what the curve is for.

    The salt is as long as the hash: several programs and devices know no other length.
    """
    if certificate.public_key.algorithm != "rsa":
        return None
    hashed = algos.DigestAlgorithm({"algorithm": DIGEST})
    mask = algos.MaskGenAlgorithm({"algorithm": "mgf1", "parameters": hashed})
    parameters = {"hash_algorithm": hashed, "mask_gen_algorithm": mask, "salt_length": _SALT_BYTES}
    made = algos.SignedDigestAlgorithm(
        {"algorithm": "rsassa_pss", "parameters": algos.RSASSAPSSParams(parameters)}
    )
    # What was put together here is encoded anew, with all its defaults, wherever the library copies
    # it, thousands of times for a signature; what was read keeps its bytes.
    return algos.SignedDigestAlgorithm.load(made.dump())


@dataclass(frozen=True, slots=True)
class Algorithm:
    """What Thông tư 15/2025/TT-BKHCN asks of a signature: its padding, key and hash."""

    name: str
    bits: int
    hashed: str

    @classmethod
    def of(cls, signer: cms.SignerInfo, certificate: x509.Certificate) -> Self:
        """What a signature says of itself; an unknown algorithm keeps its name in the standard."""
        algorithm = signer["signature_algorithm"]
        try:
            kind = algorithm.signature_algo
        except ValueError:
            kind = str(algorithm["algorithm"].native)
        hashed = str(signer["digest_algorithm"]["algorithm"].native)
        return cls(
            _NAMES.get(kind, kind), certificate.public_key.bit_size, _HASHES.get(hashed, hashed)
        )

    @property
    def strong(self) -> bool:
        return self.bits >= _LEAST.get(self.name, self.bits + 1) and self.hashed in _HASHES.values()

    @property
    def old_padding(self) -> bool:
        return self.name == "RSA PKCS#1 v1.5"

    def __str__(self) -> str:
        return f"{self.name} {self.bits}, {self.hashed}"
