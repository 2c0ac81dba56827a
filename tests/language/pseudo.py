"""A language that nobody speaks: every text of a catalogue in letters and marks of its own.

Each Latin letter of the English words becomes a Cyrillic one, and each mark another, so that
whatever is shown in Latin or Chinese letters, or with an ordinary comma, is no text of it.
"""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CODE = "xx"
MARKS = {",": "‚", ";": "¡", ":": "¦", "(": "«", ")": "»"}
LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувшэыз", strict=True))
LANGUAGE = {
    "name": "Xx", "tag": "xx", "locale": "xx-XX", "demanded": False, "script": "Ѐ-ӿ",
    "wide": False, "gap": " ", "comma": "‚ ", "list_comma": " & ", "semicolon": "¡ ",
    "colon": "¦ ", "stop": "¿", "brackets": " «{text}»", "title_gap": "¿ ", "thousands": "’",
    "decimal": "¸", "part": ["{n} по {of} {singular}", "ыйе {singular}", "тшо {plural}", "{of} {plural}", "{n} по {of} {plural}"],
}  # fmt: skip
STEPS = ["bn", "10k"]  # scales of its own, neither the English nor the Chinese ones
NAMES = {"language.part", "target.order", "scales.steps"}  # lists of names, no texts


def marked(text: str) -> str:
    """A text in the letters of the language; its parameters stay.

    >>> marked("Up to {n}, at (most).")
    'Уп то {n}‚ ат «мост»¿'
    """
    return "".join(
        _parameter(part) if part.startswith("{") else _marked(part)
        for part in re.split(r"(\{[^{}]*\})", text)
    )


def _parameter(part: str) -> str:
    """A parameter stays; its forms of one and many, and what is left out with it, are words.

    >>> _parameter("{n:row is|rows are}"), _parameter("{n}"), _parameter("{who:? By #.}")
    ('{n:рош ис|рошс аре}', '{n}', '{who:? Бы #¿}')
    """
    name, colon, forms = part.partition(":")
    worded = "|" in forms or "~" in name or forms.startswith("?")
    return name + colon + _marked(forms[:-1]) + "}" if worded else part


def _marked(text: str) -> str:
    text = re.sub(r"\.(?=\s|$)", "¿", text)
    letters = {**LETTERS, **{a.upper(): b.upper() for a, b in LETTERS.items()}, **MARKS}
    return "".join(letters.get(c, c) for c in text)


def _entries(value: Any, path: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _entries(one, f"{path}.{key}".lstrip(".")) for key, one in value.items()}
    if path in NAMES:
        return value
    if isinstance(value, list):
        return [marked(one) for one in value]
    return marked(value) if isinstance(value, str) else value


def _toml(data: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """A catalogue as TOML: texts first, then the sections inside."""
    lines = [f"[{'.'.join(json.dumps(key) for key in path)}]"] if path else []
    for key, value in data.items():
        if not isinstance(value, Mapping):
            lines.append(f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}")
    inside = [_toml(one, (*path, key)) for key, one in data.items() if isinstance(one, Mapping)]
    return "\n".join([*lines, *inside])


def write(messages: Path) -> list[Path]:
    """Write the two catalogues of the language beside the others; they are all that it needs."""
    words = _entries(tomllib.loads((messages / "en.toml").read_text("utf-8")), "")
    words["language"] = {key: LANGUAGE[key] for key in words["language"]}
    words["scales"]["steps"] = STEPS
    schema = _entries(tomllib.loads((messages / "schema.en.toml").read_text("utf-8")), "")
    files = {messages / f"{CODE}.toml": words, messages / f"schema.{CODE}.toml": schema}
    for file, data in files.items():
        file.write_text(_toml(data) + "\n", "utf-8")
    return list(files)


def copy(source: Path, folder: Path) -> list[Path]:
    """A copy of the package with the language; gives the files by which it differs."""
    package = folder / "songhua"
    package.mkdir(parents=True)
    for entry in source.iterdir():
        if entry.name in ("messages", "examples"):  # written to, or never to be written to
            shutil.copytree(entry, package / entry.name)
        else:
            (package / entry.name).symlink_to(entry)
    return write(package / "messages")
