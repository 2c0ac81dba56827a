"""A third language is two catalogues: with them, whatever is shown is in it or is data."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import small
from firm_facts import FACTS
from language import pseudo
from songhua import messages, schema, session
from songhua.store.digests import program

HERE = Path(__file__).parent
SOURCE = Path(str(files("songhua")))
WORD = re.compile(r"[A-Za-z]+|[\u3400-\u9fff]+")
TOKEN = re.compile(r"\S+")
PLACE = re.compile(r"[a-z0-9_/-]+(\.csv)?:\d+")

# Texts that are neither in a catalogue nor in a folder, each with its reason.
EXCEPTED = re.compile(
    r"https?://\S+|[\w/.-]+\.(toml|csv|json|html)"  # addresses, and names of files
    r"|[0-9a-f]{40,}"  # digests
)
# Parts that show what a user types into files: names of columns, facts, clauses and values.
#: The most lines that a name is broken over, in a chart for a phone.
LINES = 5
TYPED = {"faults", "rules", "rulebook", "verdict", "holds"}

CASES = ("harbin", "washington")

FIRM = f"""
name = "Xylo Sons"
{FACTS}"""
WRONG = "nope,rivertown,fod,,2018-13,4..0,bn EUX,around,actul,,,bulletin-2020,,2026-01-02,\n"


pytestmark = pytest.mark.xdist_group("cases")  # whose results are kept, and are shown here


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folders and a firm to be shown, and a copy of the package with a third language."""
    work = tmp_path_factory.mktemp("third")
    pseudo.copy(SOURCE, work / "package")
    small.write(work / "small")
    file = small.write(work / "broken") / "observations" / "economy.csv"
    file.write_text(file.read_text("utf-8") + WRONG, "utf-8")
    (work / "firm.toml").write_text(FIRM, "utf-8")
    session.new(work / "register", "register")
    return work


@pytest.fixture(scope="session")
def shown(work: Path) -> dict[str, list[str]]:
    """Every text that the copy shows in the third language, by part."""
    path = os.pathsep.join([str(work / "package"), str(HERE.parent)])
    run = subprocess.run(
        [sys.executable, str(HERE / "shown.py"), str(work), program()], capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-4000:]
    return json.loads(run.stdout)


def data(folder: Path) -> Iterator[str]:
    """The texts that a folder holds and that are shown as they stand: names, titles, notes.

    Words of closed lists, ids, units and names of columns are none: of these a reader gets words.
    """
    for file in sorted(folder.rglob("*.toml")):
        yield from _texts(tomllib.loads(file.read_text("utf-8")))
    for file in sorted(folder.rglob("*.csv")):
        yield file.name
        for row in csv.DictReader(io.StringIO(file.read_text("utf-8"))):
            yield from (cell for name, cell in row.items() if name in FREE and cell)


# Columns of a folder's tables that hold a person's own words, and keys of its catalogues.
FREE = {
    column.name
    for table in map(schema.table, schema.names())
    for column in table.columns
    if column.type in ("text", "tag", "target")
} - {"name"}
TOLD = {
    "name",
    "title",
    *(f"title_{lang}" for lang in messages.LANGUAGES),
    "publisher",
    "original",
    "law",
    "ref",
    "relation",
    "evidence",
    *messages.LANGUAGES,
}


