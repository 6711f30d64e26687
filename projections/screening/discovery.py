"""One promise over many tests: the share of false discoveries (Benjamini and Hochberg, 1995)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def q_values(p_values: Floats, weights: Floats | None = None) -> Floats:
    """For each test, the least false-discovery rate at which it would still be told.

    `p_values` (0 to 1, any order) of all tests that were made, also those that found nothing: what
    is left out of them is a promise not kept. Valid for independent tests and for tests that tend
    to move together, as those of one class do. `weights` (mean 1) share the rate among the tests
    before anybody looks at them; the promise stands (Genovese, Roeder and Wasserman, 2006).
    """
    count = len(p_values)
    weighed = p_values if weights is None else p_values / weights
    order = np.argsort(weighed, kind="stable")
    steps = weighed[order] * count / np.arange(1, count + 1)
    found = np.empty(count)
    # A test is never told later than a weaker one.
    found[order] = np.minimum.accumulate(steps[::-1])[::-1]
    return np.minimum(found, 1.0)
