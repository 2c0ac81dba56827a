"""Whether the whole economy of a region has a size in a year."""

from __future__ import annotations

from songhua.labels.units import parse_unit
from songhua.region import SETTLED, Region


def has_total(region: Region, year: int) -> bool:
    """Whether a level of value added of the whole economy is held for the year.

    One of another vintage or scope is no size to put others into, nor is nought or other money.

    >>> import songhua
    >>> region = songhua.open(songhua.example()).region
    >>> has_total(region, 2020), has_total(region, 1900)
    (True, False)
    """
    sizes = {
        name for name, one in region.catalogue.items()
        if one.measure == "value_added" and one.form == "level" and one.basis in ("", "current")
        and parse_unit(one.unit).dimension == (region.currency, "")
    }  # fmt: skip
    for rows in (region.observations, region.panels):
        if len(rows):
            held = rows["indicator"].isin(sizes) & (rows["region"] == region.code)
            held &= (rows["industry"] == "all") & (rows["period"].astype(str) == str(year))
            held &= rows["kind"].isin(SETTLED)
            for name in ("entity", "vintage", "scope"):
                held &= (rows[name] == "") if name in rows else True
            if (held & (rows["number"] > 0)).any():
                return True
    return False
