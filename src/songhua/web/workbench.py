"""A folder that is open: read again when its files change, its studies run once for each view."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from songhua import messages, session, store
from songhua.errors import SonghuaError
from songhua.format.view import View
from songhua.render.font import ALWAYS, woff2
from songhua.results.kept import Cache
from songhua.session import Run, Session
from songhua.session.execution import all_kept
from songhua.session.limit import SECONDS
from songhua.store import DRAWING, Shelf, digest, program
from songhua.web.address import Address
from songhua.web.fault_kinds import WorkStopped
from songhua.web.jobs import Job, Jobs, Stopped

if TYPE_CHECKING:
    from songhua.session.what_if import WhatIf

T = TypeVar("T")
#: Most sessions, runs, pages and sets of letters that are held.
SESSIONS, RUNS, WHAT_IFS, PAGES, LETTERS = 8, 8, 4, 400, 400


@dataclass(frozen=True)
class Waiting:
    """A view that is not there yet: the job that makes it."""

    job: Job


@dataclass(frozen=True)
class Face:
    """A font of a page, and the letters that it is used for; blank for all."""

    name: str
    letters: str = ""


class Workbench:
    """A region's folder for many readers at once."""

    def __init__(self, folder: Path, read_only: bool = False, limit: float = SECONDS) -> None:
        """Have nothing read yet; a study ends after `limit` seconds."""
        self.folder, self.read_only, self.limit = folder, read_only, limit
        self.jobs = Jobs()
        self.shelf = Shelf(keeps=True)
        self._reading = threading.RLock()
        self.drawing = threading.RLock()  # charts are measured by one at a time
        self._stamp: object = None
        self._sessions = Cache[Session | SonghuaError](SESSIONS)
        self._runs = Cache[Run](RUNS)
        self._views = Cache[View](2 * RUNS)
        self._what_ifs = Cache["WhatIf"](WHAT_IFS)
        self._pages = Cache[bytes](PAGES)
        self._letters = Cache[str](LETTERS)

    def session(self, as_of: str = "", scenario: str = "") -> Session:
        """The folder as it stands now, on a day, in a scenario.

        Raises:
            SonghuaError: its faults; `date_unreadable`; `scenario_unknown`.
        """
        with self._reading:
            stamp = store.at(self.folder).stamp()
            if stamp != self._stamp:
                for cache in (self._sessions, self._runs, self._views, self._what_ifs):
                    cache.clear()
                self._stamp = stamp
            opened = self._sessions.of((as_of, scenario), lambda: self._open(as_of, scenario))
        if isinstance(opened, SonghuaError):
            raise SonghuaError(*opened.faults)
        return opened

    def _open(self, as_of: str, scenario: str) -> Session | SonghuaError:
        """The folder as it is read now, or what is wrong with it: that is not read twice either."""
        try:
            opened = session.open(self.folder, as_of or None, limit=self.limit)
            return opened.change(scenario=scenario) if scenario else opened
        except SonghuaError as error:
            return error

    def view(self, at: Address) -> View | Waiting:
        """All studies in a language, on a day, in a scenario; or the job that runs them.

        Nobody waits on a page for results that are kept: reading them is no study.

        Raises:
            SonghuaError: what the folder, the day or a study is refused for.
        """
        opened = self.session(at.as_of, at.scenario)
        about = self._about(opened, at)
        key = (*about, at.lang)
        if (view := self._views.get(key)) is not None:
            return view
        run = self._runs.get(about)
        if run is None:
            job = self.jobs.begin(about, opened.run_all)
            if not job.ended and not all_kept(opened):
                return Waiting(job)
            run = self._runs.hold(about, _result_of(job))
        return self._views.hold(key, View.of(run, at.lang))

    def folder_view(self, at: Address) -> View:
        """The folder alone, without results: no page of it waits for a study.

        Raises:
            SonghuaError: what the folder or the day is refused for.
        """
        opened = self.session(at.as_of, at.scenario)
        key = ("folder", *self._about(opened, at), at.lang)
        region, plan = opened.region, opened.plan
        return self._views.of(key, lambda: View(region=region, plan=plan, results={}, lang=at.lang))

    def what_if(self, at: Address) -> WhatIf | Waiting:
        """The plan on a day, in a scenario, ready to be asked otherwise; or the job that draws it.

        Raises:
            SonghuaError: what the folder or the day is refused for; `what_if_lacks`.
        """
        from songhua.session.what_if import WhatIf

        opened = self.session(at.as_of, at.scenario)
        about = self._about(opened, at)
        plan = self._what_ifs.get(about)
        if plan is None:
            job = self.jobs.begin(("what if", *about), lambda report: WhatIf.of(opened, report))
            if not job.ended:
                return Waiting(job)
            plan = self._what_ifs.hold(about, _result_of(job))
        return plan

    def page(self, at: Address, name: str, make: Callable[[View], str], view: View) -> str:
        """A page's content: kept for the same folder, language, day and scenario, or made.

        A page of an outdated view is not kept. A page that lacks an answer is kept only in memory,
        since a later request may get the answer.
        """
        opened = self.session(at.as_of, at.scenario)
        if self._views.get((*self._about(opened, at), at.lang)) is not view:
            with self.drawing:
                return make(view)
        about = {"page": name, "lang": at.lang, "as_of": at.as_of, "scenario": at.scenario}
        about |= {"program": program(*DRAWING), "folder": str(self.folder)}
        key = digest(about | {"files": dict(opened.digests), "parts": dict(opened.parts)})
        data = self._pages.get(key) or self.shelf.get(key)
        if data is None:
            with self.drawing:
                data = self._pages.get(key) or make(view).encode("utf-8", "surrogatepass")
            if not view.no_answers:
                self.shelf.save(key, data)
        return self._pages.hold(key, data).decode("utf-8", "surrogatepass")

    def build(self, about: Hashable, at: Address, work: Callable[[Session], T]) -> T | Waiting:
        """The result of long work, done once for a state of the folder; or the job that does it.

        Raises:
            SonghuaError: what it is refused for.
        """
        opened = self.session(at.as_of, at.scenario)
        about = (about, at.lang, *self._about(opened, at))
        job = self.jobs.begin(about, lambda _: work(opened))
        return _result_of(job) if job.ended else Waiting(job)

    def fonts_of(self, view: View, text: str) -> list[Face]:
        """The font with the letters of a view, by which charts are measured, and a page's others.

        The names of all languages stand on each page, and are among the first. The others are those
        of what was printed in another language, as a source's title: a page has few of them.
        """
        names = (messages.language(lang).name for lang in messages.LANGUAGES)
        common = set(view.letters + ALWAYS).union(*names)
        foreign = {letter for letter in text if letter.isprintable()} - common
        return [self._face(common)] + ([self._face(foreign, alone=True)] if foreign else [])

    def _face(self, letters: Iterable[str], alone: bool = False) -> Face:
        """A font with these letters; one that is used for these alone names them."""
        text = "".join(sorted(letters))
        name = digest({"letters": text, "program": program(*DRAWING)})[:16]
        if self.read_only and self._letters.get(name) is None:  # another worker may be asked for it
            self.shelf.save(f"letters-{name}", text.encode("utf-8", "surrogatepass"))
        self._letters.hold(name, text)
        return Face(name, ",".join(f"U+{ord(letter):X}" for letter in text) if alone else "")

    def font(self, name: str) -> bytes | None:
        """A font that a page of this workbench has named; None for any other."""
        letters = self._letters.get(name)
        if letters is None and (stored := self.shelf.get(f"letters-{name}")):
            letters = stored.decode("utf-8", "surrogatepass")
        if letters is None:
            return None
        data = self.shelf.get(f"font-{name}")
        if data is None:
            with self.drawing:
                data = woff2(letters)
            self.shelf.save(f"font-{name}", data)
        return data

    def close(self) -> None:
        """Stop what is under way."""
        self.jobs.close()

    def _about(self, opened: Session, at: Address) -> tuple[str, str, str]:
        return digest(dict(opened.digests)), at.as_of, at.scenario


def _result_of(job: Job) -> Any:
    """The result of a job.

    Raises:
        SonghuaError: what it was refused for; `work_stopped`.
    """
    try:
        return job.future.result()
    except (CancelledError, Stopped):
        raise SonghuaError(WorkStopped()) from None
