"""Serve a school: bind first, say the address, then answer until told to stop."""

import socket

import click
import uvicorn

from web.app import create_app
from web.commands.database import warn_of_excess
from web.commands.failing import Failed
from web.commands.opening import opened_school
from web.commands.wording import SAID
from web.demo.creation import is_demo
from web.desk import Desk
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
        answer(desk, listening)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; `Failed` where something else does already."""
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as failure:
        raise Failed("address-in-use", address=f"{host}:{port}") from failure


def address_of(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/"


def answer(desk: Desk, listening: socket.socket) -> None:
    """Answer requests on the socket, and publish, until the process is told to stop."""
    config = uvicorn.Config(create_app(desk), log_level="warning", server_header=False)
    try:
        with PublishingThread(desk.publisher):
            uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        click.echo()
