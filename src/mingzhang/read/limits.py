"""Limits: how much time, memory and input one file may cost; a child process that keeps to them."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from mingzhang.read.errors import Unreadable, refusal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one book may cost 读取上限.

    ``max_bytes`` bounds the files of a book, and again what they unpack to; ``max_pages`` the pages
    read of one file; ``seconds`` (wall clock) and ``memory_mb`` a reader run by ``in_child``.
    """

    max_bytes: int = 256 * 2**20
    max_pages: int = 3000
    seconds: float = 120.0
    memory_mb: int = 2048


DEFAULT = Limits()


def in_child(fn: Callable[..., T], args: tuple[Any, ...], limits: Limits, where: str = "") -> T:
    """``fn(*args)`` run in a child process that cannot hang, starve or kill this one.

    Raises Unreadable: what ``fn`` raised, or ``timeout``, ``memory`` or ``crashed`` (with the
    child's traceback as cause). ``fn``, its arguments and its result must be picklable. Memory is
    bounded where the system has RLIMIT_AS (Linux, most Unix); time everywhere.
    """
    context = multiprocessing.get_context(_start_method())
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_work, args=(theirs, fn, args, limits), daemon=True)  # type: ignore[attr-defined]
    child.start()
    theirs.close()
    try:
        if not ours.poll(limits.seconds):
            raise refusal("timeout", where, limit=f"{limits.seconds:g}")
        answer = ours.recv()
    except EOFError:
        child.join(5)
        raise refusal("crashed", where, detail=_cause_of_death(child.exitcode)) from None
    finally:
        ours.close()
        child.kill()
        child.join()
    result: T = _result(answer, limits, where)
    return result


def _result(answer: tuple[Any, ...], limits: Limits, where: str) -> Any:
    kind, *rest = answer
    if kind == "done":
        return rest[0]
    if kind == "unreadable":
        what, place, messages, hint = rest
        raise Unreadable(what, place, messages, hint)
    if kind == "memory":
        raise refusal("memory", where, limit=limits.memory_mb)
    name, trace = rest
    raise refusal("crashed", where, detail=name) from RuntimeError(trace)


def _start_method() -> str:
    # A fork costs milliseconds and asks nothing of the caller's main module, but copies locks that
    # other threads may hold; on macOS system libraries do not survive it.
    safe = hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1
    return "fork" if safe else "spawn"


def _work(pipe: Connection, fn: Callable[..., Any], args: tuple[Any, ...], limits: Limits) -> None:
    """In the child: answer with the result or with what went wrong."""
    _bound(limits)
    try:
        try:
            pipe.send(("done", fn(*args)))
        except Unreadable as error:
            pipe.send(("unreadable", error.what, error.where, error.messages, error.hint))
        except MemoryError:
            _unbound()
            pipe.send(("memory",))
        except Exception as error:  # whatever it is, the parent must hear of it, not die of it
            pipe.send(("failed", type(error).__name__, traceback.format_exc()))
    finally:
        pipe.close()


def _bound(limits: Limits) -> None:
    """Lower this process's own limits; the hard ones stay, so that it can still say goodbye."""
    try:
        import resource
    except ImportError:  # Windows: time alone is bounded
        return
    room = limits.memory_mb * 2**20
    wanted = {
        resource.RLIMIT_AS: _address_space() + room,
        resource.RLIMIT_CPU: int(limits.seconds) + 2,  # should the parent be gone
        resource.RLIMIT_CORE: 0,
    }
    for which, soft in wanted.items():
        hard = resource.getrlimit(which)[1]
        if hard == resource.RLIM_INFINITY or soft <= hard:
            resource.setrlimit(which, (soft, hard))


def _unbound() -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def _address_space() -> int:
    """Bytes mapped already (inherited from the parent): the limit counts from there."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _cause_of_death(code: int | None) -> str:
    if code is None:
        return "no answer"
    return f"signal {-code}" if code < 0 else f"exit status {code}"
