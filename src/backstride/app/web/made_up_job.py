"""A made-up runner made in a process of its own, from archives to a store with every run measured.

python -m backstride.app.web.made_up_job FOLDER
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from backstride.app import actions
from backstride.app.demo import make
from backstride.app.intake import import_paths
from backstride.app.web.far import Teller, tell
from backstride.knowledge.loader import shipped
from backstride.store.store import Store

STORE = "made-up.sqlite"
SEED = 1
"""The same runner each time, so that what one person sees another sees too."""


def main(folder: Path) -> None:
    """The store lies in the folder; the last line has the day of the story."""
    tell({"doing": "making"})
    runner = make(folder / "archive", SEED)
    teller = Teller()
    with Store.open(folder / STORE) as store:
        store.change_profile(lambda told: runner.profile)
        import_paths(store, [folder / "archive"], actions.zone_of(runner.profile), teller.reading)
        store.add(*runner.symptoms, *runner.answers, *runner.check_ins)
        teller.begin()
        actions.measure_all(store, shipped(), teller.measuring)
    shutil.rmtree(folder / "archive", ignore_errors=True)
    tell({"doing": "over", "day": runner.on.isoformat()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
