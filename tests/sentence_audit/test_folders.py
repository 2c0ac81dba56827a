"""Nothing is said that the tables deny: folders begun with each pack, and some drawn by chance.

Ten drawn folders run in the gate, the other twenty in `make deep`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sentence_audit import drawn, runner, unread
from sentence_audit.claims import Sentence
from sentence_audit.test_cases import FALSIFIED
from songhua.session.beginning import FolderRequest, begin

PACKS = {
    "cn": FolderRequest(country="cn"),
    "us": FolderRequest(country="us"),
    "generic": FolderRequest(country="Germany", base_year=2023),
    "like-changchun": FolderRequest(country="cn", like="changchun"),
    "like-oregon": FolderRequest(country="us", like="oregon"),
}


@pytest.mark.parametrize("name", PACKS)
def test_a_folder_begun_with_a_pack_says_nothing_denied(name: str, tmp_path: Path) -> None:
    begin(tmp_path / name, PACKS[name])
    assert list(runner.denied(runner.run_of(tmp_path / name))) == []


@pytest.mark.parametrize(
    "first",
    [
        first if at == 0 else pytest.param(first, marks=pytest.mark.exhaustive)
        for at, first in enumerate(drawn.GROUPS)
    ],
)
def test_drawn_folders_say_nothing_denied(first: int, tmp_path: Path) -> None:
    """Of the first sentence of each kind each field made false is noticed, but for those listed."""
    spoken: dict[str, Sentence] = {}
    for path in drawn.folders(tmp_path, drawn.EACH, first):
        run = runner.run_of(path)
        assert not run.broken, path
        assert list(runner.denied(run)) == [], path
        spoken |= {one.code: one for one in runner.sentences(run) if one.code not in spoken}
    notices, missed = unread.noticed(spoken.values())
    assert len(notices) > FALSIFIED
    assert sorted(missed - unread.listed()) == []
