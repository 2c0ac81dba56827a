"""The register's secret is drawn once, stays with the firms, and stands in nothing published."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from commands import songhua
from small import write
from songhua import SonghuaError, render, rerun, session
from songhua.document.report import report
from songhua.format.view import View
from songhua.store import secret as stored
from songhua.store.exchange import TEMPORARY
from songhua.store.writing import locked

FIRMS = "firm,staff,district,resident\na,12,north,yes\nb,501,south,no\n"
BOOK, DAY = "cn/sci-tech-sme", "2024-06-30"
ASKED = ("--status", BOOK, "--on", DAY)


def _city(folder: Path, firms: str = FIRMS, held: str = "firm,status,since,until\n") -> Path:
    return write(folder, register__enterprises_csv=firms, register__certificates_csv=held)


def _firms(n: int, district: Callable[[int], str]) -> str:
    rows = (f"f{k},{district(k)},yes,501" for k in range(n))
    return "\n".join(["firm,district,resident,staff", *rows, ""])


def _held(n: int) -> str:
    rows = (f"f{k},{BOOK},2024-01-01,2024-12-31" for k in range(n))
    return "\n".join(["firm,status,since,until", *rows, ""])


def _published(folder: Path) -> list[str]:
    """Answers a person can ask of a folder: both languages, all forms, and the report."""
    forms = [
        songhua("certify", folder, *ASKED, "--lang", lang, *form).out
        for lang in ("en", "zh") for form in ((), ("--json",), ("--blocks",))
    ]  # fmt: skip
    opened = session.open(folder)
    done = session.Run.of(opened, {"certify": opened.run("certify", on=DAY, statuses=(BOOK,))})
    for lang in ("en", "zh"):
        view = View.of(done, lang)
        blocks = report(view, ["certify"]).blocks
        forms.append(render.report(view))
        forms += [str(render.fragment(view, blocks, form)) for form in ("html", "json", "text")]
    return forms


def test_it_is_drawn_once_and_decides_the_numbers(tmp_path: Path) -> None:
    first, other = (
        _city(
            tmp_path / name,
            _firms(1000, lambda k: f"d{k % 40}"),
            _held(1000),
        )
        for name in ("first", "other")
    )
    files = [folder / "register/secret.txt" for folder in (first, other)]
    session.check(first)
    assert not files[0].exists()  # nothing is written by reading
    shown = [songhua("certify", folder, *ASKED, "--json") for folder in (first, first, other)]
    assert [done.code for done in shown] == [0, 0, 0]
    texts = [re.findall(r'"firms": ([0-9.]+)', done.out) for done in shown]
    assert texts[0] == texts[1] != texts[2]
    kept = [file.read_bytes() for file in files]
    assert all(len(stored.written(one)) == 32 for one in kept)
    assert kept[0] != kept[1]
    recipe = session.open(first).run("certify", on=DAY).recipe
    assert recipe is not None
    assert (
        rerun(recipe)
        .tables["pipeline"]
        .equals(session.open(first).run("certify", on=DAY).tables["pipeline"])
    )
    files[1].write_bytes(kept[0])
    assert (
        re.findall(r'"firms": ([0-9.]+)', songhua("certify", other, *ASKED, "--json").out)
        == (texts[0])
    )


def test_no_form_shows_the_secret_or_a_number_that_was_not_moved(tmp_path: Path) -> None:
    """Counts whose digits occur nowhere else, and no end of a number with this secret."""
    sizes = {"a": 1039, "b": 2111, "c": 4513}
    names = [name for name, n in sizes.items() for _ in range(n)]
    folder = _city(
        tmp_path,
        _firms(len(names), lambda k: names[k]),
        _held(len(names)),
    )
    (folder / "register/secret.txt").write_text("5e" * 32, "utf-8")
    forms = _published(folder)
    exact = [*map(str, sizes.values()), str(len(names))]
    files = [folder / "register" / name for name in ("enterprises.csv", "certificates.csv")]
    secret = (folder / "register/secret.txt").read_text().strip()
    # a digest of the firms would let a guess of them be tried
    known = [secret, *(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)]
    for text in forms:
        assert text
        assert not [one for one in known if one in text]
        plain = re.sub(r"(?<=\d),(?=\d{3})", "", text)
        assert not [number for number in exact if re.search(rf"(?<![\w.]){number}\b", plain)]
    asked = songhua("certify", folder, *ASKED, "--small-cells", "--lang", "en").out.replace(",", "")
    assert all(number in asked for number in exact)  # the search finds what is shown


def test_a_folder_may_be_the_one_that_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(_city(tmp_path))
    session.open(".").run("certify", on=DAY)
    assert (tmp_path / "register/secret.txt").exists()


def test_a_file_of_firms_has_it_beside_itself(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    file.write_text(FIRMS, "utf-8")
    session.open_register(file).run("certify", on=DAY, small_cells=True)
    assert not (tmp_path / "secret.txt").exists()  # exact numbers need none
    session.open_register(file).run("certify", on=DAY)
    assert stored.written((tmp_path / "secret.txt").read_bytes())


def test_one_that_cannot_be_read_is_a_fault_and_is_not_drawn_anew(tmp_path: Path) -> None:
    folder = _city(tmp_path)
    file = folder / "register/secret.txt"
    for wrong in ("secret", "00" * 15, "0" * 33, "ZZ" * 16):
        file.write_text(wrong, "utf-8")
        with pytest.raises(SonghuaError) as caught:
            session.open(folder)
        assert [fault.code for fault in caught.value.faults] == ["register_secret_unreadable"]
        assert caught.value.faults[0].file == "register/secret.txt"
        assert file.read_text("utf-8") == wrong


def test_one_that_cannot_be_kept_publishes_nothing(tmp_path: Path) -> None:
    folder = _city(tmp_path)
    opened = session.open(folder)
    (folder / "register/secret.txt").mkdir()
    with pytest.raises(SonghuaError) as caught:
        opened.run("certify", on=DAY)
    assert [fault.code for fault in caught.value.faults] == ["file_not_regular"]
    assert opened.run("certify", on=DAY, small_cells=True).tables["pipeline"]["firms"].sum() > 0


def test_shipped_firms_have_no_secret_and_others_in_their_place_do(tmp_path: Path) -> None:
    folder = session.new(tmp_path / "city", "register")
    first, again = (session.open(folder, fresh=True).run("certify", on=DAY) for _ in range(2))
    assert first.tables["pipeline"].equals(again.tables["pipeline"])
    assert not (folder / "register/secret.txt").exists()
    (folder / "register/enterprises.csv").write_text(FIRMS, "utf-8")
    session.open(folder).run("certify", on=DAY)
    assert (folder / "register/secret.txt").exists()


#: A process that draws a secret and is gone at one of its calls, before or after it is done.
KILLED = """
import os, sys, pathlib
from songhua.store import secret, writing
where, name, when, file = sys.argv[1:]
of = {"os": os, "writing": writing, "secret": secret}[where]
call = getattr(of, name)
def last(*given, **more):
    if when == "after":
        call(*given, **more)
    os._exit(9)
