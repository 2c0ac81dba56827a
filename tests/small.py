"""A small folder without faults, by file, and how to write it with changes."""

from __future__ import annotations

from pathlib import Path

HEADING = (
    "indicator,region,industry,entity,period,value,unit,qualifier,kind,vintage,scope,"
    "source,published,recorded,note"
)
FILES = {
    "region.toml": """
[region]
code = "rivertown"
name = { en = "Rivertown", zh = "河城" }
currency = "EUR"
base_year = 2020

[places.upland]
name = { en = "Upland", zh = "高地" }
role = "parent"
""",
    "sources.toml": """
[bulletin-2020]
title = "Bulletin 2020"
publisher = "Statistics office"
published = "2021-03-01"
grade = "official"

[paper]
title = "A paper"
publisher = "The Daily"
grade = "press"
""",
    "indicators.toml": """
[gdp]
name = { en = "Gross product", zh = "生产总值" }
unit = "bn EUR"
form = "level"
measure = "value_added"
basis = "current"
direction = "higher"
definition = { en = "Value added by all producers.", zh = "全部生产者的增加值。" }

[gdp_growth]
name = { en = "Real growth", zh = "实际增速" }
unit = "%"
form = "growth"
measure = "value_added"
of = "gdp"
basis = "constant"
direction = "higher"
definition = { en = "At constant prices.", zh = "按不变价计算。" }
""",
    "industries.toml": """
[food]
name = { en = "Food", zh = "食品" }
parent = "all"
partition = "sectors"

[tools]
name = { en = "Tools", zh = "工具" }
parent = "all"
partition = "sectors"
""",
    "observations/economy.csv": HEADING
    + """
gdp,rivertown,,,2019,10.0,bn EUR,,actual,,,bulletin-2020,,2026-01-02,
gdp,rivertown,,,2020,10.5,bn EUR,,actual,,,bulletin-2020,,2026-01-02,
gdp,rivertown,food,,2019,4.0,bn EUR,,actual,,,bulletin-2020,,2026-01-02,
gdp,rivertown,tools,,2019,6.0,bn EUR,,actual,,,bulletin-2020,,2026-01-02,
gdp_growth,rivertown,,,2020,2.0,%,,actual,,,bulletin-2020,,2026-01-02,
gdp_growth,rivertown,food,,2020,5.0,%,,actual,,,bulletin-2020,,2026-01-02,
gdp_growth,rivertown,tools,,2020,0.0,%,,actual,,,bulletin-2020,,2026-01-02,
gdp,rivertown,,,2020,11,bn EUR,about,preliminary,,,paper,,2026-01-02,"said, roughly"
""",
}


def write(folder: Path, **changes: str | bytes | None) -> Path:
    """The small folder; `changes` replace files (a slash in a name is written as `__`)."""
    files: dict[str, str | bytes | None] = {**FILES}
    files.update(
        {
            name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv"): content
            for name, content in changes.items()
        }
    )
    for name, content in files.items():
        if content is None:
            continue
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.lstrip("\n").encode())
    return folder
