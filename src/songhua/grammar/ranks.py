"""Ranks among places in a target's words: 进入全国前十, "rank among the top 3 provinces"."""

from __future__ import annotations

import re

from songhua.grammar.numerals import whole_number
from songhua.grammar.times import Token

_N = r"(\d{1,3}|[一二两三四五六七八九十百]{1,5})"
_AREA = (
    r"(?:全国|全省|全市|全区|全县|全球|世界|国内|省内|市内|[东中西]部|东北|中西部|长三角|珠三角)"
    r"(?:[\u4e00-\u9fff]{0,6}?(?:城市|省份|省区市|地市|市州|县市|县域|县区|区县|园区|开发区|高新区|地区))?"
    r"|\"[^\"]{1,40}\""
)
_SEAT = r"(?:名|位|强|个|甲)?(?:之列|行列)?(以内|之内)?"
_ENDS = r"(?=\s*(?:$|[,;。.、)(]))"
_CHINESE = re.compile(
    r"(?:排名|位次|位列|位居|居于|居|列|排在|排|进入|跻身|跃居|跃升至|跃升到?|迈入|挺进|冲进|挤进|进|到"
    r"|升至|升到|上升到|上升至|提升到|提升至|提高到|达到)*"
    rf"({_AREA})?(?:的)?(?:排名|位次)?(?:前{_N}|第{_N}|(?!百强){_N}强){_SEAT}{_ENDS}"
)
_PLACES = (
    r"(?:(?!and\b|or\b|the\b)[A-Za-z-]+\s+){0,2}(?:provinces?|prefectures?|cit(?:y|ies)|regions?|states?"
    r"|countr(?:y|ies)|count(?:y|ies)|towns?|places?|districts?|municipalit(?:y|ies)|areas?|economies)"
)
_WITHIN = (
    r"(?:in|of|among|within|across)\s+(?:the\s+)?(?:nation|country|province|state|city|world"
    r"|(?-i:[A-Z])[A-Za-z]+(?:\s+(?-i:[A-Z])[A-Za-z]+)*)"
)
_OF = rf"((?:\s+{_PLACES})?(?:\s+{_WITHIN})?|\s+nationally|\s+among\s+\"[^\"]+\")"
_TIMED = (
    r"(?=\s*(?:$|[,;.)(]|by\b|in\s+(?:(?:19|20)\d\d|Q\d|FY|the\s+(?:first|second))"
    r"|over\b|during\b|for\b|from\b))"
)
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TOP = rf"(\d{{1,3}}|{'|'.join(_WORDS)}|[一二两三四五六七八九十百]{{1,5}})"
_ENGLISH = re.compile(
    r"(?:(?:to\s+)?(?:be|become|ranks?|ranked|reach|enter|join|be\s+ranked|place|placed)\s+)?"
    rf"(?:(?:(?:among|in|within|into)\s+)?(?:the|an?)\s+top[- ]{_TOP}(?!\s*%|\s*per)"
    rf"|(?<=rank )(?:number\s+)?{_N}(?:st|nd|rd|th)?(?:\s+place)?){_OF}{_TIMED}",
    re.I,
)
NATION, PROVINCE, CITY = "nation", "province", "city"
_PEERS = {
    "全国": NATION,
    "国内": NATION,
    "nationally": NATION,
    "in the nation": NATION,
    "in the country": NATION,
    "of the nation": NATION,
    "of the country": NATION,
    "全省": PROVINCE,
    "省内": PROVINCE,
    "全区": PROVINCE,
    "in the province": PROVINCE,
    "in the state": PROVINCE,
    "of the province": PROVINCE,
    "of the state": PROVINCE,
    "全市": CITY,
    "市内": CITY,
    "in the city": CITY,
    "of the city": CITY,
}


def rank_at(text: str, at: int) -> Token | None:
    """The rank that begins here: its bound, its number, and among whom it is counted.

    >>> rank_at("进入全国前十", 0).says, rank_at("rank among the top 3 provinces", 0).says
    ('at_most 10 nation', 'at_most 3 provinces')
    >>> rank_at("位居全省第3位", 0).says, rank_at("前三年", 0) is None
    (' 3 province', True)
    """
    if match := _CHINESE.match(text, at):
        area, top, place, strong, within = match.groups()
        bound = "at_most" if within or not place else ""
        number = _count(top or place or strong)
        return Token("rank", f"{bound} {number} {_peer(area or '')}", at, match.end())
    if match := _ENGLISH.match(text, at):
        top, place, area = match.groups()
        bound = "" if place else "at_most"
        number = _WORDS.index(top.lower()) + 2 if top and top.lower() in _WORDS else top or place
        return Token("rank", f"{bound} {number} {_peer(area)}", at, match.end())
    return None


def _count(text: str) -> int | None:
    return int(text) if text.isascii() else whole_number(text)


def _peer(words: str) -> str:
    name = words.strip()
    peer = _PEERS.get(name) or _PEERS.get(name.lower())
    return peer or re.sub(r"^(?:of|among)\s+(?:the\s+)?", "", name).strip('"')
