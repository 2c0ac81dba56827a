"""All books, each by the function that makes it."""

from __future__ import annotations

from collections.abc import Callable

from office_books import china, lists, marks, texts, vendors, west
from office_books.making import Made

MAKERS: tuple[Callable[[], Made], ...] = (
    china.provinces_ten_years,
    china.quarters_current_cumulative,
    china.national_accounts_years,
    china.sectors_two_vintages,
    china.investment_growth_sections,
    china.districts_joint_value,
    china.gdp_with_census_break,
    china.month_main_indicators,
    china.month_without_year,
    china.towns_shown_in_thousands,
    china.towns_shown_in_thousands_again,
    vendors.branch_series_serials,
    vendors.quarter_series_by_month,
    vendors.month_series_headed_twice,
    marks.county_flags,
    marks.counties_marked,
    marks.towns_late_signs,
    marks.counties_other_unit,
    west.time_series_workbook,
    west.cities_english_units,
    west.industries_three_systems,
    west.financial_years_sectors,
    west.shares_per_cent,
    west.two_tables_one_sheet,
    lists.cities_quarter_list,
    lists.cities_jobs_bare,
    lists.census_households,
    lists.visits_by_month,
    texts.sdmx_quarter_accounts,
    texts.jsonstat_municipalities,
    texts.eurostat_employment,
    texts.genesis_population,
)
