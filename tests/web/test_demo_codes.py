"""The demo's pages tell the code that nobody's phone shows, and no other school's do."""

import re
import shutil
from pathlib import Path

from tests.web.conftest import client_of
from tests.web.strict_page import StrictPage
from web.app import create_app
from web.demo.clock import story_clock
from web.demo.creation import PASSWORD
from web.demo.school import demo_school
from web.desk import open_desk
from web.settings import Settings


def test_a_visitor_approves_with_the_code_that_the_page_tells(
    demo_folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo_folder, tmp_path / "demo")
    opened = open_desk(Settings.in_folder(tmp_path / "demo"))
    desk = opened.living_by(story_clock(opened.ledger.recorder))
    client = client_of(create_app(desk))
    username = demo_school().staff["hiệu-trưởng"].username
    client.post("/dang-nhap", data={"username": username, "password": PASSWORD})
    waiting = re.search(r'href="(/de-nghi/[0-9a-f-]{36})"', client.get("/de-nghi").text)
    assert waiting is not None
    page = client.get(waiting[1]).text
    code = re.search(r"mã bây giờ là <b>(\d{6})</b>", page)
    assert code is not None
    form = StrictPage(page).form(f"{waiting[1]}/duyet")
    answer = client.post(f"{waiting[1]}/duyet", data={**form, "code": code[1]})
    assert answer.headers["location"] == waiting[1]
    desk.engine.dispose()
