"""When two Vietnamese texts say the same: headers, names and subjects as people write them."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
# Eth and D with stroke look the same as capitals, and some fonts were typed with the wrong one.
_LOOKALIKES: Final = MappingProxyType(str.maketrans({"ð": "đ", "Ð": "đ"}))
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """A header reduced to what is compared: NFC, lower case, no spaces or line breaks."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return "".join(composed.translate(_LOOKALIKES).split())


def spoken(text: str) -> str:
    """A name or subject reduced to its sounds, its words one space apart.

    "Hoà" and "Hòa" are one name, "lý" and "lí" one syllable: schools and products differ in where
    the tone stands and in i or y, and both are right.
    """
    words = _NOT_A_LETTER.sub(" ", unicodedata.normalize("NFC", text).casefold())
    return " ".join(_syllable(word) for word in words.translate(_LOOKALIKES).split())


def _syllable(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in parts if mark in _TONES)
    letters = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in _TONES))
    if len(letters) > 1 and letters.endswith("y") and letters[-2] in "hklmst":
        letters = letters[:-1] + "i"
    return letters + tones


_SUBJECTS: Final = (
    ("ngữ văn", "văn"),
    ("toán",),
    ("ngoại ngữ 1", "ngoại ngữ", "tiếng anh", "anh", "anh văn", "ng ngữ", "ngoại ngữ 1 tiếng anh"),
    ("giáo dục công dân", "gdcd"),
    ("lịch sử và địa lí", "lịch sử địa lí", "lịch sử & địa lí", "ls&đl", "ls đl", "lsđl"),
    ("khoa học tự nhiên", "khtn"),
    ("công nghệ", "c nghệ", "cn"),
    ("tin học", "tin"),
    ("giáo dục thể chất", "gdtc", "thể dục"),
    ("nghệ thuật",),
    (
        "hoạt động trải nghiệm hướng nghiệp",
        "hoạt động trải nghiệm và hướng nghiệp",
        "hoạt động trải nghiệm",
        "hđtnhn",
        "hđtn&hn",
        "hđtn hn",
        "hđtn",
    ),
    (
        "nội dung giáo dục của địa phương",
        "nội dung giáo dục địa phương",
        "giáo dục của địa phương",
        "giáo dục địa phương",
        "ndgdcđp",
        "ndgdđp",
        "gdđp",
    ),
    # The programme before 2018; its Thể dục stands with Giáo dục thể chất above, because schools
    # still call the new subject by the old name.
    ("vật lí", "lí"),
    ("hóa học", "hóa"),
    ("sinh học", "sinh"),
    ("lịch sử", "sử"),
    ("địa lí", "địa"),
    ("âm nhạc", "nhạc"),
    ("mĩ thuật",),
)
_SUBJECT_OF: Final = MappingProxyType(
    {spoken(name): spoken(names[0]) for names in _SUBJECTS for name in names}
)


def same_subject(one: str, other: str) -> bool:
    """Whether two names mean one subject: "TIẾNG ANH" and "Ngoại ngữ 1" do."""
    first, second = spoken(one), spoken(other)
    return _SUBJECT_OF.get(first, first) == _SUBJECT_OF.get(second, second)


def same_class(one: str, other: str) -> bool:
    """Whether two texts name one class: "6 a1" and "6A1" do."""
    return folded(one) == folded(other)
