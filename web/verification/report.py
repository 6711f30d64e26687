"""The report that is printed and signed: one file that needs nothing else."""

from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

from web.rendering import document
from web.verification.conducting import Verification
from web.wording import verification as words

_STYLE: Final = Path(__file__).parent / "report.css"


def report_html(told: Verification) -> str:
    """What was verified and found, in Vietnamese, for A4."""
    return document(
        "verification/report.html",
        told=told,
        report=told.report,
        outcome=words.outcome(told.report),
        witnessed=words.witnessed(told.report),
        words=words,
        kept_moment=words.kept_moment,
        posix_moment=words.posix_moment,
        style=_style(),
    )


@cache
def _style() -> Markup:
    # In the file itself, which is read years later and without this program; it is no page of
    # the site, whose policy would refuse it.
    return Markup(f"<style>\n{_STYLE.read_text(encoding='utf-8')}</style>")  # noqa: S704  (our own file)
