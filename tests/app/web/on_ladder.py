"""Runners in a store whose plan is known: ready to run, or waiting for an answer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from backstride.knowledge.loader import shipped
from backstride.model.history import Answer, CheckIn, Profile
from backstride.store.store import Store

ON = date(2026, 3, 20)
YESTERDAY = ON - timedelta(days=1)
READY = {
    "pain_began_on": "2026-02-20",
    "walk_30_min_easy": "yes",
    "heel_raises_10": "yes",
    "hops_5_pain_free": "yes",
    "leg_pain": "none",
    "leg_numb_or_tingling": "no",
}


def ready(path: Path, *check_ins: CheckIn) -> Path:
    """A store of somebody who may run: safety is answered, and every check before running passed."""
    with Store.open(path) as store:
        store.change_profile(lambda told: Profile(age_years=34, sex="male", zone="Europe/Lisbon"))
        store.add(
            *(
                Answer(each.id, "0" if each.kind == "number" else "no", YESTERDAY)
                for each in shipped().questions.values()
                if each.group == "safety" and each.follows is None
            ),
            *(Answer(id, value, YESTERDAY) for id, value in READY.items()),
            *check_ins,
        )
    return path
