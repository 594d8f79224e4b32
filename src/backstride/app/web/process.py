"""Work in a process of its own, which tells how far it is on its output, one line of JSON after the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress

from pydantic import ValidationError

from backstride.app.web.far import LINE, Far


def started(job: str, *arguments: str, told: str = "") -> subprocess.Popen[str]:
    """The process of one of the jobs beside this file; `told` is its whole input.

    Paths go by its input: there may be more of them than a command has room for.
    """
    process = subprocess.Popen(
        (sys.executable, "-P", "-m", f"backstride.app.web.{job}", *arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
    )
    assert process.stdin is not None
    with suppress(OSError), process.stdin:  # it may have ended already: then its output says so
        process.stdin.write(told)
    return process


def far_of(process: subprocess.Popen[str]) -> Iterator[Far]:
    """How far it is, until it ends."""
    assert process.stdout is not None
    for line in process.stdout:
        with suppress(ValidationError):  # half a line, of a process that was ended
            yield LINE.validate_json(line)


def interrupt(process: subprocess.Popen[str]) -> None:
    """As Ctrl-C does it, where the system knows that."""
    if process.poll() is None:
        with suppress(OSError):
            process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
