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


#: By classification, and by its id or its code, a section or division as offices print it.
PRINTED = {
    ("cn", "GB/T 4754"): {
        "第一产业": "primary", "第二产业": "secondary", "第三产业": "tertiary", "工业": "industry", "规模以上工业": "industry-above-size",
        "农林牧渔业": "section-a", "农、林、牧、渔业": "section-a", "采矿业": "section-b", "C 制造业": "section-c", "制造业": "section-c",
        "电力、燃气及水的生产和供应业": "section-d", "建筑业": "section-e", "批发和零售业": "section-f", "批发和零售": "section-f",
        "交通运输、仓储和邮政业": "section-g", "住宿和餐饮业": "section-h", "信息传输、软件和信息技术服务业": "section-i",
        "信息传输、计算机服务和软件业": "section-i", "Financial Intermediation": "section-j", "房地产业": "section-k",
        "租赁和商务服务业": "section-l", "科学研究、技术服务和地质勘查业": "section-m", "水利、环境和公共设施管理业": "section-n",
        "居民服务和其他服务业": "section-o", "教育": "section-p", "卫生、社会保障和社会福利业": "section-q", "文化、体育和娱乐业": "section-r",
        "公共管理、社会保障和社会组织": "section-s", "S": "section-s", "煤炭开采和洗选业": "division-06", "开采辅助活动": "division-11",
        "C15": "division-15", "饮料制造业": "division-15", "C26 化学原料和化学制品制造业": "division-26",
        "化学原料及化学制品制造业": "division-26", "石油加工、炼焦和核燃料加工业": "division-25", "汽车制造业": "division-36",
        "Manufacture of Medicines": "division-27", "电力、热力的生产和供应业": "division-44", "水的生产和供应业": "division-46",
    },
    ("us", "NAICS"): {
        "11": "agriculture", "21": "mining", "22": "utilities", "Construction": "construction", "31-33": "manufacturing",
        "Wholesale Trade": "wholesale", "44-45 Retail Trade": "retail", "48-49": "transport", "Information": "information",
        "Finance and Insurance": "finance", "Real Estate and Rental and Leasing": "real-estate-rental",
        "Professional, Scientific, and Technical Services": "professional", "Management of Companies and Enterprises": "management",
        "Administrative and Support and Waste Management and Remediation Services": "administrative",
        "Educational Services": "education", "Health Care and Social Assistance": "health",
        "Arts, Entertainment, and Recreation": "arts", "Accommodation and Food Services": "lodging-food",
        "Other Services (except Public Administration)": "other-services", "92": "public-administration",
        "Mining, Quarrying, and Oil and Gas Extraction": "mining", "Government and government enterprises": "government",
    },
    ("generic", "ISIC Rev. 4"): {
        "A": "section-a", "B Mining and quarrying": "section-b", "Manufacturing": "section-c", "Education": "section-p",
        "Electricity, gas, steam and air conditioning supply": "section-d", "Construction": "section-f",
        "Activities of extraterritorial organizations and bodies": "section-u", "Other service activities": "section-s",
    },
    ("generic", "NACE Rev. 2"): {
        "Verarbeitendes Gewerbe": "section-c", "Baugewerbe": "section-f", "Gastgewerbe": "section-i",
        "Wholesale and retail trade; repair of motor vehicles and motorcycles": "section-g", "Real estate activities": "section-l",
        "Activities of extraterritorial organisations and bodies": "section-u", "Activities of households as employers": "section-t",
    },
    ("generic", "SIC 2007"): {
        "Water supply; sewerage, waste management and remediation activities": "section-e", "Mining and quarrying": "section-b",
        "Public administration and defence": "section-o", "Activities of households": "section-t",
    },
    ("generic", "ANZSIC 2006"): {
        "Agriculture, Forestry and Fishing": "section-a", "Mining": "section-b", "Construction": "section-f",
        "Electricity, Gas, Water and Waste Services": "electricity-gas-water-waste", "Wholesale Trade": "wholesale",
        "Retail Trade": "retail", "Accommodation and Food Services": "section-i", "Transport, Postal and Warehousing": "section-h",
        "Information Media and Telecommunications": "information-media-telecommunications",
        "Financial and Insurance Services": "section-k", "Rental, Hiring and Real Estate Services": "rental-real-estate",
        "Professional, Scientific and Technical Services": "professional-computer-services",
        "Administrative and Support Services": "administrative-support", "Education and Training": "section-p",
        "Public Administration and Safety": "public-administration-safety", "Other Services": "other-services",
        "Health Care and Social Assistance": "section-q", "Arts and Recreation Services": "section-r",
    },
}  # fmt: skip


@pytest.mark.parametrize(("pack", "classification"), PRINTED)
def test_industries_as_offices_print_them(pack: str, classification: str, tmp_path: Path) -> None:
    region = folder(pack, "", tmp_path)
    for text, id in PRINTED[pack, classification].items():
        assert meant(region, "industry", text) == id, text


def test_a_number_alone_is_no_division(tmp_path: Path) -> None:
    """It may be a month."""
    region = folder("cn", "", tmp_path)
    assert not [text for text in map(str, range(1, 50)) if meant(region, "industry", text)]
