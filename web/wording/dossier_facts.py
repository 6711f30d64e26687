"""One sentence per fact about the dossiers of executed corrections."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ledger.dossiers import facts

DOSSIER_FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        facts.DossierDrafted.NAME: "Lập biên bản sửa chữa điểm",
        facts.DossierSigned.NAME: "Ký biên bản sửa chữa điểm",
        facts.PaperCorrected.NAME: "Sửa sổ giấy theo biên bản",
        facts.DossierArchived.NAME: "Lưu trữ biên bản sửa chữa điểm",
        facts.PaperIssued.NAME: "Ghi nhận đã in, phát hành sổ hoặc học bạ",
        facts.KeepingSet.NAME: "Đặt thời hạn lưu hồ sơ sửa chữa điểm",
        facts.DisposalProposed.NAME: "Đề nghị tiêu hủy hồ sơ sửa chữa điểm",
        facts.DisposalDeclined.NAME: "Không đồng ý tiêu hủy hồ sơ sửa chữa điểm",
        facts.DossierDisposed.NAME: "Tiêu hủy hồ sơ sửa chữa điểm",
    }
)
