"""Text as HTML: links, badges, small print and code, escaped once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from songhua import messages
from songhua.format.lines import glued
from songhua.format.text import (
    Break,
    Code,
    Foreign,
    Link,
    Mark,
    Part,
    Small,
    Strong,
    Text,
    Trend,
    parts,
    plain,
)

#: Letters that pages in a language of narrow letters say the language of.
FIRST_WIDE, LAST_WIDE = "\u2e80", "\u9fff"
#: Where a place stands as an address, by its id; none where a page does not have it.
Lead = Callable[[str], str | None]
#: The size of a trend, in pixels.
WIDE, HIGH = 96, 24
BADGES = {
    "grade": "grade g",
    "doubt": "doubt d",
    "verdict": "verdict v",
    "class": "verdict t",
    "state": "state s",
}


def labels(headings: Sequence[Text]) -> str:
    """The headings of a table as properties of its style: on a phone each cell has its own.

    The first column needs none.

    >>> labels(["Place", 'In "m"'])
    '--h2:"In \\\\"m\\\\""'
    """
    quoted = [
        plain(head).translate({ord("\\"): r"\\", ord('"'): r"\""} | dict.fromkeys(b"\n\r\f", " "))
        for head in headings
    ]
    return ";".join(f'--h{at}:"{text}"' for at, text in enumerate(quoted[1:], 2))


class Writer:
    """Texts as HTML of a page: it knows the page's language, and where each place stands."""

    def __init__(self, lang: str, lead: Lead) -> None:
        """Write in a language; `lead` gives the address of a place, or none."""
        wide = [
            language.tag for language in map(messages.language, messages.LANGUAGES) if language.wide
        ]
        self.lead = lead
        self.other = "" if messages.language(lang).wide or not wide else wide[0]

    def inline(self, text: Text) -> Markup:
        """A text as HTML.

        >>> Writer("en", "#{}".format).inline(("5 < 6 ", Link("why", "claim-a")))
        Markup('5 &lt; 6 <a href="#claim-a">why</a>')
        """
        return Markup("").join(map(self._part, parts(text)))

    def word(self, text: str) -> Markup:
        """A string; text in another script carries its language, for speech and fonts.

        A language of wide characters holds names in Latin letters as they are.

        >>> Writer("en", "#{}".format).word("公报"), Writer("zh", "#{}".format).word("公报")
        (Markup('<span lang="zh-Hans">公报</span>'), Markup('公报'))
        """
        if self.other and _wide(text):
            return Markup('<span lang="{}">{}</span>').format(self.other, text)
        return escape(text)

    def link(self, words: Markup, to: str) -> Markup:
        """Words that lead to a place; they stand alone where the page does not have it.

        >>> Writer("en", lambda id: None).link(Markup("x"), "obs-a")
        Markup('x')
        """
        place = self.lead(to)
        return words if place is None else Markup('<a href="{}">{}</a>').format(place, words)

    def _part(self, part: Part) -> Markup:
        match part:
            case Link(text, to) if to.startswith(("http://", "https://")):
                markup = Markup('<a class="out" href="{}" rel="noreferrer">{}</a>')
                return markup.format(to, self.inline(text))
            case Link(text, to):
                return self.link(self.inline(text), to)
            case Mark():
                return self._mark(part)
            case Small(text, True):
                return Markup('<small class="ends">{}</small>').format(self.inline(text))
            case Small(text, _):
                return Markup('<small class="also">{}</small>').format(self.inline(text))
            case Strong(text):
                return Markup("<strong>{}</strong>").format(self.inline(text))
            case Code(text):
                return Markup("<code>{}</code>").format(text)
            case Foreign(text, lang):
                return Markup('<span lang="{}">{}</span>').format(lang, text)
            case Break():
                return Markup("<br>")
            case Trend(values, says):
                return _trend(values, says)
        return self.word(glued(part))

    def _mark(self, mark: Mark) -> Markup:
        """A badge; a bare one is its sign, with its word for those who hear or point at it."""
        if mark.bare:
            look = f"grade g-{mark.value}" if mark.kind == "grade" else "kind"
            markup = Markup('<abbr class="{}" title="{}">{}</abbr>')
            return markup.format(look, mark.text, mark.sign)
        look, word = f"{BADGES[mark.kind]}-{mark.value}", self.word(glued(mark.text))
        if not mark.sign:
            return Markup('<span class="{}">{}</span>').format(look, word)
        markup = Markup('<span class="{}"><span aria-hidden="true">{}</span> {}</span>')
        return markup.format(look, mark.sign, word)


def _wide(text: str) -> bool:
    """If a text has a wide letter; most have none, which their largest letter tells at once."""
    largest = max(text, default="")
    return largest >= FIRST_WIDE and any(FIRST_WIDE <= letter <= LAST_WIDE for letter in text)


def _trend(values: Sequence[float | None], says: str) -> Markup:
    """A line of numbers, as wide as a word, open over years without; its last point is marked.

    >>> _trend((1.0, 3.0), "from 1 to 3").count("circle")
    1
    >>> drawn = _trend((1.0, 2.0, None, 3.0), "from 1 to 3")
    >>> drawn.count("polyline"), drawn.count("circle")
    (2, 1)
    """
    known = [value for value in values if value is not None]
    least, most = min(known), max(known)
    scale = (HIGH - 6) / (most - least) if most > least else 0.0
    step = (WIDE - 6) / max(len(values) - 1, 1)
    runs: list[list[str]] = [[]]
    for k, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(f"{3 + k * step:.1f},{HIGH - 3 - (value - least) * scale:.1f}")
    drawn = [run for run in runs if run]
    lines = Markup("").join(
        Markup('<polyline points="{}"/>').format(" ".join(run if len(run) > 1 else run * 2))
        for run in drawn
    )
    x, y = drawn[-1][-1].split(",")
    markup = Markup(
        '<svg class="trend" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}">{}<circle cx="{}" cy="{}" r="2.2"/></svg>'
    )
    return markup.format(WIDE, HIGH, WIDE, HIGH, says, lines, x, y)
