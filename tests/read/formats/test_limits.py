"""A reader in a child process: its answer, and every way in which it can fail to give one."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

import pytest

from mingzhang.read.errors import Unreadable, refusal
from mingzhang.read.limits import Limits, in_child

SMALL = Limits(seconds=20, memory_mb=256)


def double(value: int) -> int:
    return 2 * value


def refuse() -> None:
    raise refusal("damaged", "a.pdf", detail="x")


def sleep() -> None:
    time.sleep(60)


def spin() -> None:
    while True:
        pass


def devour() -> int:
    return len([bytes(50 * 2**20) for _ in range(40)])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    os._exit(3)


def stumble() -> None:
    raise ZeroDivisionError("a bug of ours")


def large() -> bytes:
    return bytes(20 * 2**20)


def test_the_answer_comes_back() -> None:
    assert in_child(double, (21,), SMALL) == 42


def test_an_answer_larger_than_a_pipe_comes_back() -> None:
    assert len(in_child(large, (), SMALL)) == 20 * 2**20


def test_unreadable_comes_back_whole() -> None:
    with pytest.raises(Unreadable) as caught:
        in_child(refuse, (), SMALL, "other.pdf")
    assert (caught.value.what, caught.value.where) == ("damaged", "a.pdf")
    assert "损坏" in caught.value.messages["zh"]


@pytest.mark.parametrize("hang", [sleep, spin])
def test_a_reader_that_hangs_is_stopped(hang: object) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable) as caught:
        in_child(hang, (), Limits(seconds=0.5), "a.pdf")  # type: ignore[arg-type]
    assert caught.value.what == "timeout"
    assert "0.5" in caught.value.messages["zh"]
    assert time.monotonic() - began < 10


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="RLIMIT_AS is kept on Linux")
def test_a_reader_that_devours_memory_is_stopped() -> None:
    with pytest.raises(Unreadable) as caught:
        in_child(devour, (), SMALL, "a.pdf")
    assert (caught.value.what, caught.value.where) == ("memory", "a.pdf")


@pytest.mark.parametrize(("death", "cause"), [(die, "signal 9"), (leave, "exit status 3")])
def test_a_reader_that_dies_does_not_take_us_along(death: object, cause: str) -> None:
    with pytest.raises(Unreadable) as caught:
        in_child(death, (), SMALL, "a.pdf")  # type: ignore[arg-type]
    assert caught.value.what == "crashed"
    assert cause in caught.value.messages["en"]


def test_a_bug_in_a_reader_is_told_with_its_traceback() -> None:
    with pytest.raises(Unreadable) as caught:
        in_child(stumble, (), SMALL, "a.pdf")
    assert caught.value.what == "crashed"
    assert "ZeroDivisionError" in caught.value.messages["en"]
    assert "in stumble" in str(caught.value.__cause__)


def test_the_limits_of_the_child_are_not_ours() -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    in_child(double, (1,), SMALL)
    assert before == (
        resource.getrlimit(resource.RLIMIT_AS),
        resource.getrlimit(resource.RLIMIT_CPU),
    )


def test_with_other_threads_running_it_works_too() -> None:
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        assert in_child(divmod, (7, 2), Limits(seconds=60)) == (3, 1)
    finally:
        release.set()
        thread.join()
