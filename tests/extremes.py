"""Small folders of every kind of data, each sound and each extreme in one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

OWN, LAND = "rivertown", "land"
NAMES = ("food", "tools", "works", "trade")
GOODS = "goods"
OPERATED = ("plan/operation.csv", "plan/spending.csv", "plan/assumptions.csv")
PRESENT = "actual,bulletin,2026-01-02"
#: A figure by indicator, place, industry and year.
Level = Callable[[str, str, str, int], float]


def usual(indicator: str, place: str, industry: str, year: int) -> float:
    """Levels that differ by place and industry, and grow."""
    at = sum(map(ord, place + industry)) % 7 + 1 if place != LAND else 40
    return round(at * (100 if indicator == "jobs" else 10) * 1.03 ** (year - 2014), 1)


@dataclass(frozen=True)
class Extreme:
    """The contents of a folder: its industries, places and years, its figures, and its plan."""

    level: Level = usual
    industries: Sequence[str] = NAMES
    places: Sequence[str] = (LAND, "p1", "p2", "p3")
    years: Sequence[int] = (2017, 2018, 2019, 2020)
    growth: str = "3.0"
    spending: str = "2021..2022"
    start: str = "2023"
    table: bool = True
    figures: bool = True
    base_year: int = 2020
    shares: Sequence[float] = ()
    table_size: float = 1.0
    empty: int = -1
    spent: str = "100"
    sales: str = ""
    workers: str = "50"
    single: bool = False
    end: int = 2025
    together: bool = False

    @property
    def printed(self) -> Sequence[str]:
        """The industries of which figures are printed: the first two by themselves or together."""
        return (GOODS, *self.industries[2:]) if self.together else self.industries

    def write(self, home: Path) -> Path:
        """The folder."""
        files = {**self._heads(), **self._panels(), **self._plan(), **self._figures()}
        if self.table:
            files |= self._table()
        for name, text in files.items():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text(text.lstrip("\n"), "utf-8")
        return home

    def _heads(self) -> dict[str, str]:
        region = f"""
[region]
code = "{OWN}"
name = {{ en = "Rivertown", zh = "河城" }}
currency = "EUR"
base_year = {self.base_year}
"""
        for place in self.places:
            role = "parent" if place == LAND else "comparison"
            region += f'\n[places.{place}]\n{_named(place)}role = "{role}"\n'
        entry = "\n[{0}]\n" + _named("{0}").replace("{ ", "{{ ").replace(" }", " }}")
        level = 'unit = "{1}"\nform = "{2}"\nmeasure = "{3}"\ndirection = "higher"\n'
        level += 'definition = {{ en = "D.", zh = "定义。" }}\n{4}'
        kinds = (
            ("gdp", "m EUR", "level", "value_added", 'basis = "current"\n'),
            ("gdp_growth", "%", "growth", "value_added", 'basis = "constant"\nof = "gdp"\n'),
            ("share", "%", "share", "value_added", 'of = "gdp"\n'),
            ("jobs", "persons", "level", "employment", 'time = "stock"\n'),
        )
        industry = entry + 'parent = "all"\npartition = "sectors"\n'
        sums = " + ".join(f"x{at}" for at in range(min(3, len(self.printed))))
        numbers = "".join(
            f'[adds-up.numbers.x{at}]\nindicator = "gdp"\nperiod = "{self.years[-1]}"\nindustry = "{one}"\n'
            for at, one in enumerate(self.printed[:3])
        )
        return {
            "region.toml": region,
            "sources.toml": """
[bulletin]
title = "Bulletin"
publisher = "Statistics office"
published = "2021-03-01"
grade = "official"
""",
            "indicators.toml": "".join((entry + level).format(*kind) for kind in kinds),
            "industries.toml": "".join(industry.format(one) for one in self.printed)
            + "".join(
                entry.format(one) + f'parent = "{GOODS}"\npartition = ""\n'
                for one in self.industries[:2]
                if self.together
            ),
            "claims.toml": f"""
[adds-up]
source = "bulletin"
says = {{ en = "It adds up.", zh = "合计相符。" }}
relation = "whole == {sums}"
[adds-up.numbers.whole]
indicator = "gdp"
period = "{self.years[-1]}"
{numbers}""",
            "indices.toml": f"""
