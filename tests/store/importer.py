"""A program that imports made-up files until it is killed, and says on stdout what it is at.

Run as `python importer.py STORE FIRST forever`, or `python importer.py STORE FIRST die_everywhere`: then a
child of its own dies by SIGKILL just before each SQL statement of one import in turn.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from tests.store import made_up

from backstride.store.store import Store


def tell(word: str, number: int) -> None:
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


def import_forever(path: Path, first: int) -> None:
    with Store.open(path) as store:
        run = store.begin_import()
        for number in count(first):
            data, activity, line = made_up.file(number)
            tell("begin", number)
            store.add_file(run, data, (activity,), line)
            tell("done", number)


def die_at_statement(path: Path, number: int, place: int) -> None:
    """Imports one file, and dies before its SQL statement `place` (counted from 0), if it has so many."""
    store = Store.open(path)
    run = store.begin_import()
    data, activity, line = made_up.file(number)
    places = count()

    def die(statement: str) -> None:
        if next(places) == place:
            os.kill(os.getpid(), signal.SIGKILL)

    store._connection.set_trace_callback(die)
    store.add_file(run, data, (activity,), line)
    os._exit(0)


def die_everywhere(path: Path, first: int) -> None:
    for place in count():
        child = os.fork()
        if child == 0:
            die_at_statement(path, first + place, place)
        _, status = os.waitpid(child, 0)
        survived = os.waitstatus_to_exitcode(status) == 0
        tell("done" if survived else "died", first + place)
        if survived:
            return


if __name__ == "__main__":
    what = {"forever": import_forever, "die_everywhere": die_everywhere}[sys.argv[3]]
    what(Path(sys.argv[1]), int(sys.argv[2]))
