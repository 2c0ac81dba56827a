"""A region as its folder tells it: catalogues, indicators, figures, and the days of knowledge."""

from songhua.region.region import AHEAD, GRADES, SETTLED, Catalogue, Indicator, Region, weakest

__all__ = ["AHEAD", "GRADES", "SETTLED", "Catalogue", "Indicator", "Region", "weakest"]
