"""The only owner of disk: reads, checks and writes a region's folder."""

from songhua.store.folder import Folder, read

__all__ = ["Folder", "read"]
