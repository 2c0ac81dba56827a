"""All sentences of the built-in cases and of drawn folders that the tables deny.

`python -m sentence_audit.denied` in tests/ prints the folder, the kind and the denial of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sentence_audit import drawn, runner, unread
from songhua import Run, session


def runs(home: Path) -> Iterator[tuple[str, Run]]:
    """The runs of the cases and of the drawn folders, each by name."""
    for case in unread.CASES:
        yield case, runner.run_of(session.example(case))
    for first in drawn.GROUPS:
        for path in drawn.folders(home, drawn.EACH, first):
            yield f"{path.parent.name}/{path.name}", runner.run_of(path)


if __name__ == "__main__":
    with TemporaryDirectory() as _home:
        for _place, _run in runs(Path(_home)):
            for _code, _line in runner.denied(_run):
                print(_place, _code, _line, sep="\t", flush=True)
