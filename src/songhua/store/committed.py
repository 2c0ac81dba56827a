"""Files of a folder as git holds them, or why that cannot be told."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from songhua.errors import Fault, SonghuaError
from songhua.reading import limits
from songhua.reading.file_fault_kinds import HistoryBroken, HistoryLink, HistoryRenamed
from songhua.store.disk import bytes_below, is_link
from songhua.store.repository import Repository, UnknownError

LINK, MODULE = b"120000", b"160000"
#: Git's digests by their length; and what Git LFS commits in place of a file.
_DIGESTS = {40: "sha1", 64: "sha256"}
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)
_ENTRY = re.compile(rb"\d{6} [a-z]+ (?:[0-9a-f]{40}|[0-9a-f]{64})")


@dataclass(frozen=True)
class Committed:
    """The last commit's files of a folder: name to git's digest of the content.

    `unknown` is the warning with the reason why they are unknown; then no recorded row is known.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    unknown: Fault | None = None


def committed(folder: Path, parts: Sequence[str]) -> Committed:
    """The last commit's CSV and TOML files of some parts of a folder.

    Without a repository, or before its first commit, there are none: that is known. A person's
    variables `GIT_DIR` and `GIT_WORK_TREE` count where the folder stands in no other repository
    and is among the files that they name.
    """
    try:
        home = Repository.of(folder)
        return Committed() if home is None else _listed(home, folder, parts)
    except UnknownError as error:
        return Committed(unknown=error.at(folder))


def under_git(folder: Path) -> bool:
    """True for a folder that stands in a repository."""
    try:
        return Repository.of(folder) is not None
    except UnknownError:
        return True


def blobs(folder: Path, digests: Iterable[str]) -> dict[str, bytes]:
    """By digest the content of files as git holds it; what git lacks is left out.

    In place of a large file Git LFS commits a pointer to it, and holds the file beside git's own.

    Raises:
        UnknownError: where git does not answer.
    """
    wanted = sorted(set(digests))
    home = Repository.of(folder)
    if home is None or not wanted:
        return {}
    lines = "\n".join([*wanted, ""]).encode()
    sizes = home.ask(wanted[0], "cat-file", "--batch-check", stdin=lines).decode().splitlines()
    objects = [line.split() for line in sizes]
    small = [o[0] for o in objects if len(o) == 3 and o[1] == "blob" and int(o[2]) <= limits.FILE]
    if len(objects) != len(wanted) or not small:
        return {}
    lines = "\n".join([*small, ""]).encode()
    answer = home.ask(wanted[0], "cat-file", "--batch", stdin=lines)
    contents: dict[str, bytes] = {}
    for digest, data in _answered(answer):
        pointer = _POINTER.match(data)
        whole = data if pointer is None else _large(home, pointer[1].decode())
        if whole is not None:
            contents[digest] = whole
    return contents


def _answered(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """Digest and content of each object from git; objects with a wrong digest are left out."""
    at = 0
    while (end := answer.find(b"\n", at)) >= 0:
        digest, _, size = answer[at:end].decode().partition(" blob ")
        if not size.isdecimal():
            return
        at = end + 1 + int(size)
        data = answer[end + 1 : at]
        if digest_of(data, digest):
            yield digest, data
        at += 1


def left_out(folder: Path, names: Sequence[str]) -> set[str]:
    """Those of some files that git keeps out of the folder: a sparse checkout.

    Raises:
        UnknownError: where git does not answer.
    """
    home = Repository.of(folder)
    if not names or home is None or not (home.git_folder / "index").exists():
        return set()
    if is_link(home.git_folder / "index"):
        raise UnknownError(HistoryLink(str(home.git_folder / "index")))
    prefix = home.within(folder)
    whole = {f"{prefix}/{name}" if prefix else name: name for name in names}
    answer = home.ask(home.head(), "ls-files", "-v", "-z", "--full-name", "--", *whole, index=True)
    lines = (os.fsdecode(line) for line in answer.split(b"\0"))
    return {whole[line[2:]] for line in lines if line[:2] in ("S ", "s ") and line[2:] in whole}


def _large(home: Repository, digest: str) -> bytes | None:
    """A file that Git LFS holds, by its digest."""
    try:
        name = f"lfs/objects/{digest[:2]}/{digest[2:4]}/{digest}"
        data = bytes_below(home.common, name, most=limits.FILE)
    except SonghuaError:
        return None
    return data if hashlib.sha256(data).hexdigest() == digest else None


def digest_of(data: bytes, digest: str) -> bool:
    """True if git's digest is that of some content.

    >>> digest_of(b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), digest_of(b"a", "e69de2")
    (True, False)
    """
    kind, whole = _DIGESTS.get(len(digest)), b"blob %d\0" % len(data) + data
    return bool(kind) and hashlib.new(kind, whole, usedforsecurity=False).hexdigest() == digest


def _listed(home: Repository, folder: Path, parts: Sequence[str]) -> Committed:
    head, inner = home.head(), home.within(folder)
    if not head:
        return Committed()
    before = f"{inner}/" if inner else ""
    digests: dict[str, str] = {}
    for mode, digest, name in _entries(home, head, *(before + part for part in parts)):
        file = name.removeprefix(before)
        if mode in (LINK, MODULE):
            return Committed(unknown=HistoryLink(file))
        if file.endswith((".csv", ".toml")):
            digests[file] = digest
    if not digests:
        _check_elsewhere(home, head, inner, parts)
    for part in {*parts, *digests}:
        if is_link(folder / part):
            return Committed(unknown=HistoryLink(part))
    return Committed(digests)


def _entries(home: Repository, head: str, *paths: str) -> Iterator[tuple[bytes, str, str]]:
    """Mode, digest and name of each file of a commit."""
    *entries, last = home.ask(head, "ls-tree", "-r", "-z", "--full-tree", head, *paths).split(b"\0")
    if last:
        raise UnknownError(HistoryBroken())
    for entry in entries:
        meta, _, name = entry.partition(b"\t")
        if not _ENTRY.fullmatch(meta):
            raise UnknownError(HistoryBroken())
        mode, _, digest = meta.split()
        yield mode, digest.decode(), os.fsdecode(name)


def _check_elsewhere(home: Repository, head: str, inner: str, parts: Sequence[str]) -> None:
    """Fail if the last commit lacks the folder, but holds it in another way.

    The folder may be another repository, of which only the link was recorded. Or it was renamed,
    and its recorded files stand at a place that no longer exists.
    """
    if home.ask(head, "cat-file", "-t", head).strip() != b"commit":  # a git that answers nothing
        raise UnknownError(HistoryBroken())
    for mode, _, name in _entries(home, head):
        if mode in (LINK, MODULE) and f"{inner}/".startswith(f"{name}/"):
            raise UnknownError(HistoryLink(name))
        if name.rpartition("/")[2] in parts and not os.path.lexists(home.top / name):
            raise UnknownError(HistoryRenamed(name))
