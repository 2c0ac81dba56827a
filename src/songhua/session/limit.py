"""The limit of a study, and the words for one that ends by an error of songhua."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from songhua.errors import Fault, SonghuaError, where_raised
from songhua.hooks.checkpoints import watched
from songhua.messages import LANGUAGES, Words, word
from songhua.session.fault_kinds import StudyFailed, StudyStopped
from songhua.studies.registry import Progress

#: The seconds that a study may take, unless others are asked for; 0 is no limit.
SECONDS = 60.0
_running: ContextVar[Watch | None] = ContextVar("songhua.session.limit", default=None)


class OutOfTime(BaseException):
    """The time of a study is over; no study takes this for an error of its figures."""


class Watch:
    """The time of one study, without that of studies made within it."""

    def __init__(self, seconds: float, progress: Progress | None) -> None:
        """Begin now."""
        self.began, self.seconds, self.progress = time.monotonic(), seconds, progress
        self.within = 0.0
        self.step: tuple[int, int, str] = (0, 0, "")
        self.passed: Exception | None = None

    def ask(self) -> float:
        """The seconds that are left.

        Raises:
            OutOfTime: where there are none.
        """
        if not self.seconds:
            return math.inf
        seconds = self.seconds + self.within - (time.monotonic() - self.began)
        if seconds < 0:
            raise OutOfTime
        return seconds

    def report(self, count: int, total: int, step: str) -> None:
        """Take down how far the study is, and tell whoever asked."""
        self.ask()
        self.step = count, total, step
        if self.progress is not None:
            try:
                self.progress(count, total, step)
            except Exception as error:
                self.passed = error
                raise

    def fault(self, study: str) -> Fault:
        """That the time was over, and during which step."""
        count, total, step = self.step
        far = f" ({count}/{total})" if total else ""
        name = f"step_{step}" if step else "working"
        at = Words({lang: word(name, lang) + far for lang in LANGUAGES})
        return StudyStopped(study=study, seconds=f"{self.seconds:g}", step=at)


@contextmanager
def limited(study: str, seconds: float, progress: Progress | None = None) -> Iterator[Watch]:
    """Give a study its time, and tell in words what ends it.

    Raises:
        SonghuaError: what the study is refused for; `study_stopped`, after more than so many
            seconds (0 is no limit); `study_failed`, for any error that is no refusal. Errors of
            `progress` are passed on unchanged.

    >>> try:
    ...     with limited("claims", 60):
    ...         {}["some"]
    ... except SonghuaError as error:
    ...     print(error.faults[0].code, error.faults[0].params["kind"])
    study_failed KeyError
    """
    outer, watch = _running.get(), Watch(seconds, progress)
    token = _running.set(watch)
    try:
        with watched(watch.ask):
            yield watch
    except OutOfTime:
        raise SonghuaError(watch.fault(study)) from None
    except SonghuaError:
        raise
    except Exception as error:
        if error is watch.passed:
            if outer is not None:
                outer.passed = error
            raise
        raise SonghuaError(
            StudyFailed(study=study, kind=type(error).__name__, where=where_raised(error))
        ) from error
    finally:
        _running.reset(token)
        if outer is not None:
            outer.within += time.monotonic() - watch.began
