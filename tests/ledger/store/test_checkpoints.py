"""Which checkpoint is found: always the one that a look at all of them would choose."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from ledger.store.checkpoints import Checkpoints, Published
from ledger.trust.checkpoint import Checkpoint
from ledger.trust.note import Algorithm, SigningKey

LOG = SigningKey.from_seed("so-diem/1", Algorithm.ED25519, bytes(32))
OTHER_LOG = SigningKey.from_seed("so-diem/1/r2", Algorithm.ED25519, bytes(range(32)))
WITNESSES = {
    name: SigningKey.from_seed(name, Algorithm.COSIGNATURE, name.encode() * 32) for name in "abc"
}
# Who has cosigned the checkpoint of each size; "aa" is one witness that did so twice.
COSIGNED = {3: "ab", 7: "abc", 8: "", 12: "aa", 13: "b", 20: "ac", 21: "", 34: "b", 35: ""}


@pytest.fixture
def kept(engine: Engine) -> Checkpoints:
    checkpoints = Checkpoints(engine)
    for log in (LOG, OTHER_LOG):
        for size, names in COSIGNED.items():
            checkpoint = Checkpoint(log.name, size, bytes(32))
            note = checkpoint.signed(log)
            checkpoints.keep(note, signed_at=datetime(2026, 10, 5, tzinfo=UTC))
            for at, name in enumerate(names if log is LOG else "", 1):
                cosignature = WITNESSES[name].cosign(note.text, at=at)
                checkpoints.keep_cosignature(checkpoint, cosignature)
    return checkpoints


def size_of(found: Published | None) -> int | None:
    return found.checkpoint.size if found else None


@pytest.mark.parametrize("least", [1, 2, 3, 4])
def test_the_newest_that_enough_have_cosigned(kept: Checkpoints, least: int) -> None:
    sizes = [size for size, names in COSIGNED.items() if len(set(names)) >= least]
    assert size_of(kept.latest_cosigned("so-diem/1", least=least)) == max(sizes, default=None)
    assert kept.latest_cosigned("so-diem/1/r2", least=least) is None


@pytest.mark.parametrize("least", [0, 1, 2])
def test_the_first_over_a_line_that_enough_of_these_have_cosigned(
    kept: Checkpoints, least: int
) -> None:
    for position in range(1, 40):
        sizes = [
            size
            for size, names in COSIGNED.items()
            if size >= position and len(set(names) & set("bc")) >= least
        ]
        found = kept.covering("so-diem/1", position, by=("b", "c"), least=least)
        assert size_of(found) == min(sizes, default=None), position


def test_the_newest_of_one_log_and_who_has_cosigned_them(kept: Checkpoints) -> None:
    recent = kept.recent("so-diem/1", limit=4)
    assert [published.checkpoint.size for published in recent] == [35, 34, 21, 20]
    names = [sorted(one.name for one in published.note.signatures[1:]) for published in recent]
    assert names == [[], ["b"], [], ["a", "c"]]
    assert kept.origins() == {"so-diem/1", "so-diem/1/r2"}
    assert size_of(kept.latest("so-diem/1/r2")) == 35
