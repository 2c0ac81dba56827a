"""Review sheets: one workbook a department goes out, and what it reports comes back.

`issue` writes the sheets, `recognised` knows one again, `take` checks a filled one and appends it
to `reviews/*.csv`; `answer` does the same with a form, `returns` tells how far a round is. A
report is what somebody said; it becomes a figure of the region only when a sourced observation is
added.
"""

from __future__ import annotations

from songhua.reading.reviews.returns import Return, returns
from songhua.reading.reviews.sheet_reader import recognised
from songhua.store.reviews.online import Answers, answer
from songhua.store.reviews.sheet_import import take
from songhua.store.reviews.sheet_writer import issue, one_sheet

__all__ = ["Answers", "Return", "answer", "issue", "one_sheet", "recognised", "returns", "take"]
