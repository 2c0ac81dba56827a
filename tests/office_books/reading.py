"""The books read into folders: answers as the truths give them, and figures compared with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from office_books.truths import NOT_PRINTED, UNCLEAR, Book, Truth, letters
from reading_tables import figures, settled, words_of
from songhua.labels import parse_period, parse_unit
from songhua.reading.crosstabs.book import BookReading
from songhua.reading.crosstabs.questions import Question
from songhua.reading.crosstabs.reading import SheetReading
from songhua.reading.crosstabs.vocabulary import pattern, vocabulary
from songhua.reading.sheets.units import spoken_unit
from songhua.reading.sheets.words import key

#: The folder of a book that is not read into one of China.
COUNTRIES = {
    "county_flags": "us", "industries_three_systems": "us", "shares_per_cent": "us",
    "time_series_workbook": "au", "financial_years_sectors": "in", "visits_by_month": "uk",
    "eurostat_employment": "eu", "genesis_population": "eu", "sdmx_quarter_accounts": "eu",
    "jsonstat_municipalities": "eu",
}  # fmt: skip
#: The year of books that print none, and the first month of their financial years.
YEAR, BEGINS = "2022", "4"
PERIODS = {"month_without_year.csv": f"{YEAR}-01..{YEAR}-09"}
UNITS = {
    "000": "k persons", "000 Hours": "k hour", "in thousands of persons": "k persons",
    "100 million yuan": "100m CNY", "10 000 yuan": "10k CNY", "yuan": "CNY", "dollars": "USD",
    "EUR million": "m EUR", "Rs. Cr.": "10m INR", "% of GDP": "%", "Thousands": "k count",
    "EUR, UNIT_MULT 6": "m EUR", "PS, UNIT_MULT 3": "k persons", "THS": "k count", "PC": "%",
    "Anzahl": "count", "Einwohner je km²": "persons per km2", "上年=100": "%", "上年同期=100": "%",
    "上年同期＝100": "%", "女=100": "%", "share": "%", "个": "count", "户": "count",
}  # fmt: skip
#: Words that say the same as the name of an entry, and words that only say that a rate is one.
_SAME = {
    "gdp_growth_real": ("规模以上工业增加值",),
    "deposits_cny_growth": ("金融机构人民币各项存款余额比", "同月"),
    "Jobs (%)": ("employment",),
}
_RATE = frozenset({"all", "同月"})
#: Words for all industries together.
_WHOLE = frozenset({"合计", "Total", "Total, all industries", "_T"})
#: Words for a place where the file prints none, and for an indicator.
PLACES = {"全国": "china", "India": "india"}
_ANSWERS = {
    "entries": "new", "remarks": "keep", "number": "leave", "sections": "order", "word": "new",
    "year_begins": BEGINS, "percent": "share", "repeated": "leave",
    "part": "as", "sheets": "all",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A book read: its figures by cell as words, wrong ones with the reason, and its questions."""

    reading: BookReading
    asked: tuple[Question, ...]
    wrong: Mapping[str, str]
    right: frozenset[str]
    repeated: frozenset[str]

    @property
    def settled(self) -> bool:
        """True where every question found its answer."""
        return not self.reading.questions and not self.reading.faults


def outcome(book: Book) -> Outcome:
    """A book read with the answers of one who knows its truths.

    Raises:
        SonghuaError: the file's faults.
    """
    words = words_of(COUNTRIES.get(book.name.partition(".")[0], "cn"))
    reading, asked = settled(book.name, book.data, words, lambda question: answer(book, question))
    truths = {truth.cell: truth for truth in book.truths}
    wrong: dict[str, str] = {}
    right: set[str] = set()
    for sheet, at, cell in figures(reading):
        place = next((c for c in _addresses(book, sheet, at, cell) if c in truths), "")
        why = _difference(truths[place], reading, sheet, at, book) if place else "no truth"
        if why:
            wrong[place or cell] = why
        else:
            right.add(place)
    repeated = {
        address
        for sheet in reading.sheets
        for at in sheet.dropped
        for address in _addresses(book, sheet, at, sheet.grid.place(*sheet.figures.places[at]))
    }
    return Outcome(reading, tuple(asked), wrong, frozenset(right), frozenset(repeated))


