"""A school year from the terminal: plan it with its subjects, and open its semesters."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import click

from ledger.school.commands import OpenSemester, PlanYear
from ledger.school.facts import SemesterOpened, SubjectPlanned, YearPlanned
from ledger.school.year import NO_YEAR_YET
from ledger.vocabulary import Author, CommandId
from web.commands.failing import Failed
from web.commands.wording import SAID
from web.desk import Desk
from web.moments import shown_day
from web.wording import semester_inside
from web.year.frames import first_calendar_year, usual_frames
from web.year.subjects import by_the_programme


def plan_year(
    desk: Desk, school_year: str, *, grades: Sequence[int], by: Author, as_json: bool
) -> None:
    """Plan the year with the days that years usually have, and what the programme teaches."""
    starts = first_calendar_year(school_year)
    if starts is None:
        raise Failed("no-such-year", year=school_year)
    frames = usual_frames(starts)
    asked = _asked(desk, school_year, by)
    plan = PlanYear(**asked, semesters=frames)
    year = NO_YEAR_YET.draft()
    year.planned = YearPlanned(school_year=school_year, semesters=frames, policy=plan.policy)
    lines = desk.handle_together([plan, *by_the_programme(year, grades, asked)])
    subjects = sum(isinstance(line.fact, SubjectPlanned) for line in lines)
    if as_json:
        click.echo(json.dumps({"school_year": school_year, "subjects": subjects}))
        return
    first, second = ([shown_day(frame.first), shown_day(frame.last)] for frame in frames)
    said = SAID["year-planned"].format(
        year=school_year, first="–".join(first), second="–".join(second), count=subjects
    )
    click.echo(said)


def open_semester(
    desk: Desk, school_year: str, semester: int, *, by: Author, as_json: bool
) -> None:
    """Open every sheet of a semester; the refusal tells everything that is missing."""
    lines = desk.handle(OpenSemester(**_asked(desk, school_year, by), semester=semester))
    sheets = [
        place
        for line in lines
        if isinstance(line.fact, SemesterOpened)
        for place in line.fact.sheets
    ]
    if as_json:
        click.echo(json.dumps({"sheets": len(sheets)}))
    else:
        said = SAID["semester-opened"].format(
            count=len(sheets), semester=semester_inside(semester), year=school_year
        )
        click.echo(said)


def _asked(desk: Desk, school_year: str, by: Author) -> dict[str, Any]:
    return {
        "command_id": CommandId(uuid4()),
        "by": by,
        "at": desk.clock(),
        "school_year": school_year,
    }
