"""What a unit may be expected to follow: the class elsewhere, its teachers elsewhere, the sheet."""

import numpy as np
from numpy.typing import NDArray

from projections.anomalies.distribution.cohort import Floats
from projections.screening.robust import bounded_weights, centre_of_others, mean, middle, spread


def of_other_subjects(values: Floats) -> Floats:
    """How the class stands in its other subjects [cohort, class, subject]; 0 where it has none."""
    centred = _centred(values)
    others, _ = centre_of_others(
        centred, _weights(centred - middle(centred, axis=2)[:, :, None]), 2
    )
    return np.nan_to_num(others)


def of_other_columns(values: Floats, regular: int) -> tuple[Floats, Floats]:
    """How the rest of the sheet stands [cohort, class, subject, column]: two arrays of that shape.

    First the other columns that are regular or periodic like this one, then those that are not;
    the `regular` ones come first in the array.
    """
    centred = _centred(values)
    parts = centred[..., :regular], centred[..., regular:]
    alike = [
        centre_of_others(part, _weights(part - middle(part, axis=3)[..., None]), 3)[0]
        for part in parts
        if part.shape[3]
    ]
    unlike = [
        np.broadcast_to(mean(other)[..., None], part.shape)
        for part, other in zip(parts, reversed(parts), strict=True)
    ]
    return np.nan_to_num(np.concatenate(alike, axis=3)), np.nan_to_num(np.concatenate(unlike, 3))


def of_same_teachers(values: Floats, taught: NDArray[np.intp]) -> Floats:
    """How the same teachers' sheets of other cohorts stand, drawn to 0 where they are few.

    `taught` [cohort, class, subject] numbers the teachers of a subject; -1 is not known. Their
    sheets of the same cohort say nothing here: where all of it is theirs, those would only mirror
    the one that is looked at.
    """
    centred = _centred(values)
    weights = np.where(taught >= 0, _weights(centred), 0.0)
    teachers = int(taught.max(initial=0)) + 1
    everywhere = np.maximum(taught, 0).ravel()
    cohorts = np.broadcast_to(np.arange(len(values))[:, None, None], values.shape).ravel()
    here = cohorts * teachers + everywhere

    def elsewhere(of_sheets: Floats) -> Floats:
        flat = of_sheets.ravel()
        total = np.bincount(everywhere, flat, teachers)[everywhere]
        own = np.bincount(here, flat, len(values) * teachers)[here]
        others: Floats = (total - own).reshape(values.shape).astype(np.float64)
        return others

    total = np.maximum(elsewhere(weights), 0.0)
    return elsewhere(weights * np.nan_to_num(centred)) / (total + 1.0)


def _centred(values: Floats) -> Floats:
    return values - middle(values, axis=1)[:, None]


def _weights(around: Floats) -> Floats:
    usual = float(np.nan_to_num(spread(around.ravel())))
    return bounded_weights(around / max(usual, 1e-3))
