"""Numbers as a folder writes them: digits, a point, and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

from songhua.errors import SonghuaError
from songhua.fault_kinds import NumberUnreadable

DECIMAL = r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$"


def parse_decimal(text: str) -> Decimal:
    """Read a number, exactly.

    Raises:
        SonghuaError: `number_unreadable`, for any other text.

    >>> parse_decimal("-5.50")
    Decimal('-5.50')
    """
    if not re.match(DECIMAL, text):
        short = text if len(text) <= 80 else text[:79] + "…"
        raise SonghuaError(NumberUnreadable(text=short))
    return Decimal(text)
