"""A witness as a process of its own: `python served_witness.py FOLDER` says its address first."""

import socket
import sys
from pathlib import Path

import uvicorn

from web.witness.answering import open_witness
from web.witness.app import witness_app

if __name__ == "__main__":
    with socket.create_server(("127.0.0.1", 0)) as listening:
        print(f"http://127.0.0.1:{listening.getsockname()[1]}/", flush=True)  # noqa: T201  (it is read)
        app = witness_app(open_witness(Path(sys.argv[1])))
        config = uvicorn.Config(app, log_level="error")
        uvicorn.Server(config).run(sockets=[listening])
