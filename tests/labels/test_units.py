"""Units: what each text measures, words for them, and what never mixes (§4)."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from songhua import messages
from songhua.errors import SonghuaError
from songhua.labels import convert, parse_unit
from songhua.labels.units import COUNTED, SCALES, currency, factor

BASES = [*sorted(COUNTED), "catties", "CNY", "EUR"]
SCALED = st.builds(
    lambda scale, base: f"{scale} {base}".strip(),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(BASES),
)
UNITS = st.one_of(
    SCALED,
    st.sampled_from(["%", "‰", "pp", "x"]),
    st.builds(lambda a, n, b: f"{a} per {n} {b}", SCALED, st.integers(1, 10**6), SCALED),
    st.sampled_from(["bn CNY@2020", "100m EUR@1978", "CNY per persons", "tce per 10k CNY"]),
)


@pytest.mark.parametrize(
    ("text", "factor", "dimension"),
    [
        ("100m CNY", 10**8, ("CNY", "")),
        ("10k persons", 10**4, ("persons", "")),
        ("%", Fraction(1, 100), ("ratio", "")),
        ("‰", Fraction(1, 1000), ("ratio", "")),
        ("pp", Fraction(1, 100), ("points", "")),
        ("x", 1, ("ratio", "")),
        ("places per 1000 persons", Fraction(1, 1000), ("places", "persons")),
        ("t", 1000, ("kg", "")),
        ("bn catties", Fraction(10**9, 2), ("kg", "")),
        ("tce per 10k CNY", Fraction(1, 10**4), ("tce", "CNY")),
    ],
)
def test_factor_and_dimension(text: str, factor: Fraction, dimension: tuple[str, str]) -> None:
    unit = parse_unit(text)
    assert (unit.factor, unit.dimension, str(unit)) == (factor, dimension, text)


@pytest.mark.parametrize(
    ("word", "unit"),
    [
        ("亿元", "100m CNY"),
        ("万元", "10k CNY"),
        ("元", "CNY"),
        ("万人", "10k persons"),
        ("人", "persons"),
        ("百分点", "pp"),
        ("亿美元", "100m USD"),
        ("billion yuan", "bn CNY"),
        ("percentage points", "pp"),
    ],
)
def test_words_of_a_language(word: str, unit: str) -> None:
    assert parse_unit(word) == parse_unit(unit)
    assert str(parse_unit(f" {word} ")) == unit


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_word_for_a_unit_reads_as_its_unit(lang: str) -> None:
    for unit, words in messages.catalogue(lang)["units"].items():
        assert str(parse_unit(unit)) == unit
        for word in words:
            assert parse_unit(word) == parse_unit(unit), word


@pytest.mark.parametrize(
    "text",
    [
        "", "yuan CNY", "bn", "k %", "cny", "CNYX", "CNY@20", "%@2020", "persons@2020", "per",
        "persons per", "persons per 0 persons", "x per", "k k CNY", "1000 CNY", "٣ CNY",
        "places per ١٠٠ persons", "100m  CNY", "CNY per 1000", "places per 00 persons",
    ],
)  # fmt: skip
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(SonghuaError) as error:
        parse_unit(text)
    assert error.value.faults[0].code == "unit_unknown"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pp", "%"),
        ("CNY", "EUR"),
        ("bn CNY", "bn CNY@2020"),
        ("bn CNY@2015", "bn CNY@2020"),
        ("persons", "count"),
        ("CNY", "persons"),
        ("places", "places per 1000 persons"),
        ("%", "x per 1000 persons"),
    ],
)
def test_what_differs_is_never_converted(old: str, new: str) -> None:
    with pytest.raises(SonghuaError) as error:
        convert(1.0, old, new)
    assert error.value.faults[0].code in {"units_differ", "unit_unknown"}


def test_conversion_by_hand() -> None:
    assert convert(5183.8, "100m CNY", "bn CNY") == 518.38
    assert convert(1000.98, "10k persons", "persons") == 10009800
    assert convert(3, "catties", "kg") == 1.5
    assert convert(0.36, "%", "‰") == 3.6
    assert convert(2, "x", "%") == 200
    assert math.isnan(convert(math.nan, "%", "‰"))
    assert convert(math.inf, "%", "‰") == math.inf


def test_money_and_counts() -> None:
    assert parse_unit("100m CNY").money
    assert parse_unit("bn CNY@2020").money
    assert not parse_unit("CNY per persons").money
    assert parse_unit("persons").counted
    assert not parse_unit("10k persons").counted
    assert not parse_unit("kg").counted
    assert currency("EUR") == "EUR"
    for wrong in ("eur", "EURO", "", "ＥＵＲ"):
        with pytest.raises(SonghuaError):
            currency(wrong)


@given(UNITS)
def test_text_and_back(text: str) -> None:
    unit = parse_unit(text)
    assert parse_unit(str(unit)) == unit
    assert unit.factor > 0


@given(UNITS, UNITS, st.floats(-1e12, 1e12, allow_subnormal=False))
def test_there_and_back_is_the_same_number(old: str, new: str, value: float) -> None:
    one, other = parse_unit(old), parse_unit(new)
    if one.dimension != other.dimension or one.prices != other.prices:
        with pytest.raises(SonghuaError):
            convert(value, old, new)
        return
    back = convert(convert(value, old, new), new, old)
    assert back == pytest.approx(value, rel=1e-15, abs=1e-300)
    assert convert(value, old, new) == pytest.approx(value * factor(one, other), rel=1e-15)


@given(st.text(max_size=40))
def test_any_text_gives_a_unit_or_a_fault(text: str) -> None:
    try:
        unit = parse_unit(text)
    except SonghuaError as error:
        assert error.faults[0].code == "unit_unknown"
    else:
        assert parse_unit(str(unit)) == unit


@pytest.mark.parametrize(
    ("scale", "zeros"),
    [("k", 3), ("10k", 4), ("m", 6), ("10m", 7), ("100m", 8), ("bn", 9), ("tn", 12)],
)
def test_a_scale_is_so_many_zeros(scale: str, zeros: int) -> None:
    assert convert(3, f"{scale} EUR", "EUR") == 3 * 10**zeros


@pytest.mark.parametrize(
    ("value", "unit", "other", "same"),
    [(50, "‰", "%", 5), (5, "x", "%", 500), (30, "mu", "ha", 2)],
)
def test_ratios_and_areas_by_hand(value: float, unit: str, other: str, same: float) -> None:
    assert convert(value, unit, other) == same
