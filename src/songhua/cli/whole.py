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
#: The beginning of the names of the report's pages in a language.
BOOK = "book "


@dataclass(frozen=True)
class RunRequest:
    """A request for a whole run: its folder, where the report goes, how it is shown."""

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
        files: dict[str, Path] = {}
        for form in self.forms:
            langs = messages.LANGUAGES if form == "html" else (self.lang,)
            for lang in langs if form != PICTURES else ():
                files[self._name(form, lang)] = self.target / f"report-{lang}.{form}"
        return files

    def _name(self, form: str, lang: str) -> str:
        """A name for a file that says all that it depends on."""
        if form == "html":
            return f"{BOOK}{lang}"
        look = hashlib.sha256(self.look).hexdigest() if self.look and form == "docx" else ""
        return f"document {form} {lang} {look}"


def run_whole(request: RunRequest) -> int:
    """Give all that is asked; what the same folder gave before is not made again.

    Returns:
        The exit code: 0, or where a study gave no answer 2, or 1 by an error of songhua or by the
        limit.
    """
    store.refuse_songhua(request.target)
    makers = _makers(request)
    contents, code = _contents(request, makers)
    files: dict[Path, bytes] = {}
    for name, path in request.reports.items():
        if name in contents and path.suffix == ".html":
            files |= {request.target / file: data for file, data in unpacked(contents[name])}
        elif name in contents:
            files[path] = contents[name]
    pictures = request.target / CHARTS
    if PICTURES in request.forms:
        files |= {pictures / name: data for name, data in unpacked(contents[_pictures(request)])}
    if request.xlsx is not None:
        files[Path(request.xlsx)] = contents[_tables_name(request)]
    write_outputs(files, request.replace)
    if request.xlsx is not None:
        written_at("tables_at", Path(request.xlsx), request.lang, err=True)
    *_, output = makers
    sys.stdout.write(contents[output].decode("utf-8", "surrogatepass"))
    if not request.as_json:
        click.echo("")
        label = contents[_label_name(request)].decode()
        for path in (*request.reports.values(), *([pictures] if PICTURES in request.forms else [])):
            click.echo(f"{label} {messages.visible(str(path), '')}")
        sys.stderr.write(contents[_warned(request)].decode("utf-8", "surrogatepass"))
    return code


def _makers(request: RunRequest) -> dict[str, Callable[[Run], bytes]]:
    """The makers of all that is asked for, by names that say all that each depends on."""
    makers: dict[str, Callable[[Run], bytes]] = {}
    for name, path in request.reports.items():
        form, lang = path.suffix[1:], path.stem.rpartition("-")[2]
        makers[name] = (
            partial(_book, lang) if form == "html" else partial(_document, form, lang, request.look)
        )
    if PICTURES in request.forms:
        makers[_pictures(request)] = partial(_charts, request.lang)
    if request.xlsx is not None:
        makers[_tables_name(request)] = partial(_tables, request.lang, request.draws_too)
    if request.as_json:
        written = [*request.reports.values()]
        json_name = f"json {request.target} {request.draws_too} {' '.join(map(str, written))}"
        return makers | {json_name: partial(_json, written, request.draws_too)}
    from rich.console import Console

    console = Console(highlight=False)
    makers[_label_name(request)] = partial(_report_at, request.lang)
    look = (console.width, console.color_system, console.encoding, console.is_terminal)
    return makers | {f"screen {request.lang} {look}": partial(_screen, request.lang, console)}


def _contents(
    request: RunRequest, makers: Mapping[str, Callable[[Run], bytes]]
) -> tuple[dict[str, bytes], int]:
    """All requested contents and the exit code; contents that are not kept are made and kept.

    Pages that stand already where they go, as written before, are left out.
    """
    shelf, state = Shelf(keeps=True, fresh=request.fresh), store.at(request.folder).state()
    names = [
        name for name in (*makers, _warned(request)) if not _stands(request, shelf, state, name)
    ]
    stored = {name: shelf.get(_key(request, state, name)) for name in names} if state else {}
    contents = {name: data for name, data in stored.items() if data is not None}
    if len(contents) == len(names):
        return contents, 0
    from songhua import session
    from songhua.session.execution import all_kept

    with progress(request.lang, quiet=request.as_json) as report:
        opened = session.open(request.folder, request.as_of, request.fresh, request.limit)
        run = opened.run_all(report)
        missing = [name for name in makers if name in names and name not in contents]
        warned = warnings_at(opened.warnings(), str(request.folder), request.lang)
        new = {_warned(request): warned.encode("utf-8", "surrogatepass")}
        for at, name in enumerate(missing):
            report(at, len(missing), "report")
            new[name] = makers[name](run)
    if run.refused:  # nothing is kept of a run that misses an answer
        return contents | new, 1 if run.broken else 2
    # nothing is kept of a folder that someone has changed meanwhile
    unchanged = state == store.at(request.folder).state()
    if state and unchanged and state["files"] == opened.digests and all_kept(opened):
        for name, data in new.items():
            shelf.save(_key(request, state, name), data)
            if _is_book(name):
                shelf.save(_key(request, state, _digests(name)), digests_of(data))
    return contents | new, 0


