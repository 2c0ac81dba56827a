"""Review sheets: one workbook a department goes out, and what it reports comes back.

`issue` writes the sheets, `recognised` knows one again, `take` checks a filled one and appends
it to `reviews/*.csv`. A report is what somebody said; it becomes a figure of the region only
when a sourced observation is added.
"""

from __future__ import annotations

from songhua.store.reviews.issuing import issue
from songhua.store.reviews.reading import recognised
from songhua.store.reviews.taking import take

__all__ = ["issue", "recognised", "take"]
