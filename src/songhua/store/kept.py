"""What was computed is kept beside a folder's files, by the digest of all that it rests on.

It stands in `DIR/.songhua/kept` and may be deleted at any time. Whatever the disk refuses, nothing
is found or kept there, and the work is done. A case that comes with songhua is never written to:
what takes long with its figures stands in the user's cache.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.store import history
from songhua.store.disk import bytes_of
from songhua.store.source import FolderSource

HOME = ".songhua"
#: Where the cases stand that come with songhua.
CASES = "examples"
#: Most bytes that are kept of a folder; what was not asked for longest goes first.
MOST = 64 * 2**20
_WRITING = "writing-"
_SEAL = 32


def own_home(folder: Path) -> Path:
    """The folder's place for what songhua keeps to itself, made if need be; git leaves it out.

    Raises:
        OSError: what the system refuses.
    """
    return _made(folder / HOME)


def _made(home: Path) -> Path:
    home.mkdir(exist_ok=True)
    ignored = home / ".gitignore"
    if not ignored.exists():
        ignored.write_bytes(b"*\n")
    return home


def users_cache() -> Path | None:
    """Where the system keeps what programs of this user may make again; None without a home.

    >>> home = users_cache()
    >>> home is None or home.is_absolute()
    True
    """
    told = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if Path(told).is_absolute():
        return Path(told)
    try:
        return Path.home() / ".cache"
    except RuntimeError:
        return None


def stands_in_songhua(folder: Path) -> bool:
    """Whether a folder is a part of songhua as it is installed.

    >>> from songhua.session import example
    >>> stands_in_songhua(example()), stands_in_songhua(Path("elsewhere"))
    (True, False)
    """
    at = Path(os.path.realpath(folder))  # a link to itself is no error here
    return at.is_relative_to(Path(str(files("songhua"))).resolve())


def refuse_songhua(place: Path) -> None:
    """Let nothing be written to what comes with songhua: a case is written to where it was copied.

    Raises:
        SonghuaError: `case_of_songhua`, `part_of_songhua`.

    >>> from songhua.session import example
    >>> try:
    ...     refuse_songhua(example() / "observations")
    ... except SonghuaError as error:
    ...     print(error.faults[0].code, error.faults[0].params["name"])
    case_of_songhua harbin
    """
    if not stands_in_songhua(place):
        return
    parts = place.resolve().relative_to(Path(str(files("songhua"))).resolve()).parts
    if parts[:1] == (CASES,) and len(parts) > 1:
        raise SonghuaError(Fault("case_of_songhua", params={"name": parts[1]}))
    raise SonghuaError(Fault("part_of_songhua", params={"path": str(place)}))


def is_shipped(digests: Mapping[str, str]) -> bool:
    """Whether all files of a folder are those of one case that comes with songhua.

    >>> is_shipped({"region.toml": "another"}), is_shipped({})
    (False, False)
    """
    cases = Path(str(files("songhua"))) / CASES
    try:
        return bool(digests) and any(
            all(_digest_of(case / name) == digest for name, digest in digests.items())
            for case in cases.iterdir()
        )
    except OSError:
        return False


def _digest_of(file: Path) -> str:
    return hashlib.sha256(bytes_of(file)).hexdigest() if file.is_file() else ""


@dataclass(frozen=True)
class Shelf:
    """Bytes by key. Without a home it is always empty; a `fresh` one finds nothing, but keeps.

    One that does not keep is only looked into.

    >>> Shelf().put("a", b"1"), Shelf().get("a")
    (None, None)
    """

    home: Path | None = None
    fresh: bool = False
    keeps: bool = True

    @classmethod
    def of(cls, folder: Path, fresh: bool = False) -> Shelf:
        """The shelf of a user's folder; a case that comes with songhua is never written to.

        >>> from songhua.session import example
        >>> Shelf.of(example())
        Shelf(home=None, fresh=False, keeps=True)
        """
        mine = folder.is_dir() and not stands_in_songhua(folder)
        return cls(folder / HOME if mine else None, fresh)

    @classmethod
    def of_user(cls, digests: Mapping[str, str], fresh: bool = False) -> Shelf:
        """The shelf in the user's cache. It keeps what is made of a case that comes with songhua.

        What stands there is of files that all the world has; of any other folder, which may not be
        public, nothing is put there.

        >>> Shelf.of_user({"region.toml": "another"}).keeps
        False
        """
        cache, keeps = users_cache(), is_shipped(digests)
        if cache is not None and keeps:
            with suppress(OSError):
                cache.mkdir(parents=True, exist_ok=True)
        return cls(None if cache is None else cache / "songhua", fresh, keeps)

    def get(self, key: str) -> bytes | None:
        """What is kept by a key, whole and unchanged, or None."""
        if self.home is None or self.fresh:
            return None
        file = self.home / "kept" / key
        try:
            held = bytes_of(file, most=MOST + _SEAL)
            sealed, body = held[:_SEAL], held[_SEAL:]
            if sealed != _seal(key, body):
                return None
            data = zlib.decompress(body)
            os.utime(file)
        except (OSError, SonghuaError, zlib.error):
            return None
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes by a key; readers see them whole or not at all."""
        if self.home is None or not self.keeps:
            return
        body = zlib.compress(data, 1)
        if len(body) > MOST:
            return
        with suppress(OSError):
            home = _made(self.home) / "kept"
            home.mkdir(exist_ok=True)
            temporary = home / f"{_WRITING}{secrets.token_hex(8)}"
            try:
                temporary.write_bytes(_seal(key, body) + body)
                os.replace(temporary, home / key)
            finally:
                temporary.unlink(missing_ok=True)
            _bounded(home)


def _seal(key: str, body: bytes) -> bytes:
    """A digest by which a file that was cut, changed or renamed is known."""
    return hashlib.sha256(key.encode() + b"\0" + body).digest()


def _bounded(home: Path) -> None:
    """Delete the oldest files until the others are small enough together."""
    found = sorted(_sizes(home), reverse=True)
    total = 0
    for _, size, file in found:
        total += size
        if total > MOST:
            file.unlink(missing_ok=True)


def _sizes(home: Path) -> Iterator[tuple[int, int, Path]]:
    """The age and size of each file; one that another process has deleted is gone."""
    for file in home.iterdir():
        with suppress(FileNotFoundError):
            stat = file.stat()
            yield stat.st_mtime_ns, stat.st_size, file


def state(folder: Path) -> dict[str, dict[str, str]] | None:
    """All that reading and checking a folder rests on: its files, and what git holds of them.

    None, where the folder cannot be read; what is wrong is for its readers to say.
    """
    found: dict[str, str] = {}
    source = FolderSource(folder)
    try:
        names, passed_over = source.listing()
        if passed_over:
            return None
        for name in names:
            file = folder / name
            if file.exists():
                found[name] = hashlib.sha256(bytes_of(file)).hexdigest()
        return {
            "files": dict(sorted(found.items())),
            "recorded": dict(history.recorded(folder).files),
        }
    except (OSError, SonghuaError):
        return None
