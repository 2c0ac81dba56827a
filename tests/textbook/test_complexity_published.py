"""Fitness and proximity against published numbers: 226 countries, 785 products, 1998 to 2000.

The R package economiccomplexity ships them (M. Vargas Sepúlveda, 2020). Its magnitudes are means
over partners, so that they state no facts; here they only test the algorithm.
"""

import pandas as pd
import pytest

from close import assert_close
from shared import DATA
from songhua.maths import complexity

TRADE = DATA / "trade_complexity_1998_2000"


@pytest.fixture(scope="module")
def presence():
    long = pd.read_csv(TRADE / "world_trade_avg_1998_2000.csv.gz", dtype={"product": str})
    frame = long.set_index(["country", "product"])["value"].unstack(fill_value=0).astype(float)
    return complexity.presence(complexity.location_quotients(frame))


def _published(name, label):
    return pd.read_csv(TRADE / name, dtype={label: str}).set_index(label).iloc[:, 0]


@pytest.mark.shared("trade_complexity_1998_2000")
def test_fitness_of_countries_and_complexity_of_products(presence):
    """Twenty iterations there, the first of which is the ones that all start from."""
    regions, industries = complexity.fitness(presence, steps=19)
    country = _published("expected_complexity_index_country.csv", "country")
    product = _published("expected_complexity_index_product.csv", "product")
    assert_close(regions, country[regions.index], rtol=1e-9)
    assert_close(industries, product[industries.index], rtol=1e-9)


@pytest.mark.shared("trade_complexity_1998_2000")
def test_proximity_of_countries(presence):
    """Countries in the place of products; printed to ten decimals."""
    published = pd.read_csv(TRADE / "expected_proximity_country.csv.gz", index_col=0)
    found = complexity.proximity(presence.T, diagonal=True)
    assert_close(found, published.loc[found.index, found.columns], rtol=0, atol=5.1e-11)
