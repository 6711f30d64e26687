"""The corrections: every biên bản, where it stands and who took which step."""

from projections.corrections.read import Corrections
from projections.corrections.views import CorrectionView

__all__ = ["CorrectionView", "Corrections"]
