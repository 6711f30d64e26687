"""Evidence files: found by their content, whole or not at all, and nothing outside the folder."""

from hashlib import sha256
from pathlib import Path

import pytest

from ledger.store.evidence import EvidenceAltered, EvidenceMissing, EvidenceStore

SCAN = b"%PDF-1.7 bien ban"
DIGEST = sha256(SCAN).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


@pytest.fixture
def evidence(folder: Path) -> EvidenceStore:
    return EvidenceStore(folder)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_put_is_read_by_its_sha256(evidence: EvidenceStore) -> None:
    assert evidence.put(SCAN) == DIGEST
    assert evidence.read(DIGEST) == SCAN


def test_the_same_evidence_put_twice_is_one_file(evidence: EvidenceStore, folder: Path) -> None:
    assert evidence.put(SCAN) == evidence.put(SCAN)
    assert len(files(folder)) == 1


def test_evidence_that_was_never_put_is_missing(evidence: EvidenceStore) -> None:
    with pytest.raises(EvidenceMissing):
        evidence.read(DIGEST)


def test_an_altered_file_is_never_handed_out(evidence: EvidenceStore, folder: Path) -> None:
    evidence.put(SCAN)
    (file,) = files(folder)
    file.write_bytes(b"another story")
    with pytest.raises(EvidenceAltered):
        evidence.read(DIGEST)


def test_putting_an_altered_file_again_repairs_it(evidence: EvidenceStore, folder: Path) -> None:
    evidence.put(SCAN)
    (file,) = files(folder)
    file.write_bytes(b"another story")
    evidence.put(SCAN)
    assert evidence.read(DIGEST) == SCAN


@pytest.mark.parametrize(
    "name",
    ["../secret", "..", "", DIGEST.upper(), DIGEST + "\n", "/etc/passwd", DIGEST[:-1]],
    ids=["parent", "dots", "nothing", "upper case", "line end", "absolute", "too short"],
)
def test_a_name_that_is_no_digest_reaches_no_file(
    evidence: EvidenceStore, folder: Path, name: str
) -> None:
    evidence.put(SCAN)
    (folder.parent / "secret").write_bytes(b"not evidence")
    with pytest.raises(EvidenceMissing):
        evidence.read(name)


def test_a_write_that_fails_leaves_nothing_behind(evidence: EvidenceStore, folder: Path) -> None:
    # The place of the file is taken by a folder, so the last step, the rename, fails.
    (folder / DIGEST[:2] / DIGEST).mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        evidence.put(SCAN)
    assert files(folder) == []
