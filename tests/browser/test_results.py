"""The pages of results in a browser: they fit a laptop and a phone, and axe finds nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import copied_stage
from tests.web.test_results_summer import PAGE, approve_year

PAGES = (
    "/ket-qua?ki=ca-nam",
    f"{PAGE}/hoc-ki-1",
    f"{PAGE}/ca-nam",
    f"{PAGE}/he",
    f"{PAGE}/len-lop",
    f"{PAGE.replace('6A3', '6A2')}/hoc-ki-1",
)


@pytest.fixture(scope="session")
def built_class(built_class: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school with the year of 6A3 approved, made once."""
    folder = tmp_path_factory.mktemp("results") / "class"
    with copied_stage(built_class, folder) as stage:
        approve_year(stage)
    return folder


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_and_is_accessible(open_page: Callable[..., Page], path: str) -> None:
    laptop = open_page("ngoc", path)
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page("ngoc", path, size=PHONE))
