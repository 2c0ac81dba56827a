"""One reader for every table: the same faults for each table of a folder."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from small import write
from songhua import schema, session
from songhua.errors import SonghuaError
from songhua.examples import register as invented
from songhua.reading import csv_rows, tables
from songhua.rules.frame_verdicts import judge_frame
from songhua.rules.rulebook import Rulebook
from songhua.store.firms import read, read_firm
from songhua.store.rulebooks import load

CN = ("cn/sci-tech-sme",)
TABLES = [
    name for name in schema.names()
    if schema.table(name).where.endswith(".csv")
]  # fmt: skip


def codes(
    file: str, data: str | bytes, statuses: tuple[str, ...] = CN
) -> list[tuple[str, int | None]]:
    with pytest.raises(SonghuaError) as caught:
        read(file, data.encode() if isinstance(data, str) else data, statuses)
    return [(fault.code, fault.row) for fault in caught.value.faults]


@pytest.mark.parametrize("name", TABLES)
def test_a_heading_without_optional_columns_is_an_empty_table(name: str) -> None:
    table = schema.table(name)
    needed = [column.name for column in table.columns if column.required]
    needed += [said[0] for said in table.spoken]
    for names in (table.names, needed):
        parsed = tables.read((",".join(names) + "\n").encode(), "x.csv", table, {})
        assert not parsed.faults
        assert parsed.frame().empty


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_held_to_the_same_form(name: str) -> None:
    table = schema.table(name)
    head, blank = ",".join(table.names), "," * (len(table.names) - 1)
    row = "x" + blank

    def found(text: str) -> set[tuple[str, int | None]]:
        return {(f.code, f.row) for f in csv_rows.read(text.encode(), "x.csv", table).faults}

    assert found(f"{head}\n{row}\n") == set()
    assert found(f"{head}\n{row},\n{row}\n") == {("row_width", 2)}
    assert found(f"{head},\n{row},\n") >= {("column_unknown", 1)}
    assert found(f"{head},{table.names[0]}\n") == {("column_repeats", 1)}
    assert found(f"{head}\n{head}\n") == {("heading_again", 2)}
    assert found(f'{head}\n"x{blank}\ny"{blank}\n') == {("cell_over_lines", 2)}
    assert found(f'{head}\n"x{blank}\ny{blank}\n') == {("quote_alone", 2)}
    assert found(f"{head}\n{row}\n{row[:-1]}") == {("row_width", 3)}
    assert found(f"{head}\n{row}\0\n") == {("character_odd", 2)}
    assert found(f"{head}\n\ufeff{row}\n") == {("character_odd", 2)}
    assert {code for code, _ in found(f"{head[:-1]}\n")} >= {"column_unknown"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("firm,staff\na,12,\nb,3\n", [("row_width", 2)]),
        ("firm,staff,staff\na,1,2\n", [("column_repeats", 1)]),
        ("firm,stafff\na,1\n", [("firm_column_unknown", 1)]),
        ("firm,address\na,here\n", [("firm_column_unknown", 1)]),
        ("staff\n1\n", [("column_missing", 1)]),
        ("firm,staff\na\n", [("row_width", 2)]),
        ("firm,staff\na,1\0\n", [("character_odd", 2)]),
        ("firm,staff\na,1_0\n", [("unit_unknown", 2)]),
        ("firm,staff\na,１２\n", [("fact_unreadable", 2)]),
        ("firm,staff\na,1e16\n", [("fact_unreadable", 2)]),
        ("firm,staff\na,-1\n\nb,x\n", [("fact_negative", 2), ("fact_unreadable", 4)]),
        ('firm,staff\n"a,1\nb",2\n', [("cell_over_lines", 2)]),
        ("firm,district,staff\na,north ,1\n", [("label_untidy", 2)]),
        ("firm,district,staff\na,north\u00a0bank,1\n", [("label_untidy", 2)]),
        ("firm,registered,staff\na,20200101,1\n", [("date_unreadable", 2)]),
        ("firm,registered,staff\na,2020-W01-1,1\n", [("date_unreadable", 2)]),
    ],
)
def test_a_register_is_read_strictly(text: str, wrong: list[tuple[str, int]]) -> None:
    statuses = (*CN, "cn/high-tech-enterprise", "cn/little-giant")
    assert codes("firms.csv", text, statuses) == wrong


def test_parquet_is_held_to_the_same() -> None:
    def packed(**columns: object) -> bytes:
        out = io.BytesIO()
        pd.DataFrame(columns).to_parquet(out)
        return out.getvalue()

    assert codes("f", packed(firm=["a"], stafff=[1])) == [("firm_column_unknown", 1)]
    assert codes("f", packed(firm=["a", "a"], staff=[1, -1])) == [
        ("row_repeats", 2), ("fact_negative", 2),
    ]  # fmt: skip
    assert codes("f", packed(firm=["a"], staff=[True])) == [("fact_unreadable", 1)]
    assert codes("f", packed(firm=["a"], staff=[np.inf])) == [("fact_unreadable", 1)]
    assert codes("f", packed(firm=["a\u200b"], staff=[1])) == [("character_odd", 1)]
    assert codes("f", packed(firm=[1.5], staff=[1])) == [("import_column_type", None)]
    assert codes("f", b"PAR1" + bytes(40)) == [("import_unreadable", None)]
    frame = read("f", packed(firm=[1, 2], staff=[None, 3.0]), CN).frame
    assert frame["firm"].tolist() == ["1", "2"]
    assert frame["staff"].isna().tolist() == [True, False]


def test_a_register_reads_as_it_was_written() -> None:
    frame = invented.enterprises(np.random.default_rng(3), 200)
    text = frame.to_csv(index=False, lineterminator="\n").encode()
    read_back = read("e.csv", text, ("cn/high-tech-enterprise", *CN)).frame
    for name in ("staff", "sales", "rd"):
        assert np.array_equal(
            read_back[name].to_numpy(float), frame[name].to_numpy(float), equal_nan=True
        )
    assert read_back["registered"].tolist() == frame["registered"].tolist()
    assert read_back["resident"].tolist() == frame["resident"].tolist()


def test_a_column_read_for_one_country_is_not_judged_by_another(tmp_path: Path) -> None:
    """`assets` is in 10k CNY for China's rulebooks, and in millions of euros for the British."""
    text = "firm,staff,assets,sales\na,12,0.1 100m CNY,5\n"
    folder = write(tmp_path, register__enterprises_csv=text)
    opened = session.open(folder)
    with pytest.raises(SonghuaError) as caught:
        opened.run("certify", on="2024-06-30", statuses=("uk/rd-intensive-sme",))
    assert {f.code for f in caught.value.faults} == {"fact_read_otherwise"}
    both = codes("f", text, ("cn/sci-tech-sme", "uk/rd-intensive-sme"))
    assert set(both) == {("fact_read_otherwise", None)}


