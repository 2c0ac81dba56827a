"""Whatever the bytes are, the answer is a table or faults."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from songhua.errors import SonghuaError
from songhua.maths.interindustry import InputOutputTable
from songhua.maths.table_audit import audit
from songhua.store.interindustry import LAYOUTS, read_table

WORDS = [
    "part", "code", "domestic", "imported", "all", "value_added", "total", "memo", "output", "food",
    "tools", "TIU", "GO", "TII", "TI", "TVA", "VA001", "FU101", "EX", "IM", "Year", "2018", "HFCE",
    "GFCF", "VALU", "OUTPUT", "prod_na", "induse", "values", "P3_S13", "P6", "D1", "P1", "TOTAL", "Code",
    "", "0", "1", "-3", "1e5", "1e-400", "xey", "nan", "inf", "1,234.5", "约3", "5%", "é", '"', "10",
]  # fmt: skip
CELLS = st.sampled_from(WORDS)
SHEETS = st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=12)
LAYOUT = st.sampled_from([None, *LAYOUTS[:6]])
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def answered(file: Path, layout: str | None) -> None:
    try:
        table = read_table(file, layout, unit="m EUR", year=2018)
    except SonghuaError as error:
        assert error.faults
        for fault in error.faults:
            for lang in ("en", "zh"):
                assert "{" not in fault.words(lang)
        return
    assert isinstance(table, InputOutputTable)
    audit(table, {"output": 1.0})


@ANY
@given(sheet=SHEETS, layout=LAYOUT)
def test_any_sheet_of_known_words(
    tmp_path: Path, sheet: list[list[str]], layout: str | None
) -> None:
    (tmp_path / "a.csv").write_text("\n".join(",".join(row) for row in sheet), "utf-8")
    answered(tmp_path / "a.csv", layout)


@ANY
@given(data=st.binary(max_size=300), layout=LAYOUT)
def test_any_bytes(tmp_path: Path, data: bytes, layout: str | None) -> None:
    (tmp_path / "a.csv").write_bytes(data)
    answered(tmp_path / "a.csv", layout)


@ANY
@given(
    numbers=st.lists(
        st.lists(st.sampled_from(["0", "1", "-2", "30", "400.5", ""]), min_size=5, max_size=5),
        min_size=6, max_size=6,
    )
)  # fmt: skip
def test_any_numbers_in_the_plain_layout(tmp_path: Path, numbers: list[list[str]]) -> None:
    heads = [
        "domestic,a",
        "domestic,b",
        "imported,a",
        "imported,b",
        "value_added,w",
        "total,output",
    ]
    lines = ["part,code,a,b,homes,exports,output"]
    lines += [",".join([head, *row]) for head, row in zip(heads, numbers, strict=True)]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    answered(tmp_path / "a.csv", "plain")
