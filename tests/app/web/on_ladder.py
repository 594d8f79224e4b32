"""Runners in a store whose plan is known: ready to run, or waiting for an answer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from tests.app.made_up import READY, safe
from tests.app.web import made_up

from backstride.model.history import Answer, CheckIn, Profile, Symptom
from backstride.store.store import Store

ON = date(2026, 3, 20)
YESTERDAY = ON - timedelta(days=1)
asking = partial(made_up.asking, on=ON)


def ready(path: Path, *check_ins: CheckIn) -> Path:
    """A store of somebody who may run: safety is answered, and every check before running passed."""
    with Store.open(path) as store:
        store.change_profile(lambda told: Profile(age_years=34, sex="male", zone="Europe/Lisbon"))
        store.add(
            *safe(YESTERDAY), *(Answer(id, value, YESTERDAY) for id, value in READY.items()), *check_ins
        )
    return path


def new_here(path: Path) -> Path:
    """A store in which nothing is known but who it is."""
    with Store.open(path) as store:
        store.change_profile(lambda told: Profile(age_years=38, sex="male", made_up=True))
    return path


def safety_told(path: Path, began: date) -> Path:
    """A store of somebody whose safety is answered, with a note of pain that began on a day."""
    with Store.open(new_here(path)) as store:
        store.add(
            *safe(YESTERDAY),
            Answer("pain_began_on", began.isoformat(), YESTERDAY),
            Symptom(YESTERDAY, 4, ("low_back_left",)),
        )
    return path
