"""Small folders with rows of every table, known on random days, and rows that came later."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import TypeAlias

from evaluated import ENTITIES
from later_economy import Economy, economies
from small import FILES, write
from songhua import schema
from tracked import MORE, PLAN

DAY = "2023-06-30"
#: The sources and their days; one of them has none.
SOURCES = {
    "early": "2019-12-31", "decree": "2020-03-01", "middle": "2022-12", "edge": DAY,
    "next-day": "2023-07-01", "late": "2025", "leaflet": "",
}  # fmt: skip
KNOWN, LATER = ("early", "decree", "middle", "edge"), ("next-day", "late")
BEFORE, AFTER = ("2020-03-05", "2022-12-31", DAY), ("2023-07-01", "2024-02", "2025-12-31")
RECORDED = ("2026-01-02", "2026-01-03", "2026-06-01")
UNITS = {
    "gdp": "bn EUR", "gdp_growth": "%", "firms": "count", "jobs": "persons", "unemployment": "%",
    "sales": "m EUR",
}  # fmt: skip
TEXTS = {
    "gdp_growth": ("6 % or more", "年均增长5.5%—6%"), "firms": ("reach 900", "增加500家"),
    "jobs": ("累计50000",), "unemployment": ("控制在5.5%以内",), "sales": ("reach 300m EUR",),
}  # fmt: skip
RUNGS = ("research", "prototype", "certified", "small_batch", "volume", "exported")
MEASURES = ("projects", "founders", "firms", "certified", "money_promised", "money_paid")
Row: TypeAlias = Mapping[str, str]
Rows: TypeAlias = dict[str, list[Row]]


class Maker:
    """Rows of every table, made by chance; each has a name or a key of its own."""

    def __init__(self, chance: Random) -> None:
        """Nothing is made yet."""
        self.chance, self.made, self.keys = chance, 0, set[tuple[str, ...]]()

    def one(self, of: Sequence[str]) -> str:
        """One of several."""
        return self.chance.choice(list(of))

    def number(self) -> str:
        """A name that no other row has."""
        self.made += 1
        return f"n{self.made}"

    def known(self, later: bool) -> dict[str, str]:
        """Source and day of recording; later than the day, or any."""
        source = self.one(LATER if later else (*KNOWN, *KNOWN, *LATER, "leaflet"))
        return {"source": source, "recorded": self.one(RECORDED)}

    def figure(self, later: bool) -> Row:
        """An observation; a later one has a later day, be it of its source or its own."""
        indicator = self.one(list(UNITS))
        row = {
            "indicator": indicator, "region": self.one(("rivertown", "rivertown", "upland")),
            "industry": self.one(("", "", "food", "tools")), "unit": UNITS[indicator],
            "period": self.one(("2018", "2019", "2020", "2021", "2022", "2022-H1")),
            "value": str(self.chance.randint(1, 40)), "kind": "actual",
            "vintage": self.one(("", "", "", "census")), **self.known(later),
        }  # fmt: skip
        own = self.chance.random()
        if later and own < 0.6:  # a correction by the source of an earlier figure
            row |= {"source": self.one(KNOWN), "published": self.one(AFTER)}
        elif own < 0.3:
            row["published"] = self.one(BEFORE)
        return row

    def cell(self, later: bool) -> Row:
        """A cell of a panel."""
        indicator = self.one(("firms", "gdp"))
        return {
            "indicator": indicator, "unit": UNITS[indicator], "region": self.one(("rivertown", "upland")),
            "industry": self.one(("all", "food", "tools")), "period": self.one(("2020", "2022")),
            "value": str(self.chance.randint(1, 40)), "kind": "actual", **self.known(later),
        }  # fmt: skip

    def target(self, later: bool) -> Row:
        """A target."""
        indicator = self.one(list(TEXTS))
        period = self.one(("plan:2021..2025", "2022", "2023"))
        return {"id": self.number(), "indicator": indicator, "text": self.one(TEXTS[indicator]),
                "period": period, **self.known(later)}  # fmt: skip

    def task(self, later: bool) -> Row:
        """A task, perhaps one that was done."""
        done = self.chance.random() < 0.4
        return {
            "id": self.number(), "task_en": "Build", "task_zh": "建设", "lead": self.one("AB"),
            "due": self.one(("", "2022", "2023", "2024")),
            "status": "done" if done else self.one(("planned", "under_way", "unknown")),
            "done_on": self.one(("2022-05", "2023-06", "2023-11")) if done else "",
            **self.known(later),
        }  # fmt: skip

    def step(self, later: bool) -> Row:
        """A milestone, or a value of a project."""
        row = {"project": "mill", "item": self.number(), "name_en": "N", "name_zh": "名"}
        if self.chance.random() < 0.3:
            row |= {"kind": "value", "period": self.one(("2022", "2023")), "total": "100",
                    "planned_value": "80", "earned_value": "60", "unit": "m EUR"}  # fmt: skip
        else:
            row |= {"kind": "milestone", "planned": self.one(("2022", "2023", "2025")),
                    "actual": self.one(("", "2022-09", "2023-09"))}  # fmt: skip
        return row | self.known(later)

    def rung(self, later: bool) -> Row:
        """A rung of a product."""
        reached = self.one(("", "2022-09", "2023-09"))
        return {
            "product": "wheel", "rung": self.one(RUNGS), "reached": reached,
            "state": "reached" if reached else "not_reached", "evidence_en": "Fair",
            "evidence_zh": "展会", **self.known(later),
        }  # fmt: skip

    def cohort(self, later: bool) -> Row:
        """A number of a programme's cohort."""
        measure = self.one(MEASURES)
        unit = "m EUR" if measure.startswith("money") else "count"
        return {"programme": "eagle", "cohort": self.one(("2021", "2022", "2023")), "unit": unit,
                "measure": measure, "value": str(self.chance.randint(1, 40)),
                "due": self.one(("", "2023", "2024")), **self.known(later)}  # fmt: skip

    def report(self, later: bool) -> Row:
        """A figure that a department reported."""
        indicator = self.one(("firms", "jobs", "unemployment"))
        day = self.one(("2023-07-01", "2024-03-05T09:00:00Z") if later else (DAY, "2022-02-01"))
        return {
            "department": "A", "review": self.one(("2021", "2022")), "sort": "figure",
            "indicator": indicator, "region": "rivertown", "industry": "all",
            "value": str(self.chance.randint(1, 40)), "unit": UNITS[indicator], "kind": "actual",
            "reporter": "Li", "received": day,
        }  # fmt: skip

    def certificate(self, later: bool) -> Row:
        """A certificate of a firm."""
        year = self.one(("2024", "2025") if later else ("2020", "2021", "2022", "2023"))
        since = f"{year}-{self.one(('03', '06'))}-01"
        return {"firm": self.one(("a", "b", "c")), "status": "cn/sci-tech-sme", "since": since,
                "until": f"{int(year) + 1}-{self.one(('02', '08'))}-15"}  # fmt: skip

    def left_out(self, later: bool) -> Row:
        """A figure that was found and not stored."""
        return {"what": self.number(), "reason_en": "Unclear", "reason_zh": "不明",
                "source": self.known(later)["source"]}  # fmt: skip

    def revision(self, later: bool, rows: Rows) -> Row:
        """A revision of a row that there is."""
        table, column, values = self.one_of(
            ("targets", "owner", ("A", "B")), ("measures", "due", ("2022", "2025")),
            ("measures", "lead", ("A", "B")), ("projects", "planned", ("2022", "2026")),
            ("programmes", "value", ("7", "8")), ("products", "place", ("rivertown", "upland")),
        )  # fmt: skip
        held = rows[f"plan/{table}.csv"]
        if not held:
            return {}
        key = schema.table(f"plan_{table}").key
        row = self.chance.choice(held)
        entry = " ".join(row[name] for name in key)
        return {"table": table, "entry": entry, "column": column, "value": self.one(values),
                **self.known(later)}  # fmt: skip

    def one_of(self, *of: tuple[str, str, tuple[str, ...]]) -> tuple[str, str, tuple[str, ...]]:
        """One of several choices."""
        return self.chance.choice(of)

    def rows(self, most: int, later: bool) -> Rows:
        """Rows of every table that stand nowhere yet."""
        makers: dict[str, Callable[[bool], Row]] = {
            "observations/economy.csv": self.figure, "panels/levels.csv": self.cell,
            "plan/targets.csv": self.target, "plan/measures.csv": self.task,
            "plan/projects.csv": self.step, "plan/products.csv": self.rung,
            "plan/programmes.csv": self.cohort, "reviews/told.csv": self.report,
            "register/certificates.csv": self.certificate, "left_out.csv": self.left_out,
        }  # fmt: skip
        found: Rows = {}
        for file, make in makers.items():
            weight = 4 if file.startswith("obs") else 1
            made = [make(later) for _ in range(self.chance.randint(0, most * weight))]
            found[file] = [row for row in made if self._new(file, row)]
        return found

    def revisions(self, most: int, later: bool, rows: Rows) -> list[Row]:
        """Revisions of these rows that stand nowhere yet."""
        made = [self.revision(later, rows) for _ in range(self.chance.randint(0, most))]
        return [row for row in made if row and self._new("plan/changes.csv", row)]

    def _new(self, file: str, row: Row) -> bool:
        table = SCHEMAS[file]
        names = schema.table(table).identity or schema.table(table).key
        if not names:
            return True
        key = (file, *(row.get(name, "") for name in names))
        fresh = key not in self.keys
        self.keys.add(key)
        return fresh


