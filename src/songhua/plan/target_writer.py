"""A target's values written as text: its own words, or plain ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from songhua import messages
from songhua.errors import SonghuaError
from songhua.plan.target_parser import parse_target
from songhua.plan.targets import Target, number

Show = Callable[[float, str], str]

BOUNDS = {
    "zh": {
        "at_least": "{n}以上", "more_than": "超过{n}", "at_most": "{n}以内", "less_than": "低于{n}",
        "about": "{n}左右", "nearly": "接近{n}", "range": "{n}", "": "{n}",
    },
    "en": {
        "at_least": "at least {n}", "more_than": "more than {n}", "at_most": "at most {n}",
        "less_than": "less than {n}", "about": "about {n}", "nearly": "nearly {n}",
        "range": "{n}", "": "{n}",
    },
}  # fmt: skip
# The verb by sense, and whether the number is where the movement ends.
VERBS = {
    "zh": {
        ("rise", False): "增长", ("fall", False): "下降",
        ("rise", True): "提高到", ("fall", True): "降至",
    },
    "en": {
        ("rise", False): "grow by", ("fall", False): "fall by",
        ("rise", True): "rise to", ("fall", True): "fall to",
    },
}  # fmt: skip
RATES = {
    "zh": {"rise": "增幅", "fall": "降幅"},
    "en": {"rise": "growth", "fall": "rate of decline"},
}
PACES = {"zh": {"a_year": "年均", "in_all": "累计"}, "en": {"a_year": "a year", "in_all": "in all"}}
COURSES = {
    "zh": {
        "rise": "稳步提高", "rise_markedly": "明显提高", "fall": "稳步下降",
        "fall_markedly": "明显下降",
        "hold": "基本持平", "keep_pace": "与经济增长基本同步", "outpace": "高于经济增长",
        "in_reason": "保持在合理区间",
        "above_nation": "高于全国平均水平",
        "above_province": "高于全省平均水平", "above_city": "高于全市平均水平",
        "assigned": "完成省下达任务",
    },
    "en": {
        "rise": "rise steadily", "rise_markedly": "rise markedly", "fall": "fall steadily",
        "fall_markedly": "fall markedly", "hold": "broadly flat",
        "keep_pace": "keep pace with economic growth", "outpace": "outpace economic growth",
        "in_reason": "within a reasonable range", "above_nation": "above the national average",
        "above_province": "above the provincial average", "above_city": "above the city average",
        "assigned": "as assigned",
    },
}  # fmt: skip
MULTIPLES = {
    "zh": {"2": "翻一番", "4": "翻两番", "8": "翻三番", "0.5": "减半"},
    "en": {"2": "double", "3": "triple", "4": "quadruple", "0.5": "halve"},
}


def format_target(target: Target, lang: str = "") -> str:
    """The text of a target: its own words where they still say what the values say.

    A target whose values were changed, or that has no words yet, or a language that is asked
    for, gets plain words; these read back to the same values.

    >>> text = "地区生产总值年均增长5.5%—6%"
    >>> format_target(parse_target(text)) == text
    True
    >>> format_target(parse_target("年均增长5.5%—6%"), "en")
    'grow by 5.5 to 6 % a year'
    >>> format_target(replace(parse_target("6%左右"), low="7"))
    '7%左右'
    """
    if target.words and not lang:
        text = "".join(str(getattr(target, slot)) if slot else word for slot, word in target.words)
        if _same(text, target):
            return text
    return written(target, lang or _language(target))


def _same(text: str, target: Target) -> bool:
    try:
        return parse_target(text) == target
    except SonghuaError:
        return False


def _language(target: Target) -> str:
    """The language of the words that the target came with."""
    words = "".join(word for slot, word in target.words if not slot)
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in words) else "en"


def written(target: Target, lang: str, show: Show | None = None) -> str:
    """The target in plain words of one language, whatever words it came with.

    `show` writes a number with its unit as a reader likes it; such words may not read back.

    >>> written(parse_target("at least 6 % a year"), "zh")
    '年均6%以上'
    """
    made = _chinese(target, show) if lang == "zh" else _english(target, show)
    nature = messages.choice("nature", target.nature, lang) if target.nature else ""
    if not nature:
        return made
    return f"{made}（{nature}）" if lang == "zh" else f"{made} ({nature})"


def _amount(target: Target, lang: str, show: Show | None) -> str:
    """The number with its unit and the word beside it."""
    gap = "" if lang == "zh" else " "
    unit = _unit(target.unit, lang)
    if target.high:
        joined = f"{target.low}{'—' if lang == 'zh' else ' to '}{target.high}"
    else:
        joined = target.low
    amount = f"{joined}{gap}{unit}".strip()
    single = target.low and not target.high
    if show is not None and target.unit not in ("", "%", "pp", "x") and single:
        amount = show(number(target.low), target.unit)
    bound = "about" if target.soft else target.bound
    return BOUNDS[lang][bound].format(n=amount)


def _unit(unit: str, lang: str) -> str:
    """A unit in words: Chinese has one for the usual ones, other texts take the plain form."""
    if lang != "zh" or unit in ("%", "‰"):
        return unit
    words = messages.catalogue("zh")["units"].get(unit)
    return words[0] if words else f" {unit}" if unit else ""


def _core(target: Target, lang: str, show: Show | None) -> str:
    """The verb and the number, or the words without one."""
    if target.margin:
        margin = replace(target, low=target.margin, soft=False)
        link = "" if lang == "zh" else " by "
        return f"{COURSES[lang][target.course]}{link}{_amount(margin, lang, show)}"
    if target.quantity == "course":
        verb = VERBS[lang].get((target.sense, False), "").removesuffix(" by")
        return f"{verb}{' ' if verb and lang == 'en' else ''}{COURSES[lang][target.course]}"
    if target.quantity == "multiple":
        fixed = MULTIPLES[lang].get(target.low) if target.sense and not target.bound else None
        return fixed or ("达到" if lang == "zh" else "reach ") + _amount(target, lang, show)
    amount = _amount(target, lang, show)
    gap = "" if lang == "zh" else " "
    if target.held:
        rate = RATES[lang][target.sense] + gap if target.quantity == "growth" else ""
        words = {"ceiling": ("控制在", "limited to"), "keep": ("保持在", "keep at")}
        held = words[target.held][lang != "zh"]
        made = f"{rate}{held}{gap}{amount}"
        return made.replace("keep at at ", "maintain at ")
    verb = VERBS[lang].get((target.sense, target.quantity == "level"), "")
    if target.start:
        begin = _amount(
            replace(target, low=target.start, high="", bound="", soft=False), lang, show
        )
        verb = f"由{begin}{verb}" if lang == "zh" else f"{verb.removesuffix(' to')} from {begin} to"
    return f"{verb}{gap if verb else ''}{amount}"


def _chinese(target: Target, show: Show | None) -> str:
    when = {"plan": "规划期末", "year": "全年", "": ""}.get(target.by, f"到{target.by}年")
    span = "规划期间" if target.span == "plan" else target.span.replace("..", "—")
    span = f"{span}年" if ".." in target.span else span
    base = {"previous": "比上年", "plan": "比基期", "": ""}.get(target.base, f"比{target.base}年")
    effort = {"strive": "力争", "ensure": "确保", "": ""}[
        target.effort if not target.stretch else ""
    ]
    core = _core(target, "zh", show)
    stretch = f"，力争{_amount(replace(target, low=target.stretch, high='', bound=''), 'zh', show)}"
    parts = (when, target.subject, base, span, PACES["zh"].get(target.pace, ""), effort, core)
    return "".join(parts) + (stretch if target.stretch else "")


def _english(target: Target, show: Show | None) -> str:
    when = {"plan": "by the end of the plan", "year": "for the year", "": ""}.get(
        target.by, f"by {target.by}"
    )
    first, dots, last = target.span.partition("..")
    span = "during the plan" if first == "plan" else f"from {first} to {last}" if dots else first
    base = {"previous": "from the previous year", "plan": "from the base year", "": ""}.get(
        target.base, f"from {target.base}"
    )
    effort = {"strive": "strive to", "ensure": "ensure", "": ""}[
        target.effort if not target.stretch else ""
    ]
    name = f"{target.subject}:" if target.subject else ""
    parts = (
        name,
        effort,
        _core(target, "en", show),
        PACES["en"].get(target.pace, ""),
        base,
        when,
        span,
    )
    stretch = _amount(replace(target, low=target.stretch, high="", bound=""), "en", show)
    made = " ".join(part for part in parts if part)
    return made + (f", strive for {stretch}" if target.stretch else "")
