"""Contents of a folder's file: text of characters that can be seen, numbers with ends."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from small import FILES, write
from songhua import schema, session, store
from songhua.checks import check
from songhua.document.charts.specification import specified
from songhua.errors import Fault, SonghuaError
from songhua.format.language import Language
from songhua.messages import Words
from songhua.reading import documents
from songhua.render.charts.drawing import svg
from songhua.store.firms import read_firm

ECONOMY = FILES["observations/economy.csv"].lstrip("\n")
ODD = [
    ("\x1b", "U+001B"), ("\x85", "U+0085"), ("\u2028", "U+2028 LINE SEPARATOR"), ("\ufffe", "U+FFFE"),
    ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE"), ("\u200b", "U+200B ZERO WIDTH SPACE"),
    ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"), ("\U0010ffff", "U+10FFFF"), ("\0", "U+0000"),
    ("\ufffd", "U+FFFD REPLACEMENT CHARACTER"), ("\ufdd0", "U+FDD0"), ("\ufdef", "U+FDEF"),
]  # fmt: skip


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(SonghuaError) as caught:
        store.read(folder)
    return list(caught.value.faults)


@pytest.mark.parametrize(("one", "name"), ODD)
def test_a_character_that_is_no_text_is_refused_with_its_place(
    one: str, name: str, tmp_path: Path
) -> None:
    table = write(tmp_path / "a", observations__economy_csv=ECONOMY.replace("said", f"河{one}said"))
    (fault,) = faults(table)
    at = ECONOMY.splitlines()[8].index("said") + 2  # it stands after 河
    assert (fault.code, fault.row, fault.params) == (
        "character_odd",
        9,
        {"name": name, "where": at},
    )
    raw = write(tmp_path / "b", sources_toml=FILES["sources.toml"].replace("Daily", f"D{one}"))
    assert {(f.code, f.row) for f in faults(raw)} == {("character_odd", 9)}


@pytest.mark.parametrize(("one", "name"), ODD)
def test_an_escape_makes_no_other_text_than_the_character(
    one: str, name: str, tmp_path: Path
) -> None:
    said = FILES["sources.toml"].replace("Daily", f"D\\U{ord(one):08X}")
    (fault,) = faults(write(tmp_path, sources_toml=said))
    assert (fault.code, fault.row, fault.column) == ("character_odd", 9, "paper.publisher")
    assert fault.params["name"] == name


@pytest.mark.parametrize("text", ["\u00a0", "\u3000", "\u200d", "🏭", "é", "\t", "e\u0301"])
def test_what_a_person_writes_is_text(text: str, tmp_path: Path) -> None:
    store.read(write(tmp_path, sources_toml=FILES["sources.toml"].replace("Daily", f"D{text}y")))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (str(10**30), "number_outside"), ("0x" + "f" * 9000, "number_outside"),
        ("nan", "number_outside"), ("-inf", "number_outside"), ("1e999", "number_outside"),
        ("[" * 40 + "]" * 40, "nested_deep"), ("{a=" * 40 + "1" + "}" * 40, "nested_deep"),
        ("9" * 9000, "toml_unreadable"), ("99999", "above_most"), ("0", "below_least"),
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_numbers_and_depth_are_bounded(value: str, code: str, tmp_path: Path) -> None:
    region = FILES["region.toml"].replace("base_year = 2020", f"base_year = {value}")
    assert {(f.code, f.file) for f in faults(write(tmp_path, region_toml=region))} == {
        (code, "region.toml")
    }


@pytest.mark.parametrize("year", ["0999", "3000", "9999-12-31", "0001"])
def test_the_years_of_figures_are_bounded(year: str, tmp_path: Path) -> None:
    text = ECONOMY.replace("food,,2019", f"food,,{year}")
    found = faults(write(tmp_path, observations__economy_csv=text))
    assert ("year_outside", 4, "period") in {(f.code, f.row, f.column) for f in found}


def test_every_whole_number_of_the_schema_has_both_ends() -> None:
    open_ended = [
        (name, column.name)
        for name in schema.names()
        for column in schema.table(name).columns
        if column.type in ("integer", "number") and None in (column.least, column.most)
    ]
    assert open_ended == []


def test_a_pipe_a_device_and_a_folder_are_no_files(rivertown: Path, tmp_path: Path) -> None:
    os.mkfifo(rivertown / "claims.toml")
    (rivertown / "entities.toml").symlink_to("/dev/zero")
    (rivertown / "observations" / "more.csv").mkdir()
    (rivertown / "left_out.csv").symlink_to("nowhere")
    assert {(f.code, f.file) for f in faults(rivertown)} == {
        ("file_not_regular", "claims.toml"), ("file_linked", "entities.toml"),
        ("file_not_regular", "observations/more.csv"), ("file_linked", "left_out.csv"),
    }  # fmt: skip
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for work in (
        lambda: session.import_file(rivertown, pipe),
        lambda: read_firm(pipe),
        lambda: session.open_register(pipe),
    ):
        with pytest.raises(SonghuaError) as caught:
            work()
        assert [f.code for f in caught.value.faults] == ["file_not_regular"]


def test_an_entry_with_a_fault_is_not_handed_on(tmp_path: Path) -> None:
    composed = (
        '[i]\nname = { en = "I", zh = "指数" }\nmembers = 3\ncoupling = 7\nodd = 1\n'
        '[j]\nname = 3\n[j.members.a]\nname = { en = "A", zh = "甲" }\nindicator = "gdp"\n'
        "weight = []\n"
    )
    found = faults(write(tmp_path, indices_toml=composed))
    assert {(f.code, f.row) for f in found} >= {("not_a_table", 3), ("key_unknown", 5)}


def test_rows_of_a_document_are_those_of_its_text() -> None:
    text = '''# [a]
[a]  # b = 1
"b c".d = """
b = 2
[e]
"""
e = { f = 1 }
f = 'x'
[[g.h]]
i = ["""
f = 3""",
 "j", { k = 1 }]
["ü\\u00e9"]
l = 1
'''
    document, wrong = documents.parse(text.encode(), "x.toml")
    assert document is not None, wrong
    for keys, row in {
        ("a",): 2, ("a", "b c"): 3, ("a", "b c", "d"): 3, ("a", "e", "f"): 7, ("a", "f"): 8,
        ("e",): None, ("g",): 9, ("g", "h", "i"): 10, ("a", "none"): 2, ("ü\u00e9", "l"): 14,
    }.items():  # fmt: skip
        assert document.row(*keys) == row, keys


def test_a_name_that_is_no_text_is_refused_in_memory_too(rivertown: Path) -> None:
    region = store.read(rivertown).region
    named = replace(region, name=Words({"en": "River\x1btown", "zh": "河城"}))
    rows = region.figures.observations.frame.assign(note="a\u2028b")
    noted = replace(region, figures=region.figures.with_rows(rows))
    for odd, column in ((named, "region.name"), (noted, "note")):
        assert {(f.code, f.column) for f in check(odd)} == {("character_odd", column)}


@pytest.mark.parametrize("one", ["\x1b", "\ufffe", "\u2028", "\0"])
def test_a_chart_of_a_name_that_is_no_text_is_drawn(one: str) -> None:
    import altair as alt

    rows = pd.DataFrame({"name": [f"a{one}b"], "value": [1.0]})
    chart = alt.Chart(rows).mark_bar().encode(x="value", y="name")
    drawn = svg(specified(Language("en"), chart, "x", f"T{one}", "D"))
    assert "<title" in drawn
    assert one not in drawn


def test_many_entries_with_a_fault_are_told_up_to_a_number(tmp_path: Path) -> None:
    entry = '[i{n}]\nname = {{ en = "N", zh = "名" }}\nparent = "fodo{n}"\n'
    text = "".join(entry.format(n=n) for n in range(3000))
    found = faults(write(tmp_path, industries_toml=FILES["industries.toml"] + text))
    labels = [f for f in found if f.file == "industries.toml"]
    assert [f.code for f in labels] == ["label_unknown"] * 200 + ["more_entries"]
    assert labels[-1].params == {"n": 200, "of": 3002}
