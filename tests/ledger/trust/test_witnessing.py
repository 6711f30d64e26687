"""What a witness agrees to and why not: each answer, and which one where several would do."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.trust.checkpoint import Checkpoint
from ledger.trust.merkle import empty_root
from ledger.trust.note import Algorithm, Note, SignatureInvalid, SigningKey
from ledger.trust.witnessing import (
    AddCheckpoint,
    Answer,
    Seen,
    Suspicion,
    WitnessRefuses,
    must_continue,
    suspicion,
)
from tests.logs import LEAVES, SchoolLog

LOG = SchoolLog()
FORK = LOG.forked_after(5)
sizes = st.integers(0, LEAVES)


def seen(size: int, log: SchoolLog = LOG) -> Seen:
    return Seen(size, log.checkpoint(size).root)


def answer_to(asked: AddCheckpoint, remembered: Seen) -> Answer | None:
    try:
        must_continue(asked, remembered)
    except WitnessRefuses as refusal:
        return refusal.answer
    return None


def test_only_who_asks_from_another_size_is_told_which_was_seen() -> None:
    with pytest.raises(WitnessRefuses) as refusal:
        must_continue(LOG.asks(0, 8), seen(5))
    assert refusal.value.known_size == 5
    with pytest.raises(WitnessRefuses) as refusal:
        must_continue(replace(LOG.asks(5, 8), proof=()), seen(5))
    assert refusal.value.known_size is None


@given(sizes, sizes)
def test_whatever_continues_what_was_seen_is_cosigned(one: int, other: int) -> None:
    old, size = sorted((one, other))
    assert answer_to(LOG.asks(old, size), seen(old)) is None


@given(old=sizes, size=sizes, remembered=sizes)
def test_who_does_not_ask_from_the_remembered_size_is_told_it(
    old: int, size: int, remembered: int
) -> None:
    answer = answer_to(LOG.asks(old, size), seen(remembered))
    if old > size:
        assert answer is Answer.MALFORMED
    elif old != remembered:
        assert answer is Answer.OTHER_SIZE
    else:
        assert answer is None


@given(st.integers(1, LEAVES - 1), st.data())
def test_no_history_is_cosigned_that_parts_from_what_was_seen(at: int, data: st.DataObject) -> None:
    fork = LOG.forked_after(at)
    old = data.draw(st.integers(at + 1, LEAVES))
    size = data.draw(st.integers(old, LEAVES))
    assert answer_to(fork.asks(old, size), seen(old)) is not None


SOME_HASH = bytes(32)
TABLE = [
    # old size greater than the checkpoint's, before anything about what was seen
    (LOG.asks(8, 5), seen(8), Answer.MALFORMED),
    (LOG.asks(9, 5), seen(8), Answer.MALFORMED),
    # another size than was seen, before any proof is looked at
    (LOG.asks(0, 8), seen(5), Answer.OTHER_SIZE),
    (LOG.asks(5, 8), Seen(), Answer.OTHER_SIZE),
    (replace(LOG.asks(3, 8), proof=()), seen(5), Answer.OTHER_SIZE),
    (FORK.asks(3, 8), seen(5), Answer.OTHER_SIZE),
    # the same size: the root decides, then the proof has to be empty
    (LOG.asks(8, 8), seen(8), None),
    (FORK.asks(8, 8), seen(8), Answer.OTHER_SIZE),
    (replace(FORK.asks(8, 8), proof=(SOME_HASH,)), seen(8), Answer.OTHER_SIZE),
    (replace(LOG.asks(8, 8), proof=(SOME_HASH,)), seen(8), Answer.NOT_CONSISTENT),
    # a larger one: the proof decides
    (LOG.asks(5, 8), seen(5), None),
    (FORK.asks(8, 12), seen(8), Answer.NOT_CONSISTENT),
    (replace(LOG.asks(5, 8), proof=()), seen(5), Answer.NOT_CONSISTENT),
    (replace(LOG.asks(5, 8), proof=(SOME_HASH,) * 63), seen(5), Answer.NOT_CONSISTENT),
    # nothing was seen: whatever is signed is taken, and there is nothing to prove
    (LOG.asks(0, 8), Seen(), None),
    (replace(LOG.asks(0, 8), proof=(SOME_HASH,)), Seen(), Answer.NOT_CONSISTENT),
    # the empty tree has one root only
    (LOG.asks(0, 0), Seen(), None),
    (
        AddCheckpoint(0, (), Checkpoint(LOG.origin, 0, SOME_HASH).signed(LOG.key)),
        Seen(),
        Answer.OTHER_SIZE,
    ),
]


@pytest.mark.parametrize(("asked", "remembered", "answer"), TABLE)
def test_each_answer_in_its_turn(
    asked: AddCheckpoint, remembered: Seen, answer: Answer | None
) -> None:
    assert answer_to(asked, remembered) is answer


def test_the_largest_size_that_can_be_written_is_refused_like_any_other() -> None:
    largest = Checkpoint(LOG.origin, 2**63 - 1, SOME_HASH).signed(LOG.key)
    assert answer_to(AddCheckpoint(5, (SOME_HASH,), largest), seen(5)) is Answer.NOT_CONSISTENT


class TestSignatures:
    rotated = SchoolLog(seed="second")
    stranger = SchoolLog(origin="so-diem/bang-lang")

    def refused(self, asked: AddCheckpoint, *logs: SchoolLog) -> Answer:
        with pytest.raises(WitnessRefuses) as refusal:
            asked.signed_by_log([log.vkey for log in logs])
        return refusal.value.answer

    def test_a_log_without_a_key_is_not_known(self) -> None:
        assert self.refused(LOG.asks(0, 5)) is Answer.UNKNOWN_LOG

    def test_only_a_trusted_key_opens(self) -> None:
        assert self.refused(LOG.asks(0, 5), self.rotated) is Answer.NOT_SIGNED
        assert self.refused(LOG.asks(0, 5), self.stranger) is Answer.NOT_SIGNED

    def test_any_of_the_keys_of_a_log_will_do(self) -> None:
        for log in (LOG, self.rotated):
            note = log.note(5)
            assert AddCheckpoint(0, (), note).signed_by_log([LOG.vkey, self.rotated.vkey]) == note

    def test_lines_of_unknown_keys_are_ignored_and_not_kept(self) -> None:
        witness = SigningKey.from_seed("nhan-chung", Algorithm.COSIGNATURE, bytes(32))
        text = LOG.note(5).text
        more = (
            self.stranger.key.sign(text),
            self.rotated.key.sign("x\n"),
            witness.cosign(text, at=7),
        )
        asked = AddCheckpoint(0, (), LOG.note(5).signed_with(*more))
        assert asked.signed_by_log([LOG.vkey]) == LOG.note(5)

    def test_a_false_line_of_a_trusted_key_spoils_the_note(self) -> None:
        false = replace(LOG.note(5).signatures[0], value=bytes(64))
        asked = AddCheckpoint(
            0, (), Note(LOG.note(5).text, (false, *self.rotated.note(5).signatures))
        )
        assert self.refused(asked, LOG, self.rotated) is Answer.NOT_SIGNED

    def test_a_signature_over_another_checkpoint_is_none(self) -> None:
        moved = Note(LOG.note(5).text, LOG.note(6).signatures)
        assert self.refused(AddCheckpoint(0, (), moved), LOG) is Answer.NOT_SIGNED


class TestSuspicion:
    def of(
        self, asked: AddCheckpoint, remembered: Seen, root_then: bytes | None = None
    ) -> Suspicion | None:
        answer = answer_to(asked, remembered)
        assert answer is not None
        return suspicion(answer, asked.checkpoint, remembered, root_then)

    def test_two_roots_of_one_size_are_a_fork_whatever_the_answer_was(self) -> None:
        then = seen(8).root
        assert self.of(FORK.asks(8, 8), seen(8), then) is Suspicion.FORKED
        assert self.of(FORK.asks(0, 8), seen(8), then) is Suspicion.FORKED
        assert self.of(FORK.asks(0, 8), seen(12), then) is Suspicion.FORKED
        assert self.of(FORK.asks(12, 8), seen(12), then) is Suspicion.FORKED

    def test_what_was_cosigned_before_may_come_again(self) -> None:
        assert self.of(LOG.asks(5, 8), seen(12), seen(8).root) is None
        assert self.of(LOG.asks(12, 8), seen(12), seen(8).root) is None

    def test_a_size_that_was_passed_by_looks_like_an_old_backup(self) -> None:
        assert self.of(LOG.asks(5, 8), seen(12)) is Suspicion.ROLLED_BACK
        assert self.of(LOG.asks(12, 8), seen(12)) is Suspicion.ROLLED_BACK

    def test_a_larger_one_without_a_proof_is_kept_in_mind(self) -> None:
        assert self.of(FORK.asks(8, 12), seen(8)) is Suspicion.NOT_CONTINUED

    def test_asking_for_the_size_suspects_nobody(self) -> None:
        assert self.of(LOG.asks(0, 12), seen(8)) is None
        assert self.of(LOG.asks(12, 12), seen(8)) is None
        empty = AddCheckpoint(0, (), Checkpoint(LOG.origin, 0, empty_root).signed(LOG.key))
        assert self.of(empty, seen(8)) is None

    def test_the_empty_tree_has_one_root(self) -> None:
        lie = AddCheckpoint(0, (), Checkpoint(LOG.origin, 0, SOME_HASH).signed(LOG.key))
        assert self.of(lie, Seen(), empty_root) is Suspicion.FORKED


# The example of tlog-witness: the bytes of a request are the interface.
EXAMPLE = """\
old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
""".encode()  # noqa: E501  (the lines are as the specification has them)


class TestBytes:
    def test_the_example_of_the_specification_is_read_and_written_back(self) -> None:
        asked = AddCheckpoint.parse(EXAMPLE)
        assert asked.old_size == 20852014
        assert len(asked.proof) == 4
        assert asked.checkpoint.size == 20852163
        assert asked.checkpoint.origin == "example.com/behind-the-sofa"
        assert asked.to_bytes() == EXAMPLE

    @given(sizes, sizes)
    def test_what_is_asked_is_what_is_read(self, old: int, size: int) -> None:
        asked = LOG.asks(old, size)
        assert AddCheckpoint.parse(asked.to_bytes()) == asked

    @pytest.mark.parametrize(
        ("written", "instead"),
        [
            (b"old 20852014\n", b""),
            (b"old ", b"Old "),
            (b"old ", b"old  "),
            (b"old 2", b"old 02"),
            (b"old 2", b"old +2"),
            (b"old 20852014", b"old 9223372036854775808"),
            (b"old 20852014\n", b"old 20852014\r\n"),
            (b"PlRN", b"PlR\xff"),
            (b"kaw=\n", b"kaw\n"),
            (b"kaw=\n", b"kax=\n"),
            (b"kaw=\n", b"kaw= \n"),
            (b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n", b"PlRNCrwHpqhGrupu\n"),
            (b"PlRN", b"PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n" * 63 + b"PlRN"),
            (b"j/0=\n\n", b"j/0=\n"),
            (b"\n\nexample", b"\n\n\nexample"),
            (b"\n\n\xe2\x80\x94", b"\n\xe2\x80\x94"),
            (b"YQ8=\n", b"YQ8=\n\n"),
            (b"zm9Q=\n", b"zm9Q="),
            (b"20852163", b"x20852163"),
            (b"20852163", b"9223372036854775808"),
            (b"jxq2I=", b"jxq2A=="),
            (b"jxq2I=", "jxq2Ì=".encode()),
            (b"kaw=\n", "kaẃ=\n".encode()),
        ],
    )
    def test_a_slip_in_the_form_is_malformed(self, written: bytes, instead: bytes) -> None:
        assert written in EXAMPLE
        with pytest.raises(WitnessRefuses) as refusal:
            _ = AddCheckpoint.parse(EXAMPLE.replace(written, instead, 1)).checkpoint
        assert refusal.value.answer is Answer.MALFORMED

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_malformed(self, content: bytes) -> None:
        # Nothing else is raised.
        with suppress(WitnessRefuses):
            assert AddCheckpoint.parse(content).to_bytes() == content


def test_a_cosignature_from_beyond_all_time_is_none() -> None:
    witness = SigningKey.from_seed("nhan-chung", Algorithm.COSIGNATURE, bytes(32))
    text = LOG.note(5).text
    witness.verifier.verify(text, witness.cosign(text, at=2**63 - 1))
    with pytest.raises(SignatureInvalid):
        witness.verifier.verify(text, witness.cosign(text, at=2**63))
