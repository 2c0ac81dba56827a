"""songhua serve: a region's folder in the browser, for this machine alone."""

from __future__ import annotations

import click

from songhua import messages
from songhua.cli.calls import Verb
from songhua.cli.fault_kinds import PortTaken, WorkersReadOnly
from songhua.cli.shared import folder, guarded, lang, limit

HOST = "127.0.0.1"


@click.command(cls=Verb)
@folder
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, help="The port; 0 takes a free one."
)
@click.option("--read-only", is_flag=True, help="Let nothing be written.")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(1),
    default=1,
    help="Processes that answer (1); more than one only with --read-only.",
)
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@limit
@lang
@guarded
def serve(
    folder: str,
    port: int,
    read_only: bool,
    workers: int,
    no_open: bool,
    limit: int,
    lang: str,
) -> None:
    """Open a region's folder in the browser: its pages, figures, tables and studies.

    It answers to this machine alone, until Ctrl-C ends it.
    """
    import os
    import secrets
    import socket
    from pathlib import Path

    from songhua.errors import SonghuaError, extra

    extra("web", "fastapi")
    extra("web", "uvicorn")
    from songhua.store import refuse_no_folder
    from songhua.web import serving

    if workers > 1 and not read_only:
        raise SonghuaError(WorkersReadOnly())
    refuse_no_folder(Path(folder))
    token = secrets.token_urlsafe(24)
    with socket.socket() as listening:
        if os.name == "posix":  # a port just let go; elsewhere it would be shared
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
            listening.listen()
        except OSError as error:
            raise SonghuaError(
                PortTaken(port=port, why=error.strerror or type(error).__name__)
            ) from None
        address = f"http://{HOST}:{listening.getsockname()[1]}/?token={token}"
        click.echo(messages.word("serve_at", lang, address=address))
        if not no_open:
            click.launch(address)
        serving.serve(listening, Path(folder), token, read_only, limit, workers)
