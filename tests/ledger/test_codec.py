"""The stored bytes: what was once written stays readable, and today's bytes do not drift."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import pytest
from eventsourcing.persistence import Notification, StoredEvent
from hypothesis import given
from pydantic import BaseModel

from ledger.line import Fact, Line
from ledger.sheet.facts import CorrectionRequested, MarkEntered
from ledger.sheet.grounds import CorrectionCause, FoundBy
from ledger.store.codec import FACTS, ROOMS, UPCASTERS, Body, to_line, to_stored_events
from ledger.store.recorder import entry
from ledger.trust.merkle import leaf_hash
from ledger.vocabulary import Mark
from tests.every_fact import EVERY_LINE
from tests.ledger.fact_strategies import FIELDS, any_line
from tests.school import AN, SHEET

GOLDEN = sorted((Path(__file__).parent.parent / "golden").glob("*.json"))
LINES = EVERY_LINE
LINE_OF_VERSION = {line.version: line for line in LINES}


def stored(path: Path) -> tuple[StoredEvent, dict[str, Any]]:
    """The row a golden file pins, and the file."""
    golden = json.loads(path.read_text(encoding="utf-8"))
    line = LINE_OF_VERSION[golden["version"]]
    assert golden["stream"] == str(line.stream_id)
    state = golden["state"].encode()
    return StoredEvent(line.stream_id, golden["version"], golden["topic"], state), golden


def first_of_each_fact() -> dict[str, Line]:
    first: dict[str, Line] = {}
    for line in LINES:
        first.setdefault(f"{line.fact.NAME}.{line.fact.SHAPE}", line)
    return first


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_old_line_still_reads(path: Path) -> None:
    name, shape = path.stem.split(".")
    row, _ = stored(path)
    line = to_line(row)
    assert (line.fact.NAME, line.stream_id, line.version) == (name, SHEET, row.originator_version)
    if int(shape) == FACTS[name].SHAPE:
        assert to_stored_events([line]) == [row]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_an_old_line_still_has_its_hash(path: Path) -> None:
    row, golden = stored(path)
    hashed = entry(
        golden["position"] - 1,
        golden["stream"],
        version=row.originator_version,
        topic=row.topic,
        state=row.state,
    )
    assert leaf_hash(hashed).hex() == golden["leaf_hash"]


@pytest.mark.parametrize(("name", "line"), first_of_each_fact().items())
def test_every_fact_is_written_as_its_golden_line(name: str, line: Line) -> None:
    (today,) = to_stored_events([line])
    path = Path(__file__).parent.parent / "golden" / f"{name}.json"
    position = line.version
    hashed = entry(position - 1, str(SHEET), version=position, topic=today.topic, state=today.state)
    expected = {
        "position": position,
        "stream": str(SHEET),
        "version": line.version,
        "topic": today.topic,
        "state": today.state.decode(),
        "leaf_hash": leaf_hash(hashed).hex(),
    }
    # A fact that is new has no file yet: this is what belongs into it.
    assert path.is_file(), json.dumps(expected, ensure_ascii=False, indent=2)
    assert json.loads(path.read_text(encoding="utf-8")) == expected


def test_every_fact_has_a_golden_line() -> None:
    assert {f"{name}.{fact.SHAPE}" for name, fact in FACTS.items()} <= {p.stem for p in GOLDEN}
    assert len(FACTS) == sum(len(get_args(room)) for room in ROOMS)


@given(any_line)
def test_any_line_comes_back_and_is_written_the_same_again(line: Line) -> None:
    (row,) = to_stored_events([line])
    back = to_line(row)
    assert back == line
    (again,) = to_stored_events([back])
    assert again == row


def test_bytes_are_compact_json_in_utc_with_letters_as_they_are() -> None:
    line = LINES[7]
    (row,) = to_stored_events([line])
    body = json.loads(row.state)
    assert list(body) == ["at", "by", "command", "fact", "shape"]
    compact = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    assert row.state == compact.encode()
    assert body["at"] == "2026-10-05T01:00:00+00:00"
    assert "Chấm sót câu 4".encode() in row.state


def test_the_lines_of_one_append_are_written_as_each_alone() -> None:
    (line, *_) = LINES
    together = [line, Line(SHEET, 2, LINES[8].fact, line.by, line.at, line.command_id)]
    assert to_stored_events(together) == [
        row for line in together for row in to_stored_events([line])
    ]
    assert to_stored_events([]) == []


def test_a_position_comes_from_the_ledger_or_from_who_knows_it() -> None:
    (row,) = to_stored_events(LINES[:1])
    noted = Notification(row.originator_id, row.originator_version, row.topic, row.state, 7)
    assert to_line(noted).position == 7
    assert to_line(row).position == 0
    assert to_line(row, position=9).position == 9


def test_an_old_shape_is_lifted_step_by_step() -> None:
    def name_the_mark(body: Body) -> Body:
        return {**body, "after": {8: "8.0"}[body["score"]], "score": None}

    def drop_the_score(body: Body) -> Body:
        return {name: value for name, value in body.items() if name != "score"}

    upcasters = {("mark-entered", -1): name_the_mark, ("mark-entered", 0): drop_the_score}
    (row,) = to_stored_events([LINES[8]])
    body = json.loads(row.state)
    body["fact"] = {"pupil": str(AN), "column": "final", "score": 8}
    body["shape"] = -1
    old = StoredEvent(
        row.originator_id, row.originator_version, row.topic, json.dumps(body).encode()
    )
    lifted = to_line(old, upcasters=upcasters)
    assert lifted.fact == MarkEntered(pupil=AN, column="final", after=Mark.of("8.0"))


def test_a_request_of_the_first_shape_says_no_more_than_it_knew() -> None:
    (path,) = [path for path in GOLDEN if path.stem == "correction-requested.1"]
    row, _ = stored(path)
    fact, today = to_line(row).fact, LINE_OF_VERSION[row.originator_version].fact
    assert isinstance(today, CorrectionRequested)
    asked = {"cause": CorrectionCause.OTHER, "found_by": FoundBy.TEACHER}
    assert fact == today.model_copy(update=asked)
    in_time = row.state.replace(b'"late":true', b'"late":false')
    on_time = to_line(StoredEvent(row.originator_id, 22, row.topic, in_time)).fact
    assert on_time == today.model_copy(update={**asked, "late_because": ()})


def test_every_upcaster_leads_to_the_shape_of_today() -> None:
    for name, shape in UPCASTERS:
        assert name in FACTS
        today = FACTS[name].SHAPE
        assert (name, shape + 1) in UPCASTERS or shape + 1 == today


def test_an_unknown_field_is_no_fact() -> None:
    (row,) = to_stored_events([LINES[8]])
    body = json.loads(row.state)
    body["fact"]["name"] = "Trần Thị An"
    forged = StoredEvent(row.originator_id, 9, row.topic, json.dumps(body).encode())
    with pytest.raises(ValueError, match="name"):
        to_line(forged)


# Text that people type stands in a reason alone; everything else is one of a closed set of words.
SPELLED = {
    "month",
    *("figures", "q", "effect", "other_column"),  # of a finding
    *("school_year", "class_group", "subject", "column", "columns", "sha256", "media_type"),
    *("command", "refusal", "cells", "calendar", "department", "from_class", "to_class"),
    *("sheets", "single_subject_policy", "subjects", "classes"),
    *("digest", "level", "base", "adjusted_for", "award", "conduct", "study"),
    *("circular", "policy"),
    *("evidence", "files", "previous"),  # hashes
    *("root", "note", "consistency"),  # of a tree: hashes
    *("origin", "witness"),  # the names of keys
    *("credential", "public_key", "certificate"),  # of keys and their hashes
    *("statement", "client_data", "authenticator_data", "signature"),  # of an approval
}
# The school's own names for itself and for its departments are no names of people.
TYPED_BY_PEOPLE = {
    "reason",
    "why",
    "remark",
    "text",
    "legal_basis",
    "ordered_by",
    "question",
    "answer",
    "resolution",
}
NAMES_OF_THE_SCHOOL = {"school_name", "governing_body", "school_code", "place", "title"}
# And for its log.
NAMES_OF_THE_SCHOOL |= {"old_origin", "new_origin"}


def text_fields(model: type[BaseModel]) -> Iterator[str]:
    """The fields of a model, and of the models inside it, that hold any text."""
    for name, field in model.model_fields.items():
        for part in parts(field.annotation):
            if part is str:
                yield name
            elif isinstance(part, type) and issubclass(part, BaseModel):
                yield from text_fields(part)


def parts(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever a field may be declared as
    if get_origin(annotation) in {tuple, UnionType} or get_args(annotation):
        for argument in get_args(annotation):
            yield from parts(argument)
    else:
        yield annotation


@pytest.mark.parametrize("kind", FACTS.values(), ids=FACTS)
def test_no_fact_has_room_for_a_name(kind: type[Fact]) -> None:
    assert set(text_fields(kind)) <= SPELLED | TYPED_BY_PEOPLE | NAMES_OF_THE_SCHOOL


def test_text_is_seen_wherever_it_stands_in_a_fact() -> None:
    seen = {name for kind in FACTS.values() for name in text_fields(kind)}
    assert seen == SPELLED | TYPED_BY_PEOPLE | NAMES_OF_THE_SCHOOL
    inside_values = {
        *("sha256", "media_type", "why", "single_subject_policy", "classes"),
        *("digest", "base", "adjusted_for", "award", "conduct", "study"),
        *("legal_basis", "ordered_by"),
        *("origin", "witness", "root", "note"),
        *("client_data", "authenticator_data", "signature"),
        *("figures", "q", "effect", "other_column"),
    }
    assert seen <= set(FIELDS) | inside_values
