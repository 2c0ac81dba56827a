"""A folder's register: read with the folder, every fault with its place, made again by a recipe."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commands import songhua
from small import write
from songhua import rerun, session
from songhua.errors import SonghuaError
from songhua.examples import register as invented
from songhua.rules.facts import read_fact
from songhua.rules.register import Register
from songhua.store.firms import read as read_firms
from songhua.store.firms import read_firm
from songhua.store.rulebooks import applicable, load

FIRMS = "firm,staff,district,resident\na,12,north,yes\nb,501,south,no\n"
HELD = "firm,status,since,until\na,cn/sci-tech-sme,2024-01-01,2024-12-31\n"
HEAD = '[register]\non = 2024-06-30\nstatuses = ["cn/sci-tech-sme"]\n'


def _city(folder: Path, **changes: str | bytes | None) -> Path:
    files: dict[str, str | bytes | None] = {
        "register__enterprises_csv": FIRMS, "register__certificates_csv": HELD,
        "register__register_toml": HEAD,
    }  # fmt: skip
    return write(folder, **{**files, **changes})


def _codes(folder: Path) -> list[tuple[str, str, int | None]]:
    with pytest.raises(SonghuaError) as caught:
        session.open(folder)
    return [(fault.code, fault.file, fault.row) for fault in caught.value.faults]


def test_a_register_is_read_with_its_folder_and_counted(tmp_path: Path) -> None:
    folder = session.open(_city(tmp_path))
    assert folder.register is not None
    assert list(folder.register.enterprises["staff"]) == [12.0, 501.0]
    assert folder.register.statuses == ("cn/sci-tech-sme",)
    assert not folder.register.invented
    assert {name for name in folder.digests if name.startswith("register/")} == {
        "register/certificates.csv", "register/enterprises.csv", "register/register.toml",
    }  # fmt: skip
    assert session.check(tmp_path, small_cells=True).holds["firms"] == 2


def test_all_faults_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    folder = _city(
        tmp_path,
        register__enterprises_csv="firm,staff\na,many\na,3\n,-2\n",
        register__certificates_csv="firm,status,since,until\na,cn/sci-tech,2024-01-01,2024-12-31\n"
        "a,cn/sci-tech-sme,2024-13-01,2024-12-31\n",
        register__register_toml='[register]\non = 2024-06-30\nstatus = ["cn/sci-tech-sme"]\n',
    )
    assert set(_codes(folder)) == {
        ("key_unknown", "register/register.toml", 3),
        ("label_unknown", "register/certificates.csv", 2),
        ("date_unreadable", "register/certificates.csv", 3),
        ("fact_unreadable", "register/enterprises.csv", 2),
        ("fact_negative", "register/enterprises.csv", 4),
        ("row_repeats", "register/enterprises.csv", 3),
        ("value_missing", "register/enterprises.csv", 4),
    }


CONTRADICT = """firm,name,staff,tech_staff,sales,assets,rd,total_cost
a,Mill,100,150,1000,800,60,900
b,Works,12,100,1000,800,1000,900
c,Yard,50,5,1000,800,600000,
d,Forge,50,5,0,800,60,60
合计,,212,260,4000,3200,601120,1860
"""


def test_facts_that_cannot_be_and_totals_are_refused_at_their_rows(tmp_path: Path) -> None:
    """Technicians above all staff, research above all cost or in yuan, a total among the firms."""
    found = _codes(_city(tmp_path, register__enterprises_csv=CONTRADICT))
    file = "register/enterprises.csv"
    assert set(found) == {
        ("fact_above_whole", file, 2), ("fact_above_whole", file, 3),
        ("fact_other_unit", file, 4), ("firm_is_total", file, 6),
    }  # fmt: skip
    assert found.count(("fact_above_whole", file, 3)) == 2  # exchanged, and research above cost


def test_a_firm_alone_is_told_all_that_contradicts_in_its_facts(tmp_path: Path) -> None:
    facts = tmp_path / "mill.toml"
    facts.write_text("staff = 100\ntech_staff = 150\nrd = 1000\ntotal_cost = 900\n", "utf-8")
    books = ("cn/sci-tech-sme", "cn/high-tech-enterprise")
    with pytest.raises(SonghuaError) as refused:
        session.firm(facts, statuses=books, on="2024-06-30")
    told = [(one.code, one.file, one.column) for one in refused.value.faults]
    assert told == [("fact_above_whole", "mill.toml", one) for one in ("tech_staff", "rd")]
    assert "150 persons" in refused.value.faults[0].words("zh")
    facts.write_text("staff = { low = 100, high = 200 }\ntech_staff = 150\n", "utf-8")
    session.firm(facts, statuses=books, on="2024-06-30")


def test_a_firm_twice_or_without_a_number_and_a_span_turned_round(tmp_path: Path) -> None:
    folder = _city(
        tmp_path,
        register__enterprises_csv="firm,staff\na,1\na,3\n,2\n",
        register__certificates_csv="firm,status,since,until\n"
        "a,cn/sci-tech-sme,2024-01-01,2023-12-31\n",
    )
    assert set(_codes(folder)) == {
        ("row_repeats", "register/enterprises.csv", 3),
        ("value_missing", "register/enterprises.csv", 4),
        ("certificate_span", "register/certificates.csv", 2),
    }


def test_the_study_is_run_with_the_others_and_made_again_from_its_recipe(tmp_path: Path) -> None:
    folder = _city(tmp_path)
    found = session.open(folder).run_all().results["certify"]
    assert found.recipe is not None
    assert dict(found.recipe.arguments) == {
        "folder": str(folder), "as_of": "", "on": "2024-06-30",
        "statuses": ["cn/sci-tech-sme"], "small_cells": False,
    }  # fmt: skip
    assert rerun(found.recipe.as_dict()).to_json() == found.to_json()
    (folder / "register" / "enterprises.csv").write_text(FIRMS + "c,3,north,yes\n", "utf-8")
    with pytest.raises(SonghuaError, match=r"register/enterprises\.csv"):
        rerun(found.recipe)


def test_no_export_names_a_firm_unless_asked_for(tmp_path: Path) -> None:
    folder = _city(tmp_path)
    found = session.open(folder).run("certify")
    assert (len(found.tables["verdicts"]), len(found.tables["expiring_certificates"])) == (0, 0)
    assert (found.tables["pipeline"]["firms"] % 3 == 0).all()
    asked = session.open(folder).run("certify", small_cells=True)
    told = asked.tables
    assert list(told["verdicts"]["firm"]) == ["a", "b"]
    assert list(told["pipeline"]["firms"]) == [1.0, 1.0]
    assert list(told["expiring_certificates"]["firm"]) == []
    recipe = asked.recipe
    assert recipe is not None
    assert rerun(recipe).to_json() == asked.to_json()


def test_the_day_is_asked_for_or_the_views_or_the_registers(tmp_path: Path) -> None:
    folder = _city(tmp_path)

    def day(as_of: str | None = None, **options: str) -> str:
        recipe = session.open(folder, as_of).run("certify", **options).recipe
        assert recipe is not None
        return recipe.arguments["on"]

    assert day() == "2024-06-30"
    assert day(as_of="2025-05-01") == "2025-05-01"
    assert day(on="2023-01-01") == "2023-01-01"
    (folder / "register" / "register.toml").unlink()
    assert day() == "2026-01-02"


def test_the_rulebooks_are_those_of_the_law_that_the_columns_speak_to() -> None:
    assert set(applicable(["staff", "sales", "rd", "class1_ip"])) >= {"cn/sci-tech-sme"}
    assert applicable(["qualifying_rd", "staff"]) == ("uk/rd-intensive-sme",)


def test_a_parquet_file_is_a_register_as_well(tmp_path: Path) -> None:
    folder = _city(tmp_path, register__enterprises_csv=None)
    frame = invented.enterprises(np.random.default_rng(1), 20)
    frame.to_parquet(folder / "register" / "enterprises.parquet")
    found = session.open(folder).register
    assert found is not None
    assert len(found.enterprises) == 20


def test_the_invented_register_is_written_whole_and_the_same_each_time(tmp_path: Path) -> None:
    first, again = (session.new(tmp_path / name, "register") for name in "ab")
    for name in ("enterprises", "certificates"):
        file = Path("register") / f"{name}.csv"
        text = (first / file).read_text("utf-8")
        assert text == (again / file).read_text("utf-8")
    assert session.check(first, small_cells=True).holds["firms"] == 3000
    assert set(session.examples()) == {"harbin", "register", "washington"}


@pytest.mark.parametrize("encoded", [False, True])
def test_a_parquet_file_in_groups_of_rows_says_the_same(encoded: bool) -> None:
    """Days, numbers, texts and flags, plain or as dictionaries, whatever the groups they come in."""
    frame = invented.enterprises(np.random.default_rng(3), 7)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    if encoded:
        whole = [column.combine_chunks() for column in table.columns]
        table = pa.table([one.dictionary_encode() for one in whole], table.column_names)
    found = []
    for size in (1, 3, 100):
        pq.write_table(table, out := io.BytesIO(), row_group_size=size)
        found.append(read_firms("f.parquet", out.getvalue(), ("cn/high-tech-enterprise",)).frame)
    assert found[0]["registered"].tolist() == frame["registered"].tolist()
    for other in found[1:]:
        pd.testing.assert_frame_equal(found[0], other)
    pq.write_table(table.slice(0, 0), out := io.BytesIO())
    assert len(read_firms("f.parquet", out.getvalue(), ("cn/high-tech-enterprise",)).frame) == 0


@pytest.mark.parametrize(
    "column",
    [
        pa.array([2**31 - 1], pa.int32()).cast(pa.date32()),
        pa.array([10**12]).cast(pa.timestamp("s")),
    ],
)
def test_a_day_that_no_calendar_has_is_a_fault(column: pa.Array) -> None:
    pq.write_table(pa.table({"firm": ["a"], "registered": column}), out := io.BytesIO())
    with pytest.raises(SonghuaError) as caught:
        read_firms("f.parquet", out.getvalue(), ("cn/high-tech-enterprise",))
    (fault,) = caught.value.faults
    assert (fault.code, fault.column) == ("fact_unreadable", "registered")
    assert fault.params["text"]


def test_a_fact_is_read_alike_from_text_parquet_and_toml(tmp_path: Path) -> None:
    text = b"firm,sales,national_share,resident,registered\na,0.1 100m CNY,5 %,\xe6\x98\xaf,2020-01-01\n"
    (tmp_path / "firm.toml").write_text(
        'sales = { value = 0.1, unit = "100m CNY" }\nnational_share = 5\nresident = true\n'
        "registered = 2020-01-01\n",
        "utf-8",
    )
    amount = {"value": 0.1, "unit": "100m CNY"}
    row = {"firm": "a", "sales": [amount], "national_share": 5, "resident": True}
    pd.DataFrame({**row, "registered": [date(2020, 1, 1)]}).to_parquet(tmp_path / "f.parquet")
    parquet = (tmp_path / "f.parquet").read_bytes()
    statuses = ("cn/sci-tech-sme", "cn/high-tech-enterprise", "cn/little-giant")
    tables = [
        read_firms(f, data, statuses).frame for f, data in (("f.csv", text), ("f.parquet", parquet))
    ]
    given = [Register(table).firm("a") or {} for table in tables] + [
        read_firm(tmp_path / "firm.toml")
    ]
    known = {id: fact for name in statuses for id, fact in load(name).facts.items()}
    wanted = {"sales": 1000.0, "national_share": 5.0, "resident": True}
    for id, value in {**wanted, "registered": date(2020, 1, 1)}.items():
        read = [read_fact(known[id], one[id]) for one in given]
        assert [one and one.low for one in read] == [value] * 3, id


def test_a_mark_above_the_highest_is_a_fault_in_a_register_as_in_a_file() -> None:
    with pytest.raises(SonghuaError) as caught:
        read_firms("f.csv", b"firm,mark_talent\na,99\n", ("cn/high-tech-enterprise",))
    assert [(fault.code, fault.row) for fault in caught.value.faults] == [("fact_score", 2)]


def test_a_register_that_stands_in_no_folder_is_called_by_its_own_name(tmp_path: Path) -> None:
    file = tmp_path / "firms-2024.csv"
    file.write_text("firm,staff\na,many\n")
    (tmp_path / "certificates.csv").write_text(f"{HELD}a,cn/sci-tech-sme,2024-13-01,2024-12-31\n")
    (tmp_path / "register.toml").write_text(f"{HEAD}more = 1\n")
    with pytest.raises(SonghuaError) as caught:
        session.open_register(file)
    assert {(fault.code, fault.file) for fault in caught.value.faults} == {
        ("fact_unreadable", "firms-2024.csv"), ("key_unknown", "register.toml"),
        ("date_unreadable", "certificates.csv"),
    }  # fmt: skip
    (tmp_path / "register.toml").unlink()
    (tmp_path / "register.toml").mkdir()
    with pytest.raises(SonghuaError) as caught:
        session.open_register(file)
    assert {fault.file for fault in caught.value.faults} == {"register.toml"}
    with pytest.raises(SonghuaError) as caught:
        session.open_register(write(tmp_path / "city", register__enterprises_csv="firm\n,\n"))
    assert {fault.file for fault in caught.value.faults} == {"register/enterprises.csv"}


@pytest.mark.parametrize(
    ("fact", "cell"), [("resident", 1), ("resident", 0), ("registered", 2020), ("tax_industry", 5)]
)
def test_a_number_is_no_yes_no_day_and_no_choice(fact: str, cell: int, tmp_path: Path) -> None:
    pd.DataFrame({"firm": ["a"], fact: [cell]}).to_parquet(tmp_path / "f.parquet")
    text = f"firm,{fact}\na,{cell}\n".encode()
    for file, data in (("f.csv", text), ("f.parquet", (tmp_path / "f.parquet").read_bytes())):
        with pytest.raises(SonghuaError) as caught:
            read_firms(file, data, ("cn/sci-tech-sme", "cn/little-giant"))
        assert [one.column for one in caught.value.faults] == [fact]


def test_check_counts_firms_as_they_may_be_published(tmp_path: Path) -> None:
    """Before there is a secret there is no such number, and reading draws none."""
    folder, secret = _city(tmp_path / "city"), tmp_path / "city/register/secret.txt"

    def line(*more: str) -> str:
        done = songhua("check", folder, *more)
        assert done.code == 0
        return next(one for one in done.out.splitlines() if "firms in the register" in one)

    def as_data(*more: str) -> int | None:
        return json.loads(songhua("check", folder, "--json", *more).out)["holds"]["firms"]

    assert line() == "  firms in the register: some; exactly with --small-cells"
    assert as_data() is None
    assert not secret.exists()
    assert line("--small-cells") == "  firms in the register: 2"
    assert as_data("--small-cells") == 2
    assert not secret.exists()
    result = session.open(folder).run("certify")
    assert secret.exists()
    (n,) = (f.params["n"] for f in result.findings if f.code == "register_judged_about")
    assert line() == f"  firms in the register: about {n}; exactly with --small-cells"
    assert as_data() == n
    assert "firms: " not in repr(session.open(folder))


def test_the_number_of_check_is_tossed_as_all_others(tmp_path: Path) -> None:
    """Under other secrets it is another; a count of two is told as one of three or more."""
    folder = _city(tmp_path)
    for firms, values in ((2, 2), (30, 3)):
        rows = "".join(f"f{at},12\n" for at in range(firms))
        (folder / "register/enterprises.csv").write_text(f"firm,staff\n{rows}")
        found: set[int] = set()
        for k in range(16):
            (folder / "register/secret.txt").write_text(f"{k:064x}\n")
            found.add(session.check(folder).holds["firms"] or 0)
        assert len(found) >= values
        assert {n % 3 for n in found} == {0}
        assert min(found) >= 3
    (folder / "register/enterprises.csv").write_text("firm,staff\n")
    (folder / "register/certificates.csv").unlink()
    assert session.check(folder).holds["firms"] == 0
