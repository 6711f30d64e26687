"""The register of dossiers: each biên bản's number, where it stands, and who signs next."""

from projections.dossiers.read import DossierRegister
from projections.dossiers.views import DossierView

__all__ = ["DossierRegister", "DossierView"]
