"""Measure how many forms a figure takes between its file and its page, and what a change touches.

    python tools/measure_forms.py [--json]

Forms. A marked number is put into a small folder; the folder is opened, a study is run and its
pages are made, while every value that a function of songhua returns or yields is looked into. A
form is the kind of the object that holds the number together with its labels: a class by its name,
a frame or an Arrow table by its columns, a mapping of unlike values by its keys, of like values by
their type, a list or tuple by the types of its elements; text, markup and bytes are one form each.
A number alone, an array or a column of them, and an object of numbers only (the two ends of an
interval) are values, and no form; what only passes forms on (a list of rows, an object that holds
a frame) is none either. A comprehension is a function of its own until Python 3.11, and is none
afterwards: forms are counted on 3.11.

Touched. For each study the files outside its package that name it (a text or a part of an import in
Python, a key or text in TOML, a word elsewhere); for each column of a result the files that name it
(in Python an identifier or a text), of these the median.

Habits. Subscripts by a written text and `dict[str, Any]` in a thousand lines; lines; lines that the
formatter is kept from; lines of TOML that describe results; dataclasses.
"""

from __future__ import annotations

import ast
import json
import math
import os
import re
import shutil
import statistics
import sys
import tempfile
import threading
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from types import FrameType, FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "songhua"
MARK = "73.625"
UNIT = "places per 1000 persons"
#: A number alone as text, words of doubt and a percent sign among it; a blank.
ALONE = re.compile(r"\s*(?:[<>≤≥≈~约]?\s*[-+−]?[\d.,]+\s*%?)?\s*")
NUMBER = re.compile(r"(?<![\w.])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![A-Za-z0-9_])")
#: Types that are not looked into.
CLOSED = (bool, Enum, type, FunctionType, ModuleType, type(None))


