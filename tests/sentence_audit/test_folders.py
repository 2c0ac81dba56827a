"""Nothing is said that the tables deny: folders begun with each pack, and thirty drawn by chance."""

from __future__ import annotations

from pathlib import Path

import pytest

from sentence_audit import drawn, runner
from sentence_audit.test_cases import unknown
from songhua.session.beginning import FolderRequest, begin

DRAWN, GROUPS = 30, 3
PACKS = {
    "cn": FolderRequest(country="cn"),
    "us": FolderRequest(country="us"),
    "generic": FolderRequest(country="Germany", base_year=2023),
    "like-changchun": FolderRequest(country="cn", like="changchun"),
    "like-oregon": FolderRequest(country="us", like="oregon"),
}
#: Those with the panels of a place take ten seconds each.
LONG = [
    pytest.param(name, marks=pytest.mark.deep) if name.startswith("like") else name
    for name in PACKS
]


@pytest.mark.parametrize("name", LONG)
def test_a_folder_begun_with_a_pack_says_nothing_denied(name: str, tmp_path: Path) -> None:
    begin(tmp_path / name, PACKS[name])
    assert unknown(runner.run_of(tmp_path / name)) == []


@pytest.mark.parametrize("first", range(0, 100 * GROUPS, 100))
def test_drawn_folders_say_nothing_denied(first: int, tmp_path: Path) -> None:
    codes = set[str]()
    for path in drawn.folders(tmp_path, DRAWN // GROUPS, first):
        run = runner.run_of(path)
        assert not run.broken, path
        assert unknown(run) == [], path
        codes |= {sentence.code for sentence in runner.sentences(run)}
    assert len(codes) > 40
