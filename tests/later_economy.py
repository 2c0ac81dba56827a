"""Tables, projects, wide panels and learnt files for small folders, each known since some day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from random import Random

import numpy as np

from songhua import schema
from songhua.studies.choose.definition import Thresholds
from songhua.studies.choose.learning import learn_panel
from songhua.studies.choose.panel_levels import PanelLevels

EARLY, LATE, UNDATED = ("early", "decree", "middle", "edge"), ("next-day", "late"), "leaflet"
INDUSTRIES = tuple(f"f{at}" for at in range(6))
PLACES = ("rivertown", *(f"p{at:02}" for at in range(23)))
ELSEWHERE = 60
PERIODS = ("2018", "2019", "2020", "2021", "2022")
#: Enough to tell what lasts from noise.
LONG = ("2012", "2013", "2014", "2015", "2016", "2017", *PERIODS)
CODES = ("food", "works")
FIELDS = {"output": ("30", "m EUR"), "jobs": ("40", "persons"), "export": ("60", "%"),
          "displace": ("10", "%"), "replace": ("20", "%")}  # fmt: skip
ASSUMED = {"pay": ("50", "k EUR"), "spent": ("80", "%"), "residents": ("90", "%"),
           "realised": ("100", "%")}  # fmt: skip
SHARES = {"export": "%", "displace": "%", "replace": "%"}
FINE = "".join(
    f'\n[{one}]\nname = {{ en = "{one}", zh = "{one}" }}\nparent = "all"\npartition = "fine"\n'
    for one in INDUSTRIES
)
Row = Mapping[str, str]


@dataclass
class Economy:
    """Files of a folder: whole texts by name, and rows that end files of any name."""

    texts: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def files(self, held: Mapping[str, str]) -> dict[str, str]:
        """All of them, `held` being the texts that some of them end."""
        ended = {name: held.get(name, "") + more for name, more in self.ends.items()}
        return {
            **held,
            **ended,
            **self.texts,
            **{n: _csv(n, rows) for n, rows in self.rows.items()},
        }


def economies(chance: Random) -> tuple[Economy, Economy]:
    """An economy, and the same with what came after the day: half of all folders have a part."""
    one, other = Economy(), Economy()
    if chance.random() < 0.5:
        _table(chance, one, other)
        _works(chance, one, other)
    if chance.random() < 0.4:
        _panel(chance, one, other)
    return one, other


def _table(chance: Random, one: Economy, other: Economy) -> None:
    """Tables of the region or the land, of which one is later."""
    entries = [
        ("home", chance.choice((*EARLY, *EARLY, *EARLY, LATE[0], UNDATED))),
        ("newer", chance.choice(LATE)),
    ]
    if chance.random() < 0.5:
        entries.reverse()
    for id, source in entries:
        scale = chance.randint(1, 4)
        entry = (
            f'[{id}]\nname = {{ en = "{id}", zh = "{id}" }}\nregion = "rivertown"\nyear = 2020\n'
            f'unit = "m EUR"\nsource = "{source}"\nkind = "domestic"\n\n'
        )
        lines = [
            ("part", "code", *CODES, "households", "fixed_capital", "output"),
            ("domestic", "food", 20 * scale, 0, 80 * scale, 0, 100 * scale),
            ("domestic", "works", 10, 10, 0, 40, 60),
            ("value_added", "labour", 50 * scale, 30, "", "", ""),
            ("value_added", "surplus", 30 * scale - 10, 20, "", "", ""),
            ("total", "output", 100 * scale, 60, "", "", ""),
        ]
        made = {
            f"tables/{id}.csv": "".join(f"{','.join(map(str, line))}\n" for line in lines),
            f"tables/{id}_industries.csv": "code,en,zh,industry,inclusion,within,kind,good\n"
            "food,Food,食品,food,whole,,manufacturing,\nworks,Works,建筑,,,,manufacturing,structures\n",
        }
        for held in (one, other) if id == "home" else (other,):
            held.ends["tables.toml"] = held.ends.get("tables.toml", "") + entry
            held.texts |= made
    size = {
        "indicator": "gdp", "region": "rivertown", "period": "2020", "value": "0.25",
        "unit": "bn EUR", "kind": "actual", "recorded": "2026-01-04",
    }  # fmt: skip
    one.rows["observations/size.csv"] = [size | {"source": chance.choice(EARLY)}]
    again = size | {"source": chance.choice(LATE), "value": "0.4"}
    other.rows["observations/size.csv"] = [*one.rows["observations/size.csv"], again]


def _works(chance: Random, one: Economy, other: Economy) -> None:
    """Costs and effects of a project, assumptions, and a scenario, which is of today."""
    rows: dict[str, list[Row]] = {"plan/spending.csv": [], "plan/operation.csv": [],
                                  "plan/assumptions.csv": []}  # fmt: skip
    later: dict[str, list[Row]] = {name: [] for name in rows}
    usual = {"recorded": "2026-01-02"}

    def put(file: str, sure: bool = False, **row: str) -> None:
        came = not sure and chance.random() < 0.4
        sources = LATE if came else (*EARLY, "") if sure else (*EARLY, *LATE, UNDATED, "")
        (later if came else rows)[file].append(usual | row | {"source": chance.choice(sources)})

    for at, period in enumerate(("2021", "2022", "2023")):
        money = {"project": "mill", "good": "structures", "unit": "m EUR", "local": "50"}
        put(
            "plan/spending.csv",
            sure=not at,
            period=period,
            value=str(chance.randint(1, 9)),
            **money,
        )
    put("plan/operation.csv", sure=True, project="mill", field="industry", value="food")
    put("plan/operation.csv", sure=True, project="mill", field="start", value="2022")
    for name, (value, unit) in FIELDS.items():
        sure = name == "output"
        if sure or chance.random() < 0.5:
            put("plan/operation.csv", sure, project="mill", field=name, value=value, unit=unit)
    for name, (value, unit) in ASSUMED.items():
        put("plan/assumptions.csv", sure=True, name=name, value=value, unit=unit)
    for name, unit in SHARES.items():
        put("plan/assumptions.csv", name=name, scope=chance.choice(("", "mill")), value="15",
            low="10", high="20", distribution="uniform", unit=unit)  # fmt: skip
    scenario = '[scenario]\nname = { en = "Less", zh = "少" }\n\n[changes.pay]\n'
    scenario += 'name = "pay"\nvalue = 40\nunit = "k EUR"\n'
    for held in (one, other):
        held.texts["plan/scenarios/less.toml"] = scenario
        held.rows |= {name: list(some) for name, some in rows.items()}
    for name, some in later.items():
        other.rows[name] += some


def _panel(chance: Random, one: Economy, other: Economy) -> None:
    """Firms of 24 places in six industries, and what was learnt of more places elsewhere."""
    places = "".join(
        f'\n[places.{one}]\nname = {{ en = "{one}", zh = "{one}" }}\nrole = "comparison"\n'
        for one in PLACES[1:]
    )
    seed, whole = chance.randrange(6), chance.random() < 0.6
    rows = _cells(seed, chance.choice((*EARLY, UNDATED)), PLACES if whole else PLACES[:1])
    again = _cells(seed + 1, LATE[0], PLACES[: chance.randint(1, len(PLACES))])
    newer = _cells(seed + 2, LATE[1], PLACES, ("2023",))
    for held in (one, other):
        held.ends |= {"region.toml": places, "industries.toml": FINE}
        held.rows["panels/wide.csv"] = list(rows)
    other.rows["panels/wide.csv"] += [*again, *newer]
    if chance.random() < 0.5:
        known = _learnt(seed % 2, chance.choice((*EARLY, *LATE)))
        one.texts["learnt/known.json"] = other.texts["learnt/known.json"] = known
    other.texts["learnt/a-later.json"] = _learnt(2, chance.choice(LATE))


def wide(source: str) -> str:
    """A panel of sixty places, of which a folder need know one."""
    names = (PLACES[0], *(f"q{at:02}" for at in range(ELSEWHERE - 1)))
    return _csv("panels/wide.csv", _cells(0, source, names, LONG))


def _cells(
    seed: int, source: str, places: tuple[str, ...], periods: tuple[str, ...] = PERIODS
) -> list[Row]:
    levels = _levels(seed)
    return [
        {"indicator": "firms", "region": place, "industry": industry, "period": period,
         "value": str(int(levels[t, p, i])), "unit": "count", "kind": "actual", "source": source,
         "recorded": "2026-01-02"}
        for t, period in enumerate(periods) for p, place in enumerate(places)
        for i, industry in enumerate(INDUSTRIES)
    ]  # fmt: skip


@cache
def _levels(seed: int) -> np.ndarray:
    """Levels that wander: period by place by industry."""
    chance = np.random.default_rng(seed)
    size = (len(LONG), ELSEWHERE, len(INDUSTRIES))
    steps = chance.normal(0.0, 0.35, size)
    return np.ceil(200 * np.exp(chance.normal(0.0, 0.6, size[1:]) + steps.cumsum(axis=0)))


@cache
def _learnt(seed: int, source: str) -> str:
    """A file of `learnt/` of such a panel, by another name of each place but the region's."""
    names = (PLACES[0], *(f"q{at:02}" for at in range(ELSEWHERE - 1)))
    levels = _levels(seed)[: len(PERIODS)]
    known = PanelLevels("firms", source, INDUSTRIES, names, PERIODS, 1, levels, 1.0, "counts", 1.0)
    return learn_panel([known], Thresholds(), 0, "2026-01-02").text()


def _csv(file: str, rows: list[Row]) -> str:
    """A table of these rows."""
    home, name = file.removesuffix(".csv").split("/")
    table = home if home in ("panels", "observations") else f"{home}_{name}"
    names = schema.table(table).names
    lines = [",".join(row.get(name, "") for name in names) for row in rows]
    return "\n".join([",".join(names), *lines]) + "\n"
