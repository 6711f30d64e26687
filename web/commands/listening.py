"""Bind first, say the address, then answer until told to stop."""

import socket

import click
import uvicorn
from fastapi import FastAPI

from web.commands.failing import Failed


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens; `Failed` where something else does already."""
    try:
        return socket.create_server((host, port), backlog=512)
    except OSError as failure:
        raise Failed("address-in-use", address=f"{host}:{port}") from failure


def address_of(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}/"


def answer(app: FastAPI, listening: socket.socket) -> None:
    """Answer requests on the socket until the process is told to stop."""
    config = uvicorn.Config(app, log_level="warning", server_header=False)
    try:
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        click.echo()