def _addresses(book: Book, sheet: SheetReading, at: int, cell: str) -> Iterator[str]:
    """The addresses that the cell of a figure has among the truths."""
    yield cell
    yield f"{sheet.grid.sheet}!{cell}"
    row, column = sheet.figures.places[at]
    if book.name.endswith(".json"):
        yield f"value[{row - 1}]"
    if book.name.endswith(".tsv"):  # the keys of its first column stand in columns of their own
        keys = book.data.decode().partition("\\")[0].count(",")
        yield f"{letters(column + 1 - keys)}{row + 1}"


def answer(book: Book, question: Question) -> str:
    """The answer to a question by one who knows the truths; blank where they give none."""
    texts = question.params.get("text", ())
    texts = (texts,) if isinstance(texts, str) else tuple(texts)
    truth = next(
        (t for t in book.truths if question.place in (t.cell, t.cell.split("!")[-1])), None
    )
    match question.kind:
        case "role":
            return _role(book, texts)
        case "unit" | "units":
            truths = [
                t
                for t in book.truths
                if any(key(t.indicator) in key(x) or key(t.unit) in key(x) for x in texts)
            ]
            units = {_unit(t.unit) for t in truths or book.truths} - {""}
            return _unit(_must(book, "unit")) or (units.pop() if len(units) == 1 else "")
        case "place":
            place = _must(book, "place") or (truth.place if truth else "")
            return PLACES.get(place, place)
        case "indicator":
            names = {truth.indicator for truth in book.truths}
            return _must(book, "indicator") or (names.pop() if len(names) == 1 else "")
        case "period":
            return YEAR if not truth or truth.period == NOT_PRINTED else truth.period
        case "twice":
            return question.options[0]
        case "time":
            return (
                "cumulative" if any(ask.kind == "cumulative" for ask in book.must_ask) else "month"
            )
        case _:
            return _ANSWERS.get(question.kind, "")


def _role(book: Book, texts: tuple[str, ...]) -> str:
    """The role of a column of labels: the one of which most of its texts are."""
    names = {"region": "place", "industry": "industry", "indicator": "indicator"}
    fits = {
        role: sum(any(_same_words(getattr(t, name), text) for t in book.truths) for text in texts)
        for role, name in names.items()
    }
    best = max(fits, key=lambda role: fits[role])
    return best if fits[best] * 2 > len(texts) else "left"


def _same_words(words: str, text: str) -> bool:
    return bool(words) and (text in words or words in text)


def _must(book: Book, kind: str) -> str:
    return next((ask.answer for ask in book.must_ask if ask.kind == kind), "")


def _unit(text: str) -> str:
    return (
        "" if text in (NOT_PRINTED, UNCLEAR, "") else UNITS.get(text) or spoken_unit(text) or text
    )


