"""No count of one or two is told by all that was published, the firms' ids and the program.

The secret alone is unknown. Drawn registers go the way of a user's: from the bytes of their files,
with or without a column `invented`. One attacker weighs every register of up to four firms by the
probability of the published numbers; another tries as the secret everything known from the program
and the publication. Of every form it is shown that it says nothing but the moved numbers.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations_with_replacement, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from commands import songhua
from small import write
from songhua import render, schema, session
from songhua.document.report import report
from songhua.examples import register as shipped
from songhua.format.view import View
from songhua.maths.disclosure import PublishedCounts, chance
from songhua.reading.renaming import in_csv
from songhua.rules.register import Register
from songhua.store import register as stored
from songhua.store import secret as secrets_of
from songhua.store.assembly import Assembly
from songhua.store.rulebooks import load
from songhua.store.source import parsed
from songhua.studies.certify.study import certify

BOOK = load("cn/sci-tech-sme")
DAYS = date(2024, 6, 30), date(2024, 12, 31)
SPANS = {"none": (), "long": ("2024-01-01", "2026-01-01"), "short": ("2023-03-01", "2024-09-30")}
TYPES = list(product(("near", "far"), "xy", ("industry", "retail"), SPANS))
MOST = 4
FIRMS, HELD = "register/enterprises.csv", "register/certificates.csv"
pytestmark = pytest.mark.xdist_group("small counts")  # the registers are drawn once
REGISTERS = [200, pytest.param(5000, marks=pytest.mark.exhaustive)]


def _cells() -> dict[tuple[str, ...], np.ndarray]:
    """The types of firms that count in each cell, over both days: by what they are, not by code."""
    stage, district, industry, span = (np.array(one) for one in zip(*TYPES, strict=True))
    valid = {0: span != "none", 1: span == "long"}
    found = {("all",): np.ones(len(TYPES), dtype=bool)}
    for day in (0, 1):
        found |= {(str(day), "stage", one): stage == one for one in ("near", "far")}
        found |= {(str(day), "district", one): valid[day] & (district == one) for one in "xy"}
        found |= {
            (str(day), "industry", one): valid[day] & (industry == one)
            for one in ("industry", "retail")
        }
        found[str(day), "year", "2023"] = span == "short"
        found[str(day), "year", "2024"] = valid[day]
    found["0", "month", "2024-09"] = span == "short"
    return found


CELLS = _cells()
MEMBERS = np.array(list(CELLS.values()))
CHANCES = np.array([[chance(number, n) for n in range(MOST + 1)] for number in range(400)])


@cache
def worlds() -> tuple[np.ndarray, np.ndarray]:
    """Of every register of up to four firms: the counts of its cells, and which are one cell.

    The second is the first of the cells that hold the very same firms: they show one number.
    """
    every = np.array([
        np.bincount(np.array(one, dtype=int), minlength=len(TYPES))
        for n in range(MOST + 1) for one in combinations_with_replacement(range(len(TYPES)), n)
    ])  # fmt: skip
    there = (every > 0).astype(int)
    apart = [(there @ (MEMBERS ^ one).T.astype(int)) > 0 for one in MEMBERS]
    return every @ MEMBERS.T, np.stack([one.argmin(axis=1) for one in apart], axis=1)


@dataclass(frozen=True)
class Published:
    """A register that was drawn: its firms by type, what attackers have of it, and its secret."""

    types: list[int]
    files: dict[str, bytes]
    numbers: np.ndarray
    secret: bytes

    @property
    def truth(self) -> np.ndarray:
        """The counts of the cells."""
        return np.bincount(self.types, minlength=len(TYPES)) @ MEMBERS.T


def _files(types: list[int], said: str | None = None) -> dict[str, bytes]:
    """A register's files; with `said`, each row has it in a column `invented`."""
    more = "" if said is None else f",{said}"
    rows = [f"firm,staff,resident,district,industry{more and ',invented'}"]
    held = [f"firm,status,since,until{more and ',invented'}"]
    for at, (stage, district, industry, span) in enumerate(TYPES[one] for one in types):
        resident = "yes" if stage == "near" else "no"
        rows.append(f"f{at},501,{resident},{district},{industry}{more}")
        if SPANS[span]:
            held.append(f"f{at},{BOOK.id},{','.join(SPANS[span])}{more}")
    return {FIRMS: "\n".join([*rows, ""]).encode(), HELD: "\n".join([*held, ""]).encode()}


