"""The signals of today: those of the newest year that has begun."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.access.identity import User
from web.desk import DeskDep
from web.progress.semesters import ChosenSemester
from web.rendering import render
from web.routes.anomalies import Asked, show_list
from web.signals.at_hand import LEADERS, SIGNALS, SignalsAtHand

router = APIRouter(prefix=SIGNALS, include_in_schema=False)


@router.get("")
def show_newest(request: Request, desk: DeskDep, user: User, query: Asked) -> Response:
    user.must_act_as(*LEADERS)
    chosen = ChosenSemester.of(desk, "")
    if chosen is None:
        return render(request, "anomalies/no_year.html")
    return show_list(SignalsAtHand(request, desk, user, chosen.school_year), query)
