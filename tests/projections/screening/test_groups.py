"""A whole screen: what it finds, what it leaves in peace, and what does not change its answer."""

from dataclasses import replace

import numpy as np
import pytest

from projections.screening.groups import joined_p, screen_table
from projections.screening.table import GroupFinding, ScoreTable
from tests.projections.screening.classes import lifted, province, raised, weakest, with_scores

SEEDS = range(8)


def told(findings: list[GroupFinding]) -> list[str]:
    return [one.group for one in findings if one.signals]


@pytest.mark.parametrize("seed", range(4))
def test_a_few_pupils_of_a_weak_group_lifted_to_the_top_lead_the_ranking(seed: int) -> None:
    table = province(seed)
    group = weakest(table)

    found = screen_table(lifted(table, group, pupils=12))

    assert found[0].group == table.groups[group]
    assert found[0].q < 0.001
    assert {signal.kind for signal in found[0].signals} >= {"upper-tail"}
    assert told(found) == [table.groups[group]]


def test_the_mean_of_that_group_would_have_shown_nothing() -> None:
    table = province(1)
    group = weakest(table)

    found = screen_table(lifted(table, group, pupils=12))

    assert not {"high", "low"} & {signal.kind for signal in found[0].signals}


@pytest.mark.parametrize("seed", range(4))
def test_a_group_that_is_as_a_whole_too_high_leads_the_ranking(seed: int) -> None:
    table = province(seed)
    group = weakest(table)

    found = screen_table(raised(table, group, 4.5))

    assert found[0].group == table.groups[group]
    strongest = [signal for signal in found[0].signals if signal.kind == "high"]
    assert [signal.subject for signal in strongest] == [None]
    assert strongest[0].effect > 1


def test_groups_that_differ_honestly_are_left_in_peace() -> None:
    screens = [told(screen_table(province(seed))) for seed in SEEDS]

    # One screen in twenty may have something to say, by the rate that is promised.
    assert sum(map(bool, screens)) <= 1


@pytest.mark.parametrize(("groups", "pupils"), [(60, 24), (150, 12), (8, 300)])
def test_small_groups_and_few_groups_are_left_in_peace_as_well(groups: int, pupils: int) -> None:
    screens = [
        told(screen_table(province(seed, groups=groups, pupils=pupils, subjects=3)))
        for seed in SEEDS
    ]

    assert sum(map(bool, screens)) <= 1


def test_a_group_that_is_all_at_the_top_leaves_the_others_in_peace() -> None:
    for seed in SEEDS:
        table = province(seed, groups=24, pupils=40)
        found = screen_table(raised(table, 3, 4.0))
        assert set(told(found)) <= {"03"}


def test_rooms_filled_by_the_alphabet_differ_by_chance_alone_and_one_that_does_not_is_told() -> (
    None
):
    rng = np.random.default_rng(5)
    group_of = np.repeat(np.arange(50, dtype=np.int32), 40)
    scores = np.clip(
        np.round(6 + 1.5 * rng.normal(size=(2000, 1)) + 1.5 * (group_of == 7)[:, None]), 0, 10
    )
    table = ScoreTable(tuple(map(str, range(50))), ("toan",), group_of, scores.astype(np.float32))

    found = screen_table(table)

    assert told(found) == ["7"]
    assert found[0].signals[0].kind == "high"


def test_one_subject_is_enough_for_the_tail() -> None:
    table = province(2, groups=60, subjects=1)
    group = weakest(table)

    found = screen_table(lifted(table, group, pupils=15))

    assert found[0].group == table.groups[group]
    assert {(signal.kind, signal.subject) for signal in found[0].signals} <= {
        ("upper-tail", "toan"),
        ("upper-tail", None),
    }


def test_a_tail_is_told_with_the_score_it_begins_at_and_counts_that_are_true() -> None:
    table = province(3)
    group = weakest(table)
    table = lifted(table, group, pupils=12)

    signal = next(one for one in screen_table(table)[0].signals if one.subject == "toan")

    column = table.scores[table.group_of == group, 0]
    assert signal.at_least is not None
    assert signal.found == np.count_nonzero(column >= signal.at_least) >= 12
    assert signal.expected < signal.found / 3
    assert signal.effect == pytest.approx(signal.found / signal.expected)


def test_who_did_not_take_a_subject_is_not_a_zero_and_a_zero_is_a_score() -> None:
    table = province(4, groups=20)
    half = table.scores.copy()
    half[::2, 3] = np.nan

    found = screen_table(with_scores(table, half))

    assert told(found) == []
    zeros = half.copy()
    zeros[np.isnan(zeros) & (table.group_of == 7)[:, None]] = 0
    assert told(screen_table(with_scores(table, zeros))) == ["07"]


def test_the_answer_does_not_depend_on_order_or_scale() -> None:
    table = lifted(province(5), 9, pupils=12)
    order = np.random.default_rng(1).permutation(len(table.group_of))
    mixed = replace(table, group_of=table.group_of[order], scores=table.scores[order])

    plain = screen_table(table)

    assert [one.group for one in screen_table(mixed)[:3]] == [one.group for one in plain[:3]]
    percents = screen_table(with_scores(table, table.scores * 10))
    assert percents[0].group == plain[0].group
    assert percents[0].q == pytest.approx(plain[0].q, rel=1e-6)


def test_the_same_table_has_the_same_answer() -> None:
    table = lifted(province(6), 3, pupils=9)

    assert screen_table(table) == screen_table(table)


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(
            ScoreTable((), (), np.zeros(0, np.int32), np.zeros((0, 0), np.float32)), id="none"
        ),
        pytest.param(province(1, groups=1, pupils=30), id="one group"),
        pytest.param(province(1, groups=2, pupils=30), id="two groups"),
        pytest.param(province(1, groups=30, pupils=1), id="groups of one"),
        pytest.param(
            with_scores(province(1, groups=5, pupils=9), np.full((45, 6), np.nan)), id="nobody"
        ),
        pytest.param(
            with_scores(province(1, groups=5, pupils=9), np.full((45, 6), 7.0)), id="all alike"
        ),
    ],
)
def test_what_cannot_be_compared_is_told_of_nobody(table: ScoreTable) -> None:
    found = screen_table(table)

    assert sorted(one.group for one in found) == sorted(table.groups)
    assert told(found) == []
    assert all(0 <= one.q <= 1 for one in found)


def test_many_tests_join_as_strongly_as_their_best_allows_and_no_more() -> None:
    joined = joined_p(
        np.array([[1e-40, 1.0, 1.0, 1.0], [0.2, 0.2, 0.2, 0.2], [1.0, 1.0, 1.0, 1.0]])
    )

    assert joined[0] == pytest.approx(4e-40)
    assert joined[1] == pytest.approx(0.2)
    assert joined[2] > 0.9