def _read(files: dict[str, bytes], home: Path) -> tuple[Register | None, list[str]]:
    reading = Assembly(parsed(files, []))
    found = stored.read(reading, home, (BOOK.id,))
    return found, [fault.code for fault in reading.faults]


def _numbers(given: Register) -> np.ndarray:
    """The numbers of all cells as certify shows them on both days; nought where it has no row."""
    shown: dict[tuple[str, ...], int] = {}
    for day, on in enumerate(DAYS):
        tables = certify(None, register=given, rulebooks=[BOOK], on=on, firm_tables=False).tables
        for row in tables["pipeline"].to_dict("records"):
            shown[str(day), "stage", row["stage"]] = int(row["firms"])
        for row in tables["counts"].to_dict("records"):
            shown[str(day), row["by"], row["group"]] = int(row["firms"])
        for row in tables["expiry_counts"].to_dict("records"):
            if row["month"]:
                shown[str(day), "month", str(row["month"])] = int(row["firms"])
    # the number of all firms is shown as three at least: here the attacker is told more
    shown["all",] = PublishedCounts(given.secret()).of(given.enterprises["firm"])
    assert set(shown) <= set(CELLS)
    return np.array([shown.get(cell, 0) for cell in CELLS])


def _predicted(types: list[int], secret: bytes) -> tuple[np.ndarray, float]:
    """The numbers of all cells under a secret, and how likely they are with another."""
    counts, seen = PublishedCounts(secret), dict[tuple[str, ...], int]()
    cells = [tuple(f"f{at}" for at, of in enumerate(types) if members[of]) for members in MEMBERS]
    for firms in cells:
        seen.setdefault(firms, counts.of(firms))
    odds = np.prod([chance(number, len(firms)) for firms, number in seen.items()])
    return np.array([seen[firms] for firms in cells]), float(odds)


@pytest.fixture(scope="module", params=REGISTERS)
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Registers of one to three firms, published; two in three came with a column `invented`."""
    rng, home, found = np.random.default_rng(50), tmp_path_factory.mktemp("drawn"), []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(secrets_of.secrets, "token_hex", lambda n: rng.bytes(n).hex())
        for k in range(request.param):
            types = rng.integers(len(TYPES), size=1 + k % (MOST - 1)).tolist()
            files = _files(types, said := (None, "", "invented")[k % 3])
            if said is not None:  # it publishes nothing, and what upgrade makes of it is plain
                assert _read(files, home) == (None, ["former_column"] * 2)
                files = {
                    name: in_csv(name, data.decode(), schema.table(table)).text.encode()
                    for (name, data), table in zip(
                        files.items(),
                        ("register_enterprises", "register_certificates"),
                        strict=True,
                    )
                }
                assert files == _files(types)
            (own := home / str(k)).mkdir()
            given, faults = _read(files, own)
            assert given is not None
            assert (faults, given.invented) == ([], False)
            numbers = _predicted(types, given.secret())[0]
            if (
                k % 4 == 0
            ):  # that a set of firms decides its number, in every table and on every day
                assert _numbers(given).tolist() == numbers.tolist()
            found.append(Published(types, files, numbers, given.secret()))
    return found


def weights(numbers: np.ndarray, chances: np.ndarray = CHANCES) -> np.ndarray:
    """The likelihood of each register to be published in this way, whatever the secret."""
    counts, first = worlds()
    same = np.flatnonzero((numbers[first] == numbers).all(axis=1))
    each = chances[numbers, counts[same]]
    found = np.zeros(len(counts))
    found[same] = np.where(np.arange(len(CELLS)) == first[same], each, 1.0).prod(axis=1)
    return found


def told(weight: np.ndarray, truth: np.ndarray) -> Iterator[tuple[int, float, bool]]:
    """Of each cell of one or two firms: its possible values, the likeliest's odds, and if it is."""
    for cell in np.flatnonzero((truth == 1) | (truth == 2)):
        by = np.bincount(worlds()[0][:, cell], weight)
        yield int((by > 0).sum()), float(by.max() / by.sum()), bool(by.argmax() == truth[cell])


