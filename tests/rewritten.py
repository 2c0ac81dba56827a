"""Files of a folder as a verb writes them, whatever they hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from songhua.store import writing


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Give files of a folder another content, looked at just before."""
    with writing.locked(folder):
        held = {n: (folder / n).read_bytes() for n in files if (folder / n).exists()}
        writing.write(folder, files, {name: held.get(name) for name in files})