def _difference(
    truth: Truth, reading: BookReading, sheet: SheetReading, at: int, book: Book
) -> str:
    """The part of a figure that its truth says otherwise; blank where all agree."""
    labels, number = sheet.figures.labels[at], sheet.figures.numbers[at]
    if not truth.value:
        return f"a figure where {truth.status} stands: {number.value}"
    share = reading.answers.get("percent") == "share" and labels.unit == "%"
    scale = 10_000 if truth.text.endswith("万") else 1
    if Decimal(number.value) != Decimal(truth.value) * scale:
        return f"value {number.value}, not {truth.value}"
    unit = "" if scale > 1 else _unit(truth.unit)
    unit = unit or _unit(_must(book, "unit")) or labels.unit
    if parse_unit(labels.unit) != parse_unit(unit) or (share and unit != "%"):
        return f"unit {labels.unit}, not {unit}"
    if why := _other_period(truth, labels.period, book.name):
        return why
    names = reading.entries.by_id
    folder = sheet.words.folder

    def named(catalogue: str, id: str) -> list[str]:
        if id.startswith("+"):
            return [names[id].name]
        if catalogue == "places" and id == folder.code:
            return [*folder.name.texts.values()]
        if not id or id == "all":
            return []
        entry = getattr(folder, catalogue)[id]
        return [id, *folder.words(catalogue, id).texts.values(), *(entry.get("also") or ())]

    place = (
        PLACES.get(_must(book, "place"), truth.place) if truth.place == NOT_PRINTED else truth.place
    )
    if not any(_same_place(place, name) for name in named("places", labels.region)):
        return f"place {named('places', labels.region)}, not {place}"
    indicators, industries = (
        named("indicators", labels.indicator),
        named("industries", labels.industry),
    )
    return _other_words(truth, indicators, industries)


def _other_period(truth: Truth, period: str, name: str) -> str:
    wanted = truth.period
    if wanted == NOT_PRINTED:
        wanted = PERIODS.get(name, YEAR)
    if match := re.fullmatch(r"(\d{4})/\d\d", wanted):
        wanted = f"{match[1]}-0{BEGINS}..{int(match[1]) + 1}-0{int(BEGINS) - 1}"
    first, second = parse_period(wanted), parse_period(period)
    same = (first.start, first.end) == (second.start, second.end)
    return "" if same else f"period {period}, not {wanted}"


def _same_place(place: str, name: str) -> bool:
    def stem(text: str) -> str:
        return re.sub("(?:自治区|省|市)$", "", key(text))

    return stem(place) == stem(name)


def _other_words(truth: Truth, indicators: list[str], industries: list[str]) -> str:
    """Words of a truth that the names of its figure lack, and an industry that it does not name."""
    told = _bare(" ".join([*indicators, *industries, *_SAME.get(indicators[0], ())]))
    printed = _bare(f"{truth.indicator} {truth.industry} {truth.detail}")
    if industries and not any(_bare(name) in printed for name in industries):
        return f"industry {industries}, not of {printed!r}"
    whole = not truth.industry or truth.industry in _WHOLE
    if not whole and not any(_bare(t) in told for t in (truth.industry, _first(truth.industry))):
        return f"industry {industries or 'none'}, not {truth.industry}"
    printed_name = "" if truth.indicator == NOT_PRINTED else truth.indicator
    for piece in _pieces(f"{printed_name} {truth.detail}", industries):
        if _bare(piece) not in told:
            return f"indicator {indicators}, without {piece!r} of {printed!r}"
    return ""


def _first(text: str) -> str:
    return re.split("[ :(]", text)[0]


def _bare(text: str) -> str:
    return re.sub(r"[\s(),:;、，：；（）_]", "", key(text))


def _pieces(text: str, industries: list[str]) -> Iterator[str]:
    """Words of an indicator without those of its industry, its time, its form and its base."""
    plain = key(re.sub(r"\((?:上年|上年同期)?[=＝]?100\)|±", " ", text))
    tokens = vocabulary().tokens
    kinds = [*tokens["times"].values(), *tokens["forms"].values(), *tokens["plain"].values()]
    dropped = sorted((key(w) for kind in kinds for w in kind if len(w) > 1), key=len, reverse=True)
    for word in (*dropped, *sorted(map(key, industries), key=len, reverse=True)):
        chinese = not word.isascii()
        plain = (
            plain.replace(word, " ") if chinese else re.sub(rf"\b{re.escape(word)}\b", " ", plain)
        )
    for piece in re.split(r"[\s、,_:：%]+", pattern("code").sub("", plain)):
        if (bare := piece.strip("()（）-±").removesuffix("比")) and bare not in _RATE:
            yield bare
