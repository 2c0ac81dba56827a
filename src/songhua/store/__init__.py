"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store import reviews, rows
from songhua.store.folder import Folder, read, read_register
from songhua.store.imports import Import, add, content_of
from songhua.store.upgrade import upgrade_folder
from songhua.store.writing import copy, write_new

__all__ = [
    "Folder",
    "Import",
    "add",
    "content_of",
    "copy",
    "read",
    "read_register",
    "reviews",
    "rows",
    "upgrade_folder",
    "write_new",
]
