"""What the command line says of a dossier that left the house."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "verify-dossier": (
                "Kiểm chứng một hồ sơ biên bản đã xuất (.zip) mà không cần máy chủ của trường: "
                "từng dòng sổ và dấu niêm phong, tệp PDF đúng là bản mới nhất, đủ chữ ký của đúng "
                "người, minh chứng bên trong. Kết thúc với mã 0 khi mọi điều đều khớp, mã 1 khi có "
                "điều không khớp, mã 2 khi tệp không phải là hồ sơ."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "verify-dossier": (
                "grade-ledger verify-dossier ho-so-007-2026-2027.zip"
                " --log truong.example/so-diem+530d903a+AT…\n"
                "grade-ledger verify-dossier ho-so-007-2026-2027.zip --policy nhan-chung.txt --json"
            ),
        }
    ),
    options=MappingProxyType(
        {
            "verify-dossier-log": (
                "Khóa công khai của sổ mà bạn tin; dùng được nhiều lần. Không cho thì lấy khóa ghi "
                "trong hồ sơ, và nhắc phải so với khóa mà trường công bố."
            ),
            "verify-dossier-policy": (
                "Tệp nêu khóa sổ và các nhân chứng được tin (dạng C2SP tlog-policy)."
            ),
        }
    ),
    failures=MappingProxyType({}),
    said=MappingProxyType(
        {
            "dossier-number": "Biên bản số {number}, năm học {year}",
            "dossier-sealed": (
                "{lines} dòng sổ nằm dưới dấu niêm phong {size} dòng của sổ {origin}"
            ),
            "dossier-cosigned": "  nhân chứng {name} xác nhận lúc {moment}",
            "dossier-signed": "  {role} ký, sổ ghi nhận lúc {moment}",
            "dossier-flaws": "Không khớp:",
            "dossier-notes": "Ghi chú:",
        }
    ),
)