class Watch:
    """The forms that hold a number, in the order in which functions give them."""

    def __init__(self, value: float, computed: bool = False) -> None:
        """Begin with no forms; a `computed` number stands in no text before it is a number."""
        self.there = not computed
        self.value = value
        self.forms: dict[str, str] = {}
        self.seen: dict[int, tuple[Any, Any, bool]] = {}
        digits = [f"{abs(value):.{n}e}".partition("e")[0].replace(".", "") for n in range(2, 16)]
        self.printed = {one.strip("0") for one in digits}
        self.begins = re.compile("[.,]?".join(digits[-1][:2]))
        self.at = ""
        self.one = threading.Lock()  # a workbench has several threads

    def during(self, way: Callable[[], object]) -> dict[str, str]:
        """The forms by the function that gave each first, while something is done."""
        threading.setprofile(self._returned)
        sys.setprofile(self._returned)
        try:
            way()
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
        return self.forms

    def _returned(self, frame: FrameType, event: str, given: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "return" and module.startswith("songhua."):
            with self.one:
                self.at = f"{module}.{frame.f_code.co_qualname}"
                self.holds(given)

    def _form(self, name: str) -> bool:
        self.forms.setdefault(name, self.at)
        return False

    def holds(self, given: Any) -> bool:
        """True for the number without labels; what has both is taken down as a form."""
        if isinstance(given, CLOSED):
            return False
        if isinstance(given, str):
            return self._text(given)
        if isinstance(given, (bytes, bytearray)):
            return self._prints(given.decode("utf-8", "replace")) and self._form("bytes")
        if hasattr(given, "__float__") and not hasattr(given, "__len__"):
            return not isinstance(given, int) and self._is(float(given))
        size = _size(given)
        known = self.seen.get(id(given))
        if known is None or known[1] != size:
            self.seen[id(given)] = given, size, False  # what leads to itself ends here
            known = given, size, self._within(given)
            self.seen[id(given)] = known
        return known[2]

    def _is(self, number: float) -> bool:
        same = math.isclose(number, self.value, rel_tol=1e-12)
        self.there = self.there or same
        return same

    def _text(self, given: str) -> bool:
        if not self._prints(given):
            return False
        if ALONE.fullmatch(given):
            return True
        return self._form("markup" if re.search(r"<[a-z/!]", given) else "text")

    def _prints(self, text: str) -> bool:
        """True where a text has the number, to three digits at least."""
        if not (self.there and self.begins.search(text)):
            return False
        numbers = (re.sub("[.,]", "", one).strip("0") for one in NUMBER.findall(text))
        return any(one in self.printed for one in numbers)

    def _within(self, given: Any) -> bool:
        import numpy as np
        import pandas as pd
        import pyarrow as pa

        if isinstance(given, pd.DataFrame):
            held = [self._column(given.iloc[:, at]) for at in range(given.shape[1])]
            return any(held) and self._form(f"frame of {_names(given.columns)}")
        if isinstance(given, pd.Series) and given.dtype == object and _texts(given.index):
            return self._any(given) and self._form(f"series of {_names(given.index)}")
        if isinstance(given, (pd.Series, pd.Index)):
            return self._column(pd.Series(given))
        if isinstance(given, (pa.Table, pa.RecordBatch)):
            held = [self.holds(column) for column in given.columns]
            return any(held) and self._form(f"arrow table of {_names(given.schema.names)}")
        if isinstance(given, (pa.Array, pa.ChunkedArray)):
            return self._any(given.unique().to_pylist()) if _plain(given.type) else False
        if isinstance(given, np.ndarray):
            if given.dtype.kind == "f":
                return any(map(self._is, given[np.isclose(given, self.value, rtol=1e-12, atol=0)]))
            return given.dtype.kind in "OSU" and self._any(given.flat)
        if isinstance(given, Mapping):
            return self._any(list(given.values())) and self._form(_mapping(given))
        if isinstance(given, (list, tuple, set, frozenset)):
            return self._any(given) and (all(map(_value, given)) or self._form(_sequence(given)))
        if type(given).__module__.startswith("songhua"):
            fields = list(_fields(given))
            return self._any(fields) and (all(map(_value, fields)) or self._form(_kind(given)))
        return False

    def _any(self, given: Iterable[Any]) -> bool:
        held = [self.holds(one) for one in given]  # each is looked into
        return any(held)

    def _column(self, column: Any) -> bool:
        import pandas as pd

        if isinstance(column.dtype, pd.CategoricalDtype):
            column = column.cat.categories.to_series()
        kind = getattr(column.dtype, "kind", "O")
        if kind == "f":
            return self.holds(column.to_numpy(float))
        return kind == "O" and self._any(column)


def _size(given: Any) -> Any:
    """A mark that changes when an object has changed since it was looked into."""
    if hasattr(given, "columns") and hasattr(given, "shape"):
        return (*given.shape, *map(str, given.columns))
    return len(given) if isinstance(given, (list, dict, set)) else 0


def _texts(given: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in given)


def _value(given: Any) -> bool:
    """True for a number alone, a column or array, or what is made of such without a label."""
    if isinstance(given, str):
        return ALONE.fullmatch(given) is not None
    if isinstance(given, (list, tuple)):
        return all(map(_value, given)) and not hasattr(given, "_fields")
    if type(given).__module__.startswith("songhua"):
        return all(map(_value, _fields(given)))
    return isinstance(given, (int, float)) or (
        hasattr(given, "dtype") and not hasattr(given, "columns")
    )


def _plain(kind: Any) -> bool:
    return not any(word in str(kind) for word in ("bool", "int", "date", "timestamp", "null")) or (
        "dictionary" in str(kind)
    )


def _names(given: Iterable[object]) -> str:
    return " ".join(map(str, given))


def _kind(given: object) -> str:
    """The name of a class, after its module where it is of songhua."""
    module = type(given).__module__.removeprefix("songhua.")
    of = "" if module == type(given).__module__ else f"{module}."
    return f"{of}{type(given).__qualname__}"


def _mapping(given: Mapping[Any, Any]) -> str:
    kinds = sorted({_kind(one) for one in given.values()})
    if len(kinds) > 1:
        return f"mapping of {_names(given)}"
    return f"mapping {' | '.join(sorted({_kind(one) for one in given}))} → {kinds[0]}"


def _sequence(given: Any) -> str:
    if hasattr(given, "_fields"):
        return _kind(given)
    kinds = [_kind(one) for one in given]
    kinds = list(dict.fromkeys(kinds)) if isinstance(given, tuple) else sorted(set(kinds))
    return f"{_kind(given)} of {', '.join(kinds)}"


def _fields(given: Any) -> Iterator[Any]:
    """The contents of an object of songhua."""
    for of in type(given).__mro__:
        slots = of.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else slots:
            if name not in ("__dict__", "__weakref__") and hasattr(given, name):
                yield getattr(given, name)
    yield from getattr(given, "__dict__", {}).values()


def forms(home: Path) -> dict[str, dict[str, str]]:
    """The forms of each of five things from file to page, and of a figure in the workbench."""
    made: dict[str, dict[str, str]] = {}
    for name, write, way in (
        ("observation", _observed, partial(_pages, "diagnose")),
        ("observation in the workbench", partial(_observed, period="2019"), _workbench),
        ("target", _aimed, partial(_pages, "track")),
        ("project", _planned, partial(_pages, "track")),
        ("firm", _firm, _certified),
    ):
        for turn, text in enumerate(("61.25", MARK)):
            at = home / f"{name.replace(' ', '-')}-{turn}"
            at.mkdir()
            asked = partial(way, write(at, text))
            if turn == 0:
                asked()  # what is imported and kept is not watched
            else:
                made[name] = Watch(float(MARK)).during(asked)
    made["estimate"] = _estimated(home)
    return made


def _pages(study: str, folder: Path) -> object:
    """A folder opened, a study run, and the pages of its result."""
    import songhua
    from songhua import render
    from songhua.format.view import View

    return render.book(View.of(songhua.open(folder, fresh=True).run(study)))


def _workbench(folder: Path) -> None:
    """The pages of the workbench that show a figure: the list, the table and its own."""
    import web_work

    asked = web_work.client(folder, token=web_work.TOKEN)
    listed = web_work.page(asked, "/en/figures?indicator=places").text
    web_work.page(asked, "/en/tables/diagnose/figures")
    web_work.page(asked, re.findall(r'/en/figures/[^"?#./]+', listed)[0])


def _certified(folder: Path) -> None:
    """A firm of a register judged, and its page."""
    import commands

    page = folder / "firm.html"
    status = ("--status", "cn/sci-tech-sme")
    done = commands.songhua("certify", folder, "--firm", "F1", *status, "--html", page)
    assert done.code == 0, done.err


def _estimated(home: Path) -> dict[str, str]:
    """An estimate of the accounts that no source prints: known from a first run, then watched."""
    import songhua
    from songhua import session

    folder = shutil.copytree(session.example("washington"), home / "estimate")
    rows = json.loads(songhua.open(folder).run("accounts").to_json())["tables"]["industries"]
    value = next(
        row["value"] for row in rows if row["printed"] is None and row["estimate"] == "interval"
    )
    with (folder / "region.toml").open("a") as file:
        file.write("# another state of the folder, of which nothing is kept\n")
    return Watch(value, computed=True).during(partial(_pages, "accounts", folder))


def _observed(home: Path, text: str, period: str = "2020") -> Path:
    import small
    import tracked

    row = tracked.figure("places", period, text, UNIT)
    written = small.FILES["observations/economy.csv"] + f"{row}\n"
    known = small.FILES["indicators.toml"] + tracked.MORE
    return small.write(home / "case", indicators_toml=known, observations__economy_csv=written)


def _aimed(home: Path, text: str) -> Path:
    import tracked

    aims = [tracked.aim(f"reach {text} {UNIT}", "places")]
    return tracked.folder(home, aims, [tracked.figure("places", "2020", "1.8", UNIT)])


def _planned(home: Path, text: str) -> Path:
    import evaluated

    folder = evaluated.case(home)
    file = folder / "plan" / "projects.csv"
    written = file.read_text("utf-8").replace(",100,80,60,70,", f",{text},50,40,45,")
    assert text in written
    file.write_text(written, "utf-8")
    return folder


def _firm(home: Path, text: str) -> Path:
    from songhua import session

    folder = session.new(home / "case", "register")
    for file in (folder / "register").glob("enterprises.*"):
        file.unlink()
    rows = f"firm,name,staff,sales\nF1,Mill,12,{text}\nF2,Wheel,700,5.5\n"
    (folder / "register" / "enterprises.csv").write_text(rows, "utf-8")
    return folder


def touched() -> dict[str, Any]:
    """Number of files that name each study outside its package, and each column of a result."""
    from songhua import results
    from songhua.studies import registry

    files = [file for file in sorted(SOURCE.rglob("*")) if _is_text(file)]
    texts = {file: _named(file) for file in files}
    studies = {
        study: sum(study in texts[file][0] for file in files if study not in file.parent.parts)
        for study in sorted(registry.studies())
    }
    columns = {
        name
        for study in studies
        for table in results.tables(study).values()
        for name in table.names
    }
    counts = {name: sum(name in every for _, every in texts.values()) for name in sorted(columns)}
    return {
        "files that name a study": studies,
        "files that name a study, median": statistics.median(studies.values()),
        "columns of results": len(columns),
        "files that name a column, median": statistics.median(counts.values()),
        "files that name a column, mean": round(statistics.mean(counts.values()), 2),
    }


def _is_text(file: Path) -> bool:
    kinds = (".py", ".toml", ".html", ".js", ".css", ".typ")
    return file.suffix in kinds and not {"packs", "examples", "rulebooks"} & set(file.parts)


def _named(file: Path) -> tuple[set[str], set[str]]:
    """The texts and imported names of a file, and these with all identifiers."""
    text = file.read_text("utf-8")
    if file.suffix == ".toml":
        words = set(_words_of(tomllib.loads(text)))
        return words, words
    if file.suffix != ".py":
        words = set(re.findall(r"\w+", text))
        return words, words
    texts, names = set[str](), set[str]()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Constant(value=str(value)):
                texts.add(value)
            case ast.ImportFrom(module=module, names=imported):
                texts |= {*(module or "").split("."), *(one.name for one in imported)}
            case ast.Import(names=imported):
                texts |= {part for one in imported for part in one.name.split(".")}
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                names.add(name)
            case ast.keyword(arg=str(name)):
                names.add(name)
    return texts, texts | names


def _words_of(given: Any) -> Iterator[str]:
    """The keys of a TOML file, and its texts where they are one word."""
    if isinstance(given, dict):
        for key, value in given.items():
            yield key
            yield from _words_of(value)
    elif isinstance(given, list):
        for one in given:
            yield from _words_of(one)
    elif isinstance(given, str):
        yield given


def habits() -> dict[str, float]:
    """Counts of the Python of songhua, those of subscripts in a thousand lines."""
    texts = [file.read_text("utf-8") for file in sorted(SOURCE.rglob("*.py"))]
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    lines = sum(len(text.splitlines()) for text in texts)
    found = [node for node in nodes if isinstance(node, ast.Subscript)]
    by_text = sum(isinstance(getattr(one.slice, "value", None), str) for one in found)
    of_any = sum(ast.unparse(one) == "dict[str, Any]" for one in found)
    described = (SOURCE / "schema" / "results").glob("*.toml")
    return {
        'x["text"] in a thousand lines': round(by_text / lines * 1000, 2),
        "dict[str, Any] in a thousand lines": round(of_any / lines * 1000, 2),
        "lines of Python": lines,
        "fmt: skip": sum(text.count("# fmt: skip") for text in texts),
        "fmt: off": sum(text.count("# fmt: off") for text in texts),
        "lines of TOML of results": sum(map(_lines, described)),
        "dataclasses": sum(isinstance(one, ast.ClassDef) and _is_dataclass(one) for one in nodes),
    }  # fmt: skip


def _lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def _is_dataclass(node: ast.ClassDef) -> bool:
    return any(re.match(r"(\w+\.)?dataclass\b", ast.unparse(one)) for one in node.decorator_list)


def main(arguments: list[str]) -> int:
    """Print the measures as a table, the forms by name, or all as JSON."""
    if arguments not in ([], ["--json"]):
        print(__doc__)
        return 2
    if sys.version_info[:2] != (3, 11):
        print("Forms are counted on Python 3.11.", file=sys.stderr)
        return 2
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CACHE_HOME"] = f"{home}/cache"
        held = forms(Path(home).resolve())
    counts = {f"forms of: {name}": len(one) for name, one in held.items()}
    measures = {**counts, **touched(), **habits()}
    if arguments:
        print(json.dumps({"measures": measures, "forms": held}, ensure_ascii=False, indent=1))
        return 0
    for name, value in measures.items():
        if isinstance(value, dict):
            value = ", ".join(f"{key} {n}" for key, n in value.items())
        print(f"{name:<40} {value}")
    for name, found in held.items():
        print(f"\n{name}: {len(found)} forms, each with the function that gave it first")
        for form, at in found.items():
            print(f"  {form if len(form) < 80 else form[:77] + '...':<80} {at}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