def test_no_small_count_is_told_by_all_tables_totals_and_days(drawn: list[Published]) -> None:
    """The likeliest value is right as often as the stated noise lets it be, and is never certain."""
    found = []
    for one in drawn:
        weight = weights(one.numbers)
        assert weight[(worlds()[0] == one.truth).all(axis=1)].max() > 0  # what happened is possible
        found += told(weight, one.truth)
    values, best, right = (np.array(each) for each in zip(*found, strict=True))
    assert len(values) > 5 * len(drawn)
    assert values.min() >= 2
    assert best.max() < 0.997  # a firm counts in eight cells at most: 256 to 1
    # cells of one register are not independent: twelve of them at most move together
    assert right.sum() <= best.sum() + 4 * np.sqrt(12 * (best * (1 - best)).sum())


def _recovered(chances: np.ndarray) -> int:
    """In how many registers of up to three firms a method without coins gives a count away."""
    shown, counts = chances.argmax(axis=0), worlds()[0]
    some = counts[(counts[:, 0] > 0) & (counts[:, 0] < MOST)][::97]
    return sum(
        any(values == 1 for values, _, _ in told(weights(shown[truth], chances), truth))
        for truth in some
    )


def test_the_attack_finds_what_blanks_and_plain_rounding_give_away() -> None:
    """It would see a leak: both methods, which toss nothing, leave counts that are certain."""
    sizes = np.arange(MOST + 1)
    blank = np.where((sizes == 1) | (sizes == 2), 1, sizes)  # shown as the same blank
    nearest = (sizes + 1) // 3 * 3
    for shown in (blank, nearest):
        assert _recovered((np.arange(400)[:, None] == shown).astype(float)) > 0


def _public(one: Published) -> Iterator[bytes]:
    """Guesses at the secret: texts in the program, and public facts of the register."""
    yield from (bytes(16), bytes(32), b"", b"00" * 16, b"register/secret.txt", BOOK.id.encode())
    for data in one.files.values():
        yield from (hashlib.sha256(data).digest(), hashlib.sha256(data).hexdigest().encode())


def test_nothing_that_is_public_is_the_secret(drawn: list[Published]) -> None:
    """With ids that are guessed right it gives the published numbers as often as chance does."""
    assert len({one.secret for one in drawn}) == len(drawn)
    for tried in zip(*map(_public, drawn[:200]), strict=True):
        found = [_predicted(one.types, secret) for one, secret in zip(drawn, tried, strict=False)]
        hits = sum(bool((one.numbers == f[0]).all()) for one, f in zip(drawn, found, strict=False))
        by_chance = sum(odds for _, odds in found)
        assert hits <= (most := by_chance + 4 * np.sqrt(by_chance))
        assert most < 0.6 * len(found)  # all of them, were it the secret


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """The files of the invented register that comes with songhua."""
    return shipped.files()


