"""Values in a notebook: a run's report, a result's screen, a folder's contents in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from songhua import render
from songhua.document.blocks import Block, Document, Table
from songhua.document.holdings import holdings
from songhua.document.run import run
from songhua.document.studies import of_study
from songhua.format.language import Language
from songhua.format.view import View
from songhua.plan import Plan
from songhua.region import Region
from songhua.render.html.document import fragment, page
from songhua.results import Result
from songhua.session import Run, Session


@dataclass(frozen=True)
class Page:
    """A page that a notebook shows in its place.

    >>> Page("<p>1 &lt; 2</p>")._repr_html_()
    '<iframe srcdoc="&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;" title="songhua" width="100%" height="640" style="border: 0"></iframe>'
    """  # noqa: E501

    html: str

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its style and the notebook's stay apart."""
        inside = escape(self.html, quote=True)
        frame = 'title="songhua" width="100%" height="640" style="border: 0"'
        return f'<iframe srcdoc="{inside}" {frame}></iframe>'


def show(what: Run | Result | Session | Region | Plan, *sections: str, lang: str = "en") -> Page:
    """The report of a run, or some of its sections; of a result what the terminal shows of it.

    Of a session, a region or a plan it is how much they hold of what.

    Raises:
        SonghuaError: `section_unknown`, or `section_empty` where there is nothing to show;
            `result_alone`.

    >>> import songhua
    >>> session = songhua.open(songhua.example())
    >>> show(session.run_all(), "claims").html.startswith("<!doctype html>")
    True
    >>> show(session.run("claims")).html.count("<h1")
    0
    """
    match what:
        case Run():
            return Page(render.report(View.of(what, lang), sections))
        case Result():
            view = View.of(what, lang)
            return _page(view, view.choice("study", what.study), of_study(view, what.study))
    words = Language(lang)
    return _page(words, _name(what, lang), [_holdings(what, words)])


def html(value: object, lang: str = "en") -> str:
    """A value as HTML in a notebook: a screen in a frame, or a small table.

    >>> print(html(Region.of("rivertown")).count("<tr>"))
    2
    """
    match value:
        case Run():
            view = View.of(value, lang)
            return _page(view, _name(value.region, lang), list(run(view)))._repr_html_()
        case Result() if value.region is not None:
            return show(value, lang=lang)._repr_html_()
        case Session() | Region() | Plan():
            words = Language(lang)
            return fragment(words, [_holdings(value, words)])
    return f"<pre>{escape(repr(value))}</pre>"


def _page(words: Language, title: str, blocks: Sequence[Block]) -> Page:
    """Some blocks as a page by themselves."""
    return Page(page(words, Document(title, blocks), whole=False))


def _holdings(value: Session | Region | Plan, words: Language) -> Table:
    return holdings(words, _name(value, words.lang), value.counts())


def _name(value: Session | Region | Plan, lang: str) -> str:
    """The name of a region or a plan; a region without one has its code."""
    subject = value.region if isinstance(value, Session) else value
    return subject.name(lang) or getattr(subject, "code", "")
