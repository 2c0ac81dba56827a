"""Worked examples of the guide: its commands are run, and their true output stands below them.

A page is a small session in an empty folder. A block ```console holds `$ songhua …` lines and
their output; `| head -N`, `| tail -N` or `| grep [-A1] TEXT` shows a part of it. A block such as
```toml file=region.toml is written to that file, ```csv append=figures.csv is added to it. A block
```python followed by one ```text is run too, and what it prints stands in the latter.
A page in `guide/zh/`, or one that ends in `.zh.md`, is run in Chinese.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from click.testing import CliRunner

from songhua.cli import songhua
from songhua.errors import SonghuaError

DOCS = Path(__file__).parent
CHINESE = [*DOCS.parent.glob("README.zh.md"), *sorted((DOCS / "guide" / "zh").glob("*.md"))]
PAGES = [DOCS.parent / "README.md", *sorted((DOCS / "guide").glob("*.md")), *CHINESE]
BLOCK = re.compile(r"^```(\w+)(?: (file|append)=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTS = re.compile(r"^```python\n(.*?)^```\n\n```text\n.*?^```$", re.MULTILINE | re.DOTALL)
# Both sizes are given, so that a terminal without a size of its own changes nothing.
# Additions of a page to the packs stay in its folder.
SCREEN = {"COLUMNS": "100", "LINES": "50", "NO_COLOR": "1", "SONGHUA_PACKS": "my-packs"}


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def language(page: Path) -> str:
    """In which language the examples of a page speak."""
    return "zh" if page in CHINESE else "en"


def refreshed(text: str, lang: str = "en") -> str:
    """A page with the output of its commands as it is now."""
    with tempfile.TemporaryDirectory() as folder, _inside(Path(folder)):
        return PRINTS.sub(_printed, BLOCK.sub(lambda match: _block(match, lang), text))


def commands(text: str) -> list[str]:
    """The commands of a page's examples, without language and filters."""
    lines = [line for one in BLOCK.finditer(text) for line in one[4].splitlines()]
    return [
        re.sub(r" --lang \w+", "", line[2:].split(" | ")[0])
        for line in lines
        if line.startswith("$ ")
    ]


def _printed(match: re.Match[str]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(match[1], "example", "exec"), {})
    return f"```python\n{match[1]}```\n\n```text\n{out.getvalue()}```"


def _block(match: re.Match[str], lang: str) -> str:
    kind, verb, name, body = match.groups()
    if name:
        file = Path(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w" if verb == "file" else "a", encoding="utf-8", newline="\n") as handle:
            handle.write(body)
    if kind != "console":
        return match[0]
    lines = [line for line in body.splitlines() if line.startswith("$ ")]
    return (
        "```console\n" + "\n".join(f"{line}\n{_output(line[2:], lang)}" for line in lines) + "```"
    )


def _output(line: str, lang: str) -> str:
    """The output of a command, errors included, without blanks at the ends of lines."""
    command, *filters = (part.strip() for part in line.split(" | "))
    shown = [one.rstrip() for one in _run(shlex.split(command), lang).splitlines()]
    for one in filters:
        shown = _filter(shown, *shlex.split(one))
    return "\n".join(shown).strip("\n") + "\n" if any(shown) else ""


def _run(words: list[str], lang: str) -> str:
    if words[0] == "cd":
        os.chdir(words[1])
        return ""
    if words[0] == "ls":
        return "".join(f"{entry.name}\n" for entry in sorted(Path(words[1]).glob("[!.]*")))
    if words[0] != "songhua":
        raise ValueError(f"the guide runs songhua, not {words[0]}")
    done = CliRunner().invoke(songhua, words[1:], env={**SCREEN, "SONGHUA_LANG": lang})
    if isinstance(done.exception, SonghuaError):
        raise done.exception
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def _filter(lines: list[str], name: str, *options: str) -> list[str]:
    match name, *options:
        case "head", n:
            return lines[: int(n.removeprefix("-"))]
        case "tail", n:
            return lines[-int(n.removeprefix("-")) :]
        case "grep", text:
            return [line for line in lines if text in line]
        case "grep", "-A1", text:
            return [b for a, b in zip(["", *lines], lines, strict=False) if text in a or text in b]
    raise ValueError(f"the guide filters with head, tail and grep, not {name} {options}")
