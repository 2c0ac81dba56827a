"""Faults of files, folders and their history, a class each with the fields of its words."""

from __future__ import annotations

from collections.abc import Sequence

from songhua.errors import Fault


class CaseOfSonghua(Fault):
    name: str


class FileChangedByHand(Fault, nature="conflict"):
    kept: str


class FileEmpty(Fault, nature="missing"): ...


class FileInUse(Fault, nature="conflict"): ...


class FileLinked(Fault): ...


class FileOutside(Fault): ...


class FilePassedOver(Fault): ...


class FilePointer(Fault): ...


class FileTooLarge(Fault, nature="limit"):
    most: int


class FileUnreadable(Fault, nature="machine"):
    why: str


class FolderChanged(Fault, nature="conflict"): ...


class FolderChanging(Fault, nature="conflict"):
    path: str


class FolderNotEmpty(Fault, nature="conflict"):
    path: str


class HistoryAlternates(Fault, nature="machine"): ...


class HistoryApart(Fault, nature="machine"): ...


class HistoryBlob(Fault, nature="machine"): ...


class HistoryBranch(Fault, nature="machine"): ...


class HistoryBroken(Fault, nature="machine"): ...


class HistoryLink(Fault, nature="machine"): ...


class HistoryMissing(Fault, nature="missing"): ...


class HistoryRenamed(Fault, nature="machine"): ...


class HistorySlow(Fault, nature="limit"): ...


class HistorySparse(Fault, nature="machine"): ...


class HistoryUnreadable(Fault, nature="machine"): ...


class LineUnended(Fault):
    text: str


class LockHeld(Fault, nature="conflict"):
    path: str


class NotUtf8(Fault): ...


class OutputKept(Fault, nature="conflict"): ...


class PartOfSonghua(Fault):
    path: str


class ProgressRewritten(Fault, nature="conflict"):
    entry: str
    before: Sequence[str]


class PromiseRewritten(Fault, nature="conflict"):
    line: str


class RecordedEntryChanged(Fault, nature="conflict"):
    entry: str
    before: str
    now: str


class RecordedRowChanged(Fault, nature="conflict"):
    line: str


class RegisterSecretUnwritable(Fault, nature="machine"):
    why: str


class SonghuaLeftover(Fault): ...


class SystemRefused(Fault, nature="machine"):
    why: str


class UpgradeUnreadable(Fault):
    text: str
    today: str
