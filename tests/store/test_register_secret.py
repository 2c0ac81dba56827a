"""The register's secret is drawn once, stays with the firms, and stands in nothing published."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import songhua
from small import write
from songhua import SonghuaError, render, rerun, session
from songhua.document.report import report
from songhua.examples import register as invented
from songhua.format.view import View
from songhua.store import register as stored

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
    """What a person can ask for of a folder: both languages, all forms, and the report."""
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
    for wrong in ("", "secret", "00" * 15, "0" * 33, "ZZ" * 16):
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


def test_invented_firms_have_no_secret_and_real_ones_in_their_place_do(tmp_path: Path) -> None:
    made = invented.files(1, 30)
    firms, held = (
        made[f"register/{name}.csv"].decode() for name in ("enterprises", "certificates")
    )
    folder = _city(tmp_path, firms, held)
    numbers = session.open(folder).run("certify", on=DAY).tables["pipeline"]["firms"]
    assert list(numbers) == list(
        session.open(folder).run("certify", on=DAY).tables["pipeline"]["firms"]
    )
    assert not (folder / "register/secret.txt").exists()
    (folder / "register/enterprises.csv").write_text(FIRMS, "utf-8")
    session.open(folder).run("certify", on=DAY)
    assert (folder / "register/secret.txt").exists()
