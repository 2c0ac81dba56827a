"""The workbench opens folders, orders studies, runs and re-runs them. It alone wires the rest."""

from songhua.examples import FIRST as FIRST_EXAMPLE
from songhua.workbench.documents import (
    evaluation,
    month,
    write_document,
    write_report,
    write_tables,
)
from songhua.workbench.firms import Firm, certify_register, firm, register, write_firm
from songhua.workbench.folders import (
    example,
    examples,
    holds,
    import_file,
    new,
    open,
    open_folder,
    review,
)
from songhua.workbench.running import STUDIES, Run, Shown, rerun, run

__all__ = [
    "FIRST_EXAMPLE",
    "STUDIES",
    "Firm",
    "Run",
    "Shown",
    "certify_register",
    "evaluation",
    "example",
    "examples",
    "firm",
    "holds",
    "import_file",
    "month",
    "new",
    "open",
    "open_folder",
    "register",
    "rerun",
    "review",
    "run",
    "write_document",
    "write_firm",
    "write_report",
    "write_tables",
]
