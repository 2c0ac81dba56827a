"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store.folder import Folder, read
from songhua.store.importing import Import, add
from songhua.store.writing import copy, write_new

__all__ = ["Folder", "Import", "add", "copy", "read", "write_new"]
