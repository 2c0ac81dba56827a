"""The verbs where a machine is unkind: odd paths, plain locales, full disks, closed pipes."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from commands import process, songhua
from small import FILES, write

deep = pytest.mark.deep


@pytest.mark.parametrize(
    "locale", ["C", "zh_CN.GB18030", *(pytest.param(n, marks=deep) for n in ("C.UTF-8", "POSIX"))]
)
def test_a_path_with_a_space_and_chinese(locale: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "my 河城 folder", sources_toml="[x")
    lang = "en" if locale == "zh_CN.GB18030" else "zh"
    done = process("check", folder, "--lang", lang, LANG=locale, LC_ALL=locale)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"sources.toml" in done.stderr
    assert b"Traceback" not in done.stderr
    sound = write(tmp_path / "河 城")
    assert process("check", sound, LANG=locale, LC_ALL=locale).returncode == 0


def test_it_works_in_a_plain_c_locale(rivertown: Path) -> None:
    done = process("diagnose", rivertown, "--lang", "zh", LANG="C")
    assert done.returncode == 0
    assert "河城" in done.stdout.decode("utf-8")


def test_an_encoding_that_lacks_the_signs(rivertown: Path) -> None:
    done = process("check", rivertown, "--lang", "zh", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "观测值" in done.stdout.decode("utf-8")


def test_faults_go_to_standard_error_and_json_to_standard_output(tmp_path: Path) -> None:
    folder = write(tmp_path, sources_toml="[x", entities_toml="mill = 1")
    plain = songhua("check", folder)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.splitlines()[-1] == "Faults: 2."
    told = songhua("check", folder, "--json", "--lang", "zh")
    assert (told.code, told.err) == (2, "")
    assert [fault["code"] for fault in json.loads(told.out)["faults"]] == [
        "toml_unreadable",
        "entry_not_table",
    ]


def test_a_great_many_faults_are_counted(tmp_path: Path) -> None:
    text = FILES["industries.toml"] + "\n".join(f"[x{n}]\nparent = 1" for n in range(300))
    lines = songhua("check", write(tmp_path, industries_toml=text)).err.splitlines()
    assert lines[-1] == "Faults: 401.", "two of each of 200 entries, and that the others wait"
    assert len(lines) == 202


@pytest.mark.parametrize("arguments", [["nonsense"], ["check"], ["check", "x", "--lang", "fr"]])
def test_a_wrong_call_is_told_with_exit_code_two(arguments: list[str]) -> None:
    done = songhua(*arguments)
    assert done.code == 2
    assert "Usage" in done.err
    assert done.out == ""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(rivertown: Path) -> None:
    (rivertown / "sources.toml").chmod(0)
    done = songhua("check", rivertown)
    assert done.code == 2
    assert "cannot be read (Permission denied)" in done.err


def test_a_folder_where_a_file_should_be(rivertown: Path) -> None:
    (rivertown / "entities.toml").mkdir()
    done = songhua("check", rivertown)
    assert done.code == 2
    assert "entities.toml: a folder, a pipe or a device stands where a file should" in done.err
    done = songhua("run", rivertown, "--out", rivertown / "region.toml")
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_report_that_cannot_be_written(rivertown: Path) -> None:
    done = songhua("run", rivertown, "--out", rivertown / "region.toml" / "x")
    assert done.code == 2
    assert "the system refused" in done.err
    assert "Traceback" not in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(rivertown: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = process("check", rivertown, stdout=full.fileno(), LANG="C")
    assert done.returncode not in (0, 1)
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can close")
@pytest.mark.parametrize(
    "options",
    [
        ["diagnose"],
        pytest.param(["check", "--json"], marks=deep),
        pytest.param(["claims", "--json"], marks=deep),
    ],
)
def test_a_reader_that_goes_away(options: list[str], rivertown: Path) -> None:
    read, hold = os.pipe()
    os.close(read)
    try:
        done = process(options[0], rivertown, *options[1:], stdout=hold)
    finally:
        os.close(hold)
    assert done.returncode != 0
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@deep
@pytest.mark.skipif(os.name != "posix", reason="needs a pipe that can close")
def test_a_closed_pipe_is_no_traceback(rivertown: Path) -> None:
    with subprocess.Popen(["head", "-1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as head:
        assert head.stdin is not None
        done = process("diagnose", rivertown, stdout=head.stdin.fileno())
    assert b"Traceback" not in done.stderr


@deep
def test_the_demo_works(tmp_path: Path) -> None:
    done = process("demo", "--out", tmp_path / "out 出")
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert len(list((tmp_path / "out 出").rglob("report-*.html"))) == 2
