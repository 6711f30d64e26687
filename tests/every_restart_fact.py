"""What a school records when its log begins anew."""

from typing import Final

from ledger.school.incarnation import LogRestarted, LostLines, PublishedHead, TreeHead
from ledger.trust.merkle import consistency_proof, leaf_hash, root
from tests.scenario import Past
from tests.school import KHOA, NGOC

_LEAVES: Final = [leaf_hash(b"%d" % number) for number in range(1, 13)]


def head_of(size: int) -> TreeHead:
    """The head of a small tree at this size."""
    return TreeHead(size=size, root=root(_LEAVES[:size]).hex())


def proof_between(size1: int, size2: int) -> tuple[str, ...]:
    """That the same tree at the second size continues that at the first."""
    return tuple(one.hex() for one in consistency_proof(size1, size2, _LEAVES))


RESTORED: Final = LogRestarted(
    old_origin="so-diem/31000001",
    new_origin="so-diem/31000001/r2",
    published=PublishedHead(size=12, root=head_of(12).root, note="ab" * 32),
    continued=head_of(3),
    restored=head_of(7),
    consistency=proof_between(3, 7),
    lost=LostLines(first=8, last=12),
    key_lost=False,
    reason="Ổ cứng máy chủ hỏng ngày 05/10, khôi phục từ bản sao đêm trước",
    administrator=KHOA.person,
)

RESTART: tuple[Past, ...] = (NGOC.wrote(RESTORED),)
