"""Packs as they stand in the package: sound, with licence and page, and small."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from pathlib import Path

import pytest

from songhua import store
from songhua.errors import SonghuaError
from songhua.messages import Words
from songhua.session import FolderRequest, begin
from songhua.store import packs
from songhua.store.packs.shelf import answering, holding, in_territory, place_named

BASES = tuple(one.id for one in packs.packs() if not one.adds_to)
#: A bulletin prints at least so many indicators.
INDICATORS = {"cn": 60}
BLOCK = re.compile(r"```csv\n(.*?)```", re.DOTALL)
PROJECT = '\n[new-plant]\nname = { en = "A plant", zh = "某厂" }\ntype = "project"\n'


def begun(folder: Path, pack: str) -> Path:
    currency = "" if packs.pack(pack).territories[1:] == () else "EUR"
    return begin(folder / "place", FolderRequest(pack, currency=currency)).path


@pytest.mark.parametrize("id", BASES)
def test_a_folder_has_no_fault_as_written(id: str, tmp_path: Path) -> None:
    folder = store.read(begun(tmp_path, id))
    assert folder.plan is not None
    assert folder.region.figures.observations.frame.empty
    assert len(folder.region.indicators) >= INDICATORS.get(id, 25)
    assert not [one for one in folder.warnings if one.code != "file_passed_over"]


@pytest.mark.parametrize("id", BASES)
def test_the_rows_of_its_page_are_sound(id: str, tmp_path: Path) -> None:
    folder = begun(tmp_path, id)
    files = {
        file.read_text("utf-8").partition("\n")[0]: file
        for file in folder.glob("*/*.csv") if file.parent.name != "panels"
    }  # fmt: skip
    blocks = BLOCK.findall((folder / "README.md").read_text("utf-8"))
    code = store.read(folder).region.code
    for block in blocks:
        heading, _, rows = block.partition("\n")
        with files[heading].open("a", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^gdp,[a-z-]+", f"gdp,{code}", rows))
    with (folder / "entities.toml").open("a", encoding="utf-8") as file:
        file.write(PROJECT)
    assert len(blocks) >= 4
    found = store.read(folder)
    assert found.plan is not None
    assert [one.id for one in found.plan.targets] == ["growth"]


@pytest.mark.parametrize("one", packs.packs(), ids=lambda one: one.id)
def test_licence_and_sources_stand_in_it(one: packs.Pack) -> None:
    assert one.licence.complete
    assert one.about.complete
    page = (one.home / packs.PAGE).read_text("utf-8")
    assert "## Sources and licence" in page
    assert "## 来源与许可" in page


def test_figures_that_are_shipped_say_where_they_come_from() -> None:
    """Every panel and table leads to a source with a publisher and an address."""
    for one in packs.packs():
        files = one.files("always") | one.files("like")
        sources = {}
        for when in ("always", "like"):
            sources |= tomllib.loads(
                re.sub(r"\$\w+", "x", one.files(when).get("sources.toml", b"").decode())
            )
        named = {
            row["source"]
            for name, data in files.items() if name.startswith("panels/")
            for row in csv.DictReader(data.decode("utf-8").splitlines())
        }  # fmt: skip
        named |= {
            table["source"]
            for table in tomllib.loads(files.get("tables.toml", b"").decode()).values()
        }
        assert all(sources[id]["address"].startswith("https://") for id in named), one.id


def test_the_page_counts_what_is_there() -> None:
    for id, cells in (("cn", "9,509"), ("us", "21,216")):
        files = packs.pack(id).files("like")
        held = sum(
            data.count(b"\n") - 1 for name, data in files.items() if name.startswith("panels/")
        )
        assert f"{held:,}" == cells
        assert cells in (packs.pack(id).home / packs.PAGE).read_text("utf-8")
    for one in packs.packs():
        held = len(tomllib.loads(one.files("always")["indicators.toml"].decode()))
        assert f"{held} indicators" in (one.home / packs.PAGE).read_text("utf-8")


def test_a_country_is_found_by_pack_code_and_name() -> None:
    for text, id in (("cn", "cn"), ("CN", "cn"), ("中国", "cn"), ("united states", "us"), ("de", "generic"),
                     ("Deutschland", "generic"), ("德国", "generic"), ("GENERIC", "generic")):  # fmt: skip
        assert answering(text)[0].id == id
    assert answering("generic")[1] is None
    land = answering("Deutschland")[1]
    assert land is not None
    assert (land.currency, land.id) == ("EUR", "germany")
    assert in_territory("XX") is None


def test_no_country_has_two_packs_and_ids_are_plain() -> None:
    lands = [land for one in packs.packs() for land in one.territories]
    assert len({land.code for land in lands}) == len(lands) > 200
    assert all(re.fullmatch(r"[a-z0-9-]+", land.id) for land in lands)
    assert len({land.id for land in lands}) == len(lands)


@pytest.mark.parametrize(
    ("call", "code", "near"),
    [
        (lambda: answering("Germny"), "country_unknown", "Germany"),
        (lambda: answering("qqqq"), "country_unknown", ""),
        (lambda: place_named(packs.pack("cn"), "chanchun"), "like_unknown", "Changchun"),
        (lambda: place_named(packs.pack("generic"), "berlin"), "like_none", None),
        (lambda: packs.pack("chn"), "pack_unknown", "cn"),
    ],
)
def test_what_is_not_known_is_refused_with_near_names(call, code: str, near: str | None) -> None:
    with pytest.raises(SonghuaError) as error:
        call()
    assert [one.code for one in error.value.faults] == [code]
    found = error.value.faults[0].params.get("near")
    assert (found("en") if isinstance(found, Words) else found) == near


def test_a_place_is_found_by_id_and_name() -> None:
    china, states = packs.pack("cn"), packs.pack("us")
    assert {place_named(china, text) for text in ("changchun", "Changchun", "长春", "长春市")} == {
        "changchun"
    }
    assert place_named(states, "new york") == "new-york"
    assert len(packs.places_of(states)) == 51
    assert holding("长春") == "cn"
    assert not holding("nowhere")


def test_of_two_packs_with_one_id_the_users_goes_before(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("SONGHUA_PACKS", str(tmp_path))
    assert packs.pack("generic").home != tmp_path / "generic"
    home = tmp_path / "generic"
    home.mkdir()
    (home / "pack.toml").write_text(HEAD, "utf-8")
    assert packs.pack("generic").home == home


HEAD = """[pack]
name = { en = "Rivers", zh = "河流" }
about = { en = "Towns on rivers.", zh = "河边城镇。" }
licence = { en = "None.", zh = "无。" }
"""


LANDS = "code,en,zh,money,own\nXA,A,甲,m EUR,\nXB,B,乙,m EUR,Bé; Bö\nXC,C,丙,m CHF,\n"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (LANDS.replace("own", "owns"), ("column_unknown", 1)),
        (LANDS.replace("own\n", "own,\n"), ("column_unknown", 1)),
        (LANDS.replace("Bö\n", "Bö,\n"), ("row_width", 3)),
        (LANDS.replace("m CHF,", "m CHF"), ("row_width", 4)),
        (LANDS.replace("EUR,\nXB", 'EUR,"\nXB').replace("CHF,", 'CHF,"'), ("cell_over_lines", 2)),
        (LANDS.replace("XC,C,丙", "XA,C,丙"), ("row_repeats", 4)),
        (LANDS.replace("XB", "XB\u00a0"), ("code_unreadable", 3)),
        (LANDS.replace("XB", "XB\u200b"), ("character_odd", 3)),
        pytest.param(
            LANDS.replace("乙", "乙" * 150_000).replace("m CHF", "m"),
            ("unit_unknown", 4),
            id="long",
        ),
    ],
)
def test_countries_are_read_as_strictly_as_every_table(
    text: str, wrong: tuple[str, int], tmp_path: Path
) -> None:
    home = tmp_path / "rivers"
    home.mkdir()
    (home / "pack.toml").write_text(HEAD, "utf-8")
    (home / "territories.csv").write_text(LANDS.replace("B,乙", " B,乙"), "utf-8")
    read = packs.read_pack(home).territories
    assert [(one.code, one.name("en"), one.own_names) for one in read] == [
        ("XA", "A", ()), ("XB", "B", ("Bé", "Bö")), ("XC", "C", ()),
    ]  # fmt: skip
    (home / "territories.csv").write_text(text, "utf-8")
    with pytest.raises(SonghuaError) as error:
        packs.read_pack(home)
    assert wrong in {(one.code, one.row) for one in error.value.faults}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without pipes")
@pytest.mark.parametrize("name", ["places.toml", "territories.csv", "README.md", "folder/x.toml"])
def test_what_is_no_file_is_no_part_of_a_pack(name: str, tmp_path: Path, monkeypatch) -> None:
    from songhua.session import add_pack

    monkeypatch.setenv("SONGHUA_PACKS", str(tmp_path / "mine"))
    home = tmp_path / "rivers"
    (home / "folder").mkdir(parents=True)
    (home / "pack.toml").write_text(HEAD, "utf-8")
    for make, code in (
        (os.mkfifo, "file_not_regular"), (lambda at: at.symlink_to("/dev/zero"), "file_linked"),
        (lambda at: at.symlink_to("/"), "file_linked"),
    ):  # fmt: skip
        make(home / name)
        with pytest.raises(SonghuaError) as error:
            add_pack(home)
        assert [(one.code, one.file) for one in error.value.faults] == [(code, name)]
        (home / name).unlink()
    assert not (tmp_path / "mine").exists()


def test_a_document_of_a_pack_in_another_encoding_is_refused(tmp_path: Path, monkeypatch) -> None:
    from songhua.session import add_pack

    monkeypatch.setenv("SONGHUA_PACKS", str(tmp_path / "mine"))
    home = tmp_path / "rivers"
    (home / "folder").mkdir(parents=True)
    (home / "pack.toml").write_text(HEAD, "utf-8")
    (home / "README.md").write_text("Invented.", "utf-8")
    (home / "folder/region.toml").write_bytes("[region]\n# 河城\n".encode("gbk"))
    with pytest.raises(SonghuaError) as error:
        add_pack(home)
    assert [(one.code, one.file, one.row) for one in error.value.faults] == [
        ("not_utf8", "region.toml", 2)
    ]


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        ({}, ["pack_missing"]),
        ({"pack.toml": "[pack]\n"}, ["value_missing"] * 3),
        ({"pack.toml": HEAD + 'currency = "EUR"\n'}, ["key_unknown"]),
        ({"pack.toml": HEAD + '[[borrow]]\ncase = "harbin"\nfiles = ["../x"]\n'}, ["pack_borrows"]),
        ({"pack.toml": HEAD + '[[borrow]]\ncase = "no-case"\nfiles = ["a"]\n'}, ["pack_borrows"]),
        ({"pack.toml": HEAD, "places.toml": "[a]\nrole = 'comparison'\n"}, ["value_missing"]),
        ({"pack.toml": HEAD, "territories.csv": "code,en,zh,money\nXA,A,,m EUR\n"}, ["value_missing"]),
        ({"pack.toml": HEAD, "places.toml": "a = 'b'\n"}, ["not_a_table"]),
        ({"pack.toml": "borrow = [1]\n" + HEAD}, ["not_a_table"]),
        ({"pack.toml": HEAD + '[[borow]]\ncase = "harbin"\n'}, ["key_unknown"]),
        ({"pack.toml": "borrow = 3\n" + HEAD}, ["not_a_list"]),
        ({"pack.toml": HEAD + '[[borrow]]\ncase = "harbin"\nfiles = ["/etc/hostname"]\n'}, ["pack_borrows"]),
        ({"pack.toml": HEAD, "territories.csv/x": ""}, ["file_not_regular"]),
        ({"pack.toml": HEAD, "README.md": "x", "territory.csv": "a\n"}, ["pack_strange"]),
        ({"pack.toml": HEAD, "README.md": "x", "folder": "a\n"}, ["pack_strange"]),
        ({"pack.toml": HEAD, "territories.csv": "code,en,zh,money\nXA,A,甲,m\n"}, ["unit_unknown"]),
        ({"pack.toml": HEAD + 'adds_to = "nowhere"\n'}, ["pack_adds_to"]),
        ({"pack.toml": HEAD}, ["pack_page_missing"]),
        ({"pack.toml": HEAD, "README.md": "x", "folder/indicators.toml": "[gdp]\n"}, ["value_missing"] * 5),
    ],
)  # fmt: skip
def test_a_pack_that_is_not_sound_is_refused_whole(
    files: dict[str, str], codes: list[str], tmp_path: Path, monkeypatch
) -> None:
    from songhua.session import add_pack

    monkeypatch.setenv("SONGHUA_PACKS", str(tmp_path / "mine"))
    home = tmp_path / "rivers"
    home.mkdir()
    for name, text in files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    with pytest.raises(SonghuaError) as error:
        add_pack(home)
    assert [one.code for one in error.value.faults][: len(codes)] == codes
    assert not (tmp_path / "mine").exists()
