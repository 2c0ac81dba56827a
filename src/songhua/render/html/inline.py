"""Text as HTML: links, badges, small print and code, escaped once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup, escape

from songhua import messages
from songhua.format.lines import glued
from songhua.format.text import (
    Break,
    Code,
    Foreign,
    Link,
    Mark,
    Small,
    Strong,
    Text,
    Trend,
    parts,
    plain,
)

#: A text with wide characters, behind the tag before it; a tag that says its language has its own.
OTHER_SCRIPT = re.compile(
    r"(</?(?:a|abbr|b|br|caption|dd|dt|figcaption|h\d|li|p|small|span|strong|summary|td|th)\b"
    r"(?:(?! lang=)[^>])*>)([^<]*[\u2e80-\u9fff][^<]*)"
)
#: The size of a trend, in pixels.
WIDE, HIGH = 96, 24
BADGES = {"grade": "grade g", "verdict": "verdict v", "class": "verdict t", "state": "state s"}


def inline(text: Text) -> Markup:
    """A text as HTML.

    >>> inline(("5 < 6 ", Link("why", "claim-a")))
    Markup('5 &lt; 6 <a href="#claim-a">why</a>')
    """
    return Markup("").join(_part(part) for part in parts(text))


def labels(headings: Sequence[Text]) -> str:
    """The headings of a table as properties of its style: on a phone each cell has its own.

    The first column needs none.

    >>> labels(["Place", 'In "m"'])
    '--h2:"In \\\\"m\\\\""'
    """
    quoted = [
        plain(one).translate({ord("\\"): r"\\", ord('"'): r"\""} | dict.fromkeys(b"\n\r\f", " "))
        for one in headings
    ]
    return ";".join(f'--h{at}:"{one}"' for at, one in enumerate(quoted[1:], 2))


def told_apart(html: str, lang: str) -> str:
    """HTML in which text of another script says its language, to be spoken and drawn rightly.

    A language of wide characters holds names in Latin letters as they are.

    >>> told_apart("<td>公报 <b>press</b></td><title>公报</title>", "en")
    '<td><span lang="zh-Hans">公报 </span><b>press</b></td><title>公报</title>'
    >>> told_apart("<td>公报</td>", "zh")
    '<td>公报</td>'
    """
    wide = [one for one in map(messages.language, messages.LANGUAGES) if one.wide]
    if messages.language(lang).wide or not wide:
        return html
    return OTHER_SCRIPT.sub(rf'\g<1><span lang="{wide[0].tag}">\g<2></span>', html)


def _part(part: object) -> Markup:
    match part:
        case Link(text, to) if to.startswith(("http://", "https://")):
            markup = Markup('<a class="out" href="{}" rel="noreferrer">{}</a>')
            return markup.format(to, inline(text))
        case Link(text, to):
            return Markup('<a href="#{}">{}</a>').format(to, inline(text))
        case Mark():
            return _mark(part)
        case Small(text, True):
            return Markup('<small class="ends">{}</small>').format(inline(text))
        case Small(text, _):
            return Markup('<small class="also">{}</small>').format(inline(text))
        case Strong(text):
            return Markup("<strong>{}</strong>").format(inline(text))
        case Code(text):
            return Markup("<code>{}</code>").format(text)
        case Foreign(text, lang):
            return Markup('<span lang="{}">{}</span>').format(lang, text)
        case Break():
            return Markup("<br>")
        case Trend(values, says):
            return _trend(values, says)
    return escape(glued(str(part)))


def _mark(mark: Mark) -> Markup:
    """A badge; a bare one is its sign, with its word for those who hear or point at it."""
    if mark.bare:
        look = f"grade g-{mark.value}" if mark.kind == "grade" else "kind"
        markup = Markup('<abbr class="{}" title="{}">{}</abbr>')
        return markup.format(look, mark.text, mark.sign)
    look = f"{BADGES[mark.kind]}-{mark.value}"
    if not mark.sign:
        return Markup('<span class="{}">{}</span>').format(look, glued(mark.text))
    markup = Markup('<span class="{}"><span aria-hidden="true">{}</span> {}</span>')
    return markup.format(look, mark.sign, glued(mark.text))


def _trend(values: Sequence[float], says: str) -> Markup:
    """A line of numbers, as wide as a word; its last point is marked.

    >>> _trend((1.0, 3.0), "from 1 to 3").count("circle")
    1
    """
    least, most = min(values), max(values)
    scale = (HIGH - 6) / (most - least) if most > least else 0.0
    step = (WIDE - 6) / max(len(values) - 1, 1)
    at = [(3 + k * step, HIGH - 3 - (one - least) * scale) for k, one in enumerate(values)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    x, y = at[-1]
    markup = Markup(
        '<svg class="trend" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}"><polyline points="{}"/><circle cx="{}" cy="{}" r="2.2"/></svg>'
    )
    return markup.format(WIDE, HIGH, WIDE, HIGH, says, line, f"{x:.1f}", f"{y:.1f}")
