"""The session: a folder opened, changed in memory and asked. It alone wires the studies."""

from songhua.examples import FIRST as FIRST_EXAMPLE
from songhua.reading.figure_names import Named
from songhua.session.beginning import Begun, FolderRequest, add_pack, begin
from songhua.session.cases import example, examples, new
from songhua.session.execution import Run
from songhua.session.firm import Firm, facts_told, firm, judged
from songhua.session.folder import (
    Checked,
    Issued,
    add_entry,
    add_figure,
    answer,
    change_plan_row,
    check,
    correct,
    import_file,
    read_tables,
    review,
)
from songhua.session.learning import learn_from
from songhua.session.repetition import rerun
from songhua.session.session import Session, open, open_register

__all__ = [
    "FIRST_EXAMPLE",
    "Begun",
    "Checked",
    "Firm",
    "FolderRequest",
    "Issued",
    "Named",
    "Run",
    "Session",
    "add_entry",
    "add_figure",
    "add_pack",
    "answer",
    "begin",
    "change_plan_row",
    "check",
    "correct",
    "example",
    "examples",
    "facts_told",
    "firm",
    "import_file",
    "judged",
    "learn_from",
    "new",
    "open",
    "open_register",
    "read_tables",
    "rerun",
    "review",
]
