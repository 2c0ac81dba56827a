"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store import reviews
from songhua.store.folder import Folder, read
from songhua.store.imports import Import, add, content_of
from songhua.store.register import read_alone
from songhua.store.source import ENTERPRISES
from songhua.store.upgrade import upgrade_folder
from songhua.store.writing import copy, write_new

REGISTER = ENTERPRISES[0]
read_register = read_alone

__all__ = [
    "REGISTER",
    "Folder",
    "Import",
    "add",
    "content_of",
    "copy",
    "read",
    "read_register",
    "reviews",
    "upgrade_folder",
    "write_new",
]
