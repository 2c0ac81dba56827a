"""The encoding of a text is told by its words, and refused where they tell it not."""

from __future__ import annotations

import pytest

from shared import DATA
from songhua.errors import SonghuaError
from songhua.reading.sheets import open_book
from songhua.reading.sheets.encodings import encoding_of

RIGHT = [
    ("gb18030", "指标;2020年;2021年\n地区生产总值（亿元）;1;2"),
    ("gb18030", "讷河市,克山县,拜泉县,富裕县"),
    ("gb18030", "Region,2020\nData Sources： National Bureau of Statistics"),
    ("gb18030", "Region,2020\nData Sources：National Bureau"),
    ("cp1252", "Bevölkerung;Stichtag\nBaden-Württemberg;1\nThüringen;2\n© Destatis"),
    ("cp1252", "GEBÜHREN;BEVÖLKERUNG;STRAßE"),
    ("cp1252", "Libellé;Période;Île-de-France;Côte-d'Or;à"),
    ("cp1252", "São Paulo;Goiás;Maranhão;População;n.º de habitantes;1.ª Região"),
    ("cp1252", '"35013","Doña Ana, NM",6'),
    ("cp1252", "Österreich;España;Éire;København;Åland"),
    ("cp1252", "GDP (£ million);5 °C; 2010–2015; the bureau’s; © 2020; €; km²"),
    ("cp1252", "£m"),
    ("cp932", "都道府県,人口総数"),
    ("cp932", "北海道;東京都;データについて"),
]
OTHERS = [
    ("cp1250", "Województwo;dolnośląskie;kujawsko-pomorskie;łódzkie;małopolskie"),
    ("cp1250", "Středočeský kraj;Jihočeský kraj;Plzeňský kraj"),
    ("cp1254", "İstanbul;Gümüşhane;Aydın;Kırşehir;Niğde;Muğla"),
    ("cp1251", "Год;Кварталы;Индекс промышленного производства"),
    ("koi8-r", "Год;Кварталы;Индекс промышленного производства"),
    ("cp1253", "Αθήνα;Αττική"),
    ("euc-kr", "서울특별시,인구,부산광역시,경제활동인구,취업자,실업률"),
    ("euc-jp", "都道府県,人口総数,北海道,東京都,データについて"),
    ("big5", "年度,縣市別,臺北市,人口數,工業產值"),
]


@pytest.mark.parametrize(("encoding", "text"), RIGHT)
def test_words_tell_the_encoding(encoding: str, text: str) -> None:
    assert encoding_of(text.encode(encoding)) == encoding


@pytest.mark.parametrize(("encoding", "text"), OTHERS)
def test_an_encoding_that_is_not_read_is_not_taken_for_another(encoding: str, text: str) -> None:
    data = f"a;b\n{text}\n".encode(encoding)
    with pytest.raises(SonghuaError) as told:
        open_book(data, "x.csv")
    assert [fault.code for fault in told.value.faults] == ["import_encoding"]


def test_words_far_down_count_too() -> None:
    data = b"a;b\n" + b"1;2\n" * 400_000 + "Thüringen;3\n".encode("cp1252")
    assert encoding_of(data) == "cp1252"
    assert encoding_of(b"x" * 20_000_000 + b"\nTh\xfcringen;3\n") == "cp1252"
    assert encoding_of("地区产值".encode("gbk") * 500_000) == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", ["\t", ";", ",", "|"])
def test_each_encoding_and_delimiter(encoding: str, mark: str) -> None:
    text = f"Größe{mark}Wert\nMünchen{mark}5\n"
    book = open_book(text.encode(encoding), "x.csv")
    assert book.delimiter == mark
    assert book.grid().cells == [["Größe", "Wert"], ["München", "5"]]


@pytest.mark.shared("spreadsheets")
def test_published_texts() -> None:
    files = [*(DATA / "spreadsheets" / "files").glob("*.[ct]sv")]
    assert len(files) == 25
    western, chinese = set(), set()
    for file in files:
        data = file.read_bytes()
        if encoding := "" if _unicode(data) else encoding_of(data):
            (western if encoding == "cp1252" else chinese).add(file.stem)
        assert encoding or _unicode(data), file
    assert western == {
        "destatis_population_district_2021", "destatis_population_state_2020",
        "bea_cagdp1_county_2001_2018",
    }  # fmt: skip
    assert all(name.startswith("nbs_") for name in chinese)


def _unicode(data: bytes) -> bool:
    try:
        return bool(data.decode())
    except UnicodeDecodeError:
        return False
