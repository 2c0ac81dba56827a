"""Words that packs know: each means one entry, and those of statistical offices are among them."""

from __future__ import annotations

from pathlib import Path

import pytest

import songhua
from songhua import store
from songhua.reading.drafts.sense import Explainer
from songhua.reading.sheets.words import key
from songhua.region import Region
from songhua.session import FolderRequest, begin
from songhua.store import packs

HEADING = (
    "indicator,region,industry,entity,period,value,unit,qualifier,kind,vintage,scope,source,"
    "published,recorded,note"
)
BEGUN = [("cn", ""), ("cn", "harbin"), ("us", ""), ("us", "oregon"), ("generic", "")]


def folder(pack: str, like: str, at: Path) -> Region:
    """The region of a folder begun from a pack."""
    currency = "EUR" if len(packs.pack(pack).territories) > 1 else ""
    request = FolderRequest(pack, like=like, currency=currency)
    return store.read(begin(at / "place", request).path).region


def meanings(region: Region, catalogue: str) -> dict[str, set[str]]:
    """The entries of a catalogue by each word for them, as words of sheets are compared."""
    by_word: dict[str, set[str]] = {}
    for id, entry in getattr(region, catalogue).items():
        for text in (id, *region.words(catalogue, id).texts.values(), *(entry.get("also") or ())):
            by_word.setdefault(key(str(text)), set()).add(id)
    if catalogue == "places":
        for text in (region.code, *region.name.texts.values()):
            by_word.setdefault(key(text), set()).add(region.code)
    return by_word


@pytest.mark.parametrize(("pack", "like"), BEGUN)
def test_no_word_means_two_entries_of_a_catalogue(pack: str, like: str, tmp_path: Path) -> None:
    region = folder(pack, like, tmp_path)
    for catalogue in ("indicators", "industries", "places"):
        double = {w: ids for w, ids in meanings(region, catalogue).items() if len(ids) > 1}
        assert not double, catalogue


def meant(region: Region, column: str, text: str) -> str:
    """What a label of a sheet sets in a column, where every word of it is understood."""
    sense = Explainer(region).explain(text, prefer=column)
    return sense.sets.get(column, "") if sense.clear else ""


#: Places as the bureau prints them, each with what follows in its full name.
PROVINCES = {
    **dict.fromkeys(("北京", "天津", "上海", "重庆"), "市"), "内蒙古": "自治区", "广西": "壮族自治区", "西藏": "自治区",
    "宁夏": "回族自治区", "新疆": "维吾尔自治区",
    **dict.fromkeys(
        ("河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东",
         "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海"), "省",
    ),
}  # fmt: skip
CITIES = (
    "北京", "天津", "石家庄", "太原", "呼和浩特", "沈阳", "大连", "长春", "哈尔滨", "上海", "南京", "杭州", "宁波", "合肥", "福州",
    "厦门", "南昌", "济南", "青岛", "郑州", "武汉", "长沙", "广州", "深圳", "南宁", "海口", "重庆", "成都", "贵阳", "昆明", "拉萨",
    "西安", "兰州", "西宁", "银川", "乌鲁木齐",
)  # fmt: skip
OF_HEILONGJIANG = (
    "哈尔滨", "齐齐哈尔", "鸡西", "鹤岗", "双鸭山", "大庆", "伊春", "佳木斯", "七台河", "牡丹江", "黑河", "绥化",
)  # fmt: skip


def test_provinces_large_cities_and_those_of_heilongjiang_are_known(tmp_path: Path) -> None:
    region = folder("cn", "", tmp_path)
    assert (len(PROVINCES), len(CITIES), len(OF_HEILONGJIANG)) == (31, 36, 12)
    for name, end in PROVINCES.items():
        id = meant(region, "region", name)
        assert id, name
        assert meant(region, "region", name + end) == id
    for name in (*CITIES, *OF_HEILONGJIANG, "大兴安岭地区"):
        assert meant(region, "region", name), name
        assert meant(region, "region", f"{name}市") or name == "大兴安岭地区"


@pytest.mark.parametrize(("text", "id"), [
    ("Shanxi", "shanxi"), ("Shaanxi", "shaanxi"), ("Nei Mongol", "inner-mongolia"), ("Inner Mongolia", "inner-mongolia"),
    ("全 国", "china"), ("National Total", "china"), ("Xizang", "tibet"), ("Daxinganling", "daxinganling"), ("黑 龙 江", "heilongjiang"),
])  # fmt: skip
def test_a_place_as_it_is_printed(text: str, id: str, tmp_path: Path) -> None:
    assert meant(folder("cn", "", tmp_path), "region", text) == id


def test_states_are_known_and_the_own_place_is_no_other(tmp_path: Path) -> None:
    region = folder("us", "", tmp_path)
    assert len(region.places_of("comparison")) == 51
    assert meant(region, "region", "District of Columbia") == "district-of-columbia"
    request = FolderRequest("cn", name="长春市")
    own = store.read(begin(tmp_path / "changchun-city", request).path).region
    assert "changchun" not in own.places
    assert meant(own, "region", "长春市") == own.code


@pytest.mark.parametrize("pack", ["cn", "us"])
def test_a_place_without_figures_is_in_no_result(pack: str, tmp_path: Path) -> None:
    region = folder(pack, "", tmp_path)
    gdp = ("gdp", region.code, "", "", "2024", "120", region.unit("gdp"), "", "actual")
    row = ",".join((*gdp, "", "", "bulletin", "", "2026-04-01", ""))
    (tmp_path / "place/observations/own.csv").write_text(f"{HEADING}\n{row}\n", "utf-8")
    study = songhua.open(tmp_path / "place").run("diagnose")
    for table in study.tables.values():
        assert not {*table.astype(str).to_numpy().ravel()} & {*region.places_of("comparison")}
