"""Entries, ready to be pasted, for labels of a sheet that the folder does not have."""

from __future__ import annotations

import re
from typing import Any

from songhua.labels.units import as_typed
from songhua.messages import BASE, language_of
from songhua.reading.drafts.draft import Draft
from songhua.reading.sheets.units import split_unit
from songhua.reading.sheets.words import split_marks, without_prefix
from songhua.reading.toml import entry
from songhua.region.catalogues import Catalogues

_FILE = {"region": "region.toml", "industry": "industries.toml", "indicator": "indicators.toml"}
MOST = 60


def ready_entries(draft: Draft, folder: Catalogues) -> list[str]:
    """The lines of an entry for each label that was left out, with the file where it belongs."""
    lines: list[str] = []
    for text, role in list(draft.findings.left_out.items())[:MOST]:
        if role in _FILE:
            lines += _entry(text, role)
    for level in draft.wanting:
        lang = next(iter(folder.words("indicators", level).texts), BASE)
        of = str(folder.indicators[level]["measure"])
        shape = {"unit": "%", "form": "growth", "measure": of, "of": level}
        lines += _lines("indicator", f"{level}_growth", {lang: ""}, shape | _defined(lang))
    return lines


def _entry(text: str, role: str) -> list[str]:
    name, unit, _ = split_unit(without_prefix(split_marks(text)[0]))
    lang = language_of(name)
    id = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "new-entry"
    more: dict[str, Any] = {"role": "comparison"} if role == "region" else {}
    if role == "indicator":
        id = id.replace("-", "_")
        more = {"unit": unit and as_typed(unit, lang), "form": "level", "measure": ""}
        more |= _defined(lang)
    return _lines(role, id, {lang: name}, more)


def _defined(lang: str) -> dict[str, Any]:
    return {"definition": {lang: ""}}


def _lines(role: str, id: str, name: dict[str, str], more: dict[str, Any]) -> list[str]:
    path = ("places", id) if role == "region" else (id,)
    return [f"# {_FILE[role]}", *entry(path, {"name": name} | more).splitlines(), ""]
