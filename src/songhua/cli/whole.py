"""A whole run: screen or JSON, report and Excel file, made, or found where they are kept."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from songhua import messages, store
from songhua.cli.shared import progress, warnings_at, written_at
from songhua.store import BOOKS, DRAWING, Shelf, State, digest, program, standing, write_outputs

if TYPE_CHECKING:
    from rich.console import Console

    from songhua.session import Run

#: The form that is the charts as pictures, and the folder that they go to.
PICTURES, CHARTS = "png", "charts"
#: How the name of the report's pages in a language begins.
BOOK = "book "


@dataclass(frozen=True)
class Asked:
    """What is asked of a whole run: of which folder, where the report goes, how it is shown."""

    folder: Path
    target: Path
    lang: str
    as_of: str | None = None
    xlsx: str | None = None
    as_json: bool = False
    fresh: bool = False
    limit: int = 60
    replace: bool = False
    forms: tuple[str, ...] = ("html",)
    look: bytes | None = None
    draws_too: bool = False

    @property
    def reports(self) -> dict[str, Path]:
        """The files of the report by what makes each; beside a page stand its others."""
        found: dict[str, Path] = {}
        for form in self.forms:
            langs = messages.LANGUAGES if form == "html" else (self.lang,)
            for lang in langs if form != PICTURES else ():
                found[self._made(form, lang)] = self.target / f"report-{lang}.{form}"
        return found

    def _made(self, form: str, lang: str) -> str:
        """A name for a file that says all that it depends on."""
        if form == "html":
            return f"{BOOK}{lang}"
        look = hashlib.sha256(self.look).hexdigest() if self.look and form == "docx" else ""
        return f"document {form} {lang} {look}"


def run_whole(asked: Asked) -> int:
    """Give all that is asked; what the same folder gave before is not made again.

    Returns:
        The exit code: 0, or where a study gave no answer 2, or 1 by an error of songhua or by the
        limit.
    """
    makers = _makers(asked)
    found, code = _given(asked, makers)
    files: dict[Path, bytes] = {}
    for name, path in asked.reports.items():
        if name not in found:
            continue
        if path.suffix == ".html":
            files |= {asked.target / one: data for one, data in unpacked(found[name])}
        else:
            files[path] = found[name]
    pictures = asked.target / CHARTS
    if PICTURES in asked.forms:
        files |= {pictures / name: data for name, data in unpacked(found[_pictures(asked)])}
    if asked.xlsx is not None:
        files[Path(asked.xlsx)] = found[_tables_name(asked)]
    write_outputs(files, asked.replace)
    if asked.xlsx is not None:
        written_at("tables_at", Path(asked.xlsx), asked.lang, err=True)
    *_, shown = makers
    sys.stdout.write(found[shown].decode("utf-8", "surrogatepass"))
    if not asked.as_json:
        click.echo("")
        said = found[_said(asked)].decode()
        for path in (*asked.reports.values(), *([pictures] if PICTURES in asked.forms else [])):
            click.echo(f"{said} {messages.visible(str(path), '')}")
        sys.stderr.write(found[_warned(asked)].decode("utf-8", "surrogatepass"))
    return code


def _makers(asked: Asked) -> dict[str, Callable[[Run], bytes]]:
    """How each thing that is asked for is made, by a name that says all that it depends on."""
    makers: dict[str, Callable[[Run], bytes]] = {}
    for name, path in asked.reports.items():
        form, lang = path.suffix[1:], path.stem.rpartition("-")[2]
        makers[name] = (
            partial(_book, lang) if form == "html" else partial(_document, form, lang, asked.look)
        )
    if PICTURES in asked.forms:
        makers[_pictures(asked)] = partial(_charts, asked.lang)
    if asked.xlsx is not None:
        makers[_tables_name(asked)] = partial(_tables, asked.lang, asked.draws_too)
    if asked.as_json:
        written = [*asked.reports.values()]
        json_name = f"json {asked.target} {asked.draws_too} {' '.join(map(str, written))}"
        return makers | {json_name: partial(_json, written, asked.draws_too)}
    from rich.console import Console

    console = Console(highlight=False)
    makers[_said(asked)] = partial(_report_at, asked.lang)
    look = (console.width, console.color_system, console.encoding, console.is_terminal)
    return makers | {f"screen {asked.lang} {look}": partial(_screen, asked.lang, console)}


def _given(
    asked: Asked, makers: Mapping[str, Callable[[Run], bytes]]
) -> tuple[dict[str, bytes], int]:
    """All that is asked for, and the exit code: what is kept, and what is not is made and kept.

    Pages that stand already where they go, as written before, are left out.
    """
    shelf, state = Shelf(keeps=True, fresh=asked.fresh), store.at(asked.folder).state()
    names = [name for name in (*makers, _warned(asked)) if not _stands(asked, shelf, state, name)]
    held = {name: None if state is None else shelf.get(_key(asked, state, name)) for name in names}
    found = {name: data for name, data in held.items() if data is not None}
    if len(found) == len(names):
        return found, 0
    from songhua import session
    from songhua.session.execution import lasting

    with progress(asked.lang, quiet=asked.as_json) as report:
        opened = session.open(asked.folder, asked.as_of, asked.fresh, asked.limit)
        done = opened.run_all(report)
        missing = [name for name in makers if name in names and name not in found]
        warned = warnings_at(opened.warnings(), str(asked.folder), asked.lang)
        made = {_warned(asked): warned.encode("utf-8", "surrogatepass")}
        for at, name in enumerate(missing):
            report(at, len(missing), "report")
            made[name] = makers[name](done)
    if done.refused:  # nothing is kept of a run that misses an answer
        return found | made, 1 if done.broken else 2
    # nothing is kept of a folder that someone has changed meanwhile
    unchanged = state == store.at(asked.folder).state()
    if state and unchanged and state["files"] == opened.digests and lasting(opened, done.results):
        for name, data in made.items():
            shelf.save(_key(asked, state, name), data)
            if _is_book(name):
                shelf.save(_key(asked, state, _digests(name)), digests_of(data))
    return found | made, 0


def _stands(asked: Asked, shelf: Shelf, state: State | None, name: str) -> bool:
    """Whether something is a book whose every page stands where it goes, as written before."""
    if state is None or not _is_book(name):
        return False
    noted = shelf.get(_key(asked, state, _digests(name)))
    return noted is not None and standing(asked.target, json.loads(noted))


def _key(asked: Asked, state: State, name: str) -> str:
    """The digest of all that a thing rests on."""
    return digest({
        "name": name, "folder": str(asked.folder), "as_of": asked.as_of or "", "state": state,
        "program": program(*DRAWING, *BOOKS),
    })  # fmt: skip


def _is_book(name: str) -> bool:
    return name.startswith(BOOK)


def _digests(book: str) -> str:
    return f"digests {book}"


def _pictures(asked: Asked) -> str:
    return f"charts {asked.lang}"


def _tables_name(asked: Asked) -> str:
    return f"tables {asked.lang} {asked.draws_too}"


def _said(asked: Asked) -> str:
    return f"report_at {asked.lang}"


def _warned(asked: Asked) -> str:
    return f"warnings_at {asked.lang}"


def _report_at(lang: str, done: Run) -> bytes:
    """The word before the place of the report, for which no catalogue is read again."""
    del done
    return messages.word("report_at", lang).encode()


def _book(lang: str, done: Run) -> bytes:
    """The pages of the report in one language, as one thing to be kept."""
    from songhua import render
    from songhua.format.view import View

    return packed({name: text.encode() for name, text in render.book(View.of(done, lang)).items()})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by name as one, to be kept together: a line of names and lengths, then each whole.

    >>> packed({"a": b"12", "b": b""})
    b'{"a": 2, "b": 0}\\n12'
    """
    head = json.dumps({name: len(data) for name, data in files.items()})
    return b"".join((head.encode(), b"\n", *files.values()))


