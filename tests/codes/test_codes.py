"""The classification tables: counts, parents, coverage, and reading without pandas."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from songhua import codes
from songhua.errors import SonghuaError

LEVELS = {
    "gbt4754-2017": {"section": 20, "division": 97, "group": 473, "class": 1381},
    "isic4": {"section": 21, "division": 88},
    "nace2": {"section": 21, "division": 88},
    "china-io153-2020": {"product": 153},
    "china-io-common": {"industry": 38},
    "high-tech-manufacturing-2017": {"field": 6, "class": 85},
    "high-tech-services-2018": {"class": 9},
    "strategic-emerging-2018": {"field": 9, "sub-field": 40},
    "digital-economy-2021": {"class": 5, "group": 32},
}
GBT = "gbt4754-2017"
PRODUCTS = "china-io153-2020"
COMMON = "china-io-common"
VOCABULARIES = {
    "china-io122-2002": 122,
    "china-io42-2005": 42,
    "china-io135-2007": 135,
    "china-io41-2010": 41,
    "china-io139-2012": 139,
    "china-io42-2015": 42,
    "china-io149-2017": 149,
    "china-io42-2017": 42,
    "china-io153-2020": 153,
}


def below(scheme: str, code: str) -> set[str]:
    """The code itself and all codes under it."""
    return {code}.union(*(below(scheme, child) for child in codes.children(scheme, code)))


def test_every_classification_is_counted_here() -> None:
    others = {"gbt4754-2017-amendment1", f"{GBT}_to_isic4", f"{PRODUCTS}_to_{GBT}"}
    others |= {f"{name}_to_{COMMON}" for name in VOCABULARIES}
    assert set(codes.names()) == set(LEVELS) | others


@pytest.mark.parametrize("name", VOCABULARIES)
def test_a_table_of_any_year_goes_whole_into_the_common_industries(name: str) -> None:
    links = codes.concordance(name, COMMON)
    assert len({link.old for link in links}) == len(links) == VOCABULARIES[name]
    assert {link.new for link in links} == set(codes.children(COMMON))
    assert {link.share for link in links} == {1.0}
    for link in links:
        assert (" (" in link.evidence) == (link.kind == "partial")


@pytest.mark.parametrize("scheme", LEVELS)
def test_counts_by_level(scheme: str) -> None:
    assert codes.table(scheme)["level"].value_counts().to_dict() == LEVELS[scheme]


@pytest.mark.parametrize("scheme", LEVELS)
def test_codes_are_unique_parents_exist_and_names_are_whole(scheme: str) -> None:
    table = codes.table(scheme)
    assert table["code"].is_unique
    assert set(table["parent"].dropna()) <= set(table["code"])
    for lang in ("zh", "en"):
        assert table[lang].notna().all()
        assert (table[lang] == table[lang].str.strip()).all()


@pytest.mark.parametrize("scheme", LEVELS)
def test_every_code_is_reached_from_the_top(scheme: str) -> None:
    tops = codes.children(scheme)
    reached = set().union(*(below(scheme, top) for top in tops))
    assert reached == set(codes.table(scheme)["code"])


def test_parents_of_gbt_are_prefixes_of_their_codes() -> None:
    table = codes.table(GBT)
    deep = table[table["level"].isin(["group", "class"])]
    assert [code[:-1] for code in deep["code"]] == list(deep["parent"])


def test_single_class_groups_carry_the_name_of_their_class() -> None:
    table = codes.table(GBT)
    groups = table.loc[table["level"] == "group", "code"]
    single = [group for group in groups if codes.children(GBT, group) == (f"{group}0",)]
    assert len(single) > 100
    for group in single:
        assert codes.name_of(GBT, group, "zh") == codes.name_of(GBT, f"{group}0", "zh")


def test_amendment_adds_one_class_and_moves_the_courts() -> None:
    amendment = codes.table("gbt4754-2017-amendment1").set_index("code")
    added = [code for code in amendment.index if not codes.has(GBT, code)]
    assert added == ["9233"]
    assert codes.name_of(GBT, "9231", "zh") == "人民法院" == amendment.loc["9232", "zh"]


def test_high_tech_classes_are_classes_of_the_standard() -> None:
    table = codes.table("high-tech-manufacturing-2017")
    for row in table[table["level"] == "class"].itertuples():
        assert row.zh == codes.name_of(GBT, str(row.code), "zh")
        assert row.en == codes.name_of(GBT, str(row.code), "en")


def test_concordance_to_isic_covers_both_sides() -> None:
    links = codes.concordance(GBT, "isic4")
    gbt, isic = codes.table(GBT), codes.table("isic4")
    assert {link.old for link in links} == set(gbt.loc[gbt["level"] == "division", "code"])
    divisions = set(isic.loc[isic["level"] == "division", "code"])
    assert divisions - {link.new for link in links} == {"98"}
    assert {link.new for link in links} <= divisions
    assert Counter(link.kind for link in links) == {"partial": 189, "exact": 14}
    assert all(link.evidence for link in links)


@pytest.mark.parametrize("pair", [(GBT, "isic4"), ("isic4", GBT)])
def test_exact_is_one_to_one_and_shares_are_whole_or_unknown(pair: tuple[str, str]) -> None:
    links = codes.concordance(*pair)
    counts = Counter(link.old for link in links)
    assert all(link.share == 1.0 for link in links if link.kind == "exact")
    for link in links:
        assert (link.share is None) == (counts[link.old] > 1)


def test_turned_round_it_holds_the_same_links() -> None:
    there = {(link.old, link.new, link.kind) for link in codes.concordance(GBT, "isic4")}
    back = {(link.new, link.old, link.kind) for link in codes.concordance("isic4", GBT)}
    assert there == back
    assert len(there) == 203


def test_every_group_is_in_exactly_one_product() -> None:
    links = codes.concordance(GBT, PRODUCTS)
    assert len(links) == 226
    assert all(link.share == 1.0 for link in links)
    assert {link.new for link in links} == set(codes.table(PRODUCTS)["code"])
    covered = Counter(code for link in links for code in below(GBT, link.old))
    assert set(covered.values()) == {1}
    table = codes.table(GBT)
    classes = set(table.loc[table["level"] == "class", "code"])
    assert classes - set(covered) == {"9700"}
    assert Counter(link.kind for link in links) == {"name": 216, "inferred": 10}


def test_nace_is_served_from_isic() -> None:
    assert codes.concordance(GBT, "nace2") == codes.concordance(GBT, "isic4")
    pairs = codes.concordance("isic4", "nace2")
    assert len(pairs) == 109
    assert all(link.old == link.new and codes.has("nace2", link.new) for link in pairs)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: codes.table("sic"), "table_unknown"),
        (lambda: codes.has("sic", "01"), "table_unknown"),
        (lambda: codes.children(f"{GBT}_to_isic4"), "table_unknown"),
        (lambda: codes.name_of("isic4", "1", "en"), "code_unknown"),
        (lambda: codes.children(GBT, "3410"), "code_unknown"),
        (lambda: codes.concordance(PRODUCTS, "isic4"), "concordance_unknown"),
    ],
)
def test_unknown_names_are_faults(call, code: str) -> None:
    with pytest.raises(SonghuaError) as error:
        call()
    assert [fault.code for fault in error.value.faults] == [code]


def test_a_table_is_new_at_each_call() -> None:
    table = codes.table("isic4")
    table.loc[0, "en"] = "changed"
    assert codes.table("isic4").loc[0, "en"] == codes.name_of("isic4", "A", "en")


def test_looking_up_a_code_loads_no_pandas() -> None:
    program = (
        "import sys; from songhua import codes; codes.has('isic4', '01');"
        "codes.name_of('nace2', '01', 'en'); codes.children('gbt4754-2017');"
        "codes.concordance('gbt4754-2017', 'isic4');"
        "assert not {'pandas', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
