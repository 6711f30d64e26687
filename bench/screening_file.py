"""A file of a million scores read and screened, against a bare loop of `csv.reader` over it."""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from bench.timing import Watch
from projections.screening.groups import screen_table
from web.screening.reading import read_scores

_SUBJECTS = ("Toán", "Ngữ văn", "Tiếng Anh", "Vật lí", "Hóa học", "Lịch sử")
_SCHOOL = 400  # pupils


def measure_screening_file(folder: Path, *, scores: int) -> dict[str, Any]:
    """Times of a wide and of a long table of the same scores, and how many bare loops each is.

    The bare loop is what any program pays that takes a CSV file apart with the standard library
    and looks at nothing in it.
    """
    folder.mkdir(parents=True)
    watch = Watch()
    told = _scores(scores // len(_SUBJECTS))
    for layout, write in (("wide", _write_wide), ("long", _write_long)):
        path = folder / f"{layout}.csv"
        write(path, told)
        with watch.timing(f"{layout}, bare"), path.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass
        with watch.timing(layout):
            with watch.timing(f"{layout}, read"):
                reading = read_scores(path.read_bytes())
            screen_table(reading.table)
    return {
        "scores": scores,
        "times_ms": watch.medians_ms(),
        "times_of_bare": {
            layout: round(watch.median_ms(layout) / watch.median_ms(f"{layout}, bare"), 1)
            for layout in ("wide", "long")
        },
    }


def _scores(pupils: int) -> list[list[float]]:
    """Scores in quarters, each pupil's around an ability of their own."""
    chance = np.random.default_rng(pupils)
    ability = chance.normal(6, 1.5, (pupils, 1))
    drawn = ability + chance.normal(0, 1, (pupils, len(_SUBJECTS)))
    scores: list[list[float]] = (np.clip(np.round(drawn * 4), 0, 40) / 4).tolist()
    return scores


def _write_wide(path: Path, scores: list[list[float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Trường", "SBD", *_SUBJECTS))
        for number, row in enumerate(scores):
            writer.writerow((f"THPT số {number // _SCHOOL}", f"{number:08}", *row))


def _write_long(path: Path, scores: list[list[float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Trường", "SBD", "Môn", "Điểm"))
        for number, row in enumerate(scores):
            for subject, score in zip(_SUBJECTS, row, strict=True):
                writer.writerow((f"THPT số {number // _SCHOOL}", f"{number:08}", subject, score))
