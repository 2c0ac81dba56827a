"""How cells of a workbook are headed and formatted: decimals that are known, and no more."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from songhua import messages
from songhua.report.numbers import known, places
from songhua.schema import Column

SHARES = ("elapsed", "progress", "progress_low", "progress_high", "lead")
# Columns whose name means different things in different tables: their own words are used.
VAGUE = (
    "actual", "basis", "code", "form", "item", "kind", "lead", "measure", "n", "note",
    "of", "other", "phase", "reason", "says", "scope", "status", "step", "what",
)  # fmt: skip
BOUNDS = {
    "latest": ("latest_low", "latest_high"), "value": ("low", "high"),
    "reported": ("reported_low", "reported_high"), "single": ("single_low", "single_high"),
}  # fmt: skip


def heading(column: Column, lang: str) -> str:
    """A column's heading: its word, else the first clause of what it holds."""
    word = messages.catalogue(lang)["columns"].get(column.name)
    if word and column.name not in VAGUE:
        return str(word)
    ends = r"[.。]" if column.name.endswith(("_en", "_zh")) else r"[.。:：;；,，(（]"
    return re.split(ends, column.words(lang))[0].strip() or column.name


def day(text: str) -> date | str:
    """A day as Excel knows it; another text as it stands."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def digits(study: str, name: str, row: Mapping[str, Any]) -> str:
    """The number format: the decimals that are known, or four of what was computed."""
    if study == "track" and name in SHARES:
        return "0.0%"
    value = row[name]
    if not known(value) or math.isinf(value):
        return "General"
    low, high = (row.get(end) for end in BOUNDS.get(name, ("", "")))
    bounded = known(low) and known(high) and low < high  # pyright: ignore[reportOptionalOperand]
    shown = places(float(value), low, high) if bounded else 4
    own = _own(float(value))
    return "#,##0" + ("." + "0" * min(shown, own, 6) if min(shown, own) else "")


def _own(value: float) -> int:
    """The decimals that a number has, to ten digits in all."""
    text = f"{value:.10g}"
    if "e" in text:
        return 6
    return len(text.partition(".")[2])


def decimals(text: str) -> str:
    """The number format with the decimals that were printed."""
    n = len(text.partition(".")[2])
    return "#,##0" + ("." + "0" * n if n else "")
