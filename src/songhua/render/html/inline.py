"""Text as HTML: links, badges, small print and code, escaped once."""

from __future__ import annotations

from markupsafe import Markup, escape

from songhua.format.lines import glued
from songhua.format.text import Break, Code, Foreign, Link, Mark, Small, Strong, Text, parts

BADGES = {"grade": "grade g", "verdict": "verdict v", "class": "verdict t", "state": "state s"}
ABBREVIATED = {"grade": "grade g", "estimate": "kind k"}


def inline(text: Text) -> Markup:
    """A text as HTML.

    >>> inline(("5 < 6 ", Link("why", "claim-a")))
    Markup('5 &lt; 6 <a href="#claim-a">why</a>')
    """
    return Markup("").join(_part(part) for part in parts(text))


def _part(part: object) -> Markup:
    match part:
        case Link(text, to) if to.startswith(("http://", "https://")):
            markup = Markup('<a class="out" href="{}" rel="noopener noreferrer nofollow">{}</a>')
            return markup.format(to, inline(text))
        case Link(text, to):
            look = Markup(' class="ob"') if to.startswith("obs-") else ""
            return Markup('<a{} href="#{}">{}</a>').format(look, to, inline(text))
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
    return escape(glued(str(part)))


def _mark(mark: Mark) -> Markup:
    """A badge; a bare one is its sign, with its word for those who hear or point at it."""
    if mark.bare:
        look = f"{ABBREVIATED[mark.kind]}-{mark.value}"
        markup = Markup('<abbr class="{}" title="{}">{}</abbr>')
        return markup.format(look, mark.text, mark.sign)
    look = f"{BADGES[mark.kind]}-{mark.value}"
    if not mark.sign:
        return Markup('<span class="{}">{}</span>').format(look, glued(mark.text))
    markup = Markup('<span class="{}"><span aria-hidden="true">{}</span> {}</span>')
    return markup.format(look, mark.sign, glued(mark.text))
