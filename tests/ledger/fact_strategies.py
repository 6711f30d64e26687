"""Every fact there may be, for hypothesis: one strategy for each name a field may have."""

from datetime import datetime, timedelta, timezone
from typing import Any, Final

from hypothesis import strategies as st

from ledger.line import Fact, Line
from ledger.sheet import facts, grounds
from ledger.sheet.attestation import ApprovalMethod, Assertion, Attestation
from ledger.store.codec import FACTS
from ledger.vocabulary import MARKS, Author, Role, SubjectKind, columns_of
from tests.ledger import (
    credentials_strategies,
    dossier_strategies,
    privacy_strategies,
    results_strategies,
    school_strategies,
    signals_strategies,
    supervision_strategies,
)

_COLUMNS: Final = columns_of(9)
_ids = st.uuids()
_columns = st.sampled_from(_COLUMNS)
_marks = st.sampled_from(list(MARKS.values()))
_zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(min_value=datetime(2000, 1, 2), timezones=_zones)  # noqa: DTZ001
_reasons = st.text(min_size=3, max_size=500).filter(lambda text: len(text.strip()) >= 3)
_codes = st.from_regex(r"[a-z]+(-[a-z]+){0,3}", fullmatch=True)
_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
_numbers = st.integers(1, 99)

_deadlines = st.builds(facts.Deadline, column=_columns, at=moments)
_evidence = st.builds(
    grounds.Evidence,
    kind=st.sampled_from(grounds.EvidenceKind),
    sha256=_hashes,
    size=st.integers(1, 2**40),
    media_type=st.sampled_from(["application/pdf", "image/jpeg", "image/png"]),
)
_rules = st.builds(
    grounds.CorrectionRules,
    homeroom_confirms=st.booleans(),
    last_day=st.none() | moments,
    demanded_evidence=st.lists(st.sampled_from(grounds.EvidenceKind), max_size=4).map(tuple),
)
_assertions = st.builds(
    Assertion,
    **dict.fromkeys(
        ("credential", "client_data", "authenticator_data", "signature"),
        st.from_regex(r"[A-Za-z0-9_-]{16,60}", fullmatch=True),
    ),
)
_attestations = st.just(Attestation(method=ApprovalMethod.PASSWORD_TOTP)) | st.builds(
    Attestation, method=st.just(ApprovalMethod.PASSKEY), assertion=_assertions
)
_lines = st.builds(facts.CorrectionLine, pupil=_ids, column=_columns, before=_marks, after=_marks)


def _several(of: st.SearchStrategy[Any], *, least: int = 0) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=least, max_size=4).map(tuple)


FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "school_year": st.integers(2000, 2099).map(lambda year: f"{year}-{year + 1}"),
    "semester": st.integers(1, 2),
    "grade": st.integers(6, 12),
    "class_group": st.text(min_size=1, max_size=20),
    "subject": st.from_regex(r"[a-z0-9-]{2,40}", fullmatch=True),
    "kind": st.sampled_from(SubjectKind),
    "columns": st.integers(1, 9).map(columns_of),
    "teachers": _several(_ids, least=1),
    "teacher": _ids,
    "homeroom_teacher": _ids,
    "pupils": _several(st.builds(facts.NumberedPupil, pupil=_ids, number=_numbers)),
    "pupil": _ids,
    "number": _numbers,
    "deadlines": _several(_deadlines),
    "deadline": _deadlines,
    "correction_rules": _rules,
    "reopening_grace_minutes": st.integers(0, 10_080),
    "reason": _reasons,
    "column": _columns,
    "before": _marks,
    "after": _marks,
    "until": moments,
    "correction_id": _ids,
    "lines": _several(_lines, least=1),
    "evidence": _several(_evidence),
    "cause": st.sampled_from(grounds.CorrectionCause),
    "found_by": st.sampled_from(grounds.FoundBy),
    "late_because": _several(st.sampled_from(grounds.LateReason)),
    "question": _reasons,
    "answer": _reasons,
    "statement": st.none() | _hashes,
    "attestation": st.none() | _attestations,
    "sheet": _ids,
    "command": _codes,
    "refusal": _codes,
    "cells": _several(st.tuples(_ids, _columns)),
    "last_day": st.none() | moments,
    "provenance": st.builds(facts.Provenance, sheet=st.none() | _ids, reason=_reasons),
}

FIELDS.update(school_strategies.FIELDS)
FIELDS.update(supervision_strategies.FIELDS)
FIELDS.update(results_strategies.FIELDS)
FIELDS.update(privacy_strategies.FIELDS)
FIELDS.update(dossier_strategies.FIELDS)
FIELDS.update(credentials_strategies.FIELDS)
FIELDS.update(signals_strategies.FIELDS)
OF_KIND: Final = {
    **school_strategies.OF_KIND,
    **supervision_strategies.OF_KIND,
    **results_strategies.OF_KIND,
    **privacy_strategies.OF_KIND,
    **dossier_strategies.OF_KIND,
}

any_author = st.builds(
    Author,
    person=_ids,
    role=st.sampled_from(Role),
    on_behalf_of=st.none() | _ids,
    session=st.none() | _ids,
)


def facts_of(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    """Any fact of this kind; a field that means another thing in it has a strategy of its own."""
    own = OF_KIND.get(kind.NAME, {})
    return st.builds(kind, **{name: own.get(name, FIELDS[name]) for name in kind.model_fields})


any_fact = st.one_of([facts_of(kind) for kind in FACTS.values()])
any_line = st.builds(
    Line,
    stream_id=_ids,
    version=st.integers(1, 2**31),
    fact=any_fact,
    by=any_author,
    at=moments,
    command_id=_ids,
    position=st.just(0),
)
