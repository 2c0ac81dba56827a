"""Entries, ready to be pasted, for labels of a sheet that the folder does not have."""

from __future__ import annotations

import json
import re

from songhua.labels.units import as_typed
from songhua.messages import BASE, language_of
from songhua.reading.drafts.draft import Draft
from songhua.reading.sheets.units import split_unit
from songhua.reading.sheets.words import split_marks, without_prefix
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
        lines += [
            "# indicators.toml",
            f"[{level}_growth]",
            f'name = {{ {lang} = "" }}',
            'unit = "%"',
            'form = "growth"',
            f"measure = {json.dumps(str(folder.indicators[level]['measure']))}",
            f"of = {json.dumps(level)}",
            f'definition = {{ {lang} = "" }}',
            "",
        ]
    return lines


def _entry(text: str, role: str) -> list[str]:
    name, unit, _ = split_unit(without_prefix(split_marks(text)[0]))
    quoted = json.dumps(name, ensure_ascii=False)
    lang = language_of(name)
    names = f"{{ {lang} = {quoted} }}"
    id = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "new-entry"
    head = (
        f"[places.{id}]"
        if role == "region"
        else f"[{id.replace('-', '_') if role == 'indicator' else id}]"
    )
    lines = [f"# {_FILE[role]}", head, f"name = {names}"]
    if role == "region":
        lines.append('role = "comparison"')
    if role == "indicator":
        lines += [
            f"unit = {json.dumps(unit and as_typed(unit, lang), ensure_ascii=False)}",
            'form = "level"',
            'measure = ""',
            f'definition = {{ {lang} = "" }}',
        ]
    return [*lines, ""]
