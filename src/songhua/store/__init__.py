"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store import reviews, rulebooks
from songhua.store.firms import read_firm
from songhua.store.folder import Folder, read
from songhua.store.imports import Import, add, content_of
from songhua.store.register import read_alone
from songhua.store.source import ENTERPRISES
from songhua.store.upgrade import upgrade_folder
from songhua.store.writing import copy, write_new

REGISTER = ENTERPRISES[0]
read_register = read_alone
load_rulebook = rulebooks.load

__all__ = [
    "REGISTER",
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
    "rulebooks",
    "upgrade_folder",
    "write_new",
]
