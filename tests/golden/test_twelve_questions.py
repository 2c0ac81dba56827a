"""Twelve questions that a vice-mayor asks, answered from the brief alone: both cases, both languages.

Answers are read from the results where possible; the sentences are facts that were read and found
right.
"""

from __future__ import annotations

import re

import pytest

from songhua import Run, render
from songhua.document.studies.brief import brief
from songhua.format.lines import plain_spaces
from songhua.format.view import View

LANGS = ("en", "zh")
Answers = dict[str, tuple[str, ...]]


@pytest.fixture(scope="module")
def said(harbin: Run, washington: Run) -> dict[tuple[str, str], str]:
    """The brief of each case in each language as a text, without line breaks."""
    found = {}
    for name, run in (("harbin", harbin), ("washington", washington)):
        for lang in LANGS:
            view = View.of(run, lang)
            text = render.fragment(view, list(brief(view, cited=False)), "text")
            found[name, lang] = _plain(text)
    return found


def _plain(text: str) -> str:
    """A text with single spaces; between wide letters a broken line leaves none."""
    text = re.sub(r"\s+", " ", plain_spaces(text))
    return re.sub(
        r"(?<=[\u2e80-\uffef“”]) (?=[\u2e80-\uffef“”\w])|(?<=\w) (?=[\u2e80-\uffef])", "", text
    )


