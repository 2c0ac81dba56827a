"""Results of studies: tables whose rows declare their columns, findings, and the recipe."""

from songhua.results.declared import rows_of, tables
from songhua.results.estimates import QUANTILES, Estimate
from songhua.results.finding import Finding, kinds, read_finding
from songhua.results.plain import Json, plain_value
from songhua.results.result import Recipe, RecipeData, Result, records
from songhua.results.rows import Row, Rows, as_text, cells_of, read_rows, table

__all__ = [
    "QUANTILES",
    "Estimate",
    "Finding",
    "Json",
    "Recipe",
    "RecipeData",
    "Result",
    "Row",
    "Rows",
    "as_text",
    "cells_of",
    "kinds",
    "plain_value",
    "read_finding",
    "read_rows",
    "records",
    "rows_of",
    "table",
    "tables",
]
