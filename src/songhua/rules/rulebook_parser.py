"""The parser of a rulebook: a value from the texts of its files, or all their faults (§9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from songhua.errors import Fault, SonghuaError
from songhua.fault_kinds import ChoiceUnknown, NotAList, NotATable
from songhua.messages import LANGUAGES, Words
from songhua.rules import expressions, type_check
from songhua.rules.actions import parse_actions
from songhua.rules.expressions import Node
from songhua.rules.fact_relations import relation_faults
from songhua.rules.facts import Fact, parse_fact
from songhua.rules.fault_kinds import (
    FormerKey,
    NameMissing,
    ParameterTwice,
    RulebookNotBeside,
    RuleKeyUnknown,
    RuleNameUnknown,
    RuleSpan,
    RuleUnreadable,
)
from songhua.rules.parameters import Parameter, parse_parameter
from songhua.rules.rule_parser import parse_rule
from songhua.rules.rulebook import Clause, LinkedEnterprises, Quantity, Rulebook, Version
from songhua.rules.rulebook_files import (
    PARAMETERS,
    RULES,
    SHARED_ACTIONS,
    SHARED_FACTS,
    parse_toml,
    place_of,
    uses,
)
from songhua.rules.rulebook_units import units_of
from songhua.rules.used_rulebooks import UsedParts, used_parts
from songhua.schema import former_names

TABLES = ("rulebook", "facts", "values", "clauses", "not_modelled", "linked")
HEAD = ("name", "law", "decides", "score", "categories", "uses", "in_force", "incomplete")
ROLES = ("", "shown", "worth")
Item = TypeVar("Item", Clause, Quantity)
Table = Mapping[str, object]


def parse_rulebook(id: str, files: Mapping[str, str]) -> Rulebook:
    """A rulebook from the texts of its files.

    Args:
        id: its name, such as `cn/sci-tech-sme`: country and status.
        files: texts by name: `rules.toml`, `parameters/*.toml`, `source.md`, `cases/*.toml`, and
            what the rulebooks of a country share, `../facts.toml` and `../actions.toml`.

    Raises:
        SonghuaError: with every fault of the rules, the parameters, the facts and the actions.

    >>> rules = '''
    ... [rulebook]
    ... name = { en = "Bakery", zh = "面包店" }
    ... law = "By-law 1"
    ... decides = "bakery"
    ... in_force = [{ from = 2020-01-01 }]
    ... [facts.bakes]
    ... type = "flag"
    ... [clauses.bakery]
    ... rule = "bakes"
    ... '''
    >>> book = parse_rulebook("town/bakery", {"rules.toml": rules})
    >>> book.words("en"), book.asks("bakery")
    ('Bakery', ('bakes',))
    """
    parser = _Parser(id, files)
    book = parser.book()
    if parser.faults:
        raise SonghuaError(*parser.faults)
    return book


class _Parser:
    """One rulebook being parsed, with the faults found so far."""

    def __init__(self, id: str, files: Mapping[str, str]) -> None:
        self.id, self.files, self.faults = id, files, list[Fault]()
        self.data = self.toml(RULES)

    def toml(self, name: str) -> Table:
        """One of the files as data; empty where it is not there or cannot be read."""
        data, faults = parse_toml(self.files.get(name, ""), place_of(self.id, name))
        self.faults += faults
        return data

    def note(self, fault: Fault, column: str) -> None:
        """Note a fault of `rules.toml`."""
        self.faults.append(fault.at(place_of(self.id, RULES), column=column))

    def book(self) -> Rulebook:
        """The whole rulebook; it holds only what could be read."""
        self.known_keys("", self.data, TABLES)
        head = self.table("rulebook")
        self.known_keys("rulebook", head, HEAD)
        clauses, values = self.items("clauses", self.clause), self.items("values", self.value)
        linked, shared = self.linked(), self.shared_parts(uses(self.files.get(RULES, "")))
        wanted = self.wanted([*clauses.values(), *values.values()], linked)
        facts = {**self.facts(wanted), **shared.facts}
        units = units_of(fact.unit for fact in facts.values())
        actions, faults = parse_actions(
            self.toml(SHARED_ACTIONS), place_of(self.id, SHARED_ACTIONS)
        )
        self.faults += faults
        not_modelled = self.table("not_modelled").items()
        book = Rulebook(
            id=self.id,
            words=self.words(head.get("name")),
            law=str(head.get("law", "")),
            decides=str(head.get("decides", "")),
            score=str(head.get("score", "")),
            categories=self.texts(head, "categories"),
            versions=self.versions(head),
            facts=facts,
            parameters={**self.parameters(units), **shared.parameters},
            values={**values, **shared.values},
            clauses={**clauses, **shared.clauses},
            used=shared.names,
            not_modelled={id: self.words(entry) for id, entry in not_modelled},
            linked=linked,
            units=units,
            files=self.files,
            actions={id: action for id, action in actions.items() if action.changes & facts.keys()},
        )
        self.check(book)
        return book

    def shared_parts(self, names: tuple[str, ...]) -> UsedParts:
        """The parts of other rulebooks of the country; a fault for a rulebook that is not there."""
        books = []
        for name in names:
            home = f"../{name}/"
            shared = {file: text for file, text in self.files.items() if file.count("/") == 1}
            files = {
                file.removeprefix(home): text
                for file, text in self.files.items()
                if file.startswith(home)
            }
            if RULES not in files:
                self.note(RulebookNotBeside(name=name), "rulebook")
                continue
            try:
                books.append(parse_rulebook(f"{self.id.split('/')[0]}/{name}", {**shared, **files}))
            except SonghuaError as error:
                self.faults += error.faults
        return used_parts(books)

    def table(self, name: str) -> Table:
        """A table of `rules.toml`; empty where it is not there."""
        table = self.data.get(name, {})
        if not isinstance(table, dict):
            self.note(NotATable(text=str(table)[:80]), name)
            return {}
        return table

    def words(self, entry: object) -> Words:
        """Words by language; blank where they are not a table."""
        return Words.of(entry) if isinstance(entry, Mapping) else Words()

    def texts(self, entry: Table, key: str) -> tuple[str, ...]:
        """A list of texts."""
        texts = entry.get(key, [])
        if not isinstance(texts, list):
            self.note(NotAList(text=str(texts)[:80]), key)
            return ()
        return tuple(map(str, texts))

    def items(self, table: str, make: Callable[[str, Table], Item | None]) -> dict[str, Item]:
        """The entries of a table that could be read."""
        entries: dict[str, Item] = {}
        for id, entry in self.table(table).items():
            if not isinstance(entry, dict):
                self.note(NotATable(text=str(entry)[:80]), f"{table}.{id}")
            elif (parsed := make(id, entry)) is not None:
                entries[id] = parsed
        return entries

    def known_keys(self, place: str, entry: Table, allowed: tuple[str, ...]) -> None:
        """Note every key that the language does not have, or had under another name."""
        former = former_names.keys(place)
        for name in entry:
            if name in former:
                today, version = former[name].today, former[name].version
                self.note(FormerKey(text=name, today=today, version=version), place)
            elif name not in allowed:
                self.note(RuleKeyUnknown(name=name, names=allowed), place or name)

    def clause(self, id: str, entry: Table) -> Clause | None:
        """One clause; None, with a fault, where its rule cannot be read."""
        place = f"clauses.{id}"
        self.known_keys(place, entry, ("ref", *LANGUAGES, "rule", "judged"))
        rule = self.rule(entry.get("rule"), place)
        if rule is None:
            return None
        ref, judged = str(entry.get("ref", "")), entry.get("judged") is True
        return Clause(id, ref, Words.of(entry), rule, judged)

    def value(self, id: str, entry: Table) -> Quantity | None:
        """One number that is worked out; None, with a fault, where its rule cannot be read."""
        place, role = f"values.{id}", str(entry.get("role", ""))
        self.known_keys(place, entry, (*LANGUAGES, "is", "unit", "role"))
        rule = self.rule(entry.get("is"), place)
        if role not in ROLES:
            self.note(ChoiceUnknown(text=role, choices=ROLES[1:]), place)
        if rule is None:
            return None
        return Quantity(id, Words.of(entry), rule, str(entry.get("unit", "")), role)

    def rule(self, raw: object, place: str) -> Node | None:
        """A rule from its TOML form; None, with a fault, where it cannot be read."""
        try:
            return parse_rule(raw)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            text = str(error.args[0] if error.args else raw)[:100]
            self.note(RuleUnreadable(text=text), place)
            return None

    def linked(self) -> LinkedEnterprises | None:
        """The rule by which tied firms count, where the law has one."""
        entry = self.table("linked")
        if not entry:
            return None
        self.known_keys("linked", entry, ("facts", "partner", "linked"))
        partner, linked = str(entry.get("partner")), str(entry.get("linked"))
        return LinkedEnterprises(self.texts(entry, "facts"), partner, linked)

    def wanted(
        self, items: Iterable[Clause | Quantity], linked: LinkedEnterprises | None
    ) -> set[str]:
        """All names that the rules use."""
        names = {name for item in items for name in expressions.names(item.rule)}
        return names | ({linked.partner, linked.linked, *linked.facts} if linked else set())

    def facts(self, wanted: set[str]) -> dict[str, Fact]:
        """The facts that the rules name: those of the rulebook, then the country's."""
        facts, own_facts = dict[str, Fact](), self.table("facts")
        shared = {**self.toml(SHARED_FACTS), **own_facts}
        for id, entry in shared.items():
            if id not in wanted and id not in own_facts:
                continue
            fact, faults = parse_fact(id, entry, place_of(self.id, RULES))
            self.faults += faults
            if fact is not None:
                facts[id] = fact
        parsed = {id: parse_fact(id, entry, "")[0] for id, entry in shared.items()}
        readable = {id: fact for id, fact in {**parsed, **facts}.items() if fact is not None}
        self.faults += relation_faults(facts, readable, place_of(self.id, RULES))
        return facts

    def versions(self, head: Table) -> tuple[Version, ...]:
        """The days in force of every version, the first first."""
        versions = []
        for key, complete in (("in_force", True), ("incomplete", False)):
            rows = head.get(key, [])
            for row in rows if isinstance(rows, list) else [rows]:
                entry = row if isinstance(row, Mapping) else {}
                start, end = entry.get("from"), entry.get("until")
                if not isinstance(start, date) or not isinstance(end, date | None):
                    self.note(RuleSpan(), key)
                    continue
                law, words = str(entry.get("law", "")), Words.of(entry)
                versions.append(Version(start, end, complete, law, words))
        if not versions:
            self.note(RuleSpan(), "in_force")
        return tuple(sorted(versions, key=lambda version: version.start))

    def parameters(self, units: Mapping[str, str]) -> dict[str, Parameter]:
        """The numbers of the law from all files of parameters."""
        parameters: dict[str, Parameter] = {}
        for name in sorted(name for name in self.files if name.startswith(PARAMETERS)):
            place = place_of(self.id, name)
            for id, entry in self.toml(name).items():
                parameter, faults = parse_parameter(id, entry, place, units)
                self.faults += faults
                if id in parameters:
                    self.faults.append(ParameterTwice(file=place, column=id))
                if parameter is not None:
                    parameters[id] = parameter
        return parameters

    def check(self, book: Rulebook) -> None:
        """Note the parts that do not fit: words, names in the head, types of the rules."""
        if not book.words.complete:
            self.note(NameMissing(lang=LANGUAGES), "rulebook")
        references = [(id, book.clauses.keys()) for id in (book.decides, *book.categories)]
        references += [(book.score, book.values.keys())] if book.score else []
        for id, names in references:
            if id not in names:
                near = type_check.nearest(id, names)
                self.note(RuleNameUnknown(name=id, near=near), "rulebook")
        self.faults += type_check.check(book, place_of(self.id, RULES))