def _document(form: str, lang: str, look: bytes | None, done: Run) -> bytes:
    """The report in short as a document to send."""
    from songhua import render
    from songhua.document.sent import whole
    from songhua.format.view import View
    from songhua.render.charts.drawing import ratio
    from songhua.render.files import day_of

    view = View.of(done, lang)
    return render.document(view, whole(view, ratio), day_of(view), form, look)


def _charts(lang: str, done: Run) -> bytes:
    """The charts as pictures, packed into one."""
    from songhua.format.view import View
    from songhua.render.files import charts

    return packed(charts(View.of(done, lang)))


def unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that were packed into one, by name.

    >>> dict(unpacked(packed({"a": b"12", "b": b""})))
    {'a': b'12', 'b': b''}
    """
    at = data.index(b"\n") + 1
    for name, size in json.loads(data[:at]).items():
        yield name, data[at : at + size]
        at += size


def digests_of(data: bytes) -> bytes:
    """The digest of each file that was packed, by name.

    >>> json.loads(digests_of(packed({"a": b""})))["a"][:8]
    'e3b0c442'
    """
    found = {name: hashlib.sha256(file).hexdigest() for name, file in unpacked(data)}
    return json.dumps(found).encode()


def _tables(lang: str, draws: bool, done: Run) -> bytes:
    """All tables as an Excel file."""
    from songhua import render
    from songhua.format.view import View

    return render.tables(View.of(done, lang), draws)


def _screen(lang: str, console: Console, done: Run) -> bytes:
    """Everything in brief, what was skipped, and how the source article is answered."""
    from songhua.document.run import run
    from songhua.format.view import View
    from songhua.render.terminal import show

    with console.capture() as captured:
        show(run(View.of(done, lang)), console)
    return captured.get().encode("utf-8", "surrogatepass")


def _json(written: list[Path], draws: bool, done: Run) -> bytes:
    """The results, what was skipped, the faults of studies without answer, where the report is."""
    data = {name: json.loads(result.to_json(draws)) for name, result in done.results.items()}
    lacking = [found for found in done.skipped if found.params["study"] not in done.refused]
    skipped = [{"code": f.code, "params": dict(f.params)} for f in lacking]
    failed = {name: [f.as_dict() for f in faults] for name, faults in done.refused.items()}
    whole = {
        "results": data, "skipped": skipped, "failed": failed,
        "reports": [str(path) for path in written],
    }  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
