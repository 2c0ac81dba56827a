"""Bounds of files from outside: a larger one is refused before memory is taken.

Each bound stands once, here, and is well above what a statistical office exports: a workbook of
200,000 rows by 30 columns, a list of a million rows, a cross table of 2,000 columns. Together
they keep a reading under a gigabyte, whatever the bytes say of themselves.
"""

from __future__ import annotations

#: Bytes of a file as it lies on the disk.
FILE = 256_000_000
#: Bytes of a table in JSON.
JSON = 32_000_000
#: Bytes of a document that others are to look like.
TEMPLATE = 64_000_000
#: Bytes of a map, and of any one document in TOML.
MAP = 1_000_000
#: Megabytes, and seconds of a processor, of the process that takes the cells out of an .xls file.
OLD_MEMORY = 1_000
OLD_SECONDS = 60
#: Parts of a workbook's package, the bytes that they unpack to together, and those of a part that
#: describes the workbook.
PARTS = 10_000
UNPACKED = 1_000_000_000
PART = 16_000_000
#: Styles of a workbook; a spreadsheet program stops at 65,490.
STYLES = 65_536
#: Texts that the cells of a workbook share.
SHARED = 2_000_000
#: Cells of the rectangle that a table spans: as a grid, and as columns of text.
CELLS = 10_500_000
LISTED = 40_000_000
#: Cells of a workbook that are formulas, or written in another way than most programs do.
SPECIAL = 3_000_000
#: Cells with a comment, or with a text of which a part is raised or struck out.
SIGNS = 500_000
#: Columns of a table, and the characters of one cell; both as a workbook has them.
COLUMNS = 16_384
ROWS = 1_048_576
CELL = 32_767
#: Characters of a label, of a unit and a period; a longer text is read as none of them.
WORD = 400
#: Bytes of all the texts of a table together, each as often as it stands in a cell.
TEXTS = 256_000_000
#: Bytes that the pages of a Parquet file unpack to.
PAGES = 512_000_000
#: Characters of one line of a table with delimiters.
LINE = 16_000_000
#: Cells of all sheets of a workbook that is searched for an input-output table.
TABLES = 3_000_000
#: Figures of one cross table.
FIGURES = 1_000_000
#: Rows of another width than the heading, after which a list is not read on.
ODD = 1_000
#: Rows of a heading, and entries of one list in a map.
HEADING = 20
ENTRIES = 200
