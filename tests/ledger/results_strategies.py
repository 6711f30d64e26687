"""The fields of the facts of results, for hypothesis."""

from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st

from ledger.circulars import tt22, tt58
from ledger.circulars.outcomes import Outcome, Shortfall
from ledger.results import facts
from ledger.results.terms import Term
from ledger.vocabulary import MARKS, SubjectKind

_ids = st.uuids()
_subjects = st.from_regex(r"[a-z0-9-]{2,40}", fullmatch=True)
_names = st.from_regex(r"[a-z][a-z0-9-]{1,20}", fullmatch=True)
_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
_sessions = st.integers(0, 31)
_numbers = st.integers(1, 99)
_marks = st.sampled_from(list(MARKS.values()))
_words = [*tt22.Level, *tt58.Level, *tt58.Conduct]
_levels = st.sampled_from(sorted({level.value for level in _words}))
_awards = st.sampled_from([award.value for award in (*tt22.Award, *tt58.Award)])
_averages = st.integers(0, 100).map(lambda tenths: Decimal(tenths).scaleb(-1))


def _several(of: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


_results = st.builds(
    facts.SubjectResult, subject=_subjects, kind=st.sampled_from(SubjectKind), result=_marks
)
_promotions = st.builds(
    facts.PromotionResult,
    outcome=st.sampled_from(Outcome),
    reasons=_several(st.sampled_from(Shortfall)),
    subjects=_several(_subjects),
)
_of_pupils = st.builds(
    facts.PupilResults,
    pupil=_ids,
    subjects=_several(_results),
    overall_average=st.none() | _averages,
    study=st.none()
    | st.builds(facts.StudyResult, level=_levels, base=_levels, adjusted_for=st.none() | _subjects),
    conduct=st.none() | _levels,
    days_absent=st.integers(0, 300),
    award=st.none() | _awards,
    promotion=st.none() | _promotions,
)
_after_summer = st.builds(
    facts.PupilAfterSummer,
    pupil=_ids,
    subjects=_several(_results),
    study=st.none() | _levels,
    conduct=st.none() | _levels,
    promotion=_promotions,
)

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "absences": _several(
        st.builds(facts.PupilAbsences, pupil=_ids, with_leave=_sessions, without_leave=_sessions),
        least=1,
    ),
    "term": st.sampled_from(Term),
    "comments": _several(st.builds(facts.PupilComment, pupil=_ids, digest=_hashes), least=1),
    "revision": _numbers,
    "year_revision": _numbers,
    "circular": _names,
    "basis": _several(st.builds(facts.SheetVersion, sheet=_ids, version=st.integers(0, 999))),
    "results": _several(_of_pupils),
    "result": _marks,
    "level": _levels,
}

OF_KIND: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "conduct-assessed": {
        "pupils": _several(st.builds(facts.PupilConduct, pupil=_ids, level=_levels), least=1)
    },
    "term-results-approved": {"policy": _names},
    "term-results-continued": {"results": _several(_of_pupils, least=1)},
    "promotion-after-summer-approved": {"pupils": _several(_after_summer)},
}
