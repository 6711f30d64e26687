"""What header words of tables of scores mean, however they are typed."""

import re
import unicodedata
from enum import Enum
from typing import Final

_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def bare(text: str) -> str:
    """A header reduced to its letters and digits: "Số báo danh", "SO_BAO_DANH" → "sobaodanh"."""
    lower = unicodedata.normalize("NFC", text).casefold().replace("đ", "d").replace("ð", "d")
    letters = (one for one in unicodedata.normalize("NFD", lower) if not unicodedata.combining(one))
    return _NOT_A_LETTER.sub("", "".join(letters))


class Role(Enum):
    """What a column is for."""

    GROUP = "group"
    CODE = "code"
    NAME = "name"
    SUBJECT = "subject"  # of a long table
    SCORE = "score"  # of a long table, or the only subject of a wide one
    KNOWN_SUBJECT = "known-subject"  # a wide table's column that is certainly one of scores
    TOTAL = "total"
    NO_SCORE = "no-score"


# From the widest to the narrowest: the first that tells rows apart is what groups them.
_GROUPS: Final = {
    "group": "nhom group tennhom groupname",
    "province": "tinh tinhthanh tinhthanhpho tentinh matinh thanhpho province city provincename "
    "provincecode sogddt so region vung vungmien state",
    "district": "huyen quan quanhuyen xa phuong xaphuong tenhuyen mahuyen phonggddt district ward "
    "commune",
    "site": "cumthi cum hoidong hoidongthi mahoidong tenhoidong cluster center centre examcenter "
    "site",
    "school": "truong tentruong matruong truonghoc truongthpt truongthcs donvi madonvi tendonvi "
    "coso school schoolname schoolid schoolcode",
    "class": "lop tenlop malop lophoc class classname classid classroom homeroom",
    "room": "phong phongthi maphong sophong sophongthi room roomid examroom",
    "marker": "giaovien gv giamkhao teacher examiner grader",
}
_WORDS: Final = {
    Role.CODE: "sbd sobd sobaodanh sobaodanhthisinh mahocsinh mahs mathisinh mats masv masinhvien "
    "madinhdanh madinhdanhbogddt madinhdanhhocsinh sodinhdanh sodinhdanhcanhan id studentid "
    "studentcode studentno pupilid pupilcode pupil student candidate candidateid candidateno "
    "candidatenumber registrationnumber hocsinh thisinh sophach phach mahocvien",
    Role.NAME: "hoten hovaten hotenhocsinh hovatenhocsinh hotenthisinh hovatenthisinh hovatents "
    "tenhocsinh tenthisinh ten ho hodem hovatendem holot hova name fullname studentname pupilname "
    "firstname lastname familyname givenname ngaysinh ngaythangnamsinh dob birthdate dateofbirth "
    "birthday",
    Role.SUBJECT: "mon monhoc monthi tenmon tenmonhoc mamon mamonhoc subject subjectname "
    "subjectcode course",
    Role.SCORE: "diem diemso diemthi diemmon score scores mark marks point points result ketqua "
    "value giatri",
    Role.KNOWN_SUBJECT: "toan van nguvan anh tienganh anhvan ngoaingu ngoaingu1 ngoaingu2 nn nn1 "
    "li ly vatli vatly hoa hoahoc sinh sinhhoc su lichsu dia diali dialy gdcd giaoduccongdan "
    "gdktpl giaoduckinhtevaphapluat ktpl tin tinhoc congnghe cncn cnnn congnghecongnghiep "
    "congnghenongnghiep khtn khoahoctunhien khxh khoahocxahoi lichsuvadiali lichsudiali lsdl "
    "tiengphap tiengtrung tiengnga tiengnhat tiengduc tienghan tiengviet "
    "math maths mathematics literature english physics chemistry biology history geography "
    "civics foreignlanguage informatics technology science reading writing",
    Role.TOTAL: "tong tongdiem diemtong tongcong tongso tongdiemxettuyen diemxettuyen dxt total "
    "totalscore totalmark sum average avg mean gpa diemtrungbinh trungbinh diemtb trungbinhmon "
    "tongket diemtongket canam hki hkii hk1 hk2",
    Role.NO_SCORE: "stt tt sott sothutu no order index number namsinh yearofbirth birthyear "
    "tuoi age gioitinh gt gender sex nu nam dantoc ethnicity noisinh quequan diachi address email "
    "dienthoai sodienthoai sdt phone phonenumber mobile cccd cmnd socccd socmnd ghichu note notes "
    "remark mangoaingu mamonngoaingu mann languagecode khoi khoilop grade gradelevel khoithi hocky "
    "hocki semester term namhoc schoolyear year nam hang xephang rank ranking thuhang vithu "
    "xeploai hocluc hanhkiem loai ket danhhieu khuvuc kv doituong dt uutien diemuutien diemcong "
    "diemkhuyenkhich made madethi examcode ca cathi ngaythi date ngay lan lanthi dot dotthi "
    "sobuoinghi vang trangthai status heso",
}
_TOTALS: Final = re.compile(
    r"(?:d?tb(?:m|c|cm|hk|cn|mhk|mcn)?|(?:diem)?(?:trungbinh|tb)(?:cacmon|chung|mon|hk|hocki|hocky|"
    r"canam|nam)?)[12i]{0,2}|tong.*|(?:khoi)?[abcdh]\d\d|khoi[a-d]\d?"
)
_ROLES: Final = {word: role for role, words in _WORDS.items() for word in words.split()}
_LEVELS: Final = {
    word: level for level, words in enumerate(_GROUPS.values()) for word in words.split()
}
_SCIENCES: Final = frozenset(["li", "ly", "vatli", "vatly", "hoa", "hoahoc", "sinh", "sinhhoc"])
_SOCIETY: Final = frozenset(["su", "lichsu", "dia", "diali", "dialy", "gdcd", "giaoduccongdan"])
_PARTS: Final = {
    "khtn": _SCIENCES,
    "khoahoctunhien": _SCIENCES,
    "khxh": _SOCIETY,
    "khoahocxahoi": _SOCIETY,
}
_DRESSING: Final = re.compile(r"^(?:diem(?:thi)?|mon)(?=.)")


def role_of(header: str) -> Role | None:
    """What a header word says of its column; None for a word that nobody here knows."""
    word = bare(header)
    if word in _LEVELS:
        return Role.GROUP
    if word in _ROLES:
        return _ROLES[word]
    if _TOTALS.fullmatch(word):
        return Role.TOTAL
    inside = _DRESSING.sub("", word)
    return Role.KNOWN_SUBJECT if _ROLES.get(inside) is Role.KNOWN_SUBJECT else None


def parts_of(header: str) -> frozenset[str]:
    """The subjects whose mean a column may be: of the national examination, KHTN and KHXH are."""
    return _PARTS.get(bare(header), frozenset())


def level_of(header: str) -> int:
    """How wide the groups are that a group column names; 0 is the widest."""
    return _LEVELS[bare(header)]
