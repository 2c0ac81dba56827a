"""Whatever stands in a folder's files: a result or faults with words, never another exception."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from small import FILES, HEADING, write
from songhua import messages, schema, session
from songhua.errors import SonghuaError
from songhua.labels import parse_period, parse_unit
from songhua.maths.relations import parse_relation
from songhua.reading import documents, tables

PLAN = {
    "plan/plan.toml": '[plan]\nname = { en = "P", zh = "规" }\nperiod = "plan:2021..2025"\n'
    'base_year = 2020\npurpose = { en = "G", zh = "长" }\nsource = "paper"\n',
    "plan/industries.csv": "role,industry,scheme,code,inclusion,reason,support,basis\n"
    "leading,food,isic4,10,,,,own\n",
    "plan/seed_map.csv": "n,says_en,says_zh,study,table,state,note_en,note_zh\n"
    "1,A,甲,diagnose,system,answered,,\n",
    "claims.toml": '[c]\nsource = "paper"\nsays = { en = "A", zh = "甲" }\nrelation = "a == b"\n'
    '[c.numbers.a]\nvalue = "1"\nunit = "%"\n[c.numbers.b]\nindicator = "gdp_growth"\nperiod = "2020"\n',
    "entities.toml": '[mill]\nname = { en = "M", zh = "磨" }\ntype = "firm"\n',
    "panels/gdp.csv": "indicator,region,industry,period,value,unit,status,kind,source,recorded\n"
    + "".join(
        f"gdp,{place},{industry},{year},{value},bn EUR,,actual,paper,2026-01-02\n"
        for year in (2019, 2020)
        for place in ("rivertown", "upland")
        for industry, value in (("all", "10.0"), ("food", "4.0"), ("tools", "6.0"))
    ),
    "left_out.csv": "what,reason_en,reason_zh,source\nx,y,z,paper\n",
}
ALL = {**FILES, **PLAN}
FEW = settings(suppress_health_check=[HealthCheck.too_slow])
ODD = st.sampled_from(
    ["", " ", "0", "-0", "1e999", "NaN", "inf", "٣", "1,180", "9999-12-31", "0000", "2020-13",
     "plan:", "..", "2027..", "9998/99", "%@2020", "x per x", "bn EUR", "\ufeff", "\u2028", "{a}",
     "{0.__class__}", "%s", '"', "a\nb", "=1+1", "河城", "all", "gdp", "food", "actual", "-100.0",
     "999999999999999", "0.000000000001", "about", "target", "growth", "level", "a == b"]
)  # fmt: skip
SCALARS = st.one_of(
    ODD, st.integers(), st.booleans(), st.floats(), st.text(max_size=8), st.dates(), st.times(),
    st.datetimes(),
)  # fmt: skip


def toml(value: object) -> str:
    """A value as TOML would write it; what TOML cannot write stays odd on purpose."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            text = (
                value.encode("unicode_escape").decode().replace('"', '\\"').replace("\\x", "\\u00")
            )
            return f'"{text}"'
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case dict():
            return "{" + ", ".join(f"{toml(str(k))} = {toml(v)}" for k, v in value.items()) + "}"
        case _ if hasattr(value, "isoformat"):
            return value.isoformat()  # type: ignore[union-attr]
        case _:
            return str(value)


VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(ODD | st.just("en"), inner, max_size=3)
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


@contextmanager
def spoiled(folder: Path, name: str, data: bytes) -> Iterator[Path]:
    """The folder with one file that is other than it should be."""
    shutil.rmtree(folder)
    write(folder, **{"x": None})
    for file, text in ALL.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text.lstrip("\n"), "utf-8")
    (folder / name).write_bytes(data)
    yield folder


def told(error: SonghuaError) -> None:
    assert error.faults
    for lang in messages.LANGUAGES:
        for fault in error.faults:
            assert fault.words(lang)


def _run(folder: Path) -> None:
    session.open(folder).run_all()


def survives(folder: Path, name: str, data: bytes) -> bool:
    """True where there was a result; faults have words, anything else is raised."""
    with spoiled(folder, name, data) as home:
        for work in (_run, session.check):
            try:
                work(home)
            except SonghuaError as error:
                told(error)
                return False
    return True


def test_the_folder_to_spoil_is_sound(folder: Path) -> None:
    assert survives(folder, "region.toml", FILES["region.toml"].encode())


@FEW
@given(st.sampled_from(sorted(ALL)), st.binary(max_size=200))
@example("claims.toml", b"")
@example("observations/economy.csv", b"\xff\xfe")
@example("plan/industries.csv", b"\0")
def test_any_bytes_as_any_file(folder: Path, name: str, data: bytes) -> None:
    survives(folder, name, data)


