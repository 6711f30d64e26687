"""Every code is found where somebody really tampered, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ledger.line import Line
from ledger.school.closed import Cosigned, Seal, YearClosed
from ledger.store import tables
from ledger.store.codec import to_stored_events
from ledger.store.recorder import CommandKey
from ledger.trust.merkle import empty_root
from ledger.trust.note import Algorithm, SigningKey
from ledger.trust.policy import Policy
from ledger.verification import CODES, REMARKS, Finding, Remembered, Report, Trusted
from ledger.vocabulary import CommandId
from tests.ledger.verification.scene import LOG, ORIGIN, SEALED, WITNESS, Scene
from tests.ledger.verification.tampering import CASES, MARK, NOWHERE, OTHER, change_line, seal_again
from tests.school import LAN, NGOC, NOW, PAPER

# Found by what is brought along, by SQLite about itself, in the vault or in a dossier, each tested
# for itself.
ELSEWHERE = {
    *("remembered-unsigned", "remembered-beyond-end", "remembered-differs"),
    *("log-key-not-given", "log-key-lost", "witness-unknown", "told-head-differs"),
    "approval-proof-wrong",
    *("line-malformed", "database-damaged", "database-unreadable"),
    *(code for code in CODES if code.startswith(("vault-", "dossier-"))),
}


# What each database stores and answers in its own way; the rest is decided on the same rows.
ON_BOTH = (
    *("position-missing", "leaf-differs", "head-root-differs", "head-malformed"),
    *("command-differs", "checkpoint-malformed", "checkpoint-differs", "cosignature-orphaned"),
    *("guard-fallen", "guard-unknown", "seals-missing"),
    *("projection-differs", "projection-malformed"),
)

on_the_same_rows = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_an_honest_school_gives_nothing(scene: Scene) -> None:
    report = scene.verified()
    assert (report.findings, report.remarks) == ([], [])
    assert report.latest_cosigned is not None
    assert report.latest_cosigned.cosigned == {"so": int(NOW.timestamp())}
    nothing = {name for name, count in report.checked.items() if not count}
    assert nothing == {"approvals", "remembered", "told-heads"}


@pytest.mark.parametrize("code", ON_BOTH)
def test_tampering_is_found(scene: Scene, code: str) -> None:
    found_after(scene, code)


@on_the_same_rows
@pytest.mark.parametrize("code", sorted(CASES.keys() - {*ON_BOTH}))
def test_other_tampering_is_found(scene: Scene, code: str) -> None:
    found_after(scene, code)


def found_after(scene: Scene, code: str) -> None:
    CASES[code](scene)
    report = scene.verified()
    assert code in report.counts
    assert report.is_clean == (code in REMARKS)


def test_every_code_has_its_case() -> None:
    assert {*CASES, *ELSEWHERE} == CODES.keys()


def one(report: Report, code: str) -> Finding:
    (found,) = [found for found in report.findings if found.code == code]
    return found


@on_the_same_rows
def test_the_first_broken_line_is_named_with_what_it_is_and_has_to_be(scene: Scene) -> None:
    kept = scene.school.ledger.recorder.leaf_hashes(MARK - 1, MARK)[0]
    CASES["leaf-differs"](scene)
    first = scene.verified().findings[0]
    assert (first.code, first.position, first.expected) == ("leaf-differs", MARK, kept.hex())
    assert len(first.found) == len(first.expected)
    assert first.found != first.expected


@on_the_same_rows
def test_a_line_changed_with_its_hash_lies_where_the_first_subtree_differs(scene: Scene) -> None:
    change_line(state=b"{}")(scene)
    found = one(scene.verified(), "head-root-differs")
    assert (found.position, found.where) == (1, "1–4")  # of 7 lines, in subtrees of 4, 2 and 1


@on_the_same_rows
def test_a_change_after_a_checkpoint_that_holds_comes_after_its_lines(scene: Scene) -> None:
    seal_again(5, NOWHERE)(scene)
    honest = scene.note
    with scene.engine.begin() as connection:
        connection.execute(
            tables.checkpoint.insert().values(
                origin=ORIGIN,
                size=SEALED,
                root=scene.school.ledger.recorder.tree.root(SEALED),
                note=honest.to_bytes(),
                signed_at=NOW.isoformat(),
            )
        )
    assert one(scene.verified(), "checkpoint-differs").position == SEALED + 1


@on_the_same_rows
def test_a_projection_row_is_told_by_what_differs(scene: Scene) -> None:
    CASES["projection-differs"](scene)
    found = scene.verified().findings
    assert {(each.expected, each.found) for each in found} == {
        ("mark=6.5", "mark=10.0"),
        ("mark=7.0", "mark=10.0"),
        ("mark=0.0", "mark=10.0"),
    }


@on_the_same_rows
def test_evidence_of_an_answer_has_to_be_there_like_that_of_a_request(scene: Scene) -> None:
    paper = PAPER.model_copy(update={"sha256": scene.evidence.put(b"a pupil's paper")})
    scene.school.handle(NGOC.at(NOW + timedelta(hours=5)).asks_back())
    scene.school.handle(LAN.at(NOW + timedelta(hours=6)).answers(evidence=(paper,)))
    assert scene.verified().findings == []
    scene.evidence.remove(paper.sha256)
    assert one(scene.verified(), "evidence-missing").where == paper.sha256


def close_the_year(scene: Scene, *, size: int, root: bytes) -> None:
    """Record the fact as a program does that lies about the seal."""
    cosigned = Cosigned(witness=WITNESS.name, cosigned_at=NOW)
    seal = Seal(origin=ORIGIN, size=size, root=root.hex(), cosigned=(cosigned,))
    fact = YearClosed(school_year="2026-2027", seal=seal)
    line = Line(OTHER, 1, fact, NGOC.author, NOW, CommandId(OTHER))
    scene.school.ledger.recorder.insert_events(
        to_stored_events([line]), command=CommandKey(OTHER, NOWHERE)
    )
    scene.school.projections.catch_up()


@on_the_same_rows
@pytest.mark.parametrize(("size", "honest"), [(5, True), (5, False), (90, False)])
def test_a_head_that_a_fact_names_is_that_of_the_lines_before(
    scene: Scene, *, size: int, honest: bool
) -> None:
    root = scene.school.ledger.recorder.tree.root(size) if honest else NOWHERE
    close_the_year(scene, size=size, root=root)
    report = scene.verified()
    assert report.is_clean == honest
    assert ("told-head-differs" in report.counts) == (not honest)


def remembered(size: int, root: bytes) -> list[Remembered]:
    return [Remembered(size, root, where="paper")]


@on_the_same_rows
def test_a_remembered_head_that_the_lines_continue_is_right(scene: Scene) -> None:
    kept = Remembered.from_note(scene.note.to_bytes(), where="note")
    report = scene.verified(remembered=[kept])
    assert (report.is_clean, report.checked["remembered"]) == (True, 1)


@on_the_same_rows
@pytest.mark.parametrize(
    ("size", "code"), [(SEALED, "remembered-differs"), (90, "remembered-beyond-end")]
)
def test_a_remembered_head_shows_another_ledger(scene: Scene, size: int, code: str) -> None:
    report = scene.verified(remembered=remembered(size, NOWHERE))
    assert one(report, code).where == "paper"


@on_the_same_rows
def test_a_remembered_head_of_an_empty_ledger_is_continued_by_any(scene: Scene) -> None:
    assert scene.verified(remembered=remembered(0, empty_root)).is_clean


@on_the_same_rows
def test_a_remembered_note_has_to_be_signed_by_the_log(scene: Scene) -> None:
    stranger = SigningKey.from_seed(ORIGIN, Algorithm.ED25519, b"s" * 32)
    note = replace(scene.note, signatures=(stranger.sign(scene.note.text),))
    kept = Remembered.from_note(note.to_bytes(), where="note")
    assert one(scene.verified(remembered=[kept]), "remembered-unsigned").where == "note"


@on_the_same_rows
def test_a_remembered_note_with_a_forged_cosignature_means_nothing(scene: Scene) -> None:
    note = scene.note.signed_with(WITNESS.cosign("another text\n", at=int(NOW.timestamp())))
    kept = Remembered.from_note(note.to_bytes(), where="note")
    assert one(scene.verified(remembered=[kept]), "remembered-unsigned").expected == WITNESS.name


@on_the_same_rows
def test_who_brings_no_keys_is_told_what_was_not_checked(scene: Scene) -> None:
    report = scene.verified(Trusted())
    assert report.is_clean
    assert {found.code for found in report.remarks} == {"log-key-not-given", "witness-unknown"}


@on_the_same_rows
def test_a_stranger_is_noted_and_not_believed(scene: Scene) -> None:
    report = scene.verified(Trusted([LOG.verifier], Policy()))
    assert [(found.code, found.where) for found in report.remarks] == [
        ("witness-unknown", WITNESS.name)
    ]
    assert report.latest_cosigned is None
