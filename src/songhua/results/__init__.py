"""What a study gives: tables whose rows declare their columns, findings, and the recipe."""

from songhua.results.declared import tables as tables
from songhua.results.estimates import Estimate
from songhua.results.result import (
    Finding,
    Json,
    Recipe,
    RecipeData,
    Result,
    parameters,
    plain_value,
    records,
)
from songhua.results.rows import Row, Rows, cell_of, read_rows, table

__all__ = [
    "Estimate",
    "Finding",
    "Json",
    "Recipe",
    "RecipeData",
    "Result",
    "Row",
    "Rows",
    "cell_of",
    "parameters",
    "plain_value",
    "read_rows",
    "records",
    "table",
    "tables",
]