[weight]
{_named("Weight")}definition = {{ en = "D.", zh = "定义。" }}
coupling = ["one", "two"]
[weight.parts.one]
{_named("One")}[weight.parts.two]
{_named("Two")}[weight.members.first]
{_named("First")}part = "one"
indicator = "gdp"
industry = "{self.printed[0]}"
as = "share"
[weight.members.last]
{_named("Last")}part = "two"
indicator = "gdp"
industry = "{self.printed[-1]}"
as = "growth"
years = 2
""",
        }  # fmt: skip

    def _panels(self) -> dict[str, str]:
        if not self.figures:
            return {}
        head = "indicator,region,industry,period,value,unit,kind,source,recorded\n"
        files: dict[str, str] = {}
        for indicator, unit in (("gdp", "m EUR"), ("jobs", "persons")):
            lines: list[str] = []
            # of the nation nothing is printed where sectors alone are
            for place in (OWN, *self.places[self.together :]):
                for year in self.years:
                    cells = {i: self.level(indicator, place, i, year) for i in self.printed}
                    cells["all"] = sum(cells.values())
                    lines += [
                        f"{indicator},{place},{industry},{year},{_digits(value)},{unit},{PRESENT}\n"
                        for industry, value in cells.items()
                    ]
            files[f"panels/{indicator}.csv"] = head + "".join(lines)
        return files

    def _figures(self) -> dict[str, str]:
        head = "indicator,region,industry,period,value,unit,kind,source,recorded\n"
        lines: list[str] = []
        if self.figures:
            for year in self.years:
                cells = {i: self.level("gdp", OWN, i, year) for i in self.printed[:20]}
                cells[""] = sum(self.level("gdp", OWN, i, year) for i in self.printed)
                lines += [
                    f"gdp,{OWN},{industry},{year},{_digits(value)},m EUR,{PRESENT}\n"
                    for industry, value in cells.items()
                ]
                lines.append(f"gdp_growth,{OWN},,{year},{self.growth},%,{PRESENT}\n")
        if self.single:
            lines.append(f"gdp,{OWN},,{self.years[-1]},100,m EUR,{PRESENT}\n")
        lines += [
            f"share,{OWN},{industry},{self.years[-1]},{value},%,{PRESENT}\n"
            for industry, value in zip(self.industries, self.shares, strict=False)
        ]
        return {
            "observations/economy.csv": head + "".join(lines),
            "register/enterprises.csv": "firm,staff,resident\na,12,yes\nb,0,no\n",
            "register/register.toml": '[register]\non = 2024-06-30\nstatuses = ["cn/sci-tech-sme"]\n',
        }  # fmt: skip

    def _plan(self) -> dict[str, str]:
        first, last = self.industries[0], self.industries[-1]
        operation = "project,field,value,unit,source,recorded\n"
        for field, value, unit in (
            ("industry", first, ""), ("start", self.start, ""), ("jobs", self.workers, "persons"),
            ("output", self.sales, "m EUR"),
        ):  # fmt: skip
            operation += "" if not value else f"mill,{field},{value},{unit},bulletin,2026-01-02\n"
        assumed = (
            ("pay", "50", "40", "60", "uniform", "k EUR"), ("spent", "60", "", "", "fixed", "%"),
            ("output", "5", "4", "6", "triangular", "m EUR"), ("spare", "5", "2", "8", "triangular", "%"),
            ("residents", "95", "", "", "fixed", "%"), ("realised", "100", "90", "110", "triangular", "%"),
            ("productivity", "1", "0", "2", "triangular", "%"), ("ramp", "2", "1", "3", "triangular", "x"),
        )  # fmt: skip
        scope = {"output": "mill"}
        rows = [
            f"{name},{scope.get(name, '')},{','.join(more)},,2026-01-02\n"
            for name, *more in assumed
        ]
        files = {
            "entities.toml": f'[mill]\n{_named("Mill")}type = "project"\n',
            "plan/plan.toml": f"""
