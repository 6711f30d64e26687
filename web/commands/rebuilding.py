"""Build projections anew from the ledger."""

import json
from collections.abc import Sequence
from time import monotonic

import click

from web.commands.failing import unusable
from web.commands.opening import opened_school
from web.commands.progress import progress_bar
from web.commands.wording import SAID
from web.settings import Settings


def rebuild(settings: Settings, *, names: Sequence[str], as_json: bool) -> None:
    """Rebuild the named projections, or all; a usage error for a name that there is not."""
    with opened_school(settings) as desk:
        known = desk.projections.positions()
        if set(names) - known.keys():
            unusable("bad-value", name="--projection")
        chosen = sorted(names or known)
        started = monotonic()
        with progress_bar(SAID["rebuilding"]) as progress:
            desk.projections.rebuild(chosen, progress=progress)
        seconds = round(monotonic() - started, 2)
        lines = desk.ledger.recorder.head().position
    if as_json:
        click.echo(json.dumps({"projections": chosen, "lines": lines, "seconds": seconds}))
        return
    shown = f"{seconds:.1f}".replace(".", ",")
    click.echo(SAID["rebuilt"].format(names=", ".join(chosen), lines=lines, seconds=shown))
