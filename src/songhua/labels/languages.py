"""Which codes name a language: those of ISO 639-1."""

from __future__ import annotations

#: The 183 codes of ISO 639-1.
_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia
    id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
    lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """
CODES = frozenset(_CODES.split())
#: Codes of countries and longer ones of languages that are written in their place.
_WRITTEN = {
    "cn": "zh",
    "hk": "zh",
    "chi": "zh",
    "zho": "zh",
    "cmn": "zh",
    "us": "en",
    "gb": "en",
    "eng": "en",
    "jp": "ja",
    "jpn": "ja",
    "kor": "ko",
    "ger": "de",
    "deu": "de",
    "fre": "fr",
    "fra": "fr",
    "rus": "ru",
    "spa": "es",
    "ita": "it",
}


def language_meant(text: str) -> str:
    """The code that a text which is none was written for; blank if that cannot be said.

    >>> language_meant("cn"), language_meant("zh-CN"), language_meant("EN"), language_meant("xx")
    ('zh', 'zh', 'en', '')
    """
    code = text.lower().replace("_", "-").partition("-")[0]
    return code if code in CODES else _WRITTEN.get(code, "")
