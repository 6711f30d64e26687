"""Approved results as plain text, to be laid beside tables that were made by hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ledger.circulars.outcomes import Outcome
from ledger.results.facts import PupilAfterSummer, PupilResults, SubjectResult
from ledger.vocabulary import SubjectKind
from tests.year_story.plan import code_of

_EXPECTED: Final = Path(__file__).parent / "expected"
_WORDS: Final = {"passed": "Đ", "not-passed": "CĐ", "exempt": "M"}


def expected(name: str) -> str:
    """A table made by hand; lines that begin with # explain it."""
    text = (_EXPECTED / f"{name}.txt").read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def printed(class_group: str, rows: Iterable[str]) -> str:
    return "\n".join([class_group, *rows, ""])


def row(of_pupil: PupilResults) -> str:
    """A pupil, averages, comments, study (before its adjustment), conduct, days, and the year."""
    parts = [code_of(of_pupil.pupil), _results(of_pupil.subjects, SubjectKind.SCORED)]
    parts.append(_results(of_pupil.subjects, SubjectKind.COMMENT))
    if of_pupil.overall_average is not None:
        parts.append(f"{of_pupil.overall_average}")
    parts += [_study(of_pupil), of_pupil.conduct or "-", str(of_pupil.days_absent)]
    if of_pupil.award:
        parts.append(of_pupil.award)
    if of_pupil.promotion:
        promotion = of_pupil.promotion
        words = [promotion.outcome, *promotion.reasons, *promotion.subjects]
        parts.append("promoted" if promotion.outcome is Outcome.PROMOTED else " ".join(words))
    return " | ".join(parts)


def row_after_summer(of_pupil: PupilAfterSummer) -> str:
    again = " ".join(f"{each.subject} {each.result.text}" for each in of_pupil.subjects) or "-"
    levels = [of_pupil.study or "-", of_pupil.conduct or "-", of_pupil.promotion.outcome]
    return " | ".join([code_of(of_pupil.pupil), again, *levels])


def _results(subjects: Iterable[SubjectResult], kind: SubjectKind) -> str:
    texts = [each.result.text for each in subjects if each.kind is kind]
    return " ".join(_WORDS.get(text, text) for text in texts)


def _study(of_pupil: PupilResults) -> str:
    study = of_pupil.study
    if study is None:
        return "-"
    if study.adjusted_for is None:
        return study.level
    return f"{study.level} (from {study.base}: {study.adjusted_for})"
