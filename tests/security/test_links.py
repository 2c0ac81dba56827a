"""No link below a folder is followed: in whatever place it stands, and wherever it leads."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from commands import songhua as verb
from songhua import session, store
from songhua.errors import SonghuaError
from songhua.store import disk, source, writing
from songhua.store.case import assembled

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
SECRET = b"a secret of elsewhere"
FOLDERS = sorted({*(folder for folder, _ in source.MANY), "plan", "register"})
LEADS = ("a file", "a folder", "nowhere", "itself", "a device", "within")


def faults(folder: Path) -> dict[str, str]:
    try:
        store.read(folder)
    except SonghuaError as error:
        return {one.file: one.code for one in error.faults}
    return {}


def link(place: Path, leads: str, tmp_path: Path) -> None:
    """Put a link in a place: what stood there is behind it, where it leads to a file or folder."""
    elsewhere = tmp_path / "elsewhere" / place.name
    elsewhere.parent.mkdir(exist_ok=True)
    if place.is_dir() or place.exists():
        shutil.move(place, elsewhere)
    else:
        elsewhere.write_bytes(SECRET)
    place.parent.mkdir(parents=True, exist_ok=True)
    target = {
        "a file": elsewhere, "a folder": tmp_path / "elsewhere", "nowhere": tmp_path / "none",
        "itself": place, "a device": Path("/dev/zero"), "within": Path("region.toml"),
    }[leads]  # fmt: skip
    place.symlink_to(target)


@pytest.mark.parametrize("leads", LEADS)
@pytest.mark.parametrize("name", source.FILES)
def test_a_link_in_the_place_of_a_file(
    rivertown: Path, tmp_path: Path, name: str, leads: str
) -> None:
    link(rivertown / name, leads, tmp_path)
    assert faults(rivertown).get(name) == "file_linked"


@pytest.mark.parametrize("leads", LEADS)
@pytest.mark.parametrize(("folder", "end"), source.MANY)
def test_a_link_among_many_files(
    rivertown: Path, tmp_path: Path, folder: str, end: str, leads: str
) -> None:
    link(rivertown / folder / f"more{end}", leads, tmp_path)
    assert faults(rivertown).get(f"{folder}/more{end}") == "file_linked"


@pytest.mark.parametrize("leads", ["a file", "a folder", "nowhere", "itself"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_in_the_place_of_a_folder(
    rivertown: Path, tmp_path: Path, folder: str, leads: str
) -> None:
    (rivertown / folder).mkdir(parents=True, exist_ok=True)
    link(rivertown / folder, leads, tmp_path)
    found = faults(rivertown)
    assert found.get(folder) == "file_linked", found
    assert found == {folder: "file_linked"} or folder == "observations"


@pytest.mark.parametrize("leads", LEADS)
@pytest.mark.parametrize("name", ["observations/more.csv", "claims.toml", "plan"])
def test_where_a_system_has_no_handles_the_parts_are_looked_at(
    rivertown: Path, tmp_path: Path, name: str, leads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "_BY_HANDLE", False)
    monkeypatch.setattr(disk, "_NO_LINK", 0)
    assert faults(rivertown) == {}
    link(rivertown / name, leads, tmp_path)
    assert faults(rivertown).get(name) == "file_linked"


def test_the_folder_itself_may_be_one(rivertown: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").symlink_to(rivertown)
    assert store.read(tmp_path / "mine").digests == store.read(rivertown).digests


def test_a_hard_link_is_a_file(rivertown: Path, tmp_path: Path) -> None:
    name = "observations/economy.csv"
    os.link(rivertown / name, tmp_path / "other.csv")
    assert faults(rivertown) == {}


@pytest.mark.parametrize("leads", ["a file", "nowhere"])
def test_no_verb_writes_through_a_link(rivertown: Path, tmp_path: Path, leads: str) -> None:
    row = tmp_path / "new.csv"
    head = (rivertown / "observations/economy.csv").read_text("utf-8").splitlines()[0]
    row.write_text(
        f"{head}\ngdp,rivertown,,,2018,9.0,bn EUR,,actual,,,bulletin-2020,,2026-01-02,\n"
    )
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in (
        "observations/corrections.csv",
        "observations/written.csv",
        "plan/scenarios/x.toml",
        "learnt",
    ):
        place = rivertown / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(outside / "file" if leads == "nowhere" else outside)
    for call in (
        ("import", str(rivertown), str(row)),
        ("correct", str(rivertown), "gdp", "2019", "10.2"),
        ("upgrade", str(rivertown)),
    ):  # fmt: skip
        assert verb(*call).code == 2, call
    assert list(outside.iterdir()) == []


def test_no_change_is_taken_beside_a_file_that_is_not_read(rivertown: Path, tmp_path: Path) -> None:
    link(rivertown / "claims.toml", "nowhere", tmp_path)
    raw = store.at(rivertown).read()
    with pytest.raises(SonghuaError) as error:
        assembled(raw.with_files({"plan/scenarios/late.toml": b""}))
    assert ("file_linked", "claims.toml") in {(one.code, one.file) for one in error.value.faults}


def test_maps_and_the_register_are_read_behind_no_link(rivertown: Path, tmp_path: Path) -> None:
    (tmp_path / "maps").mkdir()
    (rivertown / "imports").symlink_to(tmp_path / "maps")
    with pytest.raises(SonghuaError) as error:
        store.at(rivertown).maps()
    assert error.value.faults[0].code == "file_linked"
    firms = tmp_path / "firms.csv"
    firms.write_text("firm,name,staff\na,A,12\n", "utf-8")
    register = tmp_path / "alone" / "register"
    register.mkdir(parents=True)
    (register / "enterprises.csv").symlink_to(firms)
    with pytest.raises(SonghuaError) as error:
        session.open_register(register.parent)
    assert {one.code for one in error.value.faults} == {"file_linked"}


def test_a_part_that_is_swapped_while_it_is_read_leads_nowhere(
    rivertown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a look and the opening somebody puts a link in the place of a folder."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "economy.csv").write_bytes(SECRET)
    opened = os.open
    swapped = [False]

    def swap(path: object, flags: int, *more: object, **named: object) -> int:
        if path == "observations" and not swapped[0]:
            swapped[0] = True
            (rivertown / "observations").rename(tmp_path / "away")
            (rivertown / "observations").symlink_to(outside)
        return opened(path, flags, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(SonghuaError) as error:
        disk.bytes_below(rivertown, "observations/economy.csv")
    assert [(one.code, one.file) for one in error.value.faults] == [("file_linked", "observations")]
    assert swapped[0]


def test_what_is_written_makes_no_folder_behind_a_link(tmp_path: Path) -> None:
    home, outside = tmp_path / "home", tmp_path / "outside"
    home.mkdir()
    outside.mkdir()
    (home / "plan").symlink_to(outside)
    with pytest.raises(SonghuaError) as error, writing.locked(home):
        writing.write(home, {"plan/new/a.csv": b"1"}, {})
    assert error.value.faults[0].code == "file_linked"
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize("name", ["../a", "/etc/passwd", "a/../../b", "", "."])
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: disk.bytes_below(tmp_path, name),
        lambda: writing.write(tmp_path, {name: b""}, {}),
    ]
    for call in calls:
        with pytest.raises(SonghuaError) as error:
            call()
        assert error.value.faults[0].code == "file_outside"


def test_a_rulebook_of_somebody_else_leads_nowhere(tmp_path: Path) -> None:
    home = tmp_path / "land" / "sme"
    shutil.copytree(disk_of("eu"), home.parent)
    (tmp_path / "law.toml").write_bytes(SECRET)
    assert store.load_rulebook(str(home)).id == "land/sme"
    (home / "source.md").unlink(missing_ok=True)
    (home / "source.md").symlink_to(tmp_path / "law.toml")
    rules = (home / "rules.toml").read_text("utf-8")
    with pytest.raises(SonghuaError) as error:
        store.load_rulebook(str(home))
    assert {one.code for one in error.value.faults} == {"file_linked"}
    (home / "source.md").unlink()
    shutil.copytree(home, tmp_path / "elsewhere")
    head = "[rulebook]\n"
    (home / "rules.toml").write_text(
        rules.replace(head, f'{head}uses = ["../elsewhere"]\n'), "utf-8"
    )
    with pytest.raises(SonghuaError) as error:
        store.load_rulebook(str(home))
    assert "file_outside" in {one.code for one in error.value.faults}


def disk_of(country: str) -> Path:
    """Where the rulebooks of a country stand that come with songhua."""
    return Path(str(files("songhua"))) / "rulebooks" / country
