"""The only owner of disk: finds, checks and writes the rows of a region, and what songhua keeps.

A part is loaded when it is first asked for, so that what needs no table loads no pandas. Whoever
stands above knows the names here, and no module or file behind them.
"""

from __future__ import annotations

from lazy_loader import attach_stub

#: The names of the package stand in `__init__.pyi`.
__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)
