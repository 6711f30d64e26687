"""What accompanies the proof of a line, and what the page says where one is checked."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

READ_ME_NAME: Final = "doc-truoc.txt"

READ_ME: Final = """\
BẰNG CHỨNG CHO DÒNG {position} CỦA SỔ {origin}

Trong tệp nén này có:
  {entry}        dòng sổ, đúng từng byte như đã ghi
  {proof}   bằng chứng: đường từ dòng này đến dấu niêm phong mà sổ đã ký

CÁCH KIỂM CHỨNG (không cần tin máy chủ của trường)

Cách 1, bằng trình duyệt: mở trang "Kiểm chứng một dòng điểm" (địa chỉ /kiem-chung) của trường này
hoặc của trường khác dùng cùng chương trình, chọn tệp nén này và dán khóa công khai vào. Trang tính
ngay trên máy bạn, không gửi gì đi.

Cách 2, bằng một tệp chương trình: tải tools/verify_proof.py từ mã nguồn của chương trình (hoặc nhờ
người bạn tin tải giúp), rồi chạy:
  python3 verify_proof.py {entry} {proof} --log KHÓA-CỦA-SỔ

Muốn đòi thêm nhân chứng, hãy thêm --witness KHÓA-CỦA-NHÂN-CHỨNG.

KHÓA CÔNG KHAI PHẢI LẤY TỪ NƠI KHÁC: bản in mà nhà trường đã phát, Phòng/Sở Giáo dục và Đào tạo,
hay người bạn tin. Khóa chép từ chính máy chủ đang bị nghi ngờ thì không chứng minh được gì.

BẰNG CHỨNG NÓI: dòng này có trong sổ lúc sổ được niêm phong, đúng từng byte, và những nhân chứng có
chữ ký đã thấy dấu niêm phong ấy vào giờ ghi trong bằng chứng.
BẰNG CHỨNG KHÔNG NÓI: điểm có đúng với bài làm không; sau dòng này có dòng nào sửa nữa không. Tên
học sinh không nằm trong dòng, chỉ có mã.
"""

# By the names that `web/static/verify.js` and `web/static/proof.js` know them by.
CHECK_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "two-files": (
            "Hãy chọn tệp nén bằng chứng, hoặc đúng hai tệp: một tệp .entry và một tệp .tlog-proof."
        ),
        "file-too-large": "Tệp {name} quá lớn, không phải là bằng chứng của một dòng.",
        "zip-other": "Tệp nén này đã được nén lại. Hãy giải nén rồi chọn hai tệp trong đó.",
        "no-key": "Hãy dán khóa công khai của sổ mà bạn tin.",
        "not-a-proof": "Tệp .tlog-proof hỏng: không đúng khuôn dạng của một bằng chứng.",
        "seal-malformed": "Dấu niêm phong trong bằng chứng hỏng: không đúng khuôn dạng.",
        "policy-malformed": "Quy định có dòng không hợp lệ: {line}",
        "quorum-missing": "Quy định không nói cần nhân chứng nào (dòng quorum).",
        "key-wrong": "Khóa bị chép sai, hoặc không phải loại khóa cần ở chỗ này: {key}",
        "key-twice": "Cùng một khóa được đưa hai lần.",
        "log-unsigned": (
            "Dấu niêm phong không có chữ ký của sổ mà bạn tin: bằng chứng là của sổ khác, hoặc "
            "khóa là khóa khác."
        ),
        "log-other": "Sổ {origin} không ký bằng khóa của mình.",
        "signature-false": "Chữ ký mang tên {name} là giả.",
        "quorum": "Chưa đủ nhân chứng. Mới thấy: {names}.",
        "quorum-nobody": "Chưa đủ nhân chứng: không có ai trong những khóa bạn đưa đã thấy.",
        "blank": "trống",
        "differs": (
            "Nội dung dòng không khớp với dấu niêm phong: dòng hoặc bằng chứng đã bị sửa, hoặc hai "
            "tệp không đi với nhau."
        ),
        "misplaced": "Dòng mang một số khác với chỗ của nó trong sổ.",
        "entry-unreadable": "Nội dung không phải là một dòng của sổ điểm.",
        "position": "{position}, trong {size} dòng đã niêm phong",
        "stream": "{stream}, phiên bản {version}",
        "nobody-saw": "Không có ai trong những khóa bạn đưa: chỉ chính sổ nói như vậy.",
        "moment": "{time} ngày {day}",
    }
)
