"""What the command line says of backup, restore and a new incarnation."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "backup": (
                "Sao lưu sổ điểm trong khi trường vẫn làm việc, rồi kiểm chứng bản sao. Chạy lại "
                "vào cùng thư mục thì chỉ ghi thêm phần mới. Thư mục keys/ không nằm trong bản "
                "sao: hãy chép riêng ra USB và giấy, cất trong két."
            ),
            "restore": (
                "Khôi phục bản sao vào nơi còn trống mà GRADE_LEDGER_URL và GRADE_LEDGER_DATA nêu, "
                "dựng lại các bảng tra cứu rồi kiểm chứng. Bản sao bị sửa thì không khôi phục gì."
            ),
            "checkpoint-restart": (
                "Bắt đầu đời niêm phong mới, khi sổ vừa khôi phục thiếu những dòng đã niêm phong, "
                "hoặc khi khóa ký của sổ đã mất hẳn. "
                "Hiệu trưởng và một quản trị đều được hỏi mật khẩu. Ghi vào sổ những dòng đã mất, "
                "tạo khóa mới của sổ. Hãy dừng máy chủ trước khi chạy."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "backup": (
                "grade-ledger backup /mnt/nas/so-diem\n"
                "grade-ledger backup /mnt/nas/so-diem --vault-keys /mnt/usb/vault-keys.db\n"
                "GRADE_LEDGER_BACKUP=/mnt/nas/so-diem grade-ledger backup --json"
            ),
            "restore": (
                "GRADE_LEDGER_DATA=/var/lib/so-diem grade-ledger restore /mnt/nas/so-diem\n"
                "grade-ledger restore /mnt/nas/so-diem --vault-keys /mnt/usb/vault-keys.db"
            ),
            "checkpoint-restart": (
                'grade-ledger checkpoint restart --reason "Ổ cứng hỏng, khôi phục bản sao đêm qua"'
                " --principal hantt --administrator nhandc\n"
                'grade-ledger checkpoint restart --reason "…" --principal hantt'
                " --administrator nhandc --last-checkpoint dau-so-27208.txt\n"
                'grade-ledger checkpoint restart --reason "Mất USB giữ khóa" --principal hantt'
                " --administrator nhandc --key-lost --last-checkpoint dau-so-27208.txt"
            ),
        }
    ),
    options=MappingProxyType(
        {
            "backup-vault-keys": (
                "Tệp giữ khóa riêng của từng người, khi để nơi khác với bản sao (mặc định: "
                "vault-keys.db trong thư mục sao lưu). Chỉ giữ bản mới nhất, không quá 30 ngày."
            ),
            "restore-vault-keys": (
                "Tệp giữ khóa riêng của từng người (mặc định: vault-keys.db trong thư mục sao lưu)."
            ),
            "incomplete": "Vẫn khôi phục khi bản sao thiếu hoặc hỏng tệp minh chứng.",
            "restart-reason": "Vì sao phải bắt đầu lại; ghi vào sổ, mọi người đọc được.",
            "restart-principal": "Tên đăng nhập của hiệu trưởng, hoặc người quyết định thay.",
            "restart-administrator": "Tên đăng nhập của quản trị cùng xác nhận.",
            "key-lost": (
                "Khóa ký của sổ đã mất, không còn bản sao nào; sổ được ký tiếp bằng khóa và tên "
                "mới."
            ),
            "last-checkpoint": (
                "Tệp của lần niêm phong cuối cùng mà ai đó còn giữ (mặc định: hỏi các nhân chứng)."
            ),
        }
    ),
    failures=MappingProxyType(
        {
            "nothing-to-back-up": (
                "Sổ ở nơi này chưa có dòng nào; hãy xem lại GRADE_LEDGER_URL và GRADE_LEDGER_DATA."
            ),
            "ledger-shorter-than-backup": (
                "Bản sao có {expected} dòng mà sổ chỉ có {found}: sổ đã bị cắt bớt, hoặc được khôi "
                "phục từ bản cũ hơn. Bản sao được giữ nguyên; muốn bắt đầu bản sao mới thì hãy "
                "dùng thư mục khác."
            ),
            "ledger-differs-from-backup": (
                "Phần đã sao lưu của sổ không còn như trong bản sao (gốc của cây trong bản sao: "
                "{expected}; trong sổ: {found}): sổ hoặc bản sao đã bị sửa. Bản sao được giữ "
                "nguyên; hãy chạy grade-ledger verify trên cả hai."
            ),
            "line-altered": (
                "Có dòng đã bị sửa, hoặc thiếu dòng (dòng và mã băm phải có: {expected}; thực tế: "
                "{found}). Không có gì được ghi."
            ),
            "head-differs-from-lines": (
                "Đầu sổ không khớp với các dòng (gốc tính lại từ các dòng: {expected}; ghi ở đầu "
                "sổ: {found}). Không có gì được ghi."
            ),
            "commands-differ-from-backup": (
                "Bản sao giữ {expected} yêu cầu mà trong sổ chỉ còn {found}: sổ đã bị sửa. Bản sao "
                "được giữ nguyên."
            ),
            "checkpoints-differ-from-backup": (
                "Một lần niêm phong hay chữ ký xác nhận có trong bản sao mà trong sổ đã mất hoặc "
                "bị sửa: {expected}. Bản sao được giữ nguyên."
            ),
            "no-backup-here": (
                "Không có bản sao nào ở {expected}; nếu đó là ổ mạng hay USB, hãy xem nó đã được "
                "gắn chưa. Lần sao lưu đầu tiên làm bằng lệnh: grade-ledger backup THƯ-MỤC."
            ),
            "backup-unreadable": "Tệp ledger.db trong thư mục này không phải bản sao: {found}.",
            "backup-older-than-manifest": (
                "Tệp ledger.db là của lần sao lưu thứ {found}, mà bản kê manifest.json bên cạnh "
                "ghi lần thứ {expected}: ai đó đã thay bằng một bản cũ. Không khôi phục gì."
            ),
            "manifest-differs-from-backup": (
                "Nội dung bản sao không khớp bản kê của chính nó (phải có: {expected}; thực tế: "
                "{found}): bản sao đã bị sửa. Không khôi phục gì."
            ),
            "backup-evidence-unusable": (
                "Bản sao thiếu hoặc hỏng tệp minh chứng: {found}. Hãy tìm lại các tệp ấy; nếu "
                "không còn, thêm --incomplete để khôi phục phần còn lại."
            ),
            "place-not-empty": (
                "Nơi này đã có dữ liệu ({found}) nên không khôi phục vào đây; hãy chọn nơi khác "
                "bằng GRADE_LEDGER_URL và GRADE_LEDGER_DATA."
            ),
            "no-vault-keys-here": "Không có tệp {file}.",
            "backup-not-done": (
                "Không đọc hoặc ghi được (lí do: {reason}). Bản sao và sổ vẫn như trước khi chạy."
            ),
            "backup-not-verified": "Đã sao lưu, nhưng kiểm chứng bản sao thấy sai như nêu ở trên.",
            "evidence-not-backed-up": (
                "Đã sao lưu, trừ {count} tệp minh chứng nêu ở trên đã hỏng hoặc mất."
            ),
            "restored-not-verified": "Đã khôi phục, nhưng kiểm chứng thấy sai như nêu ở trên.",
            "last-checkpoint-unfit": (
                "Tệp {file} không phải của lần niêm phong do khóa của sổ này ký và nhân chứng "
                "trong keys/policy xác nhận."
            ),
            "no-witness-told": (
                "Không nhân chứng nào trong keys/policy cho biết đã xác nhận đến dòng nào. Hãy xem "
                "máy của nhân chứng có chạy không, hoặc đưa tệp của lần niêm phong cuối bằng "
                "--last-checkpoint."
            ),
            "last-checkpoint-needed": (
                "Không có khóa thì không hỏi được nhân chứng: hãy lấy tệp của lần niêm phong cuối "
                "ở máy của nhân chứng (grade-ledger witness export) và đưa bằng --last-checkpoint."
            ),
            "log-key-is-here": "Khóa ký của sổ vẫn ở trong keys/, nên bỏ --key-lost.",
            "restart-reason-unfit": "Lí do cần từ 3 đến 500 ký tự.",
            "password-wrong": (
                "Mật khẩu của {username} không đúng, hoặc người này không còn ở trường."
            ),
            "password-must-wait": "{username} đã nhập sai nhiều lần; hãy chờ vài phút rồi thử lại.",
            "not-a-principal": (
                "Người ở --principal không phải hiệu trưởng và không được giao quyết định thay."
            ),
        }
    ),
    said=MappingProxyType(
        {
            "backing-up": "Sao lưu",
            "restoring": "Khôi phục",
            "verifying-backup": "Kiểm chứng",
            "backed-up": (
                "Đã sao lưu lúc {moment} vào {folder}: {lines} dòng (mới: {added}), {files} tệp "
                "minh chứng (mới: {added_files}).\nGốc của cây: {root}\n"
                "Khóa của từng người: {keys}"
            ),
            "evidence-not-copied": "Tệp minh chứng hỏng hoặc mất: {digest}",
            "evidence-not-restored": "Không khôi phục được tệp minh chứng: {digest}",
            "restored": "Đã khôi phục {lines} dòng, như lúc {moment}.\nGốc của cây: {root}",
            "missing vault.key": (
                "Thiếu keys/vault.key nên chưa hiện được tên ai. Hãy chép tệp này từ USB hoặc giấy "
                "trong két vào thư mục keys/ TRƯỚC khi mở trang web."
            ),
            "missing vault-keys.db": (
                "Không có khóa của từng người (vault-keys.db): điểm còn đủ nhưng không hiện được "
                "tên ai. Nếu tìm thấy tệp ấy, hãy khôi phục lại vào một nơi trống với --vault-keys."
            ),
            "missing log": (
                "Thiếu khóa ký của {name} trong keys/: chưa niêm phong được dòng nào. Hãy "
                "chép tệp log-….key từ USB hoặc giấy trong két vào thư mục keys/."
            ),
            "password-of": "Mật khẩu của {username}",
            "lines-lost": (
                "Mất các dòng {first}–{last}. Điểm trong những dòng ấy nhập lại từ sổ in."
            ),
            "only-the-key-lost": "Khóa ký cũ đã mất, không dòng nào mất.",
            "restarted": (
                "Đã ghi vào sổ, sau dòng {restored}.\n"
                "Tên niêm phong mới: {origin}\nKhóa công khai: {key}\n"
                "Việc tiếp theo: mở lại máy chủ; chép thư mục keys/ ra USB và giấy; ở mỗi "
                "nhân chứng chạy: grade-ledger witness add-school {key}"
            ),
            "after-restore": (
                "Nếu sau bản sao này sổ cũ còn được niêm phong thì trang đầu sẽ báo: khi đó "
                "hiệu trưởng và quản trị chạy grade-ledger checkpoint restart."
            ),
        }
    ),
)
