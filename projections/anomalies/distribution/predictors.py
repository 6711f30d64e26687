"""What a unit may be expected to follow: the class elsewhere, its teachers elsewhere, the sheet."""

import numpy as np
from numpy.typing import NDArray

from projections.anomalies.distribution.cohort import Floats
from projections.screening.robust import bounded_weights, centre_of_others, middle, spread


def of_other_subjects(values: Floats) -> Floats:
    """How the class stands in its other subjects [cohort, class, subject]; 0 where it has none."""
    centred = _centred(values)
    others, _ = centre_of_others(
        centred, _weights(centred - middle(centred, axis=2)[:, :, None]), 2
    )
    return np.nan_to_num(others)


def of_other_columns(values: Floats) -> Floats:
    """How the other columns of the sheet stand [cohort, class, subject, column]."""
    centred = _centred(values)
    around = centred - middle(centred, axis=3)[..., None]
    others, _ = centre_of_others(centred, _weights(around), 3)
    return np.nan_to_num(others)


def of_same_teachers(values: Floats, taught: NDArray[np.intp]) -> Floats:
    """How the other sheets of the same teachers and subject stand, drawn to 0 where they are few.

    `taught` [cohort, class, subject] numbers the teachers; -1 is not known.
    """
    centred = _centred(values)
    weights = np.where(taught >= 0, _weights(centred), 0.0)
    size = int(taught.max(initial=0)) + 1
    group = np.maximum(taught, 0).ravel()
    weighted = weights * np.nan_to_num(centred)
    sums = np.bincount(group, weighted.ravel(), size)[group].reshape(values.shape) - weighted
    total = np.bincount(group, weights.ravel(), size)[group].reshape(values.shape) - weights
    return np.where(taught >= 0, sums / (np.maximum(total, 0.0) + 1.0), 0.0)


def _centred(values: Floats) -> Floats:
    return values - middle(values, axis=1)[:, None]


def _weights(around: Floats) -> Floats:
    usual = float(np.nan_to_num(spread(around.ravel())))
    return bounded_weights(around / max(usual, 1e-3))