QUESTIONS: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    "are we growing faster than our peers, and why?": {
        ("harbin", "en"): (
            "+4.6% real growth", "0.4 points (0.3 to 0.5, rounding) below China (5%)",
            "explains −112.2 billion yuan of the change (Gross city product, nominal, at current prices): a residual",
        ),
        ("harbin", "zh"): (
            "+4.6% 实际增速", "比中国（5%）低0.4个百分点（0.3至0.5，取整）",
            "余−1122亿元（城市生产总值，名义值，按现价），为残差，不说明原因：各产业合计增长慢于",
        ),
        ("washington", "en"): (
            "+3.18% real growth, yearly average 1997–2021, place 1 of 8",
            "explains 155.5 billion US dollars of the change",
            "a residual, without a cause. In sum its industries grew faster",
        ),
        ("washington", "zh"): (
            "+3.18% 实际增速，1997—2021年年均，在8个地区中列第1位", "余1555亿美元", "为残差，不说明原因：各产业合计增长快于",
        ),
    },
    "which target will we miss?": {
        ("harbin", "en"): (
            "Missed: Real growth of gross domestic product, 2021–2025 plan. 3.99%",
            "By doubtful figures: Real growth of gross domestic product, 2024",
            "Real growth of gross domestic product, 2011–2015 plan; Gross domestic product, 2011–2015 plan",
            "4 of 11 targets of Harbin (2021–2025 plan) that could be judged at the end of their time were met, 1 of them only by what their words leave open",
        ),
        ("harbin", "zh"): (
            "未完成：地区生产总值实际增速，2021—2025年规划期。实际3.99%",
            "另有未完成（数据存疑）：地区生产总值实际增速，2024年",
            "地区生产总值实际增速，2011—2015年规划期；地区生产总值，2011—2015年规划期",
            "哈尔滨（2021—2025年规划期）到期可评估的11项目标中有4项已完成（1项靠“左右”“同步”等措辞），最近的是",
        ),
        ("washington", "en"): (
            "Not known since 2021: Greenhouse gas emissions, 2030. By 2021 it came to 96.1 million",
            "−14% of the way after 78% of the time",
        ),
        ("washington", "zh"): (
            "2021年以后情况不明：温室气体排放量，2030年。截至2021年为9610万吨（9605至9615，取整）", "序时进度78%",
        ),
    },
    "what will the drone base bring, how sure?": {
        ("harbin", "en"): (
            "unmanned-helicopter base: 244 million yuan (154 to 384; assumption range), 802 jobs (473 to 1,400)",
            "assumption range", "The error of the region's table explains 31% of the variance",
        ),
        ("harbin", "zh"): (
            "联合飞机大型无人直升机基地：2.44亿元（1.54至3.84，假设区间），就业802人（473至1400）", "假设区间",
            "方差的31%可由区域投入产出表误差解释",
        ),
        ("washington", "en"): (
            "Lamb Weston plant expansion, Richland: 133 million US dollars (89.3 to 192; assumption range), 574 jobs",
            "The error of the region's table explains 54% of the variance",
        ),
        ("washington", "zh"): (
            "1.33亿美元（0.893至1.92，假设区间），就业574人（345至900）", "方差的54%可由区域投入产出表误差解释",
        ),
    },
    "how large is our economy, and how old is that figure?": {
        ("harbin", "en"): ("Gross domestic product · 618.85 billion yuan · 2025", "0.9 to 5.9 years old"),
        ("harbin", "zh"): ("地区生产总值 · 6188.5亿元 · 2025年", "距今0.9至5.9年"),
        ("washington", "en"): ("677.4895 billion US dollars", "The headline figures are all more than 2 years old"),
        ("washington", "zh"): ("6774.895亿美元", "核心指标的数据均已超过2年"),
    },
    "what carries growth, and what holds it back?": {
        ("harbin", "en"): (
            "nominal growth of Gross domestic product in 2023 (1.57%): Tertiary sector contributed most, +2.18 points",
            "Primary sector took from it, −0.76 points (−0.77 to −0.76, rounding)",
        ),
        ("harbin", "zh"): (
            "2023年地区生产总值名义增长（1.57%）：第三产业拉动最大，为+2.18个百分点（+2.17至+2.18，取整）",
            "第一产业为负拉动", "−0.76个百分点（−0.77至−0.76，取整）",
        ),
        ("washington", "en"): ("The mix of 20 industries, each at the pace there, adds −4.84 billion US dollars"),
        ("washington", "zh"): ("按20个产业的结构另计−48.401亿美元"),
    },
    "which industry loses ground?": {
        ("harbin", "en"): ("By amount, furthest behind the same industry of the reference, 264 cities together", "−92.60 billion yuan", "against the pace of the same industry there"),
        ("harbin", "zh"): ("第三产业落后金额最多", "−926.0亿元"),
        ("washington", "en"): ("its industries grew faster than the same industries",),
        ("washington", "zh"): ("各产业合计增长快于美国的同类产业",),
    },
    "what do we know of the system's industries?": {
        ("harbin", "en"): ("largest of 3 by revenue (8 planned)", "Characteristic culture and tourism"),
        ("harbin", "zh"): ("按营业收入计3个产业中最大（规划8个）", "特色文化和旅游"),
        ("washington", "en"): ("largest of 7 by value added (7 planned)", "Publishing industries"),
        ("washington", "zh"): ("按增加值计7个产业中最大（规划7个）", "出版业"),
    },
    "do we innovate?": {
        ("harbin", "en"): ("High-tech enterprises · 1,751 · 2021 · +48.39% growth · ※ contradicted",),
        ("harbin", "zh"): ("高新技术企业数 · 1751 · 2021年 · +48.39%",),
        ("washington", "en"): ("Innovation · – · no figure held",),
        ("washington", "zh"): ("创新 · – · 没有数据"),
    },
    "which printed sentences are wrong?": {
        ("harbin", "en"): ("7 of 93 checks of printed sentences fail", "48.39%"),
        ("harbin", "zh"): ("公开表述的93项核对中有7项不能成立", "48.39%"),
        ("washington", "en"): ("2 of 25 checks of printed sentences fail",),
        ("washington", "zh"): ("公开表述的25项核对中有2项不能成立",),
    },
    "what is due, and who has not reported?": {
        ("harbin", "en"): (
            "3 of 7 tasks are due and not reported as done, the first since 2023",
            "Name a department for each target",
        ),
        ("harbin", "zh"): ("7项任务中有3项已到期而未报告完成，最早自2023年起", "逐项明确目标责任单位"),
        ("washington", "en"): ("11 of 14 targets of Washington State (2018–2022 plan) cannot be judged: of 10 no figure of their time is held, of 1 none that decides", "The time of 11 of them is over, among them"),
        ("washington", "zh"): ("14项目标中有11项无法评估：10项没有目标期内的数据，1项的数据不足以判定。上述目标中11项已到期",),
    },
    "what do I ask of whom next?": {
        ("harbin", "en"): (
            "ask for the figures of 20 of those that cannot be judged",
            "First of the assumptions to pin down: share of plans that comes true. By itself it explains 30% of the variance",
        ),
        ("harbin", "zh"): ("逐项明确目标责任单位，补报无法评估的目标中20项的数据", "各项假定中最需核实的是计划实现程度"),
        ("washington", "en"): ("Ask Department of Ecology for the figures of 3 of the targets that cannot be judged", "First of the assumptions to pin down for Lamb Weston"),
        ("washington", "zh"): ("补报无法评估的目标中3项的数据", "各项假定中最需核实的是Lamb Weston"),
    },
    "how far can I trust this?": {
        ("harbin", "en"): (
            "Figures of the region, targets and estimates among them: 712, 7% from official sources, 39% from the press, 43% reposted",
            "0.9 to 5.9 years old", "16 fields have a source and 33 are assumed",
        ),
        ("harbin", "zh"): (
            "本地区数据（含目标和估计）712个，官方来源占7%，媒体报道占39%，转载占43%", "距今0.9至5.9年",
            "16处有来源，33处为假设",
        ),
        ("washington", "en"): ("90% from official sources", "5 fields have a source and 9 are assumed"),
        ("washington", "zh"): ("官方来源占90%", "5处有来源，9处为假设"),
    },
}  # fmt: skip


def test_there_are_twelve() -> None:
    assert len(QUESTIONS) == 12
    assert all(len(answers) == 4 for answers in QUESTIONS.values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", ["harbin", "washington"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_brief_answers(
    said: dict[tuple[str, str], str], question: str, case: str, lang: str
) -> None:
    for answer in QUESTIONS[question][case, lang]:
        assert answer in said[case, lang]