def test_a_shipped_register_is_invented_until_a_byte_of_it_is_another(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    assert shipped.ships(made)
    assert shipped.ships({FIRMS: made[FIRMS]})
    assert not shipped.ships({HELD: made[HELD]})
    rng = np.random.default_rng(51)
    for name, data in made.items():
        for at in (0, len(data) - 1, *rng.integers(len(data), size=30).tolist()):
            other = bytearray(data)
            other[at] ^= int(rng.integers(1, 256))
            assert not shipped.ships({**made, name: bytes(other)})
        assert not shipped.ships({**made, name: data + b"\n"})
        assert not shipped.ships({**made, name: data.replace(b"\n", b"\r\n")})
    given, _ = _read(made, tmp_path)
    assert given is not None
    assert given.invented
    assert given.secret()
    assert list(tmp_path.iterdir()) == []
    changed = {**made, HELD: b"\n".join([*made[HELD].split(b"\n")[:-2], b""])}
    given, _ = _read(changed, tmp_path)
    assert given is not None
    assert not given.invented
    assert given.secret() == secrets_of.written((tmp_path / "register/secret.txt").read_bytes())


def test_a_copy_of_version_0_1_is_known_again_once_it_has_todays_names(
    made: dict[str, bytes], tmp_path: Path
) -> None:
    folder = session.new(tmp_path / "city", "register")
    for name, at in ((FIRMS, 2), (HELD, 4)):
        rows = [line.split(",") for line in made[name].decode().splitlines()]
        old = [",".join([*row[:at], "invented", *row[at:]]) for row in rows]
        (folder / name).write_text("\n".join([*old, ""]), "utf-8")
    told = songhua("check", folder, "--lang", "en")
    assert told.code == 2
    assert "songhua upgrade DIR" in told.out + told.err
    assert "column invented taken out" in songhua("upgrade", folder, "--lang", "en").out
    assert {name: (folder / name).read_bytes() for name in made} == made


def _publications(folder: Path, langs: tuple[str, ...]) -> Iterator[tuple[str, str | bytes]]:
    """All that can be asked for of a folder but for exact numbers, by what it is."""
    on = ("--on", str(DAYS[0]))
    for lang in langs:
        for form in ((), ("--json",), ("--blocks",)):
            for verb in (("certify", folder, *on), ("check", folder)):
                if verb[0] == "certify" or form != ("--blocks",):
                    done = songhua(*verb, "--lang", lang, *form)
                    yield f"{verb[0]} {lang} {form}", done.out + done.err
    opened = session.open(folder, fresh=True)
    results = {"certify": opened.run("certify", on=str(DAYS[0])), "brief": opened.run("brief")}
    done = session.Run.of(opened, results)
    yield "data", results["certify"].to_json() + results["brief"].to_json()
    yield "folder", f"{opened!r} {opened.counts()}"
    for lang in langs:
        view = View.of(done, lang)
        yield f"report {lang}", render.report(view, ("certify", "brief", "recipe"))
    view = View.of(done, "en")
    yield "tables", "".join(render.book(view).values())
    yield "workbook", render.tables(view)
    yield "docx", render.document(view, report(view, ("certify",)), DAYS[0], "docx")
    yield from _workbench(folder)


def _workbench(folder: Path) -> Iterator[tuple[str, str]]:
    from web_work import client, page

    asked = client(folder, read_only=True)
    tables = (f"/en/tables/certify/{one}" for one in ("pipeline", "counts", "expiry_counts"))
    for address in ("/en/firms", "/zh/firms", "/en/tables", *tables):
        answer = page(asked, address)
        yield address, answer.text
        if address.startswith("/en/tables/"):
            yield from ((f"{address}.{end}", page(asked, f"{address}.{end}").text)
                        for end in ("json", "csv"))  # fmt: skip


def _plain(said: str | bytes) -> str:
    """A publication as text, without digests."""
    if isinstance(said, bytes):
        book = zipfile.ZipFile(io.BytesIO(said))
        said = "".join(f"{one} {book.read(one).decode('latin-1')}" for one in book.namelist())
    return re.sub(r"\b[0-9a-f]{64}\b", "", said)


def _town(folder: Path, n: int) -> Path:
    """Some firms of each type, in files that stop within their last line."""
    files = _files([at for at in range(len(TYPES)) for _ in range(n)])
    named = {name: re.sub(rb"\bf(?=\d)", b"f" * n, data) for name, data in files.items()}
    for name, data in named.items():
        (folder / name).write_bytes(data.rstrip(b"\n"))
    return folder


@pytest.mark.parametrize(
    "langs", [("en",), pytest.param(("en", "zh"), marks=pytest.mark.deep)], ids=len
)
def test_no_form_says_anything_but_the_moved_numbers(
    tmp_path: Path, langs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two registers whose moved numbers are the same are published in the same words and bytes.

    They differ in how many firms there are, in ids, in the size of their files and in their rows.
    """
    monkeypatch.setattr(PublishedCounts, "of", lambda self, records: 3 * bool(list(records)))
    folder = write(tmp_path, register__secret_txt="5e" * 32, register__enterprises_csv=b"")
    said = [dict(_publications(_town(folder, n), langs)) for n in (1, 7)]
    known = [hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (FIRMS, HELD)]
    assert len(said[0]) > 15
    for form, one in said[0].items():
        assert _plain(one) == _plain(said[1][form]), form
        assert not [digest for digest in (*known, "5e5e5e5e") if digest in str(said[1][form])]
    exact = [
        songhua("certify", _town(folder, n), "--small-cells", "--on", DAYS[0]).out for n in (1, 7)
    ]
    assert exact[0] != exact[1]
