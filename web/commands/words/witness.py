"""What the command line says of the witness."""

from types import MappingProxyType
from typing import Final

from web.commands.words import Words

WORDS: Final = Words(
    help=MappingProxyType(
        {
            "witness": (
                "Nhân chứng: máy chủ nhỏ đặt ngoài trường, nhớ đầu sổ của từng trường và chỉ xác "
                "nhận đầu sổ mới khi nó nối tiếp đầu sổ cũ."
            ),
            "witness-init": "Lập một nhân chứng mới: khóa riêng và trí nhớ trong một thư mục.",
            "witness-add-school": "Theo dõi sổ của một trường theo khóa công khai của sổ.",
            "witness-drop-key": (
                "Thôi tin một khóa (khóa đã thay, hoặc sổ đã kết thúc); điều đã nhớ vẫn còn."
            ),
            "witness-serve": "Chạy nhân chứng để các trường gửi đầu sổ đến.",
            "witness-show": "In điều nhân chứng nhớ về từng trường, và điều đáng ngờ.",
            "witness-check": (
                "So các tệp đầu sổ, hoặc tệp .tlog-proof, với trí nhớ; khác hay không so được "
                "thì mã kết thúc là 1."
            ),
            "witness-export": (
                "Xuất đầu sổ đã xác nhận gần nhất của một trường, để kiểm chứng với "
                "grade-ledger verify --remembered."
            ),
        }
    ),
    examples=MappingProxyType(
        {
            "witness-init": "grade-ledger witness init --name hoa-phuong.example/pho-hieu-truong",
            "witness-add-school": (
                "grade-ledger witness add-school so-diem/31000001+57a1d6e0+AZxX…\n"
                "grade-ledger witness add-school KHÓA --folder /srv/nhan-chung"
            ),
            "witness-drop-key": "grade-ledger witness drop-key so-diem/31000001+57a1d6e0+AZxX…",
            "witness-serve": (
                "grade-ledger witness serve\n"
                "grade-ledger witness serve --folder /srv/nhan-chung --host 0.0.0.0 --port 7380"
            ),
            "witness-show": "grade-ledger witness show\ngrade-ledger witness show --json",
            "witness-check": (
                "grade-ledger witness check dau-so.txt\n"
                "grade-ledger witness check diem-cua-an.tlog-proof --folder /srv/nhan-chung"
            ),
            "witness-export": (
                "grade-ledger witness export so-diem/31000001 --to dau-so-2026-11-24.txt"
            ),
        }
    ),
    options=MappingProxyType(
        {
            "witness-folder": "Thư mục của nhân chứng (mặc định: ./nhan-chung).",
            "witness-name": (
                "Tên của nhân chứng, viết liền không dấu cách, ví dụ "
                "hoa-phuong.example/pho-hieu-truong."
            ),
            "witness-port": "Cổng để lắng nghe (mặc định: 7380; 0: cổng trống bất kì).",
            "witness-to": "Ghi vào tệp mới này thay vì in ra màn hình.",
        }
    ),
    failures=MappingProxyType(
        {
            "witness-exists": (
                "Thư mục {folder} đã có một nhân chứng; khóa của nhân chứng không bao giờ bị ghi "
                "đè. Hãy chọn thư mục khác bằng --folder."
            ),
            "witness-name-unfit": (
                "Tên {name} không dùng được: tên viết liền, không có dấu cách và dấu cộng, ví dụ "
                "hoa-phuong.example/pho-hieu-truong."
            ),
            "witness-folder-not-writable": "Không ghi được vào thư mục {folder} (lí do: {reason}).",
            "witness-missing": (
                "Thư mục {folder} không có tệp {file} của nhân chứng. Nếu chưa từng có nhân chứng "
                "ở đây, hãy lập bằng grade-ledger witness init. Nếu tệp đã mất, đừng tạo lại bằng "
                "tay: hãy lập nhân chứng mới trong thư mục khác và gửi khóa mới cho trường."
            ),
            "witness-key-damaged": "Không đọc được khóa của nhân chứng trong thư mục {folder}.",
            "witness-memory-damaged": (
                "Không đọc được trí nhớ của nhân chứng trong thư mục {folder} (lí do: {reason})."
            ),
            "witness-not-a-log-key": (
                "Đây không phải khóa công khai của sổ một trường; hãy chép nguyên dòng mà "
                "grade-ledger checkpoint show hiện ra, dạng tên+mã+khóa."
            ),
            "witness-knows-no-such-key": (
                "Nhân chứng không tin khóa này của {origin}, nên không có gì để thôi."
            ),
            "witness-never-heard": (
                "Nhân chứng chưa xác nhận đầu sổ nào của {origin}; xem tên các sổ bằng "
                "grade-ledger witness show."
            ),
            "witness-file-exists": (
                "Tệp {file} đã có; hãy chọn tên khác, đầu sổ cũ không bị ghi đè."
            ),
            "witness-file-not-writable": "Không ghi được tệp {file}.",
            "witness-not-a-checkpoint": (
                "Tệp {file} không phải đầu sổ đã ký, cũng không phải tệp .tlog-proof."
            ),
            "witness-not-all-the-same": (
                "Chỉ {same} trong {count} tệp đúng với điều nhân chứng nhớ; xem từng dòng ở trên."
            ),
        }
    ),
    said=MappingProxyType(
        {
            "witness-begun": (
                "Đã lập nhân chứng {name} trong thư mục {folder}.\n"
                "Gửi cho trường khóa công khai này, nguyên một dòng:\n"
                "{vkey}\n"
                "Tệp witness.key là khóa riêng: không gửi cho ai."
            ),
            "witness-trusts": "Từ nay theo dõi sổ {origin} bằng khóa này.",
            "witness-trusted": "Sổ {origin} đã được theo dõi bằng khóa này từ trước.",
            "witness-distrusts": "Thôi tin khóa này của {origin}; còn {left} khóa được tin.",
            "witness-ends": "Thôi theo dõi sổ {origin}; điều đã nhớ về sổ vẫn còn nguyên.",
            "witness-serves": (
                "Nhân chứng {name} đang nghe.\n"
                "Trang xem và địa chỉ gửi cho trường: {address}  (dừng: Ctrl+C)"
            ),
            "witness-key": "Khóa công khai của nhân chứng: {vkey}",
            "witness-school": "Sổ của trường",
            "witness-size": "Số dòng đã xác nhận",
            "witness-at": "Lúc",
            "witness-condition": "Tình trạng",
            "witness-suspects": "ĐÁNG NGỜ – {origin}, từ chối lúc {at}: {sentence}",
            "witness-suspects-more": (
                "  Còn {more} lần từ chối khác của sổ này: grade-ledger witness show --json"
            ),
            "witness-same": "{file}: đúng như đã nhớ ({origin}, {size} dòng).",
            "witness-different": (
                "{file}: KHÁC điều đã nhớ ({origin}, {size} dòng).\n"
                "  trong tệp:  {root}\n"
                "  đã nhớ:     {remembered}\n"
                "  Tệp này mang chữ ký của sổ, nên là bằng chứng: hãy giữ nguyên tệp."
            ),
            "witness-other-size": (
                "{file}: không so được, nhân chứng chưa từng xác nhận {origin} ở {size} dòng."
            ),
            "witness-not-signed": (
                "{file}: chữ ký không phải của khóa nào mà nhân chứng biết của {origin}."
            ),
            "witness-unknown-log": "{file}: nhân chứng không theo dõi sổ {origin}.",
            "witness-exported": "Đã xuất đầu sổ {size} dòng của {origin} vào {file}.",
        }
    ),
)
