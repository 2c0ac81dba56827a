"""The verbs as a user meets them: what is printed where, and the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small import FILES, HEADING, write

ROW = "gdp,rivertown,,,2018,9.1,bn EUR,,actual,,,bulletin-2020,,2026-01-02,\n"


def songhua(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "songhua", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120,
        env={**os.environ, "LANG": "C.UTF-8", **environment},
    )  # fmt: skip


def test_check_says_what_a_folder_holds(rivertown: Path) -> None:
    done = songhua("check", rivertown)
    assert (done.returncode, done.stderr) == (0, "")
    assert "observations: 8" in done.stdout
    holds = json.loads(songhua("check", rivertown, "--json").stdout)
    assert holds["faults"] == []
    assert holds["holds"]["sources"] == 2


def test_check_lists_all_faults_at_once(tmp_path: Path) -> None:
    text = FILES["observations/economy.csv"].replace("10.5", "ten").replace(",food,", ",fod,")
    folder = write(tmp_path / "r", observations__economy_csv=text, region_toml="[region]\n")
    done = songhua("check", folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    for piece in ("row 3, value: 'ten' is not a number", "Did you mean 'food'", "region.toml"):
        assert piece in done.stderr
    told = json.loads(songhua("check", folder, "--json").stdout)["faults"]
    assert {"file", "row", "column", "what", "remedy", "code"} <= told[0].keys()
    assert {f["code"] for f in told} >= {"number_unreadable", "label_near", "value_missing"}


def test_the_words_follow_the_language(rivertown: Path) -> None:
    assert "观测值：8" in songhua("check", rivertown, "--lang", "zh").stdout
    assert "观测值：8" in songhua("check", rivertown, LANG="zh_CN.UTF-8").stdout
    assert "没有文件夹" in songhua("check", rivertown / "none", "--lang", "zh").stderr


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    for verb in ("check", "diagnose", "claims", "run"):
        done = songhua(verb, tmp_path / "none")
        assert done.returncode == 2
        assert "there is no folder" in done.stderr


def test_new_writes_a_folder_that_checks_and_refuses_a_full_one(tmp_path: Path) -> None:
    target = tmp_path / "我的 region"
    assert songhua("new", target).returncode == 0
    assert songhua("check", target).returncode == 0
    again = songhua("new", target)
    assert again.returncode == 2
    assert "not empty" in again.stderr
    assert songhua("new", tmp_path / "x", "--example", "atlantis").returncode == 2
    assert not (tmp_path / "x").exists()


def test_import_dry_run_then_import_then_nothing(rivertown: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text(f"{HEADING}\n{ROW}", encoding="utf-8")
    before = sorted((rivertown / "observations").iterdir())
    dry = songhua("import", rivertown, file, "--dry-run")
    assert dry.returncode == 0
    assert "1 rows would be added" in dry.stdout
    assert sorted((rivertown / "observations").iterdir()) == before
    assert "1 rows were added" in songhua("import", rivertown, file).stdout
    assert "Nothing to add" in songhua("import", rivertown, file).stdout
    assert len(list((rivertown / "observations").glob("*.csv"))) == 2


def test_import_of_a_faulty_file_adds_nothing(rivertown: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(f"{HEADING}\n{ROW}{ROW.replace('bn EUR', 'bn USD').replace('2018', '2017')}")
    done = songhua("import", rivertown, file)
    assert done.returncode == 2
    assert "row 3" in done.stderr
    assert len(list((rivertown / "observations").glob("*.csv"))) == 1


def test_diagnose_as_of_and_json(rivertown: Path) -> None:
    early = json.loads(songhua("diagnose", rivertown, "--as-of", "2021-02-28", "--json").stdout)
    late = json.loads(songhua("diagnose", rivertown, "--json").stdout)
    assert early["tables"]["figures"] == []
    assert len(late["tables"]["figures"]) == 8
    assert late["recipe"]["study"] == "diagnose"
    wrong = songhua("diagnose", rivertown, "--as-of", "yesterday")
    assert wrong.returncode == 2
    assert "is not a day" in wrong.stderr


def test_run_writes_both_reports_and_says_what_it_skipped(rivertown: Path, tmp_path: Path) -> None:
    done = songhua("run", rivertown, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert "the folder lacks claims.toml" in " ".join(done.stdout.split())
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "report-en.html",
        "report-zh.html",
    ]


def test_it_works_in_a_plain_c_locale(rivertown: Path) -> None:
    done = songhua("diagnose", rivertown, "--lang", "zh", LANG="C", LC_ALL="", LC_CTYPE="")
    assert done.returncode == 0
    assert "河城" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can close")
def test_a_closed_pipe_is_no_traceback(rivertown: Path) -> None:
    command = f"{sys.executable} -m songhua diagnose '{rivertown}' | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr


def test_chinese_sentences_are_broken_and_not_cut(tmp_path: Path) -> None:
    assert songhua("new", tmp_path / "case", "--example", "washington").returncode == 0
    done = songhua("diagnose", tmp_path / "case", "--lang", "zh", COLUMNS="60")
    assert done.returncode == 0
    assert "…" not in done.stdout.replace(" … ", "")
    assert "区位商" in "".join(done.stdout.split())
