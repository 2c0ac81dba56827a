"""Classifications and their concordances: what a code is called and what it belongs to.

A classification is a table `<scheme>.csv` beside this file: code, level, parent and names. A
concordance is `<old>_to_<new>.csv`. The README beside them gives their sources, checks and gaps.
Codes are text: `01` is not `1`.

Only `table` imports pandas; everything else reads the text.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from songhua.codes.fault_kinds import ConcordanceUnknown, TableUnknown
from songhua.errors import SonghuaError
from songhua.fault_kinds import CodeUnknown
from songhua.messages import Words
from songhua.shipped import installed

if TYPE_CHECKING:
    import pandas as pd

# NACE Rev. 2 has the sections and divisions of ISIC Rev. 4, code for code; wordings differ.
_SAME_CODES = {"nace2": "isic4"}


class Link(NamedTuple):
    """One row of a concordance: part or all of code `old` is in code `new`.

    `share` is the share of `old` that goes to `new`. It is 1 where `new` is the only counterpart
    in the table and None where `old` is divided, since no source prints how much goes where.
    """

    old: str
    new: str
    kind: str
    share: float | None
    evidence: str


@cache
def names() -> tuple[str, ...]:
    """The names of all tables, in alphabetical order.

    >>> [name for name in names() if name.startswith("gbt4754")]
    ['gbt4754-2017', 'gbt4754-2017-amendment1', 'gbt4754-2017_to_isic4']
    """
    return tuple(installed.names("codes", end=".csv"))


def table(name: str) -> pd.DataFrame:
    """One table as a frame of text, a new one at each call; an empty cell is missing.

    Raises `SonghuaError` (table_unknown) where there is no such table.

    >>> table("nace2")["level"].value_counts().to_dict()
    {'division': 88, 'section': 21}
    """
    import pandas as pd

    rows = [{column: cell or None for column, cell in row.items()} for row in _rows(name)]
    return pd.DataFrame(rows, dtype="str")


def has(scheme: str, code: str) -> bool:
    """True where the classification has the code. Raises where there is no such classification.

    >>> has("gbt4754-2017", "3411"), has("gbt4754-2017", "3410")
    (True, False)
    """
    return code in _scheme(scheme)


def name_of(scheme: str, code: str, lang: str) -> str:
    """The name of a code in one language; every table here has English and Chinese.

    Raises `SonghuaError` where the classification (table_unknown) or the code (code_unknown)
    does not exist.

    >>> name_of("gbt4754-2017", "34", "zh")
    '通用设备制造业'
    >>> name_of("isic4", "28", "en")
    'Manufacture of machinery and equipment n.e.c.'
    """
    return Words.of(_entry(scheme, code))(lang)


def children(scheme: str, code: str = "") -> tuple[str, ...]:
    """The codes directly below a code, in the order of the table; without a code, the top ones.

    >>> children("gbt4754-2017", "341")
    ('3411', '3412', '3413', '3414', '3415', '3419')
    >>> len(children("isic4"))
    21
    """
    if code:
        _entry(scheme, code)
    return tuple(key for key, row in _scheme(scheme).items() if row["parent"] == code)


@cache
def concordance(old: str, new: str) -> tuple[Link, ...]:
    """The links from one classification's codes to another's, in either direction.

    Raises `SonghuaError` (concordance_unknown) where no table joins the two.

    All of division 60 (post) is in ISIC 53. ISIC 10 (food) is spread over four divisions, and
    how much of it lies in each is not known:

    >>> [link[:4] for link in concordance("gbt4754-2017", "isic4") if link.old == "60"]
    [('60', '53', 'exact', 1.0)]
    >>> [link.new for link in concordance("isic4", "gbt4754-2017") if link.old == "10"]
    ['13', '14', '15', '19']
    """
    links = _links(_SAME_CODES.get(old, old), _SAME_CODES.get(new, new))
    counterparts = Counter(link.old for link in links)
    return tuple(
        link._replace(share=1.0 if counterparts[link.old] == 1 else None) for link in links
    )


def _links(old: str, new: str) -> list[Link]:
    """The rows that join two schemes, turned round where the table is the other way."""
    if f"{old}_to_{new}" in names():
        return [Link(**row, share=None) for row in _rows(f"{old}_to_{new}")]
    if f"{new}_to_{old}" in names():
        links = [Link(**row, share=None) for row in _rows(f"{new}_to_{old}")]
        turned = [link._replace(old=link.new, new=link.old) for link in links]
        return sorted(turned, key=lambda link: (link.old, link.new))
    if old == new:
        return [Link(code, code, "exact", None, "") for code in _scheme(old)]
    raise SonghuaError(ConcordanceUnknown(old=old, new=new))


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    if name not in names():
        raise SonghuaError(TableUnknown(name=name, known=tuple(names())))
    return tuple(csv.DictReader(installed.text("codes", f"{name}.csv").splitlines()))


@cache
def _scheme(scheme: str) -> dict[str, dict[str, str]]:
    rows = _rows(scheme)
    if "parent" not in rows[0]:
        raise SonghuaError(TableUnknown(name=scheme, known=tuple(_schemes())))
    return {row["code"]: row for row in rows}


def _schemes() -> list[str]:
    return [name for name in names() if "parent" in _rows(name)[0]]


def _entry(scheme: str, code: str) -> dict[str, str]:
    row = _scheme(scheme).get(code)
    if row is None:
        raise SonghuaError(CodeUnknown(scheme=scheme, of_code=code))
    return row
