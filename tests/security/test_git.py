"""No setting of a repository is executed or followed; its recorded rows are read all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import songhua
from repository import git
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.store import repository

NAME = "observations/economy.csv"
#: Settings by which a repository names a program: each gets the program that leaves a trace.
PROGRAMS = (
    "core.fsmonitor", "core.hooksPath", "core.sshCommand", "core.gitProxy", "core.pager",
    "core.editor", "core.askPass", "core.alternateRefsCommand", "credential.helper",
    "diff.external", "diff.x.textconv", "diff.x.command", "filter.x.clean", "filter.x.smudge",
    "filter.x.process", "gpg.program", "gpg.ssh.program", "sequence.editor", "uploadpack.packObjectsHook",
    "remote.origin.uploadpack", "remote.origin.receivepack", "remote.origin.vcs", "pager.ls-tree",
    "pager.cat-file", "alias.ls-tree", "alias.cat-file", "alias.ls-files", "trailer.x.command",
    "interactive.diffFilter", "merge.x.driver", "mergetool.x.cmd", "submodule.x.update",
    "log.showSignature", "trace2.eventTarget",
)  # fmt: skip
HOOKS = (
    "post-index-change", "post-checkout", "pre-auto-gc", "fsmonitor-watchman", "reference-transaction",
    "post-read", "proc-receive",
)  # fmt: skip
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are scripts of a shell")


@pytest.fixture
def program(tmp_path: Path) -> tuple[Path, Path]:
    """A program that leaves a trace, and the trace."""
    trace, script = tmp_path / "it ran", tmp_path / "program"
    script.write_text(f'#!/bin/sh\ntouch "{trace}"\n', "utf-8")
    script.chmod(0o755)
    return script, trace


def asked(folder: Path) -> None:
    """Whatever looks at the history of a folder."""
    edited = folder / NAME
    edited.write_bytes(edited.read_bytes() + b"\n")
    songhua("check", str(folder))
    store.history.holds(folder, store.at(folder).read().files, NAME, 2)
    (folder / "claims.toml").unlink(missing_ok=True)
    songhua("check", str(folder))


def test_no_setting_of_a_repository_runs_a_program(
    recorded: Path, program: tuple[Path, Path]
) -> None:
    script, trace = program
    for name in PROGRAMS:
        git(recorded, "config", name, f"{script}")
    (recorded / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n", "utf-8")
    (recorded / ".gitattributes").write_text("* filter=x diff=x\n", "utf-8")
    for hook in HOOKS:
        shutil.copy(script, recorded / ".git" / "hooks" / hook)
    settings = (recorded / ".git" / "config").read_text("utf-8")
    asked(recorded)
    assert not trace.exists()
    assert str(script) in settings
    subprocess.run(["git", "-C", recorded, "status"], check=False, capture_output=True)
    assert trace.exists()  # the trace is no vain one: git itself runs them


@pytest.mark.parametrize("place", ["include.path", "includeIf.gitdir:**.path"])
def test_no_setting_comes_from_elsewhere(
    recorded: Path, program: tuple[Path, Path], tmp_path: Path, place: str
) -> None:
    script, trace = program
    more = tmp_path / "more"
    more.write_text(f"[core]\nfsmonitor = {script}\n", "utf-8")
    git(recorded, "config", place, str(more))
    asked(recorded)
    assert not trace.exists()


def test_nothing_is_fetched(recorded: Path, program: tuple[Path, Path]) -> None:
    """A partial clone names a place from which what is missing comes, and a program that gives it."""
    script, trace = program
    digest = store.history.recorded(recorded).files[NAME]
    (recorded / ".git" / "objects" / digest[:2] / digest[2:]).unlink()
    for name, value in (
        ("core.repositoryFormatVersion", "1"), ("extensions.partialClone", "origin"),
        ("remote.origin.url", f"ext::{script} %S"), ("remote.origin.promisor", "true"),
        ("remote.origin.uploadpack", str(script)), ("protocol.ext.allow", "always"),
    ):  # fmt: skip
        git(recorded, "config", name, value)
    asked(recorded)
    assert not trace.exists()
    with pytest.raises(SonghuaError) as error:
        session.check(recorded)
    assert {one.code for one in error.value.faults} == {"history_blob"}


def test_no_git_of_the_folder_is_run(
    recorded: Path, program: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    script, trace = program
    shutil.copy(script, recorded / "git")
    whole = os.environ["PATH"]
    monkeypatch.chdir(recorded)
    for path in (
        "",
        ".",
        f".{os.pathsep}{whole}",
        f"{os.pathsep}{whole}",
        f"observations/..{os.pathsep}{whole}",
    ):
        monkeypatch.setenv("PATH", path)
        store.history.recorded(Path("."))
        assert not trace.exists(), path


def elsewhere(folder: Path) -> Path:
    """Another repository, with another folder of the same names."""
    other = folder.parent / "other"
    store.copy(folder, other)
    (other / NAME).write_bytes(b"secret\n")
    git(other, "init", "-q")
    git(other, "add", ".")
    git(other, "commit", "-q", "-m", "secret")
    return other


def pointed(folder: Path, other: Path) -> None:
    shutil.rmtree(folder / ".git")
    (folder / ".git").write_text(f"gitdir: {other / '.git'}\n", "utf-8")


def linked(folder: Path, other: Path) -> None:
    shutil.rmtree(folder / ".git")
    (folder / ".git").symlink_to(other / ".git")


def common(folder: Path, other: Path) -> None:
    (folder / ".git" / "commondir").write_text(f"{other / '.git'}\n", "utf-8")


def alternates(folder: Path, other: Path) -> None:
    place = folder / ".git" / "objects" / "info" / "alternates"
    place.parent.mkdir(exist_ok=True)
    place.write_text(f"{other / '.git' / 'objects'}\n", "utf-8")


def objects(folder: Path, other: Path) -> None:
    shutil.rmtree(folder / ".git" / "objects")
    (folder / ".git" / "objects").symlink_to(other / ".git" / "objects")


def head(folder: Path, other: Path) -> None:
    (folder / ".git" / "HEAD").unlink()
    (folder / ".git" / "HEAD").symlink_to(other / ".git" / "HEAD")


def reference(folder: Path, other: Path) -> None:
    (folder / ".git" / "HEAD").write_text("ref: refs/../../../other/.git/HEAD\n", "utf-8")


WAYS = {
    pointed: "history_apart", linked: "history_link", common: "history_apart",
    alternates: "history_alternates", objects: "history_link", head: "history_broken",
    reference: "history_broken",
}  # fmt: skip


@pytest.mark.parametrize("way", list(WAYS))
def test_no_way_that_leads_out_of_the_repository_is_followed(
    recorded: Path, way: Callable[[Path, Path], None]
) -> None:
    way(recorded, elsewhere(recorded))
    found = store.history.recorded(recorded)
    assert found.unknown is not None
    assert (dict(found.files), found.unknown.code) == ({}, WAYS[way])
    done = songhua("check", str(recorded))
    assert done.code == 2
    assert "--no-history" in done.out + done.err
    assert songhua("check", str(recorded), "--no-history").code == 0


def without_head(folder: Path) -> None:
    (folder / ".git" / "HEAD").unlink()


def orphan(folder: Path) -> None:
    git(folder, "checkout", "-q", "--orphan", "new")


def orphan_alone(folder: Path) -> None:
    git(folder, "checkout", "-q", "--orphan", "new")
    git(folder, "branch", "-D", "-q", *_branches(folder))


def _branches(folder: Path) -> list[str]:
    places = (folder / ".git" / "refs" / "heads").iterdir()
    return [one.name for one in places]


def skipped(folder: Path) -> None:
    git(folder, "update-index", "--skip-worktree", NAME)


def assumed(folder: Path) -> None:
    git(folder, "update-index", "--assume-unchanged", NAME)


def without_objects(folder: Path) -> None:
    shutil.rmtree(folder / ".git" / "objects")


def packed(folder: Path) -> None:
    git(folder, "gc", "-q")
    git(folder, "pack-refs", "--all")


@pytest.mark.parametrize(
    "state",
    [without_head, orphan, orphan_alone, skipped, assumed, without_objects, packed],
)
@pytest.mark.parametrize("gone", ["a row", "a file"])
def test_a_removed_row_is_a_fault_in_whatever_state_the_repository_is(
    recorded: Path, state: Callable[[Path], None], gone: str
) -> None:
    state(recorded)
    file = recorded / NAME
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))
    if gone == "a file":
        file.unlink()
    assert songhua("check", str(recorded)).code == 2
    assert songhua("check", str(recorded), "--no-history").code == 0


def test_a_further_work_tree_and_a_submodule_are_told(recorded: Path, tmp_path: Path) -> None:
    further = tmp_path / "further"
    git(recorded, "worktree", "add", "-q", str(further))
    assert NAME in store.history.recorded(further).files
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "-q")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(recorded), "town")
    assert (outer / "town" / ".git").is_file()
    assert NAME in store.history.recorded(outer / "town").files


@pytest.mark.parametrize("form", ["sha1", "sha256"])
@pytest.mark.parametrize("name", ["a folder", 'a "quote" \\ and : 文件夹', "line\nbreak"])
def test_whatever_a_repository_is_called(rivertown: Path, form: str, name: str) -> None:
    home = rivertown.parent / name
    rivertown.rename(home)
    git(home, "init", "-q", f"--object-format={form}")
    git(home, "add", ".")
    git(home, "commit", "-q", "-m", "figures")
    assert NAME in store.history.recorded(home).files
    (home / NAME).write_bytes(b"".join((home / NAME).read_bytes().splitlines(keepends=True)[:-1]))
    with pytest.raises(SonghuaError) as error:
        store.read(home)
    assert {one.code for one in error.value.faults} == {"recorded_row_changed"}


def test_git_sees_nothing_of_the_persons_surroundings(
    recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, str]] = []
    run = subprocess.run

    def noted(*given: object, **named: object) -> object:
        seen.append(dict(named["env"]))  # type: ignore[call-overload]
        return run(*given, **named)  # type: ignore[call-overload]

    for name in (
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_KEY_0",
        "GIT_EXEC_PATH",
        "GIT_TEMPLATE_DIR",
        "HOME",
    ):
        monkeypatch.setenv(name, "1")
    monkeypatch.setattr(repository.subprocess, "run", noted)
    assert NAME in store.history.recorded(recorded).files
    allowed = {*repository._SYSTEM, *repository._QUIET, "GIT_INDEX_FILE"}
    assert seen
    assert all({*one} <= allowed for one in seen)


def test_the_workbench_says_that_the_history_is_not_told(recorded: Path) -> None:
    from web_work import client

    without_head(recorded)
    for lang, word in (("en", "git cannot read the repository"), ("zh", "git 无法读取此处的仓库")):
        assert word in client(recorded).get(f"/{lang}/figures").text


def test_a_catalogue_that_was_recorded_broken_is_told(recorded: Path) -> None:
    file = recorded / "sources.toml"
    whole = file.read_bytes()
    file.write_bytes(whole + b"[broken\n")
    git(recorded, "commit", "-q", "-a", "-m", "broken")
    file.write_bytes(whole.replace(b"official", b"weak"))
    with pytest.raises(SonghuaError) as error:
        session.check(recorded)
    assert [(one.code, one.file) for one in error.value.faults] == [
        ("history_unreadable", "sources.toml")
    ]


def test_a_kept_run_is_not_that_of_a_history_that_is_told(recorded: Path) -> None:
    state = store.at(recorded).state()
    without_head(recorded)
    other = store.at(recorded).state()
    assert state is not None
    assert other is not None
    assert other["untold"]["why"] == "history_broken"
    shutil.rmtree(recorded / ".git")
    plain = store.at(recorded).state()
    assert plain not in (state, other)
