"""The corrections: every biên bản, where it stands and who took which step."""

from projections.corrections.read import Corrections
from projections.corrections.views import CorrectionView, Question, Turn

__all__ = ["CorrectionView", "Corrections", "Question", "Turn"]
