"""What people read of a checked dossier: sentences for flaws, notes and unreadable files."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from ledger.dossiers.facts import PaperKind
from web.dossiers.flaws import Flaw, Found
from web.dossiers.recognizing import Paper, Recognized
from web.signing.found import Remark
from web.wording.facts import FACTS
from web.wording.papers import PAPERS
from web.wording.printable import printable
from web.wording.school import role_name
from web.wording.signing import REMARKS

_SENTENCES: Final[Mapping[Flaw, str]] = MappingProxyType(
    {
        Flaw.PROOF_MALFORMED: "Bằng chứng của dòng {where} hỏng, không đúng khuôn dạng.",
        Flaw.LOG_UNSIGNED: (
            "Dấu niêm phong trên dòng {where} không có chữ ký của sổ mà bạn tin: hồ sơ của sổ "
            "khác, hoặc khóa là khóa khác."
        ),
        Flaw.SEAL_FORGED: "Dấu niêm phong trên dòng {where} mang chữ ký giả.",
        Flaw.QUORUM_MISSING: "Dấu niêm phong trên dòng {where} chưa đủ nhân chứng mà bạn đòi hỏi.",
        Flaw.LINE_DIFFERS: (
            "Dòng {where} không khớp với dấu niêm phong: dòng hoặc bằng chứng đã bị sửa."
        ),
        Flaw.LINE_UNREADABLE: "Nội dung của {where} không phải là một dòng sổ đọc được.",
        Flaw.SEALS_DIFFER: (
            "Dòng {where} nằm dưới một dấu niêm phong khác với các dòng kia, nên không biết có "
            "cùng một cuốn sổ hay không."
        ),
        Flaw.LINE_FOREIGN: (
            "Dòng {where} (“{fact}”) không thuộc hồ sơ này, hoặc được đưa vào hai lần."
        ),
        Flaw.LINE_MISSING: "Thiếu dòng sổ “{fact}”, nên các dòng còn lại không thành một hồ sơ.",
        Flaw.MANIFEST_DIFFERS: "Tệp ho-so.json ghi khác với các dòng sổ (mục {where}).",
        Flaw.REVISIONS_BROKEN: (
            "Các bản của tệp không nối tiếp nhau như sổ ghi (ở “{fact}”): có dòng thiếu hoặc tệp "
            "không mở đầu bằng bản trước."
        ),
        Flaw.MARKS_NOT_CORRECTED: (
            "Các điểm đã sửa trong sổ không đúng là các điểm đã đề nghị sửa (khớp {told})."
        ),
        Flaw.PDF_OLDER: (
            "Tệp PDF là một bản cũ của biên bản: thiếu chữ ký của {roles}. Chữ ký đã bị cắt đi, "
            "hoặc đây là bản chép trước khi ký xong."
        ),
        Flaw.PDF_DRAFT_REPLACED: (
            "Tệp PDF là bản của lần lập biên bản trước; biên bản đã được lập lại sau đó."
        ),
        Flaw.PDF_LONGER: (
            "Tệp PDF có thêm {told} byte sau bản cuối mà sổ ghi nhận: có thứ được thêm vào biên "
            "bản."
        ),
        Flaw.PDF_ALTERED: (
            "Tệp PDF bị sửa: mở đầu đúng như bản thứ {where} mà sổ ghi, phần sau thì khác."
        ),
        Flaw.PDF_FOREIGN: "Tệp PDF không phải biên bản của hồ sơ này, hoặc đã bị sửa ngay từ đầu.",
        Flaw.PDF_UNREADABLE: "Tệp PDF đúng mã băm nhưng không đọc được.",
        Flaw.SIGNATURE_AWAITED: "Biên bản còn chờ chữ ký: {role}.",
        Flaw.SIGNATURE_MISSING: "Sổ ghi {role} đã ký, nhưng trong tệp không có chữ ký ấy.",
        Flaw.SIGNATURE_UNKNOWN: "Trong tệp có chữ ký ở ô “{role}” mà sổ không ghi nhận.",
        Flaw.SIGNATURE_OF_ANOTHER: (
            "Chữ ký ở ô “{role}” dùng chứng thư khác với chứng thư mà sổ ghi."
        ),
        Flaw.SIGNATURE_COVERS_OTHER: (
            "Chữ ký ở ô “{role}” ký lên một phần khác của tệp ({told} byte đầu) so với sổ ghi."
        ),
        Flaw.SIGNATURE_BROKEN: "Chữ ký ở ô “{role}” không còn giá trị. {remarks}",
        Flaw.SIGNER_NOT_ENROLLED: (
            "Chứng thư dùng để ký ở ô “{role}” không phải là chứng thư mà người ký đã đăng ký và "
            "còn hiệu lực vào lúc ấy."
        ),
        Flaw.SIGNER_OTHER: "Người ký ở ô “{role}” không phải là người phải ký theo sổ.",
        Flaw.EVIDENCE_DIFFERS: (
            "Minh chứng {told} mà sổ nêu không nằm trong tệp PDF, hoặc đã bị thay bằng tệp khác."
        ),
        Flaw.RECORD_MISSING: "Trong tệp PDF không có {where} đọc được.",
        Flaw.RECORD_DIFFERS: "Tệp bien-ban.json trong PDF ghi khác với sổ (mục {where}).",
        Flaw.APPROVAL_DIFFERS: "{approval}",
        Flaw.ARCHIVE_FAILS: (
            "Biên bản ghi là đã lưu trữ, nhưng tệp không đủ bằng chứng để giữ giá trị đến ngày đã "
            "ghi."
        ),
        Flaw.LOG_KEY_FROM_FILE: (
            "Khóa của sổ: {told} — lấy từ chính hồ sơ này; hãy so với khóa mà trường công bố."
        ),
        Flaw.NO_WITNESS: (
            "Dấu niêm phong chưa được nhân chứng nào trong những khóa bạn đưa xác nhận."
        ),
        Flaw.NOT_ARCHIVED: "Biên bản chưa được lưu trữ dài hạn (chưa có bước B-LTA).",
        Flaw.PAPERS_AWAITED: "Sổ giấy còn phải sửa theo biên bản: {paper}.",
        Flaw.SIGNATURE_REMARK: "Chữ ký ở ô “{role}”: {remarks}",
        Flaw.APPROVED_WITHOUT_FACTOR: (
            "Lần phê duyệt này không dùng khóa truy cập, nên không kèm xác nhận mà người khác kiểm "
            "lại được."
        ),
    }
)

_APPROVALS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "statement": "Sổ ghi mã băm của một nội dung phê duyệt khác với nội dung của đề nghị.",
        "passkey": "Người phê duyệt chưa đăng ký khóa truy cập đã dùng để phê duyệt.",
        "assertion": "Xác nhận bằng khóa truy cập không đúng với nội dung đã phê duyệt.",
    }
)

_UNREADABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "not-a-zip": "Tệp này không phải hồ sơ biên bản: không phải tệp .zip đọc được.",
        "only-paper": (
            "Đây là riêng tệp PDF. Hãy xin trường hồ sơ đầy đủ (.zip), hoặc kiểm tệp này ở trang "
            "/kiem-chung/ho-so của trường."
        ),
        "too-large": "Tệp này giải nén ra quá 80 MB nên không được đọc.",
        "too-many-files": "Tệp nén này có quá nhiều tệp, không phải hồ sơ biên bản.",
        "unknown-file": "Trong tệp nén có “{name}”, không thuộc hồ sơ biên bản nào.",
        "file-twice": "Trong tệp nén có hai tệp cùng tên “{name}”.",
        "encrypted": "Tệp nén được đặt mật khẩu; hãy dùng đúng tệp mà trường đã xuất.",
        "file-missing": "Tệp nén thiếu “{name}”.",
        "manifest-malformed": "Tệp ho-so.json không đúng khuôn dạng.",
        "no-log": "Sổ của trường này chưa có khóa niêm phong dùng được nên không kiểm được hồ sơ.",
        "log-key-malformed": "Khóa của sổ ghi trong ho-so.json không đúng khuôn dạng.",
    }
)

# What a paper is, and what that means to who holds it.
_PAPERS: Final[Mapping[Paper, str]] = MappingProxyType(
    {
        Paper.NAMED: (
            "Mã trên giấy đúng là của biên bản này, và giá trị gốc in trên giấy đúng là của sổ. Mã "
            "không nói nội dung in trên giấy có bị sửa không: muốn biết, hãy kiểm tệp PDF."
        ),
        Paper.OTHER_HEAD: (
            "Mã trên giấy nêu một giá trị gốc mà sổ này chưa bao giờ có: giấy không do sổ này in "
            "ra, hoặc sổ đã bị thay. Hãy giữ tờ giấy và báo nhà trường."
        ),
        Paper.NEWEST: "Tệp đúng là bản mới nhất của biên bản, không khác một byte.",
        Paper.OLDER: (
            "Tệp là một bản cũ của biên bản: sổ đã ghi nhận thêm sau đó. Thiếu chữ ký của: "
            "{missing}."
        ),
        Paper.LONGER: "Tệp là biên bản, nhưng có thứ được thêm vào sau bản mới nhất mà sổ ghi.",
        Paper.ALTERED: "Tệp mở đầu là biên bản này, nhưng phần sau đã bị sửa.",
        Paper.UNKNOWN: (
            "Sổ của trường này không có biên bản nào như vậy: của trường khác, bị sửa ngay từ đầu, "
            "hoặc là bản đã được lập lại."
        ),
    }
)

NO_FILE: Final = "Hãy chọn tệp hồ sơ (.zip) hoặc tệp biên bản (.pdf)."
NEWER: Final = "Sau khi hồ sơ này được xuất, sổ của trường đã ghi thêm; hãy xin bản xuất mới."

SOUND: Final = "ĐÚNG: hồ sơ còn nguyên và khớp với sổ."
UNSOUND: Final = "KHÔNG ĐÚNG: có {count} điều không khớp."


def flaw_sentence(found: Found) -> str:
    """What was found, for people."""
    return _SENTENCES[found.flaw].format(
        where=found.where,
        told=printable(found.told),
        role=role_name(found.where),
        roles=", ".join(role_name(role) for role in found.where.split(", ")),
        fact=FACTS.get(found.told, FACTS.get(found.where, found.where)),
        paper=PAPERS.get(PaperKind(found.where), "") if found.where in set(PaperKind) else "",
        remarks=" ".join(_remark(each) for each in found.told.split(", ")),
        approval=_APPROVALS.get(found.where, ""),
    )


def outcome(flaws: Sequence[Found]) -> str:
    """The whole of it in one sentence."""
    return UNSOUND.format(count=len(flaws)) if flaws else SOUND


def paper_sentence(paper: Recognized) -> str:
    """How a paper stands beside the ledger."""
    missing = ", ".join(role_name(role).lower() for role in paper.missing)
    return _PAPERS[paper.paper].format(missing=missing or "không ai (chỉ thiếu phần lưu trữ)")


def unreadable_sentence(why: str, name: str = "") -> str:
    """Why a file was not even checked."""
    return _UNREADABLE[why].format(name=printable(name))


def _remark(text: str) -> str:
    return REMARKS[Remark(text)] if text in set(Remark) else ""