SCHEMAS = {
    "observations/economy.csv": "observations", "panels/levels.csv": "panels",
    "plan/targets.csv": "plan_targets", "plan/measures.csv": "plan_measures",
    "plan/projects.csv": "plan_projects", "plan/products.csv": "plan_products",
    "plan/programmes.csv": "plan_programmes", "plan/changes.csv": "plan_revisions",
    "reviews/told.csv": "reviews", "register/certificates.csv": "register_certificates",
    "left_out.csv": "left_out",
}  # fmt: skip


def text(file: str, rows: Sequence[Row]) -> str:
    """A file with these rows."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, schema.table(SCHEMAS[file]).names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def claims(chance: Random, sources: Sequence[str], name: str) -> str:
    """Claims of these sources: that a figure of the folder is a number."""
    made = []
    for at in range(chance.randint(0, 2)):
        year, value, source = (
            chance.choice((2019, 2021)),
            chance.randint(1, 40),
            chance.choice(sources),
        )
        made.append(
            f'[{name}{at}]\nsource = "{source}"\nsays = {{ en = "So.", zh = "是。" }}\n'
            f'relation = "a == b"\nnumbers.a = {{ value = "{value}", unit = "bn EUR" }}\n'
            f'numbers.b = {{ indicator = "gdp", period = "{year}" }}\n'
        )
    return "\n".join(made)


def folders(parent: Path, chance: Random) -> tuple[Path, Path]:
    """A folder, and the same with rows that came after the day."""
    make = Maker(chance)
    rows = make.rows(4, later=False)
    more = make.rows(4, later=True)
    rows["plan/changes.csv"] = make.revisions(4, False, rows)
    both = {file: [*rows[file], *more[file]] for file in more}
    more["plan/changes.csv"] = make.revisions(4, True, both)
    both["plan/changes.csv"] = [*rows["plan/changes.csv"], *more["plan/changes.csv"]]
    told = claims(chance, (*SOURCES,), "c")
    later = f"{told}\n{claims(chance, LATER, 'later')}"
    economy, grown = economies(chance)
    return (
        _written(parent / "before", rows, told, "", economy),
        _written(parent / "after", both, later, _source("newcomer", "2024-05-01"), grown),
    )


def _source(id: str, published: str) -> str:
    dated = f'published = "{published}"\n' if published else ""
    return f'[{id}]\ntitle = "{id}"\npublisher = "P"\ngrade = "press"\n{dated}\n'


def _written(folder: Path, rows: Rows, claims: str, sources: str, economy: Economy) -> Path:
    files = {
        **FILES,
        "sources.toml": "".join(_source(id, day) for id, day in SOURCES.items()) + sources,
        "indicators.toml": FILES["indicators.toml"] + MORE, "entities.toml": ENTITIES,
        "claims.toml": claims, "plan/plan.toml": PLAN.replace('"bulletin-2020"', '"decree"'),
        "register/enterprises.csv": "firm,staff,sales\na,12,5 m CNY\nb,700,5 m CNY\nc,20,1 m CNY\n",
        "register/register.toml": '[register]\non = 2023-01-31\nstatuses = ["cn/sci-tech-sme"]\n',
        "register/secret.txt": "00" * 32 + "\n",
        **{file: text(file, held) for file, held in rows.items()},
    }  # fmt: skip
    write(folder)
    for name, content in economy.files(files).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return folder
