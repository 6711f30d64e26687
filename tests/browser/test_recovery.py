"""What leaders see of recovery in a browser: a backup that is away, and lines that were lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ledger.publishing.publisher import Publisher
from ledger.recovery.place import BackupPlace
from ledger.recovery.refusals import NotBroughtUp
from ledger.school.incarnation import PublishedHead
from tests.browser.conftest import PHONE, check_accessible, check_fits
from tests.browser.stage import Stage
from tests.school import KHOA, NGOC
from tests.web.published import describe
from web.backups import backup_into, held_by
from web.publishing.asking import ask_over_http
from web.publishing.restarting import begin_anew


@pytest.fixture
def recovered(stage: Stage, tmp_path: Path) -> None:
    """A school that lost lines once, and whose running backup is on a disk that is away."""
    describe(stage)
    desk = stage.desk
    desk.publisher.publish()
    seen = PublishedHead(size=desk.ledger.recorder.head().position + 15)
    reason = "Máy chủ hỏng ổ cứng ngày 24/11, khôi phục bản sao đêm trước"
    begin_anew(desk, seen, by=NGOC.author, administrator=KHOA.person, reason=reason)
    recorder, place = desk.ledger.recorder, BackupPlace.in_folder(tmp_path / "away")
    backup = backup_into(place, recorder, desk.engine, desk.evidence, desk.keys, clock=stage.clock)
    publisher = Publisher(
        recorder,
        desk.checkpoints,
        desk.keys,
        ask=ask_over_http,
        origin=lambda: None,
        clock=stage.clock,
        held=held_by(backup),
    )
    with pytest.raises(NotBroughtUp):
        publisher.publish()
    stage.desk = replace(desk, backup=backup, publisher=publisher)


@pytest.mark.usefixtures("recovered")
@pytest.mark.parametrize("path", ["/", "/niem-phong"])
def test_a_page_that_tells_of_recovery_fits_and_is_accessible(
    open_page: Callable[..., Page], path: str
) -> None:
    laptop = open_page("ngoc", path)
    expect(laptop.get_by_text("Không sao lưu được vào")).to_be_visible()
    check_fits(laptop)
    check_accessible(laptop)
    check_fits(open_page("ngoc", path, size=PHONE))
