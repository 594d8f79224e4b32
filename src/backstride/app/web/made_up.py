"""A made-up runner to look around with: made on first use, in a store that ends with the server."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path

from backstride.app import actions
from backstride.app.demo import make
from backstride.app.intake import import_paths
from backstride.app.web.home import Home
from backstride.knowledge.knowledge import Knowledge
from backstride.store.store import Store


def made_up_home(knowledge: Knowledge) -> Home:
    """From archives to answers in a few seconds; the runner's day is the story's own."""
    folder = Path(tempfile.mkdtemp(prefix="backstride-made-up-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    runner = make(folder / "archive", 1, kind=None)
    path = folder / "made-up.sqlite"
    with Store.open(path) as store:
        store.change_profile(lambda told: runner.profile)
        import_paths(store, [folder / "archive"], actions.zone_of(runner.profile), lambda progress: None)
        store.add(*runner.symptoms, *runner.answers, *runner.check_ins)
        actions.measure_all(store, knowledge, lambda done, of: None)
    shutil.rmtree(folder / "archive", ignore_errors=True)
    return Home(path, knowledge, lambda: runner.on)
