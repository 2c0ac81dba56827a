"""The only owner of disk: finds, checks and writes the files of a region's folder.

A part is loaded when it is first asked for, so that what needs no table loads no pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from songhua.store import packs, plan_tables, reviews, rulebooks
    from songhua.store.corrections import Correction, New, correct
    from songhua.store.drafted import Drafted, write_map
    from songhua.store.entered import Entered, add_entry, add_figure
    from songhua.store.firms import as_toml as firm_as_toml
    from songhua.store.firms import from_text as fact_of
    from songhua.store.firms import read_firm
    from songhua.store.folder import Folder, read, read_register
    from songhua.store.imports import Import, add, content_of, draft_map, refuse_said
    from songhua.store.kept import Shelf, leftover
    from songhua.store.outputs import standing, write_outputs
    from songhua.store.plan_rows import change_plan_row
    from songhua.store.rulebooks import load as load_rulebook
    from songhua.store.scenarios import add_scenario
    from songhua.store.source import stamp
    from songhua.store.upgrade import upgrade_folder
    from songhua.store.writing import copy

__all__ = [
    "Correction",
    "Drafted",
    "Entered",
    "Folder",
    "Import",
    "New",
    "Shelf",
    "add",
    "add_entry",
    "add_figure",
    "add_scenario",
    "change_plan_row",
    "content_of",
    "copy",
    "correct",
    "draft_map",
    "fact_of",
    "firm_as_toml",
    "leftover",
    "load_rulebook",
    "packs",
    "plan_tables",
    "read",
    "read_firm",
    "read_register",
    "refuse_said",
    "reviews",
    "rulebooks",
    "stamp",
    "standing",
    "upgrade_folder",
    "write_map",
    "write_outputs",
]

#: The module of each name, and its name there where that is another; a module has none.
_HOMES = {
    "Correction": "corrections.Correction",
    "Drafted": "drafted.Drafted",
    "Entered": "entered.Entered",
    "Folder": "folder.Folder",
    "Import": "imports.Import",
    "New": "corrections.New",
    "Shelf": "kept.Shelf",
    "add": "imports.add",
    "add_figure": "entered.add_figure",
    "add_entry": "entered.add_entry",
    "change_plan_row": "plan_rows.change_plan_row",
    "add_scenario": "scenarios.add_scenario",
    "content_of": "imports.content_of",
    "copy": "writing.copy",
    "correct": "corrections.correct",
    "draft_map": "imports.draft_map",
    "fact_of": "firms.from_text",
    "firm_as_toml": "firms.as_toml",
    "refuse_said": "imports.refuse_said",
    "leftover": "kept.leftover",
    "load_rulebook": "rulebooks.load",
    "packs": "packs",
    "plan_tables": "plan_tables",
    "read": "folder.read",
    "read_firm": "firms.read_firm",
    "read_register": "folder.read_register",
    "reviews": "reviews",
    "rulebooks": "rulebooks",
    "standing": "outputs.standing",
    "stamp": "source.stamp",
    "upgrade_folder": "upgrade.upgrade_folder",
    "write_map": "drafted.write_map",
    "write_outputs": "outputs.write_outputs",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'songhua.store' has no attribute '{name}'")
    home, _, inner = _HOMES[name].partition(".")
    module = import_module(f"songhua.store.{home}")
    return getattr(module, inner) if inner else module
