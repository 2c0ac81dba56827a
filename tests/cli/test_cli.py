"""The verbs as a user meets them: what is printed where, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from commands import songhua
from small import FILES, HEADING, write

ROW = "gdp,rivertown,,,2018,9.1,bn EUR,,actual,,,bulletin-2020,,2026-01-02,\n"


def test_check_says_what_a_folder_holds(rivertown: Path) -> None:
    done = songhua("check", rivertown)
    assert (done.code, done.err) == (0, "")
    assert "observations: 8" in done.out
    holds = json.loads(songhua("check", rivertown, "--json").out)
    assert holds["faults"] == []
    assert holds["holds"]["sources"] == 2


def test_check_lists_all_faults_at_once(tmp_path: Path) -> None:
    text = FILES["observations/economy.csv"].replace("10.5", "ten").replace(",food,", ",fod,")
    folder = write(tmp_path / "r", observations__economy_csv=text, region_toml="[region]\n")
    done = songhua("check", folder)
    assert done.code == 2
    assert done.out == ""
    assert "Traceback" not in done.err
    for piece in ("row 3, value: 'ten' is not a number", "Did you mean 'food'", "region.toml"):
        assert piece in done.err
    told = json.loads(songhua("check", folder, "--json").out)["faults"]
    assert {"file", "row", "column", "what", "remedy", "code"} <= told[0].keys()
    assert {f["code"] for f in told} >= {"number_unreadable", "label_unknown", "value_missing"}


def test_the_words_follow_the_language(rivertown: Path) -> None:
    assert "观测值：8" in songhua("check", rivertown, "--lang", "zh").out
    assert "观测值：8" in songhua("check", rivertown, LANG="zh_CN.UTF-8").out
    assert "没有文件夹" in songhua("check", rivertown / "none", "--lang", "zh").err


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    for verb in ("check", "diagnose", "claims", "run"):
        done = songhua(verb, tmp_path / "none")
        assert done.code == 2
        assert "there is no folder" in done.err


def test_new_writes_a_folder_that_checks_and_refuses_a_full_one(tmp_path: Path) -> None:
    target = tmp_path / "我的 region"
    assert songhua("new", target).code == 0
    assert songhua("check", target).code == 0
    again = songhua("new", target)
    assert again.code == 2
    assert "not empty" in again.err
    assert songhua("new", tmp_path / "x", "--example", "atlantis").code == 2
    assert not (tmp_path / "x").exists()


def test_import_dry_run_then_import_then_nothing(rivertown: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text(f"{HEADING}\n{ROW}", encoding="utf-8")
    before = sorted((rivertown / "observations").iterdir())
    dry = songhua("import", rivertown, file, "--dry-run")
    assert dry.code == 0
    assert "1 row would be added" in dry.out
    assert sorted((rivertown / "observations").iterdir()) == before
    assert "1 row was added" in songhua("import", rivertown, file).out
    assert "Nothing to add" in songhua("import", rivertown, file).out
    assert len(list((rivertown / "observations").glob("*.csv"))) == 2


def test_import_of_a_faulty_file_adds_nothing(rivertown: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(f"{HEADING}\n{ROW}{ROW.replace('bn EUR', 'bn USD').replace('2018', '2017')}")
    done = songhua("import", rivertown, file)
    assert done.code == 2
    assert "row 3" in done.err
    assert len(list((rivertown / "observations").glob("*.csv"))) == 1


def test_what_lacks_is_one_fault_each(rivertown: Path, tmp_path: Path) -> None:
    blank, table = tmp_path / "blank.csv", tmp_path / "table.csv"
    blank.write_text("")
    table.write_text("Jobs (persons),2016,2017\nFood,1,2\nTools,3,4\n")
    said = [
        songhua("import", rivertown, blank),
        songhua("import", rivertown, table, "--source", "nosuch"),
        songhua("month", rivertown),
    ]
    assert [done.code for done in said] == [2, 2, 2]
    words = ("the file is empty", "'nosuch' is not an entry of sources", "--period is missing")
    for done, text in zip(said, words, strict=True):
        assert text in done.err
        assert done.err.count("Faults: 1.") == ("Usage" not in done.err)


def test_diagnose_as_of_and_json(rivertown: Path) -> None:
    early = json.loads(songhua("diagnose", rivertown, "--as-of", "2021-02-28", "--json").out)
    late = json.loads(songhua("diagnose", rivertown, "--json").out)
    assert early["tables"]["figures"] == []
    assert len(late["tables"]["figures"]) == 8
    assert late["recipe"]["study"] == "diagnose"
    wrong = songhua("diagnose", rivertown, "--as-of", "yesterday")
    assert wrong.code == 2
    assert "is not a day" in wrong.err


def test_run_writes_both_reports_and_says_what_it_skipped(rivertown: Path, tmp_path: Path) -> None:
    done = songhua("run", rivertown, "--out", tmp_path / "out")
    assert done.code == 0
    assert "the folder lacks claims.toml" in " ".join(done.out.split())
    assert sorted(p.name for p in (tmp_path / "out").glob("[!.]*")) == [
        f"{page}-{lang}.html" for page in ("figures", "report", "tables") for lang in ("en", "zh")
    ]


def test_chinese_sentences_are_broken_and_not_cut(tmp_path: Path) -> None:
    assert songhua("new", tmp_path / "case", "--example", "washington").code == 0
    done = songhua("diagnose", tmp_path / "case", "--lang", "zh", COLUMNS="60")
    assert done.code == 0
    assert "…" not in done.out.replace(" … ", "")
    assert "区位商" in "".join(done.out.split())
