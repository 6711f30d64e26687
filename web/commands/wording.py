"""Every Vietnamese sentence that the command line says by itself."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from web.commands.words import (
    checkpoint,
    database,
    dossier,
    keys,
    proof,
    recovery,
    screening,
    verification,
    witness,
)

_TOPICS: Final = (
    *(checkpoint.WORDS, witness.WORDS, proof.WORDS, verification.WORDS),
    *(recovery.WORDS, keys.WORDS, database.WORDS, dossier.WORDS, screening.WORDS),
)

SCHOOL_HELP: Final = (
    "Sổ điểm chỉ ghi thêm của một trường: ai nhập, sửa, khóa điểm nào, khi nào và vì sao."
)
SCHOOL_EPILOG: Final = """\b
Trường nào là do biến môi trường quyết định:
  GRADE_LEDGER_URL   địa chỉ cơ sở dữ liệu (SQLAlchemy); PostgreSQL kèm ?schema=tên-lược-đồ
  GRADE_LEDGER_DATA  thư mục dữ liệu, mặc định ./data (ledger.db, evidence/, keys/)

\b
Ví dụ:
  grade-ledger demo
  grade-ledger ledger show --class 6A1 --subject toan --semester 1
"""

HELP: Final[Mapping[str, str]] = MappingProxyType(
    {
        "demo": "Tạo trường mẫu nếu chưa có, rồi mở trang web của trường trên máy này.",
        "init": (
            "Lập sổ của một trường mới: tên trường, hiệu trưởng và quản trị đầu tiên. Điều gì "
            "không cho bằng tùy chọn thì được hỏi; mật khẩu ban đầu hiện một lần."
        ),
        "serve": "Mở trang web của trường.",
        "rebuild": "Dựng lại các bảng tra cứu từ sổ cái; sổ cái không thay đổi.",
        "import": "Nhập danh sách lớp, nhân sự, phân công hoặc bảng điểm từ tệp .xlsx.",
        "import-scores": "Nhập điểm từ tệp .xlsx vào một bảng điểm; khớp theo mã học sinh.",
        "import-class-list": (
            "Nhập danh sách một hay nhiều lớp từ tệp .xlsx; lớp mới được lập cùng lúc."
        ),
        "import-staff": "Nhập danh sách nhân sự từ tệp .xlsx; mật khẩu ban đầu hiện một lần.",
        "import-assignments": "Nhập phân công giảng dạy và chủ nhiệm từ tệp .xlsx.",
        "ledger": "Xem sổ cái.",
        "ledger-show": (
            "In các dòng của sổ cái, mỗi dòng một sự việc: vị trí, giờ Việt Nam, vai trò, luồng, "
            "phiên bản, tên sự việc, nội dung. Tên người chỉ hiện khi có --names."
        ),
        "year": "Lập năm học và mở học kì.",
        "year-plan": "Lập năm học với ngày thường lệ và các môn của chương trình.",
        "year-open": "Mở mọi bảng điểm của một học kì; còn thiếu gì thì nêu hết một lần.",
        "ledger-head": "In vị trí cuối và gốc của cây băm, để chép ra giấy và đối chiếu về sau.",
        "account": "Tài khoản của cán bộ, giáo viên.",
        "account-add": "Thêm một người và tài khoản của người đó; mật khẩu ban đầu hiện một lần.",
        "account-list": "Liệt kê các tài khoản.",
        "account-password": "Đặt lại mật khẩu; mật khẩu mới hiện một lần.",
        "help": "Hiện phần trợ giúp này.",
        **{key: text for topic in _TOPICS for key, text in topic.help.items()},
    }
)

EXAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "demo": "grade-ledger demo\ngrade-ledger demo --no-serve\ngrade-ledger demo --port 9000",
        "init": (
            "grade-ledger init\n"
            'grade-ledger init --school "Trường THCS Hoa Phượng"'
            ' --governing-body "Ủy ban nhân dân phường Hoa Phượng"'
            ' --department "Sở Giáo dục và Đào tạo Hà Nội" --code 01000501 --place "Hà Nội"'
            ' --principal hantt --principal-name "Nguyễn Thị Thanh Hà"'
            ' --administrator nhandc --administrator-name "Đặng Công Nhân"'
        ),
        "serve": "grade-ledger serve\ngrade-ledger serve --host 0.0.0.0 --port 8080",
        "rebuild": "grade-ledger rebuild\ngrade-ledger rebuild --projection history --json",
        "import-scores": (
            "grade-ledger import scores toan-6a1.xlsx --class 6A1 --subject toan --semester 1"
            " --as hantt\n"
            "grade-ledger import scores toan-6a1.xlsx --sheet MÃ-BẢNG-ĐIỂM --as hantt --yes"
        ),
        "import-class-list": (
            "grade-ledger import class-list hoc-sinh.xlsx --as quantri\n"
            "grade-ledger import class-list 6a1.xlsx --class 6A1 --year 2026-2027 --as quantri"
            " --yes"
        ),
        "import-staff": "grade-ledger import staff nhan-su.xlsx --as hantt --yes",
        "import-assignments": (
            "grade-ledger import assignments phan-cong.xlsx --year 2026-2027 --as quantri --yes"
        ),
        "ledger-show": (
            "grade-ledger ledger show --from 1 --to 50\n"
            "grade-ledger ledger show --class 6A1 --subject toan --semester 1 --names\n"
            "grade-ledger ledger show --sheet MÃ-BẢNG-ĐIỂM --json"
        ),
        "ledger-head": "grade-ledger ledger head\ngrade-ledger ledger head --json",
        "account-add": (
            'grade-ledger account add hantt --name "Nguyễn Thị Thanh Hà" --role principal\n'
            'grade-ledger account add nhandc --name "Đặng Công Nhân"'
            " --role administrator --role subject-teacher"
        ),
        "year-plan": "grade-ledger year plan 2026-2027 --as quantri",
        "year-open": "grade-ledger year open 2026-2027 1 --as quantri",
        "account-list": "grade-ledger account list --json",
        "account-password": "grade-ledger account password hantt",
        **{key: text for topic in _TOPICS for key, text in topic.examples.items()},
    }
)

OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "serve": "Có mở trang web sau khi tạo hay không (mặc định: có).",
        "host": "Địa chỉ để lắng nghe (mặc định: 127.0.0.1).",
        "port": "Cổng để lắng nghe (mặc định: 8000; 0: cổng trống bất kì).",
        "projection": "Tên bảng tra cứu; dùng được nhiều lần (mặc định: tất cả).",
        "json": "In kết quả dạng JSON cho chương trình khác đọc.",
        "yes": "Nhập thật sau khi xem trước; không có thì chỉ xem trước.",
        "as": "Tên đăng nhập của người nhập.",
        "for": "Tên đăng nhập của giáo viên mà thư ký nhập hộ.",
        "sheet": "Mã bảng điểm.",
        "class": "Lớp, ví dụ 6A1.",
        "subject": "Mã môn học, ví dụ toan.",
        "semester": "Học kì: 1 hoặc 2.",
        "year": "Năm học, ví dụ 2026-2027 (mặc định: năm học hiện tại).",
        "grade": "Khối, từ 6 đến 9; dùng được nhiều lần (mặc định: cả bốn khối).",
        "from": "Vị trí đầu tiên.",
        "to": "Vị trí cuối cùng.",
        "take-differences": ("Học sinh mà tệp ghi khác hồ sơ: lấy theo tệp, hay giữ như đã có."),
        "names": "Hiện tên người thay cho mã.",
        "name": "Họ và tên.",
        "school": "Tên trường, như in trên sổ.",
        "governing-body": "Cơ quan chủ quản, ví dụ Ủy ban nhân dân phường.",
        "department": "Sở Giáo dục và Đào tạo.",
        "code": "Mã trường.",
        "place": "Địa danh ghi trước ngày ký, ví dụ Hà Nội.",
        "principal": "Tên đăng nhập của hiệu trưởng.",
        "principal-name": "Họ và tên hiệu trưởng.",
        "administrator": "Tên đăng nhập của quản trị đầu tiên.",
        "administrator-name": "Họ và tên quản trị đầu tiên.",
        "role": "Vai trò; dùng được nhiều lần.",
        **{key: text for topic in _TOPICS for key, text in topic.options.items()},
    }
)

# What is asked at a terminal for what was not given by options.
QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "school": "Tên trường, như in trên sổ",
        "governing_body": "Cơ quan chủ quản (ví dụ: Ủy ban nhân dân phường …)",
        "department": "Sở Giáo dục và Đào tạo",
        "code": "Mã trường",
        "place": "Địa danh ghi trước ngày ký",
        "principal_name": "Họ và tên hiệu trưởng",
        "principal": "Tên đăng nhập của hiệu trưởng",
        "administrator_name": "Họ và tên quản trị đầu tiên",
        "administrator": "Tên đăng nhập của quản trị",
    }
)

HEAD: Final = "Dòng cuối: {position}\nGốc của cây: {root}"

# Permanent codes of what can be foreseen to go wrong at a terminal.
FAILURES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "no-database": (
            "Không mở được cơ sở dữ liệu của trường; hãy xem lại GRADE_LEDGER_URL và "
            "GRADE_LEDGER_DATA (lí do: {reason})."
        ),
        "address-in-use": "Không lắng nghe được tại {address}; hãy chọn cổng khác bằng --port.",
        "not-a-demo": (
            "Nơi này đã có dữ liệu của một trường khác, nên không tạo trường mẫu ở đây; hãy chọn "
            "thư mục khác bằng GRADE_LEDGER_DATA."
        ),
        "demo-is-incomplete": (
            "Lần tạo trường mẫu trước bị ngắt giữa chừng; hãy xóa lược đồ của nó rồi chạy lại."
        ),
        "demo-being-created": "Một tiến trình khác đang tạo trường mẫu ở đây; hãy chờ giây lát.",
        "file-not-readable": "Không đọc được tệp {file}.",
        "no-such-account": "Không có tài khoản nào tên là {username}.",
        "username-taken": "Tên đăng nhập {username} đã có người dùng.",
        "username-unfit": (
            "Tên đăng nhập {username} không dùng được: cần 3 đến 40 chữ không dấu, chữ số, dấu "
            "chấm hoặc gạch."
        ),
        "school-exists": (
            "Sổ này đã là của một trường, nên không lập trường mới ở đây; hãy chọn nơi khác bằng "
            "GRADE_LEDGER_URL hoặc GRADE_LEDGER_DATA."
        ),
        "school-unfit": (
            "Tên trường, cơ quan chủ quản, Sở, mã trường và địa danh đều phải có, mỗi mục nhiều "
            "nhất 200 ký tự."
        ),
        "name-needs-two-words": "Họ và tên cần ít nhất hai chữ, ví dụ “Nguyễn Hà”.",
        "no-role-for-import": "Tài khoản {username} không có vai trò được nhập tệp này.",
        "program-too-old": "Dữ liệu đã được dựng bằng bản chương trình khác; hãy khởi động lại.",
        "differences-undecided": (
            "Có {count} học sinh mà tệp ghi khác hồ sơ đã có; hãy cho --take-differences hoặc "
            "--keep-differences."
        ),
        "no-such-year": "Không có năm học nào tên là {year}; hãy ghi dạng 2026-2027.",
        "file-has-errors": "Tệp còn {count} lỗi nêu ở trên nên chưa nhập gì.",
        **{key: text for topic in _TOPICS for key, text in topic.failures.items()},
    }
)

USAGE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "prefix": "Cách dùng: ",
        "options": "Tùy chọn",
        "commands": "Các lệnh",
        "options-metavar": "[TÙY CHỌN]",
        "command-metavar": "LỆNH …",
        "examples": "Ví dụ:",
        "required": "bắt buộc",
        "error": "Lỗi",
        "hint": "Xem cách dùng: {command} --help",
        "no-such-option": "Không có tùy chọn {name}.",
        "no-such-command": "Không có lệnh {name}.",
        "missing": "Thiếu {name}.",
        "missing-value": "Tùy chọn {name} cần một giá trị theo sau.",
        "bad-value": "Giá trị của {name} không dùng được.",
        "wrong": "Câu lệnh chưa đúng.",
        "which-sheet": "Hãy cho --sheet, hoặc đủ --class, --subject và --semester.",
    }
)

PHASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "people": "Ghi danh cán bộ, giáo viên, học sinh",
        "story": "Ghi các sự việc từ 3/8 đến 20/11/2026",
        "projections": "Dựng các bảng tra cứu",
        "dossiers": "Lập và ký hồ sơ sửa điểm",
    }
)

SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "created": "Đã tạo {school}: 16 lớp, học kì I năm học 2026–2027 đang diễn ra.",
        "kept": "{school} đã có sẵn; dữ liệu được giữ nguyên.",
        "year-planned": (
            "Đã lập năm học {year}: học kì I {first}, học kì II {second}, {count} môn theo khối."
        ),
        "semester-opened": "Đã mở {count} bảng điểm {semester} năm học {year}.",
        "codes": (
            "Duyệt sửa điểm cần mã xác nhận. Ở trường mẫu, trang duyệt cho biết mã đang dùng (khóa "
            "{secret}, theo đồng hồ của trường mẫu). Ký biên bản bằng mã PIN {pin}."
        ),
        "sign-in-as": "Mỗi vai trò một tài khoản để đăng nhập",
        "role": "Vai trò",
        "person": "Người",
        "username": "Tên đăng nhập",
        "password": "Mật khẩu",
        "clock": "Trong trường mẫu bây giờ là {moment}; đồng hồ chỉ chạy khi trang web mở.",
        "address": "Trang web: {address}  (dừng: Ctrl+C)",
        "start": "Mở trang web: grade-ledger serve",
        "rebuilding": "Dựng lại",
        "rebuilt": "Đã dựng lại {names} từ {lines} dòng sổ cái trong {seconds} giây.",
        "importing": "Ghi danh sách lớp",
        "accounts": "Tạo tài khoản",
        "assigning": "Ghi phân công",
        "class": "Lớp",
        "subject": "Môn",
        "homeroom": "Chủ nhiệm",
        "new-class": "lớp mới",
        "missing": "Lớp {class_group}, không có trong tệp (vẫn ở lại danh sách): {names}",
        "unread": "Không lấy các cột: {columns}.",
        "name-kept": "Giữ tên {known}; tệp ghi {found}.",
        "more-rows": "… và {count} dòng nữa.",
        "preview": "Xem trước: {new} ô mới, {changed} ô đổi, {same} ô giữ nguyên.",
        "row": "Dòng",
        "pupil": "Học sinh",
        "change": "Thay đổi",
        "only-preview": "Chưa nhập gì. Thêm --yes để nhập.",
        "nothing-to-do": "Không có gì để nhập.",
        "entered": "Đã nhập {count} ô điểm.",
        "lists-entered": "Đã thêm {count} học sinh vào danh sách {classes} lớp.",
        "staff-entered": "Đã nhập danh sách nhân sự; {count} tài khoản mới.",
        "assignments-entered": "Đã ghi {count} thay đổi phân công.",
        "account-added": "Đã thêm tài khoản {username}. Mật khẩu ban đầu: {password}",
        "password-set": "Mật khẩu mới của {username}: {password}",
        "founded": "Đã lập sổ của {school}. Mật khẩu ban đầu chỉ hiện một lần này:",
        "first-principal": "  Hiệu trưởng: {username} / {password}",
        "first-administrator": "  Quản trị: {username} / {password}",
        "in-use": "đang dùng",
        "out-of-use": "ngừng dùng",
        **{key: text for topic in _TOPICS for key, text in topic.said.items()},
    }
)

# What a row of an import is about.
SHOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "new": "mới",
        "joins": "vào lớp",
        "listed": "đã có",
        "left-out": "không thêm",
        "wrong": "lỗi",
        "changed": "thay đổi",
        "known": "đã có",
        "assigned": "được phân công",
        "unassigned": "thôi phân công",
        "same": "giữ nguyên",
    }
)
