"""What the command line says of checkpoints."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "checkpoint": "Niêm phong sổ: ký đầu sổ và để nhân chứng xác nhận.",
            "checkpoint-publish": (
                "Ký đầu sổ ngay và hỏi các nhân chứng; máy chủ tự làm việc này mỗi phút."
            ),
            "checkpoint-show": (
                "Cho biết sổ đã niêm phong đến đâu, ai xác nhận, còn bao nhiêu dòng."
            ),
            "checkpoint-export": (
                "Xuất cả sổ đã niêm phong ra một thư mục mà chương trình kiểm chứng độc lập đọc "
                "được (tlog-tiles). Có mã học sinh và điểm, không có tên."
            ),
            "checkpoint-add-witness": (
                "Thêm một nhân chứng: một trong số họ là đủ để công bố, phải đủ cả để niêm phong "
                "năm học."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "checkpoint-publish": "grade-ledger checkpoint publish",
            "checkpoint-show": "grade-ledger checkpoint show\ngrade-ledger checkpoint show --json",
            "checkpoint-export": "grade-ledger checkpoint export so-2026-11-24",
            "checkpoint-add-witness": (
                "grade-ledger checkpoint add-witness phong-gddt"
                " phong-gddt.example/nhan-chung+1f2e3d4c+BAAz… https://nhan-chung.phong-gddt.example"
            ),
        }
    ),
    options=MappingProxyType({}),
    failures=MappingProxyType(
        {
            "publishing-stopped": (
                "Không niêm phong: {alarm} Phải là {expected}, thấy {found}. Hãy chạy grade-ledger "
                "verify; đừng phục hồi hay ghi đè gì."
            ),
            "log-key-missing": (
                "Không thấy khóa của sổ {origin} trong thư mục keys/; hãy đem bản sao của thư mục "
                "ấy trở lại."
            ),
            "policy-unreadable": "Tệp keys/policy không đọc được ({reason}).",
            "origin-unfit": (
                "Khóa của sổ, hoặc tên cho ở GRADE_LEDGER_ORIGIN, không dùng được: tên không có "
                "dấu cách và dấu cộng."
            ),
            "nothing-sealed": "Sổ chưa được niêm phong lần nào nên chưa có gì để xuất.",
            "export-folder-not-empty": "{folder} đã có tệp khác; hãy chọn thư mục mới.",
            "export-differs": (
                "Các dòng của sổ không cho ra gốc của cây đã niêm phong nên không xuất. Hãy chạy "
                "grade-ledger verify để biết dòng nào."
            ),
            "export-not-written": "Không ghi được vào {folder} ({reason}).",
            "policy-is-its-own": (
                "{file} được viết theo cách riêng của trường; hãy tự thêm nhân chứng vào đó."
            ),
            "witness-has-another-key": (
                "Đã có nhân chứng tên {name} với khóa khác. Nếu nhân chứng đổi khóa, hãy thêm với "
                "tên khác."
            ),
            "witness-unfit": (
                "Tên, khóa hoặc địa chỉ của nhân chứng không dùng được ({reason}). Khóa có dạng "
                "tên+mã+chữ, địa chỉ bắt đầu bằng http:// hoặc https://."
            ),
        }
    ),
    said=MappingProxyType(
        {
            "never-sealed": "Sổ chưa được niêm phong lần nào.",
            "sealed-to": "Đã niêm phong đến dòng {size} lúc {moment}; còn {lines} dòng chưa.",
            "sealed-root": "Gốc của cây: {root}",
            "assured": "Mọi dòng đã đủ nhân chứng ({quorum}).",
            "not-assured": "Chưa đủ nhân chứng: {lines} dòng ({quorum}).",
            "exported": "Đã xuất {lines} dòng sổ vào {folder}.",
            "to-publish": "Để công bố: {quorum}.",
            "to-close": "Để niêm phong năm học: {quorum}.",
            "log-key": "Khóa của sổ, để gửi cho nhân chứng: {key}",
        }
    ),
)
