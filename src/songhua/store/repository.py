"""The gateway to git: its objects are read from an empty repository of songhua's own.

A folder's repository brings settings that name programs (hooks, filters, a monitor of files, ways
to fetch), and places elsewhere. None of them is ever in force: where the last commit is, is read
from the repository's plain files, and git is run in an empty repository that sees the object store
alone. Links out of the repository are not followed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.reading.file_fault_kinds import (
    HistoryAlternates,
    HistoryApart,
    HistoryBranch,
    HistoryBroken,
    HistoryLink,
    HistoryMissing,
    HistorySlow,
)
from songhua.store import user_home
from songhua.store.disk import bytes_below, files_below, is_link, is_there

SECONDS = 60
#: Variables by which a person says that a repository stands apart from its files.
DIR, TREE = "GIT_DIR", "GIT_WORK_TREE"
#: Most bytes of HEAD and of a reference, and of the list of all references.
_WORD, _LIST = 4096, 64_000_000
_DIGEST = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REF = re.compile(r"refs/[^\0-\x20\x7f~^:?*\[\\]+")
#: Of the system's surroundings git has these, and nothing else.
_SYSTEM = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_QUIET = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
_SETTINGS = """[core]
repositoryformatversion = {version}
bare = true
commitGraph = false
multiPackIndex = false
fsmonitor = false
[protocol]
allow = never
[extensions]
objectFormat = {kind}
"""


class UnknownError(Exception):
    """Say that the history cannot be told, by a fault; it may lack its place."""

    def __init__(self, fault: Fault) -> None:
        """Hold the fault."""
        super().__init__(fault)
        self.fault = fault

    def at(self, folder: Path) -> Fault:
        """The fault at its place, or else at the folder whose history it is."""
        return self.fault if self.fault.file else self.fault.at(str(folder))


@dataclass(frozen=True)
class Repository:
    """A repository: the folder of its files, git's folder, and that of its objects."""

    top: Path
    git_folder: Path
    common: Path

    @classmethod
    def of(cls, folder: Path) -> Repository | None:
        """The repository that a folder stands in; None where it stands in none.

        Raises:
            UnknownError: `history_link`, `history_apart`, where the way to it leads elsewhere.
        """
        at = folder.resolve()
        top = next((path for path in (at, *at.parents) if os.path.lexists(path / ".git")), None)
        if top is None:
            return cls._apart(at)
        git_folder = top / ".git"
        if is_link(git_folder):
            raise UnknownError(HistoryLink(str(git_folder)))
        if git_folder.is_file():
            git_folder = _pointed(top)
        return cls(top, git_folder, _common(git_folder))

    @classmethod
    def _apart(cls, at: Path) -> Repository | None:
        """The one that the person's surroundings name, if the folder is among its files."""
        tree = os.environ.get(TREE) if os.environ.get(DIR) else None
        top = Path(tree).resolve() if tree else None
        if top is None or not at.is_relative_to(top):
            return None
        git_folder = Path(os.environ[DIR]).absolute()
        return cls(top, git_folder, _common(git_folder))

    def within(self, folder: Path) -> str:
        """The name of a folder among the files of the repository; blank for the first."""
        name = folder.resolve().relative_to(self.top.resolve()).as_posix()
        return "" if name == "." else name

    def head(self) -> str:
        """The digest of the last commit; blank where there is none yet.

        Raises:
            UnknownError: `history_broken`; `history_branch`, where the branch has no commit and
                there are others.
        """
        name = _text(self.git_folder, "HEAD", _WORD)
        for _ in range(5):
            if _DIGEST.fullmatch(name):
                return name
            ref = name.removeprefix("ref:").strip()
            if not name.startswith("ref:") or not _REF.fullmatch(ref) or ".." in ref:
                raise UnknownError(HistoryBroken())
            name = self._reference(ref)
            if not name:
                return ""
        raise UnknownError(HistoryBroken())

    def _reference(self, ref: str) -> str:
        """The text of a reference; blank where there is none at all."""
        if is_there(self.common, ref) and (self.common / ref).is_file():
            return _text(self.common, ref, _WORD)
        packed = ""
        if is_there(self.common, "packed-refs"):
            packed = _text(self.common, "packed-refs", _LIST)
        for line in packed.splitlines():
            digest, _, name = line.partition(" ")
            if name == ref and _DIGEST.fullmatch(digest):
                return digest
        past = is_there(self.git_folder, "logs/HEAD") and _text(self.git_folder, "logs/HEAD", _LIST)
        try:
            if packed or past or any(True for _ in files_below(self.common, "refs")):
                raise UnknownError(HistoryBranch())
        except OSError:
            raise UnknownError(HistoryBroken()) from None
        return ""

    def ask(self, head: str, *arguments: str, stdin: bytes = b"", index: bool = False) -> bytes:
        """Ask git in an empty repository that sees these objects alone.

        `head` is a digest of the kind that the objects have; with an `index` git sees the list of
        the files that were checked out.

        Raises:
            UnknownError: `history_missing`, `history_slow`, `history_alternates`,
                `history_broken`.
        """
        objects = self.common / "objects"
        for part in ("objects", "objects/info", "objects/pack"):
            if is_link(self.common / part):
                raise UnknownError(HistoryLink(str(self.common / part)))
        if is_there(self.common, "objects/info/alternates"):
            raise UnknownError(HistoryAlternates(str(objects / "info" / "alternates")))
        try:
            with user_home.scratch() as home:
                _empty(home, objects, "sha256" if len(head) == 64 else "sha1")
                more = {"GIT_INDEX_FILE": str(self.git_folder / "index")} if index else {}
                return _run(home, more, arguments, stdin)
        except (OSError, SonghuaError):
            raise UnknownError(HistoryBroken()) from None


