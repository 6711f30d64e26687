"""The routes of the web, one module per part of the school's work."""

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from fastapi import APIRouter

_MODULES: Final = (
    "sign_in",
    "own_factors",
    "home",
    "my_classes",
    "grid",
    "history",
    "proofs",
    "dossier_check",
    "progress",
    "screening",
    "results_summer",
    "results",
    "homeroom",
    "inspections",
    "departments",
    "proposals",
    "anomaly_questions",
    "anomaly_reports",
    "anomaly_year",
    "anomalies",
    "distributions",
    "as_of",
    "correction_answers",
    "corrections",
    "correction_requests",
    "dossier_register",
    "dossier_keeping",
    "issued_papers",
    "dossiers",
    "dossier_export",
    "dossier_signing",
    "own_signing",
    "school_signing",
    "locks",
    "scope_locks",
    "evidence",
    "imports",
    "administration",
    "year",
    "year_overview",
    "year_frame",
    "year_teaching",
    "year_dates",
    "year_pupils",
    "setup_imports",
    "personal_data",
    "erasures",
    "accounts",
    "school",
    "publishing",
    "verification",
    "api",
)


def routers() -> Iterator[APIRouter]:
    """The router of every module, in this order."""
    for name in _MODULES:
        router: APIRouter = import_module(f"web.routes.{name}").router
        yield router
