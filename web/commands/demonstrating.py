"""The demo school from the terminal: created once, kept, and told how to sign in to."""

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from web.commands.failing import Failed
from web.commands.foreseen import foreseen
from web.commands.serving import serve
from web.commands.wording import PHASES, SAID
from web.demo.codes import SECRET
from web.demo.creation import (
    PASSWORD,
    BeingCreated,
    DemoIsIncomplete,
    NotADemo,
    Phase,
    ensure_demo,
    sign_ins,
)
from web.demo.dossiers import PIN
from web.demo.school import SCHOOL_NAME, demo_school
from web.settings import Settings
from web.wording import role_name


def demonstrate(settings: Settings, *, serving: bool, host: str, port: int) -> None:
    """Create the demo school where there is none, print its sign-ins, and serve it."""
    created = _created(settings)
    console = Console()
    console.print(SAID["created" if created else "kept"].format(school=SCHOOL_NAME))
    console.print(_table_of_sign_ins())
    console.print(SAID["codes"].format(secret=SECRET, pin=PIN))
    if serving:
        serve(settings, host=host, port=port)
    else:
        console.print(SAID["start"])


def _created(settings: Settings) -> bool:
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f} %"))
    bar = Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True))
    tasks: dict[Phase, TaskID] = {}

    def told(phase: Phase, done: int, total: int) -> None:
        if phase not in tasks:
            bar.start()
            tasks[phase] = bar.add_task(PHASES[phase.value], total=total)
        bar.update(tasks[phase], completed=done, total=total)

    try:
        with foreseen():
            return ensure_demo(settings, told)
    except NotADemo as failure:
        raise Failed("not-a-demo") from failure
    except DemoIsIncomplete as failure:
        raise Failed("demo-is-incomplete") from failure
    except BeingCreated as failure:
        raise Failed("demo-being-created") from failure
    finally:
        bar.stop()


def _table_of_sign_ins() -> Table:
    table = Table(title=SAID["sign-in-as"], title_justify="left")
    for heading in ("role", "person", "username", "password"):
        table.add_column(SAID[heading], no_wrap=True)
    for role, plan in sign_ins(demo_school()):
        table.add_row(role_name(role), plan.member.full_name, plan.username, PASSWORD)
    return table
