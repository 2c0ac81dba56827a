"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store.folder import Folder, read
from songhua.store.writing import copy

__all__ = ["Folder", "copy", "read"]