def _pointed(top: Path) -> Path:
    """Git's folder that a file `.git` names, where that folder names the file too.

    So it is of a further work tree of a repository; that of a submodule lies in the repository
    above. Any other could lead to a repository that has nothing to do with the folder.
    """
    text = _text(top, ".git", _WORD)
    git_folder = top / text.removeprefix("gitdir:").strip()
    if not text.startswith("gitdir:") or not git_folder.is_dir():
        raise UnknownError(HistoryBroken())
    git_folder = git_folder.resolve()
    above = (path / ".git" for path in top.parents)
    if any(git_folder.is_relative_to(path.resolve()) for path in above if path.is_dir()):
        return git_folder
    if is_there(git_folder, "gitdir"):
        back = (git_folder / _text(git_folder, "gitdir", _WORD)).resolve()
        if back == (top / ".git").resolve():
            return git_folder
    raise UnknownError(HistoryApart(str(top / ".git")))


def _common(git_folder: Path) -> Path:
    """The folder of a repository's objects: git's folder, or one above that."""
    if not is_there(git_folder, "commondir"):
        return git_folder
    common = (git_folder / _text(git_folder, "commondir", _WORD)).resolve()
    if not git_folder.resolve().is_relative_to(common):
        raise UnknownError(HistoryApart(str(git_folder / "commondir")))
    return common


def _text(home: Path, name: str, most: int) -> str:
    try:
        return bytes_below(home, name, most=most).decode("utf-8", "surrogateescape").strip()
    except SonghuaError:
        raise UnknownError(HistoryBroken()) from None


def _empty(home: Path, objects: Path, kind: str) -> None:
    """Make an empty repository beside whose objects git sees those of another."""
    (home / "objects" / "info").mkdir(parents=True)
    (home / "refs").mkdir()
    (home / "HEAD").write_bytes(b"ref: refs/heads/none\n")
    version = 1 if kind == "sha256" else 0
    settings = _SETTINGS if version else _SETTINGS.partition("[extensions]")[0]
    (home / "config").write_text(settings.format(version=version, kind=kind), "utf-8")
    place = os.fsencode(objects.absolute())
    for plain, written in ((b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r")):
        place = place.replace(plain, written)
    (home / "objects" / "info" / "alternates").write_bytes(b'"' + place + b'"\n')


def _run(home: Path, more: dict[str, str], arguments: Sequence[str], stdin: bytes) -> bytes:
    system = {name: os.environ[name] for name in _SYSTEM if name in os.environ}
    try:
        process = subprocess.run(
            [_program(), f"--git-dir={home}", *arguments],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=SECONDS,
            cwd=home,
            env={**system, **_QUIET, **more},
        )
    except subprocess.TimeoutExpired:
        raise UnknownError(HistorySlow()) from None
    if process.returncode != 0:
        raise UnknownError(HistoryBroken())
    return process.stdout


def _program() -> str:
    """The git of the person's path: of a folder named whole, so that no folder brings its own."""
    for place in filter(os.path.isabs, os.environ.get("PATH", "").split(os.pathsep)):
        program = shutil.which(os.path.join(place, "git"))
        if program is not None:
            return program
    raise UnknownError(HistoryMissing())
