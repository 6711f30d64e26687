"""One promise over many tests: the share of false discoveries (Benjamini and Hochberg, 1995)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def q_values(p_values: Floats) -> Floats:
    """For each test, the least false-discovery rate at which it would still be told.

    `p_values` (0 to 1, any order) of all tests that were made, also those that found nothing: what
    is left out of them is a promise not kept. Valid for independent tests and for tests that tend
    to move together, as those of one class do.
    """
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")
    steps = p_values[order] * count / np.arange(1, count + 1)
    found = np.empty(count)
    # A test is never told later than a weaker one.
    found[order] = np.minimum.accumulate(steps[::-1])[::-1]
    return np.minimum(found, 1.0)
