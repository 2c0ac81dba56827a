"""Built-in cases: found, and written to new places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import as_file, files
from pathlib import Path

from songhua import store
from songhua.errors import SonghuaError
from songhua.examples import FIRST as FIRST_EXAMPLE
from songhua.examples import register as invented
from songhua.session.fault_kinds import ExampleUnknown
from songhua.shipped import installed

GENERATED: Mapping[str, Callable[[], Mapping[str, bytes]]] = {"register": invented.files}


def examples() -> tuple[str, ...]:
    """The names of the built-in cases.

    >>> FIRST_EXAMPLE in examples()
    True
    """
    names = (n for n in installed.names("examples") if installed.home("examples", n).is_dir())
    return tuple(name for name in names if not name.startswith("_") and name != "skeleton")


def example(name: str = "") -> Path:
    """The folder of a built-in case (the first one, if none is named): to be read, not written.

    Raises:
        SonghuaError: `example_unknown`.

    >>> example().name == FIRST_EXAMPLE
    True
    """
    name = name or FIRST_EXAMPLE
    if name not in (*examples(), "skeleton"):
        raise SonghuaError(ExampleUnknown(name=name, names=tuple(examples())))
    with as_file(files("songhua.examples") / name) as path:
        return path


def new(path: str | Path, name: str = "", territory: str = "") -> Path:
    """Write a commented skeleton of a folder, or a built-in case, to a new place.

    Content made from a seed (the firms of the invented register) is written with it. The skeleton
    has the money of a country, and the country as the larger area, where its code is given.

    Raises:
        SonghuaError: `folder_not_empty` or `example_unknown`; nothing is written then.
    """
    if not name and (land := store.packs.in_territory(territory)):
        files = store.packs.skeleton_in(example("skeleton"), land[1])
        return store.copy(None, Path(path), files)
    generated = GENERATED[name]() if name in GENERATED else {}
    return store.copy(example(name or "skeleton"), Path(path), generated)
