"""Words that packs know: each means one entry, and those of statistical offices are among them."""

from __future__ import annotations

from pathlib import Path

import pytest

import songhua
from songhua import store
from songhua.reading.crosstabs.texts import Words
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
    """The value a label of a sheet sets in a column, where its every word is understood."""
    sense = Words(region).sense(text, column)
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
    request = FolderRequest("cn", like="changchun", name="沈阳")  # panels need the place
    beside = store.read(begin(tmp_path / "named-so", request).path).region
    assert "shenyang" in beside.places


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


#: Indicators as offices print them; what follows a colon is an industry.
INDICATORS = {
    "cn": {
        "国内生产总值(亿元)": "gdp", "地区生产总值（GDP）": "gdp", "生产总值": "gdp", "第一产业增加值(亿元)": "gdp:primary",
        "工业增加值": "gdp:industry", "规模以上工业增加值": "gdp:industry-above-size", "人均国内生产总值(元)": "gdp_per_capita",
        "国内生产总值指数(上年=100)": "gdp_index", "第二产业增加值指数（上年＝100）": "gdp_index:secondary", "国民总收入(亿元)": "gni",
        "地区生产总值:固定资产折旧": "depreciation", "固定资产折旧": "depreciation", "汽车制造业出口交货值": "export_deliveries:division-36",
        "固定资产投资（不含农户）": "fixed_asset_investment", "全社会固定资产投资": "total_investment", "民间投资": "private_investment",
        "城镇固定资产投资(亿元)": "urban_investment", "房地产开发投资": "real_estate_investment", "社零总额": "retail_sales", "出口": "exports",
        "进口总额": "imports", "货物进出口总额": "trade", "实际使用外商直接投资": "fdi_utilised", "地方财政一般预算收入": "budget_revenue",
        "一般公共预算支出": "budget_spending", "金融机构本外币各项存款余额": "deposits", "人民币各项贷款余额": "loans_cny",
        "流通中现金（M0）供应量(亿元)": "money_m0", "M1": "money_m1", "货币和准货币(M2)供应量": "money_m2",
        "居民消费价格指数（上年=100）": "consumer_price_index", "商品零售价格指数": "retail_price_index", "RPI": "retail_price_index",
        "工业生产者出厂价格指数(上年同月=100)": "producer_price_index", "居民消费价格涨幅": "consumer_price_growth",
        "食品烟酒类居民消费价格指数": "food_price_index", "年末常住人口": "permanent_population", "户籍人口": "registered_population",
        "年末总人口(万人)": "total_population", "城镇人口(万人)": "urban_population", "65岁及以上人口(万人)": "people_65",
        "65岁及以上人口数（人口抽样调查）": "people_65_sample", "人口出生率": "birth_rate", "自然增长率": "natural_growth_rate",
        "城镇人口比重": "urbanisation_rate", "就业人员": "employed", "城镇非私营单位就业人员": "urban_unit_employees",
        "城镇单位就业人员平均工资": "urban_unit_wage", "城镇登记失业率": "registered_unemployment_rate",
        "居民人均可支配收入(元)": "income_per_capita", "居民人均可支配收入中位数(元)": "income_median",
        "城镇居民人均消费支出": "urban_consumption", "主营业务收入": "revenue", "利润总额": "profits", "能源消费总量": "energy_use",
        "全社会用电量": "electricity_use", "入境游客(万人次)": "inbound_tourists", "旅游总收入": "tourism_revenue",
        "专利授权数": "patents_granted", "研究与试验发展(R&D)经费支出": "rnd_spending", "高新技术企业": "high_tech_enterprises",
        "货运量(万吨)": "freight", "Total Retail Sales of Consumer Goods": "retail_sales",
        "Per Capita Disposable Income of Urban Households": "urban_income", "Gross Regional Product": "gdp",
    },
    "us": {
        "Real GDP (thousands of chained 2012 dollars)": "gdp_real_2012", "Real GDP": "gdp_real",
        "Current-dollar GDP (millions of current dollars)": "gdp", "Personal income (millions of dollars)": "personal_income",
        "Per capita personal income (dollars)": "personal_income_per_capita", "Population (persons)": "population",
        "Total employment (number of jobs)": "jobs", "Compensation (millions of dollars)": "compensation",
        "Gross operating surplus (millions of dollars)": "operating_surplus", "Annual payroll": "annual_payroll",
        "Number of establishments": "establishments", "EMP": "employees_march", "Resident Population": "population",
        "Taxes on production and imports (TOPI) less subsidies (millions of dollars)": "taxes_on_production",
        "All employees": "nonfarm_jobs", "Unemployed": "unemployed", "Per capita disposable personal income": "disposable_income_per_capita",
    },
    "generic": {
        "Gross domestic product at current market prices": "gdp", "Bruttoinlandsprodukt in jeweiligen Preisen": "gdp",
        "Produit intérieur brut": "gdp", "Produto Interno Bruto a preços correntes": "gdp", "Producto interior bruto": "gdp", "国内総生産": "gdp",
        "Валовой внутренний продукт": "gdp", "Gross Value Added (Balanced) at current basic prices": "gva",
        "Valor adicionado bruto a preços correntes": "gva", "Mining ;  Employed total ;": "jobs:section-b", "Erwerbstätige": "jobs",
        "Численность занятых": "jobs", "Unemployment rate": "unemployment_rate", "Taux de chômage": "unemployment_rate",
        "Tasa de paro": "unemployment_rate", "完全失業率": "unemployment_rate", "Уровень безработицы": "unemployment_rate",
        "Bevölkerung": "population", "População residente": "population", "População residente estimada": "population",
        "人口（総数）": "population", "人口（男）": "male_population", "Population totale": "population", "Población": "population",
        "Численность населения": "population", "Estimated resident population": "population", "Lebendgeborene": "births",
        "Quarterly hours worked in all jobs ;": "hours_worked", "Impostos, líquidos de subsídios, sobre produtos": "product_taxes",
        "GDP per inhabitant": "gdp_per_capita", "Nights spent at tourist accommodation establishments": "nights_spent",
    },
}  # fmt: skip


