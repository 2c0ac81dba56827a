"""A folder of version 0.1 is told what to do, and opens with the same tables once it is done."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from small import FILES, HEADING, write
from songhua import messages, results, schema, session, store
from songhua.cli import songhua
from songhua.errors import SonghuaError
from songhua.schema import former_names
from songhua.store import steps
from songhua.studies import registry
from work import growth

INDICATORS = (
    FILES["indicators.toml"]
    + """
[gdp_pull]
name = { en = "Pull", zh = "拉动" }
unit = "pp"
form = 'pull'  # in points; once form = "pull" was its name
measure = "value_added"
of = "gdp_growth"
definition = { en = "Points, form = 'pull'.", zh = "百分点。" }

["gdp_part"]
name = { en = "Contribution", zh = "贡献率" }
unit = "%"
"form" = "contribution"
measure = "value_added"
of = "gdp_growth"
definition = { en = "Percent.", zh = "百分比。" }
"""
)
OBSERVATIONS = (
    FILES["observations/economy.csv"].rstrip("\n")
    + """
gdp_pull,rivertown,food,,2020,2.0,pp,,actual,,,bulletin-2020,,2026-01-02,
gdp_part,rivertown,food,,2020,100,%,,actual,,,bulletin-2020,,2026-01-02,
gdp_growth,upland,,,2020,1.0,%,,actual,,,bulletin-2020,,2026-01-02,
gdp_growth,rivertown,,,2021,3.0,%,,actual,,,bulletin-2020,,2026-01-02,
gdp_growth,upland,,,2021,2.0,%,,actual,,,bulletin-2020,,2026-01-02,
"""
)
PLAN = """
[plan]
name = { en = "P", zh = "规划" }
period = "plan:2021..2025"
base_year = 2020
purpose = { en = "To grow.", zh = "增长。" }
source = "paper"
"""
TARGETS = (
    "id,indicator,period,text,beside,source,recorded,note\r\n"
    'growth,gdp_growth,2021,高于全省平均水平,upland,paper,2026-01-02,"beside, and ""pulls"""\r\n'
    "\r\n"
    "more,gdp,2021,12 bn EUR,,paper,2026-01-02,\r\n"
)
SEED_MAP = (
    "\ufeffn,says_en,says_zh,study,table,state,note_en,note_zh\n"
    "1,Growth.,增长。,diagnose,pulls,answered,pulls,\n"
    '2,"Shares, and parts.",占比。,diagnose,"shifts",later,,\n'
    "3,Sizes.,规模。,diagnose,system,answered,,"
)
OLD = {
    "indicators.toml": INDICATORS,
    "observations/economy.csv": OBSERVATIONS,
    "plan/plan.toml": PLAN,
    "plan/targets.csv": TARGETS,
    "plan/seed_map.csv": SEED_MAP,
}
NEW = {
    **OLD,
    "indicators.toml": INDICATORS.replace("\nform = 'pull'", "\nform = 'contribution_pp'").replace(
        '= "contribution"', '= "share_of_growth"'
    ),
    "plan/targets.csv": TARGETS.replace(",beside,", ",benchmark,"),
    "plan/seed_map.csv": SEED_MAP.replace(",pulls,answered", ",growth_contributions,answered")
    .replace('"shifts"', '"shift_share"'),
}  # fmt: skip


def put(folder: Path, files: dict[str, str]) -> Path:
    if not folder.exists():
        write(folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.lstrip("\n").encode())
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OLD}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return put(tmp_path / "old", OLD)


def test_every_old_name_is_a_fault_with_the_remedy(old: Path) -> None:
    with pytest.raises(SonghuaError) as error:
        store.read(old)
    found = [(f.file, f.row, f.column, f.params["text"]) for f in error.value.faults]
    assert {fault.code for fault in error.value.faults} == {"former_name"}
    assert sorted(found) == [
        ("indicators.toml", 23, "gdp_pull.form", "pull"),
        ("indicators.toml", 31, "gdp_part.form", "contribution"),
        ("plan/seed_map.csv", 2, "table", "pulls"),
        ("plan/seed_map.csv", 3, "table", "shifts"),
        ("plan/targets.csv", 1, "", "beside"),
    ]
    for lang in messages.LANGUAGES:
        assert all("songhua upgrade DIR" in f.words(lang) for f in error.value.faults)


