"""Wrong words in what is shown: codes, doubled words, numbers that say nothing, mixed languages.

Each rule is a pattern; `wrong` finds them in a text, and none in what addresses and names of files
hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from songhua import messages

HAN, LATIN = r"[\u4e00-\u9fff]", r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’-][A-Za-zÀ-ÖØ-öø-ɏ]+)*"
#: Addresses, names of files, commands in quotes and digests, which may hold anything.
APART = re.compile(
    r"https?://\S+|`[^`]*`|[\w./*~-]+\.(?:csv|toml|json|html|xlsx|docx|pdf)(?::\d+)?|\b[0-9a-f]{40,}\b"
    r"|\b[\w-]+/(?=\W|$)|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|cn|ai|gov|co|cc|info|edu|us)\b|\b(?:\d+\.){3}\d+(?::\d+)?"
)
LAYOUT = str.maketrans({"\u2060": "", "\u00a0": " ", "\x1f": " "})
UNITS = r"persons|count|visits|places|households|CNY|USD|EUR|tce|kg|t|kWh|m2|m3|km2|ha|mu"
NUMBER = r"(?<![\w.,−–—-])[+−]?\d[\d.,]*"

BOTH = {
    "code of a unit": rf"\b(?:k|10k|m|10m|100m|bn|tn) (?:{UNITS})\b|\b1000 persons\b|\d ?(?:persons|count)\b",
    "code of a period": r"\bplan:\d{4}|\b\d{4}\.\.\d{4}\b|\b\d{4}-(?:Q[1-4]|H[12])\b",
    "id": r"(?<![\w./-])[a-z]+(?:_[a-z0-9]+)+(?![\w./])|\([a-z]+(?:-[a-z]+)+\)",
    "infinity": "∞",
    "ends that print alike": r"(?<![A-Za-z\d.,+−–—-])([+−]?\d[\d.,]*%?) ?(?: to |–|至|\.\.) ?\1(?![.,]?\d)",
    "parameter": r"\{\w+[:}]",
}
BY_LANGUAGE: dict[str, dict[str, str]] = {
    "en": {
        "so many of as many": r"(?<!page )(?<![\d.,])\b(\d[\d,]*) of \1\b(?![.,%]?\d|%)",
        "all of one or two": r"\b[Aa]ll [12]\b(?![.,%]?\d)",
        "doubled word": r"\b([A-Za-z]{2,}) \1\b(?!-)",
        "another language": f"{HAN}+",
    },
    "zh": {
        "so many of as many": r"(?<![\d.])(\d+)([个项条家次处])[^，。；：\d]{0,20}中，?有\1\2",
        "doubled word": rf"({HAN}{{2,6}})\1",
        "scale": r"\d ?(?:十亿|百万|千万)(?:元|美元|欧元|人|人次|吨|斤|千克)|十亿元(?!级|以上)",
        "half-width mark": rf"{HAN}{{1,4}}(?:[,;:!?()](?:{HAN}{{1,4}}|(?= ))|\()|\d[,;]{HAN}",
        "another language": rf"{LATIN}(?:[ ,.&:;/()\d%$’“”–—+-]+{LATIN})*",
    },
}


#: Rules that a title or another quotation may break.
IN_QUOTATIONS = ("another language", "half-width mark")


@cache
def _plural() -> str:
    """The plurals of the English catalogue: none of them stands behind a one."""
    found: set[str] = set()

    def gather(value: Any) -> None:
        if isinstance(value, dict):
            for one in value.values():
                gather(one)
        elif isinstance(value, str):
            for forms in re.findall(r"\{\w+:[^|={}]+\|([a-z][^{}]*)\}", value):
                found.update(word for word in forms.split()[:2] if word.endswith("s"))

    gather(dict(messages.catalogue("en")))
    found -= {"is", "was", "has", "days’"}
    return "|".join(sorted(found))


@cache
def patterns(lang: str) -> dict[str, re.Pattern[str]]:
    """The rules of a language, each with its pattern."""
    rules = BOTH | BY_LANGUAGE.get(lang, {})
    if lang == "en":
        rules["plural of one"] = rf"(?<![\d.,–−/~-])(?<!Q)(?<!H)\b1 (?:[a-z]+ )?(?:{_plural()})\b"
    return {name: re.compile(pattern) for name, pattern in rules.items()}


class Quoted:
    """Texts that stand in a page of any language as they are: names, titles and quotations.

    >>> quoted = Quoted(["The growth of Harbin"])
    >>> "Harbin" in quoted, "growth of Harbin" in quoted, "growth" in quoted
    (True, True, False)
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self.texts = {" ".join(text.split()) for text in texts}
        self.words = {word for text in self.texts for word in re.findall(LATIN, text)}
        self.all = "\n".join(self.texts)

    def __contains__(self, run: str) -> bool:
        if run in self.texts or (len(run) == 1 and run.isalpha()):  # a letter of a classification
            return True
        alone = re.fullmatch(LATIN, run)
        return run in self.words and not run.islower() if alone else run in self.all


def wrong(text: str, lang: str, quoted: Quoted | None = None) -> Iterator[tuple[str, str]]:
    """The rules that a text breaks, each with what breaks it.

    Words of another language that are `quoted` stand there rightly.

    >>> list(wrong("136.26十亿元", "zh")), list(wrong("17 of 17 industries", "en"))
    ([('scale', '6十亿元')], [('so many of as many', '17 of 17')])
    """
    plain, quoted = " ".join(text.translate(LAYOUT).split()), quoted or Quoted()
    if plain in quoted.texts:
        return
    plain = APART.sub(" ", plain)
    for rule, pattern in patterns(lang).items():
        for found in pattern.finditer(plain):
            if rule not in IN_QUOTATIONS or found[0] not in quoted:
                yield rule, found[0]
