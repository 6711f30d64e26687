"""The measurements run and report what they promise; how fast is never asserted."""

from bench.__main__ import flat, measure, table_of

STEPS = ("digest", "load", "decide", "encode", "append: hash, insert, commit", "evolve")


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
        "locking: times_faster_than_one_by_one",
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
