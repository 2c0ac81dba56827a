"""A session: the contents of a folder, checked and frozen, and the questions to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from songhua import store
from songhua.checks.plausibility import doubts
from songhua.errors import Fault
from songhua.labels import parse_date
from songhua.results import Result
from songhua.session import changes, execution, limit
from songhua.session.change import change_of
from songhua.session.doubts import with_doubts
from songhua.session.execution import Run
from songhua.session.opened import Opened
from songhua.session.study_inputs import inputs
from songhua.studies import registry
from songhua.studies.parts import PARTS, of_part
from songhua.studies.registry import Progress


class Session(Opened):
    """A region's folder, opened and asked.

    Frozen: `change` gives another session in memory, and no file of the folder is ever written.
    """

    def change(
        self,
        *,
        assumptions: Mapping[str | tuple[str, str], object] | None = None,
        figures: Sequence[Mapping[str, object]] = (),
        projects: Mapping[str, Mapping[str, object]] | None = None,
        targets: Mapping[str, str] | None = None,
        scenario: str = "",
    ) -> Session:
        """The session with something else assumed, known, planned or aimed at; in memory.

        Changes are read and checked as if they stood in the folder. Changes compose.

        Args:
            assumptions: by name, or by (name, project): a number, which is then fixed, or the
                columns of `plan/assumptions.csv` that change, such as value, low and high.
            figures: rows as `observations/*.csv` has them. A figure is added; of two of the same
                source the one recorded later holds.
            projects: by project the fields of `plan/operation.csv`: a value, or the columns that
                change, such as value and unit.
            targets: by target its new text.
            scenario: one of the plan's scenarios.

        Raises:
            SonghuaError: every fault, each with what was changed as its place.

        >>> import songhua
        >>> session = songhua.open(songhua.example())
        >>> session.change(assumptions={"pay": -5})
        Traceback (most recent call last):
        ...
        songhua.errors.SonghuaError: assumptions, pay · value: pay is -5 and must be above zero. Correct the number.
        """  # noqa: E501
        return changes.applied(self, change_of(assumptions, figures, projects, targets, scenario))

    def run(self, study: str, *, progress: Progress | None = None, **options: object) -> Result:
        """The result of a study, with the recipe that makes it again.

        `songhua.studies.registry` lists the studies, the inputs of each and its options.

        Raises:
            SonghuaError: `study_unknown`, `option_unknown` and the like, and what the study
                raises where the folder lacks what it needs; `study_stopped`, after the session's
                `limit`; `study_failed`, for an error of songhua; `study_rests_on`.

        >>> import songhua
        >>> session = songhua.open(songhua.example())
        >>> session.run("track", until="2021").tables["view"]["day"].tolist()
        ['2021-12-31']
        """
        return execution.run(self, study, options, progress)

    def warnings(self) -> list[Fault]:
        """Doubts about well-formed rows, and unknown history: no faults.

        Figures come each with their numbers; whether something recorded was changed cannot be
        told where git does not answer.

        >>> import songhua
        >>> session = songhua.open(songhua.example())
        >>> [one.code for one in session.warnings()]
        ['growth_off_levels']
        """
        return [*self.whole.untold, *self.whole.warnings, *doubts(self.region)]

    def lacks(self, study: str) -> str | None:
        """The file that a study needs and the folder does not have, if there is one.

        >>> import songhua
        >>> songhua.open(songhua.example("skeleton")).lacks("claims")
        'claims.toml'
        """
        entry = registry.get(study)
        return entry.lacks(inputs(self, entry))

    def run_all(self, progress: Progress | None = None) -> Run:
        """Every study that the folder has the data for, and what was skipped; none is raised for.

        >>> import songhua
        >>> list(songhua.open(songhua.example()).run_all().results)[-1]
        'brief'
        """
        return execution.run_all(self, progress)


def open(
    path: str | Path,
    as_of: str | date | None = None,
    fresh: bool = False,
    limit: float = limit.SECONDS,
) -> Session:
    """Read and check a region's folder; `as_of` shows it as it was known on that day.

    Results are kept in the user's cache; a `fresh` session does not read them. Each study ends
    after `limit` seconds; with 0 it has all the time that it takes.

    Raises:
        SonghuaError: with all faults of the folder; `date_unreadable`.

    >>> from songhua.session import example
    >>> session = open(example(), as_of="2021-03-09")
    >>> float(session.region.figure("gdp_growth_real", "2020")["number"])
    0.6
    """
    day = None if as_of is None else parse_date(as_of)
    read = store.read(Path(path))
    session = session_of(Path(path), read, day, store.Shelf(keeps=True, fresh=fresh))
    return replace(session, limit=limit)


def open_register(
    path: str | Path, statuses: Sequence[str] = (), limit: float = limit.SECONDS
) -> Session:
    """The register of a folder that need be no region's, or of a file of firms.

    `statuses` are rulebooks by which its facts are read, in place of those that it names; a study
    ends after `limit` seconds.

    Raises:
        SonghuaError: `register_missing`, `file_missing`, or every fault of its files.
    """
    session = session_of(Path(path), store.read_register(Path(path), tuple(statuses)))
    return replace(session, limit=limit)


def session_of(
    path: Path, read: store.Case, day: date | None = None, shelf: store.Shelf | None = None
) -> Session:
    """A session of a folder that was read, as it was known on a day; without a shelf none keeps."""
    view = read.view(day)
    parts = {
        part: store.digest({name: read.digests[name] for name in of_part(part, read.digests)})
        for part in PARTS
    }
    elsewhere = sorted(name for name, panel in read.region.learnt.items() if panel.elsewhere)
    if elsewhere:
        parts["learnt"] = store.digest([parts["learnt"], elsewhere])
    return Session(
        path,
        with_doubts(view.region),
        view.plan,
        view.register,
        day,
        read.digests,
        parts,
        read,
        shelf=shelf or store.Shelf(),
    )