@pytest.mark.parametrize("pack", INDICATORS)
def test_indicators_as_offices_print_them(pack: str, tmp_path: Path) -> None:
    words_of_folder = Words(folder(pack, "", tmp_path))
    for text, words in INDICATORS[pack].items():
        indicator, _, industry = words.partition(":")
        sense = words_of_folder.sense(text, "indicator")
        sets = {"indicator": indicator} | ({"industry": industry} if industry else {})
        assert (sense.clear, dict(sense.sets)) == (True, sets), text


@pytest.mark.parametrize("text", [
    "国内生产总值指数(1978年=100)", "居民消费价格指数(上月=100)", "65岁及以上人口数", "人口抽样调查样本人数", "对外直接投资", "纺织服装、鞋、帽制造业",
])  # fmt: skip
def test_another_thing_with_words_alike_is_not_taken_for_it(text: str, tmp_path: Path) -> None:
    sense = Words(folder("cn", "", tmp_path)).sense(text, "indicator")
    assert not sense.clear or sense.base  # an index of another base is another indicator


def test_monthly_reports_find_the_growth_of_what_they_print(tmp_path: Path) -> None:
    relations = folder("cn", "", tmp_path).relations
    for level in ("gdp", "fixed_asset_investment", "total_investment", "real_estate_investment", "retail_sales", "trade", "exports", "imports",
                  "fdi_utilised", "budget_revenue", "budget_spending", "tax_revenue", "deposits", "loans", "loans_cny", "money_m2", "revenue",
                  "profits", "income_per_capita", "income_median", "urban_consumption", "electricity_use", "freight", "export_deliveries"):  # fmt: skip
        assert relations.growth_of(level), level


def test_an_index_is_no_rate(tmp_path: Path) -> None:
    """2.1 under an index on the year before is a fault, not an index of 2.1."""
    catalogue = folder("cn", "", tmp_path).catalogue
    indices = [one for id, one in catalogue.items() if id.endswith("_index")]
    assert {(one.form, one.unit, one.ends[0]) for one in indices} == {("ratio", "%", 20)}
    assert len(indices) == 7
