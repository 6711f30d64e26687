"""The measurements run and report what they promise; how fast is never asserted."""

from pathlib import Path

from bench.__main__ import flat, measure, table_of
from bench.anomaly_detection import figures_of, measure_detection
from bench.anomaly_tables import shown, tables_of, wilson
from bench.dossiers import measure_dossiers
from bench.exam_detection import measure_exams
from bench.proving import measure_proving
from bench.screening_file import measure_screening_file
from bench.witnessing import measure_witnessing

STEPS = ("digest", "load", "decide", "encode", "append: hash, insert, commit", "evolve")
OF_ANOMALIES = {
    f"anomalies: times_{unit}: {name}"
    for unit in ("ms", "of_bare")
    for name in (
        *("material, cold", "screened, cold", "material, after a submit"),
        *("screened, after a submit", "screened lately, after a submit"),
    )
}


def test_every_promised_figure_is_reported(database_url: str) -> None:
    report = measure(database_url, lines=450)
    figures = flat(report)
    expected = {
        *(f"recording: {name}" for name in ("handle_ms", "bare_ms", "share_of_bare")),
        *(f"recording: steps_ms: {name}" for name in STEPS),
        *(f"loading: times_ms: {name}" for name in ("cold", "warm", "read rows", "replay")),
        "rebuilding: share_of_bare",
        "verifying: share_of_bare",
        *(f"opening: {name}" for name in ("handle_ms", "bare_ms", "share_of_bare")),
        *(f"locking: times_ms: {name}" for name in ("warm", "cold", "one by one", "bare")),
        "locking: share_of_bare",
        *(
            f"publishing: times_ms: {name}"
            for name in ("publish", "publish with a witness", "bare")
        ),
        "publishing: share_of_bare",
        *(f"vault: times_ms: names of a {whole}" for whole in ("class", "school", "class, bare")),
        "vault: share_of_bare",
        *(
            f"backing up: lines_per_second: {name}"
            for name in ("rows copied, bare", "first backup", "restored into a file")
        ),
        "backing up: share_of_bare",
        *(f"backing up: times_ms: {when} later" for when in ("a class's marks", "nothing")),
        "locking: times_faster_than_one_by_one",
        *OF_ANOMALIES,
        *(
            f"rebuilding: lines_per_second: {name}"
            for name in ("read rows", "read and decode", "rebuild all", "rebuild gradebook")
        ),
        *(
            f"verifying: lines_per_second: {name}"
            for name in ("read and hash, bare", "leaves and tree", "everything")
        ),
    }
    assert expected <= figures.keys()
    assert all(figure > 0 for figure in figures.values())
    assert table_of({"a": report}).row_count == len(figures)


def test_a_witness_is_measured_beside_bare_commits(tmp_path: Path) -> None:
    figures = flat(measure_witnessing(tmp_path, times=5))
    assert {"times_ms: cosigned", "times_ms: bare commit", "share_of_bare"} <= figures.keys()
    assert all(figure > 0 for figure in figures.values())
    assert table_of({"a": {"x": 1}, "b": {"y": 2}}).row_count == 2


def test_proofs_are_measured_beside_naive_ones() -> None:
    figures = flat(measure_proving(lines=2_000, times=3))
    assert figures.keys() >= {
        *(f"times_ms: {name}" for name in ("cold", "inclusion", "consistency")),
        *(f"times_faster_than_naive: {name}" for name in ("inclusion", "consistency")),
        "cold_share_of_naive",
    }
    assert all(figure > 0 for figure in figures.values())


def test_dossiers_are_measured_beside_their_libraries(tmp_path: Path) -> None:
    figures = flat(measure_dossiers(tmp_path / "dossiers", times=1))
    assert figures.keys() >= {
        *(f"times_ms: {name}" for name in ("draft", "three signatures", "validation")),
        *(f"times_of_bare: {name}" for name in ("draft", "three signatures", "validation")),
    }
    assert all(figure > 0 for figure in figures.values())


def test_a_screened_file_is_measured_beside_a_bare_loop_over_it(tmp_path: Path) -> None:
    figures = flat(measure_screening_file(tmp_path / "scores", scores=6_000))
    assert figures.keys() >= {
        *(f"times_ms: {name}" for name in ("wide", "wide, read", "wide, bare", "long, bare")),
        *(f"times_of_bare: {name}" for name in ("wide", "long")),
    }
    assert all(figure > 0 for figure in figures.values())


def test_detection_is_measured_beside_plain_rules() -> None:
    sums = measure_detection(seeds=1, quick=True)
    figures = flat(figures_of(sums))
    assert figures.keys() >= {
        f"10% 16 classes obvious {who}: {what}"
        for who in ("screen", "plain")
        for what in ("recall", "precision", "told per school")
    }
    assert {"clean 8 classes screen: told per school"} <= figures.keys()
    assert [table.row_count for table in tables_of(sums)] == [20, 2, 4]


def test_examinations_are_measured_beside_a_plain_rule() -> None:
    found = list(measure_exams(seeds=1, largest=600, groups=12, strengths=["obvious"]))
    assert [one.tables for _, _, one in found] == [1] * 5
    told = {(name, strength): one.told for name, strength, one in found}
    assert told["a room's answers copied", "obvious"] == 1


def test_a_share_is_shown_with_its_interval() -> None:
    assert wilson(0, 10)[0] == 0
    assert wilson(10, 10)[1] == 1
    assert shown(8, 10) == "0.80 (0.49–0.94)"
    assert shown(0, 0) == "–"
