"""The only owner of disk: finds, checks and writes the rows of a region, and what songhua keeps.

A part is loaded when it is first asked for, so that what needs no table loads no pandas. Whoever
stands above knows the names here, and no module or file behind them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from songhua.store import packs as packs
    from songhua.store import plan_tables as plan_tables
    from songhua.store import reviews as reviews
    from songhua.store import rulebooks as rulebooks
    from songhua.store import user_home as user_home
    from songhua.store.case import Case as Case
    from songhua.store.case import read as read
    from songhua.store.case import read_register as read_register
    from songhua.store.corrections import Correction as Correction
    from songhua.store.corrections import New as New
    from songhua.store.corrections import correct as correct
    from songhua.store.digests import BOOKS as BOOKS
    from songhua.store.digests import DRAWING as DRAWING
    from songhua.store.digests import digest as digest
    from songhua.store.digests import program as program
    from songhua.store.disk import bytes_of as bytes_of
    from songhua.store.disk import names_below as names_below
    from songhua.store.drafted import Drafted as Drafted
    from songhua.store.drafted import write_map as write_map
    from songhua.store.entered import Entered as Entered
    from songhua.store.entered import add_entry as add_entry
    from songhua.store.entered import add_figure as add_figure
    from songhua.store.firms import fact_of as fact_of
    from songhua.store.firms import firm_as_toml as firm_as_toml
    from songhua.store.firms import read_firm as read_firm
    from songhua.store.folder import at as at
    from songhua.store.folder import is_region as is_region
    from songhua.store.imports import Import as Import
    from songhua.store.imports import add as add
    from songhua.store.imports import content_of as content_of
    from songhua.store.imports import draft_map as draft_map
    from songhua.store.imports import refuse_said as refuse_said
    from songhua.store.kept import Shelf as Shelf
    from songhua.store.kept import leftover as leftover
    from songhua.store.kept import refuse_songhua as refuse_songhua
    from songhua.store.kept import stands_in_songhua as stands_in_songhua
    from songhua.store.learnt import add_learnt as add_learnt
    from songhua.store.learnt import with_wider as with_wider
    from songhua.store.outputs import standing as standing
    from songhua.store.outputs import write_outputs as write_outputs
    from songhua.store.plan_rows import PLAN_TABLES as PLAN_TABLES
    from songhua.store.plan_rows import change_plan_row as change_plan_row
    from songhua.store.plan_rows import rows_of_plan as rows_of_plan
    from songhua.store.port import State as State
    from songhua.store.port import Store as Store
    from songhua.store.scenarios import add_scenario as add_scenario
    from songhua.store.source import SECRET as SECRET
    from songhua.store.upgrade import upgrade_folder as upgrade_folder
    from songhua.store.writing import copy as copy
    from songhua.store.writing import write_new as write_new

    load_rulebook = rulebooks.load

#: What each module offers; some are offered whole.
_OFFERED = {
    "case": ("Case", "read", "read_register"),
    "corrections": ("Correction", "New", "correct"),
    "digests": ("BOOKS", "DRAWING", "digest", "program"),
    "disk": ("bytes_of", "names_below"),
    "drafted": ("Drafted", "write_map"),
    "entered": ("Entered", "add_entry", "add_figure"),
    "firms": ("fact_of", "firm_as_toml", "read_firm"),
    "folder": ("at", "is_region"),
    "imports": ("Import", "add", "content_of", "draft_map", "refuse_said"),
    "kept": ("Shelf", "leftover", "refuse_songhua", "stands_in_songhua"),
    "learnt": ("add_learnt", "with_wider"),
    "outputs": ("standing", "write_outputs"),
    "plan_rows": ("PLAN_TABLES", "change_plan_row", "rows_of_plan"),
    "port": ("State", "Store"),
    "rulebooks": ("load_rulebook",),
    "scenarios": ("add_scenario",),
    "source": ("SECRET",),
    "upgrade": ("upgrade_folder",),
    "writing": ("copy", "write_new"),
}
_HOMES = {name: module for module, names in _OFFERED.items() for name in names}
_WHOLE = ("packs", "plan_tables", "reviews", "rulebooks", "user_home")


def __getattr__(name: str) -> Any:
    if name in _WHOLE:
        return import_module(f"songhua.store.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'songhua.store' has no attribute '{name}'")
    module = import_module(f"songhua.store.{_HOMES[name]}")
    return getattr(module, "load" if name == "load_rulebook" else name)


def __dir__() -> list[str]:
    return [*_HOMES, *_WHOLE]
