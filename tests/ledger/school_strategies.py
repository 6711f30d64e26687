"""The fields of the facts of school and year, for hypothesis."""

from datetime import date, datetime
from typing import Any, Final

from hypothesis import strategies as st

from ledger.school import facts
from ledger.school.calendar import DayException, WorkCalendar
from ledger.school.closed import Cosigned, Seal
from ledger.school.incarnation import LostLines, PublishedHead, TreeHead
from ledger.school.policy import Policy
from ledger.school.scope import Scope
from ledger.sheet.grounds import EvidenceKind
from ledger.vocabulary import MARKS, Role, columns_of

_ids = st.uuids()
_days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
_labels = st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
_reasons = st.text(min_size=3, max_size=60).filter(lambda text: len(text.strip()) >= 3)
_codes = st.from_regex(r"[a-z0-9-]{2,40}", fullmatch=True)
_classes = st.text(min_size=1, max_size=20)
_semesters = st.integers(1, 2)
_roles = st.lists(st.sampled_from(Role), min_size=1, max_size=3, unique=True).map(tuple)
_columns = st.sampled_from(columns_of(9))


def _several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(of, max_size=4).map(tuple)


_frames = st.builds(facts.SemesterFrame, first=_days, last=_days)
_exceptions = st.lists(
    st.builds(DayException, day=_days, works=st.booleans(), why=_reasons),
    max_size=4,
    unique_by=lambda entry: entry.day,
).map(tuple)

_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
_sizes = st.integers(1, 10**9)
_seals = st.builds(
    Seal,
    origin=_labels,
    size=_sizes,
    root=_hashes,
    cosigned=st.lists(
        st.builds(
            Cosigned,
            witness=_labels,
            cosigned_at=st.datetimes(
                min_value=datetime(2000, 1, 2),  # noqa: DTZ001  (the zone is given apart)
                timezones=st.timezones(),
            ),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
_tree_heads = st.builds(TreeHead, size=_sizes, root=_hashes)

FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "since": _days,
    "day": _days,
    **dict.fromkeys(("school_name", "governing_body", "school_code"), _labels),
    **dict.fromkeys(("place", "title", "calendar"), _labels),
    "department": _codes,
    "person": _ids,
    "roles": _roles,
    "deputy": _ids,
    "semesters": st.tuples(_frames, _frames),
    "policy": st.builds(
        Policy,
        midterm_working_days=st.integers(1, 60),
        demanded_evidence=_several(st.sampled_from(EvidenceKind)),
        homeroom_confirms=st.booleans(),
    ),
    "lessons_per_year": st.integers(1, 1000),
    "regular_count": st.integers(1, 9),
    "head": _ids,
    "members": _several(_ids),
    "subjects": _several(_codes),
    "from_class": _classes,
    "to_class": _classes,
    "marks": _several(
        st.builds(
            facts.TransferredMark,
            subject=_codes,
            semester=_semesters,
            column=_columns,
            mark=st.sampled_from(list(MARKS.values())),
        )
    ),
    "sheets": _several(st.tuples(_classes, _codes)),
    "scope": st.builds(
        Scope,
        semester=_semesters,
        grades=_several(st.integers(6, 12)),
        classes=_several(_classes),
        subjects=_several(_codes),
        columns=_several(_columns),
    ),
    "sheet_count": st.integers(1, 10_000),
    **dict.fromkeys(("old_origin", "new_origin"), _labels),
    "published": st.builds(
        PublishedHead, size=_sizes, root=st.none() | _hashes, note=st.none() | _hashes
    ),
    "seal": _seals,
    "continued": st.none() | _tree_heads,
    "restored": _tree_heads,
    "consistency": _several(_hashes),
    "lost": st.none()
    | st.tuples(_sizes, _sizes).map(lambda two: LostLines(first=min(two), last=max(two))),
    "key_lost": st.booleans(),
    "administrator": _ids,
}

OF_KIND: Final[dict[str, dict[str, st.SearchStrategy[Any]]]] = {
    "school-described": {"department": _labels},
    "staff-left": {"until": _days},
    "delegation-given": {"until": _days},
    "teacher-unassigned": {"until": _days},
    "pupil-left-school": {"until": _days},
    "subject-planned": {"semesters": _several(_semesters)},
    "calendar-amended": {
        "calendar": st.builds(
            WorkCalendar,
            version=st.integers(0, 99),
            exceptions=_exceptions,
            saturdays_work=st.booleans(),
        )
    },
    **{
        name: {
            "deadline": st.datetimes(
                min_value=datetime(2000, 1, 2),  # noqa: DTZ001  (the zone is given apart)
                timezones=st.timezones(),
            )
        }
        for name in ("test-date-set", "regular-deadline-set", "deadline-decided")
    },
}
