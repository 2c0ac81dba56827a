"""Two small folders to spoil: one made up, and a slice of the built-in case."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from small import FILES
from songhua import session

_CLAIMS, _ROWS, _FILES, _PLAN = 3, 5, 4, 8
_HEAD = re.compile(r"^\[\s*\"?([^\].\"]+)", re.MULTILINE)


def _made_up() -> dict[str, bytes]:
    """The folder of the tests, with claims, a plan, entities and figures left out."""
    extra = {
        "entities.toml": '[mill]\nname = { en = "Mill", zh = "磨坊" }\ntype = "firm"\n',
        "left_out.csv": "what,reason_en,reason_zh,source\nx,no source,无来源,paper\n",
        "claims.toml": _MADE_UP_CLAIMS,
        "panels/gdp.csv": _made_up_panel(),
        "plan/plan.toml": (
            '[plan]\nname = { en = "P", zh = "规划" }\nperiod = "plan:2021..2025"\n'
            'base_year = 2020\npurpose = { en = "To grow.", zh = "增长。" }\nsource = "paper"\n'
        ),
        "plan/industries.csv": (
            "role,industry,scheme,code,inclusion,reason,support,basis\n"
            "leading,food,isic4,10,whole,,,own\nadvantageous,tools,,,,,,own\n"
        ),
        "plan/seed_map.csv": (
            "n,says_en,says_zh,study,table,state,note_en,note_zh\n1,It grew,增长,diagnose,system,answered,,\n"
        ),
    }
    return {name: text.lstrip("\n").encode() for name, text in {**FILES, **extra}.items()}


def _made_up_panel() -> str:
    """Two places, two industries and their sum, two years; one cell is suppressed."""
    rows = ["indicator,region,industry,period,value,unit,status,kind,source,recorded"]
    for place, size in (("rivertown", 10), ("upland", 100)):
        for year in (2019, 2020):
            for industry, share in (("all", 1.0), ("food", 0.4), ("tools", 0.6)):
                value = f"{size * share * (1 + (year - 2019) / 20):.1f}"
                status = (
                    "suppressed" if (place, year, industry) == ("upland", 2020, "tools") else ""
                )
                value = "" if status else value
                rows.append(
                    f"gdp,{place},{industry},{year},{value},bn EUR,{status},actual,paper,2026-01-02"
                )
    return "\n".join(rows) + "\n"


_MADE_UP_CLAIMS = """
[grew]
source = "paper"
says = { en = "It grew by 5 %.", zh = "增长5%。" }
relation = "now / before - 1 == growth"
premise = { en = "Same perimeter.", zh = "口径相同。" }
frees = ["before"]

[grew.numbers.now]
indicator = "gdp"
period = "2020"
source = "bulletin-2020"

[grew.numbers.before]
indicator = "gdp"
period = "2019"

[grew.numbers.growth]
value = "5.0"
unit = "%"
name = { en = "growth", zh = "增速" }

[firms]
source = "paper"
says = { en = "120 firms, a third more.", zh = "120家，增长三分之一。" }
relation = "firms / (1 + growth) == before"

[firms.numbers.firms]
value = "120"
unit = "count"

[firms.numbers.growth]
value = "33"
unit = "%"
qualifier = "about"

[firms.numbers.before]
unit = "count"

[open]
source = "paper"
says = { en = "It is known for it.", zh = "以此闻名。" }
uncheckable = { en = "An opinion.", zh = "属于看法。" }
"""


def _blocks(text: str) -> dict[str, str]:
    """The text of each entry of a catalogue, with the tables under it."""
    found: dict[str, str] = {}
    marks = [(match.start(), match[1]) for match in _HEAD.finditer(text)]
    ends = [start for start, _ in marks[1:]] + [len(text)]
    for (start, id), end in zip(marks, ends, strict=True):
        found[id] = found.get(id, "") + text[start:end]
    return found


def _slice() -> dict[str, bytes]:
    """The built-in case cut down: some claims, some rows, some of the plan, and what they name."""
    home = session.example()
    texts = {f.relative_to(home).as_posix(): f.read_text("utf-8") for f in home.rglob("*.*")}
    claims = _blocks(texts["claims.toml"])
    step = max(1, len(claims) // _CLAIMS)
    kept = {id: claims[id] for id in list(claims)[::step][:_CLAIMS]}
    named = set(re.findall(r'"([a-z0-9_.-]+)"', " ".join(kept.values())))
    files: dict[str, str] = {
        "region.toml": texts["region.toml"],
        "claims.toml": "".join(kept.values()),
    }
    for name, text in texts.items():
        if name.startswith("observations/"):
            head, *rows = text.splitlines(keepends=True)
            some = [row for row in rows if row.split(",")[0] in named][:_ROWS]
            if some and sum(name.startswith("observations/") for name in files) < _FILES:
                files[name] = head + "".join(dict.fromkeys(some + rows[:1]))
    for name in ("plan/industries.csv", "plan/seed_map.csv"):
        files[name] = "".join(texts[name].splitlines(keepends=True)[: _PLAN + 1])
    files["plan/plan.toml"] = texts["plan/plan.toml"]
    used = set(re.findall(r"[a-z0-9_.-]+", " ".join(files.values())))
    for name in ("sources.toml", "indicators.toml", "industries.toml", "entities.toml"):
        blocks, wanted = _blocks(texts[name]), used & _blocks(texts[name]).keys()
        wanted = _closed(wanted, blocks)
        files[name] = "".join(block for id, block in blocks.items() if id in wanted)
    return {name: text.encode() for name, text in files.items() if text}


def _closed(wanted: set[str], blocks: dict[str, str]) -> set[str]:
    """The entries wanted and those that they name."""
    while True:
        texts = " ".join(blocks[id] for id in wanted)
        more = wanted | (set(re.findall(r'"([a-z0-9_.-]+)"', texts)) & blocks.keys())
        if more == wanted:
            return wanted
        wanted = more


FOLDERS = {"made_up": _made_up(), "slice": _slice()}
for _files in FOLDERS.values():
    for _name, _data in _files.items():
        if _name.endswith(".toml"):
            tomllib.loads(_data.decode())
