"""What git holds of a folder, or why that cannot be told."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from songhua.errors import SonghuaError
from songhua.store.disk import bytes_of

SECONDS = 60
#: Which of git's variables are told on: how it is set up and finds its parts. Every other one may
#: speak of another repository, or of other ways to match paths; a hook inherits them.
KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_TEST_")
#: What git is asked with beside the user's own surroundings: nothing is fetched, locked or asked.
QUIET = {
    "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
}  # fmt: skip
#: Where a repository is that stands apart from its files.
APART = ("GIT_DIR", "GIT_WORK_TREE")
LINK, MODULE = b"120000", b"160000"
#: Git's digests by their length; and what Git LFS commits in place of a file.
_DIGESTS = {40: "sha1", 64: "sha256"}
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_DIGEST = re.compile(rb"(?:[0-9a-f]{40}|[0-9a-f]{64})\n?")
_ENTRY = re.compile(rb"\d{6} [a-z]+ (?:[0-9a-f]{40}|[0-9a-f]{64})")


@dataclass(frozen=True)
class Committed:
    """The last commit's files of a folder: name to git's digest of the content.

    `why` is the code of the warning that says why they cannot be told, with `at` the place in
    question; then nothing is known of what was recorded.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    at: str = ""


class UnknownError(Exception):
    """Git cannot say."""

    def __init__(self, why: str, at: str = "") -> None:
        """The code of the warning that says why, and the place, if not the repository."""
        super().__init__(why)
        self.why, self.at = why, at


def committed(folder: Path, parts: Sequence[str]) -> Committed:
    """The last commit's CSV and TOML files of some parts of a folder.

    Without a repository, or before its first commit, there are none: that is known. Variables
    such as `GIT_DIR`, which a hook inherits, say nothing of the folder and are put aside, unless
    it stands in no other repository and is part of the work tree that they name.
    """
    home = _repository(folder)
    if home is None:
        return Committed()
    try:
        return _listed(folder, parts)
    except UnknownError as error:
        return Committed(why=error.why, at=error.at or str(home))


def under_git(folder: Path) -> bool:
    """Whether a folder stands in a repository."""
    return _repository(folder) is not None


def blob(folder: Path, digest: str) -> bytes | None:
    """A file's content as git holds it, or None where git lacks it.

    In place of a large file Git LFS commits a pointer to it, and holds the file beside git's own.

    Raises:
        UnknownError: where git does not answer.
    """
    done = _git(folder, "cat-file", "blob", digest)
    if done.returncode != 0 or not digest_of(done.stdout, digest):
        return None
    pointer = _POINTER.match(done.stdout)
    return done.stdout if pointer is None else _large(folder, pointer[1].decode())


def left_out(folder: Path, names: Sequence[str]) -> set[str]:
    """Those of some files that git keeps out of the folder: a sparse checkout.

    Raises:
        UnknownError: where git does not answer.
    """
    if not names:
        return set()
    done = _git(folder, "ls-files", "-v", "-z", "--", *names)
    if done.returncode != 0:
        raise UnknownError("history_broken")
    marked = (os.fsdecode(one) for one in done.stdout.split(b"\0"))
    return {one[2:] for one in marked if one[:2] in ("S ", "s ")}


def _large(folder: Path, digest: str) -> bytes | None:
    """A file that Git LFS holds, by its digest."""
    home = os.fsdecode(_git(folder, "rev-parse", "--git-common-dir").stdout.removesuffix(b"\n"))
    held = folder / home / "lfs" / "objects" / digest[:2] / digest[2:4] / digest
    try:
        data = bytes_of(held)
    except SonghuaError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def digest_of(data: bytes, digest: str) -> bool:
    """Whether git's digest is that of some content.

    >>> digest_of(b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), digest_of(b"a", "e69de2")
    (True, False)
    """
    kind, whole = _DIGESTS.get(len(digest)), b"blob %d\0" % len(data) + data
    return bool(kind) and hashlib.new(kind, whole, usedforsecurity=False).hexdigest() == digest


def _repository(folder: Path) -> Path | None:
    """The folder with the repository that a folder stands in."""
    return _above(folder) or _apart(folder)


