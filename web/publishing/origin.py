"""The name under which a school's log is known to witnesses."""

import re
import unicodedata
from collections.abc import Callable, Collection

from ledger.application import GradeLedger
from ledger.school.school import School


def origin_of(ledger: GradeLedger, chosen: str | None) -> Callable[[], str | None]:
    """What the operator has chosen, else a name out of the school's code; None before it has one.

    It is read when the log begins and then stands for ever in the log's key: a school that changes
    its code keeps its log.
    """
    return lambda: chosen or _from_code(ledger.school())


def ended_origins(ledger: GradeLedger) -> Callable[[], Collection[str]]:
    """The names under which the log is not signed any more, since it began anew."""
    return lambda: [restart.old_origin for restart in ledger.school().restarts]


def _from_code(school: School) -> str | None:
    if not school.descriptions:
        return None
    code = school.descriptions[-1].school_code
    plain = unicodedata.normalize("NFKD", code.replace("đ", "d").replace("Đ", "D"))
    slug = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"so-diem/{slug or 'truong'}"
