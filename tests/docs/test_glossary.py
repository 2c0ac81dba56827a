"""The glossary: its terms are whole, and no text says what it discourages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
if not (ROOT / "docs" / "glossary.csv").exists():
    pytest.skip("the documentation is not in this copy", allow_module_level=True)

TERMS = list(csv.DictReader((ROOT / "docs" / "glossary.csv").read_text("utf-8").splitlines()))
MESSAGES = ROOT / "src" / "songhua" / "messages"
TEXTS = {
    "en": [MESSAGES / "en.toml", MESSAGES / "schema.en.toml"],
    "zh": [MESSAGES / "zh.toml", MESSAGES / "schema.zh.toml"],
}
#: Pages in both languages.
PAGES = [
    *sorted(ROOT.glob("README*.md")), ROOT / "docs" / "words.toml",
    *sorted((ROOT / "docs" / "guide").rglob("*.md")),
    *sorted((ROOT / "src" / "songhua" / "examples").glob("*/README.md")),
]  # fmt: skip


def discouraged(column: str) -> list[str]:
    """Discouraged words."""
    return [one for row in TERMS for one in row[column].split("; ") if one]


def said(file: Path, column: str) -> list[str]:
    """The discouraged terms that a text has, with the line."""
    lines = file.read_text("utf-8").splitlines()
    return [
        f"{file.name}:{n}: {one}"
        for n, line in enumerate(lines, 1)
        for one in discouraged(column)
        if one.casefold() in line.casefold()
    ]


def test_terms_are_whole_and_named_once() -> None:
    assert len(TERMS) >= 200
    for row in TERMS:
        assert all(
            row[name] for name in ("field", "en", "zh", "definition", "definition_zh", "source")
        )
    for name in ("en", "zh"):
        names = [row[name] for row in TERMS]
        assert len(set(names)) == len(names)


def test_no_term_is_both_used_and_discouraged() -> None:
    for name, column in (("en", "discouraged"), ("zh", "discouraged_zh")):
        used = {row[name] for row in TERMS}
        assert not used & set(discouraged(column))


@pytest.mark.parametrize(
    ("file", "column"),
    [(file, column) for lang, column in (("en", "discouraged"), ("zh", "discouraged_zh"))
     for file in TEXTS[lang] + PAGES],
    ids=lambda one: one.name if isinstance(one, Path) else "en" if one == "discouraged" else "zh",
)  # fmt: skip
def test_no_text_says_what_is_discouraged(file: Path, column: str) -> None:
    assert not said(file, column)


def test_a_discouraged_term_is_found(tmp_path: Path) -> None:
    file = tmp_path / "some.toml"
    file.write_text('what = "印刷的舍入界"\nwhat = "A contribution rate."\n', "utf-8")
    assert said(file, "discouraged_zh") == ["some.toml:1: 舍入界"]
    assert said(file, "discouraged") == ["some.toml:2: contribution rate"]
