"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store.folder import Folder, read
from songhua.store.importing import Import, add
from songhua.store.register import ENTERPRISES, read_alone
from songhua.store.writing import copy, write_new

REGISTER = ENTERPRISES[0]
read_register = read_alone

__all__ = ["REGISTER", "Folder", "Import", "add", "copy", "read", "read_register", "write_new"]
