"""Texts that stand in Chinese and again in English: 地区 Region."""

from __future__ import annotations

import re

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BOTH = re.compile(r"(.*[\u4e00-\u9fff][^A-Za-z]*?)\s+#?\s*[A-Z][A-Za-z]*[a-z]{2}.*", re.DOTALL)


def untranslated(text: str) -> str:
    """A text without its translation behind it; as it is where it has none.

    >>> untranslated("人均生产总值(元)\\nPer Capita GRP (yuan)"), untranslated("R&D 经费"), untranslated("A b")
    ('人均生产总值(元)', 'R&D 经费', 'A b')
    """  # noqa: E501
    match = _BOTH.fullmatch(text.strip())
    return match[1].strip() if match and not _HAN.search(text.strip(), match.end(1)) else text


def is_translation(text: str, before: str) -> bool:
    """True for a line without Chinese words below one that has such.

    >>> is_translation("Gross Product", "各市生产总值"), is_translation("Product", "GDP")
    (True, False)
    """
    return bool(_HAN.search(before)) and not _HAN.search(text) and any(map(str.isalpha, text))
