"""What the command line says of proofs of single lines."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "proof": (
                "Ghi bằng chứng của một dòng sổ ra hai tệp, để ai cũng kiểm chứng được bằng "
                "tools/verify_proof.py hoặc trang /kiem-chung mà không cần tin máy chủ."
            )
        }
    ),
    examples=MappingProxyType(
        {"proof": "grade-ledger proof 1204\ngrade-ledger proof 1204 --output bang-chung"}
    ),
    options=MappingProxyType({"proof-output": "Thư mục để ghi, mặc định là thư mục hiện tại."}),
    failures=MappingProxyType(
        {
            "proof-file-exists": (
                "Đã có tệp {path} với nội dung khác nên chưa ghi gì. Hãy chuyển tệp ấy đi, hoặc "
                "chọn thư mục khác bằng --output."
            ),
            "proof-not-written": (
                "Không ghi được vào {folder}; hãy xem thư mục ấy có cho ghi và còn chỗ không."
            ),
        }
    ),
    said=MappingProxyType(
        {
            "proof-written": (
                "Dòng {position} nằm dưới dấu niêm phong {size} dòng của sổ {origin}. Kiểm chứng: "
                "python3 tools/verify_proof.py TỆP.entry TỆP.tlog-proof --log KHÓA-CỦA-SỔ"
            )
        }
    ),
)
