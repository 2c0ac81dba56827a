"""A target's values written as text: its own words, or plain ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from songhua import messages
from songhua.errors import SonghuaError
from songhua.plan.target_parser import parse_target
from songhua.plan.targets import Target, number
from songhua.plan.vocabulary import Bound, Course, Effort, Held, Pace, Quantity, Sense

Show = Callable[[float, str], str]

BOUNDS: dict[str, dict[Bound, str]] = {
    "zh": {
        Bound.AT_LEAST: "{n}以上", Bound.MORE_THAN: "超过{n}", Bound.AT_MOST: "{n}以内",
        Bound.LESS_THAN: "低于{n}", Bound.ABOUT: "{n}左右", Bound.NEARLY: "接近{n}",
        Bound.RANGE: "{n}", Bound.NONE: "{n}",
    },
    "en": {
        Bound.AT_LEAST: "at least {n}", Bound.MORE_THAN: "more than {n}",
        Bound.AT_MOST: "at most {n}", Bound.LESS_THAN: "less than {n}", Bound.ABOUT: "about {n}",
        Bound.NEARLY: "nearly {n}", Bound.RANGE: "{n}", Bound.NONE: "{n}",
    },
}  # fmt: skip
# The verb by sense, and whether the number is where the movement ends.
VERBS: dict[str, dict[tuple[Sense, bool], str]] = {
    "zh": {
        (Sense.RISE, False): "增长", (Sense.FALL, False): "下降",
        (Sense.RISE, True): "提高到", (Sense.FALL, True): "降至",
    },
    "en": {
        (Sense.RISE, False): "grow by", (Sense.FALL, False): "fall by",
        (Sense.RISE, True): "rise to", (Sense.FALL, True): "fall to",
    },
}  # fmt: skip
RATES: dict[str, dict[Sense, str]] = {
    "zh": {Sense.RISE: "增幅", Sense.FALL: "降幅"},
    "en": {Sense.RISE: "growth", Sense.FALL: "rate of decline"},
}
PACES: dict[str, dict[Pace, str]] = {
    "zh": {Pace.A_YEAR: "年均", Pace.IN_ALL: "累计"},
    "en": {Pace.A_YEAR: "a year", Pace.IN_ALL: "in all"},
}
COURSES: dict[str, dict[Course, str]] = {
    "zh": {
        Course.RISE: "稳步提高", Course.RISE_MARKEDLY: "明显提高", Course.FALL: "稳步下降",
        Course.FALL_MARKEDLY: "明显下降", Course.HOLD: "基本持平",
        Course.KEEP_PACE: "与经济增长基本同步", Course.OUTPACE: "高于经济增长",
        Course.IN_REASON: "保持在合理区间", Course.ABOVE_NATION: "高于全国平均水平",
        Course.ABOVE_PROVINCE: "高于全省平均水平", Course.ABOVE_CITY: "高于全市平均水平",
        Course.ASSIGNED: "完成省下达任务",
    },
    "en": {
        Course.RISE: "rise steadily", Course.RISE_MARKEDLY: "rise markedly",
        Course.FALL: "fall steadily", Course.FALL_MARKEDLY: "fall markedly",
        Course.HOLD: "broadly flat", Course.KEEP_PACE: "keep pace with economic growth",
        Course.OUTPACE: "outpace economic growth", Course.IN_REASON: "within a reasonable range",
        Course.ABOVE_NATION: "above the national average",
        Course.ABOVE_PROVINCE: "above the provincial average",
        Course.ABOVE_CITY: "above the city average", Course.ASSIGNED: "as assigned",
    },
}  # fmt: skip
MULTIPLES = {
    "zh": {"2": "翻一番", "4": "翻两番", "8": "翻三番", "0.5": "减半"},
    "en": {"2": "double", "3": "triple", "4": "quadruple", "0.5": "halve"},
}
HELD: dict[str, dict[Held, str]] = {
    "zh": {Held.CEILING: "控制在", Held.KEEP: "保持在"},
    "en": {Held.CEILING: "limited to", Held.KEEP: "keep at"},
}
EFFORTS: dict[str, dict[Effort, str]] = {
    "zh": {Effort.STRIVE: "力争", Effort.ENSURE: "确保"},
    "en": {Effort.STRIVE: "strive to", Effort.ENSURE: "ensure"},
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
    bound = Bound.ABOUT if target.soft else target.bound
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
    if target.quantity == Quantity.COURSE:
        verb = VERBS[lang].get((target.sense, False), "").removesuffix(" by")
        return f"{verb}{' ' if verb and lang == 'en' else ''}{COURSES[lang][target.course]}"
    if target.quantity == Quantity.MULTIPLE:
        fixed = MULTIPLES[lang].get(target.low) if target.sense and not target.bound else None
        return fixed or ("达到" if lang == "zh" else "reach ") + _amount(target, lang, show)
    amount = _amount(target, lang, show)
    gap = "" if lang == "zh" else " "
    if target.held:
        rate = RATES[lang][target.sense] + gap if target.quantity == Quantity.GROWTH else ""
        held = f"{rate}{HELD[lang][target.held]}{gap}{amount}"
        return held.replace("keep at at ", "maintain at ")
    verb = VERBS[lang].get((target.sense, target.quantity == Quantity.LEVEL), "")
    if target.start:
        first = replace(_plain(target, target.start), soft=False)
        begin = _amount(first, lang, show)
        verb = f"由{begin}{verb}" if lang == "zh" else f"{verb.removesuffix(' to')} from {begin} to"
    return f"{verb}{gap if verb else ''}{amount}"


def _plain(target: Target, low: str) -> Target:
    """The target with a number of its own and no word beside it."""
    return replace(target, low=low, high="", bound=Bound.NONE)


def _chinese(target: Target, show: Show | None) -> str:
    when = {"plan": "规划期末", "year": "全年", "": ""}.get(target.by, f"到{target.by}年")
    span = "规划期间" if target.span == "plan" else target.span.replace("..", "—")
    span = f"{span}年" if ".." in target.span else span
    base = {"previous": "比上年", "plan": "比基期", "": ""}.get(target.base, f"比{target.base}年")
    effort = "" if target.stretch else EFFORTS["zh"].get(target.effort, "")
    core = _core(target, "zh", show)
    stretch = f"，力争{_amount(_plain(target, target.stretch), 'zh', show)}"
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
    effort = "" if target.stretch else EFFORTS["en"].get(target.effort, "")
    name = f"{target.subject}:" if target.subject else ""
    core, pace = _core(target, "en", show), PACES["en"].get(target.pace, "")
    parts = (name, effort, core, pace, base, when, span)
    stretch = _amount(_plain(target, target.stretch), "en", show)
    made = " ".join(part for part in parts if part)
    return made + (f", strive for {stretch}" if target.stretch else "")
