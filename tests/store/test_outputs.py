"""Nothing is overwritten unasked: what a user filled in or wrote stays, whatever verb writes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import openpyxl
import pytest

from commands import songhua
from songhua import session
from songhua.errors import SonghuaError
from songhua.store import outputs, writing
from songhua.store.outputs import write_outputs


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return session.new(tmp_path / "case", session.FIRST_EXAMPLE)


def test_a_filled_review_sheet_is_kept(case: Path, tmp_path: Path) -> None:
    first = session.review(case, "2021", tmp_path / "sheets").files
    book = openpyxl.load_workbook(first[0])
    book.worksheets[0]["H5"] = "filled in"
    book.save(first[0])
    filled = first[0].read_bytes()
    with pytest.raises(SonghuaError) as caught:
        session.review(case, "2021", tmp_path / "sheets")
    assert [fault.code for fault in caught.value.faults] == ["output_kept"]
    assert first[0].read_bytes() == filled
    session.review(case, "2021", tmp_path / "sheets", replace=True)
    assert first[0].read_bytes() != filled


def test_the_same_sheets_are_written_again(case: Path, tmp_path: Path) -> None:
    for lang in ("en", "zh", "en"):
        session.review(case, "2021", tmp_path / "sheets", lang)


@pytest.mark.parametrize(
    ("verb", "options", "name"),
    [
        pytest.param("run", ("--xlsx",), "sources.toml", marks=pytest.mark.deep),
        ("diagnose", ("--xlsx",), "plan/plan.toml"),
        ("report", ("--period", "2021", "--out"), "monthly-2021-en.html"),
    ],
)
def test_a_file_of_the_user_is_kept(
    case: Path, tmp_path: Path, verb: str, options: tuple[str, ...], name: str
) -> None:
    file = case / name
    if not file.exists():
        file.write_text("notes of the user", encoding="utf-8")
    before = file.read_bytes()
    place = str(case if verb == "report" else file)
    done = songhua(verb, str(case), *options, place, "--lang", "en")
    assert done.code == 2, done.err
    assert name.rpartition("/")[2] in done.err
    assert "--replace" in done.err
    assert file.read_bytes() == before


def test_the_page_of_a_firm_replaces_no_facts(tmp_path: Path) -> None:
    case = session.new(tmp_path / "firms", "register")
    known = case / "sources.toml"
    before = known.read_bytes()
    first = next((case / "register").glob("*.csv")).read_text(encoding="utf-8").splitlines()[1]
    asked = ("--firm", first.partition(",")[0], "--html", str(known), "--lang", "en")
    done = songhua("certify", str(case), *asked)
    assert done.code == 2, done.out
    assert "sources.toml" in done.err
    assert known.read_bytes() == before


def test_what_is_no_plain_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "real.html").write_bytes(b"real")
    (tmp_path / "link.html").symlink_to(tmp_path / "real.html")
    (tmp_path / "folder.html").mkdir()
    files = {tmp_path / name: b"page" for name in ("link.html", "folder.html", "new.html")}
    with pytest.raises(SonghuaError) as caught:
        write_outputs(files)
    kept = sorted(Path(fault.file).name for fault in caught.value.faults)
    assert kept == ["folder.html", "link.html"], "each file that is kept is named"
    assert not (tmp_path / "new.html").exists(), "something was written all the same"


def test_a_digest_that_was_noted_elsewhere_gives_no_right(
    tmp_path: Path, users_place: Path
) -> None:
    """songhua recognises its own files by this user's notes, not by the content of the folder."""
    page = tmp_path / "page.html"
    write_outputs({page: b"one"})
    assert list(tmp_path.iterdir()) == [page]
    for file in (users_place / "marks").iterdir():
        file.unlink()
    with pytest.raises(SonghuaError) as caught:
        write_outputs({page: b"two"})
    assert [fault.code for fault in caught.value.faults] == ["output_kept"]
    assert page.read_bytes() == b"one"
    write_outputs({page: b"one"})  # it holds that already
    write_outputs({page: b"two"})
    assert page.read_bytes() == b"two"


def test_a_page_that_was_moved_is_still_songhuas_own(tmp_path: Path) -> None:
    page, moved = tmp_path / "page.html", tmp_path / "old.html"
    write_outputs({page: b"one, moved"})
    page.rename(moved)
    write_outputs({moved: b"two, moved"})
    assert moved.read_bytes() == b"two, moved"


def test_a_write_that_was_cut_off_leaves_a_file_that_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    write_outputs({page: b"one"})

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    for data in (b"two", b"three"):
        with monkeypatch.context() as patched:
            patched.setattr(outputs, "write", cut_off)
            with pytest.raises(KeyboardInterrupt):
                write_outputs({page: data})
    assert page.read_bytes() == b"one"
    write_outputs({page: b"four"})
    assert page.read_bytes() == b"four"


def test_a_case_is_new_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(file))

    monkeypatch.setattr(writing, "write_whole", full)
    with pytest.raises(SonghuaError):
        session.new(tmp_path / "firms", "register")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="names there are text")
def test_a_name_that_is_no_text_is_noted_too(tmp_path: Path) -> None:
    page = tmp_path / os.fsdecode(b"a\xff.html")
    write_outputs({page: b"one"})
    write_outputs({page: b"two"})  # it is known as songhua's own
    assert page.read_bytes() == b"two"


def test_a_link_to_itself_is_a_fault(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(SonghuaError):
        write_outputs({loop / "page.html": b"one"})
    assert songhua("review", loop, "--period", "2022").code == 2
