"""The number of a property's examples: those of the tier, or a share of them."""

from __future__ import annotations

from typing import Any

from hypothesis import settings


def examples(share: float, **more: Any) -> settings:
    """A share of the tier's number of examples, for a property whose examples are dear.

    `conftest` sets the number of a tier before any test is read, so that `make deep` raises all.
    """
    return settings(max_examples=max(2, round(settings().max_examples * share)), **more)