def test_nothing_but_the_names_changes_and_only_once(old: Path, tmp_path: Path) -> None:
    before, files = content(old), sorted(old.rglob("*"))
    planned = store.upgrade_folder(store.at(old, dry_run=True))
    assert content(old) == before
    assert sorted(old.rglob("*")) == files
    assert store.upgrade_folder(store.at(old)) == planned
    assert content(old) == content(put(tmp_path / "new", NEW))
    assert [(one.file, one.row, one.column, one.before, one.after) for one in planned] == [
        ("indicators.toml", 23, "gdp_pull.form", "pull", "contribution_pp"),
        ("indicators.toml", 31, "gdp_part.form", "contribution", "share_of_growth"),
        ("plan/seed_map.csv", 2, "table", "pulls", "growth_contributions"),
        ("plan/seed_map.csv", 3, "table", "shifts", "shift_share"),
        ("plan/targets.csv", 1, "", "beside", "benchmark"),
    ]
    assert store.upgrade_folder(store.at(old)) == ()
    assert content(old) == content(tmp_path / "new")


def test_the_upgraded_folder_gives_the_same_tables(old: Path, tmp_path: Path) -> None:
    store.upgrade_folder(store.at(old))
    new = put(tmp_path / "new", NEW)
    one, other = (session.open(folder).run_all() for folder in (old, new))
    assert one.results.keys() == other.results.keys() >= {"diagnose", "track"}
    for name, result in one.results.items():
        tables = [json.loads(each.to_json())["tables"] for each in (result, other.results[name])]
        assert tables[0] == tables[1], name
    targets = one.results["track"].tables["targets"]
    assert len(targets) == 2
    assert len(one.results["diagnose"].tables["growth_contributions"]) > 0


def test_what_cannot_be_replaced_safely_is_left_and_said(old: Path) -> None:
    """The two entries of `x` would be put together."""
    put(old, {"indicators.toml": INDICATORS + "[[x]]\n[y]\n[[x]]\n"})
    before = content(old)
    with pytest.raises(SonghuaError) as error:
        store.upgrade_folder(store.at(old))
    assert [(f.code, f.column) for f in error.value.faults] == [
        ("upgrade_unreadable", "gdp_pull.form"),
        ("upgrade_unreadable", "gdp_part.form"),
    ]
    assert content(old) == before


@pytest.mark.parametrize(
    ("name", "old_text", "new_text", "code"),
    [
        ("plan/targets.csv", "beside", "beside,benchmark", "column_repeats"),
        ("indicators.toml", "[gdp_pull]", "[gdp_pull", "toml_unreadable"),
        ("plan/seed_map.csv", "Growth.", "Growth.\0", "character_odd"),
    ],
)
def test_a_folder_with_a_file_that_cannot_be_read_is_left(
    name: str, old_text: str, new_text: str, code: str, old: Path
) -> None:
    put(old, {name: OLD[name].replace(old_text, new_text, 1)})
    before = content(old)
    with pytest.raises(SonghuaError) as error:
        store.upgrade_folder(store.at(old))
    assert [(fault.code, fault.file) for fault in error.value.faults] == [(code, name)]
    assert content(old) == before


@pytest.mark.parametrize(
    "text",
    [
        "gdp_pull = { form = 'pull', unit = 'pp' }\n",
        "[gdp_pull]\nunit = 'pp'\nform='pull'",
        "gdp_pull.form = 'pull'\r\ngdp_pull.unit = 'pp'\r\n",
        "[gdp_pull]\nnote = '''\nform = 'pull'\n'''\n'form'   =   \"pull\"\n",
        "x.form = 'level'\n# y.form = 'pull'\ny.form = 'pull'\n\n\n",
        '[x]\nform = "pu\\u006cl"\n[y]\nform = "level" # z\n',
        '[x]\n[y]\n[x.z]\n[y.z]\nform = 1\n[w]\nform = """pull""" \t# z',
    ],
)
def test_every_way_to_write_an_entry_is_read(text: str) -> None:
    from songhua.reading.renaming import in_toml

    done = in_toml("indicators.toml", text, schema.table("indicators"))
    (renamed,) = done.renamed
    assert (renamed.before, renamed.after) == ("pull", "contribution_pp")
    lines = zip(text.splitlines(), done.text.splitlines(), strict=True)
    changed = [at for at, (one, other) in enumerate(lines, 1) if one != other]
    assert changed == [renamed.row]
    assert in_toml("indicators.toml", done.text, schema.table("indicators")).renamed == ()


