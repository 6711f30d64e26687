"""The terms of results in addresses."""

from types import MappingProxyType
from typing import Annotated, Final

from fastapi import Depends, HTTPException

from ledger.results.terms import Term

TERM_OF: Final = MappingProxyType(
    {"hoc-ki-1": Term.SEMESTER_1, "hoc-ki-2": Term.SEMESTER_2, "ca-nam": Term.YEAR}
)
PLACE_OF: Final = MappingProxyType({term: place for place, term in TERM_OF.items()})


def _asked_term(ki: str) -> Term:
    """The term in the path; there are no others."""
    if ki not in TERM_OF:
        raise HTTPException(404)
    return TERM_OF[ki]


AskedTerm = Annotated[Term, Depends(_asked_term)]