setattr(of, name, last)
secret.drawn(pathlib.Path(file).parent.parent, "register/secret.txt")
"""


def _killed(where: str, name: str, when: str, file: Path) -> int:
    command = [sys.executable, "-c", KILLED, where, name, when, str(file)]
    return subprocess.run(command, timeout=60).returncode


@pytest.mark.parametrize(
    ("where", "name", "when", "before"),
    [
        ("os", "fsync", "before", None),
        ("writing", "write_beside", "before", None),
        ("writing", "swap", "before", None),
        ("writing", "swap", "after", None),
        ("writing", "swap", "before", ""),
        ("writing", "swap", "after", ""),
    ],
)
def test_who_is_killed_leaves_a_whole_secret_or_none(
    where: str, name: str, when: str, before: str | None, tmp_path: Path
) -> None:
    folder = _city(tmp_path)
    file = folder / "register/secret.txt"
    if before is not None:
        file.write_text(before)
    assert _killed(where, name, when, file) == 9
    kept = file.read_bytes() if file.exists() else b""
    assert len(stored.written(kept)) == (32 if when == "after" else 0)
    assert (len(kept) == 65) == (when == "after")
    session.open(folder).run("certify", on=DAY)
    assert len(stored.written(file.read_bytes())) == 32
    assert kept in (b"", file.read_bytes())
    with locked(folder):
        assert sorted(one.name for one in file.parent.iterdir()) == [
            "certificates.csv", "enterprises.csv", "secret.txt",
        ]  # fmt: skip


@pytest.mark.parametrize("before", [None, b"", b"\0" * 65])
@pytest.mark.parametrize("links", [True, False])
def test_of_many_that_draw_at_once_all_have_the_same(
    before: bytes | None, links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", refused)
    for again in range(5):
        file = tmp_path / str(again) / "secret.txt"
        file.parent.mkdir()
        if before is not None:
            file.write_bytes(before)
        with ThreadPoolExecutor(6) as pool:
            found = set(
                pool.map(lambda _, file=file: stored.drawn(file.parent, "secret.txt"), range(6))
            )
        assert found == {stored.written(file.read_bytes())}
        assert len(*found) == 32
        assert not list(file.parent.glob(f"{TEMPORARY}*"))


def test_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    folder = _city(tmp_path)
    session.open(folder).run("certify", on=DAY)
    assert (folder / "register/secret.txt").stat().st_mode & 0o777 == 0o600
    empty = _city(tmp_path / "empty")
    (empty / "register/secret.txt").write_bytes(b"")
    session.open(empty).run("certify", on=DAY)
    assert (empty / "register/secret.txt").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("leads", ["nowhere", "public.txt"])
def test_a_link_in_its_place_is_not_followed(leads: str, tmp_path: Path) -> None:
    folder = _city(tmp_path / "town")
    (tmp_path / "public.txt").write_text("5e" * 32, "utf-8")
    opened, file = session.open(folder), folder / "register/secret.txt"
    file.symlink_to(tmp_path / leads)
    for ask in (
        lambda: opened.run("certify", on=DAY), lambda: session.open(folder),
        lambda: session.open_register(folder),
    ):  # fmt: skip
        with pytest.raises(SonghuaError) as caught:
            ask()
        assert [(one.code, one.file) for one in caught.value.faults] == [
            ("file_linked", "register/secret.txt")
        ]
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
def test_where_the_system_refuses_it_nothing_is_left(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _city(tmp_path)

    def full(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SonghuaError) as caught:
        session.open(folder).run("certify", on=DAY)
    (fault,) = caught.value.faults
    assert (fault.code, fault.params["why"]) == ("register_secret_unwritable", os.strerror(code))
    assert len(list((folder / "register").iterdir())) == 2
