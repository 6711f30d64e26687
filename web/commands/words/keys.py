"""What the command line says of keys that are not there, or are not fit."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType({}),
    examples=MappingProxyType({}),
    options=MappingProxyType({}),
    failures=MappingProxyType(
        {
            "key-missing": (
                "Thiếu khóa {name} trong thư mục keys/ của dữ liệu. Hãy chép khóa này về từ bản "
                "mà hiệu trưởng giữ. Chương trình không tạo khóa mới thay cho nó: họ tên đã mã "
                "hóa sẽ không bao giờ đọc lại được."
            ),
            "key-of-another": (
                "Khóa {name} bị hỏng hoặc là của trường khác, không mở được họ tên của trường "
                "này. Hãy chép đúng khóa về từ bản mà hiệu trưởng giữ."
            ),
            "key-exposed": (
                "Người khác trên máy này đọc được khóa {name}. Trong thư mục dữ liệu, hãy chạy "
                "chmod 600 keys/{name} rồi làm lại."
            ),
        }
    ),
    said=MappingProxyType({}),
)
