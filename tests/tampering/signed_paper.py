"""The biên bản of the small school's correction, with one of three signatures."""

from datetime import timedelta

from tests.browser.stage import Clock, Stage
from tests.school import FIX, LAN, NOW
from tests.tampering.place import Place
from tests.tampering.publishing import publisher
from tests.web.real_dossier import give_keys, sign
from web.desk import open_desk
from web.dossiers.filing import draft


def file_a_dossier(place: Place) -> None:
    """Let the teacher sign, and let the witnesses see it."""
    clock = Clock(NOW + timedelta(days=31))
    desk = open_desk(place.settings, clock=clock)
    stage = Stage(desk, clock)
    give_keys(stage)
    view = desk.corrections.find(FIX)
    assert view is not None
    draft(desk, view, LAN.author)
    clock.forward(hours=1)
    sign(stage, LAN, FIX)
    with publisher(place, desk.engine) as publishing:
        assert publishing.publish()
    desk.engine.dispose()
