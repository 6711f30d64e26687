"""Write docs/facts.md, refusals.md and findings.md from the code: `python -m web.catalogue`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from ledger import refusal
from ledger.credentials import refusals as credentials_refusals
from ledger.dossiers import refusals as dossier_refusals
from ledger.line import Fact
from ledger.privacy import refusals as privacy_refusals
from ledger.refusal import Refused
from ledger.results import refusals as results_refusals
from ledger.school import refusals as school_refusals
from ledger.sheet import refusals
from ledger.signals import refusals as signals_refusals
from ledger.store.codec import FACTS as FACTS_KEPT
from ledger.supervision import refusals as supervision_refusals
from ledger.verification import CODES, REMARKS, Finding
from web import problems
from web import refusals as web_refusals
from web.wording import FACTS, REFUSALS
from web.wording.catalogue import NOBODY
from web.wording.verification import finding_sentence

_MADE: Final = "Made by `make docs` from the code; edit that, not this."


def facts_page() -> str:
    """Every fact: its permanent name, shape, meaning, fields, and what people read."""
    parts = ["# The facts", "", _MADE, ""]
    for fact in FACTS_KEPT.values():
        parts += [f"## `{fact.NAME}`", "", f"{_meaning(fact)}", ""]
        parts += [f"Shape {fact.SHAPE}. People read: “{FACTS[fact.NAME]}”.", ""]
        parts += [*_fields(fact), ""]
    return "\n".join(parts).rstrip() + "\n"


def _fields(fact: type[Fact]) -> Iterator[str]:
    properties: Mapping[str, object] = fact.model_json_schema().get("properties", {})
    required = fact.model_json_schema().get("required", [])
    for name in properties:
        yield f"- `{name}`" if name in required else f"- `{name}` (may be left out)"


def refusals_page() -> str:
    """Every refusal: its permanent code, status, meaning and sentence."""
    parts = ["# The refusals", "", _MADE, "", "A person is told the first that holds.", ""]
    for title, module in (
        ("Of every room", refusal),
        ("Of a score sheet", refusals),
        ("Of the school and its years", school_refusals),
        ("Of the results of a class", results_refusals),
        ("Of the supervision of a year", supervision_refusals),
        ("Of personal data", privacy_refusals),
        ("Of passkeys and certificates", credentials_refusals),
        ("Of dossiers", dossier_refusals),
        ("Of signals", signals_refusals),
        ("Of the web", web_refusals),
    ):
        parts += [f"## {title}", ""]
        for declared in _declared(vars(module), module.__name__):
            kept = " The attempt is kept." if declared.kept else ""
            status = problems.status_of(declared())
            parts += [
                f"### `{declared.code}`",
                "",
                f"{_meaning(declared)} HTTP {status}.{kept}",
                "",
            ]
            parts += [f"> {REFUSALS[declared.code](MappingProxyType({}), NOBODY)}", ""]
    return "\n".join(parts).rstrip() + "\n"


def findings_page() -> str:
    """Every finding of a verification: its permanent code, meaning and sentence."""
    parts = ["# The findings", "", _MADE, "", "What `grade-ledger verify` can find.", ""]
    for title, codes in (
        ("Findings: the verification fails", CODES.keys() - REMARKS),
        ("Remarks: worth knowing, and no sign that anything was changed", REMARKS),
    ):
        parts += [f"## {title}", ""]
        for code, meaning in CODES.items():
            if code in codes:
                sentence = finding_sentence(Finding(code, 7, "…", "…", "…"))
                parts += [f"### `{code}`", "", meaning, "", f"> {sentence}", ""]
    return "\n".join(parts).rstrip() + "\n"


def _declared(names: Mapping[str, object], module: str) -> Iterator[type[Refused]]:
    for value in names.values():
        if (
            isinstance(value, type)
            and issubclass(value, Refused)
            and value is not Refused
            and value.__module__ == module
        ):
            yield value


def _meaning(thing: type[BaseModel] | type[Refused]) -> str:
    return " ".join((thing.__doc__ or "").split())


def main(folder: Path = Path("docs")) -> None:
    """Write every page."""
    folder.mkdir(exist_ok=True)
    (folder / "facts.md").write_text(facts_page(), encoding="utf-8")
    (folder / "refusals.md").write_text(refusals_page(), encoding="utf-8")
    (folder / "findings.md").write_text(findings_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
