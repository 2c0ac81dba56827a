"""Structural damages of a CSV table: what a transfer, an editor or a slip does to its form."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random

INVISIBLE = ("\ufeff", "\u200b", "\u2060", "\u202e", "\0", "\x1b", "\x85", "\u2028", "\ufffe")
SPACES = (" ", "\u00a0", "\u3000", "\u200b", "\t")


@dataclass(frozen=True)
class Table:
    """A table's rows as cells, the heading first; `labels` are the columns that hold no prose."""

    rows: list[list[str]]
    labels: Collection[int]

    def text(self) -> str:
        """The table as it is written."""
        return written(self.rows)


def written(rows: list[list[str]], mark: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=mark, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


Damage = Callable[[Random, Table], str | bytes]


def _line(rng: Random, table: Table, change: Callable[[str], str]) -> str:
    lines = table.text().splitlines()
    at = rng.randrange(1, len(lines))
    lines[at] = change(lines[at])
    return "\n".join(lines) + "\n"


def _cells(rng: Random, table: Table, change: Callable[[list[str], int], None]) -> str:
    rows = [list(row) for row in table.rows]
    change(rows[rng.randrange(1, len(rows))], rng.randrange(len(rows[0])))
    return written(rows)


def _heading(rng: Random, table: Table, change: Callable[[str], str]) -> str:
    rows = [list(row) for row in table.rows]
    at = rng.randrange(len(rows[0]))
    rows[0][at] = change(rows[0][at])
    return written(rows)


def _into(rng: Random, text: str, what: str) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + what + text[at:]


def _misspelt(rng: Random) -> Callable[[str], str]:
    return rng.choice((
        lambda name: name[:-1], lambda name: name.upper(), lambda name: f"{name} ",
        lambda name: f" {name}", lambda name: f"{name}\u00a0", lambda name: f"{name}\u200b",
        lambda name: f"{name}s", lambda name: "",
    ))  # fmt: skip


def _cut(rng: Random, table: Table) -> str:
    """The end is gone, from within a row before its last cell."""
    lines = table.text().splitlines()
    at = rng.randrange(1, len(lines))
    last = written([table.rows[at][:-1]])[:-1]
    return "\n".join([*lines[:at], last[: rng.randrange(1, len(last) + 1)]])


def _swallowed(rng: Random, table: Table) -> str:
    """A quotation mark opens in one row and another closes in a later one."""
    lines = [",".join(row) for row in table.rows]
    first = rng.randrange(1, len(lines))
    last = rng.randrange(first, len(lines))
    cells = [lines[first].split(","), lines[last].split(",")]
    at, end = rng.randrange(len(cells[0])), rng.randrange(len(cells[1]))
    cells[0][at] = f'"{cells[0][at]}'
    lines[first] = ",".join(cells[0])
    cells[1] = lines[last].split(",")
    cells[1][end] = f'{cells[1][end]}"'
    lines[last] = ",".join(cells[1])
    return "\n".join(lines) + "\n"


def _in_label(rng: Random, table: Table) -> str:
    rows = [list(row) for row in table.rows]
    at = rng.choice(sorted(table.labels))
    row = rng.choice(rows[1:])
    row[at] = rng.choice((f"{row[at]}{rng.choice(SPACES)}", f"{rng.choice(SPACES)}{row[at]}"))
    return written(rows)


def _twice(rng: Random, table: Table) -> str:
    rows = list(table.rows)
    rows.insert(rng.randrange(1, len(rows) + 1), rng.choice(rows[1:]))
    return written(rows)


def _joined(rng: Random, table: Table) -> str:
    lines = table.text().splitlines()
    at = rng.randrange(1, len(lines))
    return "\n".join(
        [*lines[: at - 1], lines[at - 1] + rng.choice(("", ",")) + lines[at], *lines[at + 1 :]]
    )


def _broken(rng: Random, table: Table) -> str:
    def change(line: str) -> str:
        at = rng.randrange(1, max(2, len(line) - 1))
        return line[:at] + rng.choice(("\n", "\r\n", "\r")) + line[at:]

    return _line(rng, table, change)


def _encoded(rng: Random, table: Table) -> bytes:
    text = table.text()
    return rng.choice((
        text.encode("utf-16"), text.encode("utf-16-le"), _into(rng, text, "粮").encode("gb18030"),
        _into(rng, text, "é").encode("latin-1", "replace"),
    ))  # fmt: skip


def _other_mark(rng: Random, table: Table) -> str:
    mark = rng.choice((";", "\t", "|", "，"))
    if rng.random() < 0.5:
        return "\n".join(mark.join(row) for row in table.rows) + "\n"
    lines = [",".join(row) for row in table.rows]
    at = rng.randrange(len(lines))
    lines[at] = lines[at].replace(",", mark, rng.choice((1, -1)))
    return "\n".join(lines) + "\n"


def _alike(rng: Random, table: Table) -> str | bytes:
    """Another way to write the same."""
    text = table.text()
    return rng.choice((
        b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n"), text.replace("\n", "\r"),
        text.rstrip("\n"), text.replace("\n", "\n\n"), written(table.rows, quoting=csv.QUOTE_ALL),
        text + "\n" * 3, text + "," * (len(table.rows[0]) - 1) + "\n",
    ))  # fmt: skip


def _turned(rng: Random, table: Table) -> str:
    order = rng.sample(range(len(table.rows[0])), len(table.rows[0]))
    return written([[row[at] for at in order] for row in table.rows])


#: Of every table; those of `SCHEMED` only of tables whose headings a schema knows.
DAMAGES: dict[str, Damage] = {
    "a comma after a row": lambda rng, t: _line(rng, t, lambda line: f"{line},"),
    "a comma after every row": lambda rng, t: t.text().replace("\n", ",\n"),
    "a comma after every row but the heading": lambda rng, t: t.text().replace("\n", ",\n").replace(",\n", "\n", 1),
    "a cell lost": lambda rng, t: _cells(rng, t, lambda row, at: row.pop(at) and None),
    "a cell more": lambda rng, t: _cells(rng, t, lambda row, at: row.insert(at, "")),
    "the rest of a row lost": lambda rng, t: _cells(rng, t, lambda row, at: row.__delitem__(slice(max(1, at), None))),
    "a heading twice": lambda rng, t: _heading(rng, t, lambda name: rng.choice([n for n in t.rows[0] if n != name])),
    "the heading once more": lambda rng, t: written([*t.rows, t.rows[0]]),
    "a quotation mark alone": lambda rng, t: _line(rng, t, lambda line: _into(rng, f",{line}", '"')[1:]),
    "a row swallowed": _swallowed,
    "a line break in a cell": lambda rng, t: _cells(rng, t, lambda row, at: row.__setitem__(at, f"{row[at]}\nx")),
    "a row broken in two": _broken,
    "two rows joined": _joined,
    "a character that is not seen": lambda rng, t: _into(rng, t.text(), rng.choice(INVISIBLE)),
    "the end cut off": _cut,
    "another encoding": _encoded,
    "another delimiter": _other_mark,
    "another way to write it": _alike,
}  # fmt: skip
SCHEMED: dict[str, Damage] = {
    "a heading misspelt": lambda rng, t: _heading(rng, t, _misspelt(rng)),
    "the heading lost": lambda rng, t: written(t.rows[1:]),
    "spaces in a label": _in_label,
    "columns in another order": _turned,
}
KEYED: dict[str, Damage] = {"a row twice": _twice}
