"""Whether the whole economy of a region has a size in a year."""

from __future__ import annotations

from songhua.region import SETTLED, Region


def has_total(region: Region, year: int) -> bool:
    """Whether a level of value added of the whole economy is held for the year.

    >>> import songhua
    >>> region = songhua.open(songhua.example()).region
    >>> has_total(region, 2020), has_total(region, 1900)
    (True, False)
    """
    sizes = {
        name for name, one in region.catalogue.items()
        if one.measure == "value_added" and one.form == "level" and one.basis in ("", "current")
    }  # fmt: skip
    for rows in (region.observations, region.panels):
        if len(rows):
            held = rows["indicator"].isin(sizes) & (rows["region"] == region.code)
            held &= (rows["industry"] == "all") & (rows["period"].astype(str) == str(year))
            held &= rows["kind"].isin(SETTLED)
            if (held & rows["number"].notna()).any():
                return True
    return False
