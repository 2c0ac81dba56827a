"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store import reviews
from songhua.store.folder import Folder, read
from songhua.store.importing import Import, add, content_of
from songhua.store.writing import copy, write_new

__all__ = ["Folder", "Import", "add", "content_of", "copy", "read", "reviews", "write_new"]