def _texts(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        if key == "numbers":
            yield from value  # the names in a formula
        for name, one in value.items():
            yield from _texts(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one, key)
    elif isinstance(value, str) and key in TOLD:
        yield value
    elif isinstance(value, str) and key == "address":
        yield urlsplit(value).netloc  # the machine's name, under which a document has the address


class Known:
    """Texts of data by their words, so that the longest that begins at a place is found."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.first: dict[str, set[tuple[str, ...]]] = {}
        self.texts = {*texts}
        # a chart names a point without brackets
        for text in self.texts | {text.split(" (")[0] for text in self.texts}:
            if words := tuple(WORD.findall(text)):
                self.first.setdefault(words[0], set()).add(words)

    def foreign(self, text: str) -> Iterator[str]:
        """The runs of words of a text that are neither data nor an id; a text may be cut off."""
        for piece in text.split("…"):
            yield from self._foreign(piece)

    def _foreign(self, text: str) -> Iterator[str]:
        text = text.replace("\u2060", "")  # where no line ends
        text = TOKEN.sub(lambda m: "" if self._id(m[0]) else m[0], text)
        found = list(WORD.finditer(text))
        words = [m[0] for m in found]
        best: list[tuple[int, int]] = [(0, 0)] * (len(words) + 1)  # unknown words, and the step
        for at in range(len(words) - 1, -1, -1):
            held = [(best[at + n][0], n) for n in self._held(words[at:])]
            best[at] = min([(best[at + 1][0] + 1, 0), *held])
        at = 0
        while at < len(words):
            start = at
            while at < len(words) and not best[at][1]:
                at += 1
            if at > start:
                yield text[found[start].start() : found[at - 1].end()]
            else:
                at += best[at][1]

    def _id(self, token: str) -> bool:
        token = token.strip("()[]«»,;‚¡¦¿.")
        return bool(EXCEPTED.fullmatch(token) or PLACE.fullmatch(token))

    def _held(self, words: list[str]) -> Iterator[int]:
        """The number of words that are a text of data, or the start of a text that is cut off."""
        for one in self.first.get(words[0], ()):
            if one == tuple(words[: len(one)]):
                yield len(one)
            elif 1 < len(words) <= len(one) and "\0".join(one).startswith("\0".join(words)):
                yield len(words)


@pytest.fixture(scope="session")
def known(work: Path) -> Known:
    """The data: the texts of the displayed folders and rulebooks, and their ids."""
    return Known([*_data(work), *_shown_ids()])


@pytest.fixture(scope="session")
def typed(work: Path, known: Known) -> Known:
    """The data, and words that a user types and reads again beside the name of a file."""
    columns = (column for name in schema.names() for column in schema.table(name).columns)
    listed = {word for column in columns for word in (column.name, *column.choices)}
    books: set[str] = set()
    for file in (SOURCE / "rulebooks").rglob("*.toml"):
        books.add(file.parent.relative_to(SOURCE / "rulebooks").as_posix())
        books |= _keys(tomllib.loads(file.read_text("utf-8")))
    cells = {cell for cell in WRONG.split(",") if WORD.search(cell)}
    return Known([*known.texts, *listed, *books, *cells, *schema.names(), str(work)])


def _keys(value: Any) -> set[str]:
    """The names of a rulebook's clauses, facts and values, and the texts that facts may be."""
    if isinstance(value, Mapping):
        return {*value, *(key for one in value.values() for key in _keys(one))}
    if isinstance(value, list):
        return {one for one in value if isinstance(one, str)}
    return set()


def _data(work: Path) -> Iterator[str]:
    folders = [SOURCE / "examples", SOURCE / "rulebooks", SOURCE / "maths", work]
    claims = [id for name in CASES for id in _entries(SOURCE / "examples" / name / "claims.toml")]
    between = re.compile(
        rf"(?<![\w-])(?:{'|'.join(sorted(claims, key=len, reverse=True))})(?![\w-])"
    )
    for folder in folders:
        for text in data(folder):
            yield from between.split(text)  # a claim is shown by its sentence
            yield from text.split("…")
    for file in (SOURCE / "examples").rglob(
        "sources.toml"
    ):  # a publisher is named without what brackets add
        for entry in tomllib.loads(file.read_text("utf-8")).values():
            yield re.sub(r"(?<=.)\s*[(（].*", "", str(entry["publisher"]))


def _entries(file: Path) -> Iterable[str]:
    return tomllib.loads(file.read_text("utf-8"))


def _shown_ids() -> set[str]:
    """The ids of sources, claims and figures, which are shown, and the name of the program."""
    ids = {"songhua"}
    for file in (*SOURCE.rglob("sources.toml"), *SOURCE.rglob("claims.toml")):
        ids |= tomllib.loads(file.read_text("utf-8")).keys()
    for name in session.examples():
        if name != "register":
            region = session.open(session.example(name)).region
            ids |= set(region.figures.observations.frame["id"])
            ids |= (
                set() if region.figures.cells.frame.empty else set(region.figures.cells.frame["id"])
            )
    return ids


def test_everything_shown_is_of_the_catalogue_or_is_data(
    shown: dict[str, list[str]], known: Known, typed: Known
) -> None:
    assert all(texts for texts in shown.values())
    found: set[tuple[str, str]] = set()
    for part, texts in shown.items():
        of = typed if part in TYPED else known
        for at, text in enumerate(texts):
            runs = set(of.foreign(text))
            for lines in range(1, LINES):  # a name may be broken over some lines
                if runs:
                    runs &= set(of.foreign(" ".join(texts[max(at - lines, 0) : at + 1])))
            found |= {(part, run) for run in runs}
    assert sorted(found) == []


def test_a_text_of_no_catalogue_is_found(known: Known) -> None:
    assert list(known.foreign("сизе Wholly untold words сизе")) == ["Wholly untold words"]


def test_a_third_language_has_columns_of_its_own_one_of_which_suffices(work: Path) -> None:
    says = "from songhua import schema; t = schema.table('plan_measures'); " + (
        "print([c.name for c in t.columns if c.written and not c.required], t.spoken)"
    )
    run = subprocess.run(
        [sys.executable, "-c", says], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(work / "package")},
    )  # fmt: skip
    others = sorted({*messages.LANGUAGES, "xx"} - {messages.BASE})
    columns = [f"task_{lang}" for lang in (messages.BASE, *others)]
    assert run.stdout.strip() == f"{columns} {[columns]}"


@pytest.mark.parametrize("part", sorted(TYPED))
def test_what_is_typed_stands_beside_words(shown: dict[str, list[str]], part: str) -> None:
    cyrillic = [text for text in shown[part] if re.search("[Ѐ-ӿ]", text)]
    assert cyrillic, part


def test_a_language_is_two_files(tmp_path: Path) -> None:
    made = pseudo.copy(SOURCE, tmp_path)
    assert [file.name for file in made] == ["xx.toml", "schema.xx.toml"]
    for file in (SOURCE / "messages").iterdir():
        if file.is_file():
            assert (tmp_path / "songhua" / "messages" / file.name).read_bytes() == file.read_bytes()
