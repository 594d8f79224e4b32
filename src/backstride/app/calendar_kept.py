"""The calendar that the app gives out: kept beside the store, so that what is off is turned off in place.

PATH-calendar.ics   the file as it was given out last
PATH-calendar.json  when sessions begin, in which words, and the secret of the address that a calendar asks
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import time, tzinfo
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import get_args

from backstride.app.taking_out import calendar_zone
from backstride.languages.catalog import ENGLISH, LANGUAGES
from backstride.model.assessment import Assessment, NoPlan
from backstride.model.errors import BadInput
from backstride.model.said import said
from backstride.reports import calendar_file
from backstride.reports.wording import Units, Wording
from backstride.store.connection import BESIDE

_FILE, _WISHES = BESIDE


@dataclass(frozen=True, slots=True)
class CalendarWishes:
    """How the calendar is wanted."""

    begins: str | None = None
    """When sessions begin, as 07:30; None makes them whole days."""
    secret: str | None = None
    """The part of the address that nobody can guess; None while no address was asked for."""
    language: str = ENGLISH
    units: Units = "km"
    """The words of the address: who asks for it sends no cookie."""

    @property
    def at(self) -> time | None:
        """When sessions begin."""
        return None if self.begins is None else time.fromisoformat(self.begins)


def checked_begin(told: str) -> str | None:
    """A time of day as 07:30; None where nothing was told.  Raises: BadInput for anything else."""
    if not told.strip():
        return None
    try:
        return f"{time.fromisoformat(told.strip()):%H:%M}"
    except ValueError:
        raise BadInput((said("{told}: not a time of day; right would be 07:30", told=f"{told!r}"),)) from None


def wishes_of(store: Path) -> CalendarWishes:
    """What is kept beside a store; what cannot be read is as if it were not there."""
    try:
        kept = json.loads(_beside(store, _WISHES).read_text("utf-8"))
        found = CalendarWishes(**kept)
        checked_begin(found.begins or "")
    except (OSError, ValueError, TypeError, AttributeError, BadInput):
        return CalendarWishes()
    known = found.language in LANGUAGES and found.units in get_args(Units)
    return found if known else replace(found, language=ENGLISH, units="km")


def keep_wishes(store: Path, wishes: CalendarWishes) -> None:
    """So it is wanted from now on."""
    _write(_beside(store, _WISHES), json.dumps(asdict(wishes)).encode())


def new_secret() -> str:
    """What nobody guesses."""
    return secrets.token_urlsafe(24)


def is_given_out(store: Path) -> bool:
    """True where a calendar was given out before."""
    return _before(store) is not None


def calendar_now(store: Path, answer: Assessment, wording: Wording, zone: tzinfo) -> bytes | None:
    """The calendar as the plan stands, and what an earlier one held and the plan does not, as cancelled.

    Where no plan is made every event to come is off; None where none was ever given out then.
    """
    before = _before(store)
    if isinstance(answer.plan, NoPlan):
        if before is None:
            return None
        made = calendar_file.render_off(answer, answer.plan, wording, before)
    else:
        at = wishes_of(store).at
        made = calendar_file.render(answer, answer.plan, wording, calendar_zone(zone), at, before)
    if made != before:
        _write(_beside(store, _FILE), made)
    return made


def _before(store: Path) -> bytes | None:
    """The file as it was given out last; None where there is none, or it was broken since."""
    with suppress(OSError):
        found = _beside(store, _FILE).read_bytes()
        if calendar_file.is_ours(found):
            return found
    return None


def _beside(store: Path, ending: str) -> Path:
    return Path(f"{store}{ending}")


def _write(path: Path, data: bytes) -> None:
    """All of it or nothing; its owner alone may read it."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as made:  # made with 0600
        made.write(data)
    Path(made.name).replace(path)
