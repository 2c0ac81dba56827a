"""Build what the documentation takes from the code: NOTICE, the reference, the worked examples.

`python docs/build.py` writes `NOTICE` and `docs/reference/*.md` anew, runs the commands that stand
in the guide, and puts their output below them. The same code and cases give the same bytes.
"""

from __future__ import annotations

import csv
import inspect
import textwrap
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import claimed
import click
import worked

from songhua import codes, messages, schema, session, store
from songhua.cli import songhua
from songhua.document import blocks
from songhua.format import text
from songhua.render import json as rendered
from songhua.results import tables as result_tables
from songhua.shipped.terms import entries
from songhua.studies import registry

DOCS = Path(__file__).parent
MADE = "<!-- Written by docs/build.py; change the code instead. -->\n"
WHOLE = 160
WORDS = tomllib.loads((DOCS / "words.toml").read_text("utf-8"))
HELP = messages.help_words("zh")


def cell(text: object) -> str:
    """A text that may stand in a cell of a Markdown table."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def grid(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += ["| " + " | ".join(map(cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def page(name: str, sections: Iterable[tuple[str, str]], **params: object) -> str:
    """A page of the reference: a title, a paragraph, and sections."""
    said = WORDS["pages"][name]
    body = "".join(f"\n## {head}\n\n{text}" for head, text in sections)
    return f"{MADE}# {said['title']}\n\n{messages.fill(said['intro'], params, 'en')}{body}"


def columns(table: schema.TableSchema) -> str:
    """The columns of a table with their contents, in both languages."""
    rows = []
    for column in table.columns:
        of = column.of or ", ".join(dict(column.of_each).values())
        kind = column.type + (f" of {of}" if of else "")
        if column.choices:
            kind += ": " + ", ".join(choice or "(blank)" for choice in column.choices)
        if column.progress:
            kind += " (tells progress)"
        if column.default:
            kind += f" (blank means {column.default})"
        needed = "yes 是" if column.required else "one 其一" if column.spoken else ""
        rows.append((f"`{column.name}`", kind, needed, column.words("en"), column.words("zh")))
    return grid(("column 列", "type 类型", "needed 必填", "what", "内容"), rows)


def _known(table: schema.TableSchema) -> str:
    """The columns that give the day on which a row became known, if it differs by row."""
    if table.known_with:
        return f". Known with `{schema.table(table.known_with).where}`"
    columns = ", else ".join(f"`{name}`" for name in table.known)
    return f". Known since: {columns}" if columns else ""


def tables() -> str:
    """The tables of a folder."""
    sections = []
    for name in schema.names():
        table = schema.table(name)
        where = f"`{table.where}`" + (f", tables `[{table.table}.…]`" if table.table else "")
        if table.one:
            where += ", one table"
        where += _known(table)
        if table.key:
            where += ". One row for each " + " × ".join(table.key)
        sections.append(
            (f"{table.title('en')} {table.title('zh')}", f"{where}.\n\n{columns(table)}")
        )
    return page("tables", sections)


def results() -> str:
    """The tables that the studies give."""
    sections = [
        (f"{study} · `{name}`: {table.title('en')} {table.title('zh')}", columns(table))
        for study in sorted(registry.studies())
        for name, table in result_tables(study).items()
    ]
    return page("results", sections)


def indicators() -> str:
    """The indicators of the built-in case."""
    region = store.read(session.example(), history=False).region
    rows = [
        (
            f"`{id}`",
            f"{one['name']('en')} {one['name']('zh')}",
            one["unit"],
            " · ".join(filter(None, (one["form"], one["measure"], one["basis"], one["time"]))),
            one["definition"]("en"),
            one["definition"]("zh"),
            f"`{one['same_as']}`" if one["same_as"] else "",
            ", ".join(f"`{other}`" for other in one["not_comparable"] or ()),
        )
        for id, one in sorted(region.indicators.items())
    ]
    heads = ("id", "name 名称", "unit 单位", "form · measure · basis · time", "definition", "定义")
    table = grid((*heads, "same as 同一指标", "never compared with 不得比较"), rows)
    return page(
        "indicators",
        [("Catalogue 目录", table)],
        case=f"{region.name('en')} {region.name('zh')}",
        n=len(rows),
    )


def errors() -> str:
    """Every fault with its remedy, and every finding."""
    english = messages.catalogue("en")
    faults = []
    for code in english["faults"]:
        en, zh = (messages.fault(code, lang, {}) for lang in messages.LANGUAGES)
        faults.append((f"`{code}`", " ".join(en), "".join(zh)))
    found = [
        (f"`{code}`", *(messages.finding(code, lang, {}) for lang in messages.LANGUAGES))
        for code in english["findings"]
    ]
    heads = ("code 代码", "in English", "中文")
    sections = [("Faults 错误", grid(heads, faults)), ("Findings 结论", grid(heads, found))]
    return page("errors", sections)


def _option(param: click.Parameter) -> tuple[str, str, str]:
    """An argument or option: how it is written, what it does, and the same in Chinese."""
    if isinstance(param, click.Argument):
        name = param.metavar or param.name or ""
        return f"`{name}`", "", HELP["parameters"][name]
    assert isinstance(param, click.Option)
    shape = f" {param.metavar}" if param.metavar else ""
    if isinstance(param.type, click.Choice):
        shape = " " + "|".join(map(str, param.type.choices))
    return f"`{', '.join(param.opts)}{shape}`", param.help or "", HELP["parameters"][param.opts[0]]


def commands() -> str:
    """The command line."""
    sections = []
    for name, verb in songhua.commands.items():
        arguments = " ".join(p.metavar or "" for p in verb.params if isinstance(p, click.Argument))
        usage = f"songhua {name} {arguments}".strip() + " [options]"
        said = inspect.cleandoc(verb.help or "")
        text = f"    {usage}\n\n{said}\n\n{HELP['verbs'][name]}\n\n"
        text += grid(("parameter 参数", "what", "说明"), map(_option, verb.params))
        sections.append((f"songhua {name}", f"{text}\nGuide: [{name}](../guide/{name}.md)\n"))
    return page("commands", sections)


def _scheme(name: str) -> str:
    """A classification: all of a short one, the upper two levels of a long one."""
    frame = codes.table(name)
    if "parent" not in frame.columns:
        return (
            f"{len(frame)} rows 行: " + ", ".join(f"`{column}`" for column in frame.columns) + ".\n"
        )
    counts = Counter(frame["level"])
    text = ", ".join(f"{n} × {level}" for level, n in counts.items()) + ".\n\n"
    if len(frame) > WHOLE:
        upper = list(counts)[:2]
        frame = frame[frame["level"].isin(upper)]
        text += f"Shown are the levels {' and '.join(upper)}. 只列上两级。\n\n"
    rows = frame[["code", "level", "en", "zh"]].fillna("").itertuples(index=False)
    return text + grid(("code 代码", "level 级", "in English", "中文"), rows)


def classifications() -> str:
    """The classifications and concordances."""
    return page("codes", [(f"`{name}`", _scheme(name)) for name in codes.names()])


def _fields(kind: type[Any]) -> str:
    """A type of block or of a part of a text: what it is, and its fields."""
    hints = {
        one.name: "str" if one.name in rendered.NAMES else str(one.type) for one in fields(kind)
    }
    rows = [
        (
            f"`{rendered.NAMES.get(one.name, one.name)}`",
            f"`{hints[one.name]}`",
            "yes 是" if rendered.needed(one) else "",
        )
        for one in fields(kind)
    ]
    said = inspect.getdoc(kind)
    text = f"{said}\n\n{WORDS['blocks'][kind.__name__.lower()]}\n"
    return text + ("\n" + grid(("field 字段", "type 类型", "always 必有"), rows) if rows else "")


def shapes() -> str:
    """The blocks of a document as JSON has them."""
    kinds = [
        blocks.Document, *get_args(blocks.Block), blocks.Card, text.Cell,
        *(part for part in get_args(text.Part) if part is not str),
    ]  # fmt: skip
    sections = [(f"`{kind.__name__.lower()}`", _fields(kind)) for kind in kinds]
    return page("blocks", sections)


def terms() -> list[dict[str, str]]:
    """The terms of the field in both languages, with definition, source and what not to write."""
    with (DOCS / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def glossary() -> str:
    """The terms of the field."""
    heads = ("term", "术语", "definition", "定义", "after 依据", "not 不用")
    sections = [
        (said, grid(heads, [
            (one["en"], one["zh"], one["definition"], one["definition_zh"], one["source"],
             "; ".join(filter(None, (one["discouraged"], one["discouraged_zh"]))))
            for one in terms() if one["field"] == field
        ]))
        for field, said in WORDS["glossary"].items()
    ]  # fmt: skip
    return page("glossary", sections, n=len(terms()))


def sentences() -> str:
    """Every sentence, its claims, and the predicates that recompute them."""
    modules = ", ".join(f"`{name}`" for name in claimed.MODULES)
    return page("sentences", claimed.sections(grid), n=claimed.count(), modules=modules)


def notice() -> str:
    """Where the files that come with songhua are from, and on which terms."""
    parts = [WORDS["notice"]["intro"].strip()]
    for one in entries():
        lines = [f"Files: {', '.join(one.files)}"]
        lines += [f"Source: {source('en')}" for source in one.sources]
        lines += [f"Terms: {' '.join(text('en') for text in one.terms)}"]
        parts.append("\n".join(map(_filled, lines)))
    return "\n\n".join(parts) + "\n"


def _filled(text: str) -> str:
    """A paragraph in lines of a hundred signs, as far as its words allow."""
    return textwrap.fill(
        text, 100, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


PAGES: dict[str, Callable[[], str]] = {
    "tables": tables,
    "results": results,
    "blocks": shapes,
    "indicators": indicators,
    "errors": errors,
    "commands": commands,
    "codes": classifications,
    "glossary": glossary,
    "sentences": sentences,
}


def main() -> None:
    """Write NOTICE and the reference, and refresh the worked examples."""
    (DOCS.parent / "NOTICE").write_text(notice(), "utf-8", newline="\n")
    (DOCS / "reference").mkdir(exist_ok=True)
    for name, make in PAGES.items():
        (DOCS / "reference" / f"{name}.md").write_text(make(), "utf-8", newline="\n")
    for example in worked.PAGES:
        fresh = worked.refreshed(example.read_text("utf-8"), worked.language(example))
        example.write_text(fresh, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
