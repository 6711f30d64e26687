"""What accompanies a dossier that leaves the house."""

from typing import Final

from projections.dossiers import DossierView

_READ_ME: Final = """\
HỒ SƠ BIÊN BẢN SỬA CHỮA ĐIỂM SỐ {number}, NĂM HỌC {school_year}

Trong tệp nén này có:
  bien-ban.pdf      biên bản, bản mới nhất, có chữ ký và minh chứng ở bên trong
  ho-so.json        bản kê: ai phải ký, bằng chứng thư nào, các bản của tệp PDF (mã băm, độ dài)
  so-cai/           từng dòng sổ về biên bản này: tệp .entry là nguyên văn dòng sổ, tệp .tlog-proof
                    là bằng chứng rằng dòng ấy nằm dưới dấu niêm phong mà sổ đã ký
  goc-chung-thu/    chứng thư gốc mà các chữ ký dẫn đến

CÁCH KIỂM CHỨNG (không cần tin máy chủ của trường)

Cách 1, đủ mọi điều: cài chương trình grade-ledger trên máy bạn, rồi chạy
  grade-ledger verify-dossier TỆP-NÀY.zip --log KHÓA-CỦA-SỔ
Muốn đòi thêm nhân chứng, hãy dùng --policy với tệp quy định của bạn.

Cách 2, bằng công cụ có sẵn: mở bien-ban.pdf bằng phần mềm đọc chữ ký số; so mã băm SHA-256 và độ
dài của tệp với dòng cuối cùng "dossier-signed" hoặc "dossier-archived" trong so-cai/; kiểm từng
dòng bằng tools/verify_proof.py của chương trình:
  python3 verify_proof.py so-cai/….entry so-cai/….tlog-proof --log KHÓA-CỦA-SỔ

Cách 3: đưa tệp nén này, hoặc riêng bien-ban.pdf, lên trang /kiem-chung/ho-so của trường.

KHÓA CÔNG KHAI PHẢI LẤY TỪ NƠI KHÁC: bản in mà nhà trường đã phát, Phòng/Sở Giáo dục và Đào tạo,
hay người bạn tin. Khóa ghi trong hồ sơ này, chỉ để so, là:
  {log_key}

HỒ SƠ NÓI: điểm nào được sửa, vì sao, ai đề nghị, xác nhận, phê duyệt, thực hiện và ký; tệp PDF là
bản mới nhất tính đến dấu niêm phong, không thiếu chữ ký nào mà sổ đã ghi.
HỒ SƠ KHÔNG NÓI: điểm mới có đúng với bài làm không; sau dấu niêm phong này còn dòng nào nữa không.
"""


def read_me(view: DossierView, log_key: str) -> str:
    """What a stranger reads first."""
    return _READ_ME.format(number=view.number, school_year=view.school_year, log_key=log_key)
