"""One school in which every fact about personal data happens at least once."""

from datetime import date

from ledger.privacy import facts
from ledger.privacy.facts import ErasureId, Ground, Requester, Retention
from tests.scenario import Past
from tests.school import AN, BAO, KHOA, MAI, NGOC, PAPER, numbered_id

ERASURE, DECLINED, WITHDRAWN = (ErasureId(numbered_id(number)) for number in (961, 962, 963))
RETENTION = Retention(years=5, legal_basis="Quyết định số 12/QĐ-THCS về lưu trữ hồ sơ")


def requested(erasure_id: ErasureId) -> facts.ErasureRequested:
    return facts.ErasureRequested(
        erasure_id=erasure_id,
        pupil=AN,
        requested_by=Requester.PARENT,
        ground=Ground.REQUEST,
        reason="Đơn của mẹ em, ngày 02/01/2034",
    )


PRIVACY: tuple[Past, ...] = (
    NGOC.wrote(facts.RetentionSet(retention=RETENTION)),
    KHOA.wrote(facts.PersonalDataRestricted(pupil=BAO, reason="Đơn của phụ huynh ngày 01/10")),
    NGOC.wrote(facts.RestrictionLifted(pupil=BAO, reason="Phụ huynh rút đơn")),
    MAI.wrote(requested(DECLINED)),
    NGOC.wrote(facts.ErasureDeclined(erasure_id=DECLINED, reason="Đơn chưa có chữ ký")),
    MAI.wrote(requested(WITHDRAWN)),
    MAI.wrote(facts.ErasureWithdrawn(erasure_id=WITHDRAWN, reason="Gia đình đổi ý")),
    MAI.wrote(requested(ERASURE)),
    NGOC.wrote(
        facts.PersonalDataErased(
            erasure_id=ERASURE,
            pupil=AN,
            requested_by=Requester.PARENT,
            ground=Ground.REQUEST,
            left_on=date(2027, 5, 25),
            retention=RETENTION,
            evidence=(PAPER.sha256,),
        )
    ),
)
