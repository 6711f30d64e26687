"""The guide to dossiers names pages and buttons as the pages themselves do."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/huong-dan/ho-so-sua-diem.md").read_text(encoding="utf-8")
# Said with weight, and no name of anything on a page.
EMPHASIS = {
    *("Ký bằng gì?", "không phải", "Đừng ghi họ tên học sinh vào lý do.", "Sửa muộn"),
    *("ô mang vai trò của bạn", "hỏi lại", "từ chối"),
}


def shown() -> str:
    """What templates and wording say, in small letters."""
    files = [*(ROOT / "web/templates").rglob("*.html"), *(ROOT / "web/wording").rglob("*.py")]
    files += [ROOT / "web/rendering.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files).lower()


def test_what_the_guide_names_stands_on_the_pages() -> None:
    bold = re.findall(r"\*\*([^*]+)\*\*", GUIDE)
    names = {part for each in bold if each not in EMPHASIS for part in each.split(" › ")}
    plain = {" ".join(name.split()) for name in names}
    pages = shown()
    assert sorted(name for name in plain if name.lower() not in pages) == []
    assert len(plain) > 20