def test_where_the_system_refuses_one_file_none_is_new(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, exchange, calls = content(old), steps.exchange, []

    def refuse(beside: Path, file: Path) -> None:
        calls.append(file)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        exchange(beside, file)

    monkeypatch.setattr(steps, "exchange", refuse)
    with pytest.raises(SonghuaError) as error:
        store.upgrade_folder(store.at(old))
    assert len(calls) == 3, "the first was not given back"
    assert [fault.code for fault in error.value.faults] == ["system_refused"]
    assert content(old) == before
    assert not list(old.rglob(".songhua-writing-*"))


def test_what_is_left_of_an_upgrade_is_done_by_the_next(old: Path, tmp_path: Path) -> None:
    put(old, {"indicators.toml": NEW["indicators.toml"]})
    assert len(store.upgrade_folder(store.at(old))) == 3
    assert content(old) == content(put(tmp_path / "new", NEW))


def test_what_a_file_may_be_stays(old: Path) -> None:
    os.chmod(old / "indicators.toml", 0o640)
    store.upgrade_folder(store.at(old))
    assert (old / "indicators.toml").stat().st_mode & 0o777 == 0o640


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for name in ("none", "."):
        with pytest.raises(SonghuaError) as error:
            store.upgrade_folder(store.at(tmp_path / name))
        assert {fault.code for fault in error.value.faults} <= {"folder_missing", "file_missing"}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_the_command_says_what_it_changed(lang: str, old: Path) -> None:
    def said(*arguments: str) -> str:
        done = CliRunner().invoke(songhua, ["upgrade", str(old), "--lang", lang, *arguments])
        assert done.exit_code == 0, done.output
        return done.output

    planned = said("--dry-run")
    assert messages.word("upgrade_would", lang, n=5) in planned
    written = said()
    assert written.splitlines()[:-1] == planned.splitlines()[:-1]
    assert re.search(r"plan/targets\.csv.*beside.*benchmark", written)
    assert messages.word("upgrade_nothing", lang, path=old) in said()
    assert json.loads(said("--json")) == {"written": False, "renamed": []}


def test_every_new_name_is_one_of_today() -> None:
    found = {name for study in registry.studies() for name in results.tables(study)}
    for id in former_names.tables():
        table = schema.table(id)
        for before, former in former_names.columns(id).items():
            assert former.today in (*table.names, "")
            assert before not in table.names
        for name, values in former_names.valued(id).items():
            column = table.column(name)
            allowed = set(column.choices) or found
            assert {former.today for former in values.values()} <= allowed
            assert not set(values) & allowed
    assert HEADING.split(",") == schema.table("observations").names


def test_ten_times_as_many_entries_are_ten_times_the_work() -> None:
    from songhua.reading.renaming import in_csv, in_toml

    def entries(n: int) -> Callable[[], object]:
        text = "# form = 'pull'\n" + "".join(
            f"[i{at}]\nform = 'pull'  # form = 'pull'\nsays = \"form = 'pull'\"\n"
            for at in range(n)
        )
        return lambda: in_toml("indicators.toml", text, schema.table("indicators"))

    def rows(n: int) -> Callable[[], object]:
        text = "table,column\n" + "chains,gdp\n" * n
        return lambda: in_csv("plan/seed_map.csv", text, schema.table("plan_seed_map"))

    assert growth(entries, 8, 80) < 11
    assert growth(rows, 8, 80) < 11


def test_of_many_alike_each_is_renamed_where_it_is_meant_and_nowhere_else() -> None:
    from songhua.reading.renaming import in_toml

    text = "".join(
        f"[i{at}]  # form = 'pull'\nform = 'pull'\nsays = \"form = 'pull'\"\n"
        f"[i{at}.in]\nform = 'pull'\n\n"
        for at in range(5)
    )
    done = in_toml("indicators.toml", text, schema.table("indicators"))
    assert done.text == text.replace("]  # form = 'pull'\nform = 'pull'",
                                     "]  # form = 'pull'\nform = 'contribution_pp'")  # fmt: skip
    assert [(one.row, one.column) for one in done.renamed] == [
        (6 * at + 2, f"i{at}.form") for at in range(5)
    ]


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("firm,invented,staff\na,yes,1\n", "firm,staff\na,1\n"),
        ("invented,firm\r\n,a\r\nx,b", "firm\r\na\r\nb"),
        ('firm,"invented"\n"a, b","x, ""y""\n"\n\nc\n', 'firm\n"a, b"\n\nc\n'),
        ("firm,staff\na,invented\n", "firm,staff\na,invented\n"),
    ],
)
def test_a_column_that_is_read_no_longer_is_taken_out(text: str, today: str) -> None:
    from songhua.reading.renaming import in_csv

    done = in_csv("register/enterprises.csv", text, schema.table("register_enterprises"))
    assert done.text == today
    assert [(one.before, one.after) for one in done.renamed] == [("invented", "")] * (text != today)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("firm,invented,invented\na,,\n", "column_repeats"),
        ("invented\nyes\n", "former_column"),
        ('firm,invented\na,"b\nc,\n', "former_column"),
    ],
)
def test_a_column_that_cannot_be_taken_out_safely_stays(text: str, code: str) -> None:
    from songhua.reading.renaming import in_csv

    with pytest.raises(SonghuaError) as error:
        in_csv("register/enterprises.csv", text, schema.table("register_enterprises"))
    assert [fault.code for fault in error.value.faults] == [code]
