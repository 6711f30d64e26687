"""A browser stricter than any: what a page must have before a person or a screen reader sees it."""

import unicodedata
from collections import Counter
from html.parser import HTMLParser

_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source"})
_TYPED_IN = frozenset({"input", "select", "textarea"})
_NO_LABEL_NEEDED = frozenset({"hidden", "submit", "button"})


class StrictPage(HTMLParser):
    """One parsed page; `faults` says everything that is wrong with it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.text = ""
        self.forms: list[tuple[str, str, dict[str, str]]] = []
        self._open: list[str] = []
        self._title = ""
        self._labelled: set[str] = set()
        self._wanting: list[str] = []
        self._pointed_at: list[str] = []
        self.feed(html)
        self.close()
        self._judge(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self._note_id(names)
        self._policy(tag, names)
        match tag:
            case "html" if names.get("lang") != "vi":
                self.faults.append("the page does not say that it is Vietnamese")
            case "h1":
                self.headings.append("")
            case "form":
                self._form(names)
            case "label" if names.get("for"):
                self._labelled.add(names["for"] or "")
            case "img" if "alt" not in names:
                self.faults.append("a picture without words")
        if tag in _TYPED_IN:
            self._field(tag, names)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes what is not open (line {self.getpos()[0]})")

    def handle_data(self, data: str) -> None:
        self.text += data
        if "title" in self._open:
            self._title += data
        if "h1" in self._open:
            self.headings[-1] += data

    def _note_id(self, names: dict[str, str | None]) -> None:
        if (name := names.get("id")) is not None:
            self.ids.append(name)
        for pointer in ("for", "aria-describedby", "aria-labelledby"):
            self._pointed_at += (names.get(pointer) or "").split()
        if (link := names.get("href") or "").startswith("#") and link != "#":
            self._pointed_at.append(link[1:])

    def _policy(self, tag: str, names: dict[str, str | None]) -> None:
        inline = sorted(name for name in names if name == "style" or name.startswith("on"))
        if inline or tag == "style" or (tag == "script" and "src" not in names):
            self.faults.append(f"<{tag}> is inline: {inline}")

    def _form(self, names: dict[str, str | None]) -> None:
        if "form" in self._open:
            self.faults.append("a form inside a form")
        if not (names.get("action") or "").startswith("/"):
            self.faults.append("a form that does not say where it goes")
        self.forms.append((names.get("method") or "get", names.get("action") or "", {}))

    def _field(self, tag: str, names: dict[str, str | None]) -> None:
        if "form" in self._open and names.get("name"):
            self.forms[-1][2][names["name"] or ""] = names.get("value") or ""
        if tag == "input" and names.get("type") in _NO_LABEL_NEEDED:
            return
        if "label" not in self._open and not names.get("aria-label"):
            self._wanting.append(names.get("id") or f"{tag} named {names.get('name')}")

    def _judge(self, html: str) -> None:
        if [bool(heading.strip()) for heading in self.headings] != [True]:
            self.faults.append(f"{len(self.headings)} main headings: {self.headings}")
        if not self._title.strip():
            self.faults.append("no title")
        self.faults += [f"id twice: {name}" for name, n in Counter(self.ids).items() if n > 1]
        self.faults += [f"no label: {name}" for name in self._wanting if name not in self._labelled]
        self.faults += [f"#{name} is nowhere" for name in self._pointed_at if name not in self.ids]
        if self._open:
            self.faults.append(f"left open: {self._open}")
        if not unicodedata.is_normalized("NFC", html):
            self.faults.append("letters in pieces (not NFC)")

    def form(self, action: str) -> dict[str, str]:
        """The fields of the first form that goes there, as the page fills them."""
        return next(fields for _, path, fields in self.forms if path == action)
