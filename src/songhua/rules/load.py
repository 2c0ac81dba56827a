"""Read a rulebook's folder, and tell everything that is wrong with it at once (§9)."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from songhua.errors import Fault, SonghuaError
from songhua.rules import facts, parameters, text, type_check
from songhua.rules.book import Clause, Linked, Quantity, Rulebook, Span
from songhua.rules.trees import tree

RULES = "rules.toml"
HEADS = ("rulebook", "facts", "values", "clauses", "not_modelled", "linked")


def names() -> tuple[str, ...]:
    """The rulebooks that come with songhua, as `country/status`.

    >>> len(names()) > 0
    True
    """
    home = files("songhua") / "rulebooks"
    found = [
        f"{country.name}/{status.name}"
        for country in home.iterdir() if country.is_dir()
        for status in country.iterdir() if status.is_dir() and (status / RULES).is_file()
    ]  # fmt: skip
    return tuple(sorted(found))


def load(name: str | Path) -> Rulebook:
    """A rulebook by its name, or from a folder of one's own.

    Raises:
        SonghuaError: `rulebook_unknown`, or every fault of its files.
    """
    if isinstance(name, str) and name in names():
        return _shipped(name)
    folder = Path(name)
    if (folder / RULES).is_file():
        return read(folder, f"{folder.resolve().parent.name}/{folder.resolve().name}")
    near = difflib.get_close_matches(str(name)[:80], names(), n=1, cutoff=0.3)
    params = {"name": str(name)[:80], "near": near[0] if near else names()[0]}
    raise SonghuaError(Fault("rulebook_unknown", params=params))


@cache
def _shipped(name: str) -> Rulebook:
    country, status = name.split("/")
    return read(files("songhua") / "rulebooks" / country / status, name, shared=True)


def read(folder: Any, id: str, shared: bool = True) -> Rulebook:
    """A rulebook from its folder, which is a path or a resource.

    Raises:
        SonghuaError: with every fault of `rules.toml`, the parameters and the facts.
    """
    reader = _Folder(folder, id)
    if shared:
        reader.shared()
    book = reader.book()
    if reader.faults:
        raise SonghuaError(*reader.faults)
    assert book is not None
    return book


def toml(entry: Any, place: str) -> tuple[dict[str, Any], list[Fault]]:
    """A TOML file as data, or the fault that keeps it from being read."""
    try:
        return tomllib.loads(entry.read_text("utf-8")), []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        params = {"why": str(error)[:120]}
        return {}, [Fault("toml_unreadable", file=place, params=params)]


class _Folder:
    """One folder being read, with the faults found so far."""

    def __init__(self, folder: Any, id: str) -> None:
        self.folder, self.id = folder, id
        self.file = f"{id}/{RULES}"
        self.faults: list[Fault] = []
        self.common: dict[str, Any] = {}
        self.data = self.toml(folder / RULES, self.file)

    def toml(self, entry: Any, place: str) -> dict[str, Any]:
        data, faults = toml(entry, place)
        self.faults += faults
        return data

    def fault(self, code: str, column: str = "", **params: object) -> None:
        self.faults.append(Fault(code, file=self.file, column=column, params=params))

    def shared(self) -> None:
        """The facts that the rulebooks of one country have in common."""
        entry = Path(self.folder).parent / "facts.toml" if isinstance(self.folder, Path) else None
        if entry is None:
            entry = files("songhua") / "rulebooks" / self.id.split("/")[0] / "facts.toml"
        if entry.is_file():
            self.common = self.toml(entry, f"{self.id.split('/')[0]}/facts.toml")

    def book(self) -> Rulebook | None:
        """The whole rulebook; None, with faults, where its head cannot be read."""
        for name in self.data:
            if name not in HEADS:
                self.fault("rule_key_unknown", name, name=name, names=", ".join(HEADS))
        head = self.table("rulebook")
        clauses = dict(self._each("clauses", self._clause))
        values = dict(self._each("values", self._value))
        wanted = {
            name for item in (*clauses.values(), *values.values()) for name in text.names(item.rule)
        }
        linked = self._linked(wanted)
        known = self._facts(wanted)
        money: dict[str, str] = {}
        for fact in known.values():
            if fact.unit and fact.unit not in parameters.PLAIN_UNITS:
                from songhua.labels.units import parse_unit

                money.setdefault(parse_unit(fact.unit).dimension[0], fact.unit)
        book = Rulebook(
            id=self.id, en=self._words(head, "en"), zh=self._words(head, "zh"),
            law=str(head.get("law", "")), decides=str(head.get("decides", "")),
            score=str(head.get("score", "")), grades=tuple(map(str, head.get("grades", ()))),
            spans=self._spans(head), facts=known, parameters=self._parameters(money),
            values=values, clauses=clauses, not_modelled=self.table("not_modelled"),
            linked=linked, money=money, folder=self.folder,
        )  # fmt: skip
        self._check(book, head)
        return book

    def table(self, name: str) -> dict[str, Any]:
        found = self.data.get(name, {})
        if not isinstance(found, dict):
            self.fault("not_a_table", name, text=str(found)[:80])
            return {}
        return found

    def _words(self, entry: Mapping[str, Any], lang: str) -> str:
        words = entry.get("name", {})
        return str(words.get(lang, "")) if isinstance(words, dict) else ""

    def _each(self, table: str, make: Callable[[str, Any], Any]) -> list[tuple[str, Any]]:
        found = []
        for id, entry in self.table(table).items():
            if not isinstance(entry, dict):
                self.fault("not_a_table", f"{table}.{id}", text=str(entry)[:80])
                continue
            made = make(id, entry)
            if made is not None:
                found.append((id, made))
        return found

    def _keys(self, place: str, entry: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in entry:
            if name not in known:
                self.fault("rule_key_unknown", place, name=name, names=", ".join(known))

    def _clause(self, id: str, entry: dict[str, Any]) -> Clause | None:
        place = f"clauses.{id}"
        self._keys(place, entry, ("ref", "en", "zh", "rule", "judged"))
        rule = self.node(entry.get("rule"), place)
        if rule is None:
            return None
        words = {key: str(entry.get(key, "")) for key in ("ref", "en", "zh")}
        return Clause(id, **words, rule=rule, judged=entry.get("judged") is True)

    def _value(self, id: str, entry: dict[str, Any]) -> Quantity | None:
        place = f"values.{id}"
        self._keys(place, entry, ("en", "zh", "is", "unit", "role"))
        rule = self.node(entry.get("is"), place)
        if entry.get("role", "") not in ("", "shown", "worth"):
            choices = {"text": str(entry["role"]), "choices": "shown, worth"}
            self.fault("choice_unknown", place, **choices)
        if rule is None:
            return None
        words = {key: str(entry.get(key, "")) for key in ("en", "zh", "unit", "role")}
        return Quantity(id, rule=rule, **words)

    def node(self, raw: Any, place: str) -> text.Node | None:
        """A rule from its TOML form; None, with a fault, where it cannot be read."""
        try:
            return tree(raw)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            told = str(error.args[0] if error.args else raw)[:100]
            self.fault("rule_unreadable", place, text=told)
            return None

    def _linked(self, wanted: set[str]) -> Linked | None:
        entry = self.table("linked")
        if not entry:
            return None
        self._keys("linked", entry, ("facts", "partner", "linked"))
        made = Linked(
            tuple(entry.get("facts", ())), str(entry.get("partner")), str(entry.get("linked"))
        )
        wanted |= {made.partner, made.linked, *made.facts}
        return made

    def _facts(self, wanted: set[str]) -> dict[str, facts.Fact]:
        """The facts that the rules name: those of the rulebook, then the common ones."""
        found: dict[str, facts.Fact] = {}
        own = self.table("facts")
        for id, entry in {**self.common, **own}.items():
            if id not in wanted and id not in own:
                continue
            fact, faults = facts.read_entry(id, entry, self.file)
            self.faults += faults
            if fact is not None:
                found[id] = fact
        return found

    def _spans(self, head: Mapping[str, Any]) -> tuple[Span, ...]:
        found = []
        for key, complete in (("in_force", True), ("incomplete", False)):
            for row in head.get(key, ()):
                start, end = row.get("from"), row.get("until")
                if not isinstance(start, date) or not isinstance(end, date | None):
                    self.fault("rule_span", key)
                    continue
                words = {name: str(row.get(name, "")) for name in ("law", "en", "zh")}
                found.append(Span(start, end, complete, **words))
        if not found:
            self.fault("rule_span", "in_force")
        return tuple(sorted(found, key=lambda span: span.start))

    def _parameters(self, money: Mapping[str, str]) -> dict[str, parameters.Parameter]:
        found: dict[str, parameters.Parameter] = {}
        home = self.folder / "parameters"
        entries = sorted(home.iterdir(), key=lambda e: e.name) if home.is_dir() else []
        for entry in entries:
            if not entry.name.endswith(".toml"):
                continue
            place = f"{self.id}/parameters/{entry.name}"
            for id, row in self.toml(entry, place).items():
                made, faults = parameters.read(id, row, place, money)
                self.faults += faults
                if id in found:
                    self.faults.append(Fault("parameter_twice", file=place, column=id))
                if made is not None:
                    found[id] = made
        return found

    def _check(self, book: Rulebook, head: Mapping[str, Any]) -> None:
        keys = ("name", "law", "decides", "score", "grades", "in_force", "incomplete")
        self._keys("rulebook", head, keys)
        if not (book.en and book.zh):
            self.fault("name_missing", "rulebook", lang="en, zh")
        for id in (book.decides, *book.grades):
            if id not in book.clauses:
                self.fault("rule_name_unknown", "rulebook", name=id, near=_near(id, book.clauses))
        if book.score and book.score not in book.values:
            self.fault(
                "rule_name_unknown",
                "rulebook",
                name=book.score,
                near=_near(book.score, book.values),
            )
        self.faults += type_check.check(book, self.file)


def _near(name: str, known: Any) -> str:
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0)), "")
