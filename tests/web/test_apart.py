"""Work in a separate process: its result, its refusals, and its end."""

import multiprocessing
import os
import time

import pytest

from songhua.errors import SonghuaError
from songhua.labels import parse_period
from songhua.web import apart as module
from songhua.web.apart import apart

LINUX = pytest.mark.skipif(not os.path.exists("/proc/self/statm"), reason="no memory is told")


def code(work: object, *given: object) -> str:
    """Why a piece of work was refused."""
    with pytest.raises(SonghuaError) as caught:
        apart(work, *given)  # pyright: ignore[reportArgumentType]
    return caught.value.faults[0].code


def test_it_gives_what_the_work_gives_in_another_process() -> None:
    assert apart(os.getpid) != os.getpid()
    assert apart(sorted, [3, 1, 2]) == [1, 2, 3]


def test_faults_come_back_as_they_are() -> None:
    with pytest.raises(SonghuaError) as here:
        parse_period("never")
    with pytest.raises(SonghuaError) as there:
        apart(parse_period, "never")
    assert there.value.faults == here.value.faults


def test_a_fault_of_the_work_itself_is_none_of_the_file() -> None:
    with pytest.raises(RuntimeError, match="invalid literal"):
        apart(int, "x")


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.3)
    assert code(time.sleep, 60) == "apart_time"
    assert multiprocessing.active_children() == []


@LINUX
def test_what_takes_too_much_is_ended() -> None:
    assert code(list, range(100_000_000)) == "apart_memory"  # four gigabytes
    assert multiprocessing.active_children() == []


def test_what_ends_by_itself_is_told_of() -> None:
    assert code(os._exit, 9) == "apart_ended"
    assert apart(divmod, 17, 5) == (3, 2)


def test_one_piece_is_worked_on_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TURN", 0.05)
    with module._one_at_a_time:
        assert code(divmod, 17, 5) == "apart_busy"
    assert apart(divmod, 17, 5) == (3, 2)
