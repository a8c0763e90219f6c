"""The figures: precision, recall, balanced accuracy and rank correlation, on counts small enough to check by hand."""

from __future__ import annotations

import pytest

from bench.measures import Balanced, Counts, rank_correlation


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        pytest.param(Counts(3, 1, 0), 1.0, 0.75, 6 / 7, id="one-missed"),
        pytest.param(Counts(3, 0, 3), 0.5, 1.0, 2 / 3, id="half-of-the-claims-wrong"),
        pytest.param(Counts(0, 2, 0), 1.0, 0.0, 0.0, id="nothing-claimed"),
        pytest.param(Counts(0, 0, 2), 0.0, 1.0, 0.0, id="nothing-to-find"),
        pytest.param(Counts(0, 0, 0), 1.0, 1.0, 1.0, id="nothing-at-all"),
    ],
)
def test_precision_recall_and_f1(counts, precision, recall, f1):
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((precision, recall, f1))


def test_counts_add_up_before_figures_are_made():
    total = Counts(1, 0, 0)
    total.add(Counts(0, 3, 0))
    assert total.recall == 0.25


@pytest.mark.parametrize(
    ("answers", "accuracy"),
    [
        pytest.param([(True, True), (False, True)], 1.0, id="all-right"),
        pytest.param([(True, True), (True, True), (True, True), (False, False)], 0.5, id="always-yes"),
        pytest.param([(True, True), (True, False)], 0.5, id="only-yes-was-asked"),
        pytest.param([], 0.0, id="nothing-asked"),
    ],
)
def test_balanced_accuracy_is_the_mean_over_yes_and_no(answers, accuracy):
    balanced = Balanced()
    for truth, right in answers:
        balanced.add(truth, right)
    assert balanced.accuracy == accuracy


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        pytest.param([(1, 10), (2, 20), (3, 90)], 1.0, id="same-order"),
        pytest.param([(1, 9), (2, 5), (3, 1)], -1.0, id="opposite-order"),
        pytest.param([(1, 1), (1, 2), (2, 3), (2, 4)], 2 / 5**0.5, id="ties-share-the-mean-rank"),
        pytest.param([(1, 7), (2, 7), (3, 7)], 0.0, id="a-constant-answer"),
        pytest.param([(1, 1), (2, 2)], 0.0, id="too-few"),
    ],
)
def test_rank_correlation(pairs, expected):
    assert rank_correlation(pairs) == pytest.approx(expected)
