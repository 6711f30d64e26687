"""What lies inside a biên bản: data without names, proofs that hold, evidence byte for byte."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from ledger.trust.merkle import leaf_hash
from ledger.trust.policy import Policy
from ledger.trust.proof import TlogProof
from tests.browser.stage import PUPILS, STAFF, Stage, copied_stage, watch
from tests.ledger.witnesses import Watchers
from tests.school import FIX
from tests.web.filed import correct
from tests.web.published import describe
from web.dossiers.attached import DATA_NAME, attachments_of
from web.dossiers.contents import gather
from web.papers.typesetting import Attachment
from web.refusals import LineDiffersFromPublished

_STATE = text("SELECT state FROM event WHERE position = :at")
_REWRITE = text("UPDATE event SET state = :state WHERE position = :at")


@pytest.fixture(scope="session")
def built_school(built_school: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with one corrected mark, made once."""
    folder = tmp_path_factory.mktemp("attached") / "school"
    with copied_stage(built_school, folder) as stage:
        describe(stage)
        correct(stage, FIX, PUPILS[0], "midterm")
    return folder


def attached_by(stage: Stage) -> dict[str, Attachment]:
    record = gather(stage.desk, FIX, at=stage.clock())
    attached = attachments_of(stage.desk, record)
    by_name = {each.name: each for each in attached}
    assert len(by_name) == len(attached)
    return by_name


def data_in(attached: dict[str, Attachment]) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(attached[DATA_NAME].content)
    return data


def test_the_evidence_is_inside_as_it_is_kept(stage: Stage) -> None:
    attached = attached_by(stage)
    for told in data_in(attached)["evidence"]:
        file = attached[told["name"]]
        assert sha256(file.content).hexdigest() == told["sha256"]
        assert file.media_type == told["media_type"]
        assert file.relationship == "source"


def test_the_data_names_nobody(stage: Stage) -> None:
    told = attached_by(stage)[DATA_NAME].content.decode()
    for _, family, given in STAFF.values():
        assert family not in told
        assert f'"{given}' not in told
    assert "Trần Văn" not in told
    assert "HS0001" not in told
    assert str(PUPILS[0]) in told


def test_each_line_is_proven_by_the_key_of_the_school(stage: Stage) -> None:
    attached = attached_by(stage)
    data = data_in(attached)
    positions = [one["position"] for one in data["facts"]]
    assert len(positions) == 8
    assert data["proven"] == positions
    (key,) = stage.desk.keys.log_keys()
    policy = Policy(logs={key.verifier: None})
    checkpoints = set()
    for one in data["facts"]:
        entry = attached[f"dong-{one['position']}.entry"].content
        proof = TlogProof.parse(attached[f"dong-{one['position']}.tlog-proof"].content)
        checkpoints.add(proof.verify(leaf_hash(entry), policy).checkpoint)
        assert f"\n{one['name']}".encode() in entry
    assert len(checkpoints) == 1  # one history


def test_a_log_that_cannot_be_published_leaves_the_proofs_out_and_says_so(stage: Stage) -> None:
    watch(stage, Watchers())
    attached = attached_by(stage)
    assert data_in(attached)["proven"] == []
    assert not [name for name in attached if name.startswith("dong-")]
    assert len(attached) == 3


def test_lines_that_were_rewritten_are_not_put_on_paper(stage: Stage) -> None:
    stage.desk.publisher.publish()
    position = gather(stage.desk, FIX, at=stage.clock()).facts[0].position
    with stage.desk.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER event_no_update"))
        (state,) = connection.execute(_STATE, {"at": position}).one()
        better = bytes(state).replace(b"8.5", b"9.5")
        assert better != state
        connection.execute(_REWRITE, {"at": position, "state": better})
    with pytest.raises(LineDiffersFromPublished):
        attached_by(stage)
