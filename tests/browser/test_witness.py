"""The page of a witness in a browser: it fits a laptop and a phone, and axe finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from ledger.trust.witnessing import WitnessRefuses
from tests.browser.conftest import LAPTOP, PHONE, Complaints, check_accessible, check_fits
from tests.browser.stage import Clock, serving
from tests.logs import SchoolLog
from web.witness.answering import begin_witness, open_witness
from web.witness.app import witness_app


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a witness of two schools: one silent, one that has signed two histories."""
    begin_witness(tmp_path, "phong-gddt.example/nhan-chung").memory.close()
    clock = Clock()
    witness = open_witness(tmp_path, clock=clock)
    silent, forked = SchoolLog(), SchoolLog(origin="so-diem/bang-lang")
    for log in (silent, forked):
        witness.memory.trust(log.vkey)
        witness.add_checkpoint(log.asks(0, 8).to_bytes())
    clock.forward(days=2)
    with pytest.raises(WitnessRefuses):
        witness.add_checkpoint(forked.forked_after(3).asks(8, 8).to_bytes())
    with serving(witness_app(witness)) as address:
        yield address
    witness.memory.close()


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_the_alarm_is_the_first_thing_to_be_seen(
    browser: Browser, address: str, size: tuple[int, int]
) -> None:
    complaints = Complaints()
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    complaints.listen(page)
    page.goto(address)
    alarm = page.get_by_role("alert")
    expect(alarm).to_contain_text("so-diem/bang-lang: có bằng chứng sổ đã bị sửa")
    expect(alarm).to_be_in_viewport()
    alarm.get_by_text("Hai tờ ký", exact=True).click()
    expect(alarm.get_by_text("Bản nhân chứng đã xác nhận")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(["bang-lang im", "hoa-phuong im"])
    check_fits(page)
    check_accessible(page)
    page.close()
    assert complaints == []
