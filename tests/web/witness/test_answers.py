"""The exchanges of a log with its witness, one after the other as they come."""

from dataclasses import replace

import httpx2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Note, Signature
from ledger.trust.witnessing import SIZE_TYPE, AddCheckpoint, Suspicion
from tests.browser.stage import Clock
from tests.logs import SchoolLog
from web.witness.answering import Witness
from web.witness.app import BODY_LIMIT

LOG = SchoolLog()
FORK = LOG.forked_after(5)
OTHER = SchoolLog(origin="so-diem/bang-lang")


def ask(client: TestClient, asked: AddCheckpoint) -> httpx2.Response:
    return client.post("/add-checkpoint", content=asked.to_bytes())


def assert_cosigned(witness: Witness, answer: httpx2.Response, note: Note) -> Signature:
    """The answer is one cosignature of the witness over the note, at its present moment."""
    assert answer.status_code == 200, answer.text
    line = Signature.parse(answer.text.removesuffix("\n"))
    witness.key.verifier.verify(note.text, line)
    assert line.cosigned_at == int(witness.clock().timestamp())
    return line


def assert_size(answer: httpx2.Response, size: int) -> None:
    assert answer.status_code == 409
    assert answer.headers["content-type"] == SIZE_TYPE
    assert answer.content == f"{size}\n".encode()


def test_the_life_of_a_log_in_exchanges(client: TestClient, witness: Witness) -> None:
    assert ask(client, OTHER.asks(0, 1)).status_code == 404
    assert (
        ask(client, replace(LOG.asks(0, 1), note=SchoolLog(seed="stolen").note(1))).status_code
        == 403
    )
    assert_cosigned(witness, ask(client, LOG.asks(0, 1)), LOG.note(1))
    assert_size(ask(client, LOG.asks(0, 3)), 1)
    assert_cosigned(witness, ask(client, LOG.asks(1, 3)), LOG.note(3))
    assert_cosigned(witness, ask(client, LOG.asks(3, 3)), LOG.note(3))
    assert_size(ask(client, FORK.asks(1, 7)), 3)
    assert ask(client, replace(LOG.asks(3, 7), proof=())).status_code == 422
    assert ask(client, LOG.asks(7, 3)).status_code == 400
    assert_cosigned(witness, ask(client, LOG.asks(3, 7)), LOG.note(7))
    assert_size(ask(client, FORK.asks(7, 7)), 7)
    assert ask(client, FORK.asks(7, 12)).status_code == 422
    assert_cosigned(witness, ask(client, LOG.asks(7, 40)), LOG.note(40))


def test_what_is_remembered_is_a_note_that_stands_alone(
    client: TestClient, witness: Witness, clock: Clock
) -> None:
    ask(client, LOG.asks(0, 5))
    clock.forward(minutes=3)
    line = assert_cosigned(witness, ask(client, LOG.asks(5, 8)), LOG.note(8))
    last = witness.memory.last(LOG.origin)
    assert last is not None
    assert last.note == LOG.note(8).signed_with(line)
    assert last.at == clock()
    assert witness.memory.of_size(LOG.origin, 5) is not None


def test_the_same_size_again_renews_the_moment_and_nothing_else(
    client: TestClient, witness: Witness, clock: Clock
) -> None:
    ask(client, LOG.asks(0, 5))
    clock.forward(days=2)
    assert_cosigned(witness, ask(client, LOG.asks(5, 5)), LOG.note(5))
    last = witness.memory.last(LOG.origin)
    assert last is not None
    assert (last.checkpoint, last.at) == (LOG.checkpoint(5), clock())


def test_many_schools_know_nothing_of_each_other(client: TestClient, witness: Witness) -> None:
    witness.memory.trust(OTHER.vkey)
    assert_cosigned(witness, ask(client, LOG.asks(0, 5)), LOG.note(5))
    assert_cosigned(witness, ask(client, OTHER.asks(0, 8)), OTHER.note(8))
    assert_size(ask(client, OTHER.asks(5, 9)), 8)
    assert_cosigned(witness, ask(client, LOG.asks(5, 9)), LOG.note(9))
    pretended = Checkpoint(OTHER.origin, 9, LOG.checkpoint(9).root).signed(LOG.key)
    assert ask(client, AddCheckpoint(8, (), pretended)).status_code == 403


def test_a_new_key_of_the_same_log_continues_its_history(
    client: TestClient, witness: Witness
) -> None:
    renewed = SchoolLog(seed="second")
    ask(client, LOG.asks(0, 5))
    assert ask(client, renewed.asks(5, 8)).status_code == 403
    witness.memory.trust(renewed.vkey)
    assert_cosigned(witness, ask(client, renewed.asks(5, 8)), renewed.note(8))
    witness.memory.distrust(LOG.vkey)
    assert ask(client, LOG.asks(8, 9)).status_code == 403
    witness.memory.distrust(renewed.vkey)
    assert ask(client, renewed.asks(8, 9)).status_code == 404
    witness.memory.trust(renewed.vkey)
    assert_size(ask(client, renewed.asks(0, 9)), 8)