[plan]
{_named("Plan")}period = "plan:2021..{self.end}"
base_year = {self.base_year}
purpose = {{ en = "P.", zh = "目的。" }}
source = "bulletin"
""",
            "plan/industries.csv": "role,industry,scheme,code,inclusion,reason,support,basis\n"
            f"leading,{first},isic4,10,whole,,,own\nfuture,{last},isic4,47,whole,,,own\n",
            "plan/targets.csv": "id,indicator,industry,period,text,source,recorded\n"
            "gdp-2025,gdp,,2025,reach 900 m EUR by 2025,bulletin,2026-01-02\n"
            "growth,gdp_growth,,2021..2025,grow by 5% a year on average,bulletin,2026-01-02\n",
            "plan/spending.csv": "project,good,period,value,unit,local,source,recorded\n"
            f"mill,structures,{self.spending},{self.spent},m EUR,,bulletin,2026-01-02\n",
            "plan/operation.csv": operation,
            "plan/assumptions.csv": "name,scope,value,low,high,distribution,unit,source,recorded\n"
            + "".join(rows),
        }  # fmt: skip
        # what is made in an industry of no table cannot be simulated
        return files if self.table else {n: t for n, t in files.items() if n not in OPERATED}

    def _table(self) -> dict[str, str]:
        """The nation's: each industry sells most to itself and its users, a little to the next."""
        names, size = self.industries, self.table_size
        n = len(names)
        sizes = [0.0 if at == self.empty else size for at in range(n)]
        flows = [
            [_bought(n, at, to) * sizes[to] * (sizes[at] > 0) for to in range(n)] for at in range(n)
        ]
        lines = [",".join(["part", "code", *names, "households", "fixed_capital", "output"])]
        for name, row, one in zip(names, flows, sizes, strict=True):
            rest = MADE * one - sum(row)
            cells = [*row, rest * 0.6, rest * 0.4, MADE * one]
            lines.append(",".join(["domestic", name, *map(_digits, cells)]))
        added = [MADE * one - sum(row[at] for row in flows) for at, one in enumerate(sizes)]
        for code, share in (("labour", 0.6), ("surplus", 0.4)):
            cells = [_digits(share * one) for one in added]
            lines.append(",".join(["value_added", code, *cells, "", "", ""]))
        made = [_digits(MADE * one) for one in sizes]
        lines.append(",".join(["total", "output", *made, "", "", ""]))
        described = "code,en,zh,industry,inclusion,within,kind,good,traded\n"
        goods = {0: "structures"} if n < 3 else {1: "equipment", 2: "structures"}
        for at, name in enumerate(names):
            kind = "services" if at == n - 1 and n > 1 else "manufacturing"
            wide = (GOODS if at < 2 else name) if self.together else ""
            described += f"{name},{name},{name},{name},whole,{wide},{kind},{goods.get(at, '')},\n"
        return {
            "tables.toml": f"""
[nation]
{_named("Nation")}region = "{LAND}"
year = 2020
unit = "m EUR"
source = "bulletin"
kind = "domestic"
prices = "producers"
decimals = 12
""",
            "tables/nation.csv": "\n".join(lines) + "\n",
            "tables/nation_industries.csv": described,
        }


#: What an industry of the nation makes and buys.
MADE, INPUTS = 400, 150


def _bought(n: int, of: int, by: int) -> float:
    """Purchases of an industry from another: most of its own kind, a third of the next."""
    if n == 1:
        return INPUTS
    return INPUTS * (2 / 3 if of == by else 1 / 3 if (of + 1) % n == by else 0.0)


def _named(name: str) -> str:
    return f'name = {{ en = "{name}", zh = "{name}" }}\n'


def _digits(value: float) -> str:
    """A number as it is printed: digits with a point."""
    return f"{value:.12f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _of(change: Callable[[float, str, str, str, int], float]) -> Level:
    """The usual levels, changed."""
    return lambda *at: change(usual(*at), *at)


SMALL = Extreme()
FOLDERS = {
    "usual": SMALL,
    "sectors alone": replace(SMALL, together=True),
    "own jobs are 0": replace(
        SMALL, level=_of(lambda v, i, place, *_: 0 if (i, place) == ("jobs", OWN) else v)
    ),
    "own figures are 0": replace(SMALL, level=_of(lambda v, _, place, *__: 0 if place == OWN else v)),
    "all figures are 0": replace(SMALL, level=_of(lambda *_: 0), growth="0.0"),
    "an industry is 0 everywhere": replace(
        SMALL, level=_of(lambda v, _, __, industry, ___: 0 if industry == "food" else v)
    ),
    "a place is 0": replace(SMALL, level=_of(lambda v, _, place, *__: 0 if place == "p1" else v)),
    "one place": replace(SMALL, places=(LAND,), table=False),
    "alone": replace(SMALL, places=(), table=False),
    "one industry": replace(SMALL, industries=("food",)),
    "one year": replace(SMALL, years=(2020,)),
    "two years": replace(SMALL, years=(2019, 2020)),
    "no table": replace(SMALL, table=False),
    "no figures": replace(SMALL, figures=False),
    "a single figure": replace(SMALL, figures=False, single=True),
    "no figure of the base year": replace(SMALL, base_year=2012),
    "shares that cannot all hold": replace(SMALL, shares=(5.0, 60.0, 30.0, 5.0)),
    "a fall of 100 %": replace(
        SMALL, growth="-100", level=_of(lambda v, _, place, __, year: 0 if place == OWN and year > 2018 else v)
    ),
    "a project of nothing": replace(SMALL, spent="0", workers="0"),
    "a table with an industry of nothing": replace(SMALL, empty=1),
    "huge": replace(SMALL, level=_of(lambda v, *_: v * 5e10), table_size=5e10),
    "tiny": replace(SMALL, level=_of(lambda v, *_: round(v * 1e-9, 12)), table_size=1e-9),
}  # fmt: skip
