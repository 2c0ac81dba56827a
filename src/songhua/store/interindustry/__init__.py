"""Official input-output tables: reading publishers' layouts, and the tables of a folder."""

from songhua.store.interindustry.plain import write as write_plain
from songhua.store.interindustry.reading import LAYOUTS, read_table

__all__ = ["LAYOUTS", "read_table", "write_plain"]
