"""The verbs ask a store behind the port and no disk: in memory they give what a folder holds."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from small import HEADING
from songhua import store
from songhua.errors import Fault
from songhua.session import Named
from songhua.store.source import Raw, digests_of, parsed

FIGURE = {
    "indicator": "gdp", "region": "rivertown", "period": "2021", "value": "11.2",
    "unit": "bn EUR", "kind": "actual", "source": "bulletin-2020", "recorded": "2026-01-03",
}  # fmt: skip


@dataclass
class Memory:
    """Rows of a region that stand on no disk; who changed them and why is written down."""

    files: dict[str, bytes]
    told: list[tuple[str, str]] = field(default_factory=list)

    def read(self) -> Raw:
        return parsed(self.files, [])

    def alone(self) -> AbstractContextManager[None]:
        return nullcontext()

    def append(self, looked: Raw, files: Mapping[str, bytes]) -> None:
        assert dict(looked.files) == self.files
        self.files |= files

    def revise(
        self, looked: Raw, files: Mapping[str, bytes], actor: str = "", reason: str = ""
    ) -> None:
        self.append(looked, files)
        self.told.append((actor, reason))

    def is_recorded(self, raw: Raw, file: str, row: int, of_today: bool) -> bool:
        return not of_today

    def rewritten(self, raw: Raw) -> tuple[list[Fault], list[Fault], list[Fault]]:
        return [], [], []

    def maps(self, layout: str = "") -> list[str]:
        return []

    def map_named(self, name: str) -> bytes:
        return self.files[name]

    def stamp(self) -> object:
        return self.state()

    def state(self) -> Mapping[str, Mapping[str, str]]:
        return {"files": digests_of(self.files)}


def test_what_verbs_write_is_the_same_in_every_store(rivertown: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    row = "gdp,rivertown,food,,2010,4.0,bn EUR,,actual,,,paper,,2026-01-02,"
    rows.write_text(f"{HEADING}\n{row}\n", "utf-8")
    folder, memory = store.at(rivertown), Memory(dict(store.at(rivertown).read().files))
    for one in (folder, memory):
        store.add_figure(one, FIGURE)
        assert len(store.add(one, rows).rows) == 1
        new = store.New("10.2", "2026-03-01", note="a slip of the pen")
        store.correct(one, Named("gdp", "2019"), new)
    assert memory.read().digests() == folder.read().digests()
    assert memory.told == [("", "a slip of the pen")]


def test_what_is_appended_leaves_what_stands(rivertown: Path) -> None:
    folder = store.at(rivertown)
    raw = folder.read()
    with pytest.raises(ValueError, match="does not go on"):
        folder.append(raw, {"sources.toml": raw.files["sources.toml"][1:]})
    assert folder.read().digests() == raw.digests()
