"""The verbs of songhua as a person calls them: in this process, or in one of their own."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from songhua.cli import main

# A terminal of a usual size; what the caller's own environment says of language is put aside.
USUAL = {"LANG": "C.UTF-8", "COLUMNS": "80", "LINES": "24", "NO_COLOR": "1"}
PUT_ASIDE = ("SONGHUA_LANG", "LC_ALL", "LC_MESSAGES", "LC_CTYPE", "LC_MONETARY")


@dataclass(frozen=True)
class Done:
    """The output of a command, and its exit code."""

    code: int
    out: str
    err: str


def _environment(changes: dict[str, str]) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name not in PUT_ASIDE}
    return {**inherited, **USUAL, **changes}


def songhua(*arguments: object, **environment: str) -> Done:
    """A command, called in this process from its one way in, `songhua.cli.main`."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code: int | str | None = 0
    with (
        patch.dict(os.environ, _environment(environment), clear=True),
        patch.object(sys, "argv", ["songhua", *map(str, arguments)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code
    printed = (stream.buffer.getvalue().decode("utf-8") for stream in (out, err))  # type: ignore[attr-defined]
    return Done(code if isinstance(code, int) else int(code is not None), *printed)


def process(
    *arguments: object, stdout: int = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The same in a process of its own: where encodings, pipes or a start from nothing matter."""
    command = [sys.executable, "-m", "songhua", *map(str, arguments)]
    known = _environment(environment)
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, timeout=120, env=known)
