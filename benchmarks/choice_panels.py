"""Odds for three panels as of a past year, and the outcomes: the tables of a page of the guide.

Towns of New Zealand as of 2001, regions of the United Kingdom as of 2013, states of the United
States as of 2011. The odds use only figures known then; outcomes five years later played no part.
The region that is shown is that of the middle size among those with ten candidates or more for
entry, so that nobody has picked it. The panels are published tables and not part of the project.

Usage: python benchmarks/choice_panels.py FOLDER        (the folder that holds `data/`)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
if len(sys.argv) > 1 and __name__ == "__main__":
    os.environ["SONGHUA_SHARED"] = sys.argv[1]
from panels import (
    NEW_ZEALAND,
    SUMS,
    UNITED_KINGDOM,
    UNITED_STATES,
    Panel,
    new_zealand,
    told,
    united_kingdom,
    united_states,
)
from shared import DATA
from songhua.maths.choice import (
    KINDS,
    Gain,
    Kind,
    Odds,
    Track,
    assumed,
    drift,
    odds,
    one_in,
    starts,
)

#: Candidates that a region needs to be shown, picks that are shown, and classes of odds.
CANDIDATES, PICKS, CLASSES = 10, {"entry": 5, "exit": 3}, 5


class Shown(NamedTuple):
    """A panel with the names of its regions and industries, and the years that are told."""

    name: str
    panel: Panel
    regions: list[str]
    industries: list[str]
    start: int
    end: int


def names(table: pd.DataFrame, code: str, name: str) -> list[str]:
    """Names in the order of their codes, as the panels have them."""
    return [str(one) for one in table.drop_duplicates(code).sort_values(code)[name]]


def new_zealand_shown() -> Shown:
    """Towns, 2001 to 2006."""
    table = pd.read_csv(DATA / NEW_ZEALAND / "employment.csv.gz")
    regions, industries = (names(table, f"{one}_code", one) for one in ("area", "industry"))
    return Shown("New Zealand", new_zealand(), regions, industries, 2001, 2006)


def united_kingdom_shown() -> Shown:
    """Regions, 2013 to 2018."""
    table = pd.read_parquet(DATA / UNITED_KINGDOM / "uk_itl3_gva_by_industry.parquet")
    table = table.astype({"region_code": str, "industry_code": str, "industry": str})
    table = table[(table["level"] == "ITL3") & ~table["industry_code"].isin(["Total", "68IMP"])]
    table = table[table["industry"] != "Total"]
    regions, industries = (names(table, f"{one}_code", one) for one in ("region", "industry"))
    return Shown("United Kingdom", united_kingdom(), regions, industries, 2013, 2018)


def united_states_shown() -> Shown:
    """States, 2011 to 2016."""
    file = DATA / UNITED_STATES / "us_state_gdp_by_industry_1997_2017_long.csv.gz"
    table = pd.read_csv(file)
    table = table[table["GeoFIPS"].between(1, 90999) & ~table["IndustryId"].isin(SUMS)]
    table = table[table["year"].between(1997, 2016) & table["value_musd"].notna()]
    known, panel = names(table, "IndustryId", "Description"), united_states()
    return Shown("United States", panel, names(table, "GeoFIPS", "GeoName"), known, 2011, 2016)


def then(track: Track) -> Track:
    """The record as it stood when the last transition began: that one is still open."""
    last = track.shape[0] - 2
    past, still = track.cells.transition < last, track.cells.transition == last
    full = np.array_equal(track.odds["stated"][still], track.odds["full"][still])
    known = track.told[:-1]
    events, expected = (np.array([getattr(one, name) for one in known], float)
                        for name in ("events", "expected"))  # fmt: skip
    return replace(
        track, cells=track.cells.where(past), still_open=track.cells.where(still),
        shape=(last + 1, *track.shape[1:]), told=known, drift=drift(events, expected, assumed(max(track.definition.held, track.definition.gone))),
        odds={name: one[past] for name, one in track.odds.items()},
        gain=Gain(1.0, 1.0) if full else Gain(0.0, -np.inf), noise_gain=0.0,
    )  # fmt: skip


def odds_then(track: Track) -> Odds:
    """The odds with their bands, as they would have been told."""
    found = odds(then(track), np.random.default_rng(0))
    stated = track.odds["stated"][track.sealed]
    if not np.allclose(found.chance, stated, rtol=1e-6):
        raise RuntimeError("these are not the odds that the record is of")
    return found


def middle(shown: Shown, track: Track) -> int:
    """The region of the middle size, in the last year, of those with ten candidates or more."""
    regions = track.cells.region[track.sealed]
    many = np.flatnonzero(np.bincount(regions, minlength=len(shown.regions)) >= CANDIDATES)
    levels, definition = shown.panel.levels, shown.panel.definition
    size = np.nansum(levels[starts(len(levels), definition)[-2]], axis=1)[many]
    return int(many[np.argsort(size)[len(many) // 2]])


def percent(share: float) -> str:
    """A share in per cent, with a tenth below ten."""
    return f"{100 * share:.1f}" if share < 0.0995 else f"{100 * share:.0f}"


class Words(NamedTuple):
    """The words of the tables in a language, and its names of industries."""

    facts: str
    picks: str
    record: str
    classes: str
    lasting: str
    panels: dict[str, str]
    kinds: dict[Kind, str]
    stated: str
    odds: str
    to: str
    whether: dict[bool, str]
    scores: dict[str, str]
    names: dict[str, str]


def facts(track: Track, words: Words) -> str:
    """The stated odds of a kind, and the outcomes."""
    one, last = track.record("stated", track.sealed), track.told[-1]
    cells = (
        words.kinds[track.kind], f"{one.n:,}", f"{one.events}",
        words.stated.format(n=one.expected, low=last.low, high=last.high),
        "–" if track.noise is None else percent(track.noise), percent(track.lasted),
        words.whether[odds_then(track).score == "full"],
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def picks(shown: Shown, track: Track, region: int, words: Words) -> Iterator[str]:
    """The best picks of a region, with what came of them."""
    found = odds_then(track)
    own = np.flatnonzero(found.region == region)
    best = own[np.argsort(-found.chance[own], kind="stable")][: PICKS[track.kind]]
    came, start = (one[track.sealed] for one in (track.cells.occurred, track.cells.start))
    for at in best.tolist():
        chances = (found.chance, found.high, found.low, found.start)
        said = [words.odds.format(n=one_in(float(one[at]))) for one in chances]
        name = shown.industries[int(found.industry[at])].strip()
        cells = (
            words.names.get(name, name), f"{start[at]:.2f}", said[0],
            f"{said[1]}{words.to}{said[2]}", said[3], words.whether[bool(came[at])],
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def record_rows(track: Track, words: Words) -> Iterator[str]:
    """The record on what took no part: by chance, by the start quotient, by all that is known."""
    for score in ("random", "start", "stated"):
        one = track.record("stated" if score == "random" else score, track.sealed)
        cells = [f"{one.auc:.2f}", f"{one.precision / one.rate:.1f}", percent(one.top_tenth),
                 percent(one.top_three)]  # fmt: skip
        if score == "random":
            cells = ["0.50", "1.0", percent(one.rate), percent(one.rate)]
        yield f"| {words.kinds[track.kind]} | {words.scores[score]} | {' | '.join(cells)} |"


def class_rows(track: Track, words: Words) -> Iterator[str]:
    """The outcomes of classes of candidates with equal expected numbers of events."""
    chance, came = track.odds["stated"][track.sealed], track.cells.occurred[track.sealed]
    order = np.argsort(chance)
    at = np.minimum(np.cumsum(chance[order]) / chance.sum() * CLASSES, CLASSES - 1).astype(int)
    for inside in (order[at == one] for one in range(CLASSES)):
        cells = (
            words.kinds[track.kind], f"{len(inside):,}", percent(float(chance[inside].mean())),
            percent(float(came[inside].mean())), f"{int(came[inside].sum())}",
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


EN = Words(
    "| | candidates | came | stated | noise, % | lasted, % | relatedness |",
    "| industry | quotient | odds | band | start quotient | came |",
    "| | ordered by | AUC | precision | top tenth, % | top three, % |",
    "| | candidates | stated, % | came, % | events |",
    "| | | candidates | came | stated | lasted, % | AUC | precision | Brier skill, % |", {},
    {"entry": "entry", "exit": "exit"}, "{n:.0f} ({low:.0f} to {high:.0f})", "1 in {n}", " to ",
    {True: "yes", False: "no"},
    {"random": "chance", "start": "start quotient", "stated": "odds as stated"}, {},
)  # fmt: skip
ZH = Words(
    "| | 候选 | 实际发生 | 预言数 | 噪声，% | 延续，% | 关联度 |",
    "| 行业 | 区位商 | 概率 | 范围 | 仅凭起始区位商 | 是否发生 |",
    "| | 排序依据 | AUC | 精确率倍数 | 前十分之一，% | 前三名，% |",
    "| | 候选 | 预言，% | 实际，% | 发生数 |",
    "| | | 候选 | 实际发生 | 预言数 | 延续，% | AUC | 精确率倍数 | 布里尔技巧，% |",
    {"New Zealand": "新西兰", "United Kingdom": "英国", "United States": "美国"},
    {"entry": "进入", "exit": "退出"}, "{n:.0f}（{low:.0f} 至 {high:.0f}）", "1/{n}", " 至 ",
    {True: "是", False: "否"},
    {"random": "随机", "start": "起始区位商", "stated": "所述概率"},
    {
        "Non-residential building construction": "非住宅建筑",
        "Rental and hiring services (except real estate); non-financial asset leasing":
            "租赁（不含房地产）",
        "Fabricated metal product manufacturing": "金属制品制造",
        "Petrochem": "石油化工",
        "Wood product manufacturing": "木材加工",
        "Telecommunications services including internet service providers": "电信与互联网接入",
        "Dairy product manufacturing": "乳制品制造",
        "Department stores": "百货商店",
        "Manufacture of petroleum, chemicals and other minerals": "石油、化学及其他矿物制品",
        "Head offices and management consultancy": "总部与管理咨询",
        "Manufacture of textiles, wearing apparel and leather": "纺织、服装与皮革",
        "Public administration and defence": "公共管理与国防",
        "Services to buildings and landscape activities": "建筑物与景观服务",
        "Publishing; film and TV production and broadcasting": "出版、影视制作与广播",
        "Other personal service activities": "其他个人服务",
        "Repair and installation of machinery and equipment": "机械设备修理与安装",
        "Farms": "农场",
        "Food and beverage and tobacco products manufacturing": "食品、饮料与烟草制造",
        "Machinery manufacturing": "机械制造",
        "Monetary Authorities- central bank, credit intermediation, and related services":
            "中央银行、信贷中介及相关服务",
        "Broadcasting (except Internet) and telecommunications": "广播（不含互联网）与电信",
        "Petroleum and coal products manufacturing": "石油与煤制品制造",
        "Waste management and remediation services": "废物管理与修复",
        "Other transportation equipment manufacturing": "其他运输设备制造",
    },
)  # fmt: skip
SHOWN = (new_zealand_shown, united_kingdom_shown, united_states_shown)


def blocks(shown: Shown, words: Words) -> Iterator[list[str]]:
    """The tables of a panel as lines: the odds, the picks of both kinds, record, classes."""
    tracks = told(shown.panel)
    region = middle(shown, tracks["entry"])
    both = [tracks[kind] for kind in KINDS]
    yield from (
        _table(words.facts, *(facts(one, words) for one in both)),
        *(_table(words.picks, *picks(shown, one, region, words)) for one in both),
        _table(words.record, *(row for one in both for row in record_rows(one, words))),
        _table(words.classes, *(row for one in both for row in class_rows(one, words))),
    )


def lasting_rows(words: Words) -> Iterator[str]:
    """The last transition of each panel where crossings must last; in brackets the quotient alone."""
    for make in SHOWN:
        shown = make()
        for kind, track in told(shown.panel.lasting()).items():
            best, start = (track.record(score, track.sealed) for score in ("stated", "start"))
            last = track.told[-1]
            skill = [100 * (1 - one.brier / one.brier_rate) for one in (best, start)]
            cells = (
                words.panels.get(shown.name, shown.name), words.kinds[kind], f"{best.n:,}",
                f"{best.events}",
                words.stated.format(n=best.expected, low=last.low, high=last.high),
                percent(track.lasted), f"{best.auc:.2f} ({start.auc:.2f})",
                f"{best.precision / best.rate:.1f} ({start.precision / start.rate:.1f})",
                f"{skill[0]:.1f} ({skill[1]:.1f})".replace("-", "−"),
            )  # fmt: skip
            yield f"| {' | '.join(cells)} |"


def lasting(words: Words) -> list[str]:
    """The table of crossings that last, as lines."""
    return _table(words.lasting, *lasting_rows(words))


def _table(heading: str, *rows: str) -> list[str]:
    return [heading, "|" + "---|" * (heading.count("|") - 1), *rows]


if __name__ == "__main__":
    for make in SHOWN:
        shown = make()
        region = shown.regions[middle(shown, told(shown.panel)["entry"])]
        print(f"{shown.name}, {shown.start} to {shown.end}: {region}\n")
        for words in (EN, ZH):
            for lines in blocks(shown, words):
                print("\n".join(lines), end="\n\n")
    for words in (EN, ZH):
        print("\n".join(lasting(words)), end="\n\n")
