"""Where the time of a signature comes from: an authority outside, or the school itself."""

from collections.abc import Callable
from datetime import datetime
from secrets import randbits
from typing import Final

from asn1crypto import cms, tsp, x509
from asn1crypto.keys import PrivateKeyInfo
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from web.signing.algorithms import DIGEST, mechanism

# How the school stamps: by the clock of its own server, and nobody else confirms it.
_POLICY: Final = "2.25.283214087211384390911526390187354512217"
_PATIENCE: Final = 10


class SchoolTimeStamper(TimeStamper):
    """The school's own timestamps, by its own clock and under its own certificate."""

    def __init__(
        self, certificate: bytes, key: bytes, root: bytes, clock: Callable[[], datetime]
    ) -> None:
        """Take certificates and the key (PKCS#8) as DER bytes."""
        TimeStamper.__init__(self)
        store = SimpleCertificateStore()
        store.register(x509.Certificate.load(root))
        own = x509.Certificate.load(certificate)
        self._signer = SimpleSigner(own, PrivateKeyInfo.load(key), store, mechanism(own))
        self._clock = clock

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Stamp what was asked for, as the library asks every authority."""
        stamp = tsp.TSTInfo(
            {
                "version": "v1",
                "policy": _POLICY,
                "message_imprint": req["message_imprint"],
                "serial_number": randbits(64),
                "gen_time": self._clock().replace(microsecond=0),
                "nonce": req["nonce"],
            }
        )
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": cms.ParsableOctetString(stamp.dump())}
        )
        token = await self._signer.async_sign_general_data(content, DIGEST, detached=False)
        answer = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
        # As bytes, like that of every other authority: what was put together is put together anew
        # each time that the library looks at it, which takes seconds.
        return tsp.TimeStampResp.load(answer.dump())


def outside(address: str) -> TimeStamper:
    """The authority that answers at this address."""
    return HTTPTimeStamper(address, timeout=_PATIENCE)
