"""A register of firms as a value, and the rulebooks to which its columns apply."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from songhua.errors import SonghuaError
from songhua.region.known import known_rows, since
from songhua.rules.facts import Fact, is_absent
from songhua.rules.rulebook import Rulebook
from songhua.rules.verdict import LINKS
from songhua.schema import table


@dataclass(frozen=True)
class Register:
    """The firms of a register with their facts, and the certificates they hold.

    `enterprises` has a row a firm: `firm`, a column a fact, and perhaps `district` and
    `industry`; `certificates` has `firm`, `status`, `since`, `until`. `on` is the day that the
    facts are of, and `statuses` the rulebooks to judge by; blank where the register does not say.
    `facts` are the definitions by which the columns were read, where they were read from a file.
    `own` has a row a firm too, with the columns that are the register's own: no rulebook sees
    them, and they are shown nowhere.
    `secret` gives what decides how published counts are moved; blank where there is none. It is
    made when it is first asked for, and is never published; `drawn` says whether there is one yet.
    """

    enterprises: pd.DataFrame
    certificates: pd.DataFrame | None = None
    invented: bool = False
    on: date | None = None
    statuses: tuple[str, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)
    secret: Callable[[], bytes] = field(default=bytes, repr=False, compare=False)
    own: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    drawn: bool = False

    def refuse_otherwise(self, book: Rulebook) -> None:
        """Refuse a rulebook that takes a column for another fact than the one it was read as.

        Raises:
            SonghuaError: `fact_read_otherwise`.
        """
        wrong = [
            fact.read_otherwise(book.facts[id], book.id)
            for id, fact in self.facts.items()
            if id in book.facts and not fact.same_as(book.facts[id])
        ]
        if wrong:
            raise SonghuaError(*wrong)

    def view(self, day: date) -> Register | None:
        """The register as it was known on a day: without certificates that came later.

        None where its facts are of a later day, or it does not say of which.

        >>> days = {"since": ["2020-05-01", "2023-05-01"], "until": ["2023-04-30", "2026-04-30"]}
        >>> firms = pd.DataFrame({"firm": ["a"]})
        >>> held = pd.DataFrame({"firm": "a", "status": "small", **days})
        >>> register = Register(firms, held, on=date(2022, 6, 30))
        >>> [one and one.certificates["until"].tolist()
        ...  for one in map(register.view, (date(2021, 1, 1), date(2022, 12, 31)))]
        [None, ['2023-04-30']]
        """
        day_known = since(table("register"), {"on": self.on}.get, {})
        if day_known is None or day_known > day:
            return None
        certificates = self.certificates
        if certificates is not None:
            certificates = known_rows(table("register_certificates"), certificates, {}, day)
        return replace(self, certificates=certificates)

    def firm(self, id: str) -> dict[str, object] | None:
        """The row of one firm by column; None where the register does not have it.

        >>> Register(pd.DataFrame({"firm": ["a"], "staff": [12.0]})).firm("a")
        {'firm': 'a', 'staff': 12.0}
        """
        rows = self.enterprises[self.enterprises["firm"].astype(str) == id]
        if rows.empty:
            return None
        return {str(name): value for name, value in rows.iloc[0].to_dict().items()}


def applicable_rulebooks(facts: Iterable[str], books: Iterable[Rulebook]) -> tuple[str, ...]:
    """The rulebooks of the country whose law asks for the most of these facts.

    Of two countries that ask for as many the first in the alphabet is taken.

    >>> from songhua.store.rulebooks import load, names
    >>> applicable_rulebooks(["staff", "turnover", "balance"], [load(name) for name in names()])
    ('eu/sme',)
    """
    fact_names, by_id = set(facts), {book.id: book for book in books}
    asks: dict[str, set[str]] = {}
    for id, book in by_id.items():
        asks.setdefault(_country(id), set()).update(book.facts)
    country = max(sorted(asks), key=lambda country: len(asks[country] & fact_names))
    return tuple(id for id in by_id if _country(id) == country)


def _country(id: str) -> str:
    return id.split("/", maxsplit=1)[0]


def facts_of(row: Mapping[str, object], book: Rulebook) -> dict[str, object]:
    """The facts of a row that a rulebook asks for, and the firms tied to the firm.

    >>> from songhua.store.rulebooks import load
    >>> facts_of({"firm": "a", "staff": 12.0, "sales": None}, load("cn/sci-tech-sme"))
    {'staff': 12.0}
    """
    return {id: row[id] for id in (*book.facts, LINKS) if id in row and not is_absent(row[id])}
