"""The verbs where a machine is unkind: odd paths, plain locales, full disks, closed pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from small import FILES, write


def songhua(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "songhua", *map(str, arguments)]
    known = {**os.environ, "LANG": "C.UTF-8", **environment}
    return subprocess.run(command, capture_output=True, timeout=120, env=known)


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "zh_CN.GB18030", "POSIX"])
def test_a_path_with_a_space_and_chinese(locale: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "my 河城 folder", sources_toml="[x")
    for lang in ("en", "zh"):
        done = songhua("check", folder, "--lang", lang, LANG=locale, LC_ALL=locale)
        assert done.returncode == 2
        assert done.stdout == b""
        assert b"sources.toml" in done.stderr
        assert b"Traceback" not in done.stderr
    sound = write(tmp_path / "河 城")
    assert songhua("check", sound, LANG=locale, LC_ALL=locale).returncode == 0


def test_an_encoding_that_lacks_the_signs(rivertown: Path) -> None:
    done = songhua("check", rivertown, "--lang", "zh", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "观测值" in done.stdout.decode("utf-8")


def test_faults_go_to_standard_error_and_json_to_standard_output(tmp_path: Path) -> None:
    folder = write(tmp_path, sources_toml="[x", entities_toml="mill = 1")
    plain = songhua("check", folder)
    assert (plain.returncode, plain.stdout) == (2, b"")
    assert plain.stderr.decode().splitlines()[-1] == "Faults: 2."
    told = songhua("check", folder, "--json", "--lang", "zh")
    assert (told.returncode, told.stderr) == (2, b"")
    assert [fault["code"] for fault in json.loads(told.stdout)["faults"]] == [
        "toml_unreadable",
        "entry_not_table",
    ]


def test_a_great_many_faults_are_counted(tmp_path: Path) -> None:
    text = FILES["industries.toml"] + "\n".join(f"[x{n}]\nparent = 1" for n in range(300))
    done = songhua("check", write(tmp_path, industries_toml=text))
    lines = done.stderr.decode().splitlines()
    assert lines[-1] == "Faults: 600."
    assert len(lines) == 202


@pytest.mark.parametrize("arguments", [["nonsense"], ["check"], ["check", "x", "--lang", "fr"]])
def test_a_wrong_call_is_told_with_exit_code_two(arguments: list[str]) -> None:
    done = songhua(*arguments)
    assert done.returncode == 2
    assert b"Usage" in done.stderr
    assert done.stdout == b""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(rivertown: Path) -> None:
    (rivertown / "sources.toml").chmod(0)
    done = songhua("check", rivertown)
    assert done.returncode == 2
    assert b"cannot be read (Permission denied)" in done.stderr


def test_a_folder_where_a_file_should_be(rivertown: Path) -> None:
    (rivertown / "entities.toml").mkdir()
    done = songhua("check", rivertown)
    assert done.returncode == 2
    assert b"entities.toml: the file cannot be read" in done.stderr
    done = songhua("run", rivertown, "--out", rivertown / "region.toml")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_report_that_cannot_be_written(rivertown: Path) -> None:
    done = songhua("run", rivertown, "--out", rivertown / "region.toml" / "x")
    assert done.returncode == 2
    assert b"the system refused" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(rivertown: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "songhua", "check", str(rivertown)],
            stdout=full, stderr=subprocess.PIPE, timeout=60, env={**os.environ, "LANG": "C"},
        )  # fmt: skip
    assert done.returncode not in (0, 1)
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can close")
@pytest.mark.parametrize("options", [["check", "--json"], ["diagnose"], ["claims", "--json"]])
def test_a_reader_that_goes_away(options: list[str], rivertown: Path) -> None:
    read, hold = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "songhua", options[0], str(rivertown), *options[1:]],
            stdout=hold, stderr=subprocess.PIPE, timeout=60,
        )  # fmt: skip
    finally:
        os.close(hold)
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_the_demo_works(tmp_path: Path) -> None:
    done = songhua("demo", "--out", tmp_path / "out 出")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert len(list((tmp_path / "out 出").rglob("report-*.html"))) == 2
