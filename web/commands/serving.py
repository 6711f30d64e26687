"""Serve a school: its pages, and beside them the thread that publishes its checkpoints."""

import click

from web.app import create_app
from web.commands.database import warn_of_excess
from web.commands.listening import address_of, answer, bound
from web.commands.opening import opened_school
from web.commands.wording import SAID
from web.demo.creation import is_demo
from web.moments import shown_moment
from web.publishing.thread import PublishingThread
from web.settings import Settings


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve the school until Ctrl+C."""
    with opened_school(settings) as desk, bound(host, port) as listening:
        warn_of_excess(desk.engine)
        if is_demo(desk):
            click.echo(SAID["clock"].format(moment=shown_moment(desk.clock())))
        click.echo(SAID["address"].format(address=address_of(listening)))
        with PublishingThread(desk.publisher):
            answer(create_app(desk), listening)
