"""NOTICE and `songhua pack show`: every file that comes with songhua has a source and terms."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from songhua import messages
from songhua.cli import songhua
from songhua.shipped import terms
from songhua.shipped.terms import PACKAGE
from songhua.store import packs
from songhua.store.packs.pack import ALWAYS, LIKE

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "docs" / "build.py").exists():
    pytest.skip("the documentation is not in this copy", allow_module_level=True)
sys.path.insert(0, str(ROOT / "docs"))

import build  # noqa: E402

#: What comes with songhua and is no code.
FILES = [
    file
    for file in sorted(PACKAGE.rglob("*"))
    if file.is_file() and file.suffix not in (".py", ".pyi", ".pyc")
]


def holding(file: Path) -> list[terms.Terms]:
    return [one for one in terms.entries() if one.holds(file)]


def named(file: Path) -> set[str]:
    """The entries of sources.toml that the rows of a file name, or what it was learnt from."""
    if file.suffix == ".json":
        return {json.loads(file.read_text("utf-8"))["source"]}
    with file.open(encoding="utf-8", newline="") as text:
        return {row.get("source") or "" for row in csv.DictReader(text)} - {""}


def test_every_file_has_one_entry_and_every_pattern_a_file() -> None:
    assert len(FILES) > 300
    assert [str(file) for file in FILES if len(holding(file)) != 1] == []
    for one in terms.entries():
        for pattern in one.files:
            alone = terms.Terms((pattern,), (), ())
            assert any(map(alone.holds, FILES)), pattern
        assert all(text.complete for text in (*one.sources, *one.terms))
        assert one.terms


@pytest.mark.parametrize(
    "file",
    [
        "examples/harbin/panels/rents.csv", "examples/harbin/tables/china-2023.csv",
        "examples/harbin/learnt/rents-1.json", "examples/washington/observations/rents.csv",
        "examples/hamburg/sources.toml", "maths/growth/fitted.csv", "packs/de/like/panels/kreise.csv",
        "packs/cn/folder/tables/china-2023.csv", "studies/siting/scores.csv", "fonts/serif.ttf",
    ],
)  # fmt: skip
def test_a_file_that_is_added_has_none(file: str) -> None:
    assert holding(PACKAGE / file) == []


def test_the_sources_of_an_entry_are_those_that_its_rows_name() -> None:
    compared = 0
    for one in terms.entries():
        held = [file for file in FILES if one.holds(file) and file.suffix in (".csv", ".json")]
        ids = set().union(*map(named, held))
        if one.ids and ids:
            assert set(one.ids) == ids, one.files
            compared += 1
    assert compared > 15


def test_the_notice_is_that_of_the_entries() -> None:
    assert (ROOT / "NOTICE").read_text("utf-8") == build.notice(), "run `make docs`"
    assert "LICENSE-UNICODE" in build.notice()
    assert (ROOT / "LICENSE-UNICODE").read_text("utf-8").startswith("UNICODE LICENSE V3")


@pytest.mark.parametrize("lang", messages.LANGUAGES)
@pytest.mark.parametrize("id", ["cn", "us", "generic"])
def test_a_pack_is_shown_with_source_and_terms_of_each_file(id: str, lang: str) -> None:
    shown = CliRunner().invoke(songhua, ["pack", "show", id, "--lang", lang]).output
    groups = shown.split(messages.word("pack_files", lang, files="|").split("|")[0])[1:]
    own = packs.pack(id)
    for name in [*own.files(ALWAYS), *own.files(LIKE)]:
        (group,) = (one for one in groups if name in one.splitlines()[0])
        source, text = (
            messages.word(f"pack_{kind}", lang, source="|", text="|")
            for kind in ("source", "terms")
        )
        assert group.splitlines()[1].startswith(source.split("|")[0])
        assert sum(line.startswith(text.split("|")[0]) for line in group.splitlines()) == 1


def test_files_of_a_users_pack_stand_under_its_licence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = '[pack]\nname = { en = "A", zh = "甲" }\nabout = { en = "A.", zh = "甲。" }\n'
    for file, text in {
        "pack.toml": head + 'licence = { en = "Invented.", zh = "虚构。" }\nadds_to = "cn"\n',
        "like/panels/rivers.csv": "indicator,region\n",
    }.items():
        (tmp_path / "rivers" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "rivers" / file).write_text(text, "utf-8")
    monkeypatch.setenv("SONGHUA_PACKS", str(tmp_path))
    shown = CliRunner().invoke(songhua, ["pack", "show", "rivers", "--lang", "en"]).output
    assert "Licence: Invented." in shown
    assert shown.splitlines()[-1] == "Files: panels/rivers.csv"
