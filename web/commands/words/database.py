"""What the command line says of the rights of the database role."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

_PUTS_RIGHT: Final = "grade-ledger database prepare --role VAI-TRÒ"

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "database": "Quyền của chương trình trên cơ sở dữ liệu.",
            "database-prepare": (
                "Tạo các bảng của sổ cái, dựng lại trigger bị gỡ và cấp cho vai trò của chương "
                "trình đúng quyền nó cần. Chạy bằng địa chỉ của chủ sở hữu; chạy lại được."
            ),
            "database-check": (
                "Nêu những quyền mà vai trò trong GRADE_LEDGER_URL có thừa; mã thoát 1 nếu có."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "database-prepare": (
                "GRADE_LEDGER_URL='postgresql+psycopg2://chu_so@127.0.0.1/truong"
                "?schema=thcs_hoa_phuong' grade-ledger database prepare --role so_diem\n"
                "grade-ledger database prepare"
            ),
            "database-check": "grade-ledger database check\ngrade-ledger database check --json",
        }
    ),
    options=MappingProxyType(
        {"database-role": "Vai trò PostgreSQL mà chương trình đăng nhập bằng; phải có sẵn."}
    ),
    failures=MappingProxyType(
        {
            "files-have-no-roles": (
                "Sổ này là một tệp SQLite; tệp không có vai trò, ai ghi được tệp thì làm được mọi "
                "điều. Hãy giữ tệp bằng quyền của hệ điều hành, hoặc dùng PostgreSQL."
            ),
            "schema-not-named": (
                "Địa chỉ chưa nêu lược đồ của trường; hãy thêm ?schema=tên-lược-đồ vào "
                "GRADE_LEDGER_URL."
            ),
            "no-such-role": (
                "PostgreSQL chưa có vai trò {role}; hãy tạo trước: "
                "CREATE ROLE {role} LOGIN PASSWORD '…'."
            ),
            "role-owns-the-ledger": (
                "Đang chạy bằng chính vai trò {role}; hãy chạy bằng địa chỉ của chủ sở hữu, một "
                "vai trò khác với vai trò của chương trình."
            ),
            "rights-too-many": (
                "Vai trò {role} có quyền thừa nêu ở trên; hãy chạy bằng địa chỉ của chủ sở hữu: "
                f"{_PUTS_RIGHT}."
            ),
            "right-missing": (
                "Vai trò trong GRADE_LEDGER_URL thiếu quyền trên cơ sở dữ liệu (lí do: {reason}); "
                f"hãy chạy bằng địa chỉ của chủ sở hữu: {_PUTS_RIGHT}."
            ),
        }
    ),
    said=MappingProxyType(
        {
            "guard-put-back": (
                "Đã dựng lại trigger {name} của bảng {table}: nó bị gỡ, bị sửa hoặc bị tắt. Hãy "
                "tìm xem ai đã làm, và kiểm chứng sổ."
            ),
            "ledger-prepared": "Các bảng của sổ cái và trigger đều đủ.",
            "role-prepared": (
                "Vai trò {role} đã có đúng quyền mà chương trình cần. Hãy đặt cho chương trình "
                "(thay MAT-KHAU bằng mật khẩu của vai trò):\nGRADE_LEDGER_URL='{url}'"
            ),
            "file-has-no-roles": (
                "Sổ này là một tệp SQLite; tệp không có vai trò, nên không có quyền nào để xét."
            ),
            "rights-fit": "Vai trò {role} không có quyền thừa nào trên sổ cái.",
            "serving-with-excess": (
                "Cảnh báo: vai trò {role} có quyền thừa, sửa được cả điều đã ghi trong sổ cái; "
                "hãy xem grade-ledger database check."
            ),
            "excess superuser": "{on} là superuser: làm được mọi điều trên máy chủ này.",
            "excess creates roles": "{on} tạo được vai trò khác (CREATEROLE).",
            "excess runs programs": "{on} chạy được chương trình trên máy chủ.",
            "excess writes files": "{on} ghi được tệp trên máy chủ.",
            "excess owns database": "Sở hữu cơ sở dữ liệu {on}: xóa được cả.",
            "excess owns schema": "Sở hữu lược đồ {on}: xóa được cả.",
            "excess owns table": "Sở hữu bảng {on}: gỡ được trigger, xóa được bảng.",
            "excess owns function": "Sở hữu hàm {on}: làm trigger mất tác dụng được.",
            "excess INSERT": "Được thêm dòng (INSERT) vào bảng {on}.",
            "excess UPDATE": "Được sửa (UPDATE) bảng {on}.",
            "excess DELETE": "Được xóa (DELETE) khỏi bảng {on}.",
            "excess TRUNCATE": "Được làm rỗng (TRUNCATE) bảng {on}.",
            "excess TRIGGER": "Được đặt trigger (TRIGGER) lên bảng {on}.",
        }
    ),
)
