"""What git holds of a folder, or why that cannot be told."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 60
#: Which of git's variables are told on: how it is set up and finds its parts. Every other one may
#: speak of another repository, or of other ways to match paths; a hook inherits them.
KEPT = ("GIT_CONFIG", "GIT_EXEC_PATH", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_TEST_")
#: What git is asked with beside the user's own surroundings: nothing is fetched, locked or asked.
QUIET = {
    "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1", "LC_ALL": "C",
}  # fmt: skip
LINK, MODULE = b"120000", b"160000"


@dataclass(frozen=True)
class Committed:
    """The last commit's files of a folder: name to git's digest of the content.

    `why` is the code of the warning that says why they cannot be told, with `at` the place in
    question; then nothing is known of what was recorded.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    at: str = ""


class _UnknownError(Exception):
    """Git cannot say, and why."""


def committed(folder: Path, parts: Sequence[str]) -> Committed:
    """The last commit's CSV and TOML files of some parts of a folder.

    Without a repository, or before its first commit, there are none: that is known. Variables
    such as `GIT_DIR`, which a hook inherits, say nothing of the folder and are put aside.
    """
    home = _repository(folder)
    if home is None:
        return Committed()
    try:
        return _listed(folder, parts)
    except _UnknownError as error:
        return Committed(why=str(error), at=str(home))


def under_git(folder: Path) -> bool:
    """Whether a folder stands in a repository."""
    return _repository(folder) is not None


def blob(folder: Path, digest: str) -> bytes | None:
    """A file's content as git holds it, or None where git lacks it."""
    try:
        done = _git(folder, "cat-file", "blob", digest)
    except _UnknownError:
        return None
    return done.stdout if done.returncode == 0 else None


def _repository(folder: Path) -> Path | None:
    """The folder with the repository above a folder; a link to one that is gone counts as one."""
    at = folder.resolve()
    return next((one for one in (at, *at.parents) if os.path.lexists(one / ".git")), None)


def _listed(folder: Path, parts: Sequence[str]) -> Committed:
    if not _has_commit(folder):
        return Committed()
    listing = _git(folder, "ls-tree", "-r", "-z", "HEAD", "--", *parts)
    if listing.returncode != 0:
        raise _UnknownError("history_broken")
    found: dict[str, str] = {}
    for entry in filter(None, listing.stdout.split(b"\0")):
        meta, _, name = entry.partition(b"\t")
        text, mode = os.fsdecode(name), meta.split()[0]
        if mode in (LINK, MODULE):
            return Committed(why="history_link", at=text)
        if text.endswith((".csv", ".toml")):
            found[text] = meta.split()[-1].decode()
    for part in {*parts, *found}:
        if (folder / part).is_symlink():
            return Committed(why="history_link", at=part)
    return Committed(found)


def _has_commit(folder: Path) -> bool:
    """Whether there is a commit; a repository without one has no branch yet."""
    head = _git(folder, "rev-parse", "-q", "--verify", "HEAD^{commit}")
    if head.returncode == 0:
        return True
    if b"dubious ownership" in head.stderr:
        raise _UnknownError("history_owner")
    branch = _git(folder, "symbolic-ref", "-q", "HEAD")
    if branch.returncode == 0:
        name = branch.stdout.decode("utf-8", "replace").strip()
        if _git(folder, "show-ref", "--verify", "-q", name).returncode == 1:
            return False
    raise _UnknownError("history_broken")


def _environment() -> dict[str, str]:
    told = (one for one in os.environ if not one.startswith("GIT_") or one.startswith(KEPT))
    return {name: os.environ[name] for name in told} | QUIET


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True, check=False, timeout=SECONDS, env=_environment(),
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except FileNotFoundError:
        raise _UnknownError("history_missing") from None
    except subprocess.TimeoutExpired:
        raise _UnknownError("history_slow") from None
    except OSError:
        raise _UnknownError("history_broken") from None