class TestEvidence:
    def suspected(self, witness: Witness) -> list[tuple[Suspicion, int]]:
        return [(one.suspicion, one.checkpoint.size) for one in witness.memory.suspects()]

    def test_a_fork_is_kept_beside_what_was_cosigned(
        self, client: TestClient, witness: Witness, clock: Clock
    ) -> None:
        ask(client, LOG.asks(0, 8))
        ask(client, LOG.asks(8, 12))
        clock.forward(hours=1)
        assert_size(ask(client, FORK.asks(12, 12)), 12)
        assert_size(ask(client, FORK.asks(0, 8)), 12)
        assert self.suspected(witness) == [(Suspicion.FORKED, 12), (Suspicion.FORKED, 8)]
        for one in witness.memory.suspects():
            assert one.at == clock()
            assert one.remembered is not None
            # Both notes are of the same size, both signed by the log: nobody can explain that.
            assert one.note == FORK.note(one.checkpoint.size)
            assert [*one.remembered.verified([LOG.vkey])] == [LOG.vkey]
            assert Checkpoint.parse(one.remembered.text) == LOG.checkpoint(one.checkpoint.size)

    def test_a_restored_backup_is_noticed(self, client: TestClient, witness: Witness) -> None:
        ask(client, LOG.asks(0, 12))
        assert ask(client, LOG.asks(12, 8)).status_code == 400
        assert_size(ask(client, LOG.asks(5, 7)), 12)
        assert self.suspected(witness) == [(Suspicion.ROLLED_BACK, 8), (Suspicion.ROLLED_BACK, 7)]

    def test_what_fills_up_again_past_the_old_size_is_noticed(
        self, client: TestClient, witness: Witness
    ) -> None:
        ask(client, LOG.asks(0, 8))
        assert ask(client, FORK.asks(8, 12)).status_code == 422
        assert self.suspected(witness) == [(Suspicion.NOT_CONTINUED, 12)]
        assert_cosigned(witness, ask(client, LOG.asks(8, 12)), LOG.note(12))
        assert self.suspected(witness) == [(Suspicion.FORKED, 12)]

    def test_a_false_proof_by_somebody_else_is_cleared_by_the_true_one(
        self, client: TestClient, witness: Witness
    ) -> None:
        ask(client, LOG.asks(0, 8))
        assert ask(client, replace(LOG.asks(8, 12), proof=())).status_code == 422
        assert self.suspected(witness) == [(Suspicion.NOT_CONTINUED, 12)]
        ask(client, LOG.asks(8, 12))
        assert self.suspected(witness) == []

    def test_who_asks_for_the_size_or_twice_or_is_no_log_leaves_nothing(
        self, client: TestClient, witness: Witness
    ) -> None:
        ask(client, LOG.asks(0, 8))
        for asked in (LOG.asks(0, 12), LOG.asks(0, 8), OTHER.asks(0, 2)):
            assert ask(client, asked).status_code in {404, 409}
        stranger = FORK.note(8).signatures[0]
        ask(
            client,
            AddCheckpoint(8, (), Note(FORK.note(8).text, (replace(stranger, value=bytes(64)),))),
        )
        assert self.suspected(witness) == []

    def test_the_same_evidence_is_kept_once(self, client: TestClient, witness: Witness) -> None:
        ask(client, LOG.asks(0, 8))
        for _ in range(3):
            ask(client, FORK.asks(8, 8))
        assert self.suspected(witness) == [(Suspicion.FORKED, 8)]


class TestStrangers:
    def test_a_body_beyond_all_proofs_is_not_read_to_its_end(
        self, client: TestClient, witness: Witness
    ) -> None:
        padded = LOG.asks(0, 5).to_bytes() + b"\n" * BODY_LIMIT
        assert client.post("/add-checkpoint", content=padded).status_code == 413
        chunks = iter([b"old 0\n"] * 20_000)
        assert client.post("/add-checkpoint", content=chunks).status_code == 413
        assert witness.memory.last(LOG.origin) is None

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
    @given(st.data())
    def test_no_bytes_are_an_error_of_the_server(
        self, client: TestClient, data: st.DataObject
    ) -> None:
        content = bytearray(LOG.asks(0, 9).to_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(0, len(content) - 1))
            content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
        answer = client.post("/add-checkpoint", content=bytes(content))
        assert answer.status_code in {200, 400, 403, 404, 409, 422}

    def test_signed_numbers_beyond_a_database_are_malformed(self, client: TestClient) -> None:
        for size in (2**63, 9_999_999_999_999_999_999):
            note = Checkpoint(LOG.origin, size, bytes(32)).signed(LOG.key)
            assert ask(client, AddCheckpoint(0, (), note)).status_code == 400
            assert ask(client, AddCheckpoint(size, (), LOG.note(5))).status_code == 400

    def test_only_what_is_offered_is_answered(self, client: TestClient) -> None:
        assert client.get("/add-checkpoint").status_code == 405
        assert client.post("/", content=b"").status_code == 405
        assert client.get("/openapi.json").status_code == 404
        assert client.get("/../witness.key").status_code == 404

    def test_answers_set_no_cookie_and_have_the_strict_headers(self, client: TestClient) -> None:
        for answer in (client.get("/"), ask(client, LOG.asks(0, 5)), client.get("/gi-do")):
            assert "set-cookie" not in answer.headers
            assert "default-src 'none'" in answer.headers["content-security-policy"]
            assert answer.headers["x-content-type-options"] == "nosniff"
