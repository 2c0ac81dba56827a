"""Official input-output tables: reading publishers' layouts, and the tables of a folder."""

from songhua.reading.interindustry.common import common_tables
from songhua.reading.interindustry.plain import template
from songhua.reading.interindustry.plain import write as write_plain
from songhua.store.interindustry.reader import LAYOUTS, read_table

__all__ = ["LAYOUTS", "common_tables", "read_table", "template", "write_plain"]
