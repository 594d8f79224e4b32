"""One import in a process of its own: how far it is, as lines of JSON.

python -m backstride.app.web.import_job STORE, with the paths as a JSON list on its input
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from backstride.app.actions import measure_all, zone_of
from backstride.app.intake import import_paths
from backstride.app.web.far import Teller, tell, tell_failed
from backstride.knowledge.loader import shipped
from backstride.model.errors import BackstrideError
from backstride.store.store import Store


def main(store: Path, paths: list[Path]) -> None:
    """Everything under the paths is in the store, and every run is measured, unless it is stopped before."""
    teller = Teller()
    with Store.open(store) as opened:
        report = import_paths(opened, paths, zone_of(opened.profile()), teller.reading)
        if not report.stopped:
            teller.begin()
            with suppress(KeyboardInterrupt):
                measure_all(opened, shipped(), teller.measuring)
    tell(
        {
            "doing": "over",
            "stopped": report.stopped,
            "counts": report.counts,
            "import_id": report.import_id,
        }
    )


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), [Path(each) for each in json.load(sys.stdin)])
    except KeyboardInterrupt:
        tell({"doing": "over", "stopped": True})
    except BackstrideError as error:
        tell_failed(error.faults)
