"""Invented Vietnamese names: common parts put together by chance, belonging to nobody."""

import unicodedata
from random import Random
from typing import Final, NamedTuple

_FAMILIES: Final = (
    *("Nguyễn",) * 9,
    *("Trần",) * 4,
    *("Lê",) * 4,
    *("Phạm",) * 3,
    *("Hoàng", "Vũ", "Đặng", "Bùi") * 2,
    *("Đỗ", "Ngô", "Dương", "Lý", "Đinh", "Đoàn", "Lương", "Mai", "Cao", "Tạ", "Quách", "Ứng"),
)
_GIRLS_MIDDLE: Final = (
    *("Thị", "Ngọc", "Thu", "Phương", "Minh", "Khánh", "Bảo", "Thanh", "Hà", "Diệu", "Quỳnh"),
    *("Thị Ngọc", "Thị Thanh", "Thị Kim", "Hoàng", "Gia", "Tường"),
)
_BOYS_MIDDLE: Final = (
    *("Văn", "Đức", "Minh", "Quang", "Gia", "Hữu", "Tuấn", "Anh", "Thành", "Xuân", "Công"),
    *("Bảo", "Nhật", "Đình", "Trọng", "Hải", "Quốc", "Tiến"),
)
_GIRLS: Final = (
    *("An", "Anh", "Ánh", "Châu", "Chi", "Diệp", "Dung", "Giang", "Hà", "Hân", "Hạnh", "Hiền"),
    *("Hoa", "Hương", "Huyền", "Khuê", "Lam", "Lan", "Linh", "Ly", "Mai", "My", "Nga", "Ngân"),
    *("Ngọc", "Nhi", "Như", "Oanh", "Phương", "Quyên", "Quỳnh", "Tâm", "Thảo", "Thơ", "Thư"),
    *("Thúy", "Thùy", "Trà", "Trâm", "Trang", "Trúc", "Tú", "Uyên", "Vân", "Vy", "Xuân", "Yến"),
)
_BOYS: Final = (
    *("An", "Anh", "Bách", "Bảo", "Bình", "Chiến", "Cường", "Đạt", "Đăng", "Đức", "Dũng", "Duy"),
    *("Giang", "Hải", "Hào", "Hiếu", "Hoàng", "Hùng", "Huy", "Khang", "Khánh", "Khoa", "Khôi"),
    *("Kiên", "Lâm", "Long", "Mạnh", "Minh", "Nam", "Nghĩa", "Nguyên", "Nhân", "Phát", "Phong"),
    *("Phú", "Phúc", "Quân", "Quang", "Sơn", "Tài", "Thái", "Thắng", "Thịnh", "Tiến", "Toàn"),
    *("Trí", "Trung", "Tuấn", "Tùng", "Việt", "Vinh", "Vũ"),
)


class FullName(NamedTuple):
    """Family and middle names (họ đệm) and the given name (tên), as class lists split them."""

    family_name: str
    given_name: str


def invented_name(chance: Random) -> FullName:
    """One more name, of a woman or a man, a girl or a boy."""
    girl = chance.random() < 0.5
    middle = chance.choice(_GIRLS_MIDDLE if girl else _BOYS_MIDDLE)
    given = chance.choice(_GIRLS if girl else _BOYS)
    family_name = f"{chance.choice(_FAMILIES)} {middle}"
    # "Nguyễn Minh Minh" exists nowhere but in generated lists.
    while given in family_name:
        given = chance.choice(_GIRLS if girl else _BOYS)
    return FullName(family_name, given)


def username_of(name: FullName) -> str:
    """The given name and the initials of the others, in plain letters: "hantt"."""
    initials = "".join(word[0] for word in name.family_name.split())
    folded = unicodedata.normalize("NFD", (name.given_name + initials).lower().replace("đ", "d"))
    return "".join(letter for letter in folded if letter.isascii())
