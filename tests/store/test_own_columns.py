"""Columns of a register that are its own: declared, kept, and shown nowhere."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from commands import songhua
from small import write
from songhua import session
from songhua.errors import Fault, SonghuaError

OWN = '[register]\non = 2024-06-30\nstatuses = ["cn/sci-tech-sme"]\nown = ["contact", "联系"]\n'
FIRMS = "firm,staff,contact,联系\na,12,Ms Wang,\nb,501,Mr Li,12-34\n"


def city(folder: Path, firms: str | bytes = FIRMS, head: str = OWN) -> Path:
    ending = "csv" if isinstance(firms, str) else "parquet"
    write(folder, **{"register__register_toml": head})
    data = firms.encode() if isinstance(firms, str) else firms
    (folder / "register" / f"enterprises.{ending}").write_bytes(data)
    return folder


def faults(folder: Path) -> list[Fault]:
    with pytest.raises(SonghuaError) as caught:
        session.open(folder)
    return list(caught.value.faults)


def test_they_are_kept_row_by_row_and_no_rulebook_sees_them(tmp_path: Path) -> None:
    register = session.open(city(tmp_path)).register
    assert register is not None
    assert list(register.enterprises.columns) == ["firm", "staff"]
    assert register.own.to_dict("list") == {"contact": ["Ms Wang", "Mr Li"], "联系": ["", "12-34"]}
    assert not session.open(tmp_path).whole.warnings


def test_parquet_keeps_them_of_any_type(tmp_path: Path) -> None:
    out = io.BytesIO()
    frame = pd.DataFrame({"firm": ["a"], "staff": [12], "contact": [1.5], "联系": [True]})
    frame.to_parquet(out)
    register = session.open(city(tmp_path, out.getvalue())).register
    assert register is not None
    assert register.own.to_dict("list") == {"contact": [1.5], "联系": [True]}


@pytest.mark.parametrize("more", [(), ("--json",), ("--blocks",), ("--small-cells",)])
@pytest.mark.parametrize("which", [("--firm", "a"), ()])
def test_they_are_shown_nowhere(
    tmp_path: Path, more: tuple[str, ...], which: tuple[str, ...]
) -> None:
    folder = city(tmp_path)
    done = songhua("certify", folder, *which, *more)
    assert done.code == 0
    assert not any(text in done.out + done.err for text in ("Wang", "contact", "联系"))


def test_a_run_shows_them_nowhere(tmp_path: Path) -> None:
    folder, out = city(tmp_path / "town"), tmp_path / "out"
    done = songhua("run", folder, "--out", out, "--json")
    assert done.code == 0
    pages = [file.read_text("utf-8") for file in out.rglob("*") if file.is_file()]
    assert pages
    assert json.loads(done.out)["results"]
    assert not any("Wang" in text or "联系" in text for text in (*pages, done.out))


def test_a_column_that_is_read_is_no_ones_own(tmp_path: Path) -> None:
    head = '[register]\non = 2024-06-30\nown = ["staff", "district", "links", " "]\n'
    told = faults(city(tmp_path, "firm,staff\na,12\n", head))
    assert {(one.code, one.row, one.column) for one in told} == {
        ("own_column_read", 3, "register.own"), ("value_missing", 3, "register.own"),
    }  # fmt: skip
    names = [one.params["name"] for one in told if one.code == "own_column_read"]
    assert names == ["staff", "district", "links"]


def test_a_name_near_to_one_that_is_read_is_told(tmp_path: Path) -> None:
    head = '[register]\non = 2024-06-30\nown = ["stafff"]\n'
    (one,) = session.open(city(tmp_path, "firm,stafff\na,12\n", head)).whole.warnings
    assert (one.code, one.params["near"], one.row) == ("own_column_near", "staff", 3)
    done = songhua("certify", tmp_path / "register" / "enterprises.csv", "--on", "2022-06-30")
    assert "its name is near to 'staff'" in done.err


def test_an_unknown_heading_tells_of_the_way(tmp_path: Path) -> None:
    (one,) = faults(city(tmp_path, "firm,staf,staff\na,12,1\n", "[register]\non = 2024-06-30\n"))
    assert one.code == "firm_column_unknown"
    assert "own = ['staf']" in one.words("en")
    assert "own = ['staf']" in one.words("zh")
    (one,) = faults(
        city(tmp_path, "firm,staff\na,12\n", '[register]\non = 2024-06-30\nown = "x"\n')
    )
    assert one.code == "not_a_list"


def test_a_column_of_an_earlier_version_is_no_ones_own(tmp_path: Path) -> None:
    head = '[register]\nown = ["invented"]\n'
    told = faults(city(tmp_path, "firm,staff,invented\na,12,\n", head))
    assert [(one.code, one.file, one.row) for one in told] == [
        ("former_column", "register/register.toml", 2)
    ]


def test_a_parquet_file_has_no_column_of_an_earlier_version(tmp_path: Path) -> None:
    out = io.BytesIO()
    pd.DataFrame({"firm": ["a"], "staff": [12], "invented": [True]}).to_parquet(out)
    told = faults(city(tmp_path, out.getvalue(), "[register]\non = 2024-06-30\n"))
    assert [one.code for one in told] == ["former_column"]
