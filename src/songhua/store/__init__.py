"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store import reviews, rows, rulebooks
from songhua.store.firms import read_firm
from songhua.store.folder import Folder, read, read_register
from songhua.store.imports import Import, add, content_of
from songhua.store.upgrade import upgrade_folder
from songhua.store.writing import copy, write_new

load_rulebook = rulebooks.load

__all__ = [
    "Folder",
    "Import",
    "add",
    "content_of",
    "copy",
    "load_rulebook",
    "read",
    "read_firm",
    "read_register",
    "reviews",
    "rows",
    "rulebooks",
    "upgrade_folder",
    "write_new",
]