@FEW
@given(st.lists(st.lists(ODD | st.text(max_size=6), min_size=12, max_size=16), max_size=5))
def test_any_csv(folder: Path, rows: list[list[str]]) -> None:
    lines = [",".join('"' + c.replace('"', '""') + '"' for c in row) for row in rows]
    text = "\n".join([HEADING, *lines])
    survives(folder, "observations/economy.csv", text.encode("utf-8", "surrogatepass"))


ROW = {
    "indicator": st.sampled_from(["gdp", "gdp_growth"]),
    "region": st.sampled_from(["rivertown", "upland"]),
    "industry": st.sampled_from(["", "food", "tools", "all"]),
    "entity": st.sampled_from(["", "mill"]),
    "period": st.sampled_from(["2019", "2020", "2020-Q1", "2020-H1", "2020-Q1..2020-Q3", "2021..",
                               "2016..2022", "plan:2021..2025", "9999", "0001", "2024/25"]),
    "value": st.sampled_from(["0", "1", "-1", "-100", "100.0", "0.000000000001", "-0.0",
                              "999999999999999", "-999999999999999.99"]),
    "unit": st.sampled_from(["bn EUR", "m EUR", "%", "‰"]),
    "qualifier": st.sampled_from(["", "", "about", "more_than", "nearly", "less_than"]),
    "kind": st.sampled_from(["actual", "preliminary", "estimate", "target", "expectation"]),
    "vintage": st.sampled_from(["", "revised"]),
    "scope": st.sampled_from(["", "city"]),
    "source": st.sampled_from(["paper", "bulletin-2020"]),
    "published": st.sampled_from(["", "2020", "2021-03", "0001", "2026-01-01"]),
    "recorded": st.just("2026-01-02"),
    "note": st.just(""),
}  # fmt: skip


@FEW
@given(st.lists(st.fixed_dictionaries(ROW), max_size=12))
def test_any_figures_that_can_be_read(folder: Path, rows: list[dict[str, str]]) -> None:
    text = "\n".join([HEADING, *(",".join(row.values()) for row in rows)])
    survives(folder, "observations/economy.csv", text.encode())


@FEW
@given(st.data())
def test_any_values_in_any_catalogue(folder: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(n for n in ALL if n.endswith(".toml"))))
    table = name.removesuffix(".toml").replace("plan/plan", "plan")
    columns = schema.table(table).names
    entries = data.draw(
        st.dictionaries(
            st.sampled_from(["food", "gdp", "paper", "c", "region", "plan", "places", "A b"]),
            st.dictionaries(st.sampled_from([*columns, "odd"]), VALUES, max_size=6),
            max_size=3,
        )
    )
    text = "".join(
        f"[{toml(id)}]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in entry.items())
        for id, entry in entries.items()
    )
    survives(folder, name, text.encode("utf-8", "replace"))


@FEW
@given(st.sampled_from(sorted(ALL)), st.integers(0, 2000), st.text(max_size=5))
def test_any_text_set_into_any_file(folder: Path, name: str, at: int, text: str) -> None:
    whole = ALL[name].lstrip("\n")
    spot = at % (len(whole) + 1)
    data = (whole[:spot] + text + whole[spot:]).encode("utf-8", "surrogatepass")
    survives(folder, name, data)


@FEW
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@example(f"{HEADING}\n{'x' * 40000}".encode())
@example(b"PK\x03\x04")
@example(b"PAR1PAR1")
def test_any_file_to_import(folder: Path, data: bytes) -> None:
    with spoiled(folder, "region.toml", FILES["region.toml"].lstrip().encode()) as home:
        file = home / "given"
        file.write_bytes(data)
        try:
            session.import_file(home, file, dry_run=True)
        except SonghuaError as error:
            told(error)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_to_the_readers(data: bytes) -> None:
    table = schema.table("observations")
    parsed = tables.read(data, "x.csv", table, {})
    assert len(parsed.rows) == parsed.data.num_rows
    assert parsed.data.num_rows or parsed.faults or not data.strip() or HEADING.encode() in data
    document, faults = documents.parse(data, "x.toml")
    assert (document is None) == bool(faults)


@given(st.text(max_size=60))
def test_any_text_to_the_small_readers(text: str) -> None:
    for reader in (parse_period, parse_unit, parse_relation):
        try:
            reader(text)
        except SonghuaError as error:
            told(error)


@given(st.text(max_size=20), st.dictionaries(st.text(max_size=4), st.text(max_size=8), max_size=3))
def test_words_are_made_of_any_parameters(text: str, params: dict[str, str]) -> None:
    for code in ("label_unknown", "name_missing", "relation_unreadable"):
        what, remedy = messages.fault(code, "en", {**params, "text": text})
        assert what
        assert remedy