def _stands(request: RunRequest, shelf: Shelf, state: State | None, name: str) -> bool:
    """True for a book whose every page stands where it goes, as written before."""
    if state is None or not _is_book(name):
        return False
    noted = shelf.get(_key(request, state, _digests(name)))
    return noted is not None and standing(request.target, json.loads(noted))


def _key(request: RunRequest, state: State, name: str) -> str:
    """The digest of all that a thing rests on."""
    return digest({
        "name": name, "folder": str(request.folder), "as_of": request.as_of or "", "state": state,
        "program": program(*DRAWING, *BOOKS),
    })  # fmt: skip


def _is_book(name: str) -> bool:
    return name.startswith(BOOK)


def _digests(book: str) -> str:
    return f"digests {book}"


def _pictures(request: RunRequest) -> str:
    return f"charts {request.lang}"


def _tables_name(request: RunRequest) -> str:
    return f"tables {request.lang} {request.draws_too}"


def _label_name(request: RunRequest) -> str:
    return f"report_at {request.lang}"


def _warned(request: RunRequest) -> str:
    return f"warnings_at {request.lang}"


def _report_at(lang: str, _: Run) -> bytes:
    """The word before the place of the report, for which no catalogue is read again."""
    return messages.word("report_at", lang).encode()


def _book(lang: str, run: Run) -> bytes:
    """The pages of the report in one language, as one thing to be kept."""
    from songhua import render
    from songhua.format.view import View

    return packed({name: text.encode() for name, text in render.book(View.of(run, lang)).items()})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files by name as one, to be kept together: a line of names and lengths, then each whole.

    >>> packed({"a": b"12", "b": b""})
    b'{"a": 2, "b": 0}\\n12'
    """
    head = json.dumps({name: len(data) for name, data in files.items()})
    return b"".join((head.encode(), b"\n", *files.values()))


def _document(form: str, lang: str, look: bytes | None, run: Run) -> bytes:
    """The report in short as a document to send."""
    from songhua import render
    from songhua.document.sent import short_report
    from songhua.format.view import View
    from songhua.render.charts.drawing import ratio
    from songhua.render.files import day_of

    view = View.of(run, lang)
    return render.document(view, short_report(view, ratio), day_of(view), form, look)


def _charts(lang: str, run: Run) -> bytes:
    """The charts as pictures, packed into one."""
    from songhua.format.view import View
    from songhua.render.files import charts

    return packed(charts(View.of(run, lang)))


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
    digests = {name: hashlib.sha256(file).hexdigest() for name, file in unpacked(data)}
    return json.dumps(digests).encode()


def _tables(lang: str, draws: bool, run: Run) -> bytes:
    """All tables as an Excel file."""
    from songhua import render
    from songhua.format.view import View

    return render.tables(View.of(run, lang), draws)


def _screen(lang: str, console: Console, finished: Run) -> bytes:
    """Everything in brief, what was skipped, and how the source article is answered."""
    from songhua.document.run import run
    from songhua.format.view import View
    from songhua.render.terminal import show

    with console.capture() as captured:
        show(run(View.of(finished, lang)), console)
    return captured.get().encode("utf-8", "surrogatepass")


def _json(written: list[Path], draws: bool, run: Run) -> bytes:
    """The results, what was skipped, the faults of studies without answer, where the report is."""
    data = {name: json.loads(result.to_json(draws)) for name, result in run.results.items()}
    lacking = [fault for fault in run.skipped if fault.params["study"] not in run.refused]
    skipped = [{"code": f.code, "params": dict(f.params)} for f in lacking]
    failed = {name: [f.as_dict() for f in faults] for name, faults in run.refused.items()}
    whole = {
        "results": data, "skipped": skipped, "failed": failed,
        "reports": [str(path) for path in written],
    }  # fmt: skip
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")
