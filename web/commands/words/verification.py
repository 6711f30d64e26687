"""What the command line says of verification."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "verify": (
                "Kiểm chứng sổ: băm lại từng dòng, dựng lại cây, so với các lần niêm phong, "
                "chữ ký nhân chứng, tệp minh chứng và bảng tra cứu. Chỉ đọc, không ghi gì vào sổ; "
                "chạy được trên sổ đang dùng, trên bản sao và bản sao lưu. Kết thúc với mã 0 khi "
                "không phát hiện sai lệch, mã 1 khi có sai lệch hoặc không kiểm được."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "verify": (
                "grade-ledger verify\n"
                "grade-ledger verify --remembered dau-so.txt --report bao-cao.html\n"
                "grade-ledger verify --database /media/usb/sao-luu --policy nhan-chung.txt"
                " --log truong.example/so-diem+530d903a+AT…\n"
                "grade-ledger verify --head 15230:4f1c… --json"
            ),
        }
    ),
    options=MappingProxyType(
        {
            "verify-database": (
                "Sổ cần kiểm: địa chỉ cơ sở dữ liệu, tệp ledger.db hoặc thư mục chứa nó "
                "(mặc định: sổ của trường theo biến môi trường)."
            ),
            "verify-evidence": "Thư mục minh chứng (mặc định: evidence/ cạnh sổ).",
            "verify-keys": "Thư mục khóa (mặc định: keys/ cạnh sổ).",
            "verify-policy": "Tệp nêu khóa sổ và các nhân chứng được tin (dạng C2SP tlog-policy).",
            "verify-log": "Khóa công khai của sổ; dùng được nhiều lần.",
            "verify-remembered": (
                "Tệp đầu sổ có chữ ký giữ ở ngoài, ví dụ lấy từ nhân chứng; dùng được nhiều lần."
            ),
            "verify-head": (
                "Đầu sổ đã chép ra giấy, dạng SỐ-DÒNG:GỐC (hệ 16 hoặc base64); dùng được nhiều lần."
            ),
            "verify-report": "Ghi báo cáo để in vào tệp .html mới này.",
        }
    ),
    failures=MappingProxyType(
        {
            "not-a-ledger": "Nơi này không phải là sổ: thiếu bảng {table}.",
            "changed-while-read": (
                "Có người vừa mở sổ này để ghi trong lúc kiểm; hãy chạy lại lệnh kiểm chứng."
            ),
            "report-unwritable": "Không ghi được báo cáo vào {file} (lí do: {reason}).",
            "report-exists": "Đã có tệp {file}; báo cáo không ghi đè lên tệp nào.",
        }
    ),
    said=MappingProxyType(
        {
            "verifying": "Kiểm chứng",
            "verified-lines": "Dòng cuối: {lines}\nGốc của cây: {root}",
            "verified-expected": "    phải là: {expected}",
            "verified-found": "    đang là: {found}",
            "verified-remarks": "Ghi chú, không phải sai lệch:",
            "report-written": "Báo cáo để in: {file}",
        }
    ),
)
