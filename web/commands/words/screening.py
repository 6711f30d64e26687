"""What the command line says of screening a table of scores."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "screen": (
                "Soi một bảng điểm bất kì (CSV hoặc .xlsx; mỗi dòng một em hoặc một điểm) và xếp "
                "hạng những nhóm (lớp, trường, phòng thi, tỉnh) có điểm khác hẳn các nhóm còn lại, "
                "tính chung và ở nhóm điểm cao. Tệp chỉ được đọc; không cần sổ của trường."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "screen": (
                "grade-ledger screen diem-thi.csv\n"
                'grade-ledger screen khao-sat.xlsx --group "Phòng thi"\n'
                "grade-ledger screen diem-thi.csv --group B --json"
            ),
        }
    ),
    options=MappingProxyType(
        {
            "screen-group": (
                "Cột cho biết nhóm: tên cột (không cần dấu), chữ cái hoặc số thứ tự của cột. Không "
                "cho thì tự nhận: lớp, trường, tỉnh…, hoặc hai số đầu của số báo danh."
            ),
            "screen-rate": (
                "Tỉ lệ báo nhầm chấp nhận được trong những nhóm được nêu (mặc định: 0.05)."
            ),
        }
    ),
    failures=MappingProxyType({}),
    said=MappingProxyType(
        {
            "screen-reading": "Đang đọc tệp…",
            "screen-comparing": "Đang so các nhóm…",
            "screen-rank": "Hạng",
            "screen-group": "Nhóm",
            "screen-pupils": "Số em",
            "screen-seen": "Thấy gì",
            "screen-q": "q",
        }
    ),
)