def test_two_files_of_one_register_are_a_fault(tmp_path: Path) -> None:
    folder = write(tmp_path, register__enterprises_csv="firm,staff\na,1\n")
    pd.DataFrame({"firm": ["b"], "staff": [1]}).to_parquet(folder / "register/enterprises.parquet")
    with pytest.raises(SonghuaError) as caught:
        session.open(folder)
    assert [f.code for f in caught.value.faults] == ["register_twice"]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"staff": ["12"]}, "fact_unreadable"), ({"staff": [True]}, "fact_unreadable"),
        ({"resident": [1]}, "fact_unreadable"), ({"resident": ["yes"]}, "fact_unreadable"),
    ],
)  # fmt: skip
def test_a_frame_of_other_types_is_refused(columns: dict[str, list[object]], code: str) -> None:
    with pytest.raises(SonghuaError) as caught:
        judge_frame(pd.DataFrame(columns), load(CN[0]), date(2024, 6, 30))
    assert [f.code for f in caught.value.faults] == [code]


def test_a_firms_file_with_a_name_that_no_rulebook_asks_for(tmp_path: Path) -> None:
    file = tmp_path / "firm.toml"
    file.write_text("staff = 12\nstafff = 3\n", "utf-8")
    with pytest.raises(SonghuaError) as caught:
        read_firm(file)
    (fault,) = caught.value.faults
    assert (fault.code, fault.row, fault.params["near"]) == ("key_unknown", 2, "staff")


def test_the_country_with_most_facts_is_taken_without_a_status() -> None:
    book: Rulebook = load("eu/sme")
    found = read("f.csv", b"firm,staff,turnover,balance\na,1,2,3\n")
    assert found.facts["turnover"].same_as(book.facts["turnover"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_quotation_mark_is_told_at_its_row_whatever_ends_a_line(end: str) -> None:
    text = end.join(["a,b", '1,"x"', '2,3"4', '"x', 'y",5', '"5"6,']) + end
    found = csv_rows.quotes_alone(text.encode(), "a.csv")
    assert [(one.code, one.row) for one in found] == [
        ("quote_alone", 3), ("cell_over_lines", 4), ("quote_alone", 6),
    ]  # fmt: skip