def _above(folder: Path) -> Path | None:
    """The folder with the repository above a folder; a link to one that is gone counts as one."""
    at = folder.resolve()
    return next((one for one in (at, *at.parents) if os.path.lexists(one / ".git")), None)


def _apart(folder: Path) -> Path | None:
    """The folder that the surroundings name as that of a repository elsewhere, if this is in it."""
    tree = os.environ.get("GIT_WORK_TREE") if os.environ.get("GIT_DIR") else None
    home = Path(tree).resolve() if tree else None
    return home if home and folder.resolve().is_relative_to(home) else None


def _listed(folder: Path, parts: Sequence[str]) -> Committed:
    if not _has_commit(folder):
        return Committed()
    found: dict[str, str] = {}
    for mode, digest, name in _entries(folder, *parts):
        if mode in (LINK, MODULE):
            return Committed(why="history_link", at=name)
        if name.endswith((".csv", ".toml")):
            found[name] = digest
    if not found:
        _check_elsewhere(folder, parts)
    for part in {*parts, *found}:
        if (folder / part).is_symlink():
            return Committed(why="history_link", at=part)
    return Committed(found)


def _entries(folder: Path, *paths: str) -> Iterator[tuple[bytes, str, str]]:
    """Mode, digest and name of each file of the last commit."""
    listing = _git(folder, "ls-tree", "-r", "-z", "HEAD", *paths)
    *entries, last = listing.stdout.split(b"\0")
    if listing.returncode != 0 or last:
        raise UnknownError("history_broken")
    for entry in entries:
        meta, _, name = entry.partition(b"\t")
        if not _ENTRY.fullmatch(meta):
            raise UnknownError("history_broken")
        mode, _, digest = meta.split()
        yield mode, digest.decode(), os.fsdecode(name)


def _check_elsewhere(folder: Path, parts: Sequence[str]) -> None:
    """Of a folder that the last commit does not hold: what it may hold of it in another way.

    The folder may be another repository, of which only the link was recorded; or it was renamed,
    and what was recorded of it stands where there is nothing any more.
    """
    top = _git(folder, "rev-parse", "--show-prefix", "--show-cdup")
    here, line, up = os.fsdecode(top.stdout.removesuffix(b"\n")).rpartition("\n")
    if top.returncode != 0 or not line:
        raise UnknownError("history_broken")
    home = folder.resolve() / up
    for mode, _, name in _entries(folder, "--full-tree"):
        if mode in (LINK, MODULE) and here.startswith(f"{name}/"):
            raise UnknownError("history_link", name)
        if name.rpartition("/")[2] in parts and not os.path.lexists(home / name):
            raise UnknownError("history_renamed", name)


def _has_commit(folder: Path) -> bool:
    """Whether there is a commit; a repository without one has no branch yet."""
    head = _git(folder, "rev-parse", "-q", "--verify", "HEAD^{commit}")
    if head.returncode == 0 and _DIGEST.fullmatch(head.stdout):
        return True
    if b"dubious ownership" in head.stderr:
        raise UnknownError("history_owner")
    branch = _git(folder, "symbolic-ref", "-q", "HEAD")
    if branch.returncode == 0:
        name = branch.stdout.decode("utf-8", "replace").strip()
        if _git(folder, "show-ref", "--verify", "-q", name).returncode == 1:
            if _git(folder, "for-each-ref", "--count=1").stdout:
                raise UnknownError("history_branch")
            return False
    raise UnknownError("history_broken")


def _environment(folder: Path) -> dict[str, str]:
    told = (one for one in os.environ if not one.startswith("GIT_") or one.startswith(KEPT))
    named = APART if _above(folder) is None and _apart(folder) else ()
    return (
        {name: os.environ[name] for name in told}
        | {name: os.path.abspath(os.environ[name]) for name in named}
        | QUIET
    )


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True, check=False, timeout=SECONDS, env=_environment(folder),
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        raise UnknownError("history_missing") from None
    except subprocess.TimeoutExpired:
        raise UnknownError("history_slow") from None
    except OSError:
        raise UnknownError("history_broken") from None
